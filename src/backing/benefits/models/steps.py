"""What lies between an activity of the office and a benefit of the business."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from backing.benefits.models.owned import OwnedQuerySet
from backing.people.access import Confidentiality
from backing.people.models.audited import Audited


class Step(Audited):
    """What all of them have: a name, and perhaps an owner."""

    confidentiality: ClassVar = Confidentiality.MGMT

    name = models.CharField(max_length=120, unique=True)
    owner = models.ForeignKey(
        "people.Person",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="owns_%(class)s",
    )

    class Meta:
        abstract = True
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Output(Step):
    """What an activity produces."""

    objects = OwnedQuerySet["Output"].as_manager()


class Capability(Step):
    """What an output makes possible."""

    objects = OwnedQuerySet["Capability"].as_manager()

    class Meta(Step.Meta):
        verbose_name_plural: ClassVar = "capabilities"


class BusinessChange(Step):
    """A new way of working in the business; without an owner there the line breaks (RULE-08)."""

    agreed = models.BooleanField("its owner has agreed", default=False)
    by = models.DateField("by", null=True, blank=True)

    objects = OwnedQuerySet["BusinessChange"].as_manager()

    class Meta(Step.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(agreed=False) | models.Q(owner__isnull=False),
                name="only_an_owner_agrees_to_a_change",
            ),
        ]


class Outcome(Step):
    """The new state, once the business works differently."""

    objects = OwnedQuerySet["Outcome"].as_manager()
