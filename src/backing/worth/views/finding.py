"""What several views of the app share: who reads of money, and a form on a page of its own."""

from __future__ import annotations

from typing import Any, Final, TypeVar

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from backing.people.access import OFFICE, GatedQuerySet, Role
from backing.people.doors import viewer

M = TypeVar("M", bound=Any)

# Who holds the purse, who answers for the office, and who checks.
READERS: Final = (*OFFICE, Role.SPONSOR, Role.FINANCE, Role.DPO)


def editable_or_404(request: HttpRequest, rows: GatedQuerySet[M], pk: int) -> M:
    """The record, for whoever may change it; to anyone else it does not exist."""
    found: M = get_object_or_404(rows.editable_by(viewer(request)), pk=pk)
    return found


def form_page(
    request: HttpRequest, form: BaseForm, *, title: str, back: str, remove: str = ""
) -> HttpResponse:
    """back: the name of the page it leads back to.  remove: the address by which the record goes."""
    context = {"form": form, "title": title, "back": back, "remove": remove}
    return render(request, "worth/form.html", context, status=422 if form.errors else 200)
