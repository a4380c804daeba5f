"""What the office and its neighbours do: activities, services, and the list a neighbour gave (S19, S20)."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from backing.people.access import Confidentiality, GatedQuerySet, Role
from backing.people.models import Account
from backing.people.models.audited import Audited, AuditedQuerySet
from backing.people.one_look import once_a_look
from backing.scope.models.codes import Code


class OurUnit(Audited):
    """Which unit of the organisation the office itself is: one row, asked for once."""

    confidentiality: ClassVar = Confidentiality.OPEN

    unit = models.ForeignKey("people.OrgUnit", on_delete=models.PROTECT, related_name="+")

    objects = AuditedQuerySet["OurUnit"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pk=1), name="the_office_is_one_unit"),
        ]

    def __str__(self) -> str:
        return str(self.unit)

    @staticmethod
    @once_a_look
    def ours() -> int | None:
        """The key of that unit; None while nobody has said."""
        return OurUnit.objects.values_list("unit", flat=True).first()


class ActivityQuerySet(AuditedQuerySet["Activity"]):
    def live(self) -> Self:
        """Done now or planned; what has ended is history."""
        return self.exclude(status=Activity.Status.ENDED)

    def ours(self) -> Self:
        """Those of the office itself; none while nobody has said which unit it is."""
        return self.filter(org_unit__in=OurUnit.objects.values("unit"))

    def of_neighbours(self) -> Self:
        return self.exclude(org_unit__in=OurUnit.objects.values("unit"))

    def own_to(self, viewer: Account) -> Self:
        """A leader sees those of their own area."""
        return self.filter(_in_the_area_of(viewer)) if viewer.role == Role.LEADER else self.none()

    def editable_as_own_by(self, viewer: Account) -> Self:
        del viewer
        return self.none()


class Activity(Audited):
    """Something a unit does: the office, or a neighbour of it.

    begins, until: the first and the last day on which the unit does it, as far as they are known.
    """

    class Purpose(models.TextChoices):
        GOAL = "goal", "Serves a goal"
        MANDATORY = "mandatory", "A rule requires it"
        ENABLING = "enabling", "Makes other work possible"

    class Status(models.TextChoices):
        PLANNED = "planned", "Planned"
        RUNNING = "running", "Running"
        ENDED = "ended", "Ended"

    confidentiality: ClassVar = Confidentiality.MGMT

    name = models.CharField(max_length=120)
    org_unit = models.ForeignKey(
        "people.OrgUnit", on_delete=models.PROTECT, related_name="activities", verbose_name="unit"
    )
    code = models.CharField("kind of work", max_length=32, choices=Code, blank=True)
    purpose = models.CharField(max_length=9, choices=Purpose, default=Purpose.GOAL)
    required_by = models.CharField("which rule requires it", max_length=120, blank=True)
    hours_per_month = models.DecimalField(max_digits=7, decimal_places=1, null=True, blank=True)
    status = models.CharField(max_length=7, choices=Status, default=Status.RUNNING)
    begins = models.DateField("first day", null=True, blank=True)
    until = models.DateField("last day", null=True, blank=True)
    noted_on = models.DateField()  # when the office wrote it down; rules that wait count from here

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["org_unit__name", "name", "pk"]
        verbose_name_plural: ClassVar = "activities"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["org_unit", "name"], name="a_unit_has_an_activity_of_a_name_once"
            ),
            models.CheckConstraint(
                condition=Q(begins=None) | Q(until=None) | Q(until__gte=models.F("begins")),
                name="an_activity_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(hours_per_month=None) | Q(hours_per_month__gte=0),
                name="hours_are_not_below_zero",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Service(Audited):
    """What the office offers somebody: for whom, against which pain, and how to ask for it."""

    confidentiality: ClassVar = Confidentiality.OPEN

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="services")
    name = models.CharField(max_length=100)
    category = models.CharField(max_length=60, blank=True)
    for_whom = models.CharField(max_length=120)
    pain_addressed = models.CharField("what it spares them", max_length=200)
    benefit = models.CharField("what they gain", max_length=200)
    how_to_request = models.CharField("how to ask for it", max_length=200)
    inputs_needed = models.CharField("what we need from them", max_length=200)
    service_level = models.CharField("how fast, how good", max_length=120, blank=True)
    measure = models.ForeignKey(
        "evidence.Measure",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="services",
    )

    objects = AuditedQuerySet["Service"].as_manager()

    class Meta:
        ordering: ClassVar = ["category", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class ActivityList(models.Model):
    """A neighbour's list of activities that was dropped in: looked at first, undone as a whole.

    Its cells are kept only until it is taken in or thrown away.
    """

    confidentiality: ClassVar = Confidentiality.PMO

    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        "people.OrgUnit", on_delete=models.PROTECT, null=True, related_name="+"
    )
    read_at = models.DateTimeField()
    name = models.CharField(max_length=255)  # as the user called the file; never a path
    digest = models.CharField(max_length=64)  # SHA-256 of its bytes
    header: Any = models.JSONField(default=list)
    rows: Any = models.JSONField(default=list)  # pairs: the row's number in the file, its cells
    columns: Any = models.JSONField(default=dict)  # by field, the place of its column in the header
    taken_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    # What taking it in made and changed, so that it can be undone: keys, and the values of before.
    made: Any = models.JSONField(default=dict)

    objects = GatedQuerySet["ActivityList"].as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(undone_at=None) | ~Q(taken_at=None),
                name="only_a_list_taken_in_is_undone",
            ),
        ]

    def __str__(self) -> str:
        return self.name


def _in_the_area_of(viewer: Account) -> Q:
    return Q(org_unit__head=viewer.person) | Q(org_unit=viewer.person.org_unit_id or 0)
