"""XmR chart: a value a period, joined, with the natural limits and their names at the right."""

from __future__ import annotations

from itertools import pairwise

from boardpaper.chart import Chart, Mark
from boardpaper.render.svg.canvas import Canvas
from boardpaper.render.svg.plane import NARROW, Plane, plane
from boardpaper.wording import position


def draw(chart: Chart, canvas: Canvas) -> float:
    """Draws the one series; returns the height."""
    named = [(f"{words} {_short(chart, level)}", level) for words, level in chart.limits]
    wide = canvas.width >= NARROW
    right = max((canvas.text_width(words) for words, _ in named), default=0) + 8 if wide else 0.0
    top = _header(chart, "" if wide else "; ".join(words for words, _ in named), canvas)
    panel = plane(chart, canvas, top=top, right=right)
    panel.frame(canvas)
    for words, level in named:
        css = "limit" if "limit" in words else "zero"
        canvas.line(panel.along.left, panel.y(level), panel.along.right, panel.y(level), css)
    _joined(chart.series[0].marks, panel, chart, canvas)
    for words, level in named if wide else ():
        canvas.text(panel.along.right, panel.y(level) + 4, words, "q halo", after=8)
    panel.along.labels(canvas, panel.bottom + 18)
    return panel.bottom + 24


def _header(chart: Chart, limits: str, canvas: Canvas) -> float:
    """What is drawn, and on a phone the limits in words; returns the height taken."""
    series = chart.series[0]
    canvas.text_of(0, 14, ((series.name, "k"), (series.detail, "q")))
    if limits:
        canvas.text(0, 30, limits, "q")
    return 36.0 if limits else 20.0


def _short(chart: Chart, level: float) -> str:
    assert chart.second_axis is not None
    if chart.second_axis.scale == "days":
        return f"{level:,.0f}"
    return position(level, chart.second_axis.scale, chart.second_axis.unit)


def _joined(marks: tuple[Mark, ...], panel: Plane, chart: Chart, canvas: Canvas) -> None:
    points = [(panel.x(mark.x), panel.y(mark.y), mark) for mark in marks if mark.y is not None]
    for (x1, y1, _), (x2, y2, _) in pairwise(points):
        canvas.line(x1, y1, x2, y2, "join")
    for x, y, mark in points:
        value = position(mark.y or 0.0, panel.up.scale, panel.up.unit)
        when = mark.label or position(mark.x, chart.axis.scale, chart.axis.unit)
        canvas.dot(x, y, "dot", says=f"{when}: {value}")
        if not mark.note:
            continue
        canvas.dot(x, y, "ring", radius=7.5)
        words = ", ".join(part for part in (mark.label, mark.note) if part)
        if x - 14 - canvas.text_width(words) >= panel.along.left:
            canvas.text(x, y + 4, words, "e halo", after=-13)
        else:
            canvas.text(x, y + 4, words, "halo", after=13)
