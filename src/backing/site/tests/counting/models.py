"""The row, what it leaves behind, and a sealed record to try the seal on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from backing.people.models.sealed import Sealed, SealedQuerySet
from backing.site.work import LongWork, LongWorkQuerySet


class Count(LongWork):
    kind = "count"

    to = models.PositiveIntegerField()
    pause = models.FloatField(default=0.0)  # seconds after each count, so that a test can interrupt
    fault = models.CharField(max_length=20, blank=True)  # what is to go wrong halfway

    objects = LongWorkQuerySet["Count"].as_manager()

    class Meta(LongWork.Meta):
        pass


class Counted(models.Model):
    """One number that was counted; the database lets it be counted once."""

    count = models.ForeignKey(Count, on_delete=models.CASCADE, related_name="counted")
    number = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["count", "number"], name="a_number_is_counted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} of {self.count}"


class Whisper(Sealed):
    whose: ClassVar = ()  # about nobody in particular

    about = models.CharField(max_length=40)

    objects = SealedQuerySet["Whisper"].as_manager()

    def __str__(self) -> str:
        return f"Something about {self.about}: {self.content}"
