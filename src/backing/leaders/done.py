"""When the part "Leaders" is done: those to work with are named and in focus, and of each something is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from backing.leaders.public import known
from backing.people.models import Account
from backing.people.steps import Step

FEWEST: Final = 3


def steps(viewer: Account, today: date) -> Iterator[Step]:
    del today
    found = known(viewer)
    missing = []
    if found.leaders < FEWEST:
        missing.append("fewer than three leaders named")
    if not found.in_focus:
        missing.append("nobody in focus")
    if found.unknown:
        missing.append(f"where {found.unknown} of {found.leaders} stand is unknown")
    has = f"{found.leaders} leader{'' if found.leaders == 1 else 's'}, {found.in_focus} in focus"
    yield Step(part="leaders", has=has if found.leaders else "", missing=tuple(missing))
