"""The quarters of a fiscal year: a return is told of whole ones that are over, and of nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """first: its first day.  starts: the month in which the fiscal year starts."""

    first: date
    starts: int = 1

    @classmethod
    def of(cls, day: date, *, starts: int) -> Self:
        """The quarter that a day lies in."""
        into = (day.month - starts) % 3
        return cls(_months(day.replace(day=1), -into), starts)

    @property
    def last(self) -> date:
        return _months(self.first, 3) - timedelta(days=1)

    @property
    def before(self) -> Quarter:
        return Quarter(_months(self.first, -3), self.starts)

    @property
    def number(self) -> int:
        return (self.first.month - self.starts) % 12 // 3 + 1

    def __str__(self) -> str:
        """For example "Q2 2025/26"; "Q2 2026" where the fiscal year is that of the calendar."""
        year = year_begun(self.first, starts=self.starts).year
        return f"Q{self.number} {year}" + ("" if self.starts == 1 else f"/{(year + 1) % 100:02d}")


def closed(today: date, *, starts: int, back: int) -> tuple[Quarter, ...]:
    """As many quarters that are over, the latest first."""
    found = [Quarter.of(today, starts=starts).before]
    while len(found) < back:
        found.append(found[-1].before)
    return tuple(found)


def year_begun(day: date, *, starts: int) -> date:
    """The first day of the fiscal year that a day lies in."""
    return date(day.year if day.month >= starts else day.year - 1, starts, 1)


def year_before(last: date) -> date:
    """The first of the twelve months that end with this day."""
    after = last + timedelta(days=1)
    try:
        return after.replace(year=after.year - 1)
    except ValueError:  # the twelve months end on 28 February, before a leap day
        return after.replace(year=after.year - 1, day=28)


def _months(first: date, by: int) -> date:
    place = first.year * 12 + first.month - 1 + by
    return date(place // 12, place % 12 + 1, 1)
