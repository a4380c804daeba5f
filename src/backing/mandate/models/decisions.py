"""Decisions of management: what is asked, by when, and what was decided in which words (S31)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from backing.mandate.models.changes import ChangeProposal
from backing.people.access import Confidentiality
from backing.people.models.audited import Audited, AuditedQuerySet


class MandateDecision(Audited):
    """A question for deciders; `outcome` is in their words once it is decided."""

    class Kind(models.TextChoices):
        MANDATE = "mandate", "The mandate"
        CHARTER = "charter", "The charter"
        CHANGE = "change", "A change"
        ESCALATION = "escalation", "An escalation"
        BUDGET = "budget", "The budget"
        RENEWAL = "renewal", "Renewal"

    confidentiality: ClassVar = Confidentiality.MGMT

    kind = models.CharField(max_length=10, choices=Kind)
    question = models.CharField(max_length=200)
    options = models.JSONField(default=list)  # two to four sentences
    recommendation = models.CharField(max_length=200)
    if_not_decided = models.CharField("what follows from no decision", max_length=200)
    change = models.ForeignKey(
        ChangeProposal, on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    deciders = models.ManyToManyField("people.Person", related_name="decides")
    needed_by = models.DateField()
    outcome = models.CharField(max_length=600, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    conditions = models.CharField(max_length=300, blank=True)
    review_on = models.DateField(null=True, blank=True)

    objects = AuditedQuerySet["MandateDecision"].as_manager()

    class Meta:
        ordering: ClassVar = ["needed_by", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided_on=None) | ~Q(outcome=""), name="what_is_decided_has_words"
            ),
        ]

    def __str__(self) -> str:
        return self.question
