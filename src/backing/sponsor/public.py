"""What other parts of the office may know of the sponsor: values, for a viewer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.utils import timezone

from backing.people.access import Role
from backing.people.models import Account
from backing.sponsor.models import (
    SharedWin,
    SponsorAssignment,
    SponsorCandidate,
    SponsorUpdate,
    WinShare,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SponsorNow:
    """status: assigned, sought or none.  names, deputies: of those who are sponsors now."""

    status: str
    names: tuple[str, ...]
    deputies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A win as it was told."""

    headline: str
    message: str
    shared_on: date


def sponsor_now(viewer: Account, *, today: date) -> SponsorNow:
    current = SponsorAssignment.objects.visible_to(viewer).current(on=today)
    found = list(current.select_related("person", "deputy"))
    sought = viewer.role == Role.PMO_HEAD and SponsorCandidate.objects.exists()
    return SponsorNow(
        status="assigned" if found else "sought" if sought else "none",
        names=tuple(str(each.person) for each in found),
        deputies=tuple(str(each.deputy) for each in found if each.deputy),
    )


def wins_told(viewer: Account) -> tuple[Told, ...]:
    """The latest first."""
    return tuple(
        Told(headline=each.headline, message=each.message, shared_on=each.shared_on)
        for each in SharedWin.objects.visible_to(viewer)
    )


def wins_crediting(person: int) -> tuple[Told, ...]:
    """Those told to everyone in which this person has a credit by name; the latest first."""
    return tuple(
        Told(headline=each.headline, message=each.message, shared_on=each.shared_on)
        for each in SharedWin.objects.filter(win__credit_people=person)
    )


def last_told(viewer: Account) -> date | None:
    """When a leader was last told something from here: by an update to the sponsor, or by a win."""
    sent = SponsorUpdate.objects.visible_to(viewer).aggregate(last=Max("sent_at"))["last"]
    shared = SharedWin.objects.visible_to(viewer).aggregate(last=Max("shared_on"))["last"]
    days = [timezone.localdate(sent) if sent else None, shared]
    return max((each for each in days if each is not None), default=None)


def last_win_shared(viewer: Account) -> date | None:
    return WinShare.objects.visible_to(viewer).order_by("-at").values_list("at", flat=True).first()
