"""Who may belong on the list: confirmed, merged or dismissed with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import TextField
from django.db.models.functions import Cast, Length
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from backing.leaders.actions import candidates as deciding
from backing.leaders.forms.listing import DismissalForm, MergeForm
from backing.leaders.models import Leader, LeaderCandidate
from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer

A_PAGE = 30
Outcome = LeaderCandidate.Outcome


@open_to(*OFFICE)
def candidates(request: HttpRequest) -> HttpResponse:
    """Those with most reasons first."""
    looking = viewer(request)
    found = LeaderCandidate.objects.visible_to(looking).select_related("person__org_unit")
    waiting = found.filter(outcome=Outcome.OPEN)
    # A reason more makes the text longer: near enough to the number of reasons, and the database's own.
    waiting = waiting.order_by(
        Length(Cast("reasons", TextField())).desc(), "person__full_name", "pk"
    )
    context = {
        "page": Paginator(waiting, A_PAGE).get_page(request.GET.get("page")),
        "dismissed": found.filter(outcome=Outcome.DISMISSED)[:A_PAGE],
        "leaders": Leader.objects.visible_to(looking).on_the_list().select_related("person"),
    }
    return render(request, "leaders/candidates.html", context)


@require_POST
@open_to(*OFFICE)
def create_proposals(request: HttpRequest) -> HttpResponse:
    """Look through units, changes and registers again."""
    number = deciding.propose(viewer(request))
    messages.success(request, f"{number} to look at.")
    return redirect("candidates")


@require_POST
@open_to(*OFFICE)
def create_listing(request: HttpRequest, candidate_id: int) -> HttpResponse:
    candidate = _open_candidate(request, candidate_id)
    deciding.confirm(candidate, owner=viewer(request), on=timezone.localdate())
    messages.success(request, f"{candidate} is on the list; where they stand is unknown.")
    return redirect("candidates")


@require_POST
@open_to(*OFFICE)
def create_merging(request: HttpRequest, candidate_id: int) -> HttpResponse:
    candidate = _open_candidate(request, candidate_id)
    form = MergeForm(request.POST, leaders=Leader.objects.visible_to(viewer(request)).on_the_list())
    if form.is_valid():
        deciding.merge(candidate, form.cleaned_data["into"], on=timezone.localdate())
        messages.success(request, f"{candidate} is taken to be {form.cleaned_data['into']}.")
    else:
        messages.error(request, "Choose the leader who is the same person.")
    return redirect("candidates")


@require_POST
@open_to(*OFFICE)
def create_dismissal(request: HttpRequest, candidate_id: int) -> HttpResponse:
    candidate = _open_candidate(request, candidate_id)
    form = DismissalForm(request.POST)
    if form.is_valid():
        deciding.dismiss(candidate, reason=form.cleaned_data["reason"], on=timezone.localdate())
        messages.success(request, f"{candidate} comes back only with a new reason.")
    else:
        messages.error(request, "Say why not, in a few words: somebody will ask.")
    return redirect("candidates")


def _open_candidate(request: HttpRequest, candidate_id: int) -> LeaderCandidate:
    found = LeaderCandidate.objects.editable_by(viewer(request)).filter(outcome=Outcome.OPEN)
    return get_object_or_404(found.select_related("person"), pk=candidate_id)
