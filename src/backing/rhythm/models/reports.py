"""The improvement report (D7): what somebody adds to what is composed of the measures."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from backing.people.access import Confidentiality
from backing.people.models.audited import Audited, AuditedQuerySet
from boardpaper.wording import en


class Report(Audited):
    """One period's report.  Nothing of the measures is kept here: they are composed from what is there.

    explanations: by measure number, why it got worse or did not move.
    """

    class Kind(models.TextChoices):
        MONTH = "month", "Monthly"
        QUARTER = "quarter", "Quarterly"

    confidentiality: ClassVar = Confidentiality.PMO

    kind = models.CharField(max_length=7, choices=Kind, default=Kind.MONTH)
    first_day = models.DateField()
    last_day = models.DateField()
    explanations: Any = models.JSONField(default=dict, blank=True)
    stopped_asking = models.CharField(max_length=300, blank=True)
    next_steps = models.CharField(max_length=300, blank=True)
    ask = models.CharField(max_length=200, blank=True)

    objects = AuditedQuerySet["Report"].as_manager()

    class Meta:
        ordering: ClassVar = ["-last_day", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "first_day"], name="a_period_has_one_report_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(first_day__lt=F("last_day")), name="a_report_has_a_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} report to {en.day(self.last_day)}"
