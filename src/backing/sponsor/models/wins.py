"""Wins: what changed for somebody, by whom, on what evidence, and who was told of it (D6)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from backing.people.access import Confidentiality, GatedQuerySet
from backing.people.models.audited import Audited, AuditedQuerySet


class Win(Audited):
    """One win.  source: the record in which it was found ("promise-12"), or nothing.

    owner: whose result it is; it is told to nobody before they approve.  evidence: what stands behind it.
    """

    class Status(models.TextChoices):
        CANDIDATE = "candidate", "Candidate"
        CONFIRMED = "confirmed", "Confirmed"
        SHARED = "shared", "Shared"
        WITHDRAWN = "withdrawn", "Withdrawn"

    confidentiality: ClassVar = Confidentiality.PMO

    headline = models.CharField(max_length=140)
    what_changed = models.CharField(max_length=300)
    before = models.CharField(max_length=120, blank=True)
    after = models.CharField(max_length=120, blank=True)
    for_whom = models.CharField(max_length=120)
    evidence = models.CharField(max_length=300, blank=True)
    happened_on = models.DateField()
    credit_people: Any = models.ManyToManyField("people.Person", blank=True, related_name="+")
    credit_units: Any = models.ManyToManyField("people.OrgUnit", blank=True, related_name="+")
    quote = models.CharField(max_length=200, blank=True)
    quote_by = models.CharField(max_length=120, blank=True)
    quote_consent_on = models.DateField(null=True, blank=True)
    caveat = models.CharField(max_length=200, blank=True)
    what_next = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_by_owner_on = models.DateField(null=True, blank=True)
    message = models.TextField(max_length=700, blank=True)  # the sponsor's words, eighty at most
    status = models.CharField(max_length=9, choices=Status, default=Status.CANDIDATE)
    confirmed_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=40, blank=True)

    objects = AuditedQuerySet["Win"].as_manager()

    class Meta:
        ordering: ClassVar = ["-happened_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source"], condition=~Q(source=""), name="a_win_is_found_once"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["candidate", "withdrawn"])
                | (Q(approved_by_owner_on__isnull=False) & ~Q(evidence="")),
                name="a_win_is_told_with_evidence_and_its_owners_approval",
            ),
        ]

    def __str__(self) -> str:
        return self.headline


class SharedWin(Audited):
    """A win as it was first told, for everyone."""

    confidentiality: ClassVar = Confidentiality.OPEN

    win = models.OneToOneField(Win, on_delete=models.PROTECT, related_name="shared")
    headline = models.CharField(max_length=140)
    message = models.TextField(max_length=700)
    shared_on = models.DateField()

    objects = AuditedQuerySet["SharedWin"].as_manager()

    class Meta:
        ordering: ClassVar = ["-shared_on", "-pk"]

    def __str__(self) -> str:
        return self.headline


class WinShare(models.Model):
    """Somebody passed a win on.  to: to whom, in words; reaction: what came back."""

    confidentiality: ClassVar = Confidentiality.PMO

    win = models.ForeignKey(Win, on_delete=models.PROTECT, related_name="shares")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    to = models.CharField(max_length=160, blank=True)
    channel = models.CharField(max_length=40, blank=True)
    at = models.DateField()
    reaction = models.CharField(max_length=200, blank=True)

    objects = GatedQuerySet["WinShare"].as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.win}, to {self.to}"
