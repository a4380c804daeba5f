"""Persons and units: lists, their pages, tenure and succession, duplicates."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from backing.people import actions, merging
from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer
from backing.people.models import OrgUnit, Person
from backing.people.person_forms import HandOverForm, PersonForm, UnitForm
from backing.site.spreadsheet import csv_lines

A_PAGE = 50
COLUMNS = ("Name", "Job title", "Unit", "Reports to", "E-mail", "Telephone", "From", "To")


@open_to(*OFFICE)
@require_GET
def persons(request: HttpRequest) -> HttpResponse:
    """Everyone the office knows, by name, found by a few letters."""
    asked = " ".join(request.GET.get("q", "").split())[:80]
    known = Person.objects.visible_to(viewer(request)).filter(erased_at=None)
    found = known.select_related("org_unit", "reports_to")
    for word in asked.split():
        found = found.filter(
            Q(full_name__icontains=word)
            | Q(job_title__icontains=word)
            | Q(org_unit__name__icontains=word)
        )
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "asked": asked,
        "all": known.count() if asked else page.paginator.count,
    }
    return render(request, "people/persons.html", context)


@open_to(*OFFICE)
@require_GET
def persons_csv(request: HttpRequest) -> HttpResponseBase:
    """Everyone, in the columns that an import reads (X2)."""
    found = (
        Person.objects.visible_to(viewer(request))
        .filter(erased_at=None)
        .select_related("org_unit", "reports_to")
    )
    rows = (
        (
            one.full_name,
            one.job_title,
            str(one.org_unit or ""),
            str(one.reports_to or ""),
            one.email or "",
            one.phone,
            one.in_post_from or "",
            one.in_post_to or "",
        )
        for one in found.iterator(chunk_size=2000)
    )
    response = StreamingHttpResponse(
        csv_lines(COLUMNS, rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="people.csv"'
    return response


@open_to(*OFFICE)
def new_person(request: HttpRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("person", form.save().pk)
    context = {"form": form, "what": "Somebody new", "back": "persons"}
    return render(request, "people/edit.html", context, status=422 if form.errors else 200)


@open_to(*OFFICE)
@require_GET
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Who someone is, in which post since when, before and after whom."""
    return _person(request, _found(request, person_id))


@open_to(*OFFICE)
def change_person(request: HttpRequest, person_id: int) -> HttpResponse:
    found = _found(request, person_id)
    form = PersonForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("person", found.pk)
    context = {"form": form, "what": found.full_name, "back": "persons"}
    return render(request, "people/edit.html", context, status=422 if form.errors else 200)


@open_to(*OFFICE)
@require_POST
def create_successor(request: HttpRequest, person_id: int) -> HttpResponse:
    """Somebody follows in the post."""
    found = _found(request, person_id)
    form = HandOverForm(request.POST, person=found)
    if not form.is_valid():
        return _person(request, found, form=form)
    actions.hand_over(found, to=form.cleaned_data["to"], on=form.cleaned_data["on"])
    messages.success(request, "Noted. Nothing is known yet of where the successor stands.")
    return redirect("person", found.pk)


@open_to(*OFFICE)
@require_GET
def duplicates(request: HttpRequest) -> HttpResponse:
    """Persons who may be there twice."""
    people = Person.objects.editable_by(viewer(request)).filter(erased_at=None)
    pairs = merging.pairs(dict(people.order_by().values_list("pk", "full_name")))
    page = Paginator(pairs, A_PAGE).get_page(request.GET.get("page"))
    few = {person for pair in page for person in (pair.first, pair.second)}
    known = people.select_related("org_unit").in_bulk(few)
    shown = [(known[pair.first], known[pair.second], pair.why) for pair in page]
    return render(request, "people/duplicates.html", {"page": page, "shown": shown})


@open_to(*OFFICE)
@require_POST
def create_merging(request: HttpRequest, person_id: int, into_id: int) -> HttpResponse:
    """They are one person: what is said of the second is said of the first."""
    second, first = _found(request, person_id), _found(request, into_id)
    try:
        merging.merge(second, into=first)
    except merging.NotMerged as error:
        messages.error(request, str(error))
        return redirect("duplicates")
    messages.success(request, f"{first} is there once now.")
    return redirect("duplicates")


@open_to(*OFFICE)
@require_GET
def units(request: HttpRequest) -> HttpResponse:
    """The units as they stand under one another."""
    found = (
        OrgUnit.objects.visible_to(viewer(request))
        .select_related("head", "parent")
        .annotate(people_in=Count("people", distinct=True))
    )
    return render(request, "people/units.html", {"rows": _as_a_tree(list(found))})


@open_to(*OFFICE)
def new_unit(request: HttpRequest) -> HttpResponse:
    return _unit(request, UnitForm(request.POST or None), "A new unit")


@open_to(*OFFICE)
def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    found = get_object_or_404(OrgUnit.objects.editable_by(viewer(request)), pk=unit_id)
    return _unit(request, UnitForm(request.POST or None, instance=found), found.name)


def _unit(request: HttpRequest, form: UnitForm, what: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("units")
    context = {"form": form, "what": what, "back": "units"}
    return render(request, "people/edit.html", context, status=422 if form.errors else 200)


def _found(request: HttpRequest, person_id: int) -> Person:
    people = Person.objects.editable_by(viewer(request)).select_related(
        "org_unit", "reports_to", "successor"
    )
    return get_object_or_404(people, pk=person_id)


def _person(
    request: HttpRequest, found: Person, *, form: HandOverForm | None = None
) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "person": found,
        "reports": found.reports.order_by("full_name", "pk")[:A_PAGE],
        "predecessors": found.predecessors.order_by("in_post_to"),
        "has_left": found.in_post_to is not None and found.in_post_to <= today,
        "form": form or HandOverForm(person=found),
    }
    return render(request, "people/person.html", context, status=422 if form else 200)


def _as_a_tree(units: list[OrgUnit]) -> list[tuple[int, Any]]:
    """Pairs of depth and unit, each below the one it is part of, by name."""
    parts: dict[int | None, list[OrgUnit]] = {}
    for one in sorted(units, key=lambda each: (each.name, each.pk), reverse=True):
        parts.setdefault(one.parent_id, []).append(one)
    rows: list[tuple[int, Any]] = []
    open_ = [(0, one) for one in parts.get(None, [])]
    while open_:
        depth, one = open_.pop()
        rows.append((depth, one))
        open_ += [(depth + 1, part) for part in parts.get(one.pk, [])]
    return rows
