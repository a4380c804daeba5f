"""A sheet and its mapping become typed columns, one value a record."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa

from trackrecord.layout import SheetMapping
from trackrecord.problem import Problem
from trackrecord.readers.source import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The cells of one sheet, read as its mapping says; one value a record in every array.

    columns: field -> values in canonical units: dates date32 (timestamp[s] for `started`,
    `finished` and `due` of a sheet of items), money int64 in minor units, shares float64 as a
    fraction, hours and days float64, text string.  Besides the mapped fields: "currency" wherever
    there is money, "rag_scale" wherever there is "rag" (several rating columns are one here).
    words: "name", "manager", ... or the header of an unmapped column -> strings.
    groups: header of each column marked as a group -> strings.
    keep: whether the record passes the mapping's filters.
    missing: field -> reason ("missing", "withheld", "not applicable", ...) -> how many kept records.
    """

    sheet: Sheet
    mapping: SheetMapping
    columns: dict[str, pa.Array]
    words: dict[str, pa.Array]
    groups: dict[str, pa.Array]
    keep: pa.Array
    problems: tuple[Problem, ...] = ()
    missing: dict[str, dict[str, int]] = field(default_factory=dict)


def typed(sheet: Sheet, mapping: SheetMapping, *, salt: str = "") -> Typed:
    """Reads every cell of `sheet` as `mapping` says; each distinct value is parsed once.

    salt: goes into the opaque ids of people.  Never raises for a cell: what cannot be read is
    missing and has a Problem.  Raises MappingError where the mapping names a column that is not
    there.
    """
    raise NotImplementedError
