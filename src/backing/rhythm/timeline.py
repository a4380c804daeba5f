"""The whole story of the office in one scroll, a year at a time, with the quiet stretches in it (S25-a, S28)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from typing import Final

from backing.people.advising import Office
from backing.people.happenings import Happened, happenings
from backing.people.models import Account
from backing.rhythm.advice import DOCUMENT_WITHIN

QUIET: Final = "Quiet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Days in which leaders were given nothing to read.  lasts: it is not over."""

    since: date
    until: date
    lasts: bool

    @property
    def days(self) -> int:
        return (self.until - self.since).days

    def told(self) -> Happened:
        return Happened(
            on=self.until,
            kind=QUIET,
            what=f"{self.days} days without anything for leaders to read",
            words="It lasts." if self.lasts else "",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What happened in one month, the latest first."""

    first: date
    things: tuple[Happened, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """One year of the story.

    years: all that have something, the latest first.  quiet: the stretches that ended in it or last, the
    longest first.  longer_than: how many days leaders go without before it is called quiet.
    """

    year: int
    years: tuple[int, ...]
    months: tuple[Month, ...]
    quiet: tuple[Stretch, ...]
    longer_than: int


def year_of(viewer: Account, office: Office, *, year: int | None, today: date) -> Year | None:
    """The year asked for, or the latest with something in it; None where nothing happened at all."""
    found = happenings(viewer)
    if not found:
        return None
    longer_than = int(office[DOCUMENT_WITHIN])
    # Others see a part of it, and a gap in a part says nothing.
    quiet = _quiet(found, longer_than=longer_than, today=today) if viewer.is_office else []
    told = (*found, *(each.told() for each in quiet))
    latest_first = sorted(told, key=lambda each: each.on, reverse=True)
    years = tuple(dict.fromkeys(each.on.year for each in latest_first))
    shown = year if year in years else years[0]
    return Year(
        year=shown,
        years=years,
        months=tuple(_months([each for each in latest_first if each.on.year == shown])),
        quiet=tuple(
            sorted(
                (each for each in quiet if each.until.year == shown),
                key=lambda each: each.days,
                reverse=True,
            )
        ),
        longer_than=longer_than,
    )


def _quiet(found: Sequence[Happened], *, longer_than: int, today: date) -> list[Stretch]:
    """The first day on which anything happened begins the first: who has just begun is not quiet."""
    heard = sorted({each.on for each in found if each.reached_leaders and each.on <= today})
    began = min(each.on for each in found)
    stretches = [
        Stretch(since=since, until=until, lasts=False)
        for since, until in pairwise([min(began, today), *heard])
    ]
    last = heard[-1] if heard else min(began, today)
    stretches.append(Stretch(since=last, until=today, lasts=True))
    return [each for each in stretches if each.days > longer_than]


def _months(found: Sequence[Happened]) -> Iterator[Month]:
    for first, things in groupby(found, key=lambda each: each.on.replace(day=1)):
        yield Month(first=first, things=tuple(things))
