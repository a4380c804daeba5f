"""A workbook that somebody dropped: its cells as texts, read in a process of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from backing.people import apart
from backing.people.apart import Unreadable
from backing.people.workbook.cells import as_meant, text_of

MOST_BYTES: Final = 40 << 20
MOST_CELLS: Final = 4_000_000
COVER: Final = "Read me first"
WRITTEN: Final = "Written on"
_SHAPE: Final = "Write a workbook first (Settings, Everything in one workbook), change that one, and drop it here."


@dataclass(frozen=True, slots=True)
class Book:
    """sheets: by title, rows of texts, the header first; the n-th row is row n of the file.

    written_at: when it was made, as its cover says, in the time of the office; "" where it does not.
    """

    sheets: dict[str, list[list[str]]]
    written_at: str


def read(path: Path, *, name: str, titles: frozenset[str]) -> Book:
    """The sheets of these titles, and the titles of others with nothing in them.  Raises Unreadable."""
    instead = "Save it anew as an Excel workbook (.xlsx), and drop that."
    return apart.run(_read, path, name, titles, name=name, instead=instead)


def _read(path: Path, name: str, titles: frozenset[str]) -> Book:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(path)
    except CalamineError:
        raise Unreadable(f"{name} is no Excel workbook. {_SHAPE}") from None
    sheets: dict[str, list[list[str]]] = {}
    written_at, cells = "", 0
    for title in book.sheet_names:
        if title == COVER:
            written_at = _written_at(book.get_sheet_by_name(title).to_python())
        elif title not in titles:
            sheets[title] = []
        else:
            sheet = book.get_sheet_by_name(title)
            cells += sheet.total_height * sheet.total_width
            if cells > MOST_CELLS:
                raise Unreadable(
                    f"{name} has more than {MOST_CELLS:,} cells. Bring in fewer sheets at a time, and "
                    "take out empty rows at their ends."
                )
            rows = sheet.to_python(skip_empty_area=False)
            sheets[title] = [[_text(cell) for cell in row] for row in rows]
    if not titles & sheets.keys():
        raise Unreadable(f"{name} has no sheet that the office knows. {_SHAPE}")
    return Book(sheets, written_at)


def _text(cell: object) -> str:
    return text_of(as_meant(cell) if isinstance(cell, str) else cell)


def _written_at(rows: Iterable[Sequence[object]]) -> str:
    for row in rows:
        if row and row[0] == WRITTEN:
            said = next((text_of(cell) for cell in row[1:] if text_of(cell)), "")
            try:
                return datetime.fromisoformat(said).isoformat(" ")
            except ValueError:
                return ""
    return ""
