"""Canonical tables of a few rows, for worked examples: what a test does not say is blank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from trackrecord.figure import Figure
from trackrecord.tables import TABLES

Row = Mapping[str, Any]


def tables(**rows: Sequence[Row]) -> dict[str, pa.Table]:
    """Tables by name; each row has a place of its own unless it says otherwise."""
    return {name: _table(name, of) for name, of in rows.items()}


def figure(
    figures: Sequence[Figure],
    measure: str,
    *,
    baseline: str | None = None,
    group: str | None = None,
    by: str | None = None,
) -> Figure:
    """The one Figure of a measure, baseline and group."""
    (found,) = (
        each
        for each in figures
        if (each.measure, each.baseline, each.group) == (measure, baseline, group)
        and by in (None, each.by)
    )
    return found


def _table(name: str, rows: Sequence[Row]) -> pa.Table:
    blank = dict.fromkeys(TABLES[name].names)
    place = {
        "register": "register",
        "file": f"{name}.csv",
        "sheet": "",
        "export": "2024-12-31",
        "export_order": "2024-12-31",
    }
    full = [
        {**blank, **place, "row": number + 2, **_ordered(row)} for number, row in enumerate(rows)
    ]
    return pa.Table.from_pylist(full, schema=TABLES[name])


def _ordered(row: Row) -> Row:
    """An export sorts by its own name unless the row says otherwise."""
    return {"export_order": row["export"], **row} if "export" in row else row
