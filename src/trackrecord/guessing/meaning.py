"""From the ideas of a header and the look of its values to the fields it may mean.

Each rule below is one sentence of the trade ("a budget without another word is a plan").  A column
may have several readings; `guess` gives each field to the column that claims it best.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from trackrecord.guessing.keys import Column
from trackrecord.guessing.units import money_unit
from trackrecord.layout import Level
from trackrecord.vocabulary import Header

_SURE: Final = 0.95
_LIKELY: Final = 0.75
_PERHAPS: Final = 0.5
_BARE: Final = 0.6  # it is said when, and not of what
_BY_VALUES: Final = 0.4
_LETTERS = 1.5  # on average; shorter ones are codes as often as ratings
_MOST_POINTS = 5  # of a rating written in numbers
_LISTS_OF_CAUSES: Final = 80  # letters on average; longer is a story
ONE_ASPECT: Final = 0.35  # a rating of cost, say, where an overall one is wanted
_UNEXPLAINED: Final = 0.12  # what each word that names no idea takes away


_MOST_UNEXPLAINED: Final = 4  # words; a header of sentences is not doubted further


class Claim(NamedTuple):
    """One reading of a column: the field, how sure we are, and why."""

    field: str
    confidence: float
    because: str


def claims(column: Column, level: Level) -> list[Claim]:
    """Every reading of a column, best first, whatever other columns there are."""
    found = list(_claims(column, level))
    penalty = _UNEXPLAINED * min(column.header.unexplained, _MOST_UNEXPLAINED)
    empty = 0.2 if column.profile.empty else 0.0
    lowered = [
        claim._replace(confidence=max(round(claim.confidence - penalty - empty, 2), 0.3))
        for claim in found
    ]
    return sorted(lowered, key=lambda claim: -claim.confidence)


def set_aside(column: Column) -> str:
    """Why a column that looks like a figure of the project is not one; empty where it may be."""
    h = column.header
    if column.profile.is_number or column.profile.empty:
        if h.says("period") and h.says("cost", "budget", "effort", "benefit", "variance"):
            return "figures of one year, not of the whole project"
        if h.says("percent") and h.says("variance", "change", "delay"):
            return "a per cent of what other columns state"
        if h.says("other") and h.says("cost", "budget", "effort", "schedule", "duration"):
            return "a part, a rest or a count, not the whole figure"
    if h.says("previous"):
        return "what an earlier export said"
    return ""


def _claims(column: Column, level: Level) -> Iterator[Claim]:
    h, p = column.header, column.profile
    if h.says("previous") or set_aside(column):
        return
    if h.says("narrative", "description") and not p.is_number and not p.is_date:
        yield from _texts(column, level)
        return
    if p.is_date or p.empty:
        yield from _dates(h, level)
    if p.is_date:
        yield from _bare_dates(h, level)
    if p.is_number or p.empty:
        yield from _numbers(column, level)
    points = p.is_number and p.whole and p.low >= 1 and p.high <= _MOST_POINTS
    if p.is_rating or (h.says("rag") and not p.is_date and (points or not p.is_number)):
        yield from _ratings(column)
    if p.is_text or p.empty or (h.says("unit", "kind", "cause", "reason") and not p.is_date):
        yield from _texts(column, level)


def which_plan(h: Header) -> str:
    """ "original", "forecast", "actual", "current", "planned" or "" for a header of a figure.

    What is estimated is a forecast unless it is said to be the first; what was approved last is
    current; "actual / forecast" is a forecast for whatever is not finished.
    """
    if h.says("original"):
        return "original"
    if h.says("eac"):
        return "forecast"
    if h.says("forecast") and not (h.says("planned") and not h.says("current")):
        return "forecast"
    if h.says("current"):
        return "current"
    if h.says("actual"):
        return "actual"
    if h.says("planned", "approved", "bac") or h.says("budget"):
        return "planned"
    return "forecast" if h.says("forecast") else ""


_AN_AND = {
    "original": "the first plan",
    "current": "the latest approved plan",
    "planned": "a plan",
    "forecast": "a forecast",
    "actual": "what came true",
    "": "no plan and no forecast",
}


def _dates(h: Header, level: Level) -> Iterator[Claim]:
    which = which_plan(h)
    says = f"a date; the header says {_AN_AND[which]}"
    if h.says("as_at"):
        yield Claim("as_at", _SURE, "header and values say as at which day")
        return
    if h.says("start"):
        field = {
            "original": "original_start",
            "current": "current_start",
            "planned": "planned_start",
            "forecast": "planned_start",
        }.get(which, "started")
        yield Claim(field, _SURE, f"{says}, of the start")
    elif h.says("created") and level == "items":
        yield Claim("started", _LIKELY, "the day the item was made")
    elif h.says("due"):
        yield Claim("due" if level == "items" else "planned_finish", 0.8, "the day it is due")
    elif h.says("finish") and not h.says("step"):
        yield from _finishes(h, which, level, says)
    elif h.says("rebaselined") or (h.says("approved") and which == "current"):
        yield Claim("current_approved_on", 0.9, "the day the plan was approved anew")
    elif h.says("approved") and which != "original":
        yield Claim("current_approved_on", _PERHAPS, "the day of an approval")


def _bare_dates(h: Header, level: Level) -> Iterator[Claim]:
    """A date said to be planned, or actual, and no more ("Termin Plan", "Date réelle"): of the finish."""
    which = which_plan(h)
    more = h.ideas - {"project", "date", "schedule", which}
    if which in ("original", "planned", "forecast", "actual") and not (more or h.unexplained):
        for claim in _finishes(h, which, level, f"a date; the header says {_AN_AND[which]}"):
            yield claim._replace(confidence=_BARE, because=f"{claim.because}, or of nothing else")


def _finishes(h: Header, which: str, level: Level, says: str) -> Iterator[Claim]:
    field = {
        "original": "original_finish",
        "current": "current_finish",
        "planned": "planned_finish",
        "forecast": "forecast_finish",
        "actual": "finished",
    }.get(which)
    if field:
        yield Claim(field, _SURE, f"{says}, of the finish")
    elif h.says("finished") or level == "items":
        yield Claim("finished", 0.9, "the day it was finished")
        yield Claim("planned_finish", _BY_VALUES, "a date of the finish")
    else:
        yield Claim("finished", _PERHAPS, "a date of the finish, and the header says no plan")
        yield Claim("planned_finish", _PERHAPS - 0.01, "a date of the finish")


def _numbers(column: Column, level: Level) -> Iterator[Claim]:
    h, p = column.header, column.profile
    if h.says("sequence") and p.whole:
        yield Claim("baseline_seq", _LIKELY, "the number of a baseline")
        return
    yield from _earned_value(h)
    if h.says("progress") and not h.says("schedule", "date", "variance", "change"):
        yield Claim("percent_complete", 0.9, "how much is done")
        return
    if h.says("percent") and h.says("progress"):
        yield Claim("percent_complete", _SURE, "how much is done, in per cent")
        return
    if h.says("cause") and h.says("percent"):
        yield Claim("cause_share", _LIKELY, "the share of a cause")
        return
    if h.says("change", "variance", "delay"):
        yield from _differences(column)
        return
    if p.percent:
        return
    if h.says("duration"):
        if which_plan(h) in ("", "actual"):
            yield Claim("duration_days", 0.9, "how long it took")
        return
    yield from _amounts(column, level)


def _earned_value(h: Header) -> Iterator[Claim]:
    for idea, words in (("pv", "planned value"), ("ev", "earned value"), ("ac", "actual cost")):
        if h.says(idea):
            yield Claim(idea, _SURE, f"the header says {words}")


def _differences(column: Column) -> Iterator[Claim]:
    """Published changes and variances; the latest change is not the total one."""
    h, p = column.header, column.profile
    if p.percent:
        return
    unit = money_unit(h.text, h.brackets)
    money, time = (
        h.says("cost", "budget") or p.money or bool(unit.currency),
        h.says("schedule", "finish", "date", "duration"),
    )
    if h.says("delay") and not money:
        yield Claim("finish_variance_days", _LIKELY, "how late it is")
    elif h.says("change"):
        latest = "latest_" if h.says("current") else ""
        if money:
            yield Claim(f"{latest}cost_change", 0.9, "a published change of cost")
        elif time:
            yield Claim(f"{latest}finish_change_days", 0.9, "a published change of the finish")
    elif money:
        yield Claim("cost_variance", 0.9, "a published difference of costs")
    elif time:
        yield Claim("finish_variance_days", 0.9, "a published difference of dates")


def _amounts(column: Column, level: Level) -> Iterator[Claim]:
    h, p = column.header, column.profile
    which = which_plan(h)
    says = f"the header says {_AN_AND[which]}"
    if h.says("effort"):
        yield from _efforts(which, level, says)
    elif h.says("benefit"):
        field = {
            "original": "original_benefit",
            "current": "current_benefit",
            "actual": "benefit_actual",
        }
        yield Claim(
            field.get(which, "planned_benefit"), 0.9 if which else _PERHAPS, f"benefits; {says}"
        )
    elif h.says("cost", "budget", "eac", "bac"):
        yield from _costs(h, which, says)
    elif h.says("forecast", "actual") and not h.ideas - {
        "forecast",
        "actual",
        "original",
        "project",
        "item",
        "date",
    }:
        # "First.estimate", "actual": of what, the sheet's other columns say (see guess).
        unit = money_unit(h.text, h.brackets)
        kind = "cost" if p.money or unit.currency or unit.factor else "effort"
        if kind == "effort":
            yield from ((c._replace(confidence=_LIKELY)) for c in _efforts(which, level, says))
        else:
            yield from ((c._replace(confidence=_LIKELY)) for c in _costs(h, which, says))
    elif p.money and not h.ideas - {"project", "date"}:
        yield Claim("planned_cost", _BY_VALUES, "amounts of money; the header does not say of what")


def _efforts(which: str, level: Level, says: str) -> Iterator[Claim]:
    if level == "items":
        field = "actual" if which in ("", "actual") else "estimate"
        yield Claim(field, 0.9 if which else _PERHAPS, f"hours of work; {says}")
        return
    field = {
        "original": "original_effort",
        "current": "current_effort",
        "planned": "planned_effort",
        "forecast": "planned_effort",
    }.get(which, "effort_actual")
    yield Claim(field, 0.9 if which else _PERHAPS, f"work; {says}")


def _costs(h: Header, which: str, says: str) -> Iterator[Claim]:
    field = {
        "original": "original_cost",
        "current": "current_cost",
        "planned": "planned_cost",
        "forecast": "forecast_cost",
        "actual": "cost_actual",
    }.get(which)
    if field:
        sure = (
            0.85 if field == "planned_cost" and not h.says("planned", "approved", "bac") else _SURE
        )
        yield Claim(field, sure, f"money; {says}")
    else:
        yield Claim("cost_actual", _PERHAPS, "a cost, and the header says no plan")
        yield Claim("planned_cost", _BY_VALUES, "a cost")


def _ratings(column: Column) -> Iterator[Claim]:
    h, p = column.header, column.profile
    if h.says("aspect", "cost", "budget", "schedule", "benefit"):
        yield Claim("rag", ONE_ASPECT, "a rating of one aspect")
    elif h.says("rag"):
        yield Claim(
            "rag",
            _SURE,
            "header and values are a rating" if p.is_rating else "the header says a rating",
        )
    elif p.ratings >= 0.8 and (p.length > _LETTERS or h.says("state", "overall")):
        yield Claim("rag", _LIKELY, "the values are ratings")


def _texts(column: Column, level: Level) -> Iterator[Claim]:
    h, p = column.header, column.profile
    if h.says("narrative", "description"):
        field = "description" if h.says("description") and not h.says("narrative") else "narrative"
        yield Claim(field, 0.9, "text about the project")
        return
    if h.says("currency"):
        yield Claim("currency", 0.9, "the header says a currency")
        return
    if h.says("cause", "reason") and p.length <= _LISTS_OF_CAUSES:
        yield _cause(h)
        return
    yield from _states(column)
    if h.says("manager") and not p.is_number and not h.says("unit", "kind"):
        yield Claim("manager", 0.9, "the header says who leads it")
    elif h.says("sponsor") and not p.is_number and not h.says("unit", "kind", "rag"):
        yield Claim("sponsor", 0.85, "the header says who owns it")
    elif h.says("unit") and not p.is_long:
        yield Claim("org_unit", 0.9 - (0.1 if p.repeats < 0.05 else 0), "the header says a unit")
    elif h.says("kind") and not h.says("id", "unit") and not p.is_long:
        yield Claim("kind", 0.85, "the header says a kind")
    yield from _names(column, level)
    if p.is_long and not h.ideas - {"project", "date"}:
        yield Claim("narrative", _BY_VALUES, "long text; the header does not say of what")


def _cause(h: Header) -> Claim:
    """Why it went as it did, or why the plan was changed."""
    if h.says("rebaselined", "change", "current", "approved"):
        return Claim("current_reason", 0.85, "the header says why the plan was changed")
    return Claim("cause", 0.85 if h.says("cause") else 0.6, "the header says why it went as it did")


def _states(column: Column) -> Iterator[Claim]:
    h, p = column.header, column.profile
    if h.says("state") and (p.is_state or p.empty):
        yield Claim("state", 0.9, "header and values say how far it is")
    elif h.says("phase") and p.is_state and p.ended:
        # Phases that are all of open projects say no more than that there are projects.
        yield Claim("state", 0.7, "the phase says whether it is over")
    elif (
        p.states >= 0.8 and p.ended and not h.says("rag", "cause", "kind", "unit") and p.repeats > 0
    ):
        yield Claim("state", _PERHAPS, "the values say open, finished or cancelled")


def _names(column: Column, level: Level) -> Iterator[Claim]:
    h, p = column.header, column.profile
    if h.says("manager", "sponsor", "unit", "kind", "state", "rag") or p.is_number:
        return
    if (h.says("item") and h.says("name")) or (h.says("summary") and level == "items"):
        yield Claim("item_name", 0.85, "the name of the item")
    elif h.says("summary"):
        yield Claim("description", _LIKELY, "text about the project")
    elif h.says("name") or h.ideas == {"project"}:
        yield Claim("name", 0.9 if h.says("project") else 0.8, "the name of the project")
