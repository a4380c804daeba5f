"""Everything typed, in one workbook: take it out, bring it back, see what would change, take that in."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from backing.people.access import OFFICE
from backing.people.apart import Unreadable
from backing.people.doors import open_to, viewer
from backing.people.models import Account, Workbook
from backing.people.workbook import dropped, writing
from backing.people.workbook.declared import sheets
from backing.people.workbook.reading import MOST_BYTES

A_PAGE: Final = 50
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class WorkbookForm(forms.Form):
    file = forms.FileField(label="A workbook of this office, Excel")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                "The file is larger than 40 MB. Take out the sheets that you did not change, and drop it again."
            )
        return file


@open_to(*OFFICE)
def workbooks(request: HttpRequest) -> HttpResponse:
    """Take it out or bring it back; and those of before."""
    looking = viewer(request)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = dropped.drop(file.chunks(), name=file.name or "", by=looking, now=timezone.now())
            return redirect("workbook", made.pk)
        except Unreadable as reason:
            form.add_error("file", str(reason))
    before = Workbook.objects.visible_to(looking).select_related("by__person").defer("sheets")
    context = {
        "form": form,
        "page": Paginator(before, A_PAGE).get_page(request.GET.get("page")),
        "sheets": [sheet for sheet in sheets() if sheet.is_read_by(looking)],
    }
    return render(request, "people/workbooks.html", context, status=422 if form.errors else 200)


@open_to(*OFFICE)
@require_POST
def create_file(request: HttpRequest) -> HttpResponse:
    """The workbook, as everything stands now; that it was written is logged."""
    now = timezone.now()
    made = writing.write(viewer(request), now=now)
    response = HttpResponse(made.content, content_type=_XLSX)
    name = f"backing-{timezone.localdate(now).isoformat()}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@open_to(*OFFICE)
def workbook(request: HttpRequest, workbook_id: int) -> HttpResponse:
    """What it would change; or, once it is taken in, what it changed."""
    found = _found(viewer(request), workbook_id)
    context = {"workbook": found, "found": found.found}
    if found.taken_at is not None:
        return render(request, "people/workbook_done.html", context)
    return render(request, "people/workbook.html", context)


@open_to(*OFFICE)
@require_POST
def create_taking(request: HttpRequest, workbook_id: int) -> HttpResponse:
    looking = viewer(request)
    found = _found(looking, workbook_id)
    try:
        said = dropped.take_in(found, by=looking, now=timezone.now())
    except dropped.NotAsShown:
        messages.warning(
            request,
            "Somebody changed something here since you looked. Nothing was taken in: look again.",
        )
    else:
        if said is not None:
            messages.success(request, f"{said.added} rows are new, and {said.changed} are changed.")
    return redirect("workbook", found.pk)


@open_to(*OFFICE)
@require_POST
def create_throwing_away(request: HttpRequest, workbook_id: int) -> HttpResponse:
    dropped.throw_away(_found(viewer(request), workbook_id))
    return redirect("workbooks")


def _found(looking: Account, workbook_id: int) -> Workbook:
    """One that waits is shown to whoever dropped it: another may see less than they do."""
    found = get_object_or_404(
        Workbook.objects.editable_by(looking).select_related("by__person").defer("sheets"),
        pk=workbook_id,
    )
    if found.taken_at is None:
        return get_object_or_404(
            Workbook.objects.filter(by=looking).defer("sheets"), pk=workbook_id
        )
    return found
