"""CSV and workbooks as spreadsheets open them, in which no cell runs as a formula.

The texts of cells are other people's.  CSV is UTF-8 with a byte order mark.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

_RUNS = ("=", "+", "-", "@", "\t", "\r")
# A change as people read it ("+39%", "+12 days") runs nothing.
_CHANGE = re.compile(r"[+-]\d[\d.,]*%?( (days?|hours?))?")
_AT_ONCE = 1 << 16
# What a workbook's sheet can hold below its header; a CSV holds all.
MOST_ROWS: Final = 1_048_575


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """The file piece by piece, so that a million rows need no memory."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([inert(name) for name in header])
    yield b"\xef\xbb\xbf"
    for row in rows:
        writer.writerow([inert(cell) for cell in row])
        if out.tell() > _AT_ONCE:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def workbook(title: str, widths: Mapping[str, int], rows: Iterable[Sequence[str | int]]) -> bytes:
    """A workbook of one sheet, in which words stay words.

    widths: of each column, by its name, in letters.
    """
    import xlsxwriter

    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F3ECDD"})
        text = book.add_format({"valign": "top", "text_wrap": True})
        sheet = book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        for column, (name, width) in enumerate(widths.items()):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, head)
        number = 0
        for number, row in zip(range(1, MOST_ROWS + 1), rows, strict=False):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(number, column, cell, text)
                elif cell:
                    sheet.write_string(number, column, cell, text)
        sheet.autofilter(0, 0, max(number, 1), len(widths) - 1)
    return out.getvalue()


def inert(cell: object) -> object:
    """Text that a spreadsheet would run gets an apostrophe in front; numbers stay numbers."""
    if isinstance(cell, str) and cell.startswith(_RUNS) and not _CHANGE.fullmatch(cell):
        return f"'{cell}"
    return cell
