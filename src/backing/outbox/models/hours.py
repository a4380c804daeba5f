"""When nothing leaves by itself."""

from __future__ import annotations

from datetime import time
from typing import ClassVar

from django.db import models

from backing.people.access import Confidentiality, GatedQuerySet


class QuietHours(models.Model):
    """One row.  begins, ends: by the office's clock; may go past midnight.  The same twice: none."""

    confidentiality: ClassVar = Confidentiality.PMO

    begins = models.TimeField(default=time(19))
    ends = models.TimeField(default=time(7, 30))
    weekends = models.BooleanField("Saturdays and Sundays too", default=True)

    objects = GatedQuerySet["QuietHours"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(pk=1), name="there_are_quiet_hours_of_one_office"
            ),
        ]

    def __str__(self) -> str:
        nights = (
            f"from {self.begins:%H:%M} to {self.ends:%H:%M}" if self.begins != self.ends else ""
        )
        days = "on Saturdays and Sundays" if self.weekends else ""
        return " and ".join(each for each in (nights, days) if each) or "never"

    @classmethod
    def ours(cls) -> QuietHours:
        return cls.objects.filter(pk=1).first() or cls(pk=1)
