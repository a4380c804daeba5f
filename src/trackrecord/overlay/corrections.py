"""Corrections of cells: where they hold, and how they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pyarrow as pa

from trackrecord.decisions import Correction, Value
from trackrecord.keys import Key
from trackrecord.overlay.cells import Changes, laid, touched

Standing = Literal["holds", "lapsed", "idle"]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A correction, and how it stands today.

    standing: "holds" while the latest row that states the cell still says what the correction says
    it was; "lapsed" when the source has changed since, to `now` (older rows that still say the old
    value stay corrected); "idle" while no take has the project.
    file, sheet, row: where `now` stands.
    """

    correction: Correction
    standing: Standing
    now: Value = None
    file: str = ""
    sheet: str = ""
    row: int = 0


def latest(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """One correction for each cell and old value: of two that disagree, the later one."""
    chosen: dict[tuple[Key, str, str, str | None, Value], Correction] = {}
    for each in sorted(corrections, key=lambda c: (c.on, c.by, repr(c.is_))):
        chosen[each.project, each.table, each.column, each.item_id, each.was] = each
    return tuple(chosen.values())


def correct(table: pa.Table, name: str, corrections: Iterable[Correction]) -> pa.Table:
    """A canonical table with the corrections of its cells laid over it.

    A correction holds in every row of its project that still says `was`.  A corrected start or
    finish takes the project's duration along.
    """
    mine = [each for each in corrections if each.table == name]
    if not mine or table.num_rows == 0:
        return table
    keys = pa.array(sorted({each.project.key for each in mine}), pa.string())
    batches = [_corrected(batch, name, mine, keys) for batch in table.to_batches()]
    return pa.Table.from_batches(batches, schema=table.schema)


def standings(
    tables: Mapping[str, pa.Table], corrections: Iterable[Correction]
) -> tuple[Corrected, ...]:
    """How each correction stands against uncorrected tables, in the order given."""
    corrections = tuple(corrections)
    rows = {
        name: _rows_of(tables[name], [each for each in corrections if each.table == name])
        for name in {each.table for each in corrections}
    }
    return tuple(_standing(each, rows[each.table]) for each in corrections)


def _corrected(
    batch: pa.RecordBatch, name: str, corrections: Sequence[Correction], keys: pa.Array
) -> pa.RecordBatch:
    positions = touched(batch, keys)
    rows: dict[int, Row] = dict(
        zip(positions.to_pylist(), batch.take(positions).to_pylist(), strict=True)
    )
    changes: Changes = {}
    for each in corrections:
        for position, row in rows.items():
            if _is_of(each, row) and row[each.column] == each.was:
                changes.setdefault(each.column, {})[position] = each.is_
    if name == "projects":
        _take_duration_along(changes, rows)
    return laid(batch, changes)


def _is_of(correction: Correction, row: Row) -> bool:
    if row["key"] != correction.project.key or row["register"] != correction.project.register:
        return False
    return correction.item_id is None or row.get("item_id") == correction.item_id


def _take_duration_along(changes: Changes, rows: Mapping[int, Row]) -> None:
    """A duration that was worked out from the dates follows them; a published one stays."""
    moved = {*changes.get("started", {}), *changes.get("finished", {})}
    for position in moved - {*changes.get("duration_days", {})}:
        row = rows[position]
        if row["duration_days"] != _days_between(row["started"], row["finished"]):
            continue
        dates = (changes.get(each, {}).get(position, row[each]) for each in ("started", "finished"))
        changes.setdefault("duration_days", {})[position] = _days_between(*dates)


def _days_between(started: Any, finished: Any) -> int | None:
    possible = started is not None and finished is not None and finished >= started
    return (finished - started).days if possible else None


def _rows_of(table: pa.Table, corrections: Sequence[Correction]) -> dict[Key, list[Row]]:
    keys = pa.array(sorted({each.project.key for each in corrections}), pa.string())
    found: dict[Key, list[Row]] = {}
    for row in table.take(touched(table, keys)).to_pylist():
        found.setdefault(Key(row["register"], row["key"]), []).append(row)
    return found


def _standing(correction: Correction, rows: Mapping[Key, list[Row]]) -> Corrected:
    mine = [row for row in rows.get(correction.project, []) if _is_of(correction, row)]
    if correction.was is not None:
        mine = [row for row in mine if row[correction.column] is not None] or mine
    if not mine:
        return Corrected(correction=correction, standing="idle")
    newest = max(row["export_order"] for row in mine)
    today = [row for row in mine if row["export_order"] == newest]
    if any(row[correction.column] == correction.was for row in today):
        return Corrected(correction=correction, standing="holds")
    last = max(today, key=lambda row: (row["file"], row["sheet"], row["row"]))
    return Corrected(
        correction=correction,
        standing="lapsed",
        now=last[correction.column],
        file=last["file"],
        sheet=last["sheet"],
        row=last["row"],
    )
