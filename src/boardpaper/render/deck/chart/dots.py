"""Dots: every project one, at its own value, stacked where they would hide one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from boardpaper.chart import Axis, Mark, Series
from boardpaper.render.deck.chart import ticks
from boardpaper.render.deck.chart.frame import FOOT, GAP, Frame, Reading, half_words, sources
from boardpaper.render.deck.chart.markup import (
    LABEL_SIZE,
    Label,
    Points,
    Shade,
    ValueAxis,
    Words,
    dot,
    paths,
    scatter,
    space,
    stroke,
)
from boardpaper.render.deck.chart.native import NativeChart
from boardpaper.render.deck.chart.sheet import NUMBER_FORMATS, Sheet
from boardpaper.render.deck.fitting import width
from boardpaper.render.svg.canvas import split_note
from boardpaper.wording import position

_SIZES: Final = (11, 10, 9, 8, 7, 6, 5, 4, 3, 2)
_AIR: Final = 1.0
# Under the base line: the bar of the median with its words.
_BELOW: Final = 24.0
_ABOVE: Final = 8.0
# A plot is no higher than its dots ask, and no lower than this.
_LOWEST: Final = 80.0
_ROOM_ABOVE: Final = 30.0


@dataclass(frozen=True, slots=True)
class _Stack:
    """Marks in order of value, the level each stands on from 0, and the size of a dot in points."""

    marks: tuple[Mark, ...]
    levels: tuple[int, ...]
    size: int

    @property
    def pitch(self) -> float:
        return self.size + _AIR

    @property
    def height(self) -> int:
        return max(self.levels, default=0) + 1


@dataclass(frozen=True, slots=True)
class Room:
    """The room of one row of dots: its frame, its axis in it, and what lies below the base line."""

    frame: Frame
    reading: Reading
    below: float

    @property
    def above(self) -> float:
        """Height over the base line."""
        return max(20.0, self.frame.plot_height - self.below)


def room(series: Series, axis: Axis, *, size: tuple[float, float], last: bool) -> Room:
    """The room for a series in a chart of a size.  last: whether it bears the words of the axis."""
    left, right = half_words(axis, LABEL_SIZE)
    frame = Frame(
        width=size[0],
        height=size[1],
        left=max(left, 8.0),
        right=max(right, 8.0),
        top=4.0,
        bottom=FOOT if last else 2.0,
    )
    below = _BELOW if series.summary is not None else 4.0
    return Room(frame, Reading(axis, frame.plot_width), below)


def dot_size(series: Series, within: Room) -> int:
    """The largest dots, in points, whose stacks fit; the smallest ones where none does."""
    for size in _SIZES[:-1]:
        stack = _stacked(series.marks, within.reading, size)
        if stack.height * stack.pitch <= within.above - _ABOVE:
            return size
    return _SIZES[-1]


def draw(series: Series, within: Room, *, dot_points: int, last: bool) -> NativeChart:
    """One row of dots with its median."""
    reading, below, axis = within.reading, within.below, within.reading.axis
    stack = _stacked(series.marks, reading, dot_points)
    pitch = min(stack.pitch, (within.above - _ABOVE) / stack.height)
    above = min(within.above, max(_LOWEST, stack.height * pitch + _ABOVE + _ROOM_ABOVE))
    frame = within.frame
    frame = replace(frame, height=frame.top + above + below + frame.bottom)
    shade: Shade = "accent" if series.emphasis == "accent" else "muted"
    sheet = Sheet()
    drawn = [
        _dots(sheet, stack, reading, series.name, shade),
        *_beyond(sheet, stack, reading),
    ]
    if series.summary is not None:
        drawn += _median(sheet, series.summary, reading, -below / 2 / pitch, pitch, shade)
    floor, ceiling = round(-below / pitch, 3), round(above / pitch, 3)
    native = ticks.native(axis, frame.plot_width)
    drawn = [
        *ticks.as_points(
            sheet,
            reading,
            floor=floor,
            ceiling=ceiling,
            words=last and not (native and native.number_format),
            lines=native is None,
        ),
        *drawn,
    ]
    axes = (
        ValueAxis(
            place="along",
            low=reading.low,
            high=reading.high,
            crosses=0.0,
            number_format=native.number_format if native and last else "",
            step=native.step if native else None,
            grid=ticks.HAIRLINE if native else "",
            line=stroke("edge", 0.75),
        ).xml()
        + ValueAxis(
            place="up",
            low=floor,
            high=ceiling,
            crosses=None if axis.reference is None else reading.at(axis.reference),
            line="" if axis.reference is None else stroke("ink", 1.0),
        ).xml()
    )
    return NativeChart(
        markup=space(plot=scatter(drawn), axes=axes, layout=frame.layout),
        xlsx_blob=sheet.xlsx(),
        height=frame.height,
    )


def _stacked(marks: Sequence[Mark], reading: Reading, size: int) -> _Stack:
    """Each dot on the lowest level where it touches no other."""
    ordered = sorted(marks, key=lambda mark: (mark.x, mark.label, mark.source))
    free_from: list[float] = []
    levels = []
    for mark in ordered:
        place = reading.points(mark.x)
        level = next(
            (index for index, free in enumerate(free_from) if free <= place), len(free_from)
        )
        if level == len(free_from):
            free_from.append(0.0)
        free_from[level] = place + size + _AIR
        levels.append(level)
    return _Stack(tuple(ordered), tuple(levels), size)


def _dots(sheet: Sheet, stack: _Stack, reading: Reading, name: str, shade: Shade) -> Points:
    marks = stack.marks
    scale = reading.axis.scale
    sheet.words("Project", [mark.label for mark in marks])
    stated = [reading.shifted(mark.x) for mark in marks]
    shown = [reading.at(mark.x) for mark in marks]
    value = sheet.column(name or "Value", stated, NUMBER_FORMATS[scale])
    x = value if shown == stated else sheet.column("Drawn at", shown, NUMBER_FORMATS[scale])
    y = sheet.column("Height in its stack", [level + 0.5 for level in stack.levels], "0.0")
    sources(sheet, marks)
    return Points(name=value, x=x, y=y, marker=dot(shade, stack.size))


def _beyond(sheet: Sheet, stack: _Stack, reading: Reading) -> list[Points]:
    """Names what lies beyond the ends of the axis, above the dots that stand there for it."""
    axis = reading.axis
    labels: list[Label] = []
    places: list[tuple[float, float]] = []
    for outside, end, side in (
        ([mark.x for mark in stack.marks if mark.x < axis.low], axis.low, "r"),
        ([mark.x for mark in stack.marks if mark.x > axis.high][::-1], axis.high, "l"),
    ):
        if not outside:
            continue
        value = position(outside[0], axis.scale, axis.unit)
        words = value if len(outside) == 1 else f"{len(outside):,} beyond, to {value}"
        room = width(words, LABEL_SIZE) + GAP
        here = [
            level
            for mark, level in zip(stack.marks, stack.levels, strict=True)
            if abs(reading.points(mark.x) - reading.points(end)) < room
        ]
        labels.append(Label(((Words(words, "quiet"),),), "r" if side == "r" else "l"))
        places.append((reading.at(end), max(here) + 1.0 + LABEL_SIZE / 2 / stack.pitch))
    if not places:
        return []
    y = sheet.column("Beyond the ends", [y for _, y in places], "0.0")
    x = sheet.column("Beyond the ends, at", [x for x, _ in places])
    return [Points(name=y, x=x, y=y, labels=dict(enumerate(labels)))]


def _median(
    sheet: Sheet, mark: Mark, reading: Reading, y: float, pitch: float, shade: Shade
) -> list[Points]:
    """The median as a tick on the bar of its range, with its words beside it."""
    ends = [mark.x] if mark.low is None or mark.high is None else [mark.low, mark.x, mark.high]
    middle = len(ends) // 2
    value, rest = split_note(mark.note)
    words = (
        Words(f"\u2002{value}", bold=True),
        Words(f"  {rest}\u2002" if rest else "\u2002", "quiet"),
    )
    room = sum(width(part.text, LABEL_SIZE, bold=part.bold) for part in words) + GAP
    right = reading.points(ends[-1]) + room <= reading.length or reading.points(ends[0]) < room
    x = sheet.column(
        "Median and its range",
        [reading.at(end) for end in ends],
        NUMBER_FORMATS[reading.axis.scale],
    )
    bar = Points(
        name=x,
        x=x,
        y=sheet.column("Height of the bar", [y] * len(ends), "0.0"),
        line=stroke(shade, 4.5),
        labels={(len(ends) - 1 if right else 0): Label((words,), "r" if right else "l")}
        if mark.note
        else {},
    )
    at, half = x.linked(middle), 6.5 / pitch
    tick = paths(sheet, "Tick of the median", [((at, y - half), (at, y + half))], stroke("ink", 2))
    return [bar, tick]
