"""What happened with one leader since the beginning, the latest first, a page at a time (S25-a).

The days of all kinds of entries are put together by the database, so a page costs the same queries after ten
years as after ten days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import CharField, DateField, F, QuerySet, Value
from django.db.models.functions import Cast, TruncDate

from backing.leaders.models import Commitment, Leader, StatedPosition, SupportAct, Touchpoint
from backing.people.models import Account

A_PAGE: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """heard: what was said, once it is opened; touchpoint: where it would be."""

    on: date
    what: str
    words: str = ""
    touchpoint: int = 0
    heard: str = ""

    def opened(self, heard: Mapping[int, str]) -> Entry:
        return replace(self, heard=heard.get(self.touchpoint, ""))


def timeline(leader: Leader, viewer: Account, *, page: str | None) -> tuple[Page[Any], list[Entry]]:
    """The page asked for, and its entries."""
    kinds = _kinds(leader, viewer)
    first, *rest = (_days(records, kind, day) for kind, (records, day) in kinds.items())
    days = first.union(*rest, all=True).order_by("-day", "sort_of", "-pk")
    found = Paginator(days, A_PAGE).get_page(page)
    rows = list(found.object_list)
    records: dict[tuple[str, int], Any] = {}
    for kind, (queryset, _) in kinds.items():
        wanted = [which for _, named, which in rows if named == kind]
        if wanted:
            records |= {(kind, one.pk): one for one in queryset.filter(pk__in=wanted)}
    return found, [
        _entry(kind, day, records[kind, which])
        for day, kind, which in rows
        if (kind, which) in records
    ]


def _kinds(leader: Leader, viewer: Account) -> dict[str, tuple[QuerySet[Any], Any]]:
    """What is told, with the day on which it was; each within what the viewer may see."""
    person = leader.person_id
    promises = Commitment.objects.visible_to(viewer).exclude(status=Commitment.Status.OPEN)
    return {
        "touchpoint": (
            Touchpoint.objects.visible_to(viewer).filter(people=person),
            TruncDate("at"),
        ),
        "act": (SupportAct.objects.visible_to(viewer).filter(leader=leader), F("on")),
        "position": (
            StatedPosition.objects.visible_to(viewer)
            .filter(leader=leader)
            .select_related("change"),
            F("on"),
        ),
        "ours": (promises.filter(promised_to=person), F("due")),
        "theirs": (promises.filter(promised_by=person), F("due")),
    }


def _days(records: QuerySet[Any], kind: str, day: Any) -> QuerySet[Any, Any]:
    named = records.order_by().annotate(
        day=Cast(day, DateField()), sort_of=Value(kind, output_field=CharField())
    )
    days: QuerySet[Any, Any] = named.values_list("day", "sort_of", "pk")
    return days


def _entry(kind: str, day: date, record: Any) -> Entry:
    if kind == "touchpoint":
        return Entry(on=day, what=record.get_kind_display(), touchpoint=record.pk)
    if kind == "act":
        return Entry(on=day, what="Acted for us", words=record.what)
    if kind == "position":
        value = record.get_value_display().lower()
        return Entry(
            on=day, what=f"On “{record.change}”: {value}", words=f"“{record.in_their_words}”"
        )
    whose = "Our promise" if kind == "ours" else "Their promise"
    state = {"kept": "kept", "broken": "not kept", "renegotiated": "moved to another day"}
    return Entry(on=day, what=f"{whose}, {state[record.status]}", words=record.what)
