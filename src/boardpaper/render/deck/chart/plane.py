"""Charts with two axes, along and up: run, XmR, and the funnel of many units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from boardpaper.chart import Axis, Chart, Mark, Series
from boardpaper.render.deck.chart import ticks
from boardpaper.render.deck.chart.frame import FOOT, GAP, Frame, Reading, half_words, sources
from boardpaper.render.deck.chart.markup import (
    LABEL_SIZE,
    NO_LINE,
    Label,
    Points,
    Shade,
    ValueAxis,
    Words,
    dot,
    paths,
    ring,
    scatter,
    space,
    stroke,
)
from boardpaper.render.deck.chart.native import NativeChart
from boardpaper.render.deck.chart.sheet import NUMBER_FORMATS, Cells, Sheet
from boardpaper.render.deck.fitting import width
from boardpaper.wording import position
from trackrecord.errors import EvidenceError

_MOST_NAMES: Final = 12


def draw(
    chart: Chart, series: Sequence[Series], *, size: tuple[float, float], last: bool
) -> NativeChart:
    """One panel with the series of one name.  last: whether it bears the words of the axis along.

    Raises EvidenceError for a chart that lacks its second axis.
    """
    up = chart.second_axis
    if up is None:
        raise EvidenceError(f"A chart of kind {chart.kind!r} needs a second axis for its values.")
    limits = [(_named(words, level, up), level) for words, level in chart.limits]
    ends = half_words(chart.axis, LABEL_SIZE)
    standing = max((width(words, LABEL_SIZE) for _, words in up.ticks), default=0.0) + GAP
    frame = Frame(
        width=size[0],
        height=size[1],
        left=max(standing, ends[0]),
        right=max(
            max((width(words, LABEL_SIZE) for words, _ in limits), default=0.0) + GAP,
            ends[1],
        ),
        top=6.0,
        bottom=FOOT if last else 4.0,
    )
    plane = _Plane(chart, ticks.aligned(up), frame)
    sheet = Sheet()
    drawn = [
        *plane.limits(sheet, limits),
        *(points for one in series for points in plane.marks(sheet, one)),
    ]
    native = plane.native_along
    drawn += ticks.as_points(
        sheet,
        plane.along,
        floor=plane.up.low,
        ceiling=plane.up.high,
        words=last and not (native and native.number_format),
        lines=False,
    )
    if chart.axis.reference is not None:
        drawn.append(plane.start(sheet, chart.axis.reference))
    return NativeChart(
        markup=space(
            plot=scatter(drawn),
            axes=plane.axes(last=last),
            layout=frame.layout,
        ),
        xlsx_blob=sheet.xlsx(),
        height=frame.height,
    )


def _named(words: str, level: float, axis: Axis) -> str:
    """A limit's name with its level, unless it states one itself."""
    if any(letter.isdigit() for letter in words):
        return words
    return f"{words} {position(level, axis.scale, axis.unit).removeprefix('+')}"


class _Plane:
    """The two axes of a panel, and what is drawn between them."""

    def __init__(self, chart: Chart, up: Axis, frame: Frame) -> None:
        self.chart = chart
        self.along = Reading(chart.axis, frame.plot_width)
        self.up = Reading(up, frame.plot_height)
        self.native_along = ticks.native(chart.axis, frame.plot_width)
        self.native_up = ticks.native_up(up)

    def axes(self, *, last: bool) -> str:
        """Both axes; where the ticks up are uneven they are spaced by the first two."""
        along, up = self.native_along, self.native_up
        zero = self.up.axis.reference
        return (
            ValueAxis(
                place="along",
                low=self.along.low,
                high=self.along.high,
                crosses=self.up.low if zero is None else self.up.at(zero),
                number_format=along.number_format if along and last else "",
                step=along.step if along else None,
                line=stroke("edge", 0.75),
            ).xml()
            + ValueAxis(
                place="up",
                low=self.up.low,
                high=self.up.high,
                number_format=(up.number_format if up else "")
                or NUMBER_FORMATS[self.up.axis.scale],
                step=up.step if up else None,
                grid=ticks.HAIRLINE,
            ).xml()
        )

    def marks(self, sheet: Sheet, series: Series) -> list[Points]:
        """The marks of a series, what bounds each, and the flat rule of its summary."""
        marks = [mark for mark in series.marks if mark.y is not None]
        if self.chart.kind == "funnel":
            marks.sort(key=lambda mark: (mark.x, mark.label))
        shade: Shade = "accent" if series.emphasis == "accent" else "muted"
        name = " ".join(part for part in (series.name or "Value", series.detail) if part)
        sheet.words("Name", [mark.label for mark in marks])
        x = self._column(sheet, "Along", [mark.x for mark in marks], self.along)
        y = self._column(sheet, name, [mark.y or 0.0 for mark in marks], self.up)
        sources(sheet, marks)
        drawn = [
            *self._bounds(sheet, marks, x),
            *self._rings(sheet, marks),
            Points(
                name=y,
                x=x,
                y=y,
                marker=dot(shade, 8),
                line=stroke(shade, 1.0) if self.chart.kind == "xmr" else NO_LINE,
                labels=self._labels(marks),
            ),
        ]
        if series.summary is not None and series.summary.y is not None and marks:
            drawn.append(self._rule(sheet, series, marks))
        return drawn

    def _column(self, sheet: Sheet, head: str, values: Sequence[float], reading: Reading) -> Cells:
        """The values as drawn; where some lie beyond the ends, the true ones stand beside them."""
        number_format = NUMBER_FORMATS[reading.axis.scale]
        if any(reading.beyond(value) for value in values):
            sheet.column(
                f"{head}, as stated", [reading.shifted(value) for value in values], number_format
            )
        return sheet.column(head, [reading.at(value) for value in values], number_format)

    def _bounds(self, sheet: Sheet, marks: Sequence[Mark], x: Cells) -> list[Points]:
        """A funnel's limits, which close in as units grow."""
        if self.chart.kind != "funnel":
            return []
        drawn = []
        for head, values in (
            ("Low limit", [mark.low for mark in marks]),
            ("High limit", [mark.high for mark in marks]),
        ):
            if any(value is not None for value in values):
                y = sheet.column(
                    head,
                    [None if value is None else self.up.at(value) for value in values],
                    NUMBER_FORMATS[self.up.axis.scale],
                )
                drawn.append(Points(name=y, x=x, y=y, line=stroke("edge", 1.0, "dash")))
        return drawn

    def _labels(self, marks: Sequence[Mark]) -> dict[int, Label]:
        """Words at the marks that have some; in a funnel the names, of units beyond the limits first."""
        if self.chart.kind != "funnel":
            named = [
                (index, ", ".join(part for part in (mark.label, mark.note) if part))
                for index, mark in enumerate(marks)
                if mark.note
            ]
        else:
            order = sorted(
                range(len(marks)), key=lambda index: (not _outside(marks[index]), -marks[index].x)
            )
            named = [(index, marks[index].label) for index in order if marks[index].label]
        labels = {}
        taken: list[tuple[float, float, float]] = []
        for index, words in named[:_MOST_NAMES]:
            mark = marks[index]
            at, level = self.along.points(mark.x), self.up.points(mark.y or 0.0)
            room = width(words, LABEL_SIZE) + GAP
            right = at + room <= self.along.length
            start = at if right else at - room
            if any(
                start < end and begin < start + room and abs(level - other) < LABEL_SIZE * 1.3
                for begin, end, other in taken
            ):
                continue
            taken.append((start, start + room, level))
            strong = self.chart.kind != "funnel" or _outside(mark)
            labels[index] = Label(((Words(words, bold=strong),),), "r" if right else "l")
        return labels

    def _rings(self, sheet: Sheet, marks: Sequence[Mark]) -> list[Points]:
        """Rings around the marks that are signals."""
        signals = [mark for mark in marks if mark.note]
        if self.chart.kind != "xmr" or not signals:
            return []
        x = self._column(sheet, "Signal, along", [mark.x for mark in signals], self.along)
        y = self._column(sheet, "Signal", [mark.y or 0.0 for mark in signals], self.up)
        return [Points(name=y, x=x, y=y, marker=ring("accent", 13))]

    def _rule(self, sheet: Sheet, series: Series, marks: Sequence[Mark]) -> Points:
        """The summary as a flat rule from the first of its marks to the last."""
        assert series.summary is not None
        assert series.summary.y is not None
        ends = [min(mark.x for mark in marks), max(mark.x for mark in marks)]
        note = "" if series.detail else series.summary.note
        labels = {1: Label(((Words(note, bold=True),),), "t")} if note else {}
        return Points(
            name=sheet.column("Rule of the median", ["from", "to"]),
            x=self._column(sheet, "Median, along", ends, self.along),
            y=self._column(sheet, "Median", [series.summary.y] * 2, self.up),
            line=stroke("ink", 2.0),
            labels=labels,
        )

    def limits(self, sheet: Sheet, limits: Sequence[tuple[str, float]]) -> list[Points]:
        """Named levels across the plot, their names at the right."""
        drawn = []
        for words, level in limits:
            x = sheet.column(
                f"{words}, along",
                [self.along.low, self.along.high],
                NUMBER_FORMATS[self.along.axis.scale],
            )
            y = self._column(sheet, words, [level] * 2, self.up)
            line = stroke("edge", 1.25, "dash" if "limit" in words else "solid")
            label = Label(((Words(words, "quiet"),),), "r")
            drawn.append(Points(name=y, x=x, y=y, line=line, labels={1: label}))
        return drawn

    def start(self, sheet: Sheet, reference: float) -> Points:
        """The upright rule at which something began."""
        at = self.along.at(reference)
        line = ((at, self.up.low), (at, self.up.high))
        return paths(sheet, "Start", [line], stroke("ink", 1.25, "sysDash"))


def _outside(mark: Mark) -> bool:
    if mark.y is None or mark.low is None or mark.high is None:
        return False
    return not mark.low <= mark.y <= mark.high
