"""Bars: counts or sums in the order given, from zero."""

from __future__ import annotations

from boardpaper.chart import Chart, Mark
from boardpaper.render.svg import rows
from boardpaper.render.svg.canvas import Canvas, ValueAxis


def draw(chart: Chart, canvas: Canvas) -> float:
    """Draws a row a bar; returns the height."""
    style = rows.Style(drawing=_bar, counts=False, close=True)
    return rows.draw(chart.series, chart.axis, style, canvas)


def _bar(canvas: Canvas, scale: ValueAxis, mark: Mark, y: float, muted: bool) -> None:
    zero, end = sorted((scale.x(0), scale.x(mark.x)))
    canvas.rect(zero, y - 7, end, 14, "bar was" if muted else "bar")
    if mark.low is not None and mark.high is not None:
        canvas.line(scale.x(mark.low), y, scale.x(mark.high), y, "zero")
