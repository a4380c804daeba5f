"""The ROI gate (RULE-15): a return is told once all that it rests on is there, and not before.

Nothing else in the office makes one: `Return` is the only value that holds a share of return, and
`judged` the only function that makes it.  What a valuation claims is its worth x the office's share of it,
less what is taken off for doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Final

from backing.worth.amounts import Amount, total
from backing.worth.costing import FullCost
from backing.worth.quarters import Quarter
from boardpaper.wording import en

FORMULA: Final = "(worth × our share × (1 − taken off for doubt) − full cost) ÷ full cost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Valued:
    """One valuation as it stands today.  low, likely, high: what is claimed of it.

    state: waiting, validated, rejected or withdrawn.  said: by whom, when and why, in words.
    touches: what may be counted twice with another of the same (the benefit, its measure).
    """

    pk: int
    benefit: str
    measure: str
    first: date
    last: date
    hard: bool
    state: str
    worth: Amount
    low: Amount
    likely: Amount
    high: Amount
    share: Fraction
    share_reason: str
    error: Fraction
    basis: str
    said: str
    touches: frozenset[str]

    @property
    def is_validated(self) -> bool:
        return self.state == "validated"

    @property
    def counts(self) -> bool:
        """Whether a return may rest on it."""
        return self.is_validated and self.hard


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubled:
    """Two validated valuations of the same days that may count the same money.

    because: what they share.  why_apart: why they do not, "" while nobody has said.
    """

    one: Valued
    other: Valued
    because: str
    why_apart: str = ""


@dataclass(frozen=True, slots=True)
class NotYet:
    """No return is told.  missing: what it waits for, a sentence each, the gravest first."""

    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Return:
    """The return over whole quarters that are over; never multiplied up to a year.

    lines: the validated hard valuations.  avoidance: validated too, shown apart and never counted.
    """

    first: date
    last: date
    cost: FullCost
    lines: tuple[Valued, ...]
    avoidance: tuple[Valued, ...]

    @cached_property
    def benefit(self) -> tuple[Amount, Amount, Amount]:
        """Low, likely and high: the sums of the lines."""
        currency = self.cost.currency
        return (
            total((each.low for each in self.lines), currency),
            total((each.likely for each in self.lines), currency),
            total((each.high for each in self.lines), currency),
        )

    @cached_property
    def shares(self) -> tuple[Fraction, Fraction, Fraction]:
        """The return, low, likely and high, as a share of the full cost."""
        spent = self.cost.total.minor
        low, likely, high = (Fraction(each.minor - spent, spent) for each in self.benefit)
        return low, likely, high

    @property
    def avoided(self) -> Amount:
        return total((each.likely for each in self.avoidance), self.cost.currency)


def judged(
    valued: Sequence[Valued],
    doubled: Iterable[Doubled],
    cost_over: Callable[[date, date], FullCost],
    *,
    currency: str,
    today: date,
    starts: int,
) -> Return | NotYet:
    """The return, or what is missing for it.

    cost_over: the full cost from a first day to a last.  starts: the month in which the fiscal year does.
    The stretch runs from the first quarter with a validated hard benefit to the last, with all between.
    """
    hard = [each for each in valued if each.counts and each.worth.currency == currency]
    over = [each for each in hard if _whole_quarters(each, today, starts)]
    if not over:
        return NotYet(_without(valued, hard, cost_over, today=today, starts=starts))
    first, last = min(each.first for each in over), max(each.last for each in over)
    cost = cost_over(first, last)
    open_pairs = [each for each in doubled if not each.why_apart]
    missing = (
        *cost.missing,
        *(
            f"“{each.one.benefit}” and “{each.other.benefit}” may count the same money: {each.because}."
            for each in open_pairs
        ),
        *(
            f"Why the office claims that share of “{each.benefit}” is not said."
            for each in over
            if not each.share_reason
        ),
    )
    if missing or not cost.total.minor:
        return NotYet(missing or (_NO_COST,))
    avoidance = (
        each
        for each in valued
        if each.is_validated
        and not each.hard
        and each.worth.currency == currency
        and first <= each.first
        and each.last <= last
    )
    return Return(first=first, last=last, cost=cost, lines=tuple(over), avoidance=tuple(avoidance))


_NO_COST: Final = "The full cost of the office is not recorded."


def _without(
    valued: Sequence[Valued],
    hard: Sequence[Valued],
    cost_over: Callable[[date, date], FullCost],
    *,
    today: date,
    starts: int,
) -> tuple[str, ...]:
    """What is missing where no validated hard benefit falls into quarters that are over."""
    quarter = Quarter.of(today, starts=starts).before
    cost = cost_over(quarter.first, quarter.last)
    said = [_NO_COST] if not cost.lines else list(cost.missing)
    if hard:
        said.append(
            "A validated saving for a whole quarter that is over: "
            f"the quarter of “{hard[0].benefit}” ends on {en.day(hard[0].last)}."
        )
    else:
        said.append("A saving of hard money that finance has validated.")
    waiting = sum(each.state == "waiting" for each in valued)
    if waiting:
        said.append(f"The word of finance on {waiting} valuation{'' if waiting == 1 else 's'}.")
    if any(each.is_validated and not each.hard for each in valued):
        said.append("What is validated so far is money not spent, and that is no return.")
    return tuple(said)


def _whole_quarters(each: Valued, today: date, starts: int) -> bool:
    return (
        each.last < today
        and Quarter.of(each.first, starts=starts).first == each.first
        and Quarter.of(each.last, starts=starts).last == each.last
    )


def pairs(valued: Sequence[Valued], apart: dict[tuple[int, int], str]) -> tuple[Doubled, ...]:
    """Validated valuations of the same days that share a benefit or a measure, the older of two first.

    apart: by the two keys, why they do not count the same money.
    """
    standing = sorted((each for each in valued if each.is_validated), key=lambda each: each.pk)
    found = []
    for place, one in enumerate(standing):
        for other in standing[place + 1 :]:
            same = sorted(one.touches & other.touches)
            if same and one.first <= other.last and other.first <= one.last:
                found.append(
                    Doubled(
                        one=one,
                        other=other,
                        because=f"both rest on {same[0]}",
                        why_apart=apart.get((one.pk, other.pk), ""),
                    )
                )
    return tuple(found)
