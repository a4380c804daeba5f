"""When the part "Worth" is done: the full cost of a year, and what finance has agreed to (S09, S10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backing.people.models import Account
from backing.people.steps import Step
from backing.worth.standing import standing


def steps(viewer: Account, today: date) -> Iterator[Step]:
    found = standing(viewer, today=today)
    has, missing = [], []
    if found.is_full:
        has.append("the full cost of a year")
    elif found.cost is not None:
        missing.append("the cost of the office is not full yet")
    else:
        missing.append("no cost is recorded")
    if found.at_stake is None:
        missing.append("no value at stake: aim activities at causes")
    if found.earned is not None:
        has.append("a return that finance has agreed")
    elif not found.of("validated", hard=True):
        missing.append("no saving that finance has validated")
    else:
        missing.append("no return yet")
    yield Step(part="worth", has=" and ".join(has), missing=tuple(missing))
