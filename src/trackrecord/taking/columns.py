"""The typed columns of a sheet, narrowed to the rows that are taken."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from trackrecord.values import Typed

LONGEST_DAYS = 1_000_000  # 2,700 years: what lies beyond is no length of a project


class Columns:
    """Fields by name; one that the sheet does not have is missing in every row."""

    def __init__(self, typed: Typed, rows: pa.Array) -> None:
        """rows: positions of the records that are taken, ascending."""
        self._typed = typed
        self._rows = rows
        self._all = len(rows) == len(typed.sheet.rows)

    def __len__(self) -> int:
        return len(self._rows)

    def has(self, *fields: str) -> bool:
        """Whether the sheet has a column for any of `fields`."""
        return any(field in self._typed.columns for field in fields)

    def get(self, field: str, type_: pa.DataType) -> pa.Array:
        """The values of `field`; whole days are rounded from fractions of one."""
        values = self._typed.columns.get(field)
        if values is None:
            return pa.nulls(len(self._rows), type_)
        values = self.narrowed(values)
        if pa.types.is_floating(values.type) and pa.types.is_integer(type_):
            within = pc.less_equal(pc.abs(values), LONGEST_DAYS)
            values = pc.round(pc.if_else(within, values, None))
        return pc.cast(values, type_)

    def first_of(self, fields: Iterable[str], type_: pa.DataType) -> pa.Array:
        """The values of the first of `fields` that the sheet has a column for."""
        for field in fields:
            if self.has(field):
                return self.get(field, type_)
        return pa.nulls(len(self._rows), type_)

    def narrowed(self, values: pa.Array) -> pa.Array:
        """Values of all records, narrowed to the rows that are taken."""
        return values if self._all else values.take(self._rows)


def stated(columns: Iterable[pa.Array], count: int) -> pa.Array:
    """Which of `count` rows have a value in any of `columns`."""
    any_of = pa.repeat(pa.scalar(False), count)
    for column in columns:
        any_of = pc.or_(any_of, pc.is_valid(column))
    return any_of
