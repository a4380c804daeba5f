"""The whole story of the office, a year at a time."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from backing.people.doors import open_to_all_accounts, viewer
from backing.rhythm.public import thresholds_as_set
from backing.rhythm.timeline import year_of


@require_safe
@open_to_all_accounts
def timeline(request: HttpRequest) -> HttpResponse:
    """A year that is not there, or is none, is the latest."""
    asked = request.GET.get("year", "")
    found = year_of(
        viewer(request),
        thresholds_as_set(),
        year=int(asked) if asked.isdecimal() and len(asked) == len("2026") else None,
        today=timezone.localdate(),
    )
    return render(request, "rhythm/timeline.html", {"found": found})
