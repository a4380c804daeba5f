"""What a benefit was worth in a stretch of time, and what finance says to it.

Finance speaks to numbers, not to a row: a word bears the digest of what it was said to, and whoever
changes the numbers afterwards has a valuation that waits again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar, Never

from django.db import models
from django.db.models import F, Q

from backing.benefits.models import BenefitProfile
from backing.people.access import Confidentiality, GatedQuerySet
from backing.people.models import Account
from backing.people.models.audited import Audited, AuditedQuerySet
from backing.worth.amounts import Amount, whole


class BenefitValuation(Audited):
    """What a benefit was worth from a first day to a last, between low and high.

    attribution_share: the part that the office claims, 0 to 1; of the whole somebody else must say it too.
    error_adjust: what is taken off for doubt in the numbers, 0 to 1.  basis: what it was reckoned from.
    """

    class Kind(models.TextChoices):
        HARD = "hard", "Money that left a budget"
        AVOIDANCE = "avoidance", "Money that was not spent"

    class Validation(models.TextChoices):
        WAITING = "waiting", "Waits for finance"
        VALIDATED = "validated", "Validated by finance"
        REJECTED = "rejected", "Rejected by finance"
        WITHDRAWN = "withdrawn", "Withdrawn"

    confidentiality: ClassVar = Confidentiality.MGMT

    benefit = models.ForeignKey(BenefitProfile, on_delete=models.PROTECT, related_name="valuations")
    kind = models.CharField("kind of money", max_length=9, choices=Kind)
    first_day = models.DateField()
    last_day = models.DateField()
    low_minor = models.BigIntegerField()
    likely_minor = models.BigIntegerField()
    high_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    attribution_share = models.DecimalField(max_digits=4, decimal_places=3)
    attribution_reason = models.CharField("why that share", max_length=200)
    second_person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    error_adjust = models.DecimalField(max_digits=4, decimal_places=3, default=Decimal(0))
    basis = models.CharField("what it was reckoned from", max_length=300)
    noted_on = models.DateField()
    noted_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = AuditedQuerySet["BenefitValuation"].as_manager()

    class Meta:
        ordering: ClassVar = ["-first_day", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__gt=F("first_day")), name="a_valuation_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(low_minor__lte=F("likely_minor"), likely_minor__lte=F("high_minor")),
                name="low_likely_and_high_stand_in_order",
            ),
            models.CheckConstraint(
                condition=Q(attribution_share__gte=0, attribution_share__lte=1)
                & ~Q(attribution_reason=""),
                name="a_claimed_share_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(attribution_share__lt=1) | Q(second_person__isnull=False),
                name="the_whole_is_claimed_by_two",
            ),
            models.CheckConstraint(
                condition=Q(error_adjust__gte=0, error_adjust__lt=1),
                name="what_is_taken_off_is_less_than_all",
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="a_valuation_rests_on_something"),
        ]

    def __str__(self) -> str:
        return str(self.benefit)

    @property
    def factor(self) -> Fraction:
        """What of the worth is claimed: the office's share, less what is taken off for doubt."""
        return Fraction(self.attribution_share) * (1 - Fraction(self.error_adjust))

    def claimed(self, minor: int) -> Amount:
        return Amount(whole(minor * self.factor), self.currency)

    def is_over(self, today: date) -> bool:
        return self.last_day < today

    @property
    def digest(self) -> str:
        """Of all that finance says its word to."""
        return hashlib.sha256(json.dumps(self.content, sort_keys=True).encode()).hexdigest()

    @property
    def content(self) -> dict[str, Any]:
        """What a word of finance is said to, as it is kept with it."""
        return {
            "benefit": self.benefit_id,
            "kind": self.kind,
            "first": self.first_day.isoformat(),
            "last": self.last_day.isoformat(),
            "minor": [self.low_minor, self.likely_minor, self.high_minor],
            "currency": self.currency,
            "share": f"{self.attribution_share:.3f}",
            "error": f"{self.error_adjust:.3f}",
            "basis": self.basis,
        }

    def validation(self, words: Sequence[FinanceWord]) -> Validation:
        """How it stands after these words, the first said first."""
        if self.withdrawn_on is not None:
            return self.Validation.WITHDRAWN
        said = [each.word for each in words if each.settles and each.digest == self.digest]
        return self.Validation(said[-1]) if said else self.Validation.WAITING


class FinanceWord(models.Model):
    """What finance said to a valuation as it stood then.  It is never changed: a new word is a new row."""

    class Word(models.TextChoices):
        VALIDATED = "validated", "Validated"
        REJECTED = "rejected", "Rejected"
        COMMENT = "comment", "Said"

    confidentiality: ClassVar = Confidentiality.MGMT

    valuation = models.ForeignKey(BenefitValuation, on_delete=models.PROTECT, related_name="words")
    word = models.CharField(max_length=9, choices=Word)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    said_to: Any = models.JSONField()  # the content of the valuation as it was

    objects = GatedQuerySet["FinanceWord"].as_manager()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(word="validated") | ~Q(reason=""), name="a_rejection_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_word_display()} on {self.at:%Y-%m-%d}"

    @property
    def settles(self) -> bool:
        return self.word != self.Word.COMMENT

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise TypeError("A word of finance is never changed: say another.")
        super().save(*args, **options)

    def delete(self, *_: Any, **__: Any) -> Never:
        raise TypeError("A word of finance is never taken out: say another.")


class KeptApart(Audited):
    """Why two valuations that may count the same money do not.  one is the older of the two."""

    confidentiality: ClassVar = Confidentiality.MGMT

    one = models.ForeignKey(BenefitValuation, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(BenefitValuation, on_delete=models.CASCADE, related_name="+")
    why = models.CharField("why they do not count the same money", max_length=200)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    objects = AuditedQuerySet["KeptApart"].as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(one__lt=F("other")), name="the_older_of_two_stands_first"
            ),
            models.UniqueConstraint(fields=["one", "other"], name="two_are_kept_apart_once"),
            models.CheckConstraint(condition=~Q(why=""), name="kept_apart_for_a_reason"),
        ]

    def __str__(self) -> str:
        return self.why
