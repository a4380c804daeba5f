"""What a project manager sees of the scope on their own page, with an account or by a link of theirs.

The one who looks is named, not signed in: everything here is asked of them, or open to everyone.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from backing.people.access import Role
from backing.scope.models import CauseCoverage, DataRequest, ScopeItem, Service
from backing.scope.told import AskedFor, by_weight


@dataclass(frozen=True, slots=True, kw_only=True)
class ForManagers:
    """asked: of them, the heaviest first.  retired: asked no more, the latest first.  wont: what we don't do."""

    asked: tuple[AskedFor, ...]
    retired: tuple[AskedFor, ...]
    wont: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A service that is aimed at a cause.  for_whom, gain, how: as the catalogue says."""

    name: str
    for_whom: str
    gain: str
    how: str


def for_a_manager(person: int, *, today: date) -> ForManagers:
    """Whoever this is, they are asked what every project manager is asked, and what they are by name."""
    theirs = DataRequest.objects.of(Role.PROJECT_MANAGER, person).select_related("to_person")
    retired = by_weight(theirs.filter(retire_on__lte=today))
    wont = ScopeItem.objects.filter(kind=ScopeItem.Kind.WONT)
    return ForManagers(
        asked=by_weight(theirs.asked_on(today)),
        retired=tuple(sorted(retired, key=lambda each: each.retire_on or today, reverse=True)),
        wont=tuple(wont.values_list("statement", flat=True)),
    )


def offers_against(causes: Collection[str]) -> dict[str, tuple[Offer, ...]]:
    """By cause, the services behind an activity of ours that is aimed at it."""
    aimed = CauseCoverage.objects.filter(cause__in=causes)
    by_activity: dict[int, list[str]] = {}
    for cause, activity in aimed.values_list("cause", "activity"):
        by_activity.setdefault(activity, []).append(cause)
    found: dict[str, tuple[Offer, ...]] = {}
    for service in Service.objects.filter(activity__in=by_activity):
        offer = Offer(
            name=service.name,
            for_whom=service.for_whom,
            gain=service.benefit,
            how=service.how_to_request,
        )
        for cause in by_activity[service.activity_id]:
            found[cause] = (*found.get(cause, ()), offer)
    return found
