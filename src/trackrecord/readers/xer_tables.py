"""The tables of a Primavera export that we read, as typed columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from trackrecord.problem import Problem
from trackrecord.readers import schedules, xer_text
from trackrecord.readers.schedules import Cells, Columns
from trackrecord.readers.xer_calendar import hours_per_day
from trackrecord.values.currencies import minor_units

TIME: Final = "%Y-%m-%d %H:%M"
HOURS_PER_DAY: Final = 8.0
HEADER_CURRENCY: Final = 8
# Deeper than any real breakdown; a damaged one may run in a circle.
DEEPEST: Final = 50

TABLES: Final = {
    "CURRTYPE": ("curr_short_name", "decimal_symbol", "digit_group_symbol"),
    "PROJECT": ("proj_id", "proj_short_name", "export_flag", "last_recalc_date", "scd_end_date"),
    "CALENDAR": ("clndr_id", "clndr_name", "day_hr_cnt", "clndr_data"),
    "PROJWBS": (
        "wbs_id", "proj_id", "parent_wbs_id", "wbs_short_name", "wbs_name", "proj_node_flag",
    ),
    "TASK": (
        "task_id", "proj_id", "clndr_id", "task_code", "task_name", "task_type", "status_code",
        "complete_pct_type", "phys_complete_pct", "remain_drtn_hr_cnt", "target_drtn_hr_cnt",
        "act_work_qty", "remain_work_qty", "target_work_qty", "act_equip_qty", "remain_equip_qty",
        "act_start_date", "act_end_date", "reend_date", "early_end_date",
        "target_start_date", "target_end_date",
    ),
    "TASKRSRC": ("task_id", "target_cost", "act_reg_cost", "act_ot_cost", "remain_cost"),
    "PROJCOST": ("task_id", "target_cost", "act_cost", "remain_cost"),
}  # fmt: skip
COST_COLUMNS: Final = {
    "target": ("target_cost",),
    "actual": ("act_reg_cost", "act_ot_cost", "act_cost"),
    "remaining": ("remain_cost",),
}

STATES: Final = {"TK_NotStart": "open", "TK_Active": "open", "TK_Complete": "finished"}
KINDS: Final = {
    "TT_Task": "task",
    "TT_Rsrc": "task",
    "TT_Mile": "milestone",
    "TT_FinMile": "milestone",
    "TT_LOE": "level of effort",
    "TT_WBS": "summary",
}
PERCENT_TYPES: Final = {"CP_Drtn": "duration", "CP_Phys": "physical", "CP_Units": "units"}


@dataclass(frozen=True, slots=True)
class Marks:
    """How the export writes numbers, and the currency its money is in."""

    decimal: str = "."
    thousands: str = ","
    currency: str | None = None

    @staticmethod
    def of(export: xer_text.Export) -> Marks:
        """As the row of CURRTYPE says that the first line of the file names."""
        stated = export.header[HEADER_CURRENCY : HEADER_CURRENCY + 1]
        if not stated or not stated[0].strip():
            return Marks()
        name = stated[0].strip()
        code = name if len(name) == 3 and name.isascii() and name.isupper() else None
        cells = export.cells("CURRTYPE", TABLES["CURRTYPE"])
        row = pc.index(cells.text("curr_short_name"), name).as_py()
        if row < 0:
            return Marks(currency=code)
        decimal = cells.text("decimal_symbol")[row].as_py() or "."
        thousands = cells.text("digit_group_symbol")[row].as_py() or (
            "." if decimal == "," else ","
        )
        return Marks(decimal, thousands, code)


def taken(cells: Cells, projects: Cells) -> Cells:
    """The activities that can be taken; each other one has its Problem."""
    known = pc.is_in(cells.text("proj_id"), value_set=projects.text("proj_id"))
    cells.refuse(
        pc.invert(known),
        column="proj_id",
        expected="a project that the file holds",
        todo="Export the project of this activity with it, or leave it out.",
        code="unknown-project",
    )
    cells = cells.keep(known)
    own = schedules.first_of_each(
        pc.binary_join_element_wise(cells.text("proj_id"), _item_id(cells), " ")
    )
    cells.refuse(
        pc.invert(own),
        column="task_code",
        expected="an activity id that no other activity of the project has",
        todo="Give the activity an id of its own in the schedule and export again.",
        code="no-id-of-its-own",
    )
    return cells.keep(own)


def _item_id(cells: Cells) -> pa.Array:
    """What the planner calls the activity, else P6's own number for it."""
    return pc.coalesce(cells.text("task_code"), cells.text("task_id"))


def tasks(cells: Cells, export: xer_text.Export, marks: Marks) -> Columns:
    """The activities as columns of `items`, with those of baseline 0 and the plan beside them."""

    def number(column: str) -> pa.Array:
        return cells.number(column, decimal=marks.decimal, thousands=marks.thousands)

    started = cells.time("act_start_date", TIME)
    finished = cells.time("act_end_date", TIME)
    planned_finish = cells.time("target_end_date", TIME)
    target, actual = number("target_work_qty"), number("act_work_qty")
    any_work = pc.greater(pc.add(pc.fill_null(target, 0.0), pc.fill_null(actual, 0.0)), 0.0)
    kind = _coded(cells.text("task_type"), KINDS)
    costs = _costs(cells.text("task_id"), export, marks)
    return {
        "proj_id": cells.text("proj_id"),
        "row": cells.rows,
        "name": _names(cells, "task_name"),
        "item_id": _item_id(cells),
        "kind": kind,
        "state": _coded(cells.text("status_code"), STATES),
        "estimate": schedules.nonzero(target),
        "actual": pc.if_else(any_work, actual, None),
        "started": started,
        "finished": finished,
        "due": planned_finish,
        "duration_days": schedules.days_between(started, finished),
        "percent_complete": _percent_complete(cells, marks),
        "percent_complete_type": _coded(cells.text("complete_pct_type"), PERCENT_TYPES),
        "summary": pc.fill_null(pc.equal(kind, "summary"), fill_value=False),
        "planned_start": cells.time("target_start_date", TIME),
        "planned_finish": planned_finish,
        "planned_days": pc.divide(
            number("target_drtn_hr_cnt"), _hours_per_day(cells.text("clndr_id"), export, marks)
        ),
        "planned_cost": costs["target"],
        "planned_work": target,
        "actual_cost": costs["actual"],
        "remaining_cost": costs["remaining"],
        "forecast_finish": pc.coalesce(
            finished, cells.time("reend_date", TIME), cells.time("early_end_date", TIME)
        ),
    }


def _percent_complete(cells: Cells, marks: Marks) -> pa.Array:
    """By the activity's own type; null where that type has nothing to go by."""

    def number(column: str) -> pa.Array:
        return cells.number(column, decimal=marks.decimal, thousands=marks.thousands)

    kind, state = cells.text("complete_pct_type"), cells.text("status_code")
    planned = schedules.nonzero(number("target_drtn_hr_cnt"))
    duration = pc.max_element_wise(
        pc.subtract(1.0, pc.divide(number("remain_drtn_hr_cnt"), planned)), 0.0, skip_nulls=False
    )
    done = pc.add(number("act_work_qty"), pc.fill_null(number("act_equip_qty"), 0.0))
    left = pc.add(number("remain_work_qty"), pc.fill_null(number("remain_equip_qty"), 0.0))
    units = pc.divide(done, schedules.nonzero(pc.add(done, left)))
    by_type = pc.case_when(
        pc.make_struct(
            pc.equal(kind, "CP_Drtn"), pc.equal(kind, "CP_Phys"), pc.equal(kind, "CP_Units")
        ),
        duration,
        pc.divide(number("phys_complete_pct"), 100.0),
        units,
    )
    # A milestone has no duration and no units, but its status says which end it stands at.
    ends = pc.case_when(
        pc.make_struct(pc.equal(state, "TK_Complete"), pc.equal(state, "TK_NotStart")), 1.0, 0.0
    )
    return pc.if_else(
        pc.fill_null(pc.equal(state, "TK_Complete"), fill_value=False),
        1.0,
        pc.coalesce(by_type, ends),
    )


def _costs(task_id: pa.Array, export: xer_text.Export, marks: Marks) -> Columns:
    """Money of each activity in minor units: its resources' and its other expenses'."""
    tables = [export.cells(name, TABLES[name]) for name in ("TASKRSRC", "PROJCOST")]
    found: Columns = {}
    for kind, columns in COST_COLUMNS.items():
        stated = [
            pa.table(
                {
                    "task_id": cells.text("task_id"),
                    "amount": schedules.minor_units(
                        cells.number(column, decimal=marks.decimal, thousands=marks.thousands),
                        minor_units(marks.currency),
                    ),
                }
            )
            for cells in tables
            for column in columns
            if column in cells.columns
        ]
        if not stated:
            found[kind] = pa.nulls(len(task_id), pa.int64())
            continue
        sums = pa.concat_tables(stated).group_by("task_id").aggregate([("amount", "sum")])
        at = pc.index_in(task_id, value_set=sums["task_id"].combine_chunks())
        found[kind] = sums["amount_sum"].combine_chunks().take(at)
    return found


def _hours_per_day(clndr_id: pa.Array, export: xer_text.Export, marks: Marks) -> pa.Array:
    """Hours of a working day of each activity: its calendar's own figure, else its week's mean."""
    cells = export.cells("CALENDAR", TABLES["CALENDAR"])
    stated = cells.number("day_hr_cnt", decimal=marks.decimal, thousands=marks.thousands)
    hours: dict[str, float] = {}
    for at, calendar in enumerate(cells.text("clndr_id").to_pylist()):
        week = _week(cells, at)
        own = stated[at].as_py()
        hours[calendar or ""] = own if own and own > 0 else week or HOURS_PER_DAY
    coded = clndr_id.dictionary_encode()
    by_code = [hours.get(calendar, HOURS_PER_DAY) for calendar in coded.dictionary.to_pylist()]
    return pc.fill_null(pa.array(by_code, pa.float64()).take(coded.indices), HOURS_PER_DAY)


def _week(cells: Cells, at: int) -> float | None:
    text = cells.text("clndr_data")[at].as_py()
    if text is None:
        return None
    try:
        return hours_per_day(text)
    except ValueError as error:
        name = cells.text("clndr_name")[at].as_py() or cells.text("clndr_id")[at].as_py()
        cells.problems.append(
            Problem(
                file=cells.file,
                sheet=cells.sheet,
                row=cells.rows[at].as_py(),
                column="clndr_data",
                found=f"{name}: {error}"[: schedules.FOUND_LIMIT],
                expected="a whole calendar",
                todo="Open and save the calendar in Primavera P6 and export again; until then its "
                f"day counts as stated beside it, or as {HOURS_PER_DAY:g} hours.",
                code="broken-calendar",
            )
        )
        return None


def _names(cells: Cells, column: str) -> pa.Array:
    """Texts; those with bytes that no encoding explains are reported."""
    text = cells.text(column)
    strange = pc.fill_null(pc.match_substring(text, "\ufffd"), fill_value=False)
    cells.problems.extend(
        Problem(
            file=cells.file,
            sheet=cells.sheet,
            row=cells.rows[int(at)].as_py(),
            column=column,
            found=text[int(at)].as_py()[: schedules.FOUND_LIMIT],
            expected="text in UTF-8 or Windows-1252",
            todo="Nothing is lost but these letters; export as UTF-8 where Primavera P6 offers it.",
            code="stray-byte",
        )
        for at in np.flatnonzero(strange)
    )
    return text


def _coded(text: pa.Array, meaning: dict[str, str]) -> pa.Array:
    at = pc.index_in(text, value_set=pa.array(meaning))
    return pa.array(meaning.values(), pa.string()).take(at)


def wbs(export: xer_text.Export, projects: Cells) -> Columns:
    """The nodes of the work breakdown structures, named by their path as P6 shows it."""
    cells = export.cells("PROJWBS", TABLES["PROJWBS"])
    known = pc.is_in(cells.text("proj_id"), value_set=projects.text("proj_id"))
    cells.refuse(
        pc.invert(known),
        column="proj_id",
        expected="a project that the file holds",
        todo="Export the project of this node with it, or leave it out.",
        code="unknown-project",
    )
    cells = cells.keep(known)
    ids = cells.text("wbs_id").to_pylist()
    short = pc.coalesce(cells.text("wbs_short_name"), cells.text("wbs_id")).to_pylist()
    parent = dict(zip(ids, cells.text("parent_wbs_id").to_pylist(), strict=True))
    name = dict(zip(ids, short, strict=True))

    def path(node: str | None) -> str:
        parts: list[str] = []
        while node in name and len(parts) < DEEPEST:
            parts.append(name[node] or "")
            node = parent[node]
        return ".".join(reversed(parts))

    return {
        "proj_id": cells.text("proj_id"),
        "row": cells.rows,
        "name": _names(cells, "wbs_name"),
        "item_id": pa.array([path(node) for node in ids], pa.string()),
        "kind": pa.repeat("summary", len(ids)),
        "summary": pa.repeat(True, len(ids)),
        "whole": cells.flag("proj_node_flag", "Y"),
    }
