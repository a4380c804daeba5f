"""A chart's rows as a table: for screen readers, for the deck's notes and for CSV."""

from __future__ import annotations

from boardpaper.chart import Axis, Chart, Mark
from boardpaper.wording import position

Row = tuple[str, ...]


def chart_table(chart: Chart) -> tuple[Row, tuple[Row, ...]]:
    """The header and the rows behind a chart, worded; columns that hold nothing are left out."""
    low, high = ("Only cause", "Any part") if chart.kind == "pareto" else ("Low", "High")
    header: Row = ("Series", "Name", "Along", "Value", low, high, "n", "Note", "Source")
    rows = [
        _row(name, mark, chart)
        for series in chart.series
        for name, mark in (
            *((series.name, mark) for mark in series.marks),
            *(
                ((f"{series.name}, summary").lstrip(", "), mark)
                for mark in _summaries(series.summary)
            ),
        )
    ]
    rows += [
        ("limit", words, "", _words(level, _value_axis(chart)), *[""] * 5)
        for words, level in chart.limits
    ]
    kept = [index for index in range(len(header)) if any(row[index] for row in rows)]
    return (
        tuple(header[index] for index in kept),
        tuple(tuple(row[index] for index in kept) for row in rows),
    )


def _summaries(summary: Mark | None) -> tuple[Mark, ...]:
    return () if summary is None else (summary,)


def _value_axis(chart: Chart) -> Axis:
    return chart.second_axis or chart.axis


def _row(series: str, mark: Mark, chart: Chart) -> Row:
    axis = _value_axis(chart)
    value = mark.x if mark.y is None else mark.y
    return (
        series,
        mark.label,
        "" if mark.y is None else _words(mark.x, chart.axis),
        _words(value, axis),
        "" if mark.low is None else _words(mark.low, axis),
        "" if mark.high is None else _words(mark.high, axis),
        "" if mark.n is None else f"{mark.n:,}",
        mark.note,
        mark.source,
    )


def _words(value: float, axis: Axis) -> str:
    words = position(value, axis.scale, axis.unit)
    # A share that can only be positive is a part of a whole, not a change: it bears no sign.
    return words.removeprefix("+") if axis.low >= 0 else words
