"""What several views of the app share: a record or nothing, a form on a page of its own."""

from __future__ import annotations

from typing import Any, TypeVar

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from backing.people.access import GatedQuerySet
from backing.people.doors import viewer
from backing.people.models import OrgUnit, Person

M = TypeVar("M", bound=Any)


def editable_or_404(request: HttpRequest, rows: GatedQuerySet[M], pk: int) -> M:
    """The record, for whoever may change it; to anyone else it does not exist."""
    found: M = get_object_or_404(rows.editable_by(viewer(request)), pk=pk)
    return found


def form_page(
    request: HttpRequest, form: BaseForm, *, title: str, back: str, **more: Any
) -> HttpResponse:
    """A form on a page of its own.  back: the name of the address it leads back to.

    more: `remove`, the address by which the record goes; `units`, `persons`, `parties` to choose from.
    """
    context = {"form": form, "title": title, "back": back, **more}
    return render(request, "scope/form.html", context, status=422 if form.errors else 200)


def unit_names() -> list[str]:
    return list(OrgUnit.objects.values_list("name", flat=True))


def person_names() -> list[str]:
    people = Person.objects.filter(erased_at=None)
    return list(people.values_list("full_name", flat=True)[:500])
