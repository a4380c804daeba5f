"""What is asked of somebody, month by month: whether it shrinks (RULE-28, 4.8).

An ask counts with the minutes it took then.  They are read from its history, day by day: what was put
right on the day it was typed is no change.  Before its first day in the history it counts as first typed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from django.utils import timezone

from backing.people.access import Role
from backing.scope.models import DataRequest
from backing.scope.models.asks import TIMES_A_MONTH
from boardpaper.chart import Axis, Chart, Mark, Series
from boardpaper.claim import Claim, Name
from boardpaper.wording import en

MONTHS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """How an ask stood from a day on."""

    since: date
    minutes_a_month: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """When something was asked, and what it took.  versions: at least one, the oldest first."""

    begins: date
    retired: date | None
    versions: tuple[Version, ...]

    def minutes_on(self, day: date) -> Fraction:
        """A month's minutes as they were on a day; none when it was not asked."""
        if day < self.begins or (self.retired is not None and day >= self.retired):
            return Fraction()
        held = [each for each in self.versions if each.since <= day]
        return (held or self.versions)[-1 if held else 0].minutes_a_month


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Minutes a month, to the whole minute, as they stood on a day."""

    on: date
    minutes: int


@dataclass(frozen=True, slots=True)
class BurdenOverTime:
    """The first of each of the last months, and today; the oldest first."""

    points: tuple[Point, ...]

    @property
    def then(self) -> Point:
        return self.points[0]

    @property
    def now(self) -> Point:
        return self.points[-1]

    @property
    def is_nothing(self) -> bool:
        return not any(each.minutes for each in self.points)

    @property
    def has_risen(self) -> bool:
        return self.now.minutes > self.then.minutes

    @property
    def says(self) -> str:
        """The finding in a sentence: a rise is called one, also where it follows a fall."""
        then, now = self.then, self.now
        if self.is_nothing:
            return "Nothing has been asked regularly for a year."
        if now.minutes == then.minutes:
            lead = f"{now.minutes} minutes a month, as in {en.month(then.on)}"
        elif self.has_risen:
            lead = f"It has risen: {then.minutes} minutes a month in {en.month(then.on)}, {now.minutes} now"
        else:
            lead = f"It has fallen: {then.minutes} minutes a month in {en.month(then.on)}, {now.minutes} now"
        least = min(self.points, key=lambda each: (each.minutes, -each.on.toordinal()))
        if least.minutes < min(then.minutes, now.minutes):
            return f"{lead}. It was {least.minutes} in {en.month(least.on)}, and has risen since."
        return f"{lead}."


def over_time(asks: Iterable[Ask], *, today: date) -> BurdenOverTime:
    """How the sum of these stood."""
    kept = list(asks)
    days = [*(_months_before(today, back) for back in range(MONTHS, -1, -1)), today]
    return BurdenOverTime(
        tuple(
            Point(on=day, minutes=int(sum(each.minutes_on(day) for each in kept) + Fraction(1, 2)))
            for day in dict.fromkeys(days)
        )
    )


def of_a_project_manager(person: int | None, *, today: date) -> BurdenOverTime:
    """What everyone who is a project manager is asked, and beside it this person by name."""
    rows = list(DataRequest.objects.of(Role.PROJECT_MANAGER, person))
    versions = _versions([each.pk for each in rows])
    return over_time(
        (
            Ask(
                begins=each.begins,
                retired=each.retire_on,
                versions=versions.get(each.pk)
                or (Version(since=each.begins, minutes_a_month=each.minutes_a_month),),
            )
            for each in rows
        ),
        today=today,
    )


def burden_chart(found: BurdenOverTime, *, whose: str) -> Chart:
    """Every month a dot, from nothing up.  whose: as the title calls them."""
    top = max(each.minutes for each in found.points)
    step = next(each for each in (5, 10, 20, 30, 60, 120, 240, 480, 960, 4800) if top <= 4 * each)
    span = max((found.now.on - found.then.on).days, 1)
    marks = tuple(
        Mark(x=float(each.on.toordinal()), y=float(each.minutes)) for each in found.points
    )
    return Chart(
        kind="run",
        finding=Claim("Minutes a month asked of {whose}", whose=Name(whose)),
        series=(Series(name="Minutes a month", marks=marks),),
        axis=Axis(
            scale="date",
            low=found.then.on.toordinal() - span * 0.02,
            high=found.now.on.toordinal() + span * 0.02,
            ticks=tuple(
                (float(each.on.toordinal()), en.month(each.on))
                for each in (found.then, found.points[len(found.points) // 2], found.now)
            ),
        ),
        second_axis=Axis(
            scale="count",
            low=0.0,
            high=float(4 * step),
            ticks=tuple((float(step * place), str(step * place)) for place in range(5)),
        ),
        caption="Each dot is the first of a month, the last one today. "
        "An ask counts from the day it began to the day it was retired.",
        alternative=found.says,
    )


def _versions(requests: list[int]) -> dict[int, tuple[Version, ...]]:
    """By ask, how it stood at the end of each day on which it was touched."""
    by_day: dict[int, dict[date, Fraction]] = defaultdict(dict)
    kept = DataRequest.history.filter(id__in=requests).order_by("history_date", "history_id")
    for pk, at, minutes, often in kept.values_list(
        "id", "history_date", "minutes_each", "frequency"
    ):
        by_day[pk][timezone.localdate(at)] = minutes * TIMES_A_MONTH[often]
    return {
        pk: tuple(Version(since=day, minutes_a_month=minutes) for day, minutes in days.items())
        for pk, days in by_day.items()
    }


def _months_before(day: date, back: int) -> date:
    """The first of the month that lies so many months before."""
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)
