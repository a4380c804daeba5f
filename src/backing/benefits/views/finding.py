"""What several views of the app share."""

from __future__ import annotations

from typing import Any, TypeVar

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from backing.benefits.firmness import ORDER, Layer
from backing.benefits.tracing import LineOfSight
from backing.people.access import GatedQuerySet
from backing.people.doors import viewer
from backing.people.models import Person

M = TypeVar("M", bound=Any)


def editable_or_404(request: HttpRequest, rows: GatedQuerySet[M], pk: int) -> M:
    """The record, for whoever may change it; to anyone else it does not exist."""
    found: M = get_object_or_404(rows.editable_by(viewer(request)), pk=pk)
    return found


def form_page(
    request: HttpRequest, form: BaseForm, *, title: str, back: str, **more: Any
) -> HttpResponse:
    """A form on a page of its own.  back: the address it leads back to.

    more: `remove`, the address by which the record goes; `known`, names to choose from.
    """
    context = {"form": form, "title": title, "back": back, "persons": person_names(), **more}
    return render(request, "benefits/form.html", context, status=422 if form.errors else 200)


def person_names() -> list[str]:
    people = Person.objects.filter(erased_at=None)
    return list(people.values_list("full_name", flat=True)[:500])


def known_names(sight: LineOfSight) -> list[tuple[str, list[str]]]:
    """By layer, what is there already: to be chosen while typing."""
    return [(layer.value, [node.name for node in sight.of(layer)]) for layer in ORDER]


def address_of(key: str) -> str:
    """Where a step of the line is changed."""
    layer, _, pk = key.partition("-")
    if layer == Layer.ACTIVITY:
        return reverse("activity", args=[pk])
    if layer == Layer.GOAL:
        return reverse("goal", args=[pk])
    if layer == Layer.BENEFIT:
        return reverse("benefit", args=[pk])
    return reverse("step", args=[layer, pk])
