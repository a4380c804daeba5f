"""Cells that name causes: "Scope change; supplier" is two of them."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from trackrecord.causes.taxonomy import normalise
from trackrecord.taking.columns import Columns
from trackrecord.taking.place import canonical

CODED_BY_REGISTER: Final = "register"

_BETWEEN: Final = re.compile(r"[;|\r\n]+")


def causes(columns: Columns, place: pa.Table) -> pa.Table:
    """One row for each cause a cell names, by the taxonomy's name or else the user's own word.

    A cause that stands alone is its project's primary one; which of several leads, the cell does
    not say, so they have no weight, and a share of the loss stated beside several is of none of
    them.
    """
    cells = columns.get("cause", pa.string()).dictionary_encode()
    named = [_causes_in(cell) for cell in cells.dictionary.to_pylist()]
    codes = cells.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    counts = np.array([*(len(each) for each in named), 0], dtype=np.int64)[codes]
    parents = np.repeat(np.arange(len(codes)), counts)
    alone = pa.array(counts[parents] == 1)
    shares = columns.get("cause_share", pa.float64()).take(pa.array(parents))
    return canonical(
        "causes",
        place.take(pa.array(parents)),
        cause=pa.array(
            [cause for code in codes if code >= 0 for cause in named[code]], pa.string()
        ),
        weight=_where(alone, pa.repeat("primary", len(parents))),
        share_of_loss=_where(alone, shares),
        coded_by=pa.repeat(CODED_BY_REGISTER, len(parents)),
    )


def _causes_in(cell: str) -> list[str]:
    parts = [part.strip() for part in _BETWEEN.split(cell)]
    return list(dict.fromkeys(normalise(part) or part for part in parts if part))


def _where(mask: pa.Array, values: pa.Array) -> pa.Array:
    return pc.if_else(mask, values, pa.scalar(None, values.type))
