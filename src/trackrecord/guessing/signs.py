"""Which way published variances point: by the columns they come from, else by their headers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pyarrow as pa

from trackrecord.layout import ColumnMapping, SheetMapping, Sign
from trackrecord.readers.source import Sheet
from trackrecord.values.reading import typed
from trackrecord.values.variances import PARENTS, Direction, settled
from trackrecord.vocabulary import header_of, language_of

_WORDS = {
    "as published": "as {later} minus {earlier}",
    "flipped": "as {earlier} minus {later}, so its sign is turned",
    "unsigned": "without a sign, which is taken from {later} minus {earlier}",
}
_SIGNS: Final[Mapping[Direction, Sign | None]] = {
    "as published": 1,
    "flipped": -1,
    "unsigned": None,
}


def with_signs(sheet: Sheet, mapping: SheetMapping) -> SheetMapping:
    """The mapping with `sign` and `magnitude` settled for the published variances that want them."""
    open_ones = [column for column in mapping if _wants_sign(column)]
    if not open_ones:
        return mapping
    needed = {c.field for c in open_ones} | {
        field for c in open_ones for pair in PARENTS[c.field or ""] for field in pair
    }
    values = typed(
        sheet, replace(mapping, columns=tuple(c for c in mapping if c.field in needed))
    ).columns
    language = language_of(sheet.header)
    return replace(
        mapping,
        columns=tuple(
            _signed(c, values, language) if _wants_sign(c) else c for c in mapping.columns
        ),
    )


def _wants_sign(column: ColumnMapping) -> bool:
    return column.field in PARENTS and column.sign is None and not column.magnitude


def _signed(column: ColumnMapping, values: Mapping[str, pa.Array], language: str) -> ColumnMapping:
    found = settled(column, values)
    if found is None:
        if not header_of(column.header, language).says("delay"):
            return column
        words = "as the header says: positive is later, or dearer"
        return replace(column, sign=1, because=f"{column.because}; published {words}")
    words = _WORDS[found.direction].format(later=found.later, earlier=found.earlier)
    return replace(
        column,
        sign=_SIGNS[found.direction],
        magnitude=found.direction == "unsigned",
        because=f"{column.because}; published {words}",
    )
