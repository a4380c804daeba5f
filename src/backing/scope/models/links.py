"""Signed links by which somebody answers without an account, on a phone.

The database holds a digest of what a link carries, never the link.  It may be answered again until it
expires; the last answer stands.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class AnswerLink(models.Model):
    """What every such link has; each kind says whom it asks about what."""

    digest = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="a_%(class)s_opens_before_it_expires"
            ),
        ]

    def __str__(self) -> str:
        return f"Link {self.pk} for {self.person}"
