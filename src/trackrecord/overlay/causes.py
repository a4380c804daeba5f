"""Causes that people agreed, beside those that takes state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import pyarrow as pa

from trackrecord.decisions import CauseAgreed
from trackrecord.keys import Key
from trackrecord.overlay.cells import Changes, laid, touched
from trackrecord.tables import TABLES

DECIDED: Final = "decision"  # the "file" of a row that a decision adds


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
    stated = {_pair(row) for row in causes.take(touched(causes, keys)).to_pylist()}
    places = _latest_places(projects, keys)
    added = [
        _added(each, places[each.project])
        for pair, each in sorted(decided.items(), key=lambda item: item[0])
        if pair not in stated and each.project in places
    ]
    rows = pa.Table.from_batches(batches, schema=causes.schema)
    return pa.concat_tables([rows, pa.Table.from_pylist(added, schema=causes.schema)])


def _agreed(
    batch: pa.RecordBatch, decided: Mapping[tuple[Key, str], CauseAgreed], keys: pa.Array
) -> pa.RecordBatch:
    positions = touched(batch, keys)
    changes: Changes = {}
    for position, row in zip(positions.to_pylist(), batch.take(positions).to_pylist(), strict=True):
        each = decided.get(_pair(row))
        if each is None:
            continue
        said = {"agreed": each.agreed, "weight": each.weight, "share_of_loss": each.share_of_loss}
        for column, value in said.items():
            if value is not None:
                changes.setdefault(column, {})[position] = value
    return laid(batch, changes)


def _pair(row: Mapping[str, Any]) -> tuple[Key, str]:
    return Key(row["register"], row["key"]), row["cause"]


def _latest_places(projects: pa.Table, keys: pa.Array) -> dict[Key, Mapping[str, Any]]:
    """The latest row of each project whose key is one of `keys`."""
    rows = projects.take(touched(projects, keys)).to_pylist()
    in_time = sorted(rows, key=lambda row: row["export_order"])
    return {Key(row["register"], row["key"]): row for row in in_time}


def _added(cause: CauseAgreed, place: Mapping[str, Any]) -> dict[str, Any]:
    """A row of `causes` for a decision, in the export that `place` is of."""
    row = {
        **{name: place[name] for name in ("register", "key", "export", "export_order", "as_at")},
        "file": DECIDED,
        "sheet": "",
        "row": 0,
        "cause": cause.cause,
        "weight": cause.weight,
        "share_of_loss": cause.share_of_loss,
        "coded_by": cause.by,
        "agreed": cause.agreed,
    }
    return {name: row[name] for name in TABLES["causes"].names}
