"""Changes the office proposes: whom they touch, who agrees, and the grid of all of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from backing.leaders.public import OnTheList, carriers, on_the_list, stands_on, stated_positions
from backing.mandate import actions
from backing.mandate.forms import AgreementForm, ChangeForm, CorrectionAnswerForm, ImpactForm
from backing.mandate.models import ChangeProposal, Impact, ImpactCorrection
from backing.mandate.public import OVER
from backing.mandate.seen import reach, rows
from backing.people.access import OFFICE
from backing.people.doors import open_to, open_to_all_accounts, viewer
from backing.people.key import NoKey
from backing.people.models import Account, Person
from backing.people.named import SeveralOfThatName, people_named
from backing.pushback.public import areas_open

PURPOSE = "changes"


@open_to_all_accounts
def change(request: HttpRequest, change_id: int) -> HttpResponse:
    """Whose agreement it needs, who has given it, on what evidence, and who was not asked."""
    asked = request.GET.get("unit", "")
    known = Impact.objects.visible_to(viewer(request)).filter(change=change_id)
    kept = (
        known.filter(org_unit=int(asked)).first() if asked.isdecimal() and len(asked) < 12 else None
    )
    form = ImpactForm.of(kept) if kept else ImpactForm()
    return _change_page(request, change_id, form, AgreementForm())


@open_to(*OFFICE)
def create_change(request: HttpRequest) -> HttpResponse:
    form = ChangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.save()
        messages.success(request, "Kept. Say next which units it touches.")
        return redirect("change", made.pk)
    status = 422 if form.errors else 200
    return render(request, "mandate/change_form.html", {"form": form}, status=status)


@open_to(*OFFICE)
def edit_change(request: HttpRequest, change_id: int) -> HttpResponse:
    found = get_object_or_404(ChangeProposal.objects.editable_by(viewer(request)), pk=change_id)
    form = ChangeForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Kept.")
        return redirect("change", change_id)
    context = {"form": form, "change": found}
    return render(request, "mandate/change_form.html", context, status=422 if form.errors else 200)


@require_POST
@open_to(*OFFICE)
def create_impact(request: HttpRequest, change_id: int) -> HttpResponse:
    found = get_object_or_404(ChangeProposal.objects.editable_by(viewer(request)), pk=change_id)
    form = ImpactForm(request.POST)
    if not form.is_valid():
        return _change_page(request, change_id, form, AgreementForm())
    unit = form.cleaned_data.pop("org_unit")
    actions.touch(found, unit, **form.cleaned_data)
    messages.success(request, f"It touches {unit}.")
    return redirect("change", change_id)


@require_POST
@open_to(*OFFICE)
def create_confirmation(request: HttpRequest, impact_id: int) -> HttpResponse:
    """The head of the unit has looked at what it means for them."""
    impact = get_object_or_404(Impact.objects.editable_by(viewer(request)), pk=impact_id)
    actions.confirm_impact(impact, on=timezone.localdate())
    return redirect("change", impact.change_id)


@require_POST
@open_to(*OFFICE)
def create_correction_answer(request: HttpRequest, correction_id: int) -> HttpResponse:
    """Whether what the head of a unit corrected is taken; they read the answer on their page."""
    waiting = ImpactCorrection.objects.editable_by(viewer(request)).waiting()
    found = get_object_or_404(waiting.select_related("impact"), pk=correction_id)
    form = CorrectionAnswerForm(request.POST, correction=found.pk)
    if not form.is_valid():
        return _change_page(
            request,
            found.impact.change_id,
            ImpactForm(),
            AgreementForm(),
            answering=(found.pk, form),
        )
    taken = form.cleaned_data["outcome"] == ImpactCorrection.Outcome.TAKEN
    actions.answer_correction(
        found,
        taken=taken,
        answer=form.cleaned_data["answer"],
        by=viewer(request),
        now=timezone.now(),
    )
    messages.success(request, "Kept. They see it on their page.")
    return redirect("change", found.impact.change_id)


@require_POST
@open_to(*OFFICE)
def create_agreement(request: HttpRequest, change_id: int) -> HttpResponse:
    """Their agreement is needed: by name, or the heads of all units it touches."""
    found = get_object_or_404(ChangeProposal.objects.editable_by(viewer(request)), pk=change_id)
    if "heads" in request.POST:
        found.required.add(*actions.heads_to_ask(found))
        return redirect("change", change_id)
    form = AgreementForm(request.POST)
    if form.is_valid():
        try:
            found.required.add(*people_named(form.cleaned_data["names"]))
            return redirect("change", change_id)
        except SeveralOfThatName as error:
            form.add_error("names", str(error))
    return _change_page(request, change_id, ImpactForm(), form)


@open_to_all_accounts
def grid(request: HttpRequest) -> HttpResponse:
    """All changes by all leaders; what was not said for the record shows on POST, which is logged."""
    looking = viewer(request)
    changes = _live(looking)
    listed = {each.person: (each.name, each.leader) for each in on_the_list(looking)}
    said = {each.person: (each.name, None) for each in stated_positions(looking).values()}
    people = [(person, *each) for person, each in (said | listed).items()]
    context: dict[str, Any] = {"changes": changes}
    seen = _opened(request, context)
    people.sort(key=lambda each: (each[1], each[0]))
    context["rows"] = rows(changes, people, _stated(looking), seen)
    return _kept_nowhere_if_opened(render(request, "mandate/grid.html", context), context)


@require_POST
@open_to(*OFFICE)
def create_opening(request: HttpRequest, change_id: int) -> HttpResponse:
    """The page of a change, with what the office sees of each one's position."""
    return _change_page(request, change_id, ImpactForm(), AgreementForm())


def _change_page(
    request: HttpRequest,
    change_id: int,
    impact: ImpactForm,
    agreement: AgreementForm,
    answering: tuple[int, CorrectionAnswerForm] | None = None,
) -> HttpResponse:
    """answering: the correction that was answered, and the form with what is wrong in it."""
    looking = viewer(request)
    found = get_object_or_404(ChangeProposal.objects.visible_to(looking), pk=change_id)
    context: dict[str, Any] = {"change": found, "impact": impact, "agreement": agreement}
    opening = request.resolver_match is not None and (
        request.resolver_match.url_name == "change-opening"
    )
    seen = _opened(request, context) if opening else {}
    required = frozenset(found.required.values_list("pk", flat=True))
    listed = {each.person: each for each in on_the_list(looking)}
    people = _people(looking, required, listed)
    shown = rows([(found.pk, found.title, required)], people, _stated(looking), seen)
    context |= {
        "reach": reach(found, looking, areas_open(looking, found.pk, now=timezone.now())),
        "carriers": carriers(looking, change_id),
        "rows": shown,
        "agreed": [row for row in shown if row.cells[0].stated in ("backs", "champions")],
        "not_listed": [row for row in shown if row.leader is None and listed],
        "corrections": _corrections(looking, found, dict([answering] if answering else [])),
        "is_over": found.status in OVER,
    }
    status = 422 if impact.errors or agreement.errors or answering else 200
    answer = render(request, "mandate/change.html", context, status=status)
    return _kept_nowhere_if_opened(answer, context)


def _corrections(
    looking: Account, change: ChangeProposal, sent: dict[int, CorrectionAnswerForm]
) -> list[tuple[ImpactCorrection, CorrectionAnswerForm]]:
    """What heads of units say is otherwise, each with a form to answer it by."""
    said = ImpactCorrection.objects.visible_to(looking).filter(impact__change=change)
    rows = said.select_related("impact__org_unit", "said_by", "answered_by__person")
    return [
        (each, sent.get(each.pk) or CorrectionAnswerForm(correction=each.pk))
        for each in rows.order_by("answered_at", "-said_at", "pk")
    ]


def _people(
    looking: Account, required: frozenset[int], listed: dict[int, OnTheList]
) -> list[tuple[int, str, int | None]]:
    people = Person.objects.visible_to(looking).filter(pk__in=required)
    return [
        (person.pk, str(person), listed[person.pk].leader if person.pk in listed else None)
        for person in people
    ]


def _live(looking: Account) -> list[tuple[int, str, frozenset[int]]]:
    changes = ChangeProposal.objects.visible_to(looking).exclude(status__in=OVER)
    return [
        (each.pk, each.title, frozenset(person.pk for person in each.required.all()))
        for each in changes.prefetch_related("required")
    ]


def _stated(looking: Account) -> dict[tuple[int, int], tuple[str, str, date]]:
    return {
        key: (each.value, each.in_their_words, each.on)
        for key, each in stated_positions(looking).items()
    }


def _opened(
    request: HttpRequest, context: dict[str, Any]
) -> dict[tuple[int, int], tuple[str, str]]:
    """What the office sees, by leader and change; nothing before it is asked for."""
    if request.method != "POST" or not viewer(request).is_office:
        return {}
    try:
        stands = stands_on(viewer(request), purpose=PURPOSE, now=timezone.now())
    except NoKey as error:
        context["closed"] = str(error)
        return {}
    context["opened_at"] = timezone.now()
    return {key: (each.value, each.evidence) for key, each in stands.items()}


def _kept_nowhere_if_opened(answer: HttpResponse, context: dict[str, Any]) -> HttpResponse:
    if "opened_at" in context:
        answer.headers["Cache-Control"] = "no-store"
    return answer
