"""Bringing in a neighbour's list of activities: dropped, looked at, taken in, undone."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer
from backing.people.models import OrgUnit
from backing.people.rosters import cells, dropped, headers
from backing.people.rosters.dropped import ListField
from backing.scope.forms.fields import UnitField
from backing.scope.lists import columns, taking
from backing.scope.lists.understood import missing_units, understand
from backing.scope.models import ActivityList
from backing.scope.views.finding import editable_or_404

A_PAGE: Final = 50


class ListForm(forms.Form):
    file = ListField(
        of="activities",
        help_text="A header and a row an activity. Its name is enough; unit, kind of work, hours a month, from and to are read too.",
    )
    unit = UnitField(
        label="Of which unit?", required=False, help_text="Where the list itself does not say."
    )


@open_to(*OFFICE)
def activity_lists(request: HttpRequest) -> HttpResponse:
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("activity-list", _read(request, **form.cleaned_data).pk)
        except cells.Unreadable as reason:
            form.add_error("file", str(reason))
    found = ActivityList.objects.visible_to(viewer(request)).defer("rows").select_related("unit")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page}
    return render(request, "scope/lists.html", context, status=422 if form.errors else 200)


@open_to(*OFFICE)
def activity_list(request: HttpRequest, list_id: int) -> HttpResponse:
    """What was understood of it; POST says what the columns mean, and whose list it is."""
    found = editable_or_404(request, ActivityList.objects.select_related("unit"), list_id)
    if found.taken_at is not None:
        counts = {name: len(made) for name, made in found.made.items()}
        return render(request, "scope/list_done.html", {"list": found, **counts})
    if request.method == "POST":
        _say_columns(found, request.POST)
        return redirect("activity-list", list_id)
    said = understand(found)
    rest = [line for line in said.lines if line not in said.wrong]
    page = Paginator([*said.wrong, *rest], A_PAGE).get_page(request.GET.get("page"))
    context = {
        "list": found,
        "said": said,
        "page": page,
        "known": sum(line.known is not None for line in said.counting),
        "left_out": len(said.lines) - len(said.counting),
        "new_units": missing_units(said.counting),
        "units": OrgUnit.objects.all(),
        "fields": headers.shown(columns.FIELDS, found.columns),
    }
    return render(request, "scope/list.html", context)


@require_POST
@open_to(*OFFICE)
def create_taking(request: HttpRequest, list_id: int) -> HttpResponse:
    found = editable_or_404(request, ActivityList.objects.all(), list_id)
    number = taking.take_in(found, now=timezone.now())
    messages.success(request, f"{number} activities are taken in.")
    return redirect("activity-list", list_id)


@require_POST
@open_to(*OFFICE)
def create_undoing(request: HttpRequest, list_id: int) -> HttpResponse:
    """As it was before; or thrown away, where it was never taken in."""
    found = editable_or_404(request, ActivityList.objects.all(), list_id)
    if found.taken_at is None:
        taking.throw_away(found)
        return redirect("activity-lists")
    undone = taking.undo(found, now=timezone.now())
    stay = f" {undone.kept} stay, because something rests on them by now." if undone.kept else ""
    messages.success(request, f"{undone.gone} activities are gone again.{stay}")
    return redirect("activity-list", list_id)


def _read(request: HttpRequest, *, file: UploadedFile, unit: OrgUnit | None) -> ActivityList:
    read = dropped.read(file, shape="A list of activities has a header, and a row an activity.")
    return ActivityList.objects.create(
        by=viewer(request),
        unit=unit,
        read_at=timezone.now(),
        name=read.name,
        digest=read.digest,
        header=read.cells.header,
        rows=read.cells.rows,
        columns=headers.guess(read.cells.header, columns.FIELDS),
    )


def _say_columns(found: ActivityList, data: Any) -> None:
    found.columns = headers.chosen(data, columns.FIELDS, found.header)
    unit = data.get("unit", "")
    found.unit = OrgUnit.objects.filter(pk=unit).first() if unit.isdigit() else None
    found.save(update_fields=["columns", "unit"])
