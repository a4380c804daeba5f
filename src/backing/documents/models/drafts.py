"""What the head of the office has decided about a document that is not issued yet.

A draft holds no figure and no sentence that the evidence gives: these are composed anew whenever it is
looked at.  It holds the order, what is left out, and what somebody wrote themselves.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from backing.documents.models.codes import Code
from backing.documents.models.templates import Template
from backing.people.access import Confidentiality
from backing.people.models.audited import Audited, AuditedQuerySet


class Draft(Audited):
    """One a code.  Sections are known by their keys (`documents.sections`)."""

    confidentiality: ClassVar = Confidentiality.PMO

    code = models.CharField(max_length=3, choices=Code, unique=True)
    audience = models.CharField("for whom", max_length=80, default="Management")
    order: Any = models.JSONField(default=list)  # keys, where they were moved
    left_out: Any = models.JSONField(default=list)  # keys
    # By key: {"heading": ..., "words": ...}, as typed; either may be missing.
    own_words: Any = models.JSONField(default=dict)
    slides_template = models.ForeignKey(
        Template, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text_template = models.ForeignKey(
        Template, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = AuditedQuerySet["Draft"].as_manager()

    def __str__(self) -> str:
        return f"Draft of {self.code}"
