"""What decisions lay over the tables of the takes; no take is ever rewritten.

Only the parts of a table that hold a decision's project are copied, and of those only the columns
that change: a union of a hundred million rows stays where it lies.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import pyarrow as pa
import pyarrow.compute as pc

from trackrecord.decisions import CauseAgreed, Correction, Value
from trackrecord.keys import Key
from trackrecord.tables import TABLES

Standing = Literal["holds", "lapsed", "idle"]

_DECIDED: Final = "decision"  # the "file" of a row that a decision adds


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


def with_causes(causes: pa.Table, agreed: Iterable[CauseAgreed], projects: pa.Table) -> pa.Table:
    """The causes that takes state and those that people agreed.

    A decision about a cause a take states fills its `agreed` (and weight and share where it says
    so); one about another cause adds a row to the project's latest export.  Of two decisions about
    one project's cause the later one holds.
    """
    decided: dict[tuple[Key, str], CauseAgreed] = {}
    for each in sorted(agreed, key=lambda cause: (cause.on, cause.by, cause.agreed)):
        decided[each.project, each.cause] = each
    if not decided:
        return causes
    keys = pa.array(sorted({key.key for key, _ in decided}), pa.string())
    batches = [_agreed(batch, decided, keys) for batch in causes.to_batches()]
    met = _met(causes, decided, keys)
    places = _latest_places(projects, {key for key, _ in decided}, keys)
    added = [
        _added(each, places[each.project])
        for pair, each in sorted(decided.items())
        if pair not in met and each.project in places
    ]
    stated = pa.Table.from_batches(batches, schema=causes.schema)
    return pa.concat_tables([stated, pa.Table.from_pylist(added, schema=causes.schema)])


def _touched(rows: pa.RecordBatch | pa.Table, keys: pa.Array) -> list[int]:
    """Positions of the rows whose key is one of `keys`, whatever their register."""
    among = pc.is_in(rows["key"], value_set=keys)
    positions: list[int] = pc.indices_nonzero(among).to_pylist()
    return positions


def _corrected(
    batch: pa.RecordBatch, name: str, corrections: Sequence[Correction], keys: pa.Array
) -> pa.RecordBatch:
    positions = _touched(batch, keys)
    if not positions:
        return batch
    rows = batch.take(pa.array(positions)).to_pylist()
    changes: dict[str, dict[int, Value]] = {}
    for each in corrections:
        for position, row in zip(positions, rows, strict=True):
            if _is_of(each, row) and row[each.column] == each.was:
                changes.setdefault(each.column, {})[position] = each.is_
    if name == "projects":
        _take_duration_along(changes, dict(zip(positions, rows, strict=True)))
    for column, values in changes.items():
        place = batch.schema.get_field_index(column)
        batch = batch.set_column(place, batch.schema.field(place), _laid(batch[column], values))
    return batch


def _is_of(correction: Correction, row: Mapping[str, object]) -> bool:
    if row["key"] != correction.project.key or row["register"] != correction.project.register:
        return False
    return correction.item_id is None or row.get("item_id") == correction.item_id


def _take_duration_along(
    changes: dict[str, dict[int, Value]], rows: Mapping[int, Mapping[str, object]]
) -> None:
    """A duration that was worked out from the dates follows them; a corrected one stays."""
    moved = {*changes.get("started", {}), *changes.get("finished", {})}
    for position in sorted(moved - {*changes.get("duration_days", {})}):
        row = rows[position]
        started = changes.get("started", {}).get(position, row["started"])
        finished = changes.get("finished", {}).get(position, row["finished"])
        days = (finished - started).days if started and finished else None  # type: ignore[operator]
        possible = days if days is not None and days >= 0 else None
        changes.setdefault("duration_days", {})[position] = possible


def _laid(column: pa.Array, values: Mapping[int, Value]) -> pa.Array:
    """The column with `values` at their positions, everything else as it is."""
    positions = sorted(values)
    which = [None] * len(column)
    mask = [False] * len(column)
    for number, position in enumerate(positions):
        which[position], mask[position] = number, True  # type: ignore[call-overload]
    new = pa.array([values[position] for position in positions], column.type)
    return pc.if_else(pa.array(mask), new.take(pa.array(which, pa.int64())), column)


def _rows_of(
    table: pa.Table, corrections: Sequence[Correction]
) -> dict[Key, list[dict[str, Value]]]:
    keys = pa.array(sorted({each.project.key for each in corrections}), pa.string())
    rows = table.take(pa.array(_touched(table, keys), pa.int64())).to_pylist()
    found: dict[Key, list[dict[str, Value]]] = {}
    for row in rows:
        found.setdefault(Key(row["register"], row["key"]), []).append(row)
    return found


def _standing(correction: Correction, rows: Mapping[Key, list[dict[str, Value]]]) -> Corrected:
    mine = [row for row in rows.get(correction.project, []) if _is_of(correction, row)]
    if correction.was is not None:
        mine = [row for row in mine if row[correction.column] is not None] or mine
    if not mine:
        return Corrected(correction=correction, standing="idle")
    newest = max(str(row["export_order"]) for row in mine)
    today = [row for row in mine if row["export_order"] == newest]
    if any(row[correction.column] == correction.was for row in today):
        return Corrected(correction=correction, standing="holds")
    last = max(today, key=lambda row: (str(row["file"]), str(row["sheet"]), row["row"] or 0))
    return Corrected(
        correction=correction,
        standing="lapsed",
        now=last[correction.column],
        file=str(last["file"]),
        sheet=str(last["sheet"]),
        row=int(str(last["row"] or 0)),
    )


def _agreed(
    batch: pa.RecordBatch, decided: Mapping[tuple[Key, str], CauseAgreed], keys: pa.Array
) -> pa.RecordBatch:
    positions = _touched(batch, keys)
    if not positions:
        return batch
    changes: dict[str, dict[int, Value]] = {}
    for position, row in zip(positions, batch.take(pa.array(positions)).to_pylist(), strict=True):
        each = decided.get((Key(row["register"], row["key"]), row["cause"]))
        if each is None:
            continue
        said = {"agreed": each.agreed, "weight": each.weight, "share_of_loss": each.share_of_loss}
        for column, value in said.items():
            if value is not None:
                changes.setdefault(column, {})[position] = value
    for column, values in changes.items():
        place = batch.schema.get_field_index(column)
        batch = batch.set_column(place, batch.schema.field(place), _laid(batch[column], values))
    return batch


def _met(
    causes: pa.Table, decided: Mapping[tuple[Key, str], CauseAgreed], keys: pa.Array
) -> set[tuple[Key, str]]:
    """The decisions that found their cause stated by a take."""
    rows = causes.take(pa.array(_touched(causes, keys), pa.int64())).to_pylist()
    stated = {(Key(row["register"], row["key"]), row["cause"]) for row in rows}
    return stated & set(decided)


def _latest_places(
    projects: pa.Table, whose: set[Key], keys: pa.Array
) -> dict[Key, dict[str, Value]]:
    rows = projects.take(pa.array(_touched(projects, keys), pa.int64())).to_pylist()
    places: dict[Key, dict[str, Value]] = {}
    for row in sorted(rows, key=lambda row: row["export_order"]):
        key = Key(row["register"], row["key"])
        if key in whose:
            places[key] = row
    return places


def _added(cause: CauseAgreed, place: Mapping[str, Value]) -> dict[str, Value]:
    here = {name: place[name] for name in ("register", "key", "export", "export_order", "as_at")}
    row: dict[str, Value] = {
        **here,
        "file": _DECIDED,
        "sheet": "",
        "row": 0,
        "cause": cause.cause,
        "weight": cause.weight,
        "share_of_loss": cause.share_of_loss,
        "coded_by": cause.by,
        "agreed": cause.agreed,
    }
    return {name: row.get(name) for name in TABLES["causes"].names}
