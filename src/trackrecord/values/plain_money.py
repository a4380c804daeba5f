"""Columns of money whose cells are bare numbers, as workbooks and Parquet files mostly hold them.

Their amounts are nearly all distinct, so that reading each distinct cell once saves nothing: the
column is reckoned whole.  It comes to the same as `number_columns.read_money`, cell by cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from trackrecord.layout import ColumnMapping
from trackrecord.readers.source import Sheet
from trackrecord.values.cells import Column
from trackrecord.values.currencies import minor_units, same_currency
from trackrecord.values.gaps import MISSING, Fault, Gap

LARGEST: Final = 2**62
OTHER_CURRENCY: Final = Fault(
    "two-currencies",
    "the currency of the row's other amounts",
    "State all amounts of a row in one currency.",
)
TOO_LARGE: Final = Fault("not-an-amount", "an amount of money", "Correct the amount.")

_BARE: Final = frozenset({float, int, type(None)})


@dataclass(frozen=True, slots=True, eq=False)
class PlainMoney:
    """A column of bare numbers: `values` in major units, NaN where a record has none."""

    mapping: ColumnMapping
    column: Column[float]
    values: npt.NDArray[np.float64]

    @property
    def currencies(self) -> list[str | None]:
        """The currency of each record: the column's wherever it has an amount."""
        own = self.mapping.currency
        return [None if missing else own for missing in np.isnan(self.values).tolist()]

    def in_minor_units(
        self, currencies: Sequence[str | None]
    ) -> tuple[pa.Array, list[tuple[int, Fault]]]:
        """Minor units of each record's currency; places and faults of those that have none."""
        fits = {one: same_currency(self.mapping.currency, one) for one in set(currencies)}
        units = {one: minor_units(one) for one in fits}
        fitting = np.array([fits[one] for one in currencies], dtype=np.bool_)
        with np.errstate(over="ignore"):  # what overflows is too large, and said to be
            amounts = self.values * np.array([units[one] for one in currencies], dtype=np.int64)
        sound = fitting & (np.abs(amounts) < LARGEST)
        faults = [
            (int(at), TOO_LARGE if fitting[at] else OTHER_CURRENCY)
            for at in np.flatnonzero(~sound & ~np.isnan(self.values))
        ]
        # A half goes to the even neighbour, as Python's round has it.
        minor = np.rint(np.where(sound, amounts, 0.0)).astype(np.int64)
        return pa.array(minor, mask=~sound), faults


def read_plain_money(sheet: Sheet, mapping: ColumnMapping) -> PlainMoney | None:
    """The column as bare numbers; None where any cell is something else."""
    cells = sheet.columns[sheet.header.index(mapping.header)]
    if not _BARE.issuperset(map(type, cells)):
        return None
    bare = np.array(cells, dtype=np.float64)
    missing = cells.count(None)
    if np.count_nonzero(np.isfinite(bare)) + missing < len(cells):
        return None
    column: Column[float] = Column(
        sheet, mapping.header, cells, {None: Gap(MISSING)} if missing else {}
    )
    with np.errstate(over="ignore"):
        return PlainMoney(mapping, column, bare * (mapping.turn * mapping.worth))
