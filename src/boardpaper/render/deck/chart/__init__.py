"""Draws a Chart as native PowerPoint charts: editable, with its data, in the theme's colours.

Each has its data in a workbook of its own, its ranges as error bars or lines of that data, and its words
beside what they belong to; there is no legend.  A chart whose series are compared one below the other
becomes one native chart for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
_LEAST_PANEL: Final = 72.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A native chart, and where it stands in the chart's room, in points.

    heading: the lines above it, each as high as LINE.
    """

    top: float
    heading: tuple[Line, ...]
    native: NativeChart

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.top + self.native.height


def panels(chart: Chart, *, width: float, height: float) -> list[Panel]:
    """The native charts that make up a chart in a room of that size, from the top down."""
    groups = _groups(chart)
    along = FOOT if len(groups) > 1 else 0.0
    share = (height - along) / max(1, len(groups))
    headings = [_heading(chart, series, width) for series in groups]
    sizes = [(width, share - LINE * len(heading)) for heading in headings]
    if sizes:
        sizes[-1] = (width, sizes[-1][1] + along)
    top = 0.0
    drawn = []
    for heading, native in zip(headings, _natives(chart, groups, sizes), strict=True):
        top += LINE * len(heading)
        drawn.append(Panel(top=top, heading=heading, native=native))
        top += native.height
    return drawn


def least_height(chart: Chart) -> float:
    """The height below which its panels cannot be read."""
    groups = _groups(chart)
    return len(groups) * (_LEAST_PANEL + LINE) + FOOT


def _heading(chart: Chart, series: Sequence[Series], room: float) -> tuple[Line, ...]:
    """A panel's name, and what its series say of themselves behind or below it."""
    several = len(series) > 1 and chart.kind not in ("run", "xmr")
    name = "" if several else series[0].name
    if not name:
        return ()
    details = "; ".join(one.detail for one in series if one.detail)
    strong = Words(cut(name, room, LABEL_SIZE, bold=True), bold=True)
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


def _natives(
    chart: Chart, groups: Sequence[Sequence[Series]], sizes: Sequence[tuple[float, float]]
) -> list[NativeChart]:
    """The native chart of each group of series."""
    last = [index == len(groups) - 1 for index in range(len(groups))]
    if chart.kind == "dots":
        rooms = [
            dots.room(series[0], chart.axis, size=size, last=end)
            for series, size, end in zip(groups, sizes, last, strict=True)
        ]
        # Dots of one size, so that a row of many does not look like a row of few.
        points = min(
            (dots.dot_size(series[0], room) for series, room in zip(groups, rooms, strict=True)),
            default=0,
        )
        return [
            dots.draw(series[0], room, dot_points=points, last=end)
            for series, room, end in zip(groups, rooms, last, strict=True)
        ]
    return [
        _draw(chart, series, size, last=end)
        for series, size, end in zip(groups, sizes, last, strict=True)
    ]


def _draw(
    chart: Chart, series: Sequence[Series], size: tuple[float, float], *, last: bool
) -> NativeChart:
    match chart.kind:
        case "bars" if columns.can_stand(series[0]):
            return columns.draw(chart, series[0], size=size)
        case "bars":
            return rows.draw(replace(chart, series=tuple(series)), size=size)
        case "run" | "xmr":
            return plane.draw(chart, series, size=size, last=last)
        case "funnel" if chart.second_axis is not None:
            return plane.draw(chart, series, size=size, last=last)
        case _:
            return rows.draw(chart, size=size)
