"""Advice that was put off or dismissed, and thresholds that somebody set."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar, Final, Self

from django.core.exceptions import ValidationError
from django.db import models

from backing.people.access import Confidentiality
from backing.people.models.audited import Audited, AuditedQuerySet

LONGEST: Final = timedelta(days=60)


class PutOffQuerySet(AuditedQuerySet["PutOff"]):
    def on(self, day: date) -> Self:
        """Those that hold on a day."""
        return self.filter(models.Q(until=None) | models.Q(until__gt=day))


class PutOff(Audited):
    """Not now, or not at all: for one rule about one subject.  No free text: it may be about a person."""

    class Reason(models.TextChoices):
        IN_HAND = "in_hand", "It is in hand"
        NOT_NOW = "not_now", "Not a good moment"
        WAITING = "waiting", "Waiting for somebody"
        NOT_OURS = "not_ours", "Not for us to do"
        WRONG = "wrong", "It is not so"

    confidentiality: ClassVar = Confidentiality.PMO

    rule = models.CharField(max_length=10)
    subject = models.CharField(max_length=120)
    reason = models.CharField(max_length=8, choices=Reason)
    until = models.DateField(null=True, blank=True)  # none: dismissed
    on = models.DateField()
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")

    objects = PutOffQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-on", "-pk"]
        indexes: ClassVar = [models.Index(fields=["rule", "subject"])]

    def __str__(self) -> str:
        return f"{self.rule} about {self.subject}: {self.get_reason_display()}"

    def clean(self) -> None:
        if self.until is not None and not self.on < self.until <= self.on + LONGEST:
            raise ValidationError({"until": f"Put it off by at most {LONGEST.days} days."})


class SetThreshold(Audited):
    """A threshold set to something else than its default."""

    confidentiality: ClassVar = Confidentiality.PMO

    key = models.CharField(max_length=80, unique=True)  # Threshold.key
    value = models.FloatField()
    why = models.CharField(max_length=200, blank=True)

    objects = AuditedQuerySet["SetThreshold"].as_manager()

    class Meta:
        ordering: ClassVar = ["key"]

    def __str__(self) -> str:
        return f"{self.key}: {self.value:g}"
