"""The communication plan: who is told what, how, how often and by whom (S29-a)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from backing.people.access import Confidentiality
from backing.people.models import Account
from backing.people.models.audited import Audited, AuditedQuerySet


class CommunicationPlanItemQuerySet(AuditedQuerySet["CommunicationPlanItem"]):
    def standing(self) -> Self:
        return self.filter(ended_on=None)

    def own_to(self, viewer: Account) -> Self:
        """Whoever is to tell it sees it."""
        return self.filter(owner=viewer.person)

    def editable_as_own_by(self, viewer: Account) -> Self:
        del viewer
        return self.none()


class CommunicationPlanItem(Audited):
    """One thing that somebody is told, again and again."""

    confidentiality: ClassVar = Confidentiality.PMO

    audience = models.CharField("who is told", max_length=120)
    message = models.CharField("what they are told", max_length=300)
    channel = models.CharField("how", max_length=80)
    every_days = models.PositiveSmallIntegerField(
        "every how many days", validators=[MinValueValidator(1), MaxValueValidator(366)]
    )
    owner = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="to_tell")
    begins_on = models.DateField("first on")
    last_sent = models.DateField("last told on", null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects = CommunicationPlanItemQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["audience", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(every_days__gte=1), name="a_rhythm_is_a_day_or_more"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.audience}: {self.message}"

    @property
    def next_due(self) -> date:
        """From when it was told, not from when it should have been: a late one does not bring two together."""
        if self.last_sent is None:
            return self.begins_on
        return self.last_sent + timedelta(days=self.every_days)
