"""Several sheets of one file that speak of the same projects."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from trackrecord.tables import TABLES
from trackrecord.taking.sheet import Part

_WHOSE = ("register", "key", "export")


def one_row_each(parts: Sequence[Part]) -> pa.Table:
    """The `projects` rows of all parts, one a project and export.

    What the first sheet leaves blank the next one fills.  A sheet without a word on how projects
    end calls them open only where no other sheet says more.
    """
    found = [part for part in parts if "projects" in part.tables]
    if len(found) < 2:
        rows = [part.tables["projects"] for part in found]
        return pa.concat_tables([TABLES["projects"].empty_table(), *rows])
    whole = pa.concat_tables([_with_presumption(part) for part in found])
    facts = [name for name in TABLES["projects"].names if name not in _WHOSE]
    merged = whole.group_by(list(_WHOSE), use_threads=False).aggregate(
        [*((name, "first") for name in facts), ("presumed", "first")]
    )
    settled = {
        name: merged[name if name in _WHOSE else f"{name}_first"] for name in whole.column_names
    }
    settled["state"] = pc.coalesce(settled["state"], settled.pop("presumed"))
    return pa.table(settled).select(TABLES["projects"].names).cast(TABLES["projects"])


def _with_presumption(part: Part) -> pa.Table:
    """The part's rows; a state it can only presume stands in a column of its own."""
    rows = part.tables["projects"]
    presumed = rows["state"] if part.presumes_state else pa.nulls(rows.num_rows, pa.string())
    stated = pa.nulls(rows.num_rows, pa.string()) if part.presumes_state else rows["state"]
    place = rows.schema.get_field_index("state")
    return rows.set_column(place, "state", stated).append_column("presumed", presumed)
