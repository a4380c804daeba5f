"""What was printed and not kept: that it was, and nothing of what it said.

A document about a person is made anew each time, from records that are opened for it.  The row is for
whoever asks later who took such a page along.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from backing.documents.models.codes import Code
from backing.people.access import Confidentiality, GatedQuerySet


class PrintedQuerySet(GatedQuerySet["Printed"]):
    """Printings, behind the gate."""


class Printed(models.Model):
    """One printing.  about: whom it is about, where it is about somebody."""

    confidentiality: ClassVar = Confidentiality.PMO

    code = models.CharField(max_length=3, choices=Code)
    klass = models.CharField(max_length=12, choices=Confidentiality)
    about = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="printings"
    )
    composition_hash = models.CharField(max_length=64)
    printed_at = models.DateTimeField()
    printed_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="printings"
    )
    expires_on = models.DateField(null=True, blank=True)

    objects = PrintedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-printed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.code} printed by {self.printed_by} on {self.printed_at:%d %B %Y}"
