"""A chart on a slide: its finding, its native panels, and how to read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from pptx.enum.chart import XL_CHART_TYPE
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide

from boardpaper.chart import Chart
from boardpaper.render.deck.box import Box
from boardpaper.render.deck.chart import LINE, Panel, least_height, panels
from boardpaper.render.deck.chart.markup import LABEL_SIZE, Shade
from boardpaper.render.deck.fitting import Face
from boardpaper.render.deck.picture import describe
from boardpaper.render.deck.words import HEADING, NOTE, Look, Paragraph, Piece, height, put
from boardpaper.wording import plain

HEADING_OF_A_PANEL: Final = "What is drawn"
_GAP: Final = 6.0
_LOOKS: Final[dict[Shade, Look]] = {"quiet": "quiet"}


@dataclass(frozen=True, slots=True)
class Surround:
    """The words around a chart in a column: its finding above, how to read it below."""

    heading: tuple[Paragraph, ...]
    caption: tuple[Paragraph, ...]

    def above(self, width: float) -> float:
        """What they take over the chart, in a column of a width."""
        return height(self.heading, width)

    def below(self, width: float) -> float:
        """What they take under it."""
        return height(self.caption, width) + _GAP


def fits(chart: Chart, room: float) -> bool:
    """Whether the chart can be read in so many points of height."""
    return room >= least_height(chart)


def surround(chart: Chart, title: str, language: str, *, face: Face) -> Surround:
    """The words around a chart; its finding is not said twice under a title that says it."""
    finding = plain(chart.finding, language)
    heading = (Paragraph(pieces=(Piece(finding),), size=HEADING, face=face, after=6.0),)
    caption = (Paragraph(pieces=(Piece(chart.caption, "quiet"),), size=NOTE, after=0.0),)
    same = finding.rstrip(".") == title.rstrip(".")
    return Surround(() if same else heading, caption if chart.caption else ())


def draw(
    slide: Slide, box: Box, chart: Chart, around: Surround, *, above: float, below: float
) -> None:
    """The chart in a box, its words in the room left above and below it."""
    if around.heading:
        put(slide, box.head(above), around.heading, name="Finding of the chart")
    room = box.below(above).above(below)
    made = panels(chart, width=room.width, height=room.height)
    caption = _caption(around, made)
    further = height(caption, box.width) - max(0.0, below - _GAP)
    if further > 0:
        room, below = room.above(further), below + further
        made = panels(chart, width=room.width, height=room.height)
        caption = _caption(around, made)
    for panel in made:
        _panel(slide, room, panel, chart)
    if caption:
        end = max((panel.bottom for panel in made), default=0.0)
        words = Box(box.left, room.top + end + _GAP, box.width, below - _GAP)
        put(slide, words, caption, name="How to read it")


def _caption(around: Surround, made: Sequence[Panel]) -> tuple[Paragraph, ...]:
    """How to read the chart, and how many of its rows have no room in it."""
    unshown = sum(panel.native.unshown for panel in made)
    if not unshown:
        return around.caption
    rows = "1 more row stands" if unshown == 1 else f"{unshown:,} more rows stand"
    said = [paragraph.text for paragraph in around.caption]
    words = " ".join([*said, f"{rows} in the chart’s data."])
    return (Paragraph(pieces=(Piece(words, "quiet"),), size=NOTE, after=0.0),)


def _panel(slide: Slide, room: Box, panel: Panel, chart: Chart) -> None:
    if panel.heading:
        words = [
            Paragraph(
                pieces=tuple(
                    Piece(part.text, "strong" if part.bold else _LOOKS.get(part.shade, "plain"))
                    for part in line
                ),
                size=LABEL_SIZE,
                after=0.0,
            )
            for line in panel.heading
        ]
        high = LINE * len(words)
        top = room.top + panel.top - high
        put(slide, Box(room.left, top, room.width, high), words, name=HEADING_OF_A_PANEL)
    place = Box(room.left, room.top + panel.top, room.width, panel.native.height)
    data: Any = panel.native  # python-pptx asks its chart data for just what this has
    frame = cast("GraphicFrame", slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *place.emu, data))
    frame.name = "Chart"
    describe(frame.element, chart.alternative)
