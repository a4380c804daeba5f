"""Is it worth the money?  One page for whoever holds the purse (S10-b), its rows, and what must come true."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from backing.people.access import Role
from backing.people.doors import open_to, open_to_all_accounts, viewer
from backing.people.models import Account
from backing.site.spreadsheet import csv_lines
from backing.worth.against import against_ourselves
from backing.worth.estimate import estimated
from backing.worth.forms import ApartForm
from backing.worth.gate import FORMULA
from backing.worth.rows import HEADER, rows
from backing.worth.standing import standing
from backing.worth.stopping import stops
from backing.worth.views.finding import READERS


@require_safe
@open_to_all_accounts
def worth(request: HttpRequest) -> HttpResponse:
    """To those who hold the purse, answer for the office or check it; to others that it is not for them."""
    looking, today = viewer(request), timezone.localdate()
    if looking.role not in READERS:
        return render(request, "worth/not_for_you.html")
    found = standing(looking, today=today)
    stopping = stops(looking, today=today)
    unmissed = [each for each in stopping if not each.for_whom and not each.required]
    context = {
        "now": found,
        "year": found.year,
        "earned": found.earned,
        "hard": found.of("validated", hard=True),
        "avoidance": found.of("validated", hard=False),
        "waiting": found.of("waiting"),
        "rejected": (*found.of("rejected"), *found.of("withdrawn")),
        "hard_sum": found.agreed(hard=True),
        "avoidance_sum": found.agreed(hard=False),
        "against": list(against_ourselves(found)),
        "missed": [each for each in stopping if each.for_whom or each.required],
        "unmissed": unmissed,
        "unmissed_hours": sum(each.hours for each in unmissed),
        "formula": FORMULA,
        "apart": [
            (each, ApartForm(initial={"one": each.one.pk, "other": each.other.pk}, auto_id=False))
            for each in found.doubled
        ],
        "no_finance": not Account.objects.filter(role=Role.FINANCE, is_active=True).exists(),
        "may_validate": looking.role == Role.FINANCE,
    }
    return render(request, "worth/worth.html", context)


@require_safe
@open_to(*READERS)
def estimate(request: HttpRequest) -> HttpResponse:
    """What would have to come true, drawn at random: no return, and no claim of one."""
    found = standing(viewer(request), today=timezone.localdate())
    return render(request, "worth/estimate.html", {"now": found, "found": estimated(found)})


@require_safe
@open_to(*READERS)
def download_rows(request: HttpRequest) -> HttpResponse:
    """The rows behind the page, as a spreadsheet opens them."""
    found = standing(viewer(request), today=timezone.localdate())
    answer = HttpResponse(
        b"".join(csv_lines(HEADER, rows(found))), content_type="text/csv; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="worth.csv"'
    return answer
