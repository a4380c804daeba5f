"""How an untidy register looks as a workbook: titles, a merged band, totals, blank rows, notes.

Bytes are the same for the same content: XlsxWriter dates its zip entries 1980, and the time of
making, its one other clock, is set to the register's own date.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Final, Literal, TypeAlias

import xlsxwriter

from backing.demo.position import Position


@dataclass(frozen=True, slots=True)
class Broken:
    """A formula whose cells are gone; Excel shows #REF!."""

    formula: str = "=#REF!*1.2"


Cell: TypeAlias = str | int | float | date | Broken | None
Shape: TypeAlias = Literal["key", "text", "name", "long", "money", "percent", "count", "date"]

WIDTH: Final[dict[Shape, int]] = {
    "key": 10,
    "text": 22,
    "name": 36,
    "long": 70,
    "money": 13,
    "percent": 9,
    "count": 9,
    "date": 12,
}
NUMBER: Final[dict[Shape, str]] = {"money": "#,##0", "percent": "0%", "date": "dd/mm/yyyy"}
HEADER_HEIGHT: Final = 32  # points: two lines
BLANK_ROWS: Final = 9  # bordered but empty, below the totals


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, the band it stands under ("" for none), and each position's cell."""

    band: str
    header: str
    shape: Shape
    cell: Callable[[Position], Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A year's workbook before it is written.  rows: cells in the order of the columns."""

    titles: Sequence[str]
    name: str
    as_at: date
    columns: Sequence[Column]
    rows: list[list[Cell]]
    totals: dict[str, Cell]
    notes: Sequence[str]

    def column(self, header: str) -> int:
        """The place of the column of that heading, counted from 0."""
        return [column.header for column in self.columns].index(header)

    def row(self, project: str) -> list[Cell]:
        """The first row of a project, by its id."""
        return next(row for row in self.rows if project in row)


def write(register: Register, path: Path) -> Path:
    """Write the register and its sheet of notes; return the path."""
    book = xlsxwriter.Workbook(path)
    book.set_properties(
        {
            "title": register.titles[0],
            "comments": "An invented company: no row speaks of a real one.",
            "created": datetime.combine(register.as_at, time(17)),
        }
    )
    _Sheet(book, register).write()
    notes = book.add_worksheet("Notes")
    notes.set_column(0, 0, 100)
    for line, text in enumerate([register.titles[0], "", *register.notes]):
        notes.write_string(line, 0, text)
    book.close()
    return path


class _Sheet:
    """One register on its way into a worksheet, from the top down."""

    def __init__(self, book: xlsxwriter.Workbook, register: Register) -> None:
        self.register = register
        self.sheet = book.add_worksheet(register.name)
        self.line = 0
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.band = book.add_format(
            {"bold": True, "align": "center", "border": 1, "bg_color": "#D8DEE6"}
        )
        self.head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#EEF1F5"}
        )
        self.total = book.add_format({"bold": True, "top": 1, "num_format": "#,##0"})
        self.cell = {
            shape: book.add_format(
                {
                    "border": 4,
                    "valign": "top",
                    "text_wrap": shape == "long",
                    "num_format": NUMBER.get(shape, "General"),
                }
            )
            for shape in WIDTH
        }

    def write(self) -> None:
        columns = self.register.columns
        for place, column in enumerate(columns):
            self.sheet.set_column(place, place, WIDTH[column.shape])
        self._titles()
        self._bands()
        self.sheet.set_row(self.line, HEADER_HEIGHT)
        for place, column in enumerate(columns):
            self.sheet.write_string(self.line, place, column.header, self.head)
        self.line += 1
        self.sheet.freeze_panes(self.line, 2)
        for row in self.register.rows:
            for place, cell in enumerate(row):
                self._put(place, cell, self.cell[columns[place].shape])
            self.line += 1
        self.line += 1
        for header, cell in self.register.totals.items():
            self._put(self.register.column(header), cell, self.total)
        for line in range(self.line + 1, self.line + 1 + BLANK_ROWS):
            for place, column in enumerate(columns):
                self.sheet.write_blank(line, place, None, self.cell[column.shape])

    def _titles(self) -> None:
        for text in self.register.titles:
            self.sheet.write_string(self.line, 0, text, self.title if self.line == 0 else None)
            self.line += 1
        self.line += 1

    def _bands(self) -> None:
        """Merge each run of columns that stands under one band."""
        bands = [column.band for column in self.register.columns]
        first = 0
        for place in range(1, len(bands) + 1):
            if place < len(bands) and bands[place] == bands[first]:
                continue
            if bands[first] and place - first > 1:
                self.sheet.merge_range(
                    self.line, first, self.line, place - 1, bands[first], self.band
                )
            elif bands[first]:
                self.sheet.write_string(self.line, first, bands[first], self.band)
            first = place
        self.line += 1

    def _put(self, place: int, cell: Cell, shape: xlsxwriter.format.Format) -> None:
        match cell:
            case None:
                self.sheet.write_blank(self.line, place, None, shape)
            case Broken():
                self.sheet.write_formula(self.line, place, cell.formula, shape, "#REF!")
            case date():
                self.sheet.write_datetime(self.line, place, datetime.combine(cell, time()), shape)
            case str():
                self.sheet.write_string(self.line, place, cell, shape)
            case _:
                self.sheet.write_number(self.line, place, cell, shape)
