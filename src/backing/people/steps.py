"""How far a part of the brief is, by what is recorded and never by a tick (S14-a).

Each app says it of its own part in `done.py`; the navigation and the page of steps show it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from backing.people.models import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One part of the brief.

    part: its slug, as the navigation has it.  has: what is there, in a few words; "" for nothing.
    missing: what is not, the gravest first, each in a few words ("no exclusions").
    """

    part: str
    has: str = ""
    missing: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def says(self) -> str:
        """One sentence: what is complete and what is missing."""
        if self.is_complete:
            return f"Complete: {self.has}." if self.has else "Complete."
        there = f" So far: {self.has}." if self.has else ""
        return f"Incomplete: {_listed(self.missing)}.{there}"


# What an app's `done.py` has: `steps`.  Only the project office is told.
Steps = Callable[[Account, date], Iterator[Step]]


def _listed(parts: tuple[str, ...]) -> str:
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last
