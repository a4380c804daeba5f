"""Where a row comes from, and which export it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from trackrecord.tables import PLACE, TABLES

PLACE_SCHEMA: Final = pa.schema(PLACE)

_NUMBER: Final = re.compile(r"\d+")
_DIGITS: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One export of a register, where its rows do not say their own day.

    name: the file's, with the sheet's where several alike sheets of one file are exports.
    as_at: the day it speaks of; None where nobody knows.
    """

    name: str
    as_at: date | None = None

    @property
    def order(self) -> str:
        """Sorts exports in time: an ISO date, or the name with its numbers padded.

        An export without a date is older than every dated one of its register: a date that is
        known outweighs a file's name.  Hence the leading minus, which sorts before any digit.
        """
        if self.as_at is not None:
            return self.as_at.isoformat()
        padded = _NUMBER.sub(lambda number: number.group().zfill(_DIGITS), self.name)
        return f"-{padded.casefold()}"


def place(
    *,
    register: str,
    keys: pa.Array,
    file: str,
    sheet: str,
    rows: pa.Array,
    days: pa.Array | None,
    export: Export,
) -> pa.Table:
    """The columns of `tables.PLACE`, one row for each of `keys`.

    days: the day each row says it speaks of (date32), where a column does; blanks are `export`'s.
    """
    count = len(keys)
    own = pa.nulls(count, pa.date32()) if days is None else days
    as_at = pc.fill_null(own, export.as_at) if export.as_at is not None else own
    iso = pc.cast(as_at, pa.string())
    columns = [
        pa.repeat(register, count),
        keys,
        pa.repeat(file, count),
        pa.repeat(sheet, count),
        pc.cast(rows, pa.int32()),
        pc.fill_null(iso, export.name),
        pc.fill_null(iso, export.order),
        as_at,
    ]
    return pa.table(columns, schema=PLACE_SCHEMA)


def row_numbers(rows: object) -> pa.Array:
    """The row numbers of a sheet as an array."""
    return pa.array(np.asarray(rows, dtype=np.int32))


def canonical(table: str, place: pa.Table, **columns: pa.Array) -> pa.Table:
    """Rows of a canonical table: their place, and its columns; one not given is missing."""
    schema = TABLES[table]
    given: dict[str, pa.Array | pa.ChunkedArray] = {
        **dict(zip(place.column_names, place.columns, strict=True)),
        **columns,
    }
    return pa.table(
        [
            given[field.name] if field.name in given else pa.nulls(place.num_rows, field.type)
            for field in schema
        ],
        schema=schema,
    )
