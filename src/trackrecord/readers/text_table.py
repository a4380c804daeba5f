"""Reads tables kept as text: CSV, TSV, semicolons or bars between cells, also gzipped.

Cells stay texts; what they mean is settled later, from whole columns.  Lines are counted as a
spreadsheet counts its rows: a quoted line break does not begin a new one.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Final

from trackrecord.errors import UnreadableSource
from trackrecord.problem import Problem
from trackrecord.readers import decoding, limits
from trackrecord.readers.grid import Grid, Mark, table
from trackrecord.readers.source import Source

NAME: Final = "text/1"

DELIMITERS: Final = (",", ";", "\t", "|")
_SNIFFED: Final = limits.MIB  # characters that settle the delimiter
_RECORDS: Final = 200  # records that settle the delimiter
_FITS: Final = 0.8  # share of records that a delimiter must cut alike to be taken for its finer cut
_SAID: Final = re.compile(r"sep=(.)\s*$", re.IGNORECASE)  # Excel's own way to name it, in line 1
_LINE_BREAK: Final = re.compile(r"\r\n|\r|\n")

Rows = list[list[str]]


def recognises(head: bytes, path: Path) -> bool:  # noqa: ARG001 - a reader's shape
    """Any text will do; whether it holds a table is seen when it is read."""
    return decoding.looks_like_text(head)


def read(path: Path, digest: str) -> Source:
    """One sheet.  Raises UnreadableSource for a line or a cell without end."""
    text = decoding.examine(path)
    delimiter, skipped = _delimiter(text)
    rows, problems = _rows(text, delimiter, skipped)
    marks = list(_mend(text, rows)) if text.mended else []
    grid = Grid(file=path.name, rows=rows, first_row=1 + skipped, aligned=False, marks=marks)
    sheet, noticed = table(grid)
    return Source(
        file=path.name,
        digest=digest,
        reader=NAME,
        sheets=(sheet,) if sheet else (),
        problems=tuple(sorted([*problems, *noticed])),
    )


def _delimiter(text: decoding.Text) -> tuple[str, int]:
    """The character between cells, and how many lines at the top only name it.

    Each candidate cuts the first records up; the one that gives most of them the same number of
    cells is it.  Cutting knows quotation marks, so commas in a cell do not count, and a decimal
    comma loses against semicolons because the header has none.  One that cuts much finer may fit a
    few records less: rows that came apart are no reason to take a bar that stands in each name.
    """
    with text.open() as file:
        sample = file.read(_SNIFFED)
    if said := _SAID.match(sample.split("\n", 1)[0]):
        return said[1], 1
    if len(sample) == _SNIFFED:
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    usual = "\t" if {".tsv", ".tab"} & set(text.path.suffixes) else ","
    lines = list(StringIO(sample, newline=""))  # str.splitlines also cuts at form feeds
    fits = {one: _fit(lines, one) for one in sorted(DELIMITERS, key=lambda one: one != usual)}
    best = max(fits, key=lambda one: fits[one])
    for one, (share, width) in fits.items():
        if share >= _FITS and width >= 2 * fits[best][1]:
            best = one
    return best, 0


def _fit(lines: list[str], delimiter: str) -> tuple[float, int]:
    """The commonest number of cells above one, after the share of records that have it."""
    with _long_cells():
        records = list(islice(csv.reader(lines, delimiter=delimiter), _RECORDS))
    widths = Counter(len(record) for record in records if record)
    several = [(times / widths.total(), width) for width, times in widths.items() if width > 1]
    return max(several, default=(0.0, 0))


def _rows(text: decoding.Text, delimiter: str, skipped: int) -> tuple[Rows, list[Problem]]:
    """All records.  A quotation mark that is never closed costs its own line, not all below it."""
    rows, problems = Rows(), list[Problem]()
    start = skipped
    while True:
        with text.open() as file, _long_cells():
            reader = csv.reader(islice(file, start, None), delimiter=delimiter)
            try:
                rows.extend(reader)
            except csv.Error as error:
                raise UnreadableSource(
                    file=text.path.name,
                    place=f"row {skipped + len(rows) + 1}",
                    why=f"a cell goes on for more than {limits.CELL // limits.MIB} million characters",
                    todo="Close the quotation mark that was opened there, or export the file again.",
                ) from error
            read = reader.line_num
        opened = _line_of_open_quote(text, rows, start + read)
        if opened is None:
            return rows, problems
        lost = rows.pop()
        rows.append([])
        start = opened + 1
        problems.append(
            Problem(
                file=text.path.name,
                row=skipped + len(rows),
                found=next((cell for cell in lost if _LINE_BREAK.search(cell)), "")[:80],
                expected="a quotation mark at the end of the cell",
                todo="Close the quotation mark in this row, or double it where it belongs to the text.",
                extent="row",
                code="open-quote",
            )
        )


def _line_of_open_quote(text: decoding.Text, rows: Rows, lines: int) -> int | None:
    """The line where the last record began, if a quotation mark in it is still open at the end."""
    if not rows:
        return None
    breaks = sum(len(_LINE_BREAK.findall(cell)) for cell in rows[-1])
    if not breaks:
        return None
    with text.open() as file:
        # A file that ends in a line break leaves it in the open cell: one line fewer was read.
        ends_with_break = rows[-1][-1][-1:] in ("\r", "\n")
        start = lines - breaks - 1 + ends_with_break
        tail = "".join(islice(file, start, None))
    return start if tail.count('"') % 2 else None


@contextmanager
def _long_cells() -> Iterator[None]:
    """Lets csv read narratives longer than its usual 131,072 characters; its limit is global."""
    before = csv.field_size_limit(limits.CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _mend(text: decoding.Text, rows: Rows) -> Iterator[Mark]:
    """Replaces what could not be decoded, in place, and tells where it stood."""
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if decoding.is_whole(cell):
                continue
            row[column], stray = decoding.mended(cell)
            yield Mark(
                row=at,
                column=column,
                found=f"{stray} in {decoding.around(row[column])}",
                expected=f"text in {text.named}",
                todo="Correct the character in the source, or export the file as UTF-8.",
                code="stray-byte",
            )
