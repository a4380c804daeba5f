"""Who does what, and when: at most one accountable for an activity on any day (S20-d).

The database has the last word, also when two people write at once.  PostgreSQL holds an exclusion
constraint over (activity, days); SQLite, which has none, two triggers, and it lets one write at a time.
Both are made by the migration and named `one_is_accountable_on_any_day`.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from backing.people.access import Confidentiality, Role
from backing.people.models import Account
from backing.people.models.audited import Audited, AuditedQuerySet
from backing.scope.models.activities import Activity

ONE_ACCOUNTABLE = "one_is_accountable_on_any_day"


class RaciAssignmentQuerySet(AuditedQuerySet["RaciAssignment"]):
    def on(self, day: date) -> Self:
        """Those that hold on this day."""
        return self.filter(Q(until=None) | Q(until__gte=day), begins__lte=day)

    def within(self, first: date, last: date | None) -> Self:
        """Those that hold on any day from the first to the last; without a last, for good."""
        found = self.filter(Q(until=None) | Q(until__gte=first))
        return found if last is None else found.filter(begins__lte=last)

    def accountable(self) -> Self:
        return self.filter(role=RaciAssignment.Part.ACCOUNTABLE)

    def doing(self) -> Self:
        """Responsible or accountable: who would be doubled by another."""
        return self.filter(
            role__in=(RaciAssignment.Part.RESPONSIBLE, RaciAssignment.Part.ACCOUNTABLE)
        )

    def own_to(self, viewer: Account) -> Self:
        """A leader sees what they or their unit do, and who else does the activities of their area."""
        if viewer.role != Role.LEADER:
            return self.none()
        person = viewer.person
        unit = person.org_unit_id or 0
        return self.filter(
            Q(person=person)
            | Q(unit__head=person)
            | Q(unit=unit)
            | Q(activity__org_unit__head=person)
            | Q(activity__org_unit=unit)
        )

    def editable_as_own_by(self, viewer: Account) -> Self:
        del viewer
        return self.none()


class RaciAssignment(Audited):
    """One party's part in one activity, from a first to a last day; a unit or a person, not both."""

    class Part(models.TextChoices):
        RESPONSIBLE = "R", "Responsible"
        ACCOUNTABLE = "A", "Accountable"
        CONSULTED = "C", "Consulted"
        INFORMED = "I", "Informed"

    confidentiality: ClassVar = Confidentiality.MGMT

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="assignments")
    unit = models.ForeignKey(
        "people.OrgUnit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
    )
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    role = models.CharField("part", max_length=1, choices=Part)
    begins = models.DateField("first day")
    until = models.DateField("last day", null=True, blank=True)

    objects = RaciAssignmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["activity", "begins", "role", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(unit=None) & ~Q(person=None)) | (~Q(unit=None) & Q(person=None)),
                name="a_unit_or_a_person_does_a_part",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("begins")),
                name="a_part_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_role_display()} for {self.activity}"

    @property
    def party(self) -> str:
        return str(self.unit or self.person)
