"""What is watched: measures, what they stood at before anything was changed, and their readings (3.8).

A measure is kept by hand, from a file, or computed from the Record whenever an edition is made.  A baseline
is fixed in writing and only ever added to; the latest one counts from the day on which it was fixed.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Final, Never, Self

from django.db import models
from django.db.models import F, Q

from backing.people.access import Confidentiality, GatedQuerySet, Role
from backing.people.models import Account
from backing.people.models.audited import Audited, AuditedQuerySet
from backing.people.one_look import once_a_look
from boardpaper.wording import en

_FIXED: Final = "A baseline is fixed in writing: fix another, the old one stands."


class MeasureQuerySet(AuditedQuerySet["Measure"]):
    def tracked(self) -> Self:
        """Those that are still kept."""
        return self.filter(retired_on=None)

    def tracked_since(self, day: date) -> Self:
        """Those that are still kept, and those that were until that day or later."""
        return self.filter(Q(retired_on=None) | Q(retired_on__gte=day))

    def own_to(self, viewer: Account) -> Self:
        """Measures of the whole; beside them those of a leader's own area, and those one answers for."""
        whole_or_theirs = Q(org_unit=None) | Q(owner=viewer.person_id)
        if viewer.role == Role.LEADER:
            whole_or_theirs |= Q(org_unit=viewer.person.org_unit_id or 0)
            whole_or_theirs |= Q(org_unit__head=viewer.person_id)
        return self.filter(whole_or_theirs)

    def editable_as_own_by(self, viewer: Account) -> Self:
        del viewer
        return self.none()


class Measure(Audited):
    """A quantity that is watched, and the decision that it feeds.

    figure: the measure of `trackrecord` that it is computed from, "" where people enter it; plan: the
    baseline that figure is taken against, "original", "current" or "".  Of a measure of one unit that
    unit's figure is taken.  quality, valid_until: of where its readings come from (RULE-20).
    """

    class Direction(models.TextChoices):
        LOWER = "down_good", "Lower is good"
        HIGHER = "up_good", "Higher is good"
        RANGE = "range", "Within a range is good"

    class Point(models.TextChoices):
        PROJECT = "per_project", "each project"
        WEEK = "per_week", "each week"
        MONTH = "per_month", "each month"
        QUARTER = "per_quarter", "each quarter"

    class Quality(models.TextChoices):
        AUDITED = "audited", "Audited"
        SYSTEM = "system", "Out of a system"
        REPORTED = "reported", "Reported by people"
        RECOLLECTION = "recollection", "From memory"

    confidentiality: ClassVar = Confidentiality.MGMT

    name = models.CharField(max_length=100, unique=True)
    unit = models.CharField(max_length=40)  # "days", "share" (0.2 is a fifth), "EUR", "projects"
    direction = models.CharField("which way is good", max_length=9, choices=Direction)
    range_low = models.DecimalField(max_digits=24, decimal_places=9, null=True, blank=True)
    range_high = models.DecimalField(max_digits=24, decimal_places=9, null=True, blank=True)
    definition = models.CharField("what exactly is counted", max_length=400)
    point = models.CharField("one reading for", max_length=11, choices=Point, default=Point.MONTH)
    source = models.CharField("where the readings come from", max_length=200)
    quality = models.CharField(
        "how good they are", max_length=12, choices=Quality, default=Quality.REPORTED
    )
    valid_until = models.DateField("may be relied on until", null=True, blank=True)
    owner = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="measures")
    refresh_days = models.PositiveSmallIntegerField("days between readings", default=31)
    decision_it_feeds = models.CharField("the decision it feeds", max_length=200)
    org_unit = models.ForeignKey(
        "people.OrgUnit", on_delete=models.PROTECT, null=True, blank=True, related_name="measures"
    )
    figure = models.CharField(max_length=60, blank=True)
    plan = models.CharField(max_length=8, blank=True)
    retired_on = models.DateField(null=True, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(direction="range")
                | Q(
                    range_low__isnull=False, range_high__isnull=False, range_low__lt=F("range_high")
                ),
                name="a_good_range_has_two_ends",
            ),
            models.CheckConstraint(
                condition=Q(refresh_days__gte=1), name="a_measure_is_read_every_so_many_days"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    @once_a_look
    def watched_by(viewer: Account) -> tuple[Measure, ...]:
        """Those that are still kept, with their owners, as far as this viewer may see them."""
        return tuple(Measure.objects.visible_to(viewer).tracked().select_related("owner"))

    @property
    def is_computed(self) -> bool:
        return bool(self.figure)

    @property
    def baseline(self) -> MeasureBaseline | None:
        """The one that counts: the latest fixed."""
        of_it = MeasureBaseline.objects.filter(measure=self)
        return of_it.order_by("-fixed_on", "-pk").first()


class MeasureBaselineQuerySet(GatedQuerySet["MeasureBaseline"]):
    def own_to(self, viewer: Account) -> Self:
        """Seen by whoever sees the measure."""
        return self.filter(measure__in=Measure.objects.visible_to(viewer))

    def editable_as_own_by(self, viewer: Account) -> Self:
        del viewer
        return self.none()

    def update(self, **_: Any) -> Never:
        raise TypeError(_FIXED)

    def delete(self) -> Never:
        raise TypeError(_FIXED)


class MeasureBaseline(models.Model):
    """What a measure stood at over a period: fixed in writing, never changed, never taken away."""

    confidentiality: ClassVar = Confidentiality.MGMT

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="baselines")
    value = models.DecimalField(max_digits=24, decimal_places=9)  # in the measure's unit
    first_day = models.DateField("from")
    last_day = models.DateField("to")
    n = models.PositiveIntegerField("readings")  # or projects, of what is read once a project
    fixed_on = models.DateField()
    fixed_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    chosen_because = models.CharField("why this period", max_length=300)

    objects = MeasureBaselineQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["measure", "fixed_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(n__gte=1), name="a_baseline_rests_on_a_reading"),
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day"), last_day__lte=F("fixed_on")),
                name="a_baseline_is_fixed_after_its_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} from {en.day(self.first_day)} to {en.day(self.last_day)}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(_FIXED)
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> Never:
        raise TypeError(_FIXED)

    def holds_before(self, start: date) -> bool:
        """Whether it was fixed, and its period over, before a start: only then it supports a claim."""
        return self.fixed_on < start and self.last_day < start


class MeasureReadingQuerySet(AuditedQuerySet["MeasureReading"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def own_to(self, viewer: Account) -> Self:
        return self.filter(measure__in=Measure.objects.visible_to(viewer))

    def editable_as_own_by(self, viewer: Account) -> Self:
        del viewer
        return self.none()


class MeasureReading(Audited):
    """What a measure stood at on a day.  A wrong one is withdrawn and another takes its place.

    n: projects or events behind it, where it is known.  edition: of the Record, where it was computed.
    """

    class Origin(models.TextChoices):
        ENTERED = "entered", "entered"
        IMPORTED = "imported", "from a file"
        COMPUTED = "computed", "computed from the record"

    confidentiality: ClassVar = Confidentiality.MGMT

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="readings")
    at = models.DateField("of which day")
    value = models.DecimalField(max_digits=24, decimal_places=9)  # in the measure's unit
    n = models.PositiveIntegerField("how many stand behind it", null=True, blank=True)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.ENTERED)
    source = models.CharField(max_length=200, blank=True)  # file and row, or who said it
    note = models.CharField(max_length=300, blank=True)
    edition = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = MeasureReadingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["measure", "at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["measure", "at"],
                condition=Q(withdrawn_at=None),
                name="a_measure_has_one_reading_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(origin="computed") | ~Q(edition=""),
                name="a_computed_reading_names_its_edition",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} on {en.day(self.at)}: {self.value.normalize():f}"
