"""Keep it: what is watched, what is claimed about it, and how each stands (S22-b, S29)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from backing.people.doors import open_to_all_accounts, viewer
from backing.rhythm.in_figures import worded
from backing.rhythm.models import ImprovementTarget
from backing.rhythm.progress import progress
from backing.rhythm.public import claimed


@require_GET
@open_to_all_accounts
def keep_it(request: HttpRequest) -> HttpResponse:
    """The finding first: how many got better for sure, and how many did not."""
    looking = viewer(request)
    found = progress(looking)
    counted = {
        standing: sum(each.standing == standing for each in found)
        for standing in ("better", "worse", "unmoved")
    }
    targets = ImprovementTarget.objects.visible_to(looking).standing()
    context = {
        "measures": found,
        "counted": counted,
        "claims": claimed(looking),
        "targets": [
            (
                each,
                worded(each.measure, each.target),
                each.baseline and worded(each.measure, each.baseline.value),
            )
            for each in targets.select_related("measure", "baseline", "owner")
        ],
        "this_day": timezone.localdate(),
    }
    return render(request, "rhythm/keep_it.html", context)
