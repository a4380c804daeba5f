"""What the office will do, will not do, and will not do yet (S19); and which cause each activity addresses (S22)."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from backing.people.access import Confidentiality
from backing.people.models.audited import Audited, AuditedQuerySet
from backing.scope.models.activities import Activity


class ScopeItemQuerySet(AuditedQuerySet["ScopeItem"]):
    def will(self) -> Self:
        return self.filter(kind=ScopeItem.Kind.WILL)

    def wont(self) -> Self:
        return self.filter(kind=ScopeItem.Kind.WONT)

    def not_yet(self) -> Self:
        return self.filter(kind=ScopeItem.Kind.NOT_YET)


class ScopeItem(Audited):
    """One sentence of the scope, with its reason.

    A won't names the unit that does it instead, or says that nobody does; a not yet says from when.
    """

    class Kind(models.TextChoices):
        WILL = "will", "Will"
        WONT = "wont", "Won’t"
        NOT_YET = "not_yet", "Not yet"

    confidentiality: ClassVar = Confidentiality.OPEN

    kind = models.CharField(max_length=7, choices=Kind)
    statement = models.CharField(max_length=160)
    reason = models.CharField("because", max_length=200)
    instead = models.ForeignKey(
        "people.OrgUnit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="does_instead",
    )
    nobody_instead = models.BooleanField("nobody does it", default=False)
    from_on = models.DateField("from", null=True, blank=True)
    activities = models.ManyToManyField(Activity, blank=True, related_name="scope_items")
    position = models.PositiveSmallIntegerField(default=0)

    objects = ScopeItemQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["kind", "position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind="wont")
                | Q(instead=None, nobody_instead=True)
                | (~Q(instead=None) & Q(nobody_instead=False)),
                name="a_wont_says_who_does_it_or_that_nobody_does",
            ),
            models.CheckConstraint(
                condition=~Q(kind="not_yet") | ~Q(from_on=None), name="a_not_yet_says_from_when"
            ),
        ]

    def __str__(self) -> str:
        return self.statement


class CauseCoverage(Audited):
    """One cell of the matrix: this activity is aimed at this cause.

    cause: its name in the taxonomy of evidence, or of the office's own causes.
    """

    confidentiality: ClassVar = Confidentiality.MGMT

    cause = models.CharField(max_length=120)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="coverage")
    how = models.CharField("what it does about it", max_length=200, blank=True)
    noted_on = models.DateField()

    objects = AuditedQuerySet["CauseCoverage"].as_manager()

    class Meta:
        ordering: ClassVar = ["cause", "activity", "pk"]
        verbose_name_plural: ClassVar = "cause coverage"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cause", "activity"], name="an_activity_addresses_a_cause_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.cause}"


class CauseLeft(Audited):
    """A cause that the office leaves alone on purpose, and why; so it can say so when it is asked."""

    confidentiality: ClassVar = Confidentiality.MGMT

    cause = models.CharField(max_length=120, unique=True)
    reason = models.CharField(max_length=200)
    scope_item = models.ForeignKey(
        ScopeItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="causes_left"
    )
    noted_on = models.DateField()

    objects = AuditedQuerySet["CauseLeft"].as_manager()

    class Meta:
        ordering: ClassVar = ["cause"]
        verbose_name_plural: ClassVar = "causes left"

    def __str__(self) -> str:
        return f"{self.cause}: {self.reason}"
