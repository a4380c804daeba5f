"""Work that goes from one unit to another: dates, checklist, and the word of both sides (S20-b)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from backing.people.access import Confidentiality, GatedQuerySet, Role
from backing.people.models import Account
from backing.people.models.audited import Audited, AuditedQuerySet
from backing.scope.models.activities import Activity
from backing.scope.models.links import AnswerLink

CHECKLIST = (
    "Data",
    "Access",
    "Templates",
    "Open items",
    "Contacts",
    "Knowledge",
    "Capacity",
)


class Side(models.TextChoices):
    GIVER = "giver", "The side that gives"
    RECEIVER = "receiver", "The side that takes"


class HandOverQuerySet(AuditedQuerySet["HandOver"]):
    def standing(self) -> Self:
        return self.filter(called_off_on=None)

    def own_to(self, viewer: Account) -> Self:
        """A leader sees those in which their unit gives or takes."""
        if viewer.role != Role.LEADER:
            return self.none()
        person, unit = viewer.person, viewer.person.org_unit_id or 0
        return self.filter(
            Q(giver__head=person) | Q(receiver__head=person) | Q(giver=unit) | Q(receiver=unit)
        )

    def editable_as_own_by(self, viewer: Account) -> Self:
        del viewer
        return self.none()


class HandOver(Audited):
    """An activity goes from one unit to another.

    giving_ends: the last day the giver does it.  taking_starts: the first day the receiver does.
    parallel_until: the last day on which both do, as agreed.
    """

    confidentiality: ClassVar = Confidentiality.MGMT

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="hand_overs")
    giver = models.ForeignKey("people.OrgUnit", on_delete=models.PROTECT, related_name="gives")
    receiver = models.ForeignKey("people.OrgUnit", on_delete=models.PROTECT, related_name="takes")
    giving_ends = models.DateField("last day the giver does it")
    taking_starts = models.DateField("first day the receiver does it")
    parallel_until = models.DateField("last day both do it", null=True, blank=True)
    giver_accepted_on = models.DateField(null=True, blank=True)
    giver_accepted_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    receiver_accepted_on = models.DateField(null=True, blank=True)
    receiver_accepted_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    giver_said = models.CharField(max_length=300, blank=True)  # in their words, if they objected
    receiver_said = models.CharField(max_length=300, blank=True)
    called_off_on = models.DateField(null=True, blank=True)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["giving_ends", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(giver=F("receiver")), name="work_goes_to_another_unit"
            ),
            models.CheckConstraint(
                condition=Q(parallel_until=None) | Q(parallel_until__gte=F("taking_starts")),
                name="both_do_it_after_the_receiver_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.giver} to {self.receiver}"

    @property
    def days(self) -> tuple[date, date, date | None]:
        """What both sides are asked about."""
        return self.giving_ends, self.taking_starts, self.parallel_until

    @property
    def days_in_a_word(self) -> str:
        """The same, for a page to carry back with an answer."""
        return "/".join(str(day or "") for day in self.days)

    @property
    def gap(self) -> tuple[date, date] | None:
        """The first and the last day on which neither side does it, if there are such days."""
        first, last = self.giving_ends + timedelta(days=1), self.taking_starts - timedelta(days=1)
        return (first, last) if first <= last else None

    @property
    def accepted(self) -> bool:
        """Both sides have said yes to the dates as they stand."""
        return self.giver_accepted_on is not None and self.receiver_accepted_on is not None


class HandOverItem(Audited):
    """One line of the checklist: handed over by one side, accepted by the other."""

    confidentiality: ClassVar = Confidentiality.MGMT

    hand_over = models.ForeignKey(HandOver, on_delete=models.CASCADE, related_name="items")
    item = models.CharField(max_length=120)
    done_by = models.CharField(max_length=120, blank=True)  # who sees to it
    done_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = AuditedQuerySet["HandOverItem"].as_manager()

    class Meta:
        ordering: ClassVar = ["hand_over", "position", "pk"]

    def __str__(self) -> str:
        return self.item


class HandOverLink(AnswerLink):
    """Asks one side of a hand-over for its word."""

    PURPOSE: ClassVar = "scope.handoverlink"
    confidentiality: ClassVar = Confidentiality.PMO

    hand_over = models.ForeignKey(HandOver, on_delete=models.CASCADE, related_name="links")
    side = models.CharField(max_length=8, choices=Side)

    objects = GatedQuerySet["HandOverLink"].as_manager()

    class Meta(AnswerLink.Meta):
        abstract = False
