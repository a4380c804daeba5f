"""Printing the line of sight on one page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from backing.benefits.papers import line_of_sight_paper
from backing.documents.printing import print_out
from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer


@require_POST
@open_to(*OFFICE)
def create_line_of_sight(request: HttpRequest) -> HttpResponse:
    """D3, as it stands today; of one step only, where one is named."""
    account, now = viewer(request), timezone.now()
    paper = line_of_sight_paper(account, now=now, step=request.POST.get("node", ""))
    return print_out(paper, "pdf", by=account, now=now)
