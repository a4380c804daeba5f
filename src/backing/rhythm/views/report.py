"""What somebody adds to the improvement report; the rest is composed, and set and issued in the studio (D7)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer
from backing.rhythm.improving_forms import ReportForm
from backing.rhythm.models import Report
from backing.rhythm.periods import current_report
from backing.rhythm.progress import progress


@open_to(*OFFICE)
def report(request: HttpRequest) -> HttpResponse:
    """The period, explanations and asks; saved, it goes on in the studio."""
    looking = viewer(request)
    at = current_report(timezone.localdate())
    found = progress(looking, since=at.first_day, until=at.last_day)
    stuck = [each for each in found if each.standing != "better"]
    form = ReportForm(
        request.POST or None,
        instance=at,
        to_explain=[(each.measure.pk, each.measure.name) for each in stuck],
    )
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Kept. This is how the report reads now.")
        return redirect("studio", "D7")
    context = {
        "form": form,
        "report": at,
        "worse": [each for each in stuck if each.standing == "worse"],
        "unmoved": [each for each in stuck if each.standing == "unmoved"],
        "earlier": Report.objects.exclude(pk=at.pk)[:12],
    }
    return render(request, "rhythm/report.html", context, status=422 if form.errors else 200)
