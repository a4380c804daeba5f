"""One schedule of a schedule file, whose tables are canonical already: only its place is filled."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from trackrecord.readers.source import Schedule
from trackrecord.tables import TABLES, WORDS
from trackrecord.taking.place import Export
from trackrecord.taking.sheet import Part


def take_schedule(schedule: Schedule, *, register: str, export: Export) -> Part:
    """The tables of a schedule with register and export filled in.

    Its Problems are the reader's, which stand with the source.
    """
    return Part(
        register=register,
        tables={
            name: _placed(rows, TABLES[name], schedule.file, register, export)
            for name, rows in schedule.tables.items()
        },
        words=_placed(schedule.words, WORDS, schedule.file, register, export),
        rows_in=schedule.rows_in,
        rows_taken=schedule.rows_taken,
    )


def _placed(
    rows: pa.Table, schema: pa.Schema, file: str, register: str, export: Export
) -> pa.Table:
    """Rows with their place; the day a schedule states itself holds against the one given."""
    own = rows["as_at"]
    as_at = pc.fill_null(own, export.as_at) if export.as_at is not None else own
    iso = pc.cast(as_at, pa.string())
    filled: dict[str, Any] = {
        "register": pa.repeat(register, rows.num_rows),
        "file": pa.repeat(file, rows.num_rows),
        "export": pc.fill_null(iso, export.name),
        "export_order": pc.fill_null(iso, export.order),
        "as_at": as_at,
    }
    columns = [filled[name] if name in filled else rows[name] for name in schema.names]
    return pa.table(columns, schema=schema)
