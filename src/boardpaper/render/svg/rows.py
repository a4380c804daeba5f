"""Rows with a label, something drawn on a value axis, and words: intervals, Pareto, funnel, bars.

Where there is room, labels stand at the left and words at the right, as in a table.  On a phone they
stand above what is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from boardpaper.chart import Axis, Mark, Series
from boardpaper.render.svg.canvas import EDGE, Canvas, ValueAxis, split_note

Drawing = Callable[[Canvas, ValueAxis, Mark, float, bool], None]

_WIDEST_LABEL: Final = 34
_LEAST_PLOT: Final = 0.36
_HEADER: Final = 24.0
_NEXT_LINE: Final = 16.0
_STRONG: Final = 1.08


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How rows of a kind are laid out.

    drawing: draws one mark around a middle line: canvas, axis, mark, y, whether it is muted.
    counts: whether the n of each row stands under its label.  close: rows without air between them.
    """

    drawing: Drawing
    counts: bool = True
    close: bool = False


def draw(series: Sequence[Series], axis: Axis, style: Style, canvas: Canvas) -> float:
    """All rows of all series on one axis; returns the height."""
    marks = [mark for one in series for mark in one.marks]
    left = max((_label_width(mark, style, canvas) for mark in marks), default=0) + 14
    right = max((canvas.text_width(mark.note) * _STRONG for mark in marks), default=0) + 10
    plot = canvas.width - left - right
    beside = plot >= _LEAST_PLOT * canvas.width and all(
        len(mark.label) <= _WIDEST_LABEL for mark in marks
    )
    if beside:
        return _draw_beside(series, ValueAxis(axis, left + EDGE, left + plot - EDGE), style, canvas)
    return _draw_below(series, ValueAxis(axis, EDGE, canvas.width - EDGE), style, canvas)


def _label_width(mark: Mark, style: Style, canvas: Canvas) -> float:
    count = canvas.text_width(f"n {mark.n:,}") if style.counts and mark.n is not None else 0.0
    return max(canvas.text_width(mark.label), count)


def _draw_beside(series: Sequence[Series], scale: ValueAxis, style: Style, canvas: Canvas) -> float:
    """As a table: label, drawing, words."""
    two_lines = style.counts and any(mark.n is not None for one in series for mark in one.marks)
    height = 40.0 if two_lines else 21.0 if style.close else 30.0
    headings = [canvas.lines(one.name, canvas.width - scale.left) for one in series]
    bottom = sum(map(_header, headings)) + height * sum(len(one.marks) for one in series)
    scale.grid(canvas, _header(headings[0]) if headings else 0, bottom)
    y = 0.0
    for one, heading in zip(series, headings, strict=True):
        y = _named(canvas, scale.left, y, heading, "q")
        for mark in one.marks:
            middle = y + height / 2
            canvas.text(
                0, middle - 3 if two_lines and mark.n is not None else middle + 4, mark.label
            )
            if two_lines and mark.n is not None:
                canvas.text(0, middle + 13, f"n {mark.n:,}", "q")
            style.drawing(canvas, scale, mark, middle, one.emphasis == "muted")
            canvas.text_of(scale.right + EDGE, middle + 4, _pieces(mark), after=10)
            y += height
    scale.labels(canvas, bottom + 16)
    return bottom + 22


def _draw_below(series: Sequence[Series], scale: ValueAxis, style: Style, canvas: Canvas) -> float:
    """For a phone: label and words above the drawing."""
    heights = [[_phone_height(mark, style, canvas) for mark in one.marks] for one in series]
    headings = [canvas.lines(one.name, canvas.width) for one in series]
    bottom = sum(map(_header, headings)) + sum(sum(rows) for rows in heights)
    scale.grid(canvas, _header(headings[0]) if headings else 0, bottom)
    y = 0.0
    for one, heading, rows in zip(series, headings, heights, strict=True):
        y = _named(canvas, 0, y, heading, "q halo")
        for mark, height in zip(one.marks, rows, strict=True):
            count = _count(mark, style)
            name = canvas.fitted(
                mark.label, (canvas.width - canvas.text_width(count)) / _STRONG - 10
            )
            canvas.text_of(0, y + 15, ((name, "k"), (count, "q")), "halo")
            if height > _ONE_LINE:
                canvas.text_of(0, y + 31, _pieces(mark), "halo")
            else:
                canvas.text_of(canvas.width, y + 15, _pieces(mark), "e halo")
            style.drawing(canvas, scale, mark, y + height - 16, one.emphasis == "muted")
            y += height
    scale.labels(canvas, bottom + 16)
    return bottom + 22


def _header(name: Sequence[str]) -> float:
    """The height that the name of a series takes, in its lines."""
    return _HEADER + _NEXT_LINE * (len(name) - 1) if name else 0.0


def _named(canvas: Canvas, x: float, y: float, name: Sequence[str], css: str) -> float:
    """The name of a series over its rows; returns where these begin."""
    for place, words in enumerate(name):
        canvas.text(x, y + 14 + _NEXT_LINE * place, words, css)
    return y + _header(name)


_ONE_LINE: Final = 44.0
_TWO_LINES: Final = 60.0


def _phone_height(mark: Mark, style: Style, canvas: Canvas) -> float:
    words = canvas.text_width(f"{mark.label} {_count(mark, style)}") * _STRONG + canvas.text_width(
        mark.note
    )
    return _ONE_LINE if words + 10 <= canvas.width else _TWO_LINES


def _count(mark: Mark, style: Style) -> str:
    return f"n {mark.n:,}" if style.counts and mark.n is not None else ""


def _pieces(mark: Mark) -> tuple[tuple[str, str], ...]:
    value, rest = split_note(mark.note)
    return (value, "k"), (rest, "q")
