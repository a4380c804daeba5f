"""Dropping files, seeing what was understood, correcting it, taking it in, and undoing that."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from django.contrib import messages
from django.core.exceptions import TooManyFilesSent
from django.core.paginator import Paginator
from django.db.models import F, Prefetch, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from backing.evidence import actions, uploads
from backing.evidence.column_choices import level_options, part_of
from backing.evidence.forms.imports import ColumnsForm, DropForm
from backing.evidence.models import (
    DroppedFile,
    Import,
    Likeness,
    MirroredProject,
    Reading,
    Renewal,
    SavedMapping,
)
from backing.evidence.readings import Understanding, time_to_go, understanding_of, why_not
from backing.evidence.understood import UnderstoodSheet, corrected
from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer
from backing.site import jobs
from backing.site.work import LongWork, State
from trackrecord.errors import EvidenceError
from trackrecord.layout import header_digest

A_PAGE = 30  # of the history


@csrf_exempt  # for what comes after the size was looked at: the token stands inside the upload
@open_to(*OFFICE)
def imports(request: HttpRequest) -> HttpResponse:
    """Drop files; everything dropped before."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > uploads.MOST_TOGETHER:
        return _imports(request, refused=uploads.too_large())
    try:
        return _drop_or_list(request)
    except TooManyFilesSent:
        return _imports(request, refused=uploads.too_many())


@csrf_protect
def _drop_or_list(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _imports(request)
    form = DropForm(request.POST, request.FILES)
    if not form.is_valid():
        return _imports(request, form=form)
    try:
        dropped = actions.drop(form.cleaned_data["file"], by=viewer(request), now=timezone.now())
    except EvidenceError as reason:
        return _imports(request, refused=str(reason))
    except OSError:
        return _imports(request, refused=uploads.no_room())
    return redirect("import", dropped.pk)


def _imports(
    request: HttpRequest, *, form: DropForm | None = None, refused: str = ""
) -> HttpResponse:
    files = DroppedFile.objects.only("reading", "name")
    readings = (
        Reading.objects.visible_to(viewer(request))
        .select_related("by__person", "taken_in__by__person", "taken_in__undo_asked_by__person")
        .prefetch_related(Prefetch("files", files))
        .annotate(rows_in=Sum("files__rows_in"), rows_taken=Sum("files__rows_taken"))
        .annotate(rows_with_problems=F("rows_in") - F("rows_taken"))
    )
    page = Paginator(readings.order_by("-pk"), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form or DropForm(),
        "refused": refused,
        "page": page,
        "most_files": uploads.MOST_FILES,
        "most_bytes": uploads.MOST_TOGETHER,
        "most": f"{uploads.MOST_TOGETHER // uploads.MIB} MB",
        "too_many_words": uploads.too_many(),
        "too_large_words": uploads.too_large(),
        "renewal": Renewal.objects.filter(state__in=(State.WAITING, State.RUNNING)).first(),
    }
    wrong = refused or (form is not None and form.errors)
    return render(request, "evidence/imports.html", context, status=422 if wrong else 200)


@open_to(*OFFICE)
@require_GET
def reading(request: HttpRequest, reading_id: int) -> HttpResponse:
    """One reading, wherever it stands: under way, understood, being taken in, in, or undone."""
    found = found_by(request, reading_id)
    work = under_way(found)
    if request.htmx:  # type: ignore[attr-defined]  # its middleware adds it
        if work is None:
            return HttpResponseClientRefresh()
        return render(request, "evidence/_progress.html", _progress(work))
    if work is not None:
        context = {"reading": found, **_progress(work)}
        return render(request, "evidence/import_under_way.html", context)
    taken_in = _import_of(found)
    if taken_in is not None and _has_been_in(taken_in):
        undoing = _undoing(taken_in)
        context = {
            "reading": found,
            "import": taken_in,
            "seen": understanding_of(found),
            "why": why_not(undoing) if undoing else "",
            "alike": Likeness.objects.visible_to(viewer(request)).count(),
        }
        return render(request, "evidence/import_done.html", context)
    ended = taken_in or found
    if ended.state in (State.FAILED, State.STOPPED):
        context = {"reading": found, "work": ended, "why": why_not(ended)}
        context["seen"] = understanding_of(found)
        return render(request, "evidence/import_ended.html", context)
    return _understood(request, found)


@open_to(*OFFICE)
@require_POST
def correct_columns(request: HttpRequest, reading_id: int) -> HttpResponse:
    """Read the files again with the columns of one sheet as the viewer says."""
    found = found_by(request, reading_id)
    seen = understanding_of(found)
    sheet = seen.sheet(request.POST.get("sheet", ""))
    if sheet is None or found.state != State.DONE or _import_of(found) is not None:
        return redirect("import", found.pk)
    form = ColumnsForm(sheet, request.POST, by=str(viewer(request)))
    if not form.is_valid():
        return _understood(request, found, form=form)
    changed = corrected(seen.files, sheet, form.mapping)
    if not changed:
        messages.info(request, "Nothing was changed.")
        return redirect("import", found.pk)
    with _said(request):
        actions.read_again(
            found, changed, as_at=found.as_at, register=found.register, now=timezone.now()
        )
    return redirect("import", found.pk)


@open_to(*OFFICE)
@require_POST
def create_guess(request: HttpRequest, reading_id: int) -> HttpResponse:
    """Set aside what is remembered of one sheet's columns, and guess them afresh."""
    found = found_by(request, reading_id)
    sheet = understanding_of(found).sheet(request.POST.get("sheet", ""))
    if sheet is None or found.state != State.DONE or _import_of(found) is not None:
        return redirect("import", found.pk)
    with _said(request):
        actions.guess_afresh(found, sheet.mapping.header, now=timezone.now())
    return redirect("import", found.pk)


@open_to(*OFFICE)
@require_POST
def create_stop(request: HttpRequest, reading_id: int) -> HttpResponse:
    """Stop what is under way, and keep nothing of it."""
    found = found_by(request, reading_id)
    work = under_way(found)
    if work is not None:
        work.stop(now=timezone.now())
    return redirect("import", found.pk)


@open_to(*OFFICE)
@require_POST
def create_attempt(request: HttpRequest, reading_id: int) -> HttpResponse:
    """Try again what failed or was stopped."""
    found = found_by(request, reading_id)
    taken_in = _import_of(found)
    work: LongWork = (taken_in and _undoing(taken_in)) or taken_in or found
    if work.again(now=timezone.now()):
        jobs.start(work)
    return redirect("import", found.pk)


@open_to(*OFFICE)
@require_POST
def create_taking(request: HttpRequest, reading_id: int) -> HttpResponse:
    """Take in what was understood."""
    found = found_by(request, reading_id)
    with _said(request):
        actions.take_in(found, by=viewer(request), now=timezone.now())
    return redirect("import", found.pk)


@open_to(*OFFICE)
def undo(request: HttpRequest, reading_id: int) -> HttpResponse:
    """Say what an undo takes away and what stays; then do it."""
    found = found_by(request, reading_id)
    taken_in = _import_of(found)
    if taken_in is None or not taken_in.counts or taken_in.undo_asked_at is not None:
        return redirect("import", found.pk)
    if request.method == "POST":
        actions.undo(taken_in, by=viewer(request), now=timezone.now())
        return redirect("import", found.pk)
    context = {
        "reading": found,
        "import": taken_in,
        "seen": understanding_of(found),
        "stays": actions.what_stays(taken_in),
    }
    return render(request, "evidence/import_undo.html", context)


def _saved(sheet: UnderstoodSheet) -> SavedMapping | None:
    """What was decided for an earlier file with this header."""
    header = header_digest(sheet.mapping.header)
    return SavedMapping.objects.filter(header=header).defer("mapping").first()


def _asks_day(seen: Understanding, sheet: UnderstoodSheet) -> bool:
    """Whether it matters which day the sheet speaks of, and nothing says it."""
    if sheet.has_dates or sheet.file.reading.as_at is not None:
        return False
    known = MirroredProject.objects.filter(register=sheet.mapping.register)
    return seen.is_one_of_several(sheet) or known.exists()


@contextlib.contextmanager
def _said(request: HttpRequest) -> Iterator[None]:
    """What cannot be done now is said on the next page."""
    try:
        yield
    except EvidenceError as reason:
        messages.warning(request, str(reason))


def found_by(request: HttpRequest, reading_id: int) -> Reading:
    readings = Reading.objects.editable_by(viewer(request)).select_related("by__person")
    found: Reading = get_object_or_404(readings, pk=reading_id)
    return found


def _import_of(found: Reading) -> Import | None:
    return (
        Import.objects.filter(reading=found)
        .select_related("by__person", "undo_asked_by__person")
        .first()
    )


def under_way(found: Reading) -> LongWork | None:
    """The work that this reading waits for: its reading, its import, or the undoing of that."""
    taken_in = _import_of(found)
    if taken_in is None:
        return found if found.is_unfinished else None
    if taken_in.is_unfinished and not _has_been_in(taken_in):
        return taken_in
    undoing = _undoing(taken_in)
    return undoing if undoing is not None and undoing.is_unfinished else None


def _has_been_in(taken_in: Import) -> bool:
    """Whether its rows count or did; the rows behind each figure may still be being listed."""
    return taken_in.counts or taken_in.undo_asked_at is not None or taken_in.state == State.DONE


def _undoing(taken_in: Import) -> Renewal | None:
    """The work that takes this import out of the evidence again, as long as it still counts."""
    if taken_in.undo_asked_at is None or not taken_in.counts:
        return None
    return Renewal.objects.order_by("-pk").first()


def _progress(work: LongWork) -> dict[str, object]:
    return {"work": work, "to_go": time_to_go(work, now=timezone.now())}


def _understood(
    request: HttpRequest, found: Reading, *, form: ColumnsForm | None = None
) -> HttpResponse:
    seen = understanding_of(found)
    sheet = seen.sheet(request.GET.get("sheet", ""))
    if form is not None:
        sheet = form.as_said
    context = {
        "reading": found,
        "seen": seen,
        "sheet": sheet,
        "part": sheet and part_of(sheet, request.POST.get("from") or request.GET.get("from")),
        "level_options": sheet and level_options(sheet),
        "saved": sheet and _saved(sheet),
        "asks_day": sheet and _asks_day(seen, sheet),
        "errors": form.errors if form else [],
    }
    return render(request, "evidence/import.html", context, status=422 if form else 200)
