"""What a register calls the plan that outcomes are set against, and the words that follow from it.

"First approved" is said only where a column names an original plan.  A budget that is merely called the
budget may have been raised since; a paper that calls it an approval is lost at the first question.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal, Protocol, runtime_checkable

# approved: a column names the original plan.  first: the plan that the earliest of several exports
# states.  stated: the one plan that the register states.  unknown: nobody kept what the columns say.
Named = Literal["approved", "first", "stated", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plans:
    """How the registers name the plan of cost and of finish; what is not known is not called approved."""

    cost: Named = "unknown"
    finish: Named = "unknown"


@runtime_checkable
class KnowsPlans(Protocol):
    """Grounds that have seen what the columns call themselves."""

    @property
    def plans(self) -> Plans:
        """How the registers name their plans."""


def plans_of(grounds: object) -> Plans:
    """What the grounds know of it; the careful words where they know nothing."""
    return grounds.plans if isinstance(grounds, KnowsPlans) else Plans()


@dataclass(frozen=True, slots=True, kw_only=True)
class CostWords:
    """A plan of cost, as it stands in sentences.

    plan: after "above" or "against", of all projects.  its: the same of one project.  promised: after
    "more than".  above: after "ended above".  today: the current one.  rows: the two of a chart, each
    with its small words.  on_plan: at zero.  caveat: what must be said once, "" for nothing.
    """

    plan: str
    short: str
    its: str
    promised: str
    kept: str
    above: str
    today: str
    rows: tuple[str, str]
    details: tuple[str, str]
    on_plan: str
    caveat: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishWords:
    """A planned finish, as it stands in sentences.  day: after "by" or "after"; its: of one project."""

    day: str
    its: str
    today: str
    rows: tuple[str, str]
    details: tuple[str, str]
    caveat: str = ""


_COST: Final[dict[Named, CostWords]] = {
    "approved": CostWords(
        plan="first approval",
        short="approval",
        its="its first approval",
        promised="management first approved",
        kept="the cost management first approved",
        above="the sum first approved",
        today="today’s baselines",
        rows=("Against the first approval", "Against the current baseline"),
        details=("the sum management first agreed to", "after any re-approval"),
        on_plan="as approved",
    ),
    "first": CostWords(
        plan="the first budget",
        short="budget",
        its="its first budget",
        promised="its first budget",
        kept="its first budget",
        above="their first budget",
        today="its latest budget",
        rows=("Against the first budget", "Against the latest budget"),
        details=("as the register first stated it", "as the register last stated it"),
        on_plan="as budgeted",
        caveat=(
            "No column says what was first approved: the first budget is the one in the earliest export "
            "that states it."
        ),
    ),
    "stated": CostWords(
        plan="budget",
        short="budget",
        its="its budget",
        promised="its budget",
        kept="its budget",
        above="their budget",
        today="its latest budget",
        rows=("Against the budget", "Against the latest budget"),
        details=("as the register states it", "as the register last stated it"),
        on_plan="as budgeted",
        caveat=(
            "No column says what was first approved: the budget is the one that the register states now, "
            "and may have been raised on the way."
        ),
    ),
}

_FINISH: Final[dict[Named, FinishWords]] = {
    "approved": FinishWords(
        day="the date first given",
        its="its first date",
        today="its last date",
        rows=("Against the first date", "Against the current date"),
        details=("the date management was first given", "after any re-planning"),
    ),
    "first": FinishWords(
        day="the date first planned",
        its="its first planned date",
        today="its latest planned date",
        rows=("Against the first planned date", "Against the latest planned date"),
        details=("as the register first stated it", "as the register last stated it"),
        caveat=(
            "No column names an original date: the first planned date is the one in the earliest export "
            "that states it."
        ),
    ),
    "stated": FinishWords(
        day="the planned date",
        its="its planned date",
        today="its latest planned date",
        rows=("Against the planned date", "Against the latest planned date"),
        details=("as the register states it", "as the register last stated it"),
        caveat=(
            "No column names an original date: the planned date is the one that the register states now, "
            "and may have been moved on the way."
        ),
    ),
}


def cost_words(grounds: object) -> CostWords:
    """How these grounds may speak of the plan of cost."""
    called = plans_of(grounds).cost
    return replace(_COST["first"], caveat="") if called == "unknown" else _COST[called]


def finish_words(grounds: object) -> FinishWords:
    """How these grounds may speak of the planned finish."""
    called = plans_of(grounds).finish
    return replace(_FINISH["first"], caveat="") if called == "unknown" else _FINISH[called]


def told(grounds: object) -> str:
    """What both cost and finish are later and more than, as the end of a sentence."""
    plans = plans_of(grounds)
    if plans.cost == plans.finish == "approved":
        return "management was first told"
    return "planned" if plans.cost == plans.finish == "stated" else "first planned"
