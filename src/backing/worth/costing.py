"""The full cost of the office over a stretch of days: its own, and the time it asks of others (S09-a)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from backing.people.models import Account, Organisation
from backing.people.one_look import once_a_look
from backing.scope import public as scope
from backing.worth.amounts import Amount, part_of, total, whole
from backing.worth.models import CostItem, HourlyRate
from boardpaper.wording import en

OTHERS: Final = "Time asked of others"
_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine:
    """One row of the cost.  basis: where it comes from, and what of it falls into the stretch."""

    what: str
    kind: str
    amount: Amount
    basis: str

    @property
    def is_of_others(self) -> bool:
        return self.kind == OTHERS


@dataclass(frozen=True, kw_only=True)
class FullCost:
    """What the office costs from a first day to a last.  missing: why it is more than that, in sentences."""

    first: date
    last: date
    currency: str
    lines: tuple[CostLine, ...]
    missing: tuple[str, ...] = ()

    @cached_property
    def total(self) -> Amount:
        return total((line.amount for line in self.lines), self.currency)

    @cached_property
    def by_kind(self) -> tuple[tuple[str, tuple[str, ...], Amount], ...]:
        """Each kind of cost with what is in it, and its sum; the largest first."""
        kinds: dict[str, list[CostLine]] = defaultdict(list)
        for line in self.lines:
            kinds[line.kind].append(line)
        summed = (
            (
                kind,
                tuple(dict.fromkeys(line.what for line in lines)),
                total((line.amount for line in lines), self.currency),
            )
            for kind, lines in kinds.items()
        )
        return tuple(sorted(summed, key=lambda each: (-each[2].minor, each[0])))

    @cached_property
    def of_others(self) -> Amount:
        """What the time asked of others costs; the rest is the office's own."""
        asked = (line.amount for line in self.lines if line.is_of_others)
        return total(asked, self.currency)

    @property
    def own(self) -> Amount:
        return self.total - self.of_others

    @property
    def is_full(self) -> bool:
        return bool(self.lines) and not self.missing


@once_a_look
def costs(viewer: Account) -> tuple[CostItem, ...]:
    """All that are recorded."""
    return tuple(CostItem.objects.visible_to(viewer))


@once_a_look
def _rates(viewer: Account) -> tuple[HourlyRate, ...]:
    return tuple(HourlyRate.objects.visible_to(viewer))


def full_cost(viewer: Account, *, first: date, last: date) -> FullCost:
    """From what is recorded and from the ask ledger, for a viewer; in the organisation's currency."""
    currency = Organisation.ours().currency
    items = [each for each in costs(viewer) if each.first_day <= last and each.last_day >= first]
    ours = [each for each in items if each.currency == currency]
    asked = scope.asked_over(viewer, first=date.min, last=last)
    rates = {each.role: each for each in _rates(viewer) if each.currency == currency}
    within = scope.asked_over(viewer, first=first, last=last)
    lines = (*_own(ours, first, last), *_of_others(within, rates))
    return FullCost(
        first=first,
        last=last,
        currency=currency,
        lines=tuple(line for line in lines if line.amount.minor),
        missing=(
            *_uncovered(ours, first, last),
            *_other_currencies(items, currency),
            *_unpriced(within, rates),
            *(() if asked else (_NOTHING_ASKED,)),
        ),
    )


_NOTHING_ASKED: Final = (
    "Nothing is written down of what the office asks of others, so their time counts as nothing."
)


def _own(items: Iterable[CostItem], first: date, last: date) -> Iterator[CostLine]:
    for each in items:
        minor = part_of(
            each.amount_minor, first=each.first_day, last=each.last_day, since=first, until=last
        )
        basis = each.basis
        if minor != each.amount_minor:
            days = (min(last, each.last_day) - max(first, each.first_day)).days + 1
            of = (each.last_day - each.first_day).days + 1
            basis += f"; {days} of {of} days of {each.amount}"
        yield CostLine(
            what=each.what,
            kind=str(each.get_kind_display()),
            amount=Amount(minor, each.currency),
            basis=basis,
        )


def _of_others(
    asked: Iterable[scope.AskedOver], rates: dict[str, HourlyRate]
) -> Iterator[CostLine]:
    for each in asked:
        rate = rates.get(each.role)
        if rate is None:
            continue
        people = rate.people if each.everyone else 1
        hours = each.minutes * people / 60
        who = f"{people} × {each.of.lower()}" if each.everyone else each.of
        yield CostLine(
            what=each.what,
            kind=OTHERS,
            amount=Amount(whole(hours * rate.rate_minor), rate.currency),
            basis=f"{who}, {en.number(float(hours), 1)} hours at {rate.rate} ({rate.source})",
        )


def _uncovered(items: Iterable[CostItem], first: date, last: date) -> Iterator[str]:
    """The days for which no cost of the office itself is recorded."""
    reached = first
    for begins, ends in sorted((each.first_day, each.last_day) for each in items):
        if begins > reached:
            yield _no_cost(reached, begins - _ONE_DAY)
        reached = max(reached, ends + _ONE_DAY)
    if reached <= last:
        yield _no_cost(reached, last)


def _no_cost(first: date, last: date) -> str:
    return f"No cost of the office is recorded from {en.day(first)} to {en.day(last)}."


def _other_currencies(items: Iterable[CostItem], currency: str) -> Iterator[str]:
    others = sorted({each.currency for each in items} - {currency})
    for other in others:
        yield f"Costs in {other} are not added to those in {currency}."


def _unpriced(asked: Iterable[scope.AskedOver], rates: dict[str, HourlyRate]) -> Iterator[str]:
    """Those of whom something is asked and whose hour has no price, each once."""
    unknown = {each.role: each.of for each in asked if each.minutes and each.role not in rates}
    for of in sorted(unknown.values()):
        yield f"What an hour costs of this one is not entered: {of.lower()}."
