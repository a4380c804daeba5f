"""The rows behind a figure, down to file and row: read from what the worker wrote beside the edition.

No engine is needed to read it, so a page may.  `evidence/picking.py` says where what lies.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backing.evidence import picking
from backing.evidence.models import Edition
from trackrecord.figure import Figure

if TYPE_CHECKING:
    import pyarrow as pa

_FEWEST_FOR_HALF = 8
_SHORTFALL = "benefit_shortfall"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One project, or item, behind a figure, and where it stands in a file.

    value, base: as the Record holds them (days, hours, minor units of money); base is None where the
    value is not set against one.
    """

    project: str
    register: str
    key: str
    item: str | None
    file: str
    sheet: str
    row: int
    export: str
    value: float | int | None
    base: float | int | None

    @property
    def place(self) -> str:
        """As a page prints it: file, sheet, row."""
        return place_of(self.file, self.sheet, self.row)

    def counted(self, figure: Figure) -> float | None:
        """The value as the figure counts it: a share is one above its base."""
        return _counted(self.value, self.base, figure)


def rows(
    edition: Edition,
    figure: Figure,
    limit: int | None = None,
    *,
    offset: int = 0,
    only: Collection[str] | None = None,
) -> list[Row]:
    """What stands behind a figure of the edition, the largest value first; at most `limit`.

    only: the ids of the projects that may be listed; None for all.
    Nothing while the rows are still being listed (`Edition.has_rows`).
    """
    found = _listed(edition, figure, only)
    if found is None:
        return []
    return [_row(each) for each in _in_order(found, figure).slice(offset, limit).to_pylist()]


def count(edition: Edition, figure: Figure, *, only: Collection[str] | None = None) -> int:
    """How many rows `rows` would give."""
    found = _listed(edition, figure, only)
    return 0 if found is None else int(found.num_rows)


def values(edition: Edition, figure: Figure) -> list[tuple[str, float, str]]:
    """Key, value as the figure counts it, and place of every row that has one, the largest first.

    The same as of `rows`, for pictures of ten thousand projects: column by column is many times as quick.
    """
    found = picking.picked(edition, figure)
    if found is None:
        return []
    found = _in_order(found, figure)
    names = ("key", "value", "file", "sheet", "row")
    columns = [found[name].to_pylist() for name in names]
    columns.append(
        found["base"].to_pylist() if "base" in found.column_names else [None] * len(found)
    )
    return [
        (key, counted, place_of(file, sheet, row))
        for key, value, file, sheet, row, base in zip(*columns, strict=True)
        if (counted := _counted(value, base, figure)) is not None
    ]


def place_of(file: str, sheet: str | None, row: int) -> str:
    """File, sheet and row, as a page prints them."""
    return f"{file}, {sheet}, row {row}" if sheet else f"{file}, row {row}"


def half(edition: Edition, figure: Figure) -> tuple[float, float] | None:
    """The values between which at least half of the rows lie, as the figure counts them.

    They are values of rows: the ones a quarter from either end.  None for fewer than eight rows.
    """
    found = picking.picked(edition, figure)
    if found is None or found.num_rows < _FEWEST_FOR_HALF:
        return None
    ordered = sorted(
        value
        for each in found.select(
            [name for name in ("value", "base") if name in found.column_names]
        ).to_pylist()
        if (value := _counted(each["value"], each.get("base"), figure)) is not None
    )
    quarter = len(ordered) // 4
    return (ordered[quarter], ordered[-1 - quarter]) if ordered else None


def _in_order(found: pa.Table, figure: Figure) -> pa.Table:
    """The rows with the largest value first, as the figure counts it."""
    import pyarrow as pa
    import pyarrow.compute as pc

    by = found["value"]
    if figure.unit == "share" and "base" in found.column_names:
        base = found["base"].cast(pa.float64())
        by = pc.if_else(pc.equal(base, 0), None, pc.divide(by.cast(pa.float64()), base))
    falling = not figure.measure.startswith(_SHORTFALL)
    order = [("counted", "descending" if falling else "ascending"), ("project", "ascending")]
    if "item_id" in found.column_names:
        order.append(("item_id", "ascending"))
    return found.append_column("counted", by).sort_by(order)


def _row(each: dict[str, Any]) -> Row:
    return Row(
        **{name: each[name] for name in picking.PLACE},
        item=each.get("item_id"),
        value=each["value"],
        base=each.get("base"),
    )


def _counted(value: float | None, base: float | None, figure: Figure) -> float | None:
    if value is None or figure.unit != "share" or not base:
        return value
    if figure.measure.startswith(_SHORTFALL):  # what is lacking, where others say what is above
        return 1 - value / base
    return value / base - 1


def _listed(edition: Edition, figure: Figure, only: Collection[str] | None) -> pa.Table | None:
    found = picking.picked(edition, figure)
    if found is None or only is None:
        return found
    import pyarrow as pa
    import pyarrow.compute as pc

    allowed = pa.array(sorted(only), pa.string())
    return found.filter(pc.is_in(found["project"], value_set=allowed))
