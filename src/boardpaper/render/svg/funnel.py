"""Funnel: units against what chance alone would give, never a league table.

With one axis, a row a unit: a box where nearly all units of its size would fall, and its dot.  With
two, size along and value up: the limits close in on the mean as units grow.
"""

from __future__ import annotations

from itertools import pairwise

from boardpaper.chart import Chart, Mark
from boardpaper.render.svg import rows
from boardpaper.render.svg.canvas import Canvas, ValueAxis
from boardpaper.render.svg.plane import NARROW, Plane, plane
from boardpaper.wording import position


def draw(chart: Chart, canvas: Canvas) -> float:
    """Draws rows or the plane, as the chart has one axis or two; returns the height."""
    if chart.second_axis is None:
        style = rows.Style(drawing=_box, counts=False)
        return rows.draw(chart.series, chart.axis, style, canvas)
    return _draw_plane(chart, canvas)


def _box(canvas: Canvas, scale: ValueAxis, mark: Mark, y: float, muted: bool) -> None:
    if mark.low is not None and mark.high is not None:
        canvas.rect(scale.x(mark.low), y - 9, scale.x(mark.high), 18, "band")
    if scale.axis.reference is not None:
        x = scale.x(scale.axis.reference)
        canvas.line(x, y - 12, x, y + 12, "zero")
    canvas.dot(scale.x(mark.x), y, "dot was" if muted else "dot", radius=5.5)


def _draw_plane(chart: Chart, canvas: Canvas) -> float:
    wide = canvas.width >= NARROW
    gutter = max((canvas.text_width(words) for words, _ in chart.limits), default=0.0) + 8
    panel = plane(chart, canvas, top=4, right=gutter if wide else 0.0)
    panel.frame(canvas)
    marks = sorted((mark for one in chart.series for mark in one.marks), key=lambda mark: mark.x)
    for left, right in pairwise(marks):
        for bound_left, bound_right in ((left.low, right.low), (left.high, right.high)):
            if bound_left is not None and bound_right is not None:
                canvas.line(
                    panel.x(left.x),
                    panel.y(bound_left),
                    panel.x(right.x),
                    panel.y(bound_right),
                    "limit",
                )
    taken = [(panel.x(mark.x) - 6, panel.x(mark.x) + 6, panel.y(mark.y or 0)) for mark in marks]
    for words, level in chart.limits:
        start, end, y = panel.along.left, panel.along.right, panel.y(level)
        canvas.line(start, y, end, y, "zero")
        if wide:
            canvas.text(end, y + 4, words, "q", after=8)
        else:
            canvas.text(start, y - 5, words, "q halo", after=4)
            taken.append((start, start + 4 + canvas.text_width(words), y - 9))
    for one in chart.series:
        for mark in one.marks:
            if mark.y is not None:
                value = position(mark.y, panel.up.scale, panel.up.unit)
                canvas.dot(
                    panel.x(mark.x),
                    panel.y(mark.y),
                    "dot was" if one.emphasis == "muted" else "dot",
                    radius=5,
                    says=f"{mark.label}: {value}" if mark.label else value,
                )
    _names(marks, panel, canvas, taken)
    panel.along.labels(canvas, panel.bottom + 18)
    return panel.bottom + 24


def _names(
    marks: list[Mark], panel: Plane, canvas: Canvas, taken: list[tuple[float, float, float]]
) -> None:
    """Names beside the dots, as many as do not run into one another; the others are in the table.

    Units beyond their limits come first.  taken: from, to and y of what stands there already.
    """
    for mark in sorted(marks, key=lambda mark: (not _outside(mark), -mark.x)):
        if mark.y is None or not mark.label:
            continue
        x, y, width = panel.x(mark.x), panel.y(mark.y), canvas.text_width(mark.label)
        for start, css, after in ((x + 10, "halo", 10.0), (x - 10 - width, "e halo", -10.0)):
            fits = start >= panel.along.left and start + width <= canvas.width
            if fits and not any(
                start < high and low < start + width and abs(y - level) < 15
                for low, high, level in taken
            ):
                canvas.text(
                    x, y + 4, mark.label, f"k {css}" if _outside(mark) else css, after=after
                )
                taken.append((start, start + width, y))
                break


def _outside(mark: Mark) -> bool:
    if mark.y is None or mark.low is None or mark.high is None:
        return False
    return not mark.low <= mark.y <= mark.high
