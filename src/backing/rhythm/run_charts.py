"""A measure's readings as a picture: never the verdict (RULE-11).

With twelve readings or more in the baseline's period natural limits are drawn (XmR), and small departures
since are added up; else a run chart, with the baseline's median once there are six readings before and six
after.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Final

from backing.evidence.models import Measure, MeasureBaseline, MeasureReading
from boardpaper.chart import Axis, Chart, Mark, Scale, Series
from boardpaper.claim import Claim, Name
from boardpaper.wording import en
from trackrecord.compare.chart import LIMIT, SLACK, cusum, xmr
from trackrecord.compare.chart import Chart as Limits

ENOUGH: Final = 6
LIMITS_FROM: Final = 12


def run_chart(
    measure: Measure, readings: Sequence[MeasureReading], baseline: MeasureBaseline | None
) -> Chart | None:
    """The picture; None for fewer than two readings."""
    if len(readings) < 2:
        return None
    ordered = sorted(readings, key=lambda each: (each.at, each.pk))
    points = [(each.at, _shown(measure, float(each.value))) for each in ordered]
    before = [
        value
        for day, value in points
        if baseline is not None and baseline.first_day <= day <= baseline.last_day
    ]
    if baseline is not None and len(before) >= LIMITS_FROM:
        return _with_limits(measure, points, before, baseline)
    return _run(measure, points, baseline)


def has_enough(chart: Chart) -> bool:
    """Whether a report may show it: six readings before and six after."""
    if chart.kind == "xmr":
        reference = chart.axis.reference
        marks = chart.series[0].marks
        return reference is not None and sum(mark.x > reference for mark in marks) >= ENOUGH
    return any(series.summary is not None for series in chart.series)


def _run(
    measure: Measure, points: list[tuple[date, float]], baseline: MeasureBaseline | None
) -> Chart:
    end = baseline.last_day if baseline else None
    before = [point for point in points if end is not None and point[0] <= end]
    after = [point for point in points if end is None or point[0] > end]
    enough = len(before) >= ENOUGH and len(after) >= ENOUGH
    level = _shown(measure, float(baseline.value)) if baseline and enough else None
    phases = [
        _phase(measure, before, muted=True, level=level),
        _phase(measure, after, muted=False, level=None),
    ]
    if enough:
        caption = "Each dot is one reading. The flat rule is the baseline."
    elif end is None:
        caption = "Each dot is one reading. No baseline is fixed yet."
    else:
        caption = (
            f"Each dot is one reading. {min(len(before), ENOUGH)} of {ENOUGH} readings before and "
            f"{min(len(after), ENOUGH)} of {ENOUGH} since: the baseline is drawn when both are there."
        )
    return Chart(
        kind="run",
        finding=Claim("{measure}, reading by reading", measure=Name(measure.name)),
        series=tuple(phase for phase in phases if phase.marks),
        axis=_along([day for day, _ in points], end),
        second_axis=_up(measure, [value for _, value in points]),
        caption=caption,
        alternative=_alternative(measure, points, baseline),
    )


def _phase(
    measure: Measure,
    points: list[tuple[date, float]],
    *,
    muted: bool,
    level: float | None,
) -> Series:
    marks = tuple(Mark(x=float(day.toordinal()), y=value) for day, value in points)
    detail = "" if level is None else f"baseline {_number(measure, level)}"
    return Series(
        name=f"In {_unit(measure)}",
        detail=detail,
        marks=marks,
        summary=None if level is None else Mark(x=marks[-1].x, y=level, note=detail),
        emphasis="muted" if muted else "accent",
    )


def _with_limits(
    measure: Measure,
    points: list[tuple[date, float]],
    before: list[float],
    baseline: MeasureBaseline,
) -> Chart:
    """Limits from the baseline's readings alone (methods.md 5.2)."""
    found = xmr(before)
    low, high = found.low, found.high
    beyond = [value for _, value in points if not low <= value <= high]
    marks = tuple(
        Mark(
            x=float(day.toordinal()),
            y=value,
            label=en.month(day) if not low <= value <= high and len(beyond) <= 2 else "",
            note="beyond the limits" if not low <= value <= high and len(beyond) <= 2 else "",
        )
        for day, value in points
    )
    limits = [("upper limit", high), ("mean", found.centre), ("lower limit", low)]
    return Chart(
        kind="xmr",
        finding=Claim("{measure}, reading by reading", measure=Name(measure.name)),
        series=(Series(name=f"In {_unit(measure)}", marks=marks),),
        axis=_along([day for day, _ in points], baseline.last_day),
        second_axis=_up(measure, [*(value for _, value in points), low, high]),
        limits=tuple((words, level) for words, level in limits if level >= 0 or low < 0),
        caption=(
            "Limits come from the readings of the baseline. A dot beyond them is a signal; it never says "
            f"why. The upright rule is the end of the baseline.{_added_up(points, found, baseline)}"
        ),
        alternative=_alternative(measure, points, baseline),
    )


def _added_up(points: list[tuple[date, float]], found: Limits, baseline: MeasureBaseline) -> str:
    """That small departures since the baseline amount to a signal, where no dot alone is one."""
    since = [(day, value) for day, value in points if day > baseline.last_day]
    if any(not found.low <= value <= found.high for _, value in since):
        return ""
    sums = cusum(
        [value for _, value in since],
        found.centre,
        slack=SLACK * found.sigma,
        limit=LIMIT * found.sigma,
    )
    signals = [
        (at, way) for at, way in ((sums.up, "above"), (sums.down, "below")) if at is not None
    ]
    if not signals:
        return ""
    _, way = min(signals)
    return (
        f" No dot since is beyond them, but so many have been a little {way} the mean that together they are "
        "a signal too."
    )


def _alternative(
    measure: Measure, points: list[tuple[date, float]], baseline: MeasureBaseline | None
) -> str:
    last_day, last = points[-1]
    stood = ""
    if baseline is not None:
        stood = f" Baseline {_number(measure, _shown(measure, float(baseline.value)))}."
    return (
        f"{len(points)} readings from {en.day(points[0][0])} to {en.day(last_day)}, the last "
        f"{_number(measure, last)}.{stood}"
    )


def _shown(measure: Measure, value: float) -> float:
    """As it is drawn: shares as per cents, which bear no sign."""
    return value * 100 if measure.unit == "share" else value


def _unit(measure: Measure) -> str:
    return "per cent" if measure.unit == "share" else measure.unit


def _number(measure: Measure, value: float) -> str:
    if en.is_currency(measure.unit):
        return en.money(value, measure.unit, short=True)
    sign = "%" if measure.unit == "share" else f" {measure.unit}"
    return f"{en.number(value, 0 if abs(value) >= 10 or value == int(value) else 1)}{sign}"


def _along(days: list[date], end: date | None) -> Axis:
    first, last = days[0], days[-1]
    span = max((last - first).days, 1)
    middle = date.fromordinal(first.toordinal() + span // 2)
    ticks = [first, middle, last] if span > 120 else [first, last]
    return Axis(
        scale="date",
        low=float(first.toordinal() - span * 0.02),
        high=float(last.toordinal() + span * 0.02),
        ticks=tuple((float(day.toordinal()), en.month(day)) for day in ticks),
        reference=float(end.toordinal()) if end is not None and first < end < last else None,
    )


def _up(measure: Measure, values: Sequence[float]) -> Axis:
    low, high = min(0.0, *values), max(values) * 1.05 or 1.0
    step = _step((high - low) / 4)
    ticks = [step * place for place in range(math.floor(low / step), math.ceil(high / step) + 1)]
    money = en.is_currency(measure.unit)
    scale: Scale = "money" if money else "count" if step >= 1 else "ratio"
    return Axis(
        scale=scale,
        low=min(low, ticks[0]) if low < 0 else 0.0,
        high=ticks[-1],
        ticks=tuple(
            (tick, en.money(tick, measure.unit, short=True) if money else f"{tick:g}")
            for tick in ticks
        ),
        unit=measure.unit if money else "",
    )


def _step(rough: float) -> float:
    """A round step near a rough one."""
    size = 10.0 ** math.floor(math.log10(rough))
    return next(size * round_ for round_ in (1, 2, 2.5, 5, 10) if size * round_ >= rough)
