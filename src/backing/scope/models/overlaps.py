"""What people said of two activities of two units that may be the same work (S20-c, RULE-09)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from backing.people.access import Confidentiality
from backing.people.models.audited import Audited, AuditedQuerySet
from backing.scope.models.activities import Activity


class OverlapTalk(Audited):
    """About a pair: that somebody marked it, that the other unit was spoken with, and what came of it.

    Only the head of the office sees an overlap before the other unit was spoken with.
    """

    class Outcome(models.TextChoices):
        OPEN = "open", "Still to be agreed"
        OURS = "ours", "The office does it"
        THEIRS = "theirs", "The other unit does it"
        BOTH = "both", "Both do it, on purpose"
        DIFFERENT = "different", "It is not the same work"

    confidentiality: ClassVar = Confidentiality.PMO

    one = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(  # the later key; None where two units do one activity
        Activity, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    unit = models.ForeignKey(  # then, the unit that does it beside its own
        "people.OrgUnit", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    marked_on = models.DateField(null=True, blank=True)  # a person says they may be the same
    spoken_on = models.DateField(null=True, blank=True)
    spoken_with = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(max_length=9, choices=Outcome, default=Outcome.OPEN)
    agreed = models.CharField("what was agreed", max_length=200, blank=True)
    noted_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")

    objects = AuditedQuerySet["OverlapTalk"].as_manager()

    class Meta:
        ordering: ClassVar = ["one", "other"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["one", "other"], name="a_pair_is_talked_of_once"),
            models.UniqueConstraint(fields=["one", "unit"], name="a_second_unit_is_talked_of_once"),
            models.CheckConstraint(
                condition=(Q(other=None) & ~Q(unit=None)) | (~Q(other=None) & Q(unit=None)),
                name="an_overlap_is_of_two_activities_or_two_units",
            ),
            models.CheckConstraint(
                condition=Q(other=None) | Q(one__lt=F("other")), name="a_pair_has_one_order"
            ),
            models.CheckConstraint(
                condition=Q(outcome="open") | ~Q(spoken_on=None),
                name="what_came_of_it_was_spoken_of",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one} and {self.other or self.unit}"
