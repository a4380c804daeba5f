"""The cells of one file, read by trackrecord's readers in a process of its own with limits."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

SECONDS: Final = 60
MEMORY: Final = 2 << 30  # bytes of data
MOST_ROWS: Final = 50_000
LONGEST: Final = 300  # letters of a cell that are kept


class Unreadable(Exception):
    """No list came of the file; the text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Cells:
    """The table with most rows.  rows: pairs of the row's number in the file and its cells as text."""

    header: list[str]
    rows: list[tuple[int, list[str]]]
    problems: list[str] = field(default_factory=list)  # of rows that the reader left out


def read(path: Path, *, name: str, shape: str, seconds: float = SECONDS) -> Cells:
    """shape: a sentence that says how such a list looks.  Raises Unreadable."""
    here, there = multiprocessing.Pipe(duplex=False)
    child = _context().Process(target=_child, args=(path, name, shape, there), daemon=True)
    child.start()
    there.close()
    try:
        said = here.recv() if here.poll(seconds) else None
    except EOFError:
        said = None
    finally:
        child.kill()
        child.join()
        here.close()
    if isinstance(said, Cells):
        return said
    raise Unreadable(
        said
        or f"{name} took too long or too much memory. Save the list alone as CSV, and drop that."
    )


def _context() -> Any:
    """A fresh interpreter: the web process has threads, and a copy of it might wait for one for ever."""
    return multiprocessing.get_context("spawn")


def _child(path: Path, name: str, shape: str, there: Connection) -> None:
    _limit()
    from trackrecord import readers
    from trackrecord.errors import EvidenceError

    try:
        there.send(_cells(readers.read(path), name, shape))
    except EvidenceError as reason:
        there.send(str(reason).replace(path.name, name))
    except Exception as error:  # noqa: BLE001  # whatever a stranger's file does, it is one sentence
        there.send(
            f"{name} could not be read ({type(error).__name__}). Save it anew as CSV or .xlsx."
        )


def _limit() -> None:
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core would hold the file


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
