"""Printing on one page: the line of sight, and why the office matters to one leader."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from backing.benefits.papers import line_of_sight_paper
from backing.benefits.why_you import why_you
from backing.documents.printing import print_out
from backing.leaders.models import Leader
from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer


@require_POST
@open_to(*OFFICE)
def create_line_of_sight(request: HttpRequest) -> HttpResponse:
    """D3, as it stands today; of one step only, where one is named."""
    account, now = viewer(request), timezone.now()
    paper = line_of_sight_paper(account, now=now, step=request.POST.get("node", ""))
    return print_out(paper, "pdf", by=account, now=now)


@require_POST
@open_to(*OFFICE)
def create_why_you(request: HttpRequest, leader_id: int) -> HttpResponse:
    """D12 for one leader, as it stands today."""
    account, now = viewer(request), timezone.now()
    leader = get_object_or_404(Leader.objects.visible_to(account).on_the_list(), pk=leader_id)
    paper = why_you(leader, account, now=now)
    return print_out(paper, "pdf", by=account, now=now, about=leader.person)
