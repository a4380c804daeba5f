"""A take: what one reader and one mapping made of one source.

Rows in = rows taken + rows with problems, always.  A row with problems is one that was not taken; a
taken row may still have cells that could not be read, each with a Problem of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from typing import Final

import pyarrow as pa

from trackrecord.errors import MappingError
from trackrecord.layout import Mapping
from trackrecord.problem import Problem
from trackrecord.readers.source import Schedule, Source
from trackrecord.tables import TABLES, WORDS, empty
from trackrecord.taking.joining import one_row_each
from trackrecord.taking.naming import register_named
from trackrecord.taking.place import Export
from trackrecord.taking.schedule import take_schedule
from trackrecord.taking.sheet import Part, take_sheet
from trackrecord.values import typed

_NO_MAPPING: Final = Mapping()

Told = Callable[[int, int], None]
"""Hears of progress: rows done, of how many."""


def in_silence(_done: int, _of: int) -> None:
    """Nobody listens."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Take:
    """Canonical tables, words and problems of one source.

    name: SHA-256 of (source digest, mapping digest, register, as_at, reader), not of the tables.
    source: SHA-256 of the file's bytes.  registers: one for each sheet or schedule.
    as_at: the day given for the whole source; None where it was not.
    mapping: one SheetMapping for each sheet.  tables: every name of tables.TABLES.
    words: in the shape of tables.WORDS; outside every hash.
    rows_left_out: rows that the mapping's filters did not ask for; they are not among rows_in.
    """

    name: str
    source: str
    file: str
    reader: str
    registers: tuple[str, ...]
    as_at: date | None
    mapping: Mapping
    tables: Dictionary[str, pa.Table]
    words: pa.Table
    problems: tuple[Problem, ...]
    rows_in: int
    rows_taken: int
    rows_left_out: int = 0

    @property
    def rows_with_problems(self) -> int:
        """Rows that were not taken; each has a Problem."""
        return self.rows_in - self.rows_taken


def take(
    source: Source,
    mapping: Mapping = _NO_MAPPING,
    *,
    register: str | None = None,
    as_at: date | None = None,
    salt: str = "",
    told: Told = in_silence,
) -> Take:
    """Makes canonical rows of a source.

    mapping: one SheetMapping for each sheet of the source, in order; schedules need none.
    register: given instead of what the mapping or the file's name says.  as_at: the day the source
    speaks of, where neither its rows nor its title or name say.  salt: goes into the opaque ids of people, and
    not into the name of the take: one workspace has one salt.  told: hears how many rows of how many
    have been read.
    Raises MappingError where a sheet and its mapping do not fit.
    """
    if len(mapping.sheets) != len(source.sheets):
        raise MappingError(
            f"{source.file} has {len(source.sheets)} sheets and its mapping {len(mapping.sheets)}. "
            "Give one mapping for each sheet."
        )
    parts, read = [], _Read(source, told)
    for sheet, layout, export in zip(
        source.sheets, mapping.sheets, _exports(source, mapping, as_at), strict=True
    ):
        cells = typed(sheet, layout, salt=salt, told=partial(read.of_sheet, len(sheet.rows)))
        parts.append(take_sheet(cells, register=register or layout.register, export=export))
        read.whole(len(sheet.rows))
    stem = register or register_named(source.file)
    parts += [_schedule(each, source, register=stem, as_at=as_at) for each in source.schedules]
    return _whole(source, mapping, as_at, parts)


class _Read:
    """How far the sheets of a source have been read, in rows."""

    def __init__(self, source: Source, told: Told) -> None:
        self._total = sum(len(sheet.rows) for sheet in source.sheets)
        self._done, self._told = 0, told
        self._told(0, self._total)

    def of_sheet(self, rows: int, columns: int, of: int) -> None:
        """So many columns of a sheet of so many rows are read; its tables are still to be built."""
        self._told(self._done + rows * columns // (of + 1), self._total)

    def whole(self, rows: int) -> None:
        """A sheet is in its tables."""
        self._done += rows
        self._told(self._done, self._total)


def take_name(
    source: Source, mapping: Mapping, registers: Sequence[str], as_at: date | None
) -> str:
    """The name of the take that `take` would make."""
    decisive = [
        source.digest,
        [layout.digest for layout in mapping.sheets],
        list(registers),
        as_at.isoformat() if as_at else None,
        source.reader,
    ]
    return hashlib.sha256(json.dumps(decisive, ensure_ascii=False).encode()).hexdigest()


def _exports(source: Source, mapping: Mapping, as_at: date | None) -> list[Export]:
    """Which export each sheet is.

    Undated sheets with one and the same header are exports of their own (a workbook with a sheet a
    year); any others are one export, the file's.
    """
    alike = [sheet.header for sheet in source.sheets]
    exports = []
    for sheet, layout in zip(source.sheets, mapping.sheets, strict=True):
        several = alike.count(sheet.header) > 1
        name = f"{source.file}, {sheet.name}" if several else source.file
        exports.append(Export(name=name, as_at=layout.as_at or as_at))
    return exports


def _schedule(schedule: Schedule, source: Source, *, register: str, as_at: date | None) -> Part:
    return take_schedule(schedule, register=register, export=Export(name=source.file, as_at=as_at))


def _whole(source: Source, mapping: Mapping, as_at: date | None, parts: Sequence[Part]) -> Take:
    registers = tuple(part.register for part in parts)
    lost = _rows_lost_by_reader(source)
    return Take(
        name=take_name(source, mapping, registers, as_at),
        source=source.digest,
        file=source.file,
        reader=source.reader,
        registers=registers,
        as_at=as_at,
        mapping=mapping,
        tables={name: _together(name, parts) for name in TABLES}
        | {"projects": one_row_each(parts)},
        words=pa.concat_tables([WORDS.empty_table(), *(part.words for part in parts)]),
        problems=(*source.problems, *chain.from_iterable(part.problems for part in parts)),
        rows_in=lost + sum(part.rows_in for part in parts),
        rows_taken=sum(part.rows_taken for part in parts),
        rows_left_out=sum(part.rows_left_out for part in parts),
    )


def _together(table: str, parts: Sequence[Part]) -> pa.Table:
    rows = [part.tables[table] for part in parts if table in part.tables]
    return pa.concat_tables(rows) if rows else empty(table)


def _rows_lost_by_reader(source: Source) -> int:
    """Rows of sheets that the reader itself could not hand on; schedules count their own."""
    if source.schedules:
        return 0
    return len({(p.sheet, p.row) for p in source.problems if p.extent == "row"})
