"""A benefit, in the words of the business: who gains, who answers for it, how it is measured (S17)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from backing.benefits.models.owned import OwnedQuerySet
from backing.people.access import Confidentiality
from backing.people.models.audited import Audited


class BenefitProfile(Audited):
    """What it depends on are the links that lead to it.

    measure: one that is kept; measured_by: in words, while none is.  first_visible: when it is first felt.
    attribution_share: the part of it that the office claims, 0 to 1, and never without a reason.
    The four tests are DOAM: described, observed, attributed, measured.
    """

    class Kind(models.TextChoices):
        BENEFIT = "benefit", "A benefit"
        DISBENEFIT = "disbenefit", "A cost we accept for it"

    class ValueType(models.TextChoices):
        HARD = "hard", "Money that leaves a budget"
        AVOIDANCE = "avoidance", "Money that is not spent later"
        MEASURABLE = "measurable", "Measured, not in money"
        OBSERVABLE = "observable", "Seen, not measured"

    class Status(models.TextChoices):
        EXPECTED = "expected", "Expected"
        TRACKING = "tracking", "Followed"
        PARTLY = "partly", "Partly there"
        REALISED = "realised", "There"
        NOT_REALISED = "not_realised", "Did not come"
        CANCELLED = "cancelled", "Given up"

    confidentiality: ClassVar = Confidentiality.MGMT

    title = models.CharField(max_length=100, unique=True)
    description = models.TextField(
        "what it is, in the words of the business", max_length=600, blank=True
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.BENEFIT)
    value_type = models.CharField(
        "kind of value", max_length=10, choices=ValueType, default=ValueType.MEASURABLE
    )
    for_units = models.ManyToManyField("people.OrgUnit", blank=True, related_name="benefits")
    for_people = models.ManyToManyField("people.Person", blank=True, related_name="benefits_from")
    interests = models.ManyToManyField("leaders.Interest", blank=True, related_name="benefits")
    owner = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="benefits"
    )
    measure = models.ForeignKey(
        "evidence.Measure",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="benefits",
    )
    baseline = models.ForeignKey(
        "evidence.MeasureBaseline",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="benefits",
    )
    measured_by = models.CharField("how it is measured, in words", max_length=200, blank=True)
    observable_test = models.CharField("what one would see", max_length=200, blank=True)
    target = models.DecimalField(max_digits=24, decimal_places=9, null=True, blank=True)
    target_date = models.DateField("by", null=True, blank=True)
    first_visible = models.DateField("first felt", null=True, blank=True)
    attribution_share = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    attribution_reason = models.CharField("why that share", max_length=200, blank=True)
    assumptions = models.TextField(max_length=600, blank=True)
    risks = models.TextField(max_length=600, blank=True)
    is_described = models.BooleanField("described so that a stranger understands it", default=False)
    is_observed = models.BooleanField("somebody can see it happen", default=False)
    is_attributed = models.BooleanField("our part in it can be told", default=False)
    is_measured = models.BooleanField("it is measured, and from when on", default=False)
    status = models.CharField(max_length=12, choices=Status, default=Status.EXPECTED)
    noted_on = models.DateField()

    objects = OwnedQuerySet["BenefitProfile"].as_manager()

    class Meta:
        ordering: ClassVar = ["title", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(attribution_share=None)
                | (
                    Q(attribution_share__gte=0, attribution_share__lte=1)
                    & ~Q(attribution_reason="")
                ),
                name="a_share_lies_between_0_and_1_and_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(target=None) | Q(target_date__isnull=False),
                name="a_benefit_aims_for_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def has_measure(self) -> bool:
        """Whether it can be told if it came: by a measure, or by what one would see."""
        if self.value_type == self.ValueType.OBSERVABLE:
            return bool(self.observable_test)
        return self.measure_id is not None or bool(self.measured_by)

    @property
    def doam(self) -> int:
        """How many of the four tests it passes."""
        return sum((self.is_described, self.is_observed, self.is_attributed, self.is_measured))
