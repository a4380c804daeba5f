"""What was expected of the office when it began, and what became of each expectation (D8)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from backing.people.access import Confidentiality
from backing.people.models.audited import Audited, AuditedQuerySet


class Expected(Audited):
    """One expectation, in the words of whoever had it.  shows: what shows what became of it."""

    class Outcome(models.TextChoices):
        OPEN = "open", "Not looked at"
        MET = "met", "Met"
        PARTLY = "partly", "Partly met"
        NOT_MET = "not_met", "Not met"
        DROPPED = "dropped", "Dropped"

    confidentiality: ClassVar = Confidentiality.MGMT

    statement = models.CharField("what was expected", max_length=200)
    said_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    on = models.DateField("said on")
    outcome = models.CharField(
        "what became of it", max_length=8, choices=Outcome, default=Outcome.OPEN
    )
    shows = models.CharField("what shows it", max_length=300, blank=True)
    judged_on = models.DateField(null=True, blank=True)

    objects = AuditedQuerySet["Expected"].as_manager()

    class Meta:
        ordering: ClassVar = ["on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome="open") | (~Q(shows="") & Q(judged_on__isnull=False)),
                name="what_became_of_it_is_shown",
            ),
        ]

    def __str__(self) -> str:
        return self.statement
