"""Which projects of the current edition look like one: asked of a person, and in no figure until answered."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Count, Max

from backing.people.access import Confidentiality, GatedQuerySet


class LikenessQuerySet(GatedQuerySet["Likeness"]):
    def by_reason(self) -> list[dict[str, object]]:
        """Each reason with how many pairs it speaks for; the one with the surest pair first."""
        counted = self.order_by().values("because").annotate(pairs=Count("pk"), sure=Max("alike"))
        return list(counted.order_by("-sure", "-pairs", "because"))

    def surest_first(self) -> Self:
        return self.order_by("-alike", "pair")


class Likeness(models.Model):
    """Two Keys that look like one project.  Written in bulk with every edition, without what is decided.

    pair: a digest of the two Keys, by which a page names them however often the rows are made again.
    alike: 0-1, as trackrecord.likeness weighs it; not a probability.
    """

    confidentiality: ClassVar = Confidentiality.PMO

    pair = models.CharField(max_length=32, unique=True)
    register_a = models.CharField(max_length=200)
    key_a = models.CharField(max_length=200)
    register_b = models.CharField(max_length=200)
    key_b = models.CharField(max_length=200)
    # The Record's ids of the projects they are now.
    project_a = models.CharField(max_length=400)
    project_b = models.CharField(max_length=400)
    alike = models.FloatField()
    because = models.CharField(max_length=120)

    objects = LikenessQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-alike", "pair"]
        indexes: ClassVar = [models.Index(fields=["because", "-alike", "pair"])]

    def __str__(self) -> str:
        return f"{self.key_a} and {self.key_b}"
