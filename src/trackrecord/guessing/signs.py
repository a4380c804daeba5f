"""Which way published variances point, by the columns they come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pyarrow as pa

from trackrecord.layout import FIELDS, ColumnMapping, SheetMapping
from trackrecord.readers.source import Sheet
from trackrecord.values.currencies import minor_units
from trackrecord.values.reading import typed
from trackrecord.values.variances import PARENTS, differences, direction

_MOST_DECIMALS = 4
_EXACTLY = 1e-6
_WORDS = {
    "as published": "as {later} minus {earlier}",
    "flipped": "as {earlier} minus {later}, so its sign is turned",
    "unsigned": "without a sign, which is taken from {later} minus {earlier}",
}


def with_signs(sheet: Sheet, mapping: SheetMapping) -> SheetMapping:
    """The mapping with `sign` and `magnitude` of its published variances settled."""
    published = [column for column in mapping if column.field in PARENTS]
    if not published:
        return mapping
    needed = {c.field for c in published} | {
        field for c in published for pair in PARENTS[c.field or ""] for field in pair
    }
    values = typed(
        sheet, replace(mapping, columns=tuple(c for c in mapping if c.field in needed))
    ).columns
    return replace(
        mapping,
        columns=tuple(_signed(c, values) if c.field in PARENTS else c for c in mapping.columns),
    )


def _signed(column: ColumnMapping, values: dict[str, pa.Array]) -> ColumnMapping:
    assert column.field
    money = FIELDS[column.field] == "money"
    unit = float(column.scale * minor_units(column.currency)) if money else 1.0
    published = values[column.field].to_pylist()
    tolerance = 0.51 * _step(published, unit)
    for later, earlier in PARENTS[column.field]:
        expected = differences(values, later, earlier)
        if expected is None:
            continue
        found = direction(published, expected, tolerance=tolerance)
        if found is None:
            continue
        words = _WORDS[found].format(later=later, earlier=earlier)
        return replace(
            column,
            sign=-1 if found == "flipped" else 1,
            magnitude=found == "unsigned",
            because=f"{column.because}; published {words}",
        )
    return column


def _step(published: Iterable[float | None], unit: float) -> float:
    """What the last printed digit of the values is worth: how far rounding may have taken them."""
    values = [value / unit for value in published if value is not None]
    for decimals in range(_MOST_DECIMALS):
        shifted = [value * 10.0**decimals for value in values]
        if all(abs(value - round(value)) < _EXACTLY for value in shifted):
            return unit / 10.0**decimals
    return unit / 10.0**_MOST_DECIMALS
