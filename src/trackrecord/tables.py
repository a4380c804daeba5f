"""The canonical tables of the Record: their columns, types and units.

Only `projects` is required.  Every row keeps its register, its key as the register states it, and
its place (file, sheet, row).  Facts stand here; names, narratives and unmapped cells stand in
`words`, which no measure reads and no hash covers (design.md 3, "Facts and words apart").

Units: money is int64 in minor units of `currency` (pence, cents); effort, estimates, actuals and
work are hours; shares and per cents are fractions 0-1; dates are calendar days; times of schedule
items are naive timestamps as the schedule states them.

`export` is what users call the export the row came from: its as-at date (ISO), else its file name.
`export_order` sorts exports in time: the as-at date, else the file name with its numbers padded.
`key` is the project's; items carry their own `item_id` as well.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa

PLACE: Final[list[tuple[str, pa.DataType]]] = [
    ("register", pa.string()),
    ("key", pa.string()),
    ("file", pa.string()),
    ("sheet", pa.string()),
    ("row", pa.int32()),
    ("export", pa.string()),
    ("export_order", pa.string()),
    ("as_at", pa.date32()),
]


def _schema(*columns: tuple[str, pa.DataType]) -> pa.Schema:
    return pa.schema([*PLACE, *columns])


TABLES: Final[dict[str, pa.Schema]] = {
    # One row for each project in each export.  state: "open", "finished", "cancelled" or null.
    # manager, sponsor: opaque person ids.  finished is start + duration where only that is given.
    "projects": _schema(
        ("org_unit", pa.string()),
        ("kind", pa.string()),
        ("manager", pa.string()),
        ("sponsor", pa.string()),
        ("state", pa.string()),
        ("started", pa.date32()),
        ("finished", pa.date32()),
        ("duration_days", pa.int32()),
        ("cost_actual", pa.int64()),
        ("currency", pa.string()),
        ("effort_actual", pa.float64()),
        ("benefit_actual", pa.int64()),
    ),
    # One row for each baseline an export states.  stated: "original" (a column that says so),
    # "current" (says so), "planned" (the one plan of this export: the first export's is the
    # original, the last one's the current), "change" (one of a numbered list; seq then says which).
    "baselines": _schema(
        ("stated", pa.string()),
        ("seq", pa.int32()),
        ("approved_on", pa.date32()),
        ("start", pa.date32()),
        ("finish", pa.date32()),
        ("cost", pa.int64()),
        ("currency", pa.string()),
        ("benefit", pa.int64()),
        ("effort", pa.float64()),
        ("reason", pa.string()),
    ),
    # One status report of a project: as_at is its status date.  rag is written Green, Amber/Green,
    # Amber, Amber/Red, Red; rag_scale is "3" or "5", never pooled.  finish_change_days and
    # cost_change are published total changes; positive is later and dearer, whatever the source's
    # sign.
    "reports": _schema(
        ("rag", pa.string()),
        ("rag_scale", pa.string()),
        ("percent_complete", pa.float64()),
        ("pv", pa.int64()),
        ("ev", pa.int64()),
        ("ac", pa.int64()),
        ("forecast_finish", pa.date32()),
        ("forecast_cost", pa.int64()),
        ("currency", pa.string()),
        ("finish_change_days", pa.int32()),
        ("cost_change", pa.int64()),
    ),
    # One cause of one project.  weight: "primary" or "contributing".
    "causes": _schema(
        ("cause", pa.string()),
        ("weight", pa.string()),
        ("share_of_loss", pa.float64()),
        ("coded_by", pa.string()),
        ("agreed", pa.bool_()),
    ),
    # Tasks, issues, work packages.  state as for projects.  duration_days: as published or
    # finished - started; negative values are kept and undefined (nonpositive_duration).
    "items": _schema(
        ("item_id", pa.string()),
        ("kind", pa.string()),
        ("state", pa.string()),
        ("estimate", pa.float64()),
        ("actual", pa.float64()),
        ("started", pa.timestamp("s")),
        ("finished", pa.timestamp("s")),
        ("due", pa.timestamp("s")),
        ("duration_days", pa.float64()),
        ("percent_complete", pa.float64()),
        ("percent_complete_type", pa.string()),
        ("summary", pa.bool_()),
    ),
    # Baselines 0-10 of an item.  duration in days, cost in minor units, work in hours.
    "item_baselines": _schema(
        ("item_id", pa.string()),
        ("seq", pa.int32()),
        ("start", pa.timestamp("s")),
        ("finish", pa.timestamp("s")),
        ("duration", pa.float64()),
        ("cost", pa.int64()),
        ("currency", pa.string()),
        ("work", pa.float64()),
    ),
    "roles": _schema(
        ("person", pa.string()),
        ("role", pa.string()),
        ("from_date", pa.date32()),
        ("to_date", pa.date32()),
    ),
    # Further columns a user asked to compare by (`--by`), one row a value.  column: the header as
    # it stands in the file.  item_id is null for a project's own value.
    "groups": _schema(
        ("item_id", pa.string()),
        ("column", pa.string()),
        ("value", pa.string()),
    ),
}

# What people wrote.  column: "name", "manager", "sponsor", "narrative", "description",
# "item_name", or the source's header for an unmapped column.  Never hashed, may be rewritten.
WORDS: Final[pa.Schema] = _schema(
    ("item_id", pa.string()),
    ("column", pa.string()),
    ("text", pa.string()),
)


def empty(table: str) -> pa.Table:
    """The canonical table of that name with no rows."""
    return TABLES[table].empty_table()
