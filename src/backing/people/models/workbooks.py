"""Workbooks that came back, and the keys by which their rows are known."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models

from backing.people.access import Confidentiality, GatedQuerySet
from backing.people.models.accounts import Account


class RowKey(models.Model):
    """The key of one row, in every workbook.  A row may have several: the latest is written out.

    label: the model's, as Django says it.  A key says nothing of the row.
    """

    confidentiality: ClassVar = Confidentiality.PMO

    label = models.CharField(max_length=60)
    row = models.PositiveBigIntegerField()
    key = models.CharField(max_length=40)

    objects = GatedQuerySet["RowKey"].as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["label", "row"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["label", "key"], name="a_key_is_of_one_row"),
        ]

    def __str__(self) -> str:
        return self.key


class WorkbookQuerySet(GatedQuerySet["Workbook"]):
    def waiting(self) -> Self:
        """Looked through, and nobody has decided yet."""
        return self.filter(taken_at=None)


class Workbook(models.Model):
    """One workbook that was dropped.  Its cells are kept only until it is taken in or thrown away.

    sheets: by title, rows of texts, the header first.  written_at: when it was made, as its cover says.
    found: what was said of it (`workbook.comparing.Said`); once it is taken in, the counts alone.
    """

    confidentiality: ClassVar = Confidentiality.PMO

    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="workbooks")
    read_at = models.DateTimeField()
    name = models.CharField(max_length=255)  # as the user called the file; never a path
    digest = models.CharField(max_length=64)  # SHA-256 of its bytes
    written_at = models.DateTimeField(null=True, blank=True)
    sheets: Any = models.JSONField(default=dict)
    found: Any = models.JSONField(default=dict)
    taken_at = models.DateTimeField(null=True, blank=True)

    objects = WorkbookQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.name
