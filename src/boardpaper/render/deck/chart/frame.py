"""The room a chart has on its slide, in points, and where its values come to stand in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from boardpaper.chart import Axis, Mark
from boardpaper.render.deck.chart.sheet import SPREADSHEET_EPOCH, Sheet
from boardpaper.render.deck.fitting import width

# Room for the words of the axis below the plot, and between words and what they belong to.
FOOT: Final = 24.0
GAP: Final = 9.0
SMALLEST_PLOT: Final = 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A chart of a size in points, with margins around the plot inside it."""

    width: float
    height: float
    left: float = 0.0
    right: float = 0.0
    top: float = 0.0
    bottom: float = 0.0

    @property
    def plot_width(self) -> float:
        """Width of the plot."""
        return max(SMALLEST_PLOT, self.width - self.left - self.right)

    @property
    def plot_height(self) -> float:
        """Height of the plot."""
        return max(SMALLEST_PLOT, self.height - self.top - self.bottom)

    @property
    def layout(self) -> tuple[float, float, float, float]:
        """Left, top, width and height of the plot as parts of the chart's."""
        return (
            self.left / self.width,
            self.top / self.height,
            min(self.plot_width, self.width - self.left) / self.width,
            min(self.plot_height, self.height - self.top) / self.height,
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """An axis drawn over a length in points.

    Dates are counted as a spreadsheet counts them.  What lies beyond the ends stands at the end.
    """

    axis: Axis
    length: float

    def at(self, value: float) -> float:
        """Where a value is drawn, in the axis' own unit."""
        return self.shifted(min(self.axis.high, max(self.axis.low, value)))

    def shifted(self, value: float) -> float:
        """A value as the chart's sheet states it."""
        return value - SPREADSHEET_EPOCH if self.axis.scale == "date" else value

    def points(self, value: float) -> float:
        """How far from the low end a value is drawn, in points."""
        span = (self.axis.high - self.axis.low) or 1.0
        return (min(self.axis.high, max(self.axis.low, value)) - self.axis.low) / span * self.length

    def beyond(self, value: float) -> bool:
        """Whether a value lies beyond the ends."""
        return not self.axis.low <= value <= self.axis.high

    @property
    def low(self) -> float:
        """The low end, as drawn."""
        return self.shifted(self.axis.low)

    @property
    def high(self) -> float:
        """The high end, as drawn; never the low one."""
        return self.shifted(self.axis.high if self.axis.high > self.axis.low else self.axis.low + 1)


def half_words(axis: Axis, size: float) -> tuple[float, float]:
    """Half the room that the words at the two ends of an axis take beyond it."""
    if not axis.ticks:
        return 4.0, 4.0
    first, last = axis.ticks[0], axis.ticks[-1]
    return width(first[1], size) / 2 + 2, width(last[1], size) / 2 + 2


def sources(sheet: Sheet, marks: Sequence[Mark]) -> None:
    """What is there to be read beside the values: n, words, file and row."""
    counts = [float(mark.n) if mark.n is not None else None for mark in marks]
    if any(count is not None for count in counts):
        sheet.column("n", counts, "#,##0")
    sheet.words("Note", [mark.note for mark in marks])
    sheet.words("File and row", [mark.source for mark in marks])
