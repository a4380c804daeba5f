"""Which way published variances point, by the columns they come from."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from trackrecord.layout import FIELDS, ColumnMapping, SheetMapping
from trackrecord.readers.source import Sheet
from trackrecord.values.currencies import minor_units
from trackrecord.values.reading import typed
from trackrecord.values.variances import PARENTS, direction

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
    tolerance = 0.51 * column.scale * (minor_units(column.currency) if money else 1)
    for later, earlier in PARENTS[column.field]:
        if later not in values or earlier not in values:
            continue
        pairs = zip(values[later].to_pylist(), values[earlier].to_pylist(), strict=True)
        differences = [
            None if a is None or b is None else float(a - b if money else (a - b).days)
            for a, b in pairs
        ]
        found = direction(values[column.field].to_pylist(), differences, tolerance=tolerance)
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
