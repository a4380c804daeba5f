"""Every project, or item, with the value it gives to each quantity: what stands behind most figures, at once.

For those who keep figures and must later list the rows of any of them without an engine at hand: one
query instead of one a figure.  `behind.rows` answers for a single figure, and for the few that are not
about one quantity a project.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import ibis.expr.types as ir
import pyarrow as pa

from trackrecord.in_time import PLACE
from trackrecord.measures.basis import NO_CURRENCY, Against, Basis, Level, against, quantity_of
from trackrecord.measures.measure import Measure, Quantity

_NAMED: Final = ("project", *PLACE)
_ITEM: Final = ("item_id",)


def column(quantity: str, baseline: Against, part: str) -> str:
    """What a quantity's column is called; part: "value" or "base"."""
    return f"{quantity}|{baseline or ''}|{part}"


def listing(basis: Basis, measures: Iterable[Measure], level: Level) -> pa.Table:
    """One row a project, or item, in a total order.

    Columns: project, register, key, file, sheet, row, export (and item_id); currency; by_0, by_1, ...
    as the basis breaks down; and for each quantity and baseline its value and base, blank where it is
    undefined.  Values are as the Record holds them: days, hours, minor units of money.
    """
    table = basis.table(level)
    labels = [f"by_{position}" for position in range(len(basis.by))]
    names = [*_NAMED, *(_ITEM if level == "items" else ()), *labels]
    columns: dict[str, ir.Column] = {name: table[name] for name in names}
    columns["currency"] = table.currency.fill_null(NO_CURRENCY)
    for name, baseline, quantity in _quantities(table, measures, level):
        defined = quantity.undefined == 0
        columns[column(name, baseline, "value")] = defined.ifelse(quantity.value, None)
        if quantity.base is not None:
            columns[column(name, baseline, "base")] = defined.ifelse(quantity.base, None)
    found = basis.engine.fetch(table.select(**columns))
    order = ["project", *(_ITEM if level == "items" else ()), "file", "sheet", "row"]
    return found.sort_by([(name, "ascending") for name in order])


def _quantities(
    table: ir.Table, measures: Iterable[Measure], level: Level
) -> Iterator[tuple[str, Against, Quantity]]:
    seen: set[tuple[str, Against]] = set()
    for measure in measures:
        of = quantity_of(measure, level)
        if of is None:
            continue
        for baseline in against(measure, level):
            if (of.__name__, baseline) not in seen:
                seen.add((of.__name__, baseline))
                yield of.__name__, baseline, of(table, baseline or "original")
