"""Where each project stood on the day a register was drawn up, as the project office knew it then."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias

from backing.demo.company import SPONSORS
from backing.demo.narrative import tell
from backing.demo.world import Baseline, Project

State: TypeAlias = Literal["open", "finished", "cancelled"]

RATINGS: Final = ("Green", "Amber/Green", "Amber", "Amber/Red", "Red")


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One project on one day.  Money in pounds; what is not known yet, or no longer asked, is None.

    current: the baseline in force.  times_rebaselined: approvals after the first so far.
    rating: one of RATINGS, of an open project only.  percent_complete: 0-100.
    """

    project: Project
    as_at: date
    state: State
    sponsor: str
    current: Baseline
    times_rebaselined: int
    percent_complete: int
    narrative: str
    finished_on: date | None = None
    cost_actual: int | None = None
    benefit_actual: int | None = None
    forecast_finish: date | None = None
    forecast_cost: int | None = None
    rating: str | None = None


def positions(projects: Sequence[Project], *, as_at: date, archived_before: date) -> list[Position]:
    """The projects approved by `as_at`, without those that ended before `archived_before`."""
    return [
        _position(project, as_at)
        for project in projects
        if project.original.approved_on <= as_at and project.ended >= archived_before
    ]


def _position(project: Project, as_at: date) -> Position:
    draw = random.Random(f"{project.seed} {project.id} {as_at}")
    approvals = [one for one in project.baselines if one.approved_on <= as_at]
    ended = project.ended <= as_at
    state: State = "open" if not ended else "cancelled" if project.cancelled else "finished"
    known = _share_known(project, as_at)
    return Position(
        project=project,
        as_at=as_at,
        state=state,
        sponsor=_sponsor(project, min(as_at, project.ended)),
        current=approvals[-1],
        times_rebaselined=len(approvals) - 1,
        percent_complete=_percent_complete(project, state, known),
        narrative=_narrative(project, state, known),
        finished_on=project.ended if ended else None,
        cost_actual=project.cost if ended else None,
        benefit_actual=project.benefit_actual if state == "finished" else None,
        forecast_finish=None if ended else _forecast_finish(project, approvals[-1], as_at, known),
        forecast_cost=None if ended else _forecast_cost(project, approvals[-1], known),
        rating=None if ended else _rating(draw, project, approvals[-1], known),
    )


def _share_known(project: Project, as_at: date) -> float:
    """How much of a project's true course lies behind it, 0 to 1."""
    done = (as_at - project.started).days / (project.ended - project.started).days
    return min(max(done, 0.0), 1.0)


def _sponsor(project: Project, on: date) -> str:
    tenures = SPONSORS[project.what.unit]
    return next(one.sponsor for one in tenures if one.ended is None or on < one.ended)


def _percent_complete(project: Project, state: State, known: float) -> int:
    """As reported: in fives, never 100 before the end, and where it stood for the cancelled."""
    if state == "finished":
        return 100
    if state == "cancelled":
        return random.Random(f"{project.seed} {project.id} stopped").randrange(30, 80, 5)
    return round(known * 18) * 5


def _forecast_finish(project: Project, current: Baseline, as_at: date, known: float) -> date:
    """The approved finish and the share of the true slip that is admitted by now.

    A forecast already past is moved to the end of next month, as project managers do.
    """
    slip = max((project.ended - current.finish).days, 0)
    forecast = current.finish + timedelta(days=round(slip * known * 0.8))
    return forecast if forecast > as_at else as_at + timedelta(days=31)


def _forecast_cost(project: Project, current: Baseline, known: float) -> int:
    """Pounds: the approved cost and the share of the true overrun that is admitted by now."""
    forecast = current.cost + max(project.cost - current.cost, 0) * known * 0.8
    return (
        round(forecast / 10_000) * 10_000
        if forecast >= 1_000_000
        else round(forecast / 1_000) * 1_000
    )


def _rating(draw: random.Random, project: Project, current: Baseline, known: float) -> str:
    """A rating one step kinder than the facts, until the end is too near to be kind."""
    late = (project.ended - current.finish).days / 40
    dear = (project.cost / current.cost - 1) / 0.08
    kindness = 1 if known < 0.7 else 0
    true = round(min(max(late, dear, 0), 4) + draw.uniform(-0.4, 0.4))
    return RATINGS[min(max(true - kindness, 0), 4)]


def _narrative(project: Project, state: State, known: float) -> str:
    """The same words year after year, for as long as the state is the same."""
    draw = random.Random(f"{project.seed} {project.id} {state}")
    young = state == "open" and known < 0.35
    return tell(
        draw,
        causes=() if young else project.causes,
        state=state,
        days_late=project.days_late,
        extra_percent=round(project.overrun * 100),
    )
