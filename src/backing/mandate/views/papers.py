"""Printing the card that says why the office was needed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from backing.documents.printing import print_out
from backing.mandate.papers import why_it_was_needed
from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer


@require_POST
@open_to(*OFFICE)
def create_card(request: HttpRequest) -> HttpResponse:
    """D12, for a town hall."""
    now = timezone.now()
    document = why_it_was_needed(viewer(request), now=now)
    return print_out(document, "pdf", by=viewer(request), now=now)
