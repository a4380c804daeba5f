"""The page of whoever heads a unit that a change touches: what stands on it, its link, what is said from it (4.7).

What it never says: that work of theirs is thought to be done twice, before anybody asked them; and what
anyone makes of where they stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import models, transaction

from backing.evidence.public import OpenProjects, open_projects_of
from backing.leaders.public import Promised, promised_about
from backing.mandate.models import ChangeProposal, Impact, ImpactCorrection
from backing.mandate.public import OVER
from backing.people.models import Account, Person
from backing.pushback.models import AreaLink, Pushback
from backing.scope.public import ChangingHands, hand_overs_of

LASTS: Final = timedelta(days=60)
LATELY: Final = timedelta(days=90)  # how long a hand-over that is done still shows
NAMED: Final = 12  # projects by name; the others are counted


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPage:
    """What one change means for one unit, as its head sees it.

    raised: their own objections to it, none that came in confidence.
    """

    impact: Impact
    person: Person
    projects: OpenProjects
    promises: tuple[Promised, ...]
    hand_overs: tuple[ChangingHands, ...]
    corrections: tuple[ImpactCorrection, ...]
    raised: tuple[Pushback, ...]

    @property
    def change(self) -> ChangeProposal:
        return self.impact.change

    @property
    def is_over(self) -> bool:
        return self.change.status in OVER


def areas_of(head: Account) -> models.QuerySet[Impact]:
    """What changes mean for the units that somebody heads; a unit further down has its own head."""
    found = Impact.objects.visible_to(head).filter(org_unit__head=head.person_id)
    return found.select_related("change", "org_unit").order_by("change__start", "pk")


def page_of(impact: Impact, person: Person, *, today: date) -> AreaPage:
    """Whoever asks for it has shown that the unit is theirs, or is of the office."""
    raised = Pushback.objects.filter(raised_by=person, change=impact.change)
    corrections = ImpactCorrection.objects.filter(impact=impact, said_by=person)
    return AreaPage(
        impact=impact,
        person=person,
        projects=open_projects_of(impact.org_unit.name, most=NAMED),
        promises=promised_about(impact.change_id, to=person.pk),
        hand_overs=tuple(
            each
            for each in hand_overs_of(impact.org_unit_id, today=today)
            if each.open_lines or not each.is_accepted or today - each.taking_starts <= LATELY
        ),
        corrections=tuple(corrections),
        raised=tuple(raised.select_related("change").prefetch_related("responses")),
    )


@transaction.atomic
def link_to_area(impact: Impact, person: Person, *, by: Account, now: datetime) -> str:
    """A new link for whoever heads the unit: what it must carry.  One sent before opens no more."""
    withdraw(impact, now=now)
    return AreaLink.make(by=by, now=now, lasts=LASTS, impact=impact, person=person)[1]


def withdraw(impact: Impact, *, now: datetime) -> int:
    """Close the links to what it means there; gives their number."""
    found = list(_open(AreaLink.objects.filter(impact=impact), now=now))
    for link in found:
        link.withdraw(now=now)
    return len(found)


def _open(found: models.QuerySet[AreaLink], *, now: datetime) -> models.QuerySet[AreaLink]:
    return found.filter(withdrawn_at=None, expires_at__gt=now)
