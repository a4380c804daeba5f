"""What a reader hands on: sheets of cells as they stand, or a schedule that needs no mapping.

A reader turns the bytes of one file into either `Sheet`s (spreadsheets and text tables: a header
and columns of untouched cells, which `mapping` then gives a meaning) or `Schedule`s (schedule files,
whose columns mean one thing only).  It never guesses what a column means, and it never drops a row
without a Problem.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

import pyarrow as pa

from trackrecord.problem import Problem

# A cell as the file states it.  Empty cells are None; text is stripped of surrounding blanks.
Cell = str | int | float | bool | date | datetime | time | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table of cells with a header, column by column.

    file: base name of the file.  name: the worksheet's, "" where a format has none.
    header: one text a column, unique within the sheet (a repeated header is renamed "Cost (2)" and
    reported); line breaks in headers are kept.
    columns: one sequence of cells a column, all of the same length.
    rows: for each record the number a user sees for it in the file; the column number for a
    transposed sheet.
    title: text found above the header, top to bottom (an as-at date is often there).
    transposed: projects stood in columns and have been turned.

    A row that its reader left out (a total, a line that came apart) is not among `rows`; it has one
    Problem of extent "row" in its Source, and counts as a row that came in.
    """

    file: str
    name: str
    header: tuple[str, ...]
    columns: tuple[Sequence[Cell], ...]
    rows: Sequence[int]
    title: tuple[str, ...] = ()
    transposed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """One project of a schedule file, already in canonical tables (trackrecord.tables).

    tables: "projects" (one row), "items", "item_baselines", "baselines", "reports", as the file has
    them, with register, export and export_order left null: the take fills them.
    words: names, in the shape of tables.WORDS.
    rows_in, rows_taken: tasks read and tasks taken; the difference has Problems of extent "row".
    """

    file: str
    name: str
    tables: dict[str, pa.Table]
    words: pa.Table
    rows_in: int
    rows_taken: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Everything one reader made of one file.

    digest: SHA-256 of the file's bytes, hex.  reader: name and version, e.g. "workbook/1".
    """

    file: str
    digest: str
    reader: str
    sheets: tuple[Sheet, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
