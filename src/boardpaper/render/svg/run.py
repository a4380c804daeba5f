"""Run chart: each project at its date, with the median of each phase as a flat rule.

Series of one name are phases of one panel; other names get panels of their own below, so that
nothing needs a legend.
"""

from __future__ import annotations

from boardpaper.chart import Chart, Series
from boardpaper.render.svg.canvas import Canvas
from boardpaper.render.svg.plane import Plane, plane
from boardpaper.wording import position


def draw(chart: Chart, canvas: Canvas) -> float:
    """Draws the panels; returns the height."""
    panels: dict[str, list[Series]] = {}
    for series in chart.series:
        panels.setdefault(series.name, []).append(series)
    bottom = 0.0
    for name, phases in panels.items():
        bottom += _header(name, phases, canvas, bottom)
        panel = plane(chart, canvas, top=bottom)
        panel.frame(canvas)
        for phase in phases:
            _phase(phase, panel, chart, canvas)
        bottom = panel.bottom + 16
        if name == list(panels)[-1]:
            panel.along.labels(canvas, panel.bottom + 18)
    return bottom + 8


def _header(name: str, phases: list[Series], canvas: Canvas, top: float) -> float:
    """The panel's name and what its phases say; returns the height taken."""
    if not name:
        return 0.0
    details = "; ".join(phase.detail for phase in phases if phase.detail)
    if canvas.text_width(f"{name} {details}") * 1.05 <= canvas.width:
        canvas.text_of(0, top + 14, ((name, "k"), (details, "q")))
        return 22.0
    canvas.text(0, top + 14, name, "k")
    for line, phase in enumerate(phases):
        canvas.text(0, top + 30 + 16 * line, phase.detail, "q")
    return 22.0 + 16 * len(phases)


def _phase(series: Series, panel: Plane, chart: Chart, canvas: Canvas) -> None:
    muted = " was" if series.emphasis == "muted" else ""
    up = panel.up
    for mark in series.marks:
        if mark.y is None:
            continue
        value = position(mark.y, up.scale, up.unit)
        when = position(mark.x, chart.axis.scale, chart.axis.unit)
        named = f"{mark.label}: {value}" if mark.label else value
        canvas.dot(panel.x(mark.x), panel.y(mark.y), f"dot{muted}", says=f"{named}, {when}")
    if series.summary is not None and series.summary.y is not None and series.marks:
        level = panel.y(series.summary.y)
        first = panel.x(min(mark.x for mark in series.marks))
        last = panel.x(max(mark.x for mark in series.marks))
        canvas.line(first, level, last, level, "mid")
        if not series.detail:
            canvas.text(last, level - 6, series.summary.note, "k e halo")
