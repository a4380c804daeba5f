"""The list of leaders as the project office sees it: what is known, what is not, and since when.

Only what is open to the whole office stands here; where somebody stands is opened on their own page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from backing.leaders.levels import STALE
from backing.leaders.models import Commitment, Leader, StanceAssessment, Touchpoint
from backing.people.access import OFFICE
from backing.people.models import Account


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
    def of(cls, leader: Any, today: date) -> Self:
        met: datetime | None = leader.met
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
    """Leaders with what `Listed` tells of them, those in focus first."""
    leaders = Leader.objects.visible_to(viewer).on_the_list()
    return (
        with_contact(leaders)
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


def with_contact(leaders: QuerySet[Leader]) -> QuerySet[Leader]:
    """`met`: when both sides last spoke; none where they never did."""
    spoken = Touchpoint.objects.filter(people=OuterRef("person"), two_way=True)
    return leaders.annotate(met=Subquery(spoken.order_by("-at").values("at")[:1]))


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
