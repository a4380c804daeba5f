"""Rows with a name, something drawn on a value axis, and words: intervals, Pareto, funnel, bars.

Names and words are labels of points at the two ends of the axis, so that they keep beside their rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from boardpaper.chart import Chart, Mark
from boardpaper.render.deck.chart import ticks
from boardpaper.render.deck.chart.frame import FOOT, GAP, Frame, Reading, half_words, sources
from boardpaper.render.deck.chart.markup import (
    LABEL_SIZE,
    Label,
    Line,
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
from boardpaper.render.deck.chart.sheet import NUMBER_FORMATS, Cells, Sheet
from boardpaper.render.deck.fitting import LEADING, broken, cut, width
from boardpaper.render.svg.canvas import split_note

# The most of the chart's width that names, and that words, may take, and the least for the plot.
_NAMES_PART: Final = 0.46
_WORDS_PART: Final = 0.3
_PLOT_PART: Final = 0.4
_TALLEST_ROW: Final = 46.0
_LOWEST_ROW: Final = 17.0
# In rows: half the height of a tick, and of a box.
_HALF_TICK: Final = 0.3
_HALF_BOX: Final = 0.26


@dataclass(frozen=True, slots=True)
class _Row:
    """A mark, with its name and its words in lines; a heading has no mark."""

    mark: Mark | None
    name: tuple[Line, ...]
    words: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class _Group:
    """The rows of one series, from `start` up to `stop`."""

    shade: Shade
    start: int
    stop: int


def draw(chart: Chart, *, size: tuple[float, float]) -> NativeChart:
    """All rows of all series on one axis; rows that have no room stand in the workbook alone."""
    top = 4.0
    room = size[1] - top - FOOT
    wanted = sum(len(one.marks) + (len(chart.series) > 1) for one in chart.series)
    height = min(_TALLEST_ROW, room / max(1, wanted))
    lines = min(3, max(1, int(height / (LABEL_SIZE * LEADING))))
    rows, groups = _rows(chart, size[0], lines)
    shown = max(1, min(len(rows), int(room / _LOWEST_ROW)))
    height = min(_TALLEST_ROW, room / shown)
    ends = half_words(chart.axis, LABEL_SIZE)
    frame = Frame(
        width=size[0],
        height=top + height * shown + FOOT,
        left=max(_widest([row.name for row in rows[:shown]]) + 2 * GAP, ends[0]),
        right=max(_widest([row.words for row in rows[:shown]]) + 2 * GAP, ends[1]),
        top=top,
        bottom=FOOT,
    )
    reading = Reading(chart.axis, frame.plot_width)
    sheet = Sheet()
    series = _series(sheet, chart, reading, rows, groups, shown)
    return NativeChart(
        markup=space(
            plot=scatter(series),
            axes=_axes(reading, float(shown)),
            layout=frame.layout,
        ),
        xlsx_blob=sheet.xlsx(),
        height=frame.height,
        unshown=sum(row.mark is not None for row in rows[shown:]),
    )


def _rows(chart: Chart, room: float, lines: int) -> tuple[list[_Row], list[_Group]]:
    """The rows of a chart of a width, each with at most so many lines of words."""
    marks = [mark for one in chart.series for mark in one.marks]
    words = _all_words([mark.note for mark in marks], room * _WORDS_PART, lines)
    names = min(room * _NAMES_PART, room * (1 - _PLOT_PART) - _widest(words) - 4 * GAP)
    said = iter(words)
    rows: list[_Row] = []
    groups = []
    for one in chart.series:
        if len(chart.series) > 1:
            rows.append(_Row(None, ((Words(one.name, bold=True),),)))
        start = len(rows)
        for mark in one.marks:
            count = f"n {mark.n:,}" if chart.kind != "funnel" and mark.n is not None else ""
            rows.append(_Row(mark, _name(mark.label, count, names, lines), next(said)))
        shade: Shade = "accent" if one.emphasis == "accent" else "muted"
        groups.append(_Group(shade, start, len(rows)))
    return rows, groups


def _all_words(notes: Sequence[str], room: float, lines: int) -> list[tuple[Line, ...]]:
    """The words of all rows: whole where each fits, else the values alone, since the rest is drawn."""
    whole = [_words(note, room, lines) for note in notes]
    if all(words is not None for words in whole):
        return [words or () for words in whole]
    values = [cut(split_note(note)[0], room, LABEL_SIZE) for note in notes]
    return [((Words(value, bold=True),),) if value else () for value in values]


def _name(label: str, count: str, room: float, lines: int) -> tuple[Line, ...]:
    """A row's name in at most so many lines, its n below or behind it where there is room."""
    pieces = _at_most(broken(label, room, LABEL_SIZE), lines)
    named: list[Line] = [(Words(cut(piece, room, LABEL_SIZE)),) for piece in pieces]
    if count and len(named) < lines:
        named.append((Words(count, "quiet"),))
    elif count and width(f"{pieces[-1]}  {count}", LABEL_SIZE) <= room:
        named[-1] = (*named[-1], Words(f"  {count}", "quiet"))
    return tuple(named)


def _at_most(pieces: list[str], lines: int) -> list[str]:
    """The pieces in so many lines, the last of which holds the rest."""
    if len(pieces) <= lines:
        return pieces
    return [*pieces[: lines - 1], " ".join(pieces[lines - 1 :])]


def _words(note: str, room: float, lines: int) -> tuple[Line, ...] | None:
    """A mark's words: the value strong, the rest beside or below it; None where that is too much."""
    value, rest = split_note(note)
    strong = Words(value, bold=True)
    taken = width(f"{value}  ", LABEL_SIZE, bold=True)
    if not rest:
        return (((strong,),) if value else ()) if taken <= room else None
    if taken + width(rest, LABEL_SIZE) <= room:
        return ((strong, Words(f"  {rest}", "quiet")),)
    pieces = broken(rest, room, LABEL_SIZE)
    if len(pieces) >= lines or any(width(piece, LABEL_SIZE) > room for piece in pieces):
        return None
    return ((strong,), *((Words(piece, "quiet"),) for piece in pieces))


def _widest(blocks: Sequence[tuple[Line, ...]]) -> float:
    return max(
        (
            sum(width(words.text, LABEL_SIZE, bold=words.bold) for words in line)
            for lines in blocks
            for line in lines
        ),
        default=0.0,
    )


def _series(
    sheet: Sheet,
    chart: Chart,
    reading: Reading,
    rows: Sequence[_Row],
    groups: Sequence[_Group],
    shown: int,
) -> list[Points]:
    """Ranges, then what marks the value, then names at the left and words at the right."""
    cells = _written(sheet, reading, rows, shown)
    native = ticks.native(chart.axis, reading.length)
    drawn = ticks.as_points(
        sheet,
        reading,
        floor=0.0,
        ceiling=float(shown),
        words=not (native and native.number_format),
        lines=native is None,
    )
    for group in groups:
        start, stop = group.start, min(group.stop, shown)
        if start < stop:
            part = {name: column.part(start, stop) for name, column in cells.items()}
            drawn += [
                *_ranges(sheet, chart, part, group.shade),
                _values(sheet, chart, part, group.shade),
            ]
    y = cells["row"].part(0, shown)
    for name, at, side in (
        ("Names", reading.low, "l"),
        ("Words", reading.high, "r"),
    ):
        lines = [row.name if side == "l" else row.words for row in rows[:shown]]
        x = sheet.column(f"{name}, at", [at] * shown, NUMBER_FORMATS[chart.axis.scale])
        labels = {
            index: Label(tuple(_apart(line, side) for line in said), "l" if side == "l" else "r")
            for index, said in enumerate(lines)
            if said
        }
        drawn.append(Points(name=x, x=x, y=y, labels=labels))
    return drawn


def _apart(line: Line, side: str) -> Line:
    """A line set off from the plot, so that a dot at the end of the axis does not touch it."""
    space = (Words("\u2002"),)
    return (*line, *space) if side == "l" else (*space, *line)


def _written(sheet: Sheet, reading: Reading, rows: Sequence[_Row], shown: int) -> dict[str, Cells]:
    """The rows as columns of the sheet: first what is to be read, then what is to be drawn."""
    marks = [row.mark or Mark(x=0.0, label=row.name[0][0].text) for row in rows]
    number_format = NUMBER_FORMATS[reading.axis.scale]
    blank = [row.mark is None for row in rows]
    x = [None if none else reading.at(mark.x) for mark, none in zip(marks, blank, strict=True)]
    ends = {
        name: [None if end is None else reading.at(end) for end in values]
        for name, values in (
            ("Low", [mark.low for mark in marks]),
            ("High", [mark.high for mark in marks]),
        )
    }
    sheet.words("Name", [mark.label for mark in marks])
    cells = {"value": sheet.column("Value", x, number_format)}
    for name, values in ends.items():
        if any(end is not None for end in values):
            cells[name] = sheet.column(name, values, number_format)
    sources(sheet, marks)
    cells["row"] = sheet.column(
        "Row, from below", [shown - 0.5 - index for index in range(len(rows))], "0.0"
    )
    return cells


def _ranges(sheet: Sheet, chart: Chart, cells: Mapping[str, Cells], shade: Shade) -> list[Points]:
    """The ranges: a box where chance would put a unit, else a bar."""
    if "Low" not in cells or "High" not in cells:
        return []
    ends = [
        (cells["Low"].linked(index), cells["High"].linked(index), row)
        for index, row in enumerate(cells["row"].values)
        if isinstance(row, float)
    ]
    known = [(low, high, row) for low, high, row in ends if low is not None and high is not None]
    if not known:
        return []
    if chart.kind == "funnel":
        boxes = [
            [
                (low, row - _HALF_BOX),
                (high, row - _HALF_BOX),
                (high, row + _HALF_BOX),
                (low, row + _HALF_BOX),
                (low, row - _HALF_BOX),
            ]
            for low, high, row in known
        ]
        return [paths(sheet, "Box", boxes, stroke("edge", 1.0))]
    bars = [[(low, row), (high, row)] for low, high, row in known]
    pale: Shade = "wash" if shade == "accent" else "hair"
    line = stroke(pale, 13.0) if chart.kind == "pareto" else stroke(shade, 2.5)
    return [paths(sheet, "Range", bars, line)]


def _values(sheet: Sheet, chart: Chart, cells: Mapping[str, Cells], shade: Shade) -> Points:
    """What marks the values: dots; in a Pareto ticks; or whole bars."""
    x, y = cells["value"], cells["row"]
    if chart.kind == "bars":
        foot = max(chart.axis.low, min(0.0, chart.axis.high))
        bars = [
            [(foot, row), (x.linked(index), row)]
            for index, row in enumerate(y.values)
            if isinstance(row, float)
        ]
        return paths(sheet, "Bar", bars, stroke(shade, 11.0))
    if chart.kind != "pareto":
        return Points(name=x, x=x, y=y, marker=dot(shade, 9))
    lines = [
        ((x.linked(index), row - _HALF_TICK), (x.linked(index), row + _HALF_TICK))
        for index, row in enumerate(y.values)
        if isinstance(row, float)
    ]
    return paths(sheet, "Tick", lines, stroke(shade, 3.0))


def _axes(reading: Reading, rows: float) -> str:
    """Values along; the rows' axis stands at the reference, or at the low end, and says nothing."""
    axis = reading.axis
    native = ticks.native(axis, reading.length)
    return (
        ValueAxis(
            place="along",
            low=reading.low,
            high=reading.high,
            number_format=native.number_format if native else "",
            step=native.step if native else None,
            grid=ticks.HAIRLINE if native else "",
            line=stroke("edge", 0.75),
        ).xml()
        + ValueAxis(
            place="up",
            low=0.0,
            high=rows,
            crosses=None if axis.reference is None else reading.at(axis.reference),
            line=stroke("hair", 0.75) if axis.reference is None else stroke("ink", 1.0),
        ).xml()
    )
