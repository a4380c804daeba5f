"""What people decided about the evidence, and what they were asked.

A `Decision` is one line of trackrecord.decisions with who and when; an edition takes up all that are not
withdrawn.  Owners answer by a link, coders in the queue; both end in decisions.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from backing.people.access import Confidentiality, GatedQuerySet
from backing.people.models import Account, BearerLink
from backing.people.models.audited import Audited, AuditedQuerySet


class DecisionQuerySet(AuditedQuerySet["Decision"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)


class Decision(Audited):
    """`line` is the JSON of one trackrecord decision, as `trackrecord.decisions.to_lines` writes it."""

    class Kind(models.TextChoices):
        SAME = "same", "the same project"
        NOT_SAME = "not-same", "two projects"
        CORRECTION = "correction", "a correction"
        CAUSE = "cause", "a cause"
        CONFIRMED = "confirmed", "confirmed by its owner"

    confidentiality: ClassVar = Confidentiality.PMO

    kind = models.CharField(max_length=12, choices=Kind)
    register = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    line = models.TextField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="decisions")
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["register", "key"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.key}"


class Ownership(Audited):
    """Who owns a project, and what it is called in shared documents until they have confirmed it."""

    confidentiality: ClassVar = Confidentiality.MGMT

    register = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="owns")
    alias = models.CharField(max_length=80, blank=True)

    objects = AuditedQuerySet["Ownership"].as_manager()

    class Meta:
        ordering: ClassVar = ["register", "key"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["register", "key"], name="a_project_has_one_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.person} owns {self.key}"


class RowLink(BearerLink):
    """A signed link by which an owner confirms or corrects one project's row, without an account.

    It may be answered again until it expires; the last answer stands.
    """

    PURPOSE: ClassVar = "evidence.row"
    confidentiality: ClassVar = Confidentiality.PMO

    ownership = models.ForeignKey(Ownership, on_delete=models.CASCADE, related_name="links")
    made_by = models.ForeignKey(  # here somebody always asks
        Account, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    objects = GatedQuerySet["RowLink"].as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="a_row_link_opens_before_it_expires"
            ),
        ]

    def __str__(self) -> str:
        return f"Link {self.pk} for {self.ownership}"


class Coding(Audited):
    """What one coder made of why one project went as it did.  Two may differ: kappa says how often."""

    confidentiality: ClassVar = Confidentiality.PMO

    register = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    coder = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="codings")
    cause = models.CharField(
        max_length=120
    )  # of the taxonomy or the office's own; "unknown" is one
    weight = models.CharField(max_length=12, default="primary")  # or contributing
    evidence = models.CharField(max_length=400, blank=True)  # the words it rests on
    coded_at = models.DateTimeField()

    objects = AuditedQuerySet["Coding"].as_manager()

    class Meta:
        ordering: ClassVar = ["register", "key", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["register", "key", "coder", "cause"], name="a_coder_codes_a_cause_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.coder}: {self.cause} for {self.key}"


class SettledCoding(Audited):
    """What two coders who differed settled on.  Their own codings stay as they were, or kappa would lie."""

    confidentiality: ClassVar = Confidentiality.PMO

    register = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    causes: Any = models.JSONField(default=list)  # pairs of cause and weight, the main one first
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField()

    objects = AuditedQuerySet["SettledCoding"].as_manager()

    class Meta:
        ordering: ClassVar = ["register", "key"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["register", "key"], name="a_project_is_settled_once"),
        ]

    def __str__(self) -> str:
        return f"Settled for {self.key}"


class OwnCause(Audited):
    """A cause that the office adds to the taxonomy."""

    confidentiality: ClassVar = Confidentiality.OPEN

    name = models.SlugField(max_length=120, unique=True)
    label = models.CharField(max_length=120)
    meaning = models.CharField(max_length=400, blank=True)

    objects = AuditedQuerySet["OwnCause"].as_manager()

    class Meta:
        ordering: ClassVar = ["label"]

    def __str__(self) -> str:
        return self.label
