"""Decisions of management: what is asked, by when, and what was decided in which words (S31)."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from backing.mandate.models.changes import ChangeProposal
from backing.people.access import Confidentiality, Role
from backing.people.models import Account
from backing.people.models.audited import Audited, AuditedQuerySet


class MandateDecisionQuerySet(AuditedQuerySet["MandateDecision"]):
    def own_to(self, viewer: Account) -> Self:
        """A leader sees what they are to decide."""
        if viewer.role != Role.LEADER:
            return self.none()
        theirs = MandateDecision.deciders.through.objects.filter(
            mandatedecision=OuterRef("pk"), person=viewer.person_id
        )
        return self.filter(Exists(theirs))

    def editable_as_own_by(self, viewer: Account) -> Self:
        del viewer
        return self.none()


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

    objects = MandateDecisionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["needed_by", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided_on=None) | ~Q(outcome=""), name="what_is_decided_has_words"
            ),
        ]

    def __str__(self) -> str:
        return self.question
