"""Hand-overs as values, for a viewer, with what is amiss with each on a day (S20-b, RULE-10)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q

from backing.people.models import Account
from backing.scope.handing_over import Days, Going, Limits, amiss
from backing.scope.models import HandOver, HandOverItem, RaciAssignment
from backing.scope.models.handovers import HandOverQuerySet


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the checklist.  done_by: who sees to it, "" where nobody is named."""

    pk: int
    item: str
    done_by: str
    done_on: date | None
    accepted_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SideOf:
    """One side.  said: their words, where they did not simply agree.  head: whom to ask, if known."""

    unit: int
    name: str
    head: int | None
    head_name: str
    accepted_on: date | None
    accepted_by: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangingHands:
    """A hand-over.  gap: the first and the last day on which neither side does it.

    amiss: what is wrong with it on the day it was asked for, a sentence each, the gravest first.
    """

    pk: int
    activity: int
    name: str
    giver: SideOf
    receiver: SideOf
    giving_ends: date
    taking_starts: date
    parallel_until: date | None
    gap: Days | None
    lines: tuple[Line, ...]
    amiss: tuple[str, ...]

    @property
    def is_accepted(self) -> bool:
        return self.giver.accepted_on is not None and self.receiver.accepted_on is not None

    @property
    def gap_days(self) -> int:
        return (self.gap[1] - self.gap[0]).days + 1 if self.gap else 0

    @property
    def open_lines(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.accepted_on is None)


_TOLD: Final = (
    *("activity__name", "giver__name", "receiver__name"),
    *("giver__head__full_name", "receiver__head__full_name"),
    *("giver_accepted_by__full_name", "receiver_accepted_by__full_name"),
    *("giving_ends", "taking_starts", "parallel_until"),
    *("giver_accepted_on", "receiver_accepted_on", "giver_said", "receiver_said"),
)


def hand_overs(
    viewer: Account, *, today: date, limits: Limits | None = None
) -> tuple[ChangingHands, ...]:
    """Those not called off, by the day on which giving ends."""
    return _values(HandOver.objects.visible_to(viewer), today=today, limits=limits)


def hand_overs_of(unit: int, *, today: date) -> tuple[ChangingHands, ...]:
    """The same for the head of a unit: those in which it gives or takes.

    Whoever asks has shown that the unit is theirs.
    """
    sides = Q(giver=unit) | Q(receiver=unit)
    return _values(HandOver.objects.filter(sides), today=today, limits=None)


def _values(
    found_rows: HandOverQuerySet, *, today: date, limits: Limits | None
) -> tuple[ChangingHands, ...]:
    rows = (
        found_rows.standing()
        .select_related(
            *("activity", "giver__head", "receiver__head"),
            *("giver_accepted_by", "receiver_accepted_by"),
        )
        .prefetch_related("items")
        .only(*_TOLD)
    )
    found = list(rows)
    doing = RaciAssignment.objects.doing().filter(activity__in={each.activity_id for each in found})
    by_activity: dict[int, list[RaciAssignment]] = defaultdict(list)
    for part in doing.select_related("person"):
        by_activity[part.activity_id].append(part)
    return tuple(
        _value(each, by_activity[each.activity_id], today=today, limits=limits) for each in found
    )


def _value(
    found: HandOver, parts: Iterable[RaciAssignment], *, today: date, limits: Limits | None
) -> ChangingHands:
    parts = list(parts)
    lines = tuple(map(_line, found.items.all()))
    going = Going(
        activity=found.activity.name,
        giver=found.giver.name,
        receiver=found.receiver.name,
        giving_ends=found.giving_ends,
        taking_starts=found.taking_starts,
        parallel_until=found.parallel_until,
        receiver_accepted=found.receiver_accepted_on is not None,
        open_items=[line.item for line in lines if line.accepted_on is None],
        accountable=[
            (part.begins, part.until or date.max)
            for part in parts
            if part.role == RaciAssignment.Part.ACCOUNTABLE
        ],
        giver_until=_until(parts, found.giver_id),
    )
    return ChangingHands(
        pk=found.pk,
        activity=found.activity_id,
        name=found.activity.name,
        giver=SideOf(
            unit=found.giver_id,
            name=found.giver.name,
            head=found.giver.head_id,
            head_name=str(found.giver.head or ""),
            accepted_on=found.giver_accepted_on,
            accepted_by=str(found.giver_accepted_by or ""),
            said=found.giver_said,
        ),
        receiver=SideOf(
            unit=found.receiver_id,
            name=found.receiver.name,
            head=found.receiver.head_id,
            head_name=str(found.receiver.head or ""),
            accepted_on=found.receiver_accepted_on,
            accepted_by=str(found.receiver_accepted_by or ""),
            said=found.receiver_said,
        ),
        giving_ends=found.giving_ends,
        taking_starts=found.taking_starts,
        parallel_until=found.parallel_until,
        gap=going.gap,
        lines=lines,
        amiss=tuple(amiss(going, today=today, limits=limits)),
    )


def _line(item: HandOverItem) -> Line:
    return Line(
        pk=item.pk,
        item=item.item,
        done_by=item.done_by,
        done_on=item.done_on,
        accepted_on=item.accepted_on,
    )


def _until(parts: Iterable[RaciAssignment], unit: int) -> date | None:
    """The last day on which a unit, or somebody in it, is responsible."""
    theirs = [
        part.until or date.max
        for part in parts
        if part.role == RaciAssignment.Part.RESPONSIBLE
        and (part.unit_id == unit or (part.person is not None and part.person.org_unit_id == unit))
    ]
    return max(theirs, default=None)
