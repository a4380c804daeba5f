"""The ask ledger: what the office asks of others, what it is for, and what it costs them (RULE-28)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from backing.people.access import Confidentiality, Role
from backing.people.models import Account
from backing.people.models.audited import Audited, AuditedQuerySet


class DataRequestQuerySet(AuditedQuerySet["DataRequest"]):
    def asked_on(self, day: date) -> Self:
        """Those that are asked on this day: begun and not retired."""
        return self.filter(Q(retire_on=None) | Q(retire_on__gt=day), begins__lte=day)

    def own_to(self, viewer: Account) -> Self:
        """Everyone sees what is asked of them."""
        return self.of(viewer.role, viewer.person_id)

    def of(self, role: str, person: int | None) -> Self:
        """What is asked of everyone in a role, and of this person by name."""
        return self.filter(Q(to_role=role) | Q(to_person=person, to_person__isnull=False))

    def editable_as_own_by(self, viewer: Account) -> Self:
        del viewer
        return self.none()


class DataRequest(Audited):
    """One thing asked regularly, of everyone in a role or of one person.

    retire_on: the first day it is asked no more.  last_used_on: when it last fed a decision.
    """

    class Frequency(models.TextChoices):
        DAILY = "daily", "Every working day"
        WEEKLY = "weekly", "Every week"
        FORTNIGHTLY = "fortnightly", "Every two weeks"
        MONTHLY = "monthly", "Every month"
        QUARTERLY = "quarterly", "Every quarter"
        YEARLY = "yearly", "Every year"

    confidentiality: ClassVar = Confidentiality.MGMT

    to_role = models.CharField("of everyone who is", max_length=16, choices=Role, blank=True)
    to_person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="asked_for"
    )
    what = models.CharField(max_length=120)
    decision_it_feeds = models.CharField(max_length=160, blank=True)  # blank is a finding
    used_by = models.CharField("who uses it", max_length=120, blank=True)
    minutes_each = models.PositiveSmallIntegerField("minutes each time")
    frequency = models.CharField(max_length=11, choices=Frequency, default=Frequency.MONTHLY)
    gives_back = models.CharField("what they get back", max_length=160, blank=True)
    begins = models.DateField("asked since")
    last_used_on = models.DateField("last fed a decision on", null=True, blank=True)
    retire_on = models.DateField(null=True, blank=True)
    activity = models.ForeignKey(
        "scope.Activity", on_delete=models.SET_NULL, null=True, blank=True, related_name="requests"
    )

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["what", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(to_role="") & ~Q(to_person=None))
                | (~Q(to_role="") & Q(to_person=None)),
                name="a_role_or_a_person_is_asked",
            ),
            models.CheckConstraint(
                condition=Q(minutes_each__gt=0), name="what_is_asked_takes_time"
            ),
            models.CheckConstraint(
                condition=Q(retire_on=None) | Q(retire_on__gte=F("begins")),
                name="an_ask_is_retired_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def minutes_a_month(self) -> Fraction:
        return self.minutes_each * TIMES_A_MONTH[self.frequency]


# Of 260 working days and 52 weeks in a year.
TIMES_A_MONTH = {
    "daily": Fraction(260, 12),
    "weekly": Fraction(52, 12),
    "fortnightly": Fraction(26, 12),
    "monthly": Fraction(1),
    "quarterly": Fraction(1, 3),
    "yearly": Fraction(1, 12),
}
