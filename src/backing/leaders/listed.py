"""The list of leaders as the project office sees it: what is known, what is not, and since when.

Only what is open to the whole office stands here; where somebody stands is opened on their own page.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Self

from django.db.models import Count, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from backing.leaders.levels import STALE
from backing.leaders.models import Commitment, Leader, StanceAssessment, Touchpoint
from backing.leaders.public import on_the_list
from backing.people.access import OFFICE
from backing.people.models import Account
from backing.people.one_look import once_a_look

LATELY: Final = timedelta(days=60)
A_QUARTER: Final = timedelta(days=90)  # what home tells of


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """met: the last contact in which both sides spoke.  assessed: when we last looked where they stand."""

    pk: int
    name: str
    post: str
    unit: str
    focus: bool
    owner: str
    met: date | None
    assessed: date | None
    ours_open: int
    ours_overdue: int
    theirs_open: int
    today: date

    @property
    def is_stale(self) -> bool:
        return self.assessed is not None and self.today - self.assessed > STALE

    @classmethod
    def of(cls, leader: Any, today: date, *, met: datetime | None) -> Self:
        return cls(
            pk=leader.pk,
            name=leader.person.full_name,
            post=leader.person.job_title,
            unit=leader.person.org_unit.name if leader.person.org_unit else "",
            focus=leader.focus,
            owner=str(leader.owner),
            met=timezone.localdate(met) if met else None,
            assessed=leader.assessed,
            ours_open=leader.ours_open,
            ours_overdue=leader.ours_overdue,
            theirs_open=leader.theirs_open,
            today=today,
        )


def leaders_listed(viewer: Account, today: date) -> QuerySet[Leader]:
    """Leaders with what `Listed` tells of them beside contacts, those in focus first."""
    return (
        Leader.objects.visible_to(viewer)
        .on_the_list()
        .annotate(
            assessed=Subquery(
                StanceAssessment.objects.filter(leader=OuterRef("pk"))
                .order_by("-assessed_on", "-pk")
                .values("assessed_on")[:1]
            ),
            ours_open=_promises(Q(promised_by__account__role__in=OFFICE), "promised_to"),
            ours_overdue=_promises(
                Q(promised_by__account__role__in=OFFICE, due__lt=today), "promised_to"
            ),
            theirs_open=_promises(Q(promised_to__account__role__in=OFFICE), "promised_by"),
        )
        .select_related("person__org_unit", "owner__person")
        .order_by("-focus", "person__full_name", "pk")
    )


def last_met(people: Collection[int], today: date) -> dict[int, datetime]:
    """When both sides last spoke, by person; those with whom nobody ever did are left out."""
    return _or_earlier(people, _met_within(LATELY, people, today), today)


def leaders_last_met(viewer: Account, people: Collection[int], today: date) -> dict[int, datetime]:
    """The same of people who are on the list of leaders."""
    lately = leaders_met_lately(viewer, today)
    theirs = {each: lately[each] for each in people if each in lately}
    return _or_earlier(people, theirs, today)


@once_a_look
def leaders_met_lately(viewer: Account, today: date) -> Mapping[int, datetime]:
    """When both sides last spoke within a quarter, by person, of everyone on the list."""
    return _met_within(A_QUARTER, [each.person for each in on_the_list(viewer)], today)


def _met_within(days: timedelta, people: Collection[int], today: date) -> dict[int, datetime]:
    """Most have been met lately, and are looked up by time: asked for a person's own, the database goes
    through ten years of them."""
    since = _begins(today - days)
    lately = Touchpoint.objects.filter(two_way=True, at__gte=since, at__lt=_tomorrow(today))
    return dict(lately.each_with(people).values_list("person").annotate(Max("at")))


def _or_earlier(
    people: Collection[int], lately: dict[int, datetime], today: date
) -> dict[int, datetime]:
    """Only what is counted is bounded: bounded itself, the query would go through the times of everyone."""
    rest = set(people) - lately.keys()
    talks = Touchpoint.objects.filter(two_way=True, people__in=rest).order_by()
    earlier = talks.values_list("people").annotate(
        last=Max("at", filter=Q(at__lt=_tomorrow(today)))
    )
    return lately | {person: at for person, at in earlier if person in rest and at is not None}


def _tomorrow(today: date) -> datetime:
    return _begins(today + timedelta(days=1))


def _begins(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _promises(whose: Q, leader_is: str) -> Any:
    """How many open promises there are of or to the leader."""
    found = (
        Commitment.objects.filter(whose, status=Commitment.Status.OPEN)
        .filter(**{leader_is: OuterRef("person")})
        .order_by()
        .values(leader_is)
        .annotate(count=Count("pk"))
        .values("count")
    )
    return Coalesce(Subquery(found, output_field=IntegerField()), Value(0))
