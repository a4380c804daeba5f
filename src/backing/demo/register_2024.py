"""The register of 2024: a new tool's export pasted over by hand.

Other headings in another order, amounts as "£1.25m", dates partly text, one row pasted twice, one
formula that lost its cells, and one project that ended before it began.
"""

from collections.abc import Callable
from datetime import date
from typing import Final

from backing.demo.company import GROUP
from backing.demo.position import Position, State, positions
from backing.demo.sheet import Broken, Cell, Column, Register
from backing.demo.untidy import draw_for, gaps, in_words, typed
from backing.demo.world import Project

AS_AT: Final = date(2024, 12, 31)
ARCHIVED_BEFORE: Final = date(2022, 2, 1)
STATES: Final[dict[State, str]] = {
    "open": "In delivery",
    "finished": "Completed",
    "cancelled": "Terminated",
}
WORDS: Final = {
    "Green": "Green",
    "Amber/Green": "Green",
    "Amber": "Amber",
    "Amber/Red": "Red",
    "Red": "Red",
}


def _mixed(name: str, day: Callable[[Position], date | None]) -> Callable[[Position], Cell]:
    """Some dates came from the tool as dates, most were typed."""

    def cell(position: Position) -> Cell:
        on = day(position)
        return on if draw_for(position, name).random() < 0.35 else typed(on)

    return cell


def _rating(position: Position) -> str:
    return "Not rated" if position.rating is None else WORDS[position.rating]


COLUMNS: Final = (
    Column("", "Project ID", "key", lambda p: p.project.id),
    Column("", "Name", "name", lambda p: p.project.what.name),
    Column("Status", "State", "text", lambda p: STATES[p.state]),
    Column("Status", "RAG status", "text", _rating),
    Column("Status", "Percent complete", "count", lambda p: f"{p.percent_complete}%"),
    Column("Organisation", "Division", "text", lambda p: p.project.what.unit),
    Column("Organisation", "Category", "text", lambda p: p.project.what.kind),
    Column(
        "Organisation",
        "Senior responsible owner",
        "text",
        gaps("sro", 0.05, (None,), lambda p: p.sponsor),
    ),
    Column("Organisation", "Project manager", "text", lambda p: p.project.manager),
    Column("Dates", "Start date", "date", _mixed("start", lambda p: p.project.started)),
    Column(
        "Dates", "Original finish", "date", _mixed("first", lambda p: p.project.original.finish)
    ),
    Column("Dates", "Latest approved finish", "date", _mixed("now", lambda p: p.current.finish)),
    Column("Dates", "Forecast finish", "date", _mixed("forecast", lambda p: p.forecast_finish)),
    Column(
        "Dates",
        "Actual finish",
        "date",
        gaps("ended", 0.03, ("tbc",), _mixed("ended", lambda p: p.finished_on)),
    ),
    Column("Cost", "Original budget", "money", lambda p: in_words(p.project.original.cost)),
    Column(
        "Cost",
        "Latest approved budget",
        "money",
        gaps("budget", 0.05, ("tbc", None), lambda p: in_words(p.current.cost)),
    ),
    Column("Cost", "Forecast outturn", "money", lambda p: in_words(p.forecast_cost)),
    Column(
        "Cost",
        "Actual cost",
        "money",
        gaps("cost", 0.06, ("n/a", "tbc"), lambda p: in_words(p.cost_actual)),
    ),
    Column("Re-baselining", "Re-baselined", "count", lambda p: p.times_rebaselined or None),
    Column("Re-baselining", "Reason", "text", lambda p: p.current.reason or None),
    Column("", "Commentary", "long", gaps("story", 0.1, (None,), lambda p: p.narrative)),
    Column("", "As at", "date", lambda p: typed(p.as_at)),
)


def register(projects: tuple[Project, ...], seed: int) -> Register:
    """The 2024 register of the projects, with its three blunders."""
    held = positions(projects, as_at=AS_AT, archived_before=ARCHIVED_BEFORE)
    made = Register(
        titles=(
            f"{GROUP} (invented company, generated with seed {seed}) – Project portfolio 2024",
            "As at 31/12/2024",
            "Exported from the portfolio tool and completed by hand.",
        ),
        name="Portfolio",
        as_at=AS_AT,
        columns=COLUMNS,
        rows=[[column.cell(position) for column in COLUMNS] for position in held],
        totals={
            "Name": "TOTAL",
            "Latest approved budget": in_words(sum(position.current.cost for position in held)),
        },
        notes=(
            "This company, its people and its projects are invented.",
            "Projects that ended before February 2022 were archived and are no longer listed.",
            "Latest approved = the last approval of the investment committee.",
        ),
    )
    _blunder(made, held)
    return made


def _blunder(made: Register, held: list[Position]) -> None:
    finished = [position.project for position in held if position.state == "finished"]
    backwards, lost, twice = finished[0], finished[7], finished[15]
    made.row(backwards.id)[made.column("Actual finish")] = typed(
        backwards.started.replace(year=backwards.started.year - 1, day=14)
    )
    made.row(lost.id)[made.column("Actual cost")] = Broken()
    again = made.row(twice.id)
    made.rows.insert(made.rows.index(again) + 1, list(again))
