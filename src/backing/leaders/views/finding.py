"""What several pages look up: one leader, decisions that wait, and an answer nobody may keep."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from backing.leaders.models import Leader
from backing.leaders.opened import may_open
from backing.mandate.models import ChangeProposal, MandateDecision
from backing.mandate.public import OVER
from backing.people.doors import viewer
from backing.people.models import Account


def leader_or_404(request: HttpRequest, leader_id: int) -> Leader:
    leaders = Leader.objects.visible_to(viewer(request)).on_the_list()
    related = leaders.select_related("person__org_unit", "owner__person")
    return get_object_or_404(related, pk=leader_id)


def leader_looked_after_or_404(request: HttpRequest, leader_id: int) -> Leader:
    """A leader whose sealed records the viewer may read and add to; nobody else learns of them."""
    leader = leader_or_404(request, leader_id)
    if not may_open(viewer(request), leader.owner_id):
        raise Http404
    return leader


def waiting_decisions(looking: Account) -> QuerySet[MandateDecision]:
    return MandateDecision.objects.visible_to(looking).filter(decided_on=None)


def live_changes(looking: Account) -> QuerySet[ChangeProposal]:
    return ChangeProposal.objects.visible_to(looking).exclude(status__in=OVER)


def noting(request: HttpRequest, leader: Leader, **context: object) -> HttpResponse:
    """A page with one form about a leader; context: form, title and what it says beside."""
    form = context["form"]
    status = 422 if getattr(form, "errors", None) else 200
    return render(request, "leaders/noting.html", {"leader": leader, **context}, status=status)


def not_kept(response: HttpResponse) -> HttpResponse:
    """No cache keeps what it shows of a person."""
    response.headers["Cache-Control"] = "no-store"
    return response
