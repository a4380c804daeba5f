"""One measure: its readings as a picture, its baseline, and what is claimed and aimed at."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from backing.evidence.measuring import (
    NotKept,
    Said,
    fix_baseline,
    keep_reading,
    read_the_record,
    retire,
    withdraw,
)
from backing.evidence.models import Edition, Measure, MeasureReading
from backing.people.access import OFFICE
from backing.people.doors import open_to, open_to_all_accounts, viewer
from backing.people.rosters.cells import Unreadable
from backing.rhythm.claims import latest, look_at_claims_about
from backing.rhythm.improving_forms import (
    BaselineForm,
    MeasureForm,
    ReadingForm,
    ReadingsFileForm,
)
from backing.rhythm.in_figures import worded
from backing.rhythm.models import Improvement, ImprovementTarget
from backing.rhythm.readings_file import take_in
from backing.rhythm.run_charts import run_chart
from backing.site.spreadsheet import csv_lines
from boardpaper.picture import Picture

_SHOWN = 12  # readings in the table; the file has all


@require_GET
@open_to_all_accounts
def measure(request: HttpRequest, measure_id: int) -> HttpResponse:
    return _measure_page(request, measure_id)


@open_to(*OFFICE)
def create_measure(request: HttpRequest) -> HttpResponse:
    form = MeasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.save()
        edition = Edition.objects.current()
        if made.figure and edition is not None:
            read_the_record(edition, now=timezone.now())
        messages.success(request, "Kept. Give it readings, then fix its baseline in writing.")
        return redirect("measure", made.pk)
    status = 422 if form.errors else 200
    return render(request, "rhythm/measure_form.html", {"form": form}, status=status)


@open_to(*OFFICE)
def edit_measure(request: HttpRequest, measure_id: int) -> HttpResponse:
    found = _editable(request, measure_id)
    form = MeasureForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Kept.")
        return redirect("measure", measure_id)
    context = {"form": form, "measure": found}
    return render(request, "rhythm/measure_form.html", context, status=422 if form.errors else 200)


@require_POST
@open_to(*OFFICE)
def create_reading(request: HttpRequest, measure_id: int) -> HttpResponse:
    found = _editable(request, measure_id)
    form = ReadingForm(request.POST, today=timezone.localdate(), measure=found)
    if not form.is_valid():
        return _measure_page(request, measure_id, reading=form)
    keep_reading(
        found,
        Said(**form.cleaned_data),
        origin=MeasureReading.Origin.ENTERED,
        by=viewer(request),
        now=timezone.now(),
    )
    look_at_claims_about(found, now=timezone.now())
    messages.success(request, "Kept.")
    return redirect("measure", measure_id)


@require_POST
@open_to(*OFFICE)
def create_readings(request: HttpRequest, measure_id: int) -> HttpResponse:
    """Readings out of a file; each row that is none says why."""
    found = _editable(request, measure_id)
    form = ReadingsFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _measure_page(request, measure_id, file=form)
    try:
        taken = take_in(
            found,
            form.cleaned_data["file"],
            by=viewer(request),
            now=timezone.now(),
            today=timezone.localdate(),
        )
    except Unreadable as error:
        form.add_error("file", str(error))
        return _measure_page(request, measure_id, file=form)
    look_at_claims_about(found, now=timezone.now())
    if taken.problems:
        return _measure_page(request, measure_id, taken=taken)
    messages.success(request, f"{taken.kept} readings kept, {taken.same} were there already.")
    return redirect("measure", measure_id)


@require_GET
@open_to_all_accounts
def readings_csv(request: HttpRequest, measure_id: int) -> StreamingHttpResponse:
    """All readings that stand, as they may be taken in again."""
    found = get_object_or_404(Measure.objects.visible_to(viewer(request)), pk=measure_id)
    rows = (
        (
            each.at.isoformat(),
            f"{each.value.normalize():f}",
            each.n if each.n is not None else "",
            each.note,
            each.source,
        )
        for each in MeasureReading.objects.standing().filter(measure=found).order_by("at")
    )
    answer = StreamingHttpResponse(
        csv_lines(("date", "value", "n", "note", "source"), rows),
        content_type="text/csv; charset=utf-8",
    )
    answer["Content-Disposition"] = f'attachment; filename="readings-{found.pk}.csv"'
    return answer


@open_to(*OFFICE)
def create_baseline(request: HttpRequest, measure_id: int) -> HttpResponse:
    """Fix the baseline in writing; an earlier one stays to be read."""
    found = _editable(request, measure_id)
    form = BaselineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            fixed = fix_baseline(found, **form.cleaned_data, by=viewer(request), now=timezone.now())
        except NotKept as error:
            form.add_error(None, str(error))
        else:
            said = worded(found, fixed.value)
            messages.success(request, f"Fixed in writing: {said}. It cannot be changed any more.")
            return redirect("measure", measure_id)
    readings = MeasureReading.objects.standing().filter(measure=found)
    context = {
        "form": form,
        "measure": found,
        "readings": [(each, worded(found, each.value, each.n)) for each in readings],
    }
    return render(request, "rhythm/baseline_form.html", context, status=422 if form.errors else 200)


@require_POST
@open_to(*OFFICE)
def create_withdrawal(request: HttpRequest, reading_of_id: int) -> HttpResponse:
    reading = get_object_or_404(
        MeasureReading.objects.editable_by(viewer(request)).filter(withdrawn_at=None),
        pk=reading_of_id,
    )
    withdraw(reading, by=viewer(request), now=timezone.now())
    look_at_claims_about(reading.measure, now=timezone.now())
    messages.success(request, "Withdrawn. It does not count any more, and stays in the history.")
    return redirect("measure", reading.measure_id)


@require_POST
@open_to(*OFFICE)
def create_retirement(request: HttpRequest, measure_id: int) -> HttpResponse:
    """It is no longer kept; what was said with it stays."""
    found = _editable(request, measure_id)
    if Improvement.objects.standing().filter(measure=found).exists():
        messages.error(
            request,
            "A claim rests on it. Give the claim up first, with the reason; then retire it.",
        )
        return redirect("measure", measure_id)
    retire(found, on=timezone.localdate())
    messages.success(request, f"{found} is no longer kept. Its readings stay.")
    return redirect("keep-it")


def _editable(request: HttpRequest, measure_id: int) -> Measure:
    return get_object_or_404(Measure.objects.editable_by(viewer(request)), pk=measure_id)


def _measure_page(request: HttpRequest, measure_id: int, **said: Any) -> HttpResponse:
    looking = viewer(request)
    found = get_object_or_404(
        Measure.objects.visible_to(looking).select_related("owner", "org_unit"), pk=measure_id
    )
    readings = list(MeasureReading.objects.visible_to(looking).standing().filter(measure=found))
    baselines = list(
        found.baselines.select_related("fixed_by__person").order_by("-fixed_on", "-pk")
    )
    baseline = baselines[0] if baselines else None
    chart = run_chart(found, readings, baseline)
    claims = Improvement.objects.visible_to(looking).filter(measure=found)
    targets = ImprovementTarget.objects.visible_to(looking).filter(measure=found)
    worded_readings = [(each, worded(found, each.value, each.n)) for each in reversed(readings)]
    context = {
        "measure": found,
        "baseline": baseline,
        "stood_at": worded(found, baseline.value) if baseline else "",
        "earlier": [(each, worded(found, each.value)) for each in baselines[1:]],
        "latest": worded_readings[0] if worded_readings else None,
        "picture": Picture(f"m{found.pk}", chart) if chart else None,
        "readings": worded_readings[:_SHOWN],
        "more": max(0, len(readings) - _SHOWN),
        "claims": [(each, latest(each)) for each in claims],
        "targets": [(each, worded(found, each.target)) for each in targets.select_related("owner")],
        "reading_form": said.get("reading")
        or ReadingForm(today=timezone.localdate(), measure=found),
        "file_form": said.get("file") or ReadingsFileForm(),
        "taken": said.get("taken"),
    }
    wrong = any(form.errors for form in (said.get("reading"), said.get("file")) if form)
    return render(request, "rhythm/measure.html", context, status=422 if wrong else 200)
