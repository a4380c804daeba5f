"""The sponsor as the office sees them: assigned, sought or none; candidates, request, agreement, overrides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from backing.documents.printing import print_out
from backing.people.access import OFFICE, Role
from backing.people.doors import open_to, open_to_all_accounts, viewer
from backing.people.key import NoKey
from backing.people.models.sealed import NoGrounds
from backing.sponsor import actions, reach
from backing.sponsor.criteria import CRITERIA
from backing.sponsor.forms import (
    AgreementForm,
    AssignmentForm,
    CandidateForm,
    OverrideForm,
    RequestForm,
)
from backing.sponsor.models import (
    Override,
    SharedWin,
    SponsorAgreement,
    SponsorAssignment,
    SponsorCandidate,
    SponsorRequest,
    SponsorUpdate,
)
from backing.sponsor.papers import sponsor_request
from backing.sponsor.public import last_win_shared, sponsor_now

PURPOSE = "candidates for a sponsor"


@open_to_all_accounts
def sponsor(request: HttpRequest) -> HttpResponse:
    """To the office the whole; to others the wins that were told."""
    looking, today = viewer(request), timezone.localdate()
    current = list(
        SponsorAssignment.objects.visible_to(looking)
        .current(on=today)
        .select_related("person", "deputy")
        .prefetch_related("span")
    )
    last = last_win_shared(looking)
    context = {
        "now": sponsor_now(looking, today=today),
        "current": current,
        "outside": reach.outside(current) if current else [],
        "agreement": SponsorAgreement.objects.visible_to(looking)
        .filter(assignment__in=current)
        .first(),
        "overrides": Override.objects.visible_to(looking).select_related("waived_by")[:10],
        "updates": SponsorUpdate.objects.visible_to(looking).prefetch_related("asks")[:5],
        "requests": SponsorRequest.objects.visible_to(looking).select_related("to"),
        "told": SharedWin.objects.visible_to(looking)[:10],
        "last": last,
        "days": (today - last).days if last else None,
    }
    return render(request, "sponsor/sponsor.html", context)


@open_to(*OFFICE)
def create_assignment(request: HttpRequest) -> HttpResponse:
    form = AssignmentForm(request.POST or None, initial={"since": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        actions.assign(**form.cleaned_data)
        messages.success(request, "Kept. Agree next how the two of you work together.")
        return redirect("sponsor")
    return _form(request, form, "Name the sponsor")


@open_to(Role.PMO_HEAD)
def candidates(request: HttpRequest) -> HttpResponse:
    """The comparison opens on POST, which is logged."""
    context: dict[str, Any] = {
        "count": SponsorCandidate.objects.visible_to(viewer(request)).count()
    }
    if request.method != "POST":
        return render(request, "sponsor/candidates.html", context)
    now = timezone.now()
    try:
        opened = SponsorCandidate.objects.select_related("person").open_sealed(
            viewer=viewer(request), purpose=PURPOSE, now=now
        )
    except NoKey as error:
        context["closed"] = str(error)
    else:
        latest = {one.person_id: (one, said) for one, said in reversed(opened)}
        rows = [
            {
                "person": one.person,
                "sum": sum(said[name]["score"] for name in CRITERIA),
                "said": [(label.split(":")[0], said[name]) for name, label in CRITERIA.items()],
            }
            for one, said in latest.values()
        ]
        context["rows"] = sorted(rows, key=lambda row: (-row["sum"], str(row["person"])))
        context["opened_at"] = now
    answer = render(request, "sponsor/candidates.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@open_to(Role.PMO_HEAD)
def create_candidate(request: HttpRequest) -> HttpResponse:
    form = CandidateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.compare(
                form.cleaned_data["person"],
                form.scores,
                by=viewer(request),
                on=timezone.localdate(),
            )
        except (NoGrounds, NoKey) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Kept, and sealed.")
            return redirect("sponsor-candidates")
    return _form(request, form, "Weigh somebody as a sponsor")


@open_to(*OFFICE)
def create_request(request: HttpRequest) -> HttpResponse:
    form = RequestForm(request.POST or None, initial=RequestForm.OFFERED)
    if request.method == "POST" and form.is_valid():
        form.instance.asked_on = timezone.localdate()
        form.save()
        messages.success(request, "Kept. Print it, and bring it yourself.")
        return redirect("sponsor")
    return _form(request, form, "Ask somebody to be the sponsor")


@require_POST
@open_to(*OFFICE)
def print_request(request: HttpRequest, request_id: int) -> HttpResponse:
    """D11, one page."""
    found = get_object_or_404(SponsorRequest.objects.visible_to(viewer(request)), pk=request_id)
    now = timezone.now()
    return print_out(sponsor_request(found, now=now), "pdf", by=viewer(request), now=now)


@open_to(*OFFICE)
def create_agreement(request: HttpRequest, assignment_id: int) -> HttpResponse:
    editable = SponsorAssignment.objects.editable_by(viewer(request))
    found = get_object_or_404(editable, pk=assignment_id)
    form = AgreementForm(request.POST or None, initial=AgreementForm.OFFERED)
    if request.method == "POST" and form.is_valid():
        form.instance.assignment, form.instance.agreed_on = found, timezone.localdate()
        form.save()
        messages.success(request, "Kept.")
        return redirect("sponsor")
    return _form(request, form, f"Agree how you and {found} work together")


@open_to(*OFFICE)
def create_override(request: HttpRequest) -> HttpResponse:
    form = OverrideForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Kept.")
        return redirect("sponsor")
    return _form(request, form, "Note a request of ours that was waived")


def _form(request: HttpRequest, form: forms.BaseForm, title: str) -> HttpResponse:
    context = {"form": form, "title": title}
    return render(request, "sponsor/form.html", context, status=422 if form.errors else 200)
