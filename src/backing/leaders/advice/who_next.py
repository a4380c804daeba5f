"""RULE-01: whom to talk to next.  It orders conversations; it is no measure of a person and is never shown.

    order = influence x need x timing + what presses

need: what the move from where they stand to where the office needs them takes (`levels.need`).
timing: days since both sides last spoke, by the days agreed, from 0.25 to 3; never met counts as 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Final

from backing.leaders import levels
from backing.leaders.advice.seen import POOR_ACCESS, Seen
from backing.leaders.advice.wording import advice
from backing.leaders.levels import Level
from backing.mandate.public import OpenDecision
from backing.people.advising import Advice, Office, Order, Threshold
from boardpaper.wording import en

RULE: Final = "RULE-01"
DECISION_WITHIN = Threshold(
    rule=RULE,
    name="decision within",
    default=14,
    unit="days",
    why="Objections are settled before the meeting, and two weeks leave room for one more talk.",
    most=60,
)
NEW_IN_POST = Threshold(
    rule=RULE,
    name="new in post",
    default=60,
    unit="days",
    why="In the first two months somebody new makes up their mind whom to listen to.",
    most=180,
)
_LEAST_TIMING, _MOST_TIMING, _NEVER_MET = 0.25, 3.0, 2.0
_NOT_KNOWN_INFLUENCE: Final = 3  # the middle, until somebody says
_RESTS: Final = 3  # a talk in the last third of the rhythm is enough, unless something presses


class Presses(Enum):
    """What presses, and how much it adds.  Pushback and wins join when the office keeps them."""

    UNDECIDED = 8.0
    OVERDUE_PROMISE = 6.0
    UNANSWERED_PUSHBACK = 5.0
    NEW_IN_POST = 3.0
    UNDELIVERED_WIN = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One leader as the rule counts.  since: days since both sides last spoke; None where they never did."""

    influence: int
    level: Level
    wanted: Level
    since: int | None
    every: int
    presses: tuple[Presses, ...] = ()

    @property
    def order(self) -> float:
        need = levels.need(self.level, self.wanted)
        return self.influence * need * self._timing + sum(each.value for each in self.presses)

    @property
    def may_rest(self) -> bool:
        """They were met lately, and nothing presses."""
        return self.since is not None and self.since <= self.every / _RESTS and not self.presses

    @property
    def is_ally(self) -> bool:
        """With them there is no gap, so nothing else brings them up."""
        return self.level in levels.IN_FAVOUR and (self.level, self.wanted) != (
            Level.SUPPORTIVE,
            Level.LEADING,
        )

    @property
    def _timing(self) -> float:
        if self.since is None:
            return _NEVER_MET
        return min(max(self.since / self.every, _LEAST_TIMING), _MOST_TIMING)


def whom_to_talk_to(seen: Iterable[Seen], office: Office, today: date) -> Iterator[Advice]:
    """Everyone who may be talked to; the page takes three a week, an ally among them."""
    for one in seen:
        peace = one.assessed.no_contact_until
        case = case_of(one, office, today)
        if case.may_rest or (peace is not None and peace > today):
            continue
        soon = _soon(one, office, today)
        before = f" before {en.day(soon[0].needed_by)}" if soon else ""
        yield advice(
            RULE,
            one,
            title=f"Talk to {one.name}{before}.",
            because=tuple(_because(one, office, today)),
            do=_way_to(one),
            order=Order.PEOPLE,
            due=soon[0].needed_by if soon else None,
            weight=case.order,
            ally=case.is_ally,
        )


def case_of(one: Seen, office: Office, today: date) -> Case:
    return Case(
        influence=one.assessed.influence or _NOT_KNOWN_INFLUENCE,
        level=_level(one),
        wanted=one.assessed.wanted,
        since=(today - one.met).days if one.met else None,
        every=one.every,
        presses=tuple(_presses(one, office, today)),
    )


def _presses(one: Seen, office: Office, today: date) -> Iterator[Presses]:
    if _soon(one, office, today):
        yield Presses.UNDECIDED
    if one.overdue:
        yield Presses.OVERDUE_PROMISE
    if _is_new(one, office, today):
        yield Presses.NEW_IN_POST


def _because(one: Seen, office: Office, today: date) -> Iterator[str]:
    for decision in _soon(one, office, today):
        yield (
            f"They decide on “{decision.question}” by {en.day(decision.needed_by)}, and nobody has spoken "
            "with them alone about it."
        )
    for promise in one.overdue:
        yield f"We promised “{promise.what}” by {en.day(promise.due)}."
    if _is_new(one, office, today) and one.in_post_from:
        yield f"They are new in post, since {en.day(one.in_post_from)}."
    if one.met:
        yield f"The last real conversation was {(today - one.met).days} days ago; {one.every} are agreed."
    else:
        yield "We have never spoken with them."
    level = _level(one)
    if level == Level.UNKNOWN:
        yield "We do not know where they stand."
    elif level in levels.IN_FAVOUR:
        yield "They are with us, and allies are soon forgotten."
    if one.cares_about:
        yield f"They care about this: “{one.cares_about}”"


def _way_to(one: Seen) -> str:
    if one.listens_to and (one.refused >= POOR_ACCESS or one.met is None):
        return f"Ask {one.listens_to[0]} to bring you together: they listen to them."
    return "Ask for half an hour."


def _soon(one: Seen, office: Office, today: date) -> list[OpenDecision]:
    last = today + timedelta(days=office[DECISION_WITHIN])
    return [each for each in one.decides if today <= each.needed_by <= last]


def _is_new(one: Seen, office: Office, today: date) -> bool:
    since = one.in_post_from
    return since is not None and 0 <= (today - since).days <= office[NEW_IN_POST]


def _level(one: Seen) -> Level:
    return one.stances[0].level if one.stances else Level.UNKNOWN
