"""Dots: every project one, stacked where they would hide one another."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from boardpaper.chart import Axis, Chart, Mark, Series
from boardpaper.render.svg.canvas import EDGE, Canvas, ValueAxis, split_note
from boardpaper.wording import position

_RADII: Final = (4.0, 3.5, 3.0, 2.5, 2.0, 1.5, 1.0)
_TALLEST: Final = 150.0
_HEADER: Final = 38.0
_BELOW: Final = 34.0
_LINE: Final = 17.0


@dataclass(frozen=True, slots=True)
class _Stacks:
    """Dots by column: column index -> marks from the bottom up; `radius` of each."""

    columns: dict[int, list[Mark]]
    radius: float
    origin: float

    @property
    def step(self) -> float:
        return 2 * self.radius + 1

    def height(self, *, beyond: float = -1.0) -> float:
        """Height of the tallest column right of an x."""
        tall = [
            len(marks)
            for column, marks in self.columns.items()
            if self.origin + column * self.step > beyond
        ]
        return self.step * max(tall, default=0)


def draw(chart: Chart, canvas: Canvas) -> float:
    """All series one below the other on one axis; returns the height."""
    scale = ValueAxis(chart.axis, EDGE, canvas.width - EDGE)
    radius = min((_radius(series, scale) for series in chart.series), default=_RADII[0])
    stacks = [_stacked(series, scale, radius) for series in chart.series]
    rooms = [
        _room(series, stack, scale, canvas)
        for series, stack in zip(chart.series, stacks, strict=True)
    ]
    below = [_below(series, scale, canvas) for series in chart.series]
    bottom = sum(rooms) + sum(below)
    scale.grid(canvas, 0, bottom)
    top = 0.0
    for series, stack, room, under in zip(chart.series, stacks, rooms, below, strict=True):
        _panel(series, stack, scale, canvas, top=top, baseline=top + room)
        top += room + under
    scale.labels(canvas, bottom + 16)
    return bottom + 22


def _radius(series: Series, scale: ValueAxis) -> float:
    for radius in _RADII:
        if _stacked(series, scale, radius).height() <= _TALLEST:
            return radius
    return _RADII[-1]


def _stacked(series: Series, scale: ValueAxis, radius: float) -> _Stacks:
    """Columns a dot wide, one of them centred on the reference: "as approved" stands on the rule."""
    step = 2 * radius + 1
    reference = scale.axis.reference
    origin = scale.x(scale.axis.low if reference is None else reference)
    columns: dict[int, list[Mark]] = defaultdict(list)
    for mark in series.marks:
        columns[round((scale.x(mark.x) - origin) / step)].append(mark)
    return _Stacks(columns=dict(columns), radius=radius, origin=origin)


def _room(series: Series, stacks: _Stacks, scale: ValueAxis, canvas: Canvas) -> float:
    """Height above a baseline: the dots, and the header where dots stand below its words."""
    words = max(canvas.text_width(series.name) * 1.1, canvas.text_width(series.detail))
    header = _HEADER if series.name else 6.0
    if any(mark.x > scale.axis.high for mark in series.marks):
        header += _LINE
    return max(stacks.height() + 10, header + stacks.height(beyond=canvas.width - words - 12) + 8)


def _below(series: Series, scale: ValueAxis, canvas: Canvas) -> float:
    """Height under a baseline: the summary's bar, and a line for words that fit on neither side."""
    if series.summary is None:
        return _BELOW / 2
    return _BELOW if _side(series.summary, scale, canvas) else _BELOW + _LINE


def _side(mark: Mark, scale: ValueAxis, canvas: Canvas) -> str:
    """Where a summary's words fit: "right" of its range, "left" of it, or on neither side."""
    low, high = (scale.x(mark.x if end is None else end) for end in (mark.low, mark.high))
    words = canvas.text_width(mark.note) + 8
    return "right" if high + words <= canvas.width else "left" if low - words >= 0 else ""


def _panel(
    series: Series,
    stacks: _Stacks,
    scale: ValueAxis,
    canvas: Canvas,
    *,
    top: float,
    baseline: float,
) -> None:
    muted = " was" if series.emphasis == "muted" else ""
    canvas.line(0, baseline, canvas.width, baseline, "base")
    for column in sorted(stacks.columns):
        for height, mark in enumerate(stacks.columns[column]):
            canvas.dot(
                min(
                    canvas.width - stacks.radius,
                    max(stacks.radius, stacks.origin + column * stacks.step),
                ),
                baseline - stacks.radius - 3 - height * stacks.step,
                f"dot{muted}",
                radius=stacks.radius,
                says=_says(mark, scale.axis),
            )
    canvas.text(canvas.width, top + 13, series.name, "k e halo")
    if series.detail:
        canvas.text(canvas.width, top + 29, series.detail, "q e halo")
    _beyond(series, stacks, scale, canvas, baseline)
    if series.summary is not None:
        _summary(series.summary, scale, canvas, baseline + 12, muted)


def _says(mark: Mark, axis: Axis) -> str:
    value = position(mark.x, axis.scale, axis.unit)
    named = f"{mark.label}: {value}" if mark.label else value
    return f"{named} ({mark.source})" if mark.source else named


def _beyond(
    series: Series, stacks: _Stacks, scale: ValueAxis, canvas: Canvas, baseline: float
) -> None:
    """Names what lies beyond the ends of the axis, above the dots that stand there for it."""
    axis = scale.axis
    above = [mark for mark in series.marks if mark.x > axis.high]
    below = [mark for mark in series.marks if mark.x < axis.low]
    for marks, farthest, x, css in (
        (above, max, canvas.width, "q e halo"),
        (below, min, 0.0, "q halo"),
    ):
        if not marks:
            continue
        far = farthest(marks, key=lambda mark: mark.x)
        value = position(far.x, axis.scale, axis.unit)
        words = (
            f"{far.label} {value}".strip()
            if len(marks) == 1
            else f"{len(marks)} beyond, to {value}"
        )
        here = [
            len(column)
            for index, column in stacks.columns.items()
            if abs(stacks.origin + index * stacks.step - x) < canvas.text_width(words) + EDGE
        ]
        canvas.text(x, baseline - 9 - stacks.step * max(here, default=1), words, css)


def _summary(mark: Mark, scale: ValueAxis, canvas: Canvas, y: float, muted: str) -> None:
    """The median with its range below the dots, and its words beside it where they fit."""
    low = scale.x(mark.x if mark.low is None else mark.low)
    high = scale.x(mark.x if mark.high is None else mark.high)
    if mark.low is not None:
        canvas.line(low, y, high, y, f"ci{muted}")
    canvas.line(scale.x(mark.x), y - 6, scale.x(mark.x), y + 6, "mid")
    value, rest = split_note(mark.note)
    pieces = ((value, "k"), (rest, "q"))
    match _side(mark, scale, canvas):
        case "right":
            canvas.text_of(high, y + 5, pieces, "halo", after=8)
        case "left":
            canvas.text_of(low, y + 5, pieces, "e halo", after=-8)
        case _:
            start = min(max(0.0, low), canvas.width - canvas.text_width(mark.note))
            canvas.text_of(max(0.0, start), y + 5 + _LINE, pieces, "halo")
