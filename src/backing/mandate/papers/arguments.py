"""The case for stopping and the case for going on, each from all that the records hold for it.

The two are made by the same rules: what is known is said with its figure, what is not is left to the other
side.  Neither is longer because somebody wished it to be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from backing.mandate.papers.counting import count
from backing.mandate.public import Became
from backing.rhythm.public import UPHELD, Answered, Claimed, Progress, PulseSaid
from backing.worth.public import Standing, Stops
from boardpaper.claim import Claim, Name

_MUCH: Final = 60  # minutes a month of each project manager (RULE-28)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the review is made from.  minutes: asked of each project manager a month.

    waiting: objections without an answer.  exit_test: on what the office said one should stop it.
    pulses: what was said without names, the latest first.
    """

    worth: Standing
    measures: tuple[Progress, ...]
    claims: tuple[Claimed, ...]
    expected: tuple[Became, ...]
    stops: tuple[Stops, ...]
    minutes: int
    waiting: int
    exit_test: tuple[str, ...]
    pulses: tuple[PulseSaid, ...]
    today: date


def for_stopping(facts: Facts) -> list[Claim]:
    """The gravest first."""
    return [
        *_cost_against_it(facts),
        *_no_effect(facts),
        *_burden(facts),
        *_not_easier(facts),
        *_exit_test(facts),
    ]


def for_going_on(facts: Facts) -> list[Claim]:
    """The gravest first."""
    return [*_money_for_it(facts), *_effect(facts), *_easier(facts), *_would_be_missed(facts)]


def _cost_against_it(facts: Facts) -> Iterator[Claim]:
    found = facts.worth
    hard = found.validated(hard=True)
    spent = found.spent
    if spent is not None and float(spent.value or 0) > float(hard.value or 0):
        yield Claim(
            "It has cost {spent:full} so far, and finance has validated {hard:full} of hard money.",
            spent=spent,
            hard=hard,
        )
    if found.break_even is not None and found.break_even.value is not None:
        yield Claim(
            "To pay for itself it must prevent {share} of the loss its work is aimed at, every year; no "
            "credible effect of a project office has been measured anywhere.",
            share=found.break_even,
        )
    elif found.cost is not None:
        yield Claim(
            "It costs {cost:full} a year, and what its work is aimed at has not been put into money.",
            cost=found.cost,
        )


def _no_effect(facts: Facts) -> Iterator[Claim]:
    counts = {
        standing: sum(each.standing == standing for each in facts.measures)
        for standing in ("worse", "unmoved")
    }
    if facts.measures and sum(counts.values()):
        yield Claim(
            "Measures that did not move: {unmoved:count}; that read as worse: {worse:count}.",
            unmoved=count("measures unmoved", counts["unmoved"], "measures"),
            worse=count("measures worse", counts["worse"], "measures"),
        )
    failed = sum(each.state in ("not_met", "dropped") for each in facts.expected)
    if failed:
        yield Claim(
            "What was expected at the start and did not come: {failed:count}.",
            failed=count("expectations not met", failed, "expectations"),
        )
    if facts.claims and not any(each.word in UPHELD for each in facts.claims):
        yield Claim("No improvement that it claimed beforehand can be upheld.", state="supported")


def _burden(facts: Facts) -> Iterator[Claim]:
    if facts.minutes > _MUCH:
        yield Claim(
            "Its list of requests, as it stands today, takes {minutes:count} minutes a month of each project "
            "manager.",
            minutes=count("minutes asked of each project manager", facts.minutes, "minutes"),
        )
    unmissed = [each for each in facts.stops if not each.for_whom and not each.required]
    if unmissed:
        yield Claim(
            "Of what it does, nobody is named who would miss {unmissed:count} of {all:count} activities.",
            unmissed=count("activities nobody would miss", len(unmissed), "activities"),
            all=count("activities", len(facts.stops), "activities"),
        )
    if facts.waiting:
        yield Claim(
            "Objections that it has not answered: {waiting:count}.",
            waiting=count("objections waiting", facts.waiting, "objections"),
        )


def _not_easier(facts: Facts) -> Iterator[Claim]:
    for who, said in _of_their_projects(facts):
        if said.against:
            yield Claim(
                "Asked without names, {against:count} of {all:count} {who} said that it does not make their "
                "projects easier.",
                against=count(f"{who} against", said.against, who),
                all=count(f"{who} who answered", said.n, who),
                who=Name(who),
            )


def _easier(facts: Facts) -> Iterator[Claim]:
    for who, said in _of_their_projects(facts):
        if said.in_favour:
            yield Claim(
                "Asked without names, {for_it:count} of {all:count} {who} said that it makes their projects easier.",
                for_it=count(f"{who} in favour", said.in_favour, who),
                all=count(f"{who} who answered", said.n, who),
                who=Name(who),
            )


def _of_their_projects(facts: Facts) -> Iterator[tuple[str, Answered]]:
    """By group, what the latest pulse says of their projects."""
    for pulse in facts.pulses[:1]:
        for group, said in pulse.answers("easier"):
            yield group.who.lower(), said


def _exit_test(facts: Facts) -> Iterator[Claim]:
    for each in facts.exit_test:
        yield Claim(
            "It said itself: stop us if {what} Whether that holds is for those who decide to say.",
            what=Name(f"{each.strip().removesuffix('.')}."),
        )


def _money_for_it(facts: Facts) -> Iterator[Claim]:
    found = facts.worth
    hard = found.validated(hard=True)
    if hard.value:
        yield Claim("Finance has validated {hard:full} of hard money.", hard=hard)
    if found.at_stake is not None and found.at_stake.value:
        yield Claim(
            "Past projects lost {loss} a year to what its work is aimed at; that is lost, not saved.",
            loss=found.at_stake,
        )


def _effect(facts: Facts) -> Iterator[Claim]:
    better = sum(each.standing == "better" for each in facts.measures)
    if better:
        yield Claim(
            "Measures that moved the right way by more than chance: {better:count}.",
            better=count("measures better", better, "measures"),
        )
    upheld = sum(each.word in UPHELD for each in facts.claims)
    if upheld:
        yield Claim(
            "Improvements that were claimed beforehand and can be upheld: {upheld:count}.",
            upheld=count("claims upheld", upheld, "claims"),
        )
    met = sum(each.state == "met" for each in facts.expected)
    if met:
        yield Claim(
            "What was expected at the start and came: {met:count}.",
            met=count("expectations met", met, "expectations"),
        )


def _would_be_missed(facts: Facts) -> Iterator[Claim]:
    served = [each for each in facts.stops if each.for_whom]
    if served:
        yield Claim(
            "Activities that somebody is named for and that would end: {served:count}.",
            served=count("activities somebody would miss", len(served), "activities"),
        )
    required = [each for each in facts.stops if each.required]
    if required:
        names = ", ".join(each.what for each in required)
        yield Claim(
            "This has to be done by somebody in any case: {names}.",
            names=Name(names),
        )
