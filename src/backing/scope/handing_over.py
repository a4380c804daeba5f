"""What is amiss with a hand-over on a day (RULE-10): days that nobody covers, a word or a line missing.

Pure, over the record and its parts; `public.py` and the rule read it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from backing.scope.days import stretch
from boardpaper.wording import en

Days = tuple[date, date]  # the first and the last


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """days_before: the receiver has said yes by then.  days_after: the giver does it no more by then."""

    days_before: int = 5
    days_after: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """A hand-over as the rule sees it.

    accountable: stretches in which somebody answers for the activity.  giver_until: the last day on which
    the giver is still recorded as responsible; None where it is not, date.max for no end.
    """

    activity: str
    giver: str
    receiver: str
    giving_ends: date
    taking_starts: date
    parallel_until: date | None
    receiver_accepted: bool
    open_items: Collection[str]
    accountable: Sequence[Days]
    giver_until: date | None

    @property
    def gap(self) -> Days | None:
        """The days on which neither side does it."""
        first, last = self.giving_ends + timedelta(days=1), self.taking_starts - timedelta(days=1)
        return (first, last) if first <= last else None

    @property
    def unaccounted(self) -> list[Days]:
        """Days around the change of hands on which nobody answers for it."""
        last = max(self.giving_ends, self.taking_starts, self.parallel_until or date.min)
        return uncovered((self.giving_ends, last), self.accountable)


def uncovered(whole: Days, covered: Sequence[Days]) -> list[Days]:
    """The parts of a stretch that none of others covers, in order."""
    found, day_now = [], whole[0]
    for first, last in sorted(covered):
        if first > whole[1]:
            break
        if first > day_now:
            found.append((day_now, first - timedelta(days=1)))
        if last >= day_now:
            if last >= whole[1]:
                return found
            day_now = last + timedelta(days=1)
    return [*found, (day_now, whole[1])] if day_now <= whole[1] else found


def amiss(going: Going, *, today: date, limits: Limits | None = None) -> list[str]:
    """What is wrong, a sentence each, the gravest first; days that are over are not told any more."""
    limits = limits or Limits()
    found = []
    gap = going.gap
    if gap and gap[1] >= today:
        found.append(f"{_capital(stretch(*gap, today=today))} nobody does “{going.activity}”.")
    found.extend(
        f"{_capital(stretch(*days, today=today))} nobody is accountable for “{going.activity}”."
        for days in going.unaccounted
        if days[1] >= today and days != gap
    )
    if not going.receiver_accepted and today >= going.giving_ends - timedelta(
        days=limits.days_before
    ):
        found.append(
            f"{going.receiver} has not said yes, and {going.giver} ends on {en.day(going.giving_ends)}."
        )
    if going.open_items and today >= going.giving_ends:
        found.append(f"Still open on the checklist: {', '.join(going.open_items)}.")
    over = (going.parallel_until or going.giving_ends) + timedelta(days=limits.days_after)
    if going.giver_until is not None and today > over and going.giver_until > over:
        found.append(
            f"{going.giver} is still responsible, more than {limits.days_after} days after both did it."
        )
    return found


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
