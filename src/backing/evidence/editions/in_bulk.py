"""Many rows in the place of those before, written past the ORM; and many JSON objects at once.

A mirror may have hundreds of thousands of rows, all written in the transaction that moves "current":
an object and a dictionary for each would take ten times as long as writing them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection, models

_AT_ONCE: Final = 5_000  # rows a statement


def rewrite(model: type[models.Model], rows: pa.Table) -> int:
    """Put rows in the place of all there are; gives their number.

    rows: a column for each field of the model but its number; text that is longer than its field is cut.
    The caller holds the transaction.
    """
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    quote = connection.ops.quote_name
    table, marks = quote(model._meta.db_table), ", ".join(["%s"] * len(fields))
    names = ", ".join(quote(field.column) for field in fields)
    rows = pa.table({field.name: _fitting(rows[field.name], field.max_length) for field in fields})
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608  # names of our own
        insert = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608  # names of our own
        for some in _batches(rows):
            cursor.executemany(insert, some)
    return int(rows.num_rows)


def _fitting(column: pa.ChunkedArray, longest: int | None) -> pa.ChunkedArray:
    if longest is None or not pa.types.is_string(column.type):
        return column
    return pc.utf8_slice_codeunits(column, 0, longest)


def _batches(rows: pa.Table) -> Iterator[list[tuple[Any, ...]]]:
    for first in range(0, rows.num_rows, _AT_ONCE):
        some = rows.slice(first, _AT_ONCE)
        yield list(zip(*(column.to_pylist() for column in some.columns), strict=True))


def objects(table: pa.Table) -> pa.ChunkedArray:
    """One JSON object a row, by the names of the columns; what is blank is left out."""
    if not table.num_columns:
        return texts(["{}"] * table.num_rows)
    members = [
        pc.fill_null(pc.binary_join_element_wise(f", {json.dumps(name)}: ", value, ""), "")
        for name, value in ((name, _as_json(table[name])) for name in table.column_names)
    ]
    inside = pc.utf8_slice_codeunits(pc.binary_join_element_wise(*members, ""), 2)
    return pc.binary_join_element_wise("{", inside, "}", "")


def _as_json(column: pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Each value as JSON words it; each distinct text is worded once."""
    kind = column.type
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return pc.binary_join_element_wise('"', column.cast(pa.string()), '"', "")
    if not pa.types.is_string(kind):
        return column.cast(pa.string())
    told = column.combine_chunks().dictionary_encode()
    worded = [json.dumps(text, ensure_ascii=False) for text in told.dictionary.to_pylist()]
    return pc.take(pa.array(worded, pa.string()), told.indices)


def texts(values: Sequence[str]) -> pa.ChunkedArray:
    """Texts as a column."""
    return pa.chunked_array([pa.array(values, pa.string())])
