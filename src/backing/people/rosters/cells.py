"""The cells of one file, read by trackrecord's readers in a process of its own with limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from backing.people import apart
from backing.people.apart import Unreadable

__all__ = ["Cells", "Unreadable", "read"]

MOST_ROWS: Final = 50_000
LONGEST: Final = 300  # letters of a cell that are kept


@dataclass(frozen=True, slots=True)
class Cells:
    """The table with most rows.  rows: pairs of the row's number in the file and its cells as text."""

    header: list[str]
    rows: list[tuple[int, list[str]]]
    problems: list[str] = field(default_factory=list)  # of rows that the reader left out


def read(path: Path, *, name: str, shape: str, seconds: float = apart.SECONDS) -> Cells:
    """shape: a sentence that says how such a list looks.  Raises Unreadable."""
    instead = "Save the list alone as CSV, and drop that."
    return apart.run(_read, path, name, shape, name=name, instead=instead, seconds=seconds)


def _read(path: Path, name: str, shape: str) -> Cells:
    from trackrecord import readers
    from trackrecord.errors import EvidenceError

    try:
        found = _cells(readers.read(path), name, shape)
    except EvidenceError as reason:
        raise Unreadable(str(reason).replace(path.name, name)) from None
    if isinstance(found, str):
        raise Unreadable(found)
    return found


def _cells(source: Any, name: str, shape: str) -> Cells | str:
    sheet = max(source.sheets, key=lambda each: len(each.rows), default=None)
    if sheet is None or not sheet.rows:
        return f"{name} holds no table. {shape}"
    if len(sheet.rows) > MOST_ROWS:
        return f"{name} has more than {MOST_ROWS:,} rows. Bring in the part you work with."
    columns: list[Sequence[Any]] = list(sheet.columns)
    rows = [
        (number, [_text(column[place]) for column in columns])
        for place, number in enumerate(sheet.rows)
    ]
    left_out = [
        f"Row {each.row}: {each.expected} {each.todo}"
        for each in source.problems
        if each.extent == "row" and each.sheet == sheet.name
    ]
    return Cells([" ".join(each.split()) for each in sheet.header], rows, left_out)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)[:LONGEST]
