"""Columns of dates: the order of day and month is settled here, by the column or by its sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from trackrecord.layout import DateOrder
from trackrecord.problem import Problem
from trackrecord.readers.source import Cell, Sheet
from trackrecord.values.cells import Column
from trackrecord.values.dates import (
    Kind,
    Order,
    Read,
    looks_swapped,
    order_of,
    read_date,
    settled,
)
from trackrecord.values.gaps import Fault, Gap

_STARTS: Final = ("started", "original_start", "current_start", "planned_start")
_IN_WORDS: Final = {"day-first": "the day first", "month-first": "the month first"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DayColumn:
    """The distinct cells of a column of dates, and what they say about the order of day and month.

    lender: the header of the column that settles the order where this one does not.
    """

    header: str
    reads: Mapping[Cell, Read]
    said: Order
    order: DateOrder | None
    lender: str = ""

    def because(self, sheet: Sheet) -> str:
        """In words, what settled the order; empty where nothing had to be settled."""
        if self.said.either is None:
            return ""
        if self.lender:
            return f"no cell settles day or month; dates are written with {_IN_WORDS[self.order or 'day-first']} as in {self.lender!r}"
        if self.order is None:
            return "nothing settles which number is the day"
        if self.said.proof is None:
            return f"dates are written with {_IN_WORDS[self.order]}, as the mapping says"
        cells = sheet.columns[sheet.header.index(self.header)]
        row = sheet.rows[next(i for i, cell in enumerate(cells) if cell == self.said.proof)]
        return f"dates are written with {_IN_WORDS[self.order]}: row {row} has {self.said.proof}"


def day_columns(sheet: Sheet, given: Mapping[str, DateOrder | None]) -> dict[str, DayColumn]:
    """The columns of dates of one sheet, header -> what is settled.

    given: the headers, each with the order the mapping states.  A column that settles nothing
    itself follows the others of its sheet, where they agree.
    """
    columns = {}
    for header, order in given.items():
        cells = sheet.columns[sheet.header.index(header)]
        reads = {cell: read_date(cell) for cell in dict.fromkeys(cells)}
        said = order_of(reads)
        columns[header] = DayColumn(
            header=header, reads=reads, said=said, order=order or said.order
        )
    proved = {c.said.order: header for header, c in reversed(columns.items()) if c.said.order}
    if len(proved) != 1:
        return columns
    ((order, lender),) = proved.items()
    return {
        header: DayColumn(header=header, reads=c.reads, said=c.said, order=order, lender=lender)
        if c.order is None and c.said.either is not None and c.said.proof is None
        else c
        for header, c in columns.items()
    }


def read_days(sheet: Sheet, field: str, column: DayColumn) -> Column[datetime]:
    """The days of one column, with what had to be noticed about it."""
    cells = sheet.columns[sheet.header.index(column.header)]
    reads = column.reads
    days = sum(read.kind in {Kind.DAY, Kind.EITHER, Kind.MONTH} for read in reads.values())
    serials = days >= sum(read.kind is Kind.SERIAL for read in reads.values())
    reading: dict[Cell, datetime | Gap | Fault] = {
        cell: settled(read, column.order, at_end=field not in _STARTS, serials=serials)
        for cell, read in reads.items()
    }
    done = Column(sheet, column.header, cells, reading)
    done.notices.extend(_notices(done, column, at_end=field not in _STARTS))
    return done


def _notices(done: Column[datetime], column: DayColumn, *, at_end: bool) -> list[Problem]:
    notices = []
    if column.order is None and column.said.either is not None:
        notices.append(_undecided(done, column))
    elif column.said.against is not None and column.order is None:
        notices.append(_contradiction(done, column.said))
    if looks_swapped(column.reads.values()):
        notices.append(
            done.problem(
                extent="column",
                code="days-months-swapped",
                expected="real dates with days above the 12th as well",
                todo="A spreadsheet seems to have read day-first dates month-first: compare a few "
                "with their source, then import the column again as text.",
            )
        )
    month = next((cell for cell, read in column.reads.items() if read.kind is Kind.MONTH), None)
    if month is not None:
        notices.append(
            done.problem(
                extent="column",
                code="month-without-day",
                row=done.row_of(month),
                found=month,
                expected="a day, month and year",
                todo=f"Read as the {'last' if at_end else 'first'} day of the month; "
                "write full dates where the day matters.",
            )
        )
    return notices


def _undecided(done: Column[datetime], column: DayColumn) -> Problem:
    said, cell = column.said, column.said.either
    read = column.reads[cell]
    assert read.when
    assert read.other
    readings = (
        f"{read.when.day} {read.when:%B %Y} (day first) or "
        f"{read.other.day} {read.other:%B %Y} (month first)"
    )
    if said.against is not None:
        readings += f"; row {done.row_of(said.proof)} is day first, row {done.row_of(said.against)} month first"
    return done.problem(
        extent="column",
        code="day-or-month",
        row=done.row_of(cell),
        found=cell,
        expected=readings,
        todo='Say date_order = "day-first" or "month-first" for this column in the mapping; until '
        "then its ambiguous dates are missing.",
    )


def _contradiction(done: Column[datetime], said: Order) -> Problem:
    return done.problem(
        extent="column",
        code="both-date-orders",
        row=done.row_of(said.against),
        found=said.against,
        expected=f"the day first, as in row {done.row_of(said.proof)}",
        todo="Every date here can be read one way only, so all were; write them one way.",
    )
