"""Reads Primavera P6's exchange files (XER): one schedule for each project in the file.

Three choices, each P6's own:
- a P6 export carries no baselines; a project without one is measured against its own planned
  (`target_`) dates, units and costs, which stop moving once an activity starts.  They are baseline 0;
- per cent complete follows the activity's type: duration (1 - remaining / planned), units
  (actual / at completion, labour and equipment), or physical (as entered);
- the activities stand in a work breakdown structure whose nodes are items too, flagged as summaries.

The row of an item is its line in the file, its sheet the table it stands in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from trackrecord.errors import UnreadableSource
from trackrecord.readers import schedules, xer_tables, xer_text
from trackrecord.readers.schedules import Cells, Columns, Origin
from trackrecord.readers.source import Schedule, Source
from trackrecord.readers.xer_tables import TABLES, TIME, Marks

NAME: Final = "xer/1"

HEADER_DATE: Final = 2


def recognises(head: bytes, path: Path) -> bool:  # noqa: ARG001 - the bytes settle it
    """The first line of an export says what it is, in whatever encoding."""
    shown = xer_text.encoding_of(head) or "utf-8"
    return head[:32].decode(shown, errors="ignore").startswith(xer_text.MARK)


def read(path: Path, digest: str) -> Source:
    """Every project of the file.

    Raises UnreadableSource where the file is no export of P6 or holds no project.
    """
    export = xer_text.export(path, TABLES)
    file = path.name
    marks = xer_tables.Marks.of(export)
    projects = export.cells("PROJECT", TABLES["PROJECT"])
    if not len(projects):
        raise UnreadableSource(
            file=file,
            why="it holds no project",
            todo="Open the project in Primavera P6 and export that; this file may hold resources "
            "or codes alone.",
        )
    taken = xer_tables.taken(export.cells("TASK", TABLES["TASK"]), projects)
    wbs = xer_tables.wbs(export, projects)
    tasks = xer_tables.tasks(taken, export, marks)
    lost = len(export.sections["TASK"].rows) + len(export.sections["PROJWBS"].rows)
    lost -= len(taken) + len(wbs["row"])
    schedules_made = tuple(_schedules(export, projects, tasks, wbs, marks, lost))
    return Source(
        file=file,
        digest=digest,
        reader=NAME,
        schedules=schedules_made,
        problems=tuple(export.problems),
    )


def _schedules(
    export: xer_text.Export,
    projects: Cells,
    tasks: Columns,
    wbs: Columns,
    marks: Marks,
    lost: int,
) -> Iterator[Schedule]:
    """One a project; `lost` rows, which may be of no project, are counted with the first."""
    ids = projects.text("proj_id")
    tasks_of = schedules.grouped(tasks, pc.index_in(tasks["proj_id"], value_set=ids), len(ids))
    wbs_of = schedules.grouped(wbs, pc.index_in(wbs["proj_id"], value_set=ids), len(ids))
    data_dates = projects.time("last_recalc_date", TIME)
    ends = projects.time("scd_end_date", TIME)
    referenced = projects.flag("export_flag", "N")
    for at, (own, nodes) in enumerate(zip(tasks_of, wbs_of, strict=True)):
        count = len(own["row"]) + len(nodes["row"])
        if referenced[at].as_py() and not count:
            continue  # only named because an exported activity depends on one of its own
        key = projects.text("proj_short_name")[at].as_py() or ids[at].as_py() or export.file
        as_at = data_dates[at].as_py()
        origin = Origin(
            file=export.file,
            sheet="PROJECT",
            key=key,
            as_at=as_at.date() if as_at else _exported_on(export.header),
        )
        name = _project_name(nodes) or key
        yield Schedule(
            file=export.file,
            name=name,
            tables=_tables(origin, own, nodes, ends[at].as_py(), marks.currency),
            words=_words(origin, name, own, nodes),
            rows_in=count + lost,
            rows_taken=count,
        )
        lost = 0


def _tables(
    origin: Origin, tasks: Columns, wbs: Columns, end: datetime | None, currency: str | None
) -> dict[str, pa.Table]:
    progress = schedules.progress(tasks)
    finished = progress.state == "finished"
    spent, remaining = _sum(tasks["actual_cost"]), _sum(tasks["remaining_cost"])
    plan = {
        "stated": "planned",
        "seq": 0,
        "start": pc.min(tasks["planned_start"]).as_py(),
        "finish": pc.max(tasks["planned_finish"]).as_py(),
        "cost": _sum(tasks["planned_cost"]) or None,
        "effort": _sum(tasks["planned_work"]) or None,
    }
    plan["currency"] = currency if plan["cost"] else None
    paid = any((plan["cost"], spent, remaining))
    own = {
        "state": progress.state,
        "started": progress.started,
        "finished": progress.finished,
        "cost_actual": spent or None if finished else None,
        "currency": currency if paid else None,
        "effort_actual": _sum(tasks["actual"]) or None if finished else None,
    }
    report = {
        "ac": spent if paid else None,
        "forecast_finish": None if finished else end or pc.max(tasks["forecast_finish"]).as_py(),
        "forecast_cost": None if finished else ((spent or 0) + (remaining or 0)) or None,
        "currency": currency if paid else None,
    }
    planned = any(plan[name] is not None for name in ("start", "finish", "cost", "effort"))
    return {
        "items": _items(origin, tasks, wbs),
        "projects": schedules.rows("projects", origin, [own]),
        "baselines": schedules.rows("baselines", origin, [plan] if planned else []),
        "reports": schedules.rows("reports", origin, [report]),
        "item_baselines": schedules.canonical(
            "item_baselines",
            replace(origin, sheet="TASK"),
            tasks["row"],
            {
                "item_id": tasks["item_id"],
                "seq": pa.repeat(0, len(tasks["row"])),
                "start": tasks["planned_start"],
                "finish": tasks["planned_finish"],
                "duration": tasks["planned_days"],
                "cost": tasks["planned_cost"],
                "currency": pc.if_else(
                    pc.is_valid(tasks["planned_cost"]), pa.scalar(currency, pa.string()), None
                ),
                "work": tasks["planned_work"],
            },
        ),
    }


def _items(origin: Origin, tasks: Columns, wbs: Columns) -> pa.Table:
    nodes, activities = replace(origin, sheet="PROJWBS"), replace(origin, sheet="TASK")
    return pa.concat_tables(
        [
            schedules.canonical("items", nodes, wbs["row"], wbs),
            schedules.canonical("items", activities, tasks["row"], tasks),
        ]
    ).combine_chunks()


def _words(origin: Origin, name: str, tasks: Columns, wbs: Columns) -> pa.Table:
    nodes, activities = replace(origin, sheet="PROJWBS"), replace(origin, sheet="TASK")
    return pa.concat_tables(
        [
            schedules.named(nodes, {"name": name}, wbs["row"], wbs["item_id"], wbs["name"]),
            schedules.named(activities, {}, tasks["row"], tasks["item_id"], tasks["name"]),
        ]
    ).combine_chunks()


def _project_name(wbs: Columns) -> str | None:
    """The name of the node that is the project."""
    own = wbs["name"].filter(wbs["whole"])
    return own[0].as_py() if len(own) else None


def _sum(values: pa.Array) -> Any:
    return pc.sum(values).as_py()


def _exported_on(header: list[str]) -> date | None:
    """The day of the export, for a project that was never scheduled and has no data date."""
    try:
        return date.fromisoformat(header[HEADER_DATE][:10])
    except (IndexError, ValueError):
        return None
