"""Looks through the content of an ODS workbook: how large are its sheets, which formulas failed?

Rows and cells may be repeated by a number, so a few bytes can stand for a billion cells.  Merged
cells are found here too, because the cell reader does not tell them for this format.

Source: OpenDocument 1.3 part 3, 9.1 (table:table, table:table-row, table:table-cell).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from trackrecord.readers.package import DamagedPackage
from trackrecord.readers.sheet_survey import Range, SheetSurvey

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC: Final = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"


class _Growing:
    """The survey of one sheet, row by row."""

    def __init__(self) -> None:
        self.row = self.rows = self.columns = 0
        self.errors: list[tuple[int, int, str]] = []
        self.merged: list[Range] = []

    def take(self, row: Any) -> None:
        column = 0
        filled = False
        for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            times = int(cell.get(f"{_TABLE}number-columns-repeated", 1))
            if cell.get(f"{_OFFICE}value-type") or len(cell):
                filled = True
                self.columns = max(self.columns, column + times)
                self._note(cell, column)
            column += times
        self.row += int(row.get(f"{_TABLE}number-rows-repeated", 1))
        if filled:
            self.rows = self.row

    def _note(self, cell: Any, column: int) -> None:
        if cell.get(f"{_CALC}value-type") == "error":
            shown = "".join(cell.itertext(f"{_TEXT}p")).strip() or "a failed formula"
            self.errors.append((self.row, column, shown))
        below = int(cell.get(f"{_TABLE}number-rows-spanned", 1))
        beside = int(cell.get(f"{_TABLE}number-columns-spanned", 1))
        if below > 1 or beside > 1:
            last = (self.row + below - 1, column + beside - 1)
            self.merged.append(((self.row, column), last))


def surveys(blocks: Iterator[bytes]) -> dict[str, SheetSurvey]:
    """Name of each sheet -> its survey.  Raises DamagedPackage where the XML is broken."""
    from lxml import etree

    parser = etree.XMLPullParser(
        events=("start", "end"),
        tag=(f"{_TABLE}table", f"{_TABLE}table-row"),
        resolve_entities=False,
        no_network=True,
    )
    found = dict[str, SheetSurvey]()
    sheet = _Growing()
    try:
        for block in blocks:
            parser.feed(block)
            for event, element in parser.read_events():
                is_row = element.tag.endswith("table-row")
                if event == "start" and not is_row:
                    sheet = _Growing()
                elif event == "end" and is_row:
                    sheet.take(element)
                    element.clear()
                elif event == "end":
                    found[element.get(f"{_TABLE}name", "")] = SheetSurvey(
                        rows=sheet.rows,
                        columns=sheet.columns,
                        errors=tuple(sheet.errors),
                        merged=tuple(sheet.merged),
                    )
                    element.clear()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedPackage("its content cannot be read") from error
    return found
