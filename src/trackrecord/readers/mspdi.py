"""Reads Microsoft Project's XML (MSPDI), which most schedulers can write.

Three traps of the format, settled against mpxj 16.10:
- money (Cost, BCWS, BCWP, ACWP and a baseline's Cost) is written in hundredths, whatever the
  currency's own digits: 1.00 stands there as 100;
- durations are ISO 8601 hours of working time, so a day is the project's own MinutesPerDay (480
  unless stated), except elapsed durations, whose day has 24 hours;
- a zero means "nobody entered anything" as often as "nothing", and the schema cannot tell.  Work
  and money that are zero wherever they could stand are read as not stated.

The row of a task is the number Project shows at its left edge (its ID), not a line of the file.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from trackrecord.problem import Problem
from trackrecord.readers import mspdi_text, schedules
from trackrecord.readers.mspdi_text import NAMESPACE, Plan
from trackrecord.readers.schedules import Cells, Columns, Origin
from trackrecord.readers.source import Schedule, Source
from trackrecord.values.currencies import minor_units

NAME: Final = "mspdi/1"

TIME: Final = "%Y-%m-%dT%H:%M:%S"
MINUTES_PER_DAY: Final = 480.0

# Codes of DurationFormat that mean elapsed time (minutes to months, and the same, estimated).
ELAPSED: Final = ("4", "6", "8", "10", "12", "36", "38", "40", "42", "44")

# Files from before Project 2007 state a sign and no code.  "$" has too many owners to guess from.
CODE_OF_SIGN: Final = {"£": "GBP", "€": "EUR"}


def recognises(head: bytes, path: Path) -> bool:
    """XML of any kind: what is not a plan is refused by `read`, with a sentence of its own."""
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"")
    if NAMESPACE.encode() in head.replace(b"\0", b""):
        return start.startswith(b"<")
    return start.startswith(b"<?xml") or (path.suffix.lower() == ".xml" and start.startswith(b"<"))


def read(path: Path, digest: str) -> Source:
    """The one project of the file.

    Raises UnreadableSource for XML that is cut short or damaged, is no plan, or declares a document
    type.
    """
    file = path.name
    plan = mspdi_text.plan(path)
    problems: list[Problem] = []
    schedule = _schedule(file, plan, problems)
    return Source(
        file=file, digest=digest, reader=NAME, schedules=(schedule,), problems=tuple(problems)
    )


def _schedule(file: str, plan: Plan, problems: list[Problem]) -> Schedule:
    project = plan.project
    origin = Origin(
        file=file, sheet="", key=_key(file, project), as_at=_as_at(file, project, problems)
    )
    currency = project.get("CurrencyCode") or CODE_OF_SIGN.get(project.get("CurrencySymbol", ""))
    stated = plan.tasks.cells(file, problems)
    cells = _taken(stated)
    baselines = _baselines(
        plan.baselines.cells(file, problems),
        cells,
        _hours_per_day(file, project, problems),
        currency,
    )
    items = _items(cells, baselines)
    title = project.get("Title") or Path(project.get("Name", file)).stem
    return Schedule(
        file=file,
        name=title,
        tables={
            "items": schedules.canonical("items", origin, cells.rows, items),
            **_of_project(origin, cells, items, baselines, currency),
        },
        words=schedules.named(
            origin,
            project={"name": title, "manager": project.get("Manager")},
            rows=cells.rows,
            item_id=items["item_id"],
            item_name=cells.text("Name"),
        ),
        rows_in=len(stated),
        rows_taken=len(cells),
    )


def _key(file: str, project: dict[str, str]) -> str:
    """The GUID, which survives a new file name and a new title; older files have none."""
    stem = Path(project.get("Name", file)).stem
    return project.get("GUID") or project.get("Title") or stem


def _as_at(file: str, project: dict[str, str], problems: list[Problem]) -> date | None:
    """The status date; where there is none, Project reports as at the plan's current date."""
    for name in ("StatusDate", "CurrentDate"):
        if text := project.get(name):
            try:
                return datetime.fromisoformat(text).date()
            except ValueError:
                problems.append(
                    Problem(
                        file=file,
                        column=name,
                        found=text[: schedules.FOUND_LIMIT],
                        expected="a date and time",
                        todo="Set the status date in the plan and export again.",
                        code="not-a-date",
                    )
                )
    return None


def _hours_per_day(file: str, project: dict[str, str], problems: list[Problem]) -> float:
    text = project.get("MinutesPerDay")
    if text is None:
        return MINUTES_PER_DAY / 60
    if text.isdigit() and 0 < int(text) <= 1440:
        return int(text) / 60
    problems.append(
        Problem(
            file=file,
            column="MinutesPerDay",
            found=text[: schedules.FOUND_LIMIT],
            expected="minutes in a working day, 1 to 1440",
            todo="Durations in days were counted at 8 hours a day; correct the plan's options "
            "where that is wrong.",
            extent="file",
            code="no-working-day",
        )
    )
    return MINUTES_PER_DAY / 60


def _taken(cells: Cells) -> Cells:
    """The tasks that can be taken; each other one has its Problem."""
    blank = cells.flag("IsNull")
    cells.refuse(
        blank,
        column="Name",
        expected="a task",
        todo="Nothing to do: it is an empty line of the plan.",
        code="blank-task",
    )
    cells = cells.keep(pc.invert(blank))
    first = schedules.first_of_each(cells.text("UID"))
    cells.refuse(
        pc.invert(first),
        column="UID",
        expected="a number that no other task has",
        todo="Export the plan again; a task without a UID of its own cannot be followed.",
        code="no-id-of-its-own",
    )
    return cells.keep(first)


def _each(currency: str | None) -> float:
    """Minor units of the currency in one of the format's hundredths."""
    return minor_units(currency) / 100


def _baselines(cells: Cells, tasks: Cells, hours_per_day: float, currency: str | None) -> Columns:
    """Baselines 0 to 10 of the tasks taken."""
    known = pc.is_in(cells.text("UID"), value_set=tasks.text("UID"))
    numbered = pc.match_substring_regex(cells.text("Number"), r"^([0-9]|10)$")
    cells = cells.keep(pc.fill_null(pc.and_(known, numbered), fill_value=False))
    elapsed = pc.is_in(cells.text("DurationFormat"), value_set=pa.array(ELAPSED))
    return {
        "row": cells.rows,
        "item_id": cells.text("UID"),
        "seq": pc.cast(cells.text("Number"), pa.int32()),
        "start": cells.time("Start", TIME),
        "finish": cells.time("Finish", TIME),
        "duration": pc.divide(
            cells.iso_hours("Duration"), pc.if_else(elapsed, 24.0, hours_per_day)
        ),
        "cost": schedules.minor_units(cells.number("Cost"), _each(currency)),
        "work": cells.iso_hours("Work"),
    }


def _items(cells: Cells, baselines: Columns) -> Columns:
    """The tasks as items.

    estimate: the work of baseline 0 alone, since the current Work of a finished task is what it
    took and would make every estimate exact.  due: the deadline, else the finish of baseline 0,
    for the same reason.
    """
    item_id = cells.text("UID")
    original = pc.equal(baselines["seq"], 0)
    at = pc.index_in(item_id, value_set=baselines["item_id"].filter(original))
    first_finish = baselines["finish"].filter(original).take(at)
    first_work = baselines["work"].filter(original).take(at)

    percent = cells.number("PercentComplete")
    physical = cells.flag("EarnedValueMethod")
    actual = cells.iso_hours("ActualWork")
    any_work = pc.or_kleene(
        pc.greater(pc.fill_null(cells.iso_hours("Work"), 0.0), 0.0), pc.greater(actual, 0.0)
    )
    started = cells.time("ActualStart", TIME)
    finished = cells.time("ActualFinish", TIME)
    summary = cells.flag("Summary")
    done = pc.or_(pc.is_valid(finished), pc.fill_null(pc.equal(percent, 100), fill_value=False))
    return {
        "item_id": item_id,
        "kind": pc.case_when(
            pc.make_struct(summary, cells.flag("Milestone")), "summary", "milestone", "task"
        ),
        "state": pc.case_when(
            pc.make_struct(done, cells.flag("Active", "0")), "finished", "cancelled", "open"
        ),
        "estimate": schedules.nonzero(first_work),
        "actual": pc.if_else(any_work, actual, None),
        "started": started,
        "finished": finished,
        "due": pc.coalesce(cells.time("Deadline", TIME), first_finish),
        "duration_days": schedules.days_between(started, finished),
        "percent_complete": pc.divide(
            pc.if_else(physical, cells.number("PhysicalPercentComplete"), percent), 100.0
        ),
        "percent_complete_type": pc.if_else(physical, "physical", "duration"),
        "summary": summary,
    }


def _of_project(
    origin: Origin, cells: Cells, items: Columns, baselines: Columns, currency: str | None
) -> dict[str, pa.Table]:
    """The project's own row, its baselines and its report."""
    whole = _Whole(cells, items, currency)
    progress = schedules.progress(items)
    finished = progress.state == "finished"
    cost, spent, earned = (whole.money(name) for name in ("Cost", "ActualCost", "BCWP"))
    effort = whole.hours("ActualWork")
    plans = _plans(whole, baselines)
    budgeted = any(plan["seq"] == 0 and plan["cost"] for plan in plans)
    if not plans and not finished:
        # No baseline was ever set: what this export forecasts is also what it plans.
        plans = [
            {
                "seq": 0,
                "start": whole.first("Start"),
                "finish": whole.last("Finish"),
                "cost": cost or None,
                "effort": whole.hours("Work") or None,
            }
        ]
    paid = any((cost, spent, budgeted))
    report = {
        "percent_complete": whole.own(items["percent_complete"]),
        "pv": whole.money("BCWS") if budgeted else None,
        "ev": earned if budgeted else None,
        "ac": (whole.money("ACWP") or spent) if paid else None,
        "forecast_finish": None if finished else whole.last("Finish"),
        "forecast_cost": None if finished else cost or None,
        "currency": currency if paid else None,
    }
    own = {
        "state": progress.state,
        "started": progress.started,
        "finished": progress.finished,
        "cost_actual": spent or None if finished else None,
        "currency": currency if paid else None,
        "effort_actual": effort or None if finished else None,
    }
    stated = "planned" if len(plans) < 2 else "change"
    for plan in plans:
        plan |= {"stated": stated, "currency": currency if plan["cost"] else None}
    return {
        "projects": schedules.rows("projects", origin, [own]),
        "baselines": schedules.rows("baselines", origin, plans),
        "reports": schedules.rows("reports", origin, [report]),
        "item_baselines": schedules.canonical(
            "item_baselines",
            origin,
            baselines["row"],
            {
                **baselines,
                "currency": pc.if_else(
                    pc.is_valid(baselines["cost"]), pa.scalar(currency, pa.string()), None
                ),
            },
        ),
    }


class _Whole:
    """Values of the whole project.

    What its summary (outline level 0) states holds; where there is none or it says nothing, the
    tasks that are no summaries are added up.
    """

    def __init__(self, cells: Cells, items: Columns, currency: str | None) -> None:
        self.cells, self.currency = cells, currency
        self.leaf = pc.invert(items["summary"])
        tops = cells.text("UID").filter(cells.flag("OutlineLevel", "0"))
        self.uid = tops[0].as_py() if len(tops) else None

    def own(self, values: pa.Array) -> Any:
        """What the summary states, None where nothing."""
        found = values.filter(self.cells.flag("OutlineLevel", "0"))
        return found[0].as_py() if len(found) else None

    def money(self, column: str) -> int | None:
        """Minor units."""
        amount: int | None = self._added(
            schedules.minor_units(self.cells.number(column), _each(self.currency))
        )
        return amount

    def hours(self, column: str) -> float | None:
        hours: float | None = self._added(self.cells.iso_hours(column))
        return hours

    def first(self, column: str) -> datetime | None:
        times = self.cells.time(column, TIME)
        moment: datetime | None = self.own(times) or pc.min(times.filter(self.leaf)).as_py()
        return moment

    def last(self, column: str) -> datetime | None:
        times = self.cells.time(column, TIME)
        moment: datetime | None = self.own(times) or pc.max(times.filter(self.leaf)).as_py()
        return moment

    def _added(self, values: pa.Array) -> Any:
        own = self.own(values)
        return pc.sum(values.filter(self.leaf)).as_py() if own is None else own


def _plans(whole: _Whole, baselines: Columns) -> list[dict[str, Any]]:
    """The project's baselines, by number."""
    leaves = whole.cells.text("UID").filter(whole.leaf)
    plans = []
    for seq in sorted(pc.unique(baselines["seq"]).to_pylist()):
        here = pc.equal(baselines["seq"], seq)
        of_whole = pc.and_(here, pc.equal(baselines["item_id"], pa.scalar(whole.uid, pa.string())))
        of_leaves = pc.and_(here, pc.is_in(baselines["item_id"], value_set=leaves))
        plan: dict[str, Any] = {"seq": seq}
        for name, source, reduce in (
            ("start", "start", pc.min),
            ("finish", "finish", pc.max),
            ("cost", "cost", pc.sum),
            ("effort", "work", pc.sum),
        ):
            own = pc.max(baselines[source].filter(of_whole)).as_py()
            leaf = reduce(baselines[source].filter(of_leaves)).as_py()
            plan[name] = (own or leaf) or None
        plans.append(plan)
    return plans
