"""Registering an improvement, and the verdict on it for whoever knows no statistics (RULE-11)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from backing.evidence.models import Edition, Measure
from backing.mandate.models import ChangeProposal
from backing.mandate.public import OVER
from backing.people.access import OFFICE
from backing.people.doors import open_to, open_to_all_accounts, viewer
from backing.rhythm import claims
from backing.rhythm.improving_forms import AgreementForm, ImprovementForm, WhyForm
from backing.rhythm.models import Improvement, LoggedVerdict, Look
from backing.rhythm.range_pictures import range_picture
from backing.rhythm.told import agreed, told
from backing.site.work import UNFINISHED
from boardpaper.picture import Picture
from trackrecord.compare.registration import RegistrationError


@open_to(*OFFICE)
def create_improvement(request: HttpRequest, measure_id: int) -> HttpResponse:
    """Write down what is claimed before anybody looks."""
    looking = viewer(request)
    measure = get_object_or_404(
        Measure.objects.editable_by(looking).tracked().exclude(direction="range"), pk=measure_id
    )
    form = ImprovementForm(
        request.POST or None,
        measure=measure,
        changes=ChangeProposal.objects.visible_to(looking).exclude(status__in=OVER),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = claims.register(form.claim(), by=looking, now=timezone.now())
        except (claims.NotRegistered, RegistrationError) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Registered. The worker looks at the evidence now.")
            return redirect("improvement", made.pk)
    context = {
        "form": form,
        "measure": measure,
        "compared": claims.IN_WORDS.get(claims.compared_as(measure), ""),
        "baseline": measure.baseline,
    }
    status = 422 if form.errors else 200
    return render(request, "rhythm/improvement_form.html", context, status=status)


@require_GET
@open_to_all_accounts
def improvement(request: HttpRequest, improvement_id: int) -> HttpResponse:
    """The word, the effect with its range, why, and what would change it."""
    return _improvement_page(request, improvement_id, AgreementForm())


@require_POST
@open_to(*OFFICE)
def create_look(request: HttpRequest, improvement_id: int) -> HttpResponse:
    found = _editable(request, improvement_id)
    claims.look(found, now=timezone.now())
    messages.success(request, "The worker looks at the evidence. Load this page again in a moment.")
    return redirect("improvement", found.pk)


@require_POST
@open_to(*OFFICE)
def create_agreement(request: HttpRequest, improvement_id: int) -> HttpResponse:
    found = _editable(request, improvement_id)
    form = AgreementForm(request.POST)
    if not form.is_valid():
        return _improvement_page(request, improvement_id, form)
    claims.agree(found, owner=form.owner, on=timezone.localdate())
    messages.success(request, f"Kept: {form.owner} agrees with how it is put.")
    return redirect("improvement", found.pk)


@open_to(*OFFICE)
def give_up(request: HttpRequest, improvement_id: int) -> HttpResponse:
    found = _editable(request, improvement_id)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        claims.give_up(found, because=form.cleaned_data["because"], on=timezone.localdate())
        messages.success(request, "Given up. What was registered and said stays to be read.")
        return redirect("improvement", found.pk)
    context = {
        "form": form,
        "title": f"Give this claim up: {found}",
        "lead": "A claim is never changed. Give this one up, and register another.",
        "back": "improvement",
        "back_to": found.pk,
    }
    return render(request, "rhythm/why_form.html", context, status=422 if form.errors else 200)


@open_to(*OFFICE)
def create_withdrawal(request: HttpRequest, verdict_id: int) -> HttpResponse:
    verdict = get_object_or_404(
        LoggedVerdict.objects.editable_by(viewer(request)).standing(), pk=verdict_id
    )
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        claims.withdraw(
            verdict,
            because=form.cleaned_data["because"],
            by=viewer(request),
            now=timezone.now(),
        )
        messages.success(request, "Withdrawn. It stays in the log with the reason.")
        return redirect("improvement", verdict.improvement_id)
    context = {
        "form": form,
        "title": f"Withdraw “{verdict.word}”",
        "lead": "Whoever was told of it can read here that it no longer holds, and why.",
        "back": "improvement",
        "back_to": verdict.improvement_id,
    }
    return render(request, "rhythm/why_form.html", context, status=422 if form.errors else 200)


def _editable(request: HttpRequest, improvement_id: int) -> Improvement:
    standing = Improvement.objects.editable_by(viewer(request)).standing()
    return get_object_or_404(standing, pk=improvement_id)


def _improvement_page(
    request: HttpRequest, improvement_id: int, agreement: AgreementForm
) -> HttpResponse:
    looking = viewer(request)
    found = get_object_or_404(
        Improvement.objects.visible_to(looking).select_related(
            "measure", "registered_by__person", "agreed_by_owner", "change"
        ),
        pk=improvement_id,
    )
    verdict = claims.latest(found)
    log = LoggedVerdict.objects.visible_to(looking).filter(improvement=found)
    edition = Edition.objects.visible_to(looking).current()
    last_look = Look.objects.filter(improvement=found).first()
    chart = range_picture(verdict) if verdict else None
    context = {
        "improvement": found,
        "verdict": verdict,
        "picture": Picture(f"range{found.pk}", chart) if chart else None,
        "told": told(found, verdict) if verdict else None,
        "agreed": agreed(found),
        "is_of_another_edition": verdict is not None
        and edition is not None
        and bool(claims.compared_as(found.measure))
        and verdict.basis != edition.name,
        "log": log.select_related("withdrawn_by__person"),
        "looking": last_look is not None and last_look.state in UNFINISHED,
        "look_failed": last_look is not None and last_look.state == Look.State.FAILED,
        "starts_by": sorted(found.starts_where.items()),
        "rival": found.rival_causes,
        "agreement": agreement,
    }
    status = 422 if agreement.errors else 200
    return render(request, "rhythm/improvement.html", context, status=status)
