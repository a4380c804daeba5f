"""What could not be read of dropped files: put right cell by cell, or sent round as a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from backing.evidence import put_right as putting_right
from backing.evidence.cells import CannotRead
from backing.evidence.models import Reading
from backing.evidence.problems import COLUMNS, lines, problems_of
from backing.evidence.put_right import ProblemCell, cell_called
from backing.evidence.views.imports import found_by, under_way
from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer
from backing.site.spreadsheet import csv_lines, workbook
from trackrecord.errors import EvidenceError

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@open_to(*OFFICE)
@require_POST
def put_right(request: HttpRequest, reading_id: int) -> HttpResponse:
    """Say what one cell that could not be read should be, or take that back."""
    found = found_by(request, reading_id)
    cell = cell_called(found, request.POST.get("cell", ""))
    if cell is None or under_way(found) is not None:
        return redirect("import", found.pk)
    typed = request.POST.get("value", "")
    by, now = viewer(request), timezone.now()
    try:
        if "take-back" in request.POST:
            putting_right.take_back(cell, reading=found, by=by, now=now)
        else:
            putting_right.put_right(cell, typed, reading=found, by=by, now=now)
    except CannotRead as wrong:
        return _cell(request, found, replace(cell, typed=typed, wrong=str(wrong)))
    return _cell(request, found, putting_right.answered([cell])[0])


def _cell(request: HttpRequest, found: Reading, cell: ProblemCell) -> HttpResponse:
    """The cell alone, where the page asks for it alone; else the page again, at the cell."""
    if request.htmx:  # type: ignore[attr-defined]  # its middleware adds it
        context = {"reading": found, "cell": cell, "alone": True}
        status = 422 if cell.wrong else 200
        return render(request, "evidence/_problem_cell.html", context, status=status)
    if cell.wrong:
        messages.warning(request, f"Row {cell.row}: {cell.wrong}")
    return redirect(f"{reverse('import', args=[found.pk])}#cell-{cell.id}")


@open_to(*OFFICE)
@require_GET
def problems_csv(request: HttpRequest, reading_id: int) -> HttpResponseBase:
    """Every problem as a sheet to send round."""
    found = found_by(request, reading_id)
    try:
        content: Iterator[bytes] = csv_lines(
            list(COLUMNS), list(lines(problems_of(found.files.all())))
        )
    except (EvidenceError, OSError):
        return _no_longer_kept(request, found)
    answer = StreamingHttpResponse(content, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="rows-to-correct-{found.pk}.csv"'
    return answer


@open_to(*OFFICE)
@require_GET
def problems_xlsx(request: HttpRequest, reading_id: int) -> HttpResponseBase:
    """The same as a workbook."""
    found = found_by(request, reading_id)
    try:
        content = workbook("To correct", COLUMNS, lines(problems_of(found.files.all())))
    except (EvidenceError, OSError):
        return _no_longer_kept(request, found)
    answer = HttpResponse(content, content_type=XLSX)
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="rows-to-correct-{found.pk}.xlsx"'
    )
    return answer


def _no_longer_kept(request: HttpRequest, found: Reading) -> HttpResponse:
    messages.warning(request, "These rows are no longer kept. Drop the files again to list them.")
    return redirect("import", found.pk)
