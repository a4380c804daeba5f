"""Who asked for the office, when, and in what words (S03)."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from backing.people.access import Confidentiality
from backing.people.models import Account
from backing.people.models.audited import Audited, AuditedQuerySet


class MandateOriginQuerySet(AuditedQuerySet["MandateOrigin"]):
    def ours(self) -> MandateOrigin | None:
        """The one there is, if it has been told."""
        return self.filter(pk=1).first()

    def own_to(self, viewer: Account) -> Self:
        """Everyone may read why the office exists: it stands at the head of what they are given."""
        del viewer
        return self.all()

    def editable_as_own_by(self, viewer: Account) -> Self:
        del viewer
        return self.none()


class MandateOrigin(Audited):
    """One row, whose earlier versions the history keeps."""

    confidentiality: ClassVar = Confidentiality.MGMT

    commissioned_by = models.ManyToManyField("people.Person", related_name="commissioned")
    on = models.DateField("when")
    in_their_words = models.CharField(max_length=600)
    problem = models.CharField("which problem", max_length=300)
    expected_results = models.CharField("what they expected", max_length=400, blank=True)
    budget_minor = models.BigIntegerField(null=True, blank=True)  # minor units of `currency`
    currency = models.CharField(max_length=3, blank=True)
    review_due = models.DateField(null=True, blank=True)
    source = models.CharField("where it is written down", max_length=200, blank=True)

    objects = MandateOriginQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_origin"),
        ]

    def __str__(self) -> str:
        return f"“{self.in_their_words}”"
