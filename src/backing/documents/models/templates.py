"""The organisation's own PowerPoint and Word files, which documents are set in."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models

from backing.people.access import Confidentiality, GatedQuerySet


class TemplateQuerySet(GatedQuerySet["Template"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None)


class Template(models.Model):
    """A file that was tried when it came; issues that were set in it keep it."""

    class Kind(models.TextChoices):
        SLIDES = "pptx", "PowerPoint"
        TEXT = "docx", "Word"

    confidentiality: ClassVar = Confidentiality.PMO

    kind = models.CharField(max_length=4, choices=Kind)
    name = models.CharField(max_length=255)  # as the user called it; never a path
    digest = models.CharField(max_length=64)  # SHA-256 of the bytes
    size = models.PositiveBigIntegerField()  # bytes
    stored_as = models.CharField(max_length=255)  # below the workspace's `documents/`
    missing: Any = models.JSONField(default=list)  # sentences: what it lacks, and what happens then
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="templates")
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return self.name
