"""Charts with two axes: along and up.  Run, XmR and the funnel of many units stand on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from boardpaper.chart import Axis, Chart
from boardpaper.render.svg.canvas import EDGE, Canvas, ValueAxis
from trackrecord.errors import EvidenceError

NARROW: Final = 480.0


@dataclass(frozen=True, slots=True)
class Plane:
    """One panel: x along, y up."""

    along: ValueAxis
    up: Axis
    top: float
    bottom: float

    def x(self, value: float) -> float:
        """The place of a value along."""
        return self.along.x(value)

    def y(self, value: float) -> float:
        """The place of a value up; one beyond the ends stands at the end."""
        span = (self.up.high - self.up.low) or 1.0
        part = min(1.0, max(0.0, (value - self.up.low) / span))
        return self.bottom - part * (self.bottom - self.top)

    def frame(self, canvas: Canvas) -> None:
        """Hairlines with their words at the left, the zero rule, and the start of something."""
        for position, words in self.up.ticks:
            css = "base" if position == self.up.reference else "ax"
            canvas.line(
                self.along.left, self.y(position), self.along.right + EDGE, self.y(position), css
            )
            canvas.text(self.along.left, self.y(position) + 4, words, "q e", after=-8)
        if self.along.axis.reference is not None:
            x = self.x(self.along.axis.reference)
            canvas.line(x, self.top, x, self.bottom, "start")


def plane(chart: Chart, canvas: Canvas, *, top: float, right: float = 0.0) -> Plane:
    """A panel below `top`, with room at the left for the words of its ticks.

    Raises EvidenceError for a chart that lacks its second axis.
    """
    up = chart.second_axis
    if up is None:
        raise EvidenceError(f"A chart of kind {chart.kind!r} needs a second axis for its values.")
    height = 120.0 if canvas.width < NARROW else 150.0
    left = max((canvas.text_width(words) for _, words in up.ticks), default=0) + 10 + EDGE
    along = ValueAxis(chart.axis, left, canvas.width - EDGE - right)
    return Plane(along=along, up=up, top=top + 6, bottom=top + height)
