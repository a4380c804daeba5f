"""Bringing in a list of goals: dropped, looked at, taken in, undone."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from backing.benefits import goal_list as lists
from backing.benefits.forms.goals import ListForm
from backing.benefits.models import GoalList
from backing.benefits.views.finding import editable_or_404
from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer
from backing.people.rosters import cells, dropped, headers

A_PAGE: Final = 50


@open_to(*OFFICE)
def goal_lists(request: HttpRequest) -> HttpResponse:
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("goal-list", _read(request, **form.cleaned_data).pk)
        except cells.Unreadable as reason:
            form.add_error("file", str(reason))
    found = GoalList.objects.visible_to(viewer(request)).defer("rows")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page}
    return render(request, "benefits/goal_lists.html", context, status=422 if form.errors else 200)


@open_to(*OFFICE)
def goal_list(request: HttpRequest, goal_list_id: int) -> HttpResponse:
    """What was understood of it; POST says what the columns mean."""
    found = editable_or_404(request, GoalList.objects.all(), goal_list_id)
    if request.method == "POST" and found.taken_at is None:
        found.columns = headers.chosen(request.POST, lists.FIELDS, found.header)
        found.save(update_fields=["columns"])
        return redirect("goal-list", goal_list_id)
    lines = lists.understand(found)
    counting = [line for line in lines if not line.leaves_out]
    ordered = sorted(lines, key=lambda line: (not line.leaves_out, line.row))
    context = {
        "list": found,
        "lines": lines,
        "counting": counting,
        "page": Paginator(ordered, A_PAGE).get_page(request.GET.get("page")),
        "fields": headers.shown(lists.FIELDS, found.columns),
    }
    return render(request, "benefits/goal_list.html", context)


@require_POST
@open_to(*OFFICE)
def create_taking(request: HttpRequest, goal_list_id: int) -> HttpResponse:
    found = editable_or_404(request, GoalList.objects.all(), goal_list_id)
    number = lists.take_in(found, now=timezone.now())
    messages.success(request, f"{number} goal{'s are' if number != 1 else ' is'} taken in.")
    return redirect("goals")


@require_POST
@open_to(*OFFICE)
def create_undoing(request: HttpRequest, goal_list_id: int) -> HttpResponse:
    """As it was before; or thrown away, where it was never taken in."""
    found = editable_or_404(request, GoalList.objects.all(), goal_list_id)
    if found.taken_at is None:
        found.delete()
        return redirect("goal-lists")
    gone, kept = lists.undo(found, now=timezone.now())
    stay = f" {kept} stay, because something rests on them by now." if kept else ""
    messages.success(request, f"{gone} goals are gone again.{stay}")
    return redirect("goal-list", goal_list_id)


def _read(request: HttpRequest, *, file: UploadedFile, source: str) -> GoalList:
    read = dropped.read(file, shape="A list of goals has a header, and a row a goal.")
    return GoalList.objects.create(
        by=viewer(request),
        read_at=timezone.now(),
        name=read.name,
        source=source,
        header=read.cells.header,
        rows=read.cells.rows,
        columns=headers.guess(read.cells.header, lists.FIELDS),
    )
