"""The register of 2025: the tidiest, in pounds, with causes coded and re-baselining on record."""

from datetime import date
from typing import Final

from backing.demo.company import GROUP
from backing.demo.position import Position, positions
from backing.demo.sheet import Cell, Column, Register
from backing.demo.untidy import draw_for, gaps
from backing.demo.world import Project

AS_AT: Final = date(2025, 12, 31)
ARCHIVED_BEFORE: Final = date(2022, 7, 1)
STATES: Final = {"open": "In progress", "finished": "Finished", "cancelled": "Cancelled"}
CODED: Final = 0.67  # share of the troubled projects whose causes were agreed


def _state(position: Position) -> str:
    if position.state == "open" and draw_for(position, "hold").random() < 0.08:
        return "On hold"
    return STATES[position.state]


def _rating(position: Position) -> str:
    return "n/a" if position.rating is None else position.rating


def _causes(position: Position) -> Cell:
    """The causes agreed at the closing review; most, not all, of those who had trouble held one."""
    if position.state == "open" or draw_for(position, "causes").random() > CODED:
        return None
    return "; ".join(position.project.causes) or None


def _reapproved(position: Position) -> Cell:
    return position.current.approved_on if position.times_rebaselined else None


COLUMNS: Final = (
    Column("Project", "Project no.", "key", lambda p: p.project.id),
    Column("Project", "Project name", "name", lambda p: p.project.what.name),
    Column("Project", "Kind of project", "text", lambda p: p.project.what.kind),
    Column("Project", "Unit", "text", lambda p: p.project.what.unit),
    Column("Project", "Status", "text", _state),
    Column("People", "Project sponsor", "text", lambda p: p.sponsor),
    Column("People", "Project manager", "text", lambda p: p.project.manager),
    Column("First approval", "Approved on", "date", lambda p: p.project.original.approved_on),
    Column("First approval", "Original budget (£)", "money", lambda p: p.project.original.cost),
    Column("First approval", "Original finish", "date", lambda p: p.project.original.finish),
    Column("Last approval", "Current budget (£)", "money", lambda p: p.current.cost),
    Column("Last approval", "Current finish", "date", lambda p: p.current.finish),
    Column("Last approval", "Re-baselined on", "date", _reapproved),
    Column("Last approval", "Times re-baselined", "count", lambda p: p.times_rebaselined),
    Column("Last approval", "Reason for re-baseline", "text", lambda p: p.current.reason or None),
    Column("Progress", "Actual start", "date", lambda p: p.project.started),
    Column("Progress", "Delivery confidence", "text", _rating),
    Column("Progress", "Complete (%)", "count", lambda p: p.percent_complete),
    Column(
        "Progress",
        "Forecast cost (£)",
        "money",
        gaps("forecast", 0.07, ("tbc",), lambda p: p.forecast_cost),
    ),
    Column("Progress", "Forecast finish", "date", lambda p: p.forecast_finish),
    Column(
        "Outcome",
        "Actual cost (£)",
        "money",
        gaps("cost", 0.05, (None, "tbc"), lambda p: p.cost_actual),
    ),
    Column(
        "Outcome", "Actual finish", "date", gaps("ended", 0.02, (None,), lambda p: p.finished_on)
    ),
    Column("Benefits", "Planned benefit a year (£)", "money", lambda p: p.project.benefit_planned),
    Column("Benefits", "Actual benefit a year (£)", "money", lambda p: p.benefit_actual),
    Column("Lessons", "Cause", "text", _causes),
    Column("Lessons", "What happened", "long", gaps("story", 0.06, (None,), lambda p: p.narrative)),
    Column("", "As at", "date", lambda p: p.as_at),
)


def register(projects: tuple[Project, ...], seed: int) -> Register:
    """The 2025 register of the projects."""
    held = positions(projects, as_at=AS_AT, archived_before=ARCHIVED_BEFORE)
    rows = [[column.cell(position) for column in COLUMNS] for position in held]
    return Register(
        titles=(
            f"{GROUP} (invented company, generated with seed {seed}) – Project register 2025",
            "As at 31 December 2025. Amounts in pounds.",
        ),
        name="Projects",
        as_at=AS_AT,
        columns=COLUMNS,
        rows=rows,
        totals={
            "Project name": "Totals",
            "Original budget (£)": sum(one.project.original.cost for one in held),
            "Current budget (£)": sum(one.current.cost for one in held),
        },
        notes=(
            "This company, its people and its projects are invented.",
            "Delivery confidence is given on the five-point scale from Green to Red.",
            "Causes are those agreed at the closing review; several are divided by a semicolon.",
            "Not every project has had its closing review.",
            "Projects that ended before July 2022 were archived and are no longer listed.",
        ),
    )
