"""Charts that the case is made of, from figures and the rows behind them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from backing.documents.papers.grounds import Case, Grounds
from boardpaper.chart import Axis, Chart, Mark, Scale, Series
from boardpaper.claim import Claim
from boardpaper.wording import word
from trackrecord.figure import Figure

# Above this many, dots no longer read as single projects; counts in bins are drawn instead.
EVERY_PROJECT_A_DOT = 300
_BINS = 20
_NICE_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def distribution(
    evidence: Grounds,
    *,
    finding: Claim,
    original: Figure,
    current: Figure | None,
    names: tuple[str, str],
    details: tuple[str, str],
    on_plan: str,
    late_word: str = "",
) -> Chart:
    """Every project's value against its first and its current baseline, a dot each.

    names, details: what the two rows are called and the small words under it.  on_plan: the words at
    zero.  Unit of the axis: the figures' own (shares or days).
    """
    scale: Scale = "days" if original.unit == "days" else "share"
    rows = [(original, names[0], details[0])]
    if current is not None and current.value is not None:
        rows.append((current, names[1], details[1]))
    cases = [evidence.cases(figure) for figure, _, _ in rows]
    values = [case.value for group in cases for case in group]
    axis = axis_for(values or _ends([figure for figure, _, _ in rows]), scale, at_zero=on_plan)
    if max(len(group) for group in cases) > EVERY_PROJECT_A_DOT:
        return _in_bins(finding, cases[0], axis, names[0])
    series = tuple(
        Series(
            name=name,
            detail=detail,
            marks=tuple(Mark(x=case.value, label=case.key, source=case.source) for case in group),
            summary=_summary(figure, late_word),
            emphasis="accent" if figure is original else "muted",
        )
        for (figure, name, detail), group in zip(rows, cases, strict=True)
    )
    return Chart(
        kind="dots",
        finding=finding,
        series=series,
        axis=axis,
        caption=(
            "Each dot is one project. Bar: the range in which the median lies; tick: the median. "
            f"The vertical line marks “{on_plan}”."
        ),
        alternative=" ".join(
            f"{name}: median {word(figure, 'signed')}, {word(figure, 'range')}."
            if figure.low is not None
            else f"{name}: median {word(figure, 'signed')}."
            for figure, name, _ in rows
        ),
    )


def causes_pareto(evidence: Grounds, *, finding: Claim, above: str) -> Chart:
    """Each cause's share of the money lost, between its lower and its upper bound.

    above: the plan that the money is above, in a word.
    """
    fractional = {
        figure.group: figure
        for figure in evidence.groups("cause_share_fractional", "original", by="cause")
    }
    exclusive = {
        figure.group: figure
        for figure in evidence.groups("cause_share_exclusive", "original", by="cause")
    }
    touched = {
        figure.group: figure
        for figure in evidence.groups("cause_share_touched", "original", by="cause")
    }
    counted = {figure.group: figure for figure in evidence.groups("cause_count_rate", by="cause")}
    known = [(group, figure) for group, figure in fractional.items() if figure.value is not None]
    known.sort(key=lambda pair: (pair[0] == "unknown", -float(pair[1].value or 0), str(pair[0])))
    marks = tuple(
        Mark(
            x=float(figure.value or 0),
            low=_value(exclusive.get(group)),
            high=_value(touched.get(group)),
            label=str(group),
            n=_count(counted.get(group)),
            note=_share_note(figure, exclusive.get(group), touched.get(group)),
        )
        for group, figure in known
    )
    return Chart(
        kind="pareto",
        finding=finding,
        series=(
            Series(name=f"Share of the money above {above} or in cancelled projects", marks=marks),
        ),
        axis=Axis(
            scale="share",
            low=0.0,
            high=_ceiling(max((mark.high or mark.x for mark in marks), default=1.0)),
            ticks=_share_ticks(max((mark.high or mark.x for mark in marks), default=1.0)),
        ),
        caption=(
            "Tick: the money of a project shared equally among its causes. Bar: from the money of "
            "projects where it is the only cause to the money of all projects it touched. Bars overlap "
            "and never add up to the whole. n: projects with this cause."
        ),
        alternative="; ".join(f"{mark.label}: {mark.note}" for mark in marks),
    )


def shares_in_order(
    *, finding: Claim, figures: Sequence[tuple[str, Figure]], caption: str
) -> Chart:
    """A bar for each share, in the order given, with its range."""
    marks = tuple(
        Mark(
            x=float(figure.value),
            low=figure.low,
            high=figure.high,
            label=name,
            note=word(figure, "of"),
            n=figure.n,
        )
        for name, figure in figures
        if figure.value is not None
    )
    top = max((mark.high if mark.high is not None else mark.x for mark in marks), default=1.0)
    return Chart(
        kind="intervals",
        finding=finding,
        series=(Series(name="", marks=marks),),
        axis=Axis(scale="share", low=0.0, high=_ceiling(top), ticks=_share_ticks(top)),
        caption=caption,
        alternative="; ".join(f"{mark.label}: {mark.note}" for mark in marks),
    )


def axis_for(values: Sequence[float], scale: Scale, *, at_zero: str) -> Axis:
    """An axis that shows the bulk of the values and zero, with round ticks.

    It ends at the outermost values unless a few lie very far out: then at the last one within four
    times the spread of the middle half, and the few stand at the end with their values.
    """
    ordered = sorted(values)
    low, high = min(0.0, ordered[0]), max(0.0, ordered[-1])
    quarter, three = ordered[len(ordered) // 4], ordered[(3 * len(ordered)) // 4]
    reach = 4 * max(three - quarter, (high - low) / 20)
    low = max(low, min(0.0, quarter - reach))
    high = min(high, max(0.0, three + reach))
    step = _step((high - low) or 1.0, scale)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    last = max(last, first + 1)
    ticks = tuple(
        (position * step, _tick(position * step, scale, at_zero))
        for position in range(first, last + 1)
    )
    return Axis(scale=scale, low=first * step, high=last * step, ticks=ticks, reference=0.0)


def _ends(figures: Sequence[Figure]) -> list[float]:
    """What is drawn of figures whose rows are not listed yet: their medians and ranges."""
    ends = (end for figure in figures for end in (figure.low, figure.value, figure.high))
    return [float(end) for end in ends if end is not None]


def _in_bins(finding: Claim, cases: Sequence[Case], axis: Axis, name: str) -> Chart:
    """Counts of projects in equal steps of the axis; the ends hold all beyond them."""
    width = (axis.high - axis.low) / _BINS
    counts = [0] * _BINS
    for case in cases:
        counts[min(_BINS - 1, max(0, int((case.value - axis.low) / width)))] += 1
    marks = tuple(
        Mark(x=float(count), label=_tick(axis.low + index * width, axis.scale, ""), n=count)
        for index, count in enumerate(counts)
    )
    top = float(max(counts))
    step = _step(top, "count")
    ticks = tuple(
        (position * step, f"{position * step:,.0f}")
        for position in range(math.ceil(top / step) + 1)
    )
    return Chart(
        kind="bars",
        finding=finding,
        series=(Series(name=name, marks=marks),),
        axis=Axis(scale="count", low=0.0, high=ticks[-1][0], ticks=ticks, unit="projects"),
        caption=(
            "Each bar counts projects from the value at its left up to the next. The outermost bars "
            "hold all projects beyond them."
        ),
        alternative="; ".join(f"from {mark.label}: {mark.n}" for mark in marks if mark.n),
    )


def _summary(figure: Figure, late_word: str) -> Mark:
    note = word(figure, "signed") + (f" {late_word}" if late_word else "")
    if figure.low is not None:
        note += f", range {word(figure, 'range')}"
    return Mark(x=float(figure.value or 0), low=figure.low, high=figure.high, note=note)


def _share_note(figure: Figure, exclusive: Figure | None, touched: Figure | None) -> str:
    note = word(figure)
    if exclusive is not None and touched is not None and word(exclusive) != word(touched):
        note += f", between {word(exclusive)} and {word(touched)}"
    return note


def _value(figure: Figure | None) -> float | None:
    return None if figure is None or figure.value is None else float(figure.value)


def _count(figure: Figure | None) -> int | None:
    if figure is None or figure.value is None:
        return None
    return round(float(figure.value) * figure.n)


def _step(span: float, scale: Scale) -> float:
    """A round step that gives about five ticks."""
    if scale == "days":
        for days in (7.0, 14.0, 30.0, 60.0, 90.0, 180.0, 365.0, 730.0, 1825.0):
            if span / days <= 6:
                return days
    size = float(10 ** math.floor(math.log10(span / 5)))
    return next((size * nice for nice in _NICE_STEPS if span / (size * nice) <= 6), size * 10)


def _tick(position: float, scale: Scale, at_zero: str) -> str:
    if at_zero and abs(position) < 1e-9:
        return at_zero
    sign = "−" if position < 0 else "+"
    if scale == "days":
        return f"{sign}{abs(position):,.0f} days"
    if scale == "share":
        return f"{sign}{abs(position) * 100:,.0f}%"
    return f"{position:,.0f}"


def _ceiling(top: float) -> float:
    return min(1.0, math.ceil(top * 10 - 1e-9) / 10) or 1.0


def _share_ticks(top: float) -> tuple[tuple[float, str], ...]:
    end = _ceiling(top)
    step = 0.1 if end <= 0.5 else 0.25 if end <= 0.75 else 0.2
    return tuple(
        (round(index * step, 2), f"{index * step * 100:.0f}%")
        for index in range(int(end / step + 1e-9) + 1)
    )
