"""Bringing in a list of people: drop it, see what was understood, decide, take it in, undo it."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer
from backing.people.likeness import SAME
from backing.people.models import Person, Roster
from backing.people.rosters import cells, columns, dropped, headers, taking
from backing.people.rosters.dropped import ListField
from backing.people.rosters.understood import NEW, SKIP, Line, understand

A_PAGE: Final = 50


class RosterForm(forms.Form):
    file = ListField(
        of="people",
        help_text="A header and a row a person. Name is enough; job title, unit, who they report to, e-mail, from and to are read too.",
    )


@open_to(*OFFICE)
def rosters(request: HttpRequest) -> HttpResponse:
    form = RosterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("roster", _read(form.cleaned_data["file"], request).pk)
        except cells.Unreadable as reason:
            form.add_error("file", str(reason))
    lists = (
        Roster.objects.visible_to(viewer(request))
        .select_related("by__person")
        .defer("rows", "decided")
    )
    page = Paginator(lists, A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page}
    return render(request, "people/rosters.html", context, status=422 if form.errors else 200)


@open_to(*OFFICE)
def roster(request: HttpRequest, roster_id: int) -> HttpResponse:
    """What was understood of a list; POST says what the columns mean, and whom the rows mean."""
    found = _found(request, roster_id)
    if found.taken_at is not None:
        return render(request, "people/roster_done.html", {"roster": found, **_made(found)})
    if request.method == "POST":
        _decide(found, request.POST)
        return redirect(request.get_full_path())
    said = understand(found)
    open_ = [line for line in said.lines if line.is_open]
    wrong = [line for line in said.lines if not line.is_open and (line.leaves_out or line.problems)]
    rest = [line for line in said.lines if not line.is_open and line not in wrong]
    shown = {"open": open_, "wrong": wrong, "rest": rest}.get(request.GET.get("show", ""))
    page = Paginator(shown if shown is not None else [*open_, *wrong, *rest], A_PAGE).get_page(
        request.GET.get("page")
    )
    people = Person.objects.select_related("org_unit").in_bulk(
        [pk for line in page for pk in (*(pk for pk, _ in line.like), line.known or 0)]
    )
    context = {
        "roster": found,
        "fields": headers.shown(columns.FIELDS, found.columns),
        "counts": sum(line.counts for line in said.lines),
        "known": sum(line.counts and line.person is not None for line in said.lines),
        "open": len(open_),
        "wrong": len(wrong),
        "left_out": sum(bool(line.leaves_out) for line in said.lines),
        "rows_in": len(said.lines),
        "chart": said.chart,
        "widest": max(said.chart.spans.values(), default=0),
        "page": page,
        "show": request.GET.get("show", ""),
        "lines": [(line, people.get(line.known or 0), _like(line, people)) for line in page],
        "alike": sum(_is_plainly_one(line, people_of(open_)) for line in open_) if open_ else 0,
    }
    return render(request, "people/roster.html", context)


@open_to(*OFFICE)
@require_POST
def create_taking(request: HttpRequest, roster_id: int) -> HttpResponse:
    found = _found(request, roster_id)
    count = taking.take_in(found, by=viewer(request), now=timezone.now())
    messages.success(request, f"{count} people are taken in.")
    return redirect("roster", found.pk)


@open_to(*OFFICE)
@require_POST
def create_undoing(request: HttpRequest, roster_id: int) -> HttpResponse:
    """As it was before; or thrown away, where it was never taken in."""
    found = _found(request, roster_id)
    if found.taken_at is None:
        taking.throw_away(found)
        return redirect("rosters")
    undone = taking.undo(found, now=timezone.now())
    stay = f" {undone.kept} stay, because something rests on them by now." if undone.kept else ""
    messages.success(request, f"{undone.gone} people are gone again.{stay}")
    return redirect("roster", found.pk)


@open_to(*OFFICE)
@require_POST
def create_likeness(request: HttpRequest, roster_id: int) -> HttpResponse:
    """All at once: who has the same name, and the same title or unit, is the same person."""
    found = _found(request, roster_id)
    open_ = [line for line in understand(found).lines if line.is_open]
    people = people_of(open_)
    for line in open_:
        if _is_plainly_one(line, people):
            found.decided[str(line.row)] = str(line.like[0][0])
    found.save(update_fields=["decided"])
    return redirect("roster", found.pk)


def people_of(lines: list[Line]) -> dict[int, Person]:
    """Whom these rows may mean."""
    keys = {pk for line in lines for pk, _ in line.like}
    return {
        one.pk: one
        for one in Person.objects.filter(erased_at=None).select_related("org_unit")
        if one.pk in keys
    }


def _is_plainly_one(line: Line, people: dict[int, Person]) -> bool:
    same = [pk for pk, why in line.like if why == SAME]
    if len(same) != 1 or same[0] not in people:
        return False
    person = people[same[0]]
    unit = person.org_unit.name if person.org_unit else ""
    return bool(
        (line.title and line.title == person.job_title) or (line.unit and line.unit == unit)
    )


def _read(file: UploadedFile, request: HttpRequest) -> Roster:
    read = dropped.read(file, shape="A list of people has a header, and a row a person.")
    return Roster.objects.create(
        by=viewer(request),
        read_at=timezone.now(),
        name=read.name,
        digest=read.digest,
        header=read.cells.header,
        rows=read.cells.rows,
        columns=headers.guess(read.cells.header, columns.FIELDS),
    )


def _decide(found: Roster, data: Any) -> None:
    if "columns" in data:
        found.columns = headers.chosen(data, columns.FIELDS, found.header)
    rows = {str(number) for number, _ in found.rows}
    for name, said in data.items():
        row = name.removeprefix("row-")
        if name.startswith("row-") and row in rows and (said in (NEW, SKIP, "") or said.isdigit()):
            found.decided[row] = said
    found.save(update_fields=["columns", "decided"])


def _like(line: Line, people: dict[int, Person]) -> list[tuple[Person, str]]:
    return [(people[pk], why) for pk, why in line.like if pk in people]


def _made(found: Roster) -> dict[str, int]:
    return {
        "new": len(found.made.get("persons", ())),
        "changed": len(found.made.get("changed", ())),
        "units": len(found.made.get("units", ())),
    }


def _found(request: HttpRequest, roster_id: int) -> Roster:
    return get_object_or_404(Roster.objects.editable_by(viewer(request)), pk=roster_id)
