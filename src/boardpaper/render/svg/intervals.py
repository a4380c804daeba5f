"""Intervals: a point and its range a row."""

from __future__ import annotations

from boardpaper.chart import Chart, Mark
from boardpaper.render.svg import rows
from boardpaper.render.svg.canvas import Canvas, ValueAxis


def draw(chart: Chart, canvas: Canvas) -> float:
    """Draws the rows; returns the height."""
    return rows.draw(chart.series, chart.axis, rows.Style(drawing=_interval), canvas)


def _interval(canvas: Canvas, scale: ValueAxis, mark: Mark, y: float, muted: bool) -> None:
    was = " was" if muted else ""
    if mark.low is not None and mark.high is not None:
        canvas.line(scale.x(mark.low), y, scale.x(mark.high), y, f"ci{was}")
    canvas.dot(scale.x(mark.x), y, f"dot{was}", radius=5.5)
