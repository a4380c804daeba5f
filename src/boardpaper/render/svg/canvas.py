"""What every chart is drawn on: elements with x in per cent and y in pixels, and a value axis."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from boardpaper.chart import Axis, Chart
from boardpaper.wording import plain

FONT_SIZE: Final = 13
FONT: Final = "'Source Sans 3'"
# Upper guesses at the width of a letter at that size, in a system's sans and in our own; a label that is
# given more room than it needs is better than one that runs into its neighbour.
SYSTEM_LETTER: Final = 6.9
OWN_LETTER: Final = 6.2
# Free at both ends, so that a dot at the end of the axis is not cut off.
EDGE: Final = 6.0


def short(value: float) -> str:
    """A coordinate with at most two decimals and no idle zeros."""
    return (
        f"{value:.2f}".rstrip("0").rstrip(".").replace("-0", "0")
        if abs(value) < 0.005
        else (f"{value:.2f}".rstrip("0").rstrip("."))
    )


@dataclass(slots=True)
class Canvas:
    """Elements in drawing order.  x of every method is in pixels of `width`, written as per cent."""

    width: float
    stands_alone: bool = False
    parts: list[str] = field(default_factory=list)

    def text_width(self, words: str) -> float:
        """How many pixels some words may take."""
        return len(words) * (OWN_LETTER if self.stands_alone else SYSTEM_LETTER)

    def fitted(self, words: str, width: float) -> str:
        """The words, cut to a width; the whole of them stands in the chart's table."""
        if self.text_width(words) <= width:
            return words
        letters = int(width / self.text_width("n"))
        return f"{words[: max(1, letters - 1)].rstrip()}…"

    def lines(self, words: str, width: float) -> list[str]:
        """The words in lines no wider than a width; none of no words."""
        made: list[str] = []
        for piece in words.split():
            longer = f"{made[-1]} {piece}" if made else piece
            if made and self.text_width(longer) <= width:
                made[-1] = longer
            else:
                made.append(piece)
        return made

    def line(self, x1: float, y1: float, x2: float, y2: float, css: str) -> None:
        """A straight line."""
        self.parts.append(
            f'<line class="{css}" x1="{self._x(x1)}" y1="{short(y1)}" x2="{self._x(x2)}" y2="{short(y2)}"/>'
        )

    def rect(self, x1: float, y: float, x2: float, height: float, css: str) -> None:
        """A box from x1 to x2."""
        self.parts.append(
            f'<rect class="{css}" x="{self._x(x1)}" y="{short(y)}" '
            f'width="{self._x(max(0.0, x2 - x1))}" height="{short(height)}"/>'
        )

    def dot(self, x: float, y: float, css: str, *, radius: float = 4, says: str = "") -> None:
        """A dot; on a page it says what it is when it is pointed at."""
        shape = f'<circle class="{css}" cx="{self._x(x)}" cy="{short(y)}" r="{short(radius)}"'
        if says and not self.stands_alone:
            self.parts.append(f"{shape}><title>{escape(says)}</title></circle>")
        else:
            self.parts.append(f"{shape}/>")

    def text(self, x: float, y: float, words: str, css: str = "", *, after: float = 0) -> None:
        """Words at a place; `after` moves them on by pixels at any width."""
        self.text_of(x, y, ((words, ""),), css, after=after)

    def text_of(
        self,
        x: float,
        y: float,
        pieces: tuple[tuple[str, str], ...],
        css: str = "",
        *,
        after: float = 0,
    ) -> None:
        """Pieces of words with a class each, in one line."""
        inner = " ".join(
            f'<tspan class="{style}">{escape(words)}</tspan>' if style else escape(words)
            for words, style in pieces
            if words
        )
        style = f' class="{css}"' if css else ""
        shift = f' dx="{short(after)}"' if after else ""
        self.parts.append(f'<text{style} x="{self._x(x)}"{shift} y="{short(y)}">{inner}</text>')

    def _x(self, pixels: float) -> str:
        return f"{short(100 * pixels / self.width)}%"

    def finished(self, chart: Chart, *, height: float, name: str, style: str) -> str:
        """The whole element with its title and description."""
        fixed = f' width="{short(self.width)}" font-family="{FONT}"' if style else ""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg"{fixed} height="{short(height)}" '
            f'font-size="{FONT_SIZE}" role="img" '
            f"aria-labelledby={quoteattr(f'{name}-t {name}-d')}>"
            f'<title id="{escape(name)}-t">{escape(plain(chart.finding))}</title>'
            f'<desc id="{escape(name)}-d">{escape(chart.alternative)}</desc>'
        )
        rules = f"<style>{style}</style>" if style else ""
        return head + rules + "".join(self.parts) + "</svg>"


@dataclass(frozen=True, slots=True)
class ValueAxis:
    """Where values stand between two x positions."""

    axis: Axis
    left: float
    right: float

    def x(self, value: float) -> float:
        """The place of a value; one beyond the ends stands at the end."""
        span = (self.axis.high - self.axis.low) or 1.0
        part = min(1.0, max(0.0, (value - self.axis.low) / span))
        return self.left + part * (self.right - self.left)

    def grid(self, canvas: Canvas, top: float, bottom: float) -> None:
        """The hairlines of the ticks and the rule of the reference."""
        for position, _ in self.axis.ticks:
            canvas.line(self.x(position), top, self.x(position), bottom, "ax")
        if self.axis.reference is not None:
            canvas.line(
                self.x(self.axis.reference), top, self.x(self.axis.reference), bottom, "zero"
            )

    def labels(self, canvas: Canvas, y: float) -> None:
        """The words of as many ticks as fit, the reference's and the outermost ones first."""
        taken: list[tuple[float, float]] = []
        for position, words in self._by_rank():
            x, width = self.x(position), canvas.text_width(words)
            start, anchor = x - width / 2, "q m"
            if start < 0:
                start, anchor, x = 0.0, "q", 0.0
            elif start + width > canvas.width:
                start, anchor, x = canvas.width - width, "q e", canvas.width
            if any(start < high + 8 and low < start + width + 8 for low, high in taken):
                continue
            taken.append((start, start + width))
            canvas.text(x, y, words, anchor)

    def _by_rank(self) -> list[tuple[float, str]]:
        ticks = list(self.axis.ticks)
        ends = {0, len(ticks) - 1}

        def rank(index: int) -> tuple[bool, bool, int]:
            return ticks[index][0] != self.axis.reference, index not in ends, index

        return [ticks[index] for index in sorted(range(len(ticks)), key=rank)]


def split_note(note: str) -> tuple[str, str]:
    """A mark's words: the value, which is set strong, and what follows its first comma."""
    value, _, rest = note.partition(", ")
    return value, rest
