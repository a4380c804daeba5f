"""What is brought to a manager who can settle it: facts, two or three options, what we recommend (S12-c)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from backing.mandate.models import BlockPlan
from backing.people.access import Confidentiality
from backing.people.models import Account
from backing.people.models.audited import Audited, AuditedQuerySet
from backing.pushback.models.objections import Pushback


class Escalation(Audited):
    """One question to one named manager, about one objection or one plan for what may be stopped."""

    class Level(models.IntegerChoices):
        PEER = 1, "A peer of whoever decided"
        LINE_MANAGER = 2, "Their line manager"
        LEADER = 3, "A leader"
        SPONSOR = 4, "The sponsor"

    confidentiality: ClassVar = Confidentiality.PMO

    pushback = models.ForeignKey(
        Pushback, on_delete=models.CASCADE, null=True, blank=True, related_name="escalations"
    )
    block = models.ForeignKey(
        BlockPlan, on_delete=models.CASCADE, null=True, blank=True, related_name="escalations"
    )
    level = models.PositiveSmallIntegerField(choices=Level)
    to = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="escalations")
    facts = models.CharField(max_length=600)
    effect = models.CharField(max_length=300)
    tried = models.CharField(max_length=300, blank=True)
    options = models.JSONField(default=list)  # two or three sentences
    recommendation = models.CharField(max_length=200)
    by = models.DateField("needed by")
    raised_on = models.DateField()
    raised_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=300, blank=True)
    decided_on = models.DateField(null=True, blank=True)

    objects = AuditedQuerySet["Escalation"].as_manager()

    class Meta:
        ordering: ClassVar = ["by", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(pushback=None, block__isnull=False)
                | Q(pushback__isnull=False, block=None),
                name="an_escalation_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=(Q(decided_on=None) & Q(outcome=""))
                | (Q(decided_on__isnull=False) & ~Q(outcome="")),
                name="an_escalation_that_is_decided_has_words",
            ),
        ]

    def __str__(self) -> str:
        return f"To {self.to}: {self.recommendation}"

    @property
    def subject(self) -> str:
        return self.pushback.subject if self.pushback is not None else str(self.block)
