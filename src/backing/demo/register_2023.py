"""The register of 2023: thousands typed as text, one-letter ratings, some final costs still open."""

from datetime import date
from typing import Final

from backing.demo.company import GROUP
from backing.demo.position import Position, positions
from backing.demo.sheet import Column, Register
from backing.demo.untidy import gaps, in_thousands
from backing.demo.world import Project

AS_AT: Final = date(2023, 12, 31)
STATES: Final = {"open": "Live", "finished": "Closed", "cancelled": "Stopped"}
LETTERS: Final = {"Green": "G", "Amber/Green": "G", "Amber": "A", "Amber/Red": "A", "Red": "R"}


def _rating(position: Position) -> str:
    return "n/a" if position.rating is None else LETTERS[position.rating]


COLUMNS: Final = (
    Column("Project", "Ref", "key", lambda p: p.project.id),
    Column("Project", "Project title", "name", lambda p: p.project.what.name),
    Column("Project", "Business unit", "text", lambda p: p.project.what.unit),
    Column("Project", "Type", "text", lambda p: p.project.what.kind),
    Column("Project", "PM", "text", gaps("pm", 0.06, ("tbc", None), lambda p: p.project.manager)),
    Column("Project", "Sponsor", "text", gaps("sponsor", 0.1, (None,), lambda p: p.sponsor)),
    Column("", "Start", "date", lambda p: p.project.started),
    Column(
        "First approval",
        "Original budget £k",
        "money",
        gaps("budget", 0.04, (None,), lambda p: in_thousands(p.project.original.cost)),
    ),
    Column("First approval", "Original end date", "date", lambda p: p.project.original.finish),
    Column("Now", "Current budget £k", "money", lambda p: in_thousands(p.current.cost)),
    Column("Now", "Current end date", "date", lambda p: p.current.finish),
    Column(
        "Now",
        "Forecast cost £k",
        "money",
        gaps("forecast", 0.08, ("tbc",), lambda p: in_thousands(p.forecast_cost)),
    ),
    Column("Now", "Forecast end date", "date", lambda p: p.forecast_finish),
    Column(
        "Outcome",
        "Final cost £k",
        "money",
        gaps("final", 0.1, ("tbc", None), lambda p: in_thousands(p.cost_actual)),
    ),
    Column("Outcome", "Actual end date", "date", lambda p: p.finished_on),
    Column("Status", "Status", "text", lambda p: STATES[p.state]),
    Column("Status", "RAG", "text", _rating),
    Column("Status", "% complete", "percent", lambda p: p.percent_complete / 100),
    Column(
        "Benefits (per year)",
        "Planned benefit £k",
        "money",
        lambda p: in_thousands(p.project.benefit_planned),
    ),
    Column(
        "Benefits (per year)",
        "Actual benefit £k",
        "money",
        lambda p: in_thousands(p.benefit_actual),
    ),
    Column("", "What happened", "long", gaps("story", 0.15, (None,), lambda p: p.narrative)),
    Column("", "As at", "date", lambda p: p.as_at),
)


def register(projects: tuple[Project, ...], seed: int) -> Register:
    """The 2023 register of the projects."""
    held = positions(projects, as_at=AS_AT, archived_before=date.min)
    return Register(
        titles=(
            f"{GROUP} (invented company, generated with seed {seed}) – Project register 2023",
            "Position as at 31 December 2023. Amounts in thousands of pounds.",
            "Kept by the Group Project Office",
        ),
        name="Register 2023",
        as_at=AS_AT,
        columns=COLUMNS,
        rows=[[column.cell(position) for column in COLUMNS] for position in held],
        totals={
            "Project title": f"Total, {len(held)} projects",
            "Current budget £k": in_thousands(sum(position.current.cost for position in held)),
        },
        notes=(
            "This company, its people and its projects are invented.",
            "G on track, A some concern, R needs help. Closed projects are not rated.",
            "Original = as first approved by the investment committee. Current = last approved.",
            "Final cost is left blank until Finance has closed the project's account.",
        ),
    )
