"""Pareto with three bounds: a bar from "only cause" to "touched", a tick where money is split.

Bars overlap by nature, so they are never stacked and no running total is drawn (methods.md 3.2).
"""

from __future__ import annotations

from boardpaper.chart import Chart, Mark
from boardpaper.render.svg import rows
from boardpaper.render.svg.canvas import Canvas, ValueAxis


def draw(chart: Chart, canvas: Canvas) -> float:
    """Draws a row a cause; returns the height."""
    return rows.draw(chart.series, chart.axis, rows.Style(drawing=_bounds), canvas)


def _bounds(canvas: Canvas, scale: ValueAxis, mark: Mark, y: float, _muted: bool) -> None:
    low = mark.x if mark.low is None else mark.low
    high = mark.x if mark.high is None else mark.high
    canvas.rect(scale.x(low), y - 7, scale.x(high), 14, "span")
    canvas.line(scale.x(mark.x), y - 10, scale.x(mark.x), y + 10, "mid")
