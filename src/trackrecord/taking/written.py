"""What people wrote, beside the facts; and the columns somebody asked to compare by."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from trackrecord.tables import TABLES, WORDS
from trackrecord.taking.columns import Columns


def words(
    columns: Columns, texts: Mapping[str, pa.Array], place: pa.Table, ids: pa.Array
) -> pa.Table:
    """One row a text, in the shape of `tables.WORDS`."""
    return _long(columns, texts, place, ids, WORDS)


def groups(
    columns: Columns, values: Mapping[str, pa.Array], place: pa.Table, ids: pa.Array
) -> pa.Table:
    """One row a value, in the shape of the table `groups`."""
    return _long(columns, values, place, ids, TABLES["groups"])


def _long(
    columns: Columns,
    texts: Mapping[str, pa.Array],
    place: pa.Table,
    ids: pa.Array,
    schema: pa.Schema,
) -> pa.Table:
    rows = []
    for name, cells in texts.items():
        cells = columns.narrowed(cells)
        filled = pc.is_valid(cells)
        whole = pa.table(
            [*place.columns, ids, pa.repeat(name, len(cells)), cells],
            schema=schema,
        )
        rows.append(whole if cells.null_count == 0 else whole.filter(filled))
    return pa.concat_tables(rows) if rows else schema.empty_table()
