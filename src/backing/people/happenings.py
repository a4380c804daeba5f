"""What happened with the office, as each app tells it of its own records (S25-a).

An app that has something to tell has a `happened.py`, found by its name:

    def happened(viewer: Account) -> Iterator[Happened]

It tells only what the viewer may see, and nothing about a person that is sealed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backing.people.models import Account
from backing.people.of_apps import of_apps


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One thing on one day.

    kind: what it is, in a word or two ("Decision").  what: the thing itself.  words: what was said of it.
    way: where more is to be seen, or "".  reached_leaders: they were given something (RULE-24).
    """

    on: date
    kind: str
    what: str
    words: str = ""
    way: str = ""
    reached_leaders: bool = False


def happenings(viewer: Account) -> tuple[Happened, ...]:
    """All that is told, the latest first; of one day in the order of the apps."""
    told = [each for module in of_apps("happened") for each in module.happened(viewer)]
    return tuple(sorted(told, key=lambda each: each.on, reverse=True))
