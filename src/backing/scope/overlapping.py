"""Work that two units do at the same time (S20-c, RULE-09).

Certain: one activity that two units are responsible for, or two activities with the same code.  Possible:
names that share half their words, or a person who marked the two.  Suggested: names alike in their letters
only.  An agreed parallel run is no overlap until it is over, but for two who are both accountable.

Pure: what the office knows of it is read by `public.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal

from backing.scope.similar import likeness, overlap

Certainty = Literal["certain", "possible", "suggested"]
WORDS_SHARED: Final = 0.5
_LETTERS_SHARED: Final = 0.34
_FIRST, _LAST = date.min, date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A unit does something from a first to a last day.  accountable: it answers for it."""

    unit: int
    first: date = _FIRST
    last: date = _LAST
    accountable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """An activity as far as overlaps go.  done: by whom and when; without, by its own unit."""

    pk: int
    name: str
    unit: int
    code: str = ""
    first: date = _FIRST
    last: date = _LAST
    done: tuple[Stretch, ...] = ()

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        return self.done or (Stretch(unit=self.unit, first=self.first, last=self.last),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parallel:
    """Two units may both do an activity until this day: it is being handed over."""

    activity: int
    units: frozenset[int]
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubled:
    """Two units do the same, or may.  other: the second activity; None where it is one of two units."""

    one: Work
    other: Work | None
    units: tuple[int, int]  # of `one`, and the other
    certainty: Certainty
    first: date
    last: date
    because: str


def doubled(
    works: Sequence[Work],
    *,
    ours: int,
    parallel: Iterable[Parallel],
    marked: frozenset[frozenset[int]],
    today: date,
    words_shared: float = WORDS_SHARED,
) -> list[Doubled]:
    """What is doubled today or later, the certain first, then by day and name.

    ours: the unit of the office.  marked: pairs of activities that a person says may be the same.
    """
    until: dict[tuple[int, frozenset[int]], date] = {}
    for each in parallel:
        key = (each.activity, each.units)
        until[key] = max(until.get(key, _FIRST), each.until)
    found = [*_of_one(works, until, today)]
    mine = [work for work in works if work.unit == ours]
    theirs = [work for work in works if work.unit != ours]
    for one in mine:
        for other in theirs:
            why = _why(one, other, marked, words_shared)
            if why is not None:
                found.extend(_of_two(one, other, why, until, today))
    order: Mapping[Certainty, int] = {"certain": 0, "possible": 1, "suggested": 2}
    return sorted(
        found,
        key=lambda each: (
            order[each.certainty],
            each.first,
            each.one.name,
            each.other.pk if each.other else 0,
            each.units,
        ),
    )


def _why(
    one: Work, other: Work, marked: frozenset[frozenset[int]], words_shared: float
) -> tuple[Certainty, str] | None:
    if one.code and one.code == other.code:
        return "certain", "Both have the same kind of work."
    if frozenset((one.pk, other.pk)) in marked:
        return "possible", "Somebody marked the two as the same."
    if overlap(one.name, other.name) >= words_shared:
        return "possible", "Their names share half of their words or more."
    if likeness(one.name, other.name) >= _LETTERS_SHARED:
        return "suggested", "Their names are much alike."
    return None


def _of_one(
    works: Iterable[Work], until: Mapping[tuple[int, frozenset[int]], date], today: date
) -> Iterator[Doubled]:
    """One activity that two units are responsible for."""
    for work in works:
        seen: dict[tuple[int, int], Doubled] = {}
        for place, one in enumerate(work.stretches):
            for other in work.stretches[place + 1 :]:
                # One answers for it while another does it: that is no doubling, but how it should be.
                if one.unit == other.unit or one.accountable != other.accountable:
                    continue
                both = _both(one, other, until.get((work.pk, frozenset((one.unit, other.unit)))))
                if both is None or both[1] < today:
                    continue
                units = _own_first(work.unit, one.unit, other.unit)
                before = seen.get(units)
                first = both[0] if before is None else min(both[0], before.first)
                last = both[1] if before is None else max(both[1], before.last)
                seen[units] = Doubled(
                    one=work,
                    other=None,
                    units=units,
                    certainty="certain",
                    first=first,
                    last=last,
                    because="Two units are responsible for it.",
                )
        yield from seen.values()


def _of_two(
    one: Work,
    other: Work,
    why: tuple[Certainty, str],
    until: Mapping[tuple[int, frozenset[int]], date],
    today: date,
) -> Iterator[Doubled]:
    """Two activities of two units; at most one finding, over all the days on which both are done."""
    found: Doubled | None = None
    for mine in one.stretches:
        for theirs in other.stretches:
            if mine.unit == theirs.unit:
                continue
            units = frozenset((mine.unit, theirs.unit))
            runs = [day for pk in (one.pk, other.pk) if (day := until.get((pk, units)))]
            both = _both(mine, theirs, max(runs, default=None))
            if both is None or both[1] < today:
                continue
            if found is None:
                found = Doubled(
                    one=one,
                    other=other,
                    units=(mine.unit, theirs.unit),
                    certainty=why[0],
                    first=both[0],
                    last=both[1],
                    because=why[1],
                )
            found = replace(found, first=min(found.first, both[0]), last=max(found.last, both[1]))
    if found is not None:
        yield found


def _both(one: Stretch, other: Stretch, agreed_until: date | None) -> tuple[date, date] | None:
    """The first and the last day on which both do it and it was not agreed that both do."""
    first, last = max(one.first, other.first), min(one.last, other.last)
    if agreed_until is not None and not (one.accountable and other.accountable):
        first = max(first, agreed_until + timedelta(days=1))
    return (first, last) if first <= last else None


def _own_first(own: int, one: int, other: int) -> tuple[int, int]:
    first, second = sorted((one, other))
    return (second, first) if second == own else (first, second)
