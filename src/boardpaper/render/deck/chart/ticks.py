"""The words of an axis: native where a number format can say them, else words at points.

PowerPoint puts ticks at even steps from the low end and words them by a number format.  Most axes
are like that; "as approved" at zero still is.  Dates, and steps that are uneven or too close for
their words, are not: there each tick is a point of the chart that bears its words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from boardpaper.chart import Axis
from boardpaper.render.deck.chart.frame import Reading
from boardpaper.render.deck.chart.markup import (
    LABEL_SIZE,
    Label,
    Points,
    Words,
    paths,
    stroke,
)
from boardpaper.render.deck.chart.sheet import NUMBER_FORMATS, Sheet
from boardpaper.render.deck.fitting import width

_NUMBER: Final = re.compile(r"^[+−]?[\d,]+(\.\d+)?")
_AIR: Final = 8.0
HAIRLINE: Final = stroke("hair", 0.75)

Tick = tuple[float, str]


@dataclass(frozen=True, slots=True)
class Native:
    """What a native axis needs to draw even ticks; number_format is "" where it cannot say them."""

    step: float
    number_format: str


def native(axis: Axis, length: float) -> Native | None:
    """How PowerPoint can draw the ticks itself along `length` points; None for uneven ones."""
    ticks = axis.ticks
    if axis.scale == "date" or len(ticks) < 2:
        return None
    step = ticks[1][0] - ticks[0][0]
    least = (axis.high - axis.low) * 1e-6
    even = all(abs(ticks[0][0] + index * step - at) < least for index, (at, _) in enumerate(ticks))
    if step <= 0 or not even or abs(_aligned_low(axis, step) - axis.low) > least:
        return None
    fit = sum(width(words, LABEL_SIZE) + _AIR for _, words in ticks) <= length
    return Native(step, _number_format(axis) if fit else "")


def native_up(axis: Axis) -> Native | None:
    """The same for an axis that stands, where words never run into one another."""
    return native(axis, float("inf"))


def aligned(axis: Axis) -> Axis:
    """The axis, drawn down to where even steps from its first tick lead."""
    ticks = axis.ticks
    if len(ticks) < 2 or ticks[1][0] <= ticks[0][0]:
        return axis
    return replace(axis, low=_aligned_low(axis, ticks[1][0] - ticks[0][0]))


def _aligned_low(axis: Axis, step: float) -> float:
    first = axis.ticks[0][0]
    return first - math.ceil((first - axis.low) / step - 1e-6) * step


def _number_format(axis: Axis) -> str:
    """A number format that says every tick in its words, "" where there is none."""
    for signed in (False, True):
        for suffix, places in _endings(axis.ticks):
            unlike = {
                at: words
                for at, words in axis.ticks
                if words != _said(at, axis, signed=signed, suffix=suffix, places=places)
            }
            body = _body(axis, suffix, places)
            if not unlike or (set(unlike) == {0.0}):
                plus = "+" if signed else ""
                zero = _quoted(unlike[0.0]) if unlike else body
                return f'{plus}{body};"−"{body};{zero}'
            if len(unlike) <= 2 and axis.low >= 0:
                special = ";".join(
                    f"[={at:g}]{_quoted(words)}" for at, words in sorted(unlike.items())
                )
                return f"{special};{body}"
    return ""


def _endings(ticks: Sequence[Tick]) -> Iterable[tuple[str, int]]:
    """What may follow the number in the words of the ticks, and the number's decimals."""
    found: dict[tuple[str, int], None] = {}
    for _, words in ticks:
        if number := _NUMBER.match(words):
            found[words[number.end() :], len(number.group(1) or ".") - 1] = None
    return found or {("", 0): None}


def _said(at: float, axis: Axis, *, signed: bool, suffix: str, places: int) -> str:
    amount = at * 100 if axis.scale == "share" else at
    number = f"{abs(amount):,.{places}f}"
    zero = not any(digit in number for digit in "123456789")
    sign = "" if zero else "−" if amount < 0 else "+" if signed else ""
    return f"{sign}{number}{suffix}"


def _body(axis: Axis, suffix: str, places: int) -> str:
    number = "#,##0" + ("." + "0" * places if places else "")
    if axis.scale == "share" and suffix.startswith("%"):
        return f"{number}%{_quoted(suffix[1:])}"
    return number + _quoted(suffix)


def _quoted(words: str) -> str:
    plain = words.replace('"', "”")
    return f'"{plain}"' if plain else ""


def legible(reading: Reading) -> list[Tick]:
    """As many ticks as fit side by side, the reference and the outermost ones first."""
    ticks = list(reading.axis.ticks)
    last = len(ticks) - 1
    ranked = sorted(
        range(len(ticks)),
        key=lambda index: (
            ticks[index][0] != reading.axis.reference,
            index not in (0, last),
            index,
        ),
    )
    taken: list[tuple[float, float]] = []
    kept = []
    for index in ranked:
        at, words = ticks[index]
        half = width(words, LABEL_SIZE) / 2 + _AIR / 2
        middle = reading.points(at)
        if all(middle + half <= low or high <= middle - half for low, high in taken):
            taken.append((middle - half, middle + half))
            kept.append(index)
    return [ticks[index] for index in sorted(kept)]


def as_points(
    sheet: Sheet, reading: Reading, *, floor: float, ceiling: float, words: bool, lines: bool
) -> list[Points]:
    """Ticks of a plot whose other axis runs from `floor` to `ceiling`.

    words: whether to say them below the plot.  lines: whether to draw their hairlines.
    """
    ticks = reading.axis.ticks
    at = [reading.shifted(place) for place, _ in ticks]
    drawn = []
    hairlines = [
        ((place, floor), (place, ceiling))
        for place, (stated, _) in zip(at, ticks, strict=True)
        if stated != reading.axis.reference
    ]
    if lines and hairlines:
        drawn.append(paths(sheet, "Axis", hairlines, HAIRLINE))
    if words and ticks:
        said = dict(legible(reading))
        sheet.words("Axis, words", [each for _, each in ticks])
        y = sheet.column("Axis, foot", [floor] * len(ticks))
        x = sheet.column("Axis, at", at, NUMBER_FORMATS[reading.axis.scale])
        labels = {
            index: Label(((Words(each, "quiet"),),), "b")
            for index, (place, each) in enumerate(ticks)
            if place in said
        }
        drawn.append(Points(name=y, x=x, y=y, labels=labels))
    return drawn
