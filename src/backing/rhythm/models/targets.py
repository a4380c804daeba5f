"""What is to improve, to where, by when, and who answers for it (S22-b)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from backing.evidence.models import Measure, MeasureBaseline
from backing.people.access import Confidentiality
from backing.people.models import Account
from backing.people.models.audited import Audited, AuditedQuerySet
from boardpaper.wording import en


class ImprovementTargetQuerySet(AuditedQuerySet["ImprovementTarget"]):
    def standing(self) -> Self:
        return self.filter(dropped_on=None)

    def own_to(self, viewer: Account) -> Self:
        """Seen by whoever sees the measure."""
        return self.filter(measure__in=Measure.objects.visible_to(viewer))

    def editable_as_own_by(self, viewer: Account) -> Self:
        del viewer
        return self.none()


class ImprovementTarget(Audited):
    """A target against a baseline that was fixed before the start, or labelled "no baseline yet"."""

    confidentiality: ClassVar = Confidentiality.MGMT

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="targets")
    baseline = models.ForeignKey(
        MeasureBaseline, on_delete=models.PROTECT, null=True, blank=True, related_name="targets"
    )
    no_baseline_yet = models.BooleanField(default=False)
    target = models.DecimalField(max_digits=24, decimal_places=9)  # in the measure's unit
    start = models.DateField("work on it begins")
    due = models.DateField("reached by")
    owner = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="improvement_targets"
    )
    set_on = models.DateField()
    dropped_on = models.DateField(null=True, blank=True)
    dropped_because = models.CharField(max_length=200, blank=True)

    objects = ImprovementTargetQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(baseline__isnull=True, no_baseline_yet=True)
                | Q(baseline__isnull=False, no_baseline_yet=False),
                name="a_target_has_a_baseline_or_says_that_it_has_none",
            ),
            models.CheckConstraint(
                condition=Q(start__lt=F("due")), name="a_target_is_reached_after_its_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.target.normalize():f} by {en.day(self.due)}"

    def clean(self) -> None:
        if self.no_baseline_yet == (self.baseline is not None):
            raise ValidationError(
                {"baseline": "Take the baseline, or say that there is none yet; one of the two."}
            )
        if self.baseline is not None:
            if self.baseline.measure_id != self.measure_id:
                raise ValidationError({"baseline": "That baseline is of another measure."})
            if not self.baseline.holds_before(self.start):
                raise ValidationError({"baseline": fixed_too_late(self.baseline, self.start)})


def fixed_too_late(baseline: MeasureBaseline, start: date) -> str:
    """Why a baseline cannot carry a target or claim that begins then."""
    return (
        f"This baseline was fixed on {en.day(baseline.fixed_on)} and speaks of days up to "
        f"{en.day(baseline.last_day)}; the start is {en.day(start)}. Choose a later start, or say that "
        "there is no baseline yet."
    )
