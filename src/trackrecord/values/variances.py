"""Published variances against the columns they come from: which way their sign points.

Positive is later, or dearer, here.  Sources that publish planned minus actual, or no sign at all,
are recognised by comparing each published value with actual minus planned over all rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, Literal, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from trackrecord.layout import FIELDS, ColumnMapping
from trackrecord.values.currencies import minor_units

Direction = Literal["as published", "flipped", "unsigned"]

PARENTS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "cost_variance": tuple(
        (later, earlier)
        for later in ("cost_actual", "forecast_cost")
        for earlier in ("original_cost", "current_cost", "planned_cost")
    ),
    "cost_change": (
        ("forecast_cost", "original_cost"),
        ("current_cost", "original_cost"),
        ("forecast_cost", "planned_cost"),
        ("forecast_cost", "current_cost"),
    ),
    "finish_variance_days": tuple(
        (later, earlier)
        for later in ("finished", "forecast_finish")
        for earlier in ("original_finish", "current_finish", "planned_finish")
    ),
    "finish_change_days": (
        ("forecast_finish", "original_finish"),
        ("current_finish", "original_finish"),
        ("forecast_finish", "planned_finish"),
        ("forecast_finish", "current_finish"),
    ),
}
"""A published variance -> the pairs of fields it may be the difference of, later minus earlier."""


def differences(
    columns: Mapping[str, pa.Array], later: str, earlier: str
) -> list[float | None] | None:
    """`later` minus `earlier` in every row, in days or minor units; None where a column is lacking."""
    if later not in columns or earlier not in columns:
        return None
    pair = [columns[later], columns[earlier]]
    if not all(pa.types.is_integer(column.type) for column in pair):
        pair = [pc.cast(pc.cast(column, pa.date32(), safe=False), pa.int32()) for column in pair]
    found: list[float | None] = pc.cast(pc.subtract(*pair), pa.float64()).to_pylist()
    return found


_ENOUGH_ROWS = 3
_AGREE = 0.8
_MOST_DECIMALS = 4
_EXACTLY = 1e-6


class Settled(NamedTuple):
    """Which way a published variance points, and the pair of fields it is the difference of."""

    direction: Direction
    later: str
    earlier: str


def settled(column: ColumnMapping, columns: Mapping[str, pa.Array]) -> Settled | None:
    """What the other columns of the sheet show of a published variance; None where nothing.

    columns: field -> values, this one's read as its mapping says.
    """
    assert column.field
    money = FIELDS[column.field] == "money"
    unit = float(column.worth * minor_units(column.currency)) if money else 1.0
    published = columns[column.field].to_pylist()
    tolerance = 0.51 * _step(published, unit)
    for later, earlier in PARENTS[column.field]:
        expected = differences(columns, later, earlier)
        if expected is not None and (found := direction(published, expected, tolerance=tolerance)):
            return Settled(found, later, earlier)
    return None


def _step(published: Iterable[float | None], unit: float) -> float:
    """What the last printed digit of the values is worth: how far rounding may have taken them."""
    values = [value / unit for value in published if value is not None]
    for decimals in range(_MOST_DECIMALS):
        shifted = [value * 10.0**decimals for value in values]
        if all(abs(value - round(value)) < _EXACTLY for value in shifted):
            return unit / 10.0**decimals
    return unit / 10.0**_MOST_DECIMALS


def direction(
    published: Sequence[float | None], differences: Sequence[float | None], *, tolerance: float
) -> Direction | None:
    """Which way the published values point; None where they are not those differences.

    tolerance: how far rounding may take a value from its difference, in the same unit; one per cent
    of the difference is allowed besides.
    """
    pairs = [
        (p, d)
        for p, d in zip(published, differences, strict=True)
        if p is not None and d is not None and abs(d) > tolerance
    ]
    if len(pairs) < _ENOUGH_ROWS:
        return None

    def share(agrees: Callable[[float, float], float]) -> float:
        near = sum(abs(agrees(p, d)) <= tolerance + 0.01 * abs(d) for p, d in pairs)
        return near / len(pairs)

    same, opposite = share(lambda p, d: p - d), share(lambda p, d: p + d)
    if max(same, opposite) >= _AGREE:
        return "as published" if same >= opposite else "flipped"
    unsigned = share(lambda p, d: abs(p) - abs(d))
    return "unsigned" if unsigned >= _AGREE and all(p >= 0 for p, _ in pairs) else None


def signed(
    magnitudes: Iterable[float | None], differences: Iterable[float | None]
) -> list[float | None]:
    """Magnitudes with the signs of the differences; missing where the difference is unknown."""
    return [
        None if m is None or d is None else (-abs(m) if d < 0 else abs(m))
        for m, d in zip(magnitudes, differences, strict=True)
    ]
