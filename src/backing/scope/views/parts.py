"""Who does what: a table on a day, the parts of an activity over time."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST, require_safe

from backing.people.access import OFFICE
from backing.people.doors import open_to, open_to_all_accounts, viewer
from backing.scope import actions
from backing.scope.forms.parts import PartForm
from backing.scope.models import Activity, RaciAssignment
from backing.scope.public import parts
from backing.scope.views.finding import editable_or_404, person_names, unit_names


@require_safe
@open_to_all_accounts
def who_does_what(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
@open_to(*OFFICE)
def create_part(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return _page(request, form)
    try:
        part = actions.give_part(form.part)
    except actions.TwoAccountable as reason:
        form.add_error(None, str(reason))
        return _page(request, form)
    messages.success(request, f"{part}.")
    return redirect("who-does-what")


@require_POST
@open_to(*OFFICE)
def create_part_end(request: HttpRequest, part_id: int) -> HttpResponse:
    """It ends yesterday, so that somebody else may begin today; one that began today goes."""
    part = editable_or_404(request, RaciAssignment.objects.all(), part_id)
    actions.end_part(part, last=timezone.localdate() - timedelta(days=1))
    messages.success(request, f"{part.party} is not {part.get_role_display().lower()} any more.")
    return redirect("who-does-what")


def _form(request: HttpRequest) -> PartForm:
    activities = Activity.objects.visible_to(viewer(request)).live().select_related("org_unit")
    return PartForm(request.POST or None, activities=activities, today=timezone.localdate())


def _page(request: HttpRequest, form: PartForm | None = None) -> HttpResponse:
    looking, today = viewer(request), timezone.localdate()
    on = _asked_day(request) or today
    rows = parts(looking, on=on)
    changes = RaciAssignment.objects.visible_to(looking).filter(begins__gt=on)
    holding = RaciAssignment.objects.visible_to(looking).on(today)
    context = {
        "form": form or _form(request),
        "rows": rows,
        "on": on,
        "is_today": on == today,
        "nobody": [row for row in rows if not row.accountable],
        "later": changes.select_related("activity", "unit", "person").order_by("begins", "pk")[:50],
        "holding": holding.select_related("activity", "unit", "person").order_by(
            "activity__name", "role", "pk"
        ),
        "parties": [*unit_names(), *person_names()],
    }
    return render(request, "scope/parts.html", context, status=422 if form else 200)


def _asked_day(request: HttpRequest) -> date | None:
    try:
        return parse_date(request.GET.get("on", ""))
    except ValueError:
        return None
