"""Draws a Chart as native PowerPoint charts: editable, with its data, in the theme's colours.

Each has its data in a workbook of its own, its ranges as error bars or lines of that data, and its words
beside what they belong to; there is no legend.  A chart whose series are compared one below the other
becomes one native chart for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from boardpaper.chart import Chart, Series
from boardpaper.render.deck.chart import columns, dots, plane, rows
from boardpaper.render.deck.chart.frame import FOOT
from boardpaper.render.deck.chart.markup import LABEL_SIZE, Line, Words
from boardpaper.render.deck.chart.native import NativeChart
from boardpaper.render.deck.fitting import cut
from boardpaper.render.deck.fitting import width as text_width

# A line of words above a panel.
LINE: Final = 17.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A native chart, and where it stands in the chart's room, in points.

    heading: the lines above it, each as high as LINE.
    """

    top: float
    height: float
    heading: tuple[Line, ...]
    native: NativeChart


def panels(chart: Chart, *, width: float, height: float) -> list[Panel]:
    """The native charts that make up a chart in a room of that size, from the top down."""
    groups = _groups(chart)
    along = FOOT if len(groups) > 1 else 0.0
    share = (height - along) / max(1, len(groups))
    drawn = []
    for index, series in enumerate(groups):
        last = index == len(groups) - 1
        heading = _heading(chart, series, width)
        above = LINE * len(heading)
        high = share - above + (along if last else 0.0)
        native = _draw(chart, series, (width, high), last=last)
        drawn.append(Panel(top=index * share + above, height=high, heading=heading, native=native))
    return drawn


def _heading(chart: Chart, series: Sequence[Series], room: float) -> tuple[Line, ...]:
    """A panel's name, and what its series say of themselves behind or below it."""
    several = len(series) > 1 and chart.kind not in ("run", "xmr")
    name = "" if several else series[0].name
    if not name:
        return ()
    details = "; ".join(one.detail for one in series if one.detail)
    strong = Words(cut(name, room, LABEL_SIZE), bold=True)
    if not details:
        return ((strong,),)
    if text_width(f"{name}  ", LABEL_SIZE, bold=True) + text_width(details, LABEL_SIZE) <= room:
        return ((strong, Words(f"  {details}", "quiet")),)
    return ((strong,), (Words(cut(details, room, LABEL_SIZE), "quiet"),))


def _groups(chart: Chart) -> list[tuple[Series, ...]]:
    """The series of each panel: those of one name in a run chart, all of them where rows share an axis."""
    if chart.kind in ("intervals", "pareto", "funnel", "xmr"):
        return [chart.series] if chart.series else []
    if chart.kind != "run":
        return [(one,) for one in chart.series]
    named: dict[str, list[Series]] = {}
    for one in chart.series:
        named.setdefault(one.name, []).append(one)
    return [tuple(group) for group in named.values()]


def _draw(
    chart: Chart, series: tuple[Series, ...], size: tuple[float, float], *, last: bool
) -> NativeChart:
    match chart.kind:
        case "dots":
            return dots.draw(series[0], chart.axis, size=size, last=last)
        case "bars":
            return columns.draw(chart, series[0], size=size)
        case "run" | "xmr":
            return plane.draw(chart, series, size=size, last=last)
        case "funnel" if chart.second_axis is not None:
            return plane.draw(chart, series, size=size, last=last)
        case _:
            return rows.draw(chart, size=size)
