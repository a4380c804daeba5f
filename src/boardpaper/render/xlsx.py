"""The figures behind, as a workbook: the figures, the projects they came from, and what it is.

Numbers are numbers in the format of their unit, dates are dates, and words stay words: a cell that begins
with "=" is a string, never a formula.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final

import pyarrow as pa
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from boardpaper.render.as_text import backing_words
from boardpaper.render.settle import EPOCH, settle
from boardpaper.wording import measure, word
from trackrecord.figure import Figure

_COLUMNS: Final = (
    ("Measure", 44),
    ("Broken down by", 15),
    ("Group", 28),
    ("Value", 15),
    ("Range from", 15),
    ("Range to", 15),
    ("Coverage", 10),
    ("n", 8),
    ("Missing", 9),
    ("Why missing or undefined", 34),
    ("Unit", 10),
    ("As at", 12),
    ("Name and version", 34),
    ("Definition", 80),
    ("Says who?", 80),
)
# What a spreadsheet can hold.
_LETTERS_A_CELL: Final = 32_767
_ROWS_A_SHEET: Final = 1_048_575
_FIRST_DAY: Final = date(1900, 3, 1)
_WIDEST: Final = 44
# How many rows are looked at to choose a column's width.
_SURVEYED: Final = 200

_UNIT_FORMATS: Final = {"share": "0.0%", "days": "#,##0.0", "hours": "#,##0.0", "ratio": "0.00"}
_COUNT: Final = "#,##0"


def render(
    figures: Sequence[Figure], behind: pa.Table, *, edition: str, at: datetime | None = None
) -> bytes:
    """The workbook's bytes; the same figures and rows give the same bytes.

    behind: one row a project with the values that the figures were made from, and the file and row
    they stand in; written as it is, a column each.  at: the time it states for itself.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out,
        # Rows are written once and in order, so that a million projects need no million in memory.
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    ) as book:
        book.set_properties(
            {
                "title": "Figures behind the case",
                "created": (at or EPOCH).replace(tzinfo=None),
                "comments": f"Edition {edition}",
            }
        )
        styles = _Styles(book)
        _figures_sheet(book.add_worksheet("Figures"), figures, styles)
        _projects_sheet(book.add_worksheet("Projects"), behind, styles)
        _about_sheet(book.add_worksheet("About"), behind, edition, styles)
    return settle(out.getvalue(), at=at)


class _Styles:
    """The formats of the workbook; each is made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._numbers: dict[str, Any] = {}
        self.head = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#F3ECDD"}
        )
        self.text = book.add_format({"valign": "top"})
        self.day = self.number("yyyy-mm-dd")
        self.moment = self.number("yyyy-mm-dd hh:mm")

    def number(self, number_format: str) -> Any:
        """A format for numbers."""
        if number_format not in self._numbers:
            self._numbers[number_format] = self._book.add_format(
                {"num_format": number_format, "valign": "top"}
            )
        return self._numbers[number_format]

    def of(self, unit: str) -> Any:
        """The format of a unit; currency codes are three capitals and are named in the cell."""
        if len(unit) == 3 and unit.isupper():
            return self.number(f'#,##0.00 "{unit}"')
        return self.number(_UNIT_FORMATS.get(unit, _COUNT))


def _figures_sheet(sheet: Worksheet, figures: Sequence[Figure], styles: _Styles) -> None:
    _open(sheet, [name for name, _ in _COLUMNS], [width for _, width in _COLUMNS], styles)
    for row, figure in enumerate(figures, start=1):
        number = styles.of(figure.unit)
        cells: tuple[tuple[object, Any], ...] = (
            (measure(figure), styles.text),
            (figure.by, styles.text),
            (figure.group, styles.text),
            (figure.value, number),
            (figure.low, number),
            (figure.high, number),
            (figure.level, styles.number("0%")),
            (figure.n, styles.number(_COUNT)),
            (figure.missing_total, styles.number(_COUNT)),
            (_why(figure), styles.text),
            (figure.unit, styles.text),
            (figure.as_at, styles.day),
            (f"{figure.measure}, version {figure.version}", styles.text),
            (figure.definition, styles.text),
            (backing_words(figure), styles.text),
        )
        for column, (value, style) in enumerate(cells):
            _write(sheet, row, column, value, style)
    _filter(sheet, len(figures), len(_COLUMNS))


def _why(figure: Figure) -> str:
    """Why there is no value, and how many values are missing from it for which reason."""
    undefined = [word(figure)] if figure.value is None else []
    missing = [
        f"{count:,} {reason.replace('_', ' ')}" for reason, count in sorted(figure.missing.items())
    ]
    return "; ".join([*undefined, *missing])


def _projects_sheet(sheet: Worksheet, rows: pa.Table, styles: _Styles) -> None:
    shown = rows.slice(0, _ROWS_A_SHEET)
    names = [name.replace("_", " ") for name in rows.column_names]
    widths = [
        _width(name, column.slice(0, _SURVEYED).to_pylist())
        for name, column in zip(names, rows.columns, strict=True)
    ]
    _open(sheet, names, widths, styles)
    row = 0
    for batch in shown.to_batches():
        for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            row += 1
            for column, value in enumerate(values):
                _write(sheet, row, column, value, _style(value, styles))
    _filter(sheet, row, len(names))


def _style(value: object, styles: _Styles) -> Any:
    match value:
        case datetime():
            return styles.moment
        case date():
            return styles.day
        case float():
            return styles.number("#,##0.00")
        case _:
            return styles.text


def _width(name: str, values: Iterable[object]) -> int:
    longest = max((len(str(value)) for value in values if value is not None), default=0)
    return min(_WIDEST, max(10, len(name) // 2 + 4, longest + 2))


def _about_sheet(sheet: Worksheet, rows: pa.Table, edition: str, styles: _Styles) -> None:
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 100)
    left_out = rows.num_rows - _ROWS_A_SHEET
    lines = [
        ("Edition", edition),
        ("Figures", "Every figure of the case, with its range, its n and what is missing."),
        (
            "Projects",
            "What the figures were made from, with the file and row each value stands in.",
        ),
        ("Missing values", "A missing value is left out and counted. It is never zero."),
    ]
    if left_out > 0:
        lines.append(("Not shown", f"{left_out:,} projects: a sheet holds no more rows than this."))
    for row, (name, words) in enumerate(lines):
        sheet.write_string(row, 0, name, styles.head)
        sheet.write_string(row, 1, words, styles.text)


def _open(sheet: Worksheet, names: Sequence[str], widths: Sequence[int], styles: _Styles) -> None:
    """The head of a table: names that stay in sight, and columns wide enough."""
    sheet.freeze_panes(1, 1)
    for index, (name, width) in enumerate(zip(names, widths, strict=True)):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, name, styles.head)


def _filter(sheet: Worksheet, rows: int, columns: int) -> None:
    if columns:
        sheet.autofilter(0, 0, max(1, rows), columns - 1)


def _write(sheet: Worksheet, row: int, column: int, value: object, style: Any) -> None:
    match value:
        case None | "":
            return
        case bool():
            sheet.write_boolean(row, column, value)
        case int() | float():
            if math.isfinite(value):
                sheet.write_number(row, column, value, style)
        case datetime():
            _write_day(sheet, row, column, value.replace(tzinfo=None), style)
        case date():
            _write_day(sheet, row, column, value, style)
        case _:
            sheet.write_string(row, column, str(value)[:_LETTERS_A_CELL], style)


def _write_day(sheet: Worksheet, row: int, column: int, value: date | datetime, style: Any) -> None:
    """A date; one from before a spreadsheet can count is written in words."""
    day = value.date() if isinstance(value, datetime) else value
    if day < _FIRST_DAY:
        sheet.write_string(row, column, value.isoformat(), style)
    else:
        sheet.write_datetime(row, column, value, style)
