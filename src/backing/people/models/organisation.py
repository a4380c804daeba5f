"""The organisation the office works for, and its units."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

from backing.people.access import Confidentiality
from backing.people.models.audited import Audited, AuditedQuerySet
from backing.people.one_look import once_a_look


class Language(models.TextChoices):
    ENGLISH = "en", "English"


class Organisation(Audited):
    """One row: what is true of the whole office (X8)."""

    confidentiality: ClassVar = Confidentiality.OPEN

    name = models.CharField("organisation", max_length=80, blank=True)
    invented = models.BooleanField("an invented company", default=False)  # X9: clearly marked
    currency = models.CharField(
        max_length=3,
        default="EUR",
        validators=[RegexValidator(r"^[A-Z]{3}$", "Three capital letters, for example EUR.")],
    )
    fiscal_year_starts = models.PositiveSmallIntegerField(
        "fiscal year starts in", default=1, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    language = models.CharField(max_length=8, choices=Language, default=Language.ENGLISH)

    second_step_required = models.BooleanField("everyone signs in with a code, too", default=False)

    objects = AuditedQuerySet["Organisation"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_organisation"),
        ]

    def __str__(self) -> str:
        return self.name or "The organisation has no name yet"

    @property
    def on_paper(self) -> str:
        """What documents call it, while it has no name too."""
        return self.name or "Your organisation"

    @staticmethod
    @once_a_look
    def ours() -> Organisation:
        """The row, or a new one with the defaults, not yet saved."""
        return Organisation.objects.filter(pk=1).first() or Organisation(pk=1)


class OrgUnit(Audited):
    """A part of the organisation, or a firm outside that works for it."""

    class Kind(models.TextChoices):
        DIVISION = "division", "Division"
        DEPARTMENT = "department", "Department"
        TEAM = "team", "Team"
        EXTERNAL = "external", "Outside firm"

    confidentiality: ClassVar = Confidentiality.OPEN

    name = models.CharField(max_length=80, unique=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    head = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="heads"
    )
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.DEPARTMENT)

    objects = AuditedQuerySet["OrgUnit"].as_manager()

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if any(unit.pk == self.pk for unit in self.above()):
            raise ValidationError({"parent": f"{self} cannot stand under itself or its own parts."})

    def above(self) -> list[OrgUnit]:
        """The units this one is part of, nearest first; ends at a ring rather than run round it."""
        found: list[OrgUnit] = []
        unit = self.parent
        while unit is not None and unit not in found:
            found.append(unit)
            unit = unit.parent
        return found
