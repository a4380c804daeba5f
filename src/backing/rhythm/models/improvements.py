"""Improvements: what is claimed, written down before the data are looked at, and each verdict on it.

A registration is never changed: another is registered, and the old one is given up with its reason.  A
verdict is never changed either; it can be withdrawn, and stays in the log.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Final, Never, Self

from django.db import models
from django.db.models import Q

from backing.evidence.models import Measure
from backing.mandate.models import ChangeProposal
from backing.people.access import Confidentiality, GatedQuerySet
from backing.people.models import Account
from backing.people.models.audited import Audited, AuditedQuerySet
from backing.site.work import LongWork, LongWorkQuerySet

# What decides the verdict; nothing of it may change once it is registered.
REGISTERED: Final = (
    *("measure_id", "direction", "start", "starts_by", "unit_column", "where", "comparison"),
    *("selection", "least_effect", "registered_at", "registration", "hash"),
)


class ImprovementQuerySet(AuditedQuerySet["Improvement"]):
    def standing(self) -> Self:
        """Those that are not given up."""
        return self.filter(given_up_on=None)

    def own_to(self, viewer: Account) -> Self:
        """Seen by whoever sees the measure."""
        return self.filter(measure__in=Measure.objects.visible_to(viewer))

    def editable_as_own_by(self, viewer: Account) -> Self:
        del viewer
        return self.none()


class Improvement(Audited):
    """A claim about one measure and one thing that was done.

    start: for all, or starts_by: a day for each unit of `unit_column` (ISO, by name).
    where, comparison: filters such as "Department=Estates": whom it reached, and who is compared.
    least_effect: the smallest change worth having: a share (0.1 is a tenth) for ratios and ratings, else
    in the measure's unit.  registration: all of that as it was hashed.  edition: the Record's current one
    on that day.  rival_causes: what else may have moved the measure; asked: who was asked where nobody
    named any.
    """

    class Direction(models.TextChoices):
        LOWER = "lower", "Lower is good"
        HIGHER = "higher", "Higher is good"

    class Selection(models.TextChoices):
        UNSAID = "", "Not said"
        NOT_PAST = "not past results", "Not by their past results"
        PAST = "past results", "By their past results"

    confidentiality: ClassVar = Confidentiality.MGMT

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="improvements")
    what_was_done = models.CharField(max_length=200)
    change = models.ForeignKey(
        ChangeProposal,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="improvements",
    )
    direction = models.CharField(max_length=6, choices=Direction)
    start = models.DateField(null=True, blank=True)
    starts_by: Any = models.JSONField(default=dict, blank=True)
    unit_column = models.CharField(max_length=120, blank=True)
    where: Any = models.JSONField(default=list, blank=True)
    comparison: Any = models.JSONField(default=list, blank=True)
    selection = models.CharField(max_length=16, choices=Selection, blank=True)
    least_effect = models.DecimalField(max_digits=24, decimal_places=9)
    day_worth_minor = models.BigIntegerField(null=True, blank=True)  # minor units of `currency`
    currency = models.CharField(max_length=3, blank=True)
    day_worth_said_by = models.CharField(max_length=120, blank=True)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    registration: Any = models.JSONField()
    hash = models.CharField(max_length=64)
    edition = models.CharField(max_length=64, blank=True)
    rival_causes: Any = models.JSONField(default=list, blank=True)
    asked = models.CharField(max_length=120, blank=True)
    contribution = models.CharField(max_length=400)
    agreed_by_owner = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_on = models.DateField(null=True, blank=True)
    given_up_on = models.DateField(null=True, blank=True)
    given_up_because = models.CharField(max_length=200, blank=True)

    objects = ImprovementQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["registered_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(rival_causes=[]) | ~Q(asked=""),
                name="an_improvement_names_a_rival_cause_or_who_was_asked",
            ),
            models.CheckConstraint(
                condition=Q(given_up_on=None) | ~Q(given_up_because=""),
                name="what_is_given_up_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.what_was_done

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            was = type(self).objects.values(*REGISTERED).get(pk=self.pk)
            if any(was[name] != getattr(self, name) for name in REGISTERED):
                raise TypeError("What was registered stands: give it up and register another.")
        super().save(*args, **kwargs)

    @property
    def starts_where(self) -> dict[str, date]:
        """The day on which it began in each unit, where units began on days of their own."""
        return {unit: date.fromisoformat(day) for unit, day in self.starts_by.items()}

    @property
    def first_start(self) -> date | None:
        """The day on which it first began anywhere."""
        if self.start is not None:
            return self.start
        return min(self.starts_where.values(), default=None)

    @property
    def was_registered_before_its_start(self) -> bool:
        first = self.first_start
        return first is not None and self.registered_at.date() <= first


class LoggedVerdictQuerySet(GatedQuerySet["LoggedVerdict"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def own_to(self, viewer: Account) -> Self:
        """Seen by whoever sees the improvement."""
        return self.filter(improvement__in=Improvement.objects.visible_to(viewer))

    def editable_as_own_by(self, viewer: Account) -> Self:
        del viewer
        return self.none()


class LoggedVerdict(models.Model):
    """One look at one improvement: the word, and all that stands behind it.

    content: as `backing verdict --json` gives it (docs/verdicts.md).  basis: the edition it rests on, or
    the hash of the readings.  per_project: what the effect means for a middling project (`worth_of`).
    """

    confidentiality: ClassVar = Confidentiality.MGMT

    improvement = models.ForeignKey(Improvement, on_delete=models.PROTECT, related_name="verdicts")
    word = models.CharField(max_length=30)
    attributed = models.BooleanField(default=False)
    content: Any = models.JSONField()
    per_project: Any = models.JSONField(default=dict)
    basis = models.CharField(max_length=64)
    as_at = models.DateField(null=True)
    claimable_on = models.DateField(null=True)
    judged_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawn_because = models.CharField(max_length=200, blank=True)

    objects = LoggedVerdictQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-judged_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_because=""),
                name="a_withdrawn_verdict_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.improvement}: {self.word}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            kwargs["update_fields"] = ["withdrawn_at", "withdrawn_by", "withdrawn_because"]
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> Never:
        raise TypeError("A verdict stays in the log: withdraw it.")


class LookQuerySet(LongWorkQuerySet["Look"], GatedQuerySet["Look"]):  # type: ignore[override]
    """Looks, behind the gate."""


class Look(LongWork):
    """The worker looks at the evidence for one improvement and logs the verdict."""

    confidentiality: ClassVar = Confidentiality.PMO
    kind: ClassVar = "look"

    improvement = models.ForeignKey(Improvement, on_delete=models.CASCADE, related_name="looks")

    objects = LookQuerySet.as_manager()

    class Meta(LongWork.Meta):
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            *LongWork.Meta.constraints,
            models.UniqueConstraint(
                fields=["improvement"],
                condition=Q(state="waiting"),
                name="one_look_waits_for_each_improvement",
            ),
        ]
