"""The workbook inside a chart: its data in columns that a person can read and change.

A chart refers to these cells, so that "Edit data" in PowerPoint shows every value under its name, with
the file and row it came from beside it.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from xml.sax.saxutils import escape

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from boardpaper.chart import Scale
from boardpaper.render.as_text import writable

# A spreadsheet counts days from here; `date.toordinal` counts from the year one.
SPREADSHEET_EPOCH: Final = 693_594
NUMBER_FORMATS: Final[dict[Scale, str]] = {
    "share": "0.0%",
    "days": "#,##0",
    "money": "#,##0",
    "count": "#,##0",
    "ratio": "0.00",
    "date": "yyyy-mm-dd",
}
_NAME: Final = "Sheet1"
_WIDEST: Final = 40


@dataclass(frozen=True, slots=True)
class Linked:
    """A number taken from another cell, so that a change there is drawn here."""

    value: float
    cell: str


Value = float | str | Linked | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """A column of the sheet, or some rows of one, as a chart refers to it."""

    letter: str
    head: str
    values: tuple[Value, ...]
    number_format: str
    skipped: int = 0

    def linked(self, index: int) -> Linked | None:
        """The number in a row of it, by reference; None where there is none."""
        value = self.values[index]
        if not isinstance(value, int | float):
            return None
        return Linked(float(value), f"{self.letter}{index + self.skipped + 2}")

    def part(self, start: int, stop: int) -> Cells:
        """Some rows of the same column, as a series that draws only those."""
        return replace(self, values=self.values[start:stop], skipped=self.skipped + start)

    def name(self) -> str:
        """The head of the column as a series' name."""
        cell = f"{_NAME}!${self.letter}$1"
        return (
            f"<c:tx><c:strRef><c:f>{cell}</c:f><c:strCache><c:ptCount val='1'/>"
            f"<c:pt idx='0'><c:v>{escape(writable(self.head))}</c:v></c:pt></c:strCache></c:strRef></c:tx>"
        )

    def numbers(self, rows: int) -> str:
        """The cells as numbers, with what they hold now; blanks, also below, are left out.

        rows: of the longest series.  LibreOffice loses a series that is shorter than a later one.
        """
        found = (value.value if isinstance(value, Linked) else value for value in self.values)
        points = "".join(
            f"<c:pt idx='{index}'><c:v>{value!r}</c:v></c:pt>"
            for index, value in enumerate(found)
            if isinstance(value, int | float)
        )
        return (
            f"<c:numRef><c:f>{self._formula(rows)}</c:f><c:numCache>"
            f"<c:formatCode>{escape(self.number_format)}</c:formatCode>"
            f"<c:ptCount val='{rows}'/>{points}</c:numCache></c:numRef>"
        )

    def strings(self) -> str:
        """The cells as words."""
        points = "".join(
            f"<c:pt idx='{index}'><c:v>{escape(writable(str(value)))}</c:v></c:pt>"
            for index, value in enumerate(self.values)
        )
        return (
            f"<c:strRef><c:f>{self._formula(len(self.values))}</c:f><c:strCache>"
            f"<c:ptCount val='{len(self.values)}'/>{points}</c:strCache></c:strRef>"
        )

    def _formula(self, rows: int) -> str:
        first = self.skipped + 2
        return f"{_NAME}!${self.letter}${first}:${self.letter}${first + max(1, rows) - 1}"


@dataclass(slots=True)
class Sheet:
    """A sheet being filled, column by column."""

    columns: list[Cells] = field(default_factory=list)

    def column(self, head: str, values: Sequence[Value], number_format: str = "General") -> Cells:
        """Add a column; its head is made unlike the others'."""
        cells = Cells(
            letter=xl_col_to_name(len(self.columns)),
            head=head,
            values=tuple(values),
            number_format=number_format,
        )
        self.columns.append(cells)
        return cells

    def words(self, head: str, values: Sequence[str]) -> None:
        """Add a column that is there to be read; none where it would be blank."""
        if any(values):
            self.column(head, values)

    def xlsx(self) -> bytes:
        """The workbook; words never become formulas or links."""
        out = io.BytesIO()
        with xlsxwriter.Workbook(
            out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        ) as book:
            sheet = book.add_worksheet(_NAME)
            bold = book.add_format({"bold": True})
            for index, cells in enumerate(self.columns):
                style = book.add_format({"num_format": cells.number_format})
                sheet.write_string(0, index, cells.head, bold)
                widest = max((len(one) for one in cells.values if isinstance(one, str)), default=0)
                sheet.set_column(index, index, min(_WIDEST, max(10, len(cells.head), widest) + 2))
                for row, value in enumerate(cells.values, start=1):
                    if isinstance(value, str):
                        sheet.write_string(row, index, value)
                    elif isinstance(value, Linked):
                        sheet.write_formula(row, index, f"={value.cell}", style, value.value)
                    elif value is not None:
                        sheet.write_number(row, index, value, style)
            sheet.freeze_panes(1, 0)
        return out.getvalue()
