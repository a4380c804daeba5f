"""Which Backing this is, and how old.  Nothing is asked of any server: the age is counted from here."""

from __future__ import annotations

from datetime import date
from importlib.metadata import version

VERSION = version("backing")
RELEASED = date(2026, 11, 25)


def age(today: date) -> str:
    """The release's age in words, as the footer says it."""
    days = (today - RELEASED).days
    if days < 1:
        return "released today"
    for length, name in ((365, "year"), (30, "month"), (7, "week"), (1, "day")):
        if days >= length:
            count = days // length
            return f"released {count} {name}{'' if count == 1 else 's'} ago"
    raise AssertionError("a day or more is at least one day")


def as_numbers(release: str) -> tuple[int, ...]:
    """ "0.10.2" as (0, 10, 2), so that releases can be put in order."""
    return tuple(int(part) for part in release.split(".") if part.isdigit())
