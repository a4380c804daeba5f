"""CSV as spreadsheets open it: UTF-8 with a byte order mark, and no cell that runs as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

_RUNS = ("=", "+", "-", "@", "\t", "\r")
# A change as people read it ("+39%", "+12 days") runs nothing.
_CHANGE = re.compile(r"[+-]\d[\d.,]*%?( (days?|hours?))?")
_AT_ONCE = 1 << 16


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


def inert(cell: object) -> object:
    """Text that a spreadsheet would run gets an apostrophe in front; numbers stay numbers."""
    if isinstance(cell, str) and cell.startswith(_RUNS) and not _CHANGE.fullmatch(cell):
        return f"'{cell}"
    return cell
