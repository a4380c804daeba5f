"""What is known of one project today, in words, and how it went against each of its plans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from backing.documents.papers.plans import Plans
from backing.evidence.cells import STATES
from backing.evidence.models import MirroredProject
from boardpaper.wording import en

_DATES: Final = (
    ("started", "Started"),
    ("finished", "Finished"),
)
_PLANS: Final = (
    ("finish", "Finish"),
    ("cost", "Cost"),
    ("benefit", "Benefit"),
    ("effort", "Work"),
)
_CAME_TRUE: Final = {
    "finish": "finished",
    "cost": "cost_actual",
    "benefit": "benefit_actual",
    "effort": "effort_actual",
}
_MEASURES: Final = (
    ("cost_overrun_median", "Cost", "share"),
    ("schedule_slip_days_median", "Finish", "days"),
    ("benefit_shortfall_median", "Benefit not delivered", "share"),
    ("forecast_slip_days_median", "Forecast finish against the first one", "days"),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """One quantity of a project: as first approved, as planned today, as it came true."""

    name: str
    first: str
    current: str
    came_true: str


@dataclass(frozen=True, slots=True)
class Stated:
    """How one project stands to its plans by one measure, in words; blank where it is not known."""

    measure: str
    name: str
    first: str
    current: str


def stated(project: MirroredProject) -> list[tuple[str, str]]:
    """Label and words of what is known, blanks left out."""
    facts = project.facts
    known = [
        ("Unit", project.org_unit),
        ("Kind", project.kind),
        ("State", STATES.get(project.state, project.state)),
        *((label, _day(facts.get(name))) for name, label in _DATES),
        ("Times the plan was changed", _count(facts.get("plan_changes"))),
        ("Last rating", facts.get("rag") or ""),
    ]
    return [(label, words) for label, words in known if words]


def plans(project: MirroredProject) -> list[Plan]:
    """Each quantity that any plan or outcome states."""
    facts, found = project.facts, []
    for part, name in _PLANS:
        values = [facts.get(f"original_{part}"), facts.get(f"current_{part}")]
        values.append(facts.get(_CAME_TRUE[part]))
        if any(value is not None for value in values):
            found.append(Plan(name, *(_words(part, each, project.currency) for each in values)))
    return found


def against_plan(project: MirroredProject) -> list[Stated]:
    """What the project gives to each of the leading figures."""
    return list(_against(project.values_of))


def plans_called(plans: Plans) -> tuple[str, str]:
    """What the first and the current plan of a project are called, at the head of a column."""
    called = {plans.cost, plans.finish}
    if called == {"approved"}:
        return "First approved", "Current plan"
    return ("Plan", "Latest plan") if called == {"stated"} else ("First plan", "Latest plan")


def _against(values: dict[str, Any]) -> Iterator[Stated]:
    for measure, name, unit in _MEASURES:
        plain, first, current = (
            values.get(f"{measure}|{against}") for against in ("", "original", "current")
        )
        first = plain if first is None else first
        if first is not None or current is not None:
            yield Stated(measure, name, _change(first, unit), _change(current, unit))


def _change(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    if unit == "share":
        return en.share(value, signed=True)
    return f"{en.number(value, signed=True)} {en.noun('days', value)}"


def _words(part: str, value: Any, currency: str) -> str:
    if value is None:
        return ""
    if part == "finish":
        return _day(value)
    if part == "effort":
        return f"{en.number(value)} {en.noun('hours', value)}"
    return en.money(float(value), currency, short=True)


def _day(value: str | None) -> str:
    return en.day(date.fromisoformat(value[:10])) if value else ""


def _count(value: int | None) -> str:
    return "" if value is None else en.number(value)
