"""What the office owes the people it writes about (requirements.md 3.12)."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from backing.people.access import Confidentiality, GatedQuerySet, Role
from backing.people.models.accounts import Account
from backing.people.models.audited import Audited, AuditedQuerySet
from backing.people.models.sealed import Sealed, SealedQuerySet
from backing.site.work import LongWork, LongWorkQuerySet
from boardpaper.wording import en


class LegitimateInterests(Audited):
    """Why the office may keep what it makes of people: one row, whose earlier versions the history keeps.

    Nothing of class RELATIONSHIP is stored before it is there.
    """

    confidentiality: ClassVar = Confidentiality.MGMT

    purpose = models.TextField(max_length=600)
    necessity = models.TextField(max_length=600)
    balance = models.TextField(max_length=600)
    safeguards = models.TextField(max_length=600)
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    objects = AuditedQuerySet["LegitimateInterests"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(pk=1), name="there_is_one_record_of_legitimate_interests"
            ),
        ]

    def __str__(self) -> str:
        return f"Legitimate interests, recorded on {en.day(self.recorded_on)}"


class AccessRequestQuerySet(AuditedQuerySet["AccessRequest"]):
    def open(self) -> Self:
        return self.filter(answered_on=None)


class AccessRequest(Audited):
    """Somebody asked what is kept about them; any informal word counts."""

    confidentiality: ClassVar = Confidentiality.PMO

    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="access_requests"
    )
    received_on = models.DateField()
    due_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)

    objects = AccessRequestQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(due_on__gt=F("received_on")), name="a_request_is_due_after_it_came"
            ),
        ]

    def __str__(self) -> str:
        return f"Access request of {en.day(self.received_on)}"


class OwnStatementQuerySet(SealedQuerySet["OwnStatement"]):
    def own_to(self, viewer: Account) -> Self:
        """A member's own: what was said to them."""
        return self.filter(noted_by=viewer) if viewer.role == Role.PMO_MEMBER else self.none()


class OwnStatement(Sealed):
    """What a person says to what is kept about them (content: words); it stands beside the entry.

    entry: what it is about, as the pack of D13 names it, for example "StanceAssessment 12".
    """

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="statements")
    entry = models.CharField(max_length=60, blank=True)
    said_on = models.DateField()
    noted_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    objects = OwnStatementQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["person", "-said_on", "-pk"]

    def __str__(self) -> str:
        return f"Statement of {en.day(self.said_on)}"


class ErasureQuerySet(LongWorkQuerySet["Erasure"], GatedQuerySet["Erasure"]):  # type: ignore[override]
    """Long work behind the gate."""


class Erasure(LongWork):
    """Forgetting one person; `found` says what was taken out, in counts and never in words."""

    class Why(models.TextChoices):
        ASKED = "asked", "They asked for it"
        LEFT = "left", "They left, and nothing needs them any more"
        WRONG = "wrong", "It should never have been kept"

    confidentiality: ClassVar = Confidentiality.PMO
    kind: ClassVar = "erasure"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="erasures")
    why = models.CharField(max_length=5, choices=Why)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    found = models.JSONField(default=dict, editable=False)

    objects = ErasureQuerySet.as_manager()

    class Meta(LongWork.Meta):
        ordering: ClassVar = ["-pk"]
