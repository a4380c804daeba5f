"""Managers who are engaged: on the list, and lately in talk with the office or acting for it (S12-c)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Max, Q
from django.utils import timezone

from backing.leaders.models import Leader, SupportAct, Touchpoint
from backing.people.models import Account

LATELY: Final = 90  # days


@dataclass(frozen=True, slots=True, kw_only=True)
class Manager:
    """last: when they last spoke with the office or acted for it; None where nothing is known."""

    person: int
    name: str
    last: date | None
    is_engaged: bool


def managers(viewer: Account, *, today: date) -> list[Manager]:
    """All on the list; the engaged first, by name."""
    listed = Leader.objects.visible_to(viewer).on_the_list().select_related("person")
    spoken = dict(
        Touchpoint.objects.visible_to(viewer)
        .filter(two_way=True)
        .order_by()
        .values_list("people")
        .annotate(last=Max("at"))
    )
    acted = dict(
        SupportAct.objects.visible_to(viewer)
        .filter(~Q(leader=None))
        .order_by()
        .values_list("leader")
        .annotate(last=Max("on"))
    )
    found = []
    for leader in listed:
        at = spoken.get(leader.person_id)
        days = [timezone.localdate(at)] if at else []
        days += [acted[leader.pk]] if leader.pk in acted else []
        last = max(days, default=None)
        engaged = last is not None and today - last <= timedelta(days=LATELY)
        found.append(
            Manager(person=leader.person_id, name=str(leader), last=last, is_engaged=engaged)
        )
    return sorted(found, key=lambda each: (not each.is_engaged, each.name, each.person))
