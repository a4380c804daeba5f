"""Laying values over single cells of a large table."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from trackrecord.decisions import Value

Changes = dict[str, dict[int, Value]]
"""column -> position of the row -> the value that holds there."""


def touched(rows: pa.RecordBatch | pa.Table, keys: pa.Array) -> pa.Array:
    """Positions of the rows whose key is one of `keys`, whatever their register."""
    return pc.indices_nonzero(pc.is_in(rows["key"], value_set=keys))


def laid(batch: pa.RecordBatch, changes: Mapping[str, Mapping[int, Value]]) -> pa.RecordBatch:
    """The batch with the changes laid over it; every other column is the same memory."""
    for column, values in changes.items():
        place = batch.schema.get_field_index(column)
        mask = np.zeros(batch.num_rows, dtype=np.bool_)
        mask[list(values)] = True
        new = pa.array([values[position] for position in sorted(values)], batch[column].type)
        changed = pc.replace_with_mask(batch[column], pa.array(mask), new)
        batch = batch.set_column(place, batch.schema.field(place), changed)
    return batch
