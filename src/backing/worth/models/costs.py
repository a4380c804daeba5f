"""What the office costs: its own items, and what an hour of those costs of whom it asks something.

The hours themselves stand in the ask ledger of `scope`, and are read from there: stored twice they would
soon differ.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from backing.people.access import Confidentiality, Role
from backing.people.models.audited import Audited, AuditedQuerySet
from backing.worth.amounts import Amount


class CostItem(Audited):
    """One cost of the office for a stretch of days; what of it falls into another stretch goes by days.

    basis: where the number comes from.  amount_minor: in minor units of the currency.
    """

    class Kind(models.TextChoices):
        STAFF = "staff", "People"
        TOOLS = "tools", "Tools"
        EXTERNAL = "external", "Outside help"
        OVERHEAD = "overhead", "Rooms and overhead"

    confidentiality: ClassVar = Confidentiality.MGMT

    what = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.STAFF)
    first_day = models.DateField("from")
    last_day = models.DateField("to")
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    basis = models.CharField("where the number comes from", max_length=200)
    noted_on = models.DateField()

    objects = AuditedQuerySet["CostItem"].as_manager()

    class Meta:
        ordering: ClassVar = ["-first_day", "kind", "what", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="a_cost_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="a_cost_costs_something"),
            models.CheckConstraint(condition=~Q(basis=""), name="a_cost_says_where_it_comes_from"),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def amount(self) -> Amount:
        return Amount(self.amount_minor, self.currency)


class HourlyRate(Audited):
    """What an hour costs of those in a role, and how many of them are asked; source: who says so.

    role: "" for whoever is asked by name and has none.
    """

    confidentiality: ClassVar = Confidentiality.MGMT

    role = models.CharField("of whom", max_length=16, choices=Role, blank=True, unique=True)
    people = models.PositiveIntegerField("how many of them are asked", default=1)
    rate_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    source = models.CharField("who says so", max_length=200)
    noted_on = models.DateField()

    objects = AuditedQuerySet["HourlyRate"].as_manager()

    class Meta:
        ordering: ClassVar = ["role", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(rate_minor__gt=0), name="an_hour_costs_something"),
            models.CheckConstraint(condition=~Q(source=""), name="a_rate_says_who_says_so"),
        ]

    def __str__(self) -> str:
        return f"An hour of a {self.of.lower()}"

    @property
    def of(self) -> str:
        return str(Role(self.role).label) if self.role else "Person asked by name"

    @property
    def rate(self) -> Amount:
        return Amount(self.rate_minor, self.currency)
