"""Who sponsors the office or might, what was agreed with them, and requests of ours that were waived (3.7)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from backing.people.access import Confidentiality
from backing.people.models import Account, Sealed
from backing.people.models.audited import Audited, AuditedQuerySet
from backing.people.models.sealed import SealedQuerySet
from backing.pushback.models import Pushback
from boardpaper.wording import en


class SponsorAssignmentQuerySet(AuditedQuerySet["SponsorAssignment"]):
    def current(self, *, on: date) -> Self:
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)


class SponsorAssignment(Audited):
    """Somebody is the sponsor.  span: the units their say reaches, with all below them.

    personal_success: what success looks like for them, in their words.
    """

    class Origin(models.TextChoices):
        ASSIGNED = "assigned", "Assigned to us"
        SOUGHT = "sought", "Sought out by us"

    confidentiality: ClassVar = Confidentiality.PMO

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="sponsors")
    origin = models.CharField(max_length=8, choices=Origin)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    span: Any = models.ManyToManyField("people.OrgUnit", related_name="+")
    deputy = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    personal_success = models.CharField(max_length=200, blank=True)

    objects = SponsorAssignmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-since", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")),
                name="a_sponsor_leaves_after_they_begin",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(until=None), name="a_sponsor_is_assigned_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class SponsorCandidate(Sealed):
    """How somebody would do as a sponsor (content: of each criterion its score, 0 to 3, and why).

    The latest of a person holds; it is for the head of the office alone.
    """

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="as_sponsor")
    noted_on = models.DateField()
    noted_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    objects = SealedQuerySet["SponsorCandidate"].as_manager()

    class Meta:
        ordering: ClassVar = ["person", "-noted_on", "-pk"]

    def __str__(self) -> str:
        return f"Candidate, {en.day(self.noted_on)}"


class SponsorRequest(Audited):
    """What a candidate was asked on one page (D11)."""

    class Answer(models.TextChoices):
        OPEN = "open", "Not answered"
        YES = "yes", "Yes"
        NO = "no", "No"

    confidentiality: ClassVar = Confidentiality.PMO

    to = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    why_you = models.CharField(max_length=300)
    hours_a_month = models.PositiveSmallIntegerField()
    behaviours: Any = models.JSONField(default=list)  # three sentences
    what_you_get = models.CharField(max_length=300)
    we_promise = models.CharField(max_length=300)
    asked_on = models.DateField()
    answer = models.CharField(max_length=4, choices=Answer, default=Answer.OPEN)

    objects = AuditedQuerySet["SponsorRequest"].as_manager()

    class Meta:
        ordering: ClassVar = ["-asked_on", "-pk"]

    def __str__(self) -> str:
        return f"Request of {en.day(self.asked_on)}"


class SponsorAgreement(Audited):
    """How the two work together; the latest holds."""

    confidentiality: ClassVar = Confidentiality.PMO

    assignment = models.ForeignKey(
        SponsorAssignment, on_delete=models.CASCADE, related_name="agreements"
    )
    cadence_days = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=80)
    sponsor_will: Any = models.JSONField(default=list)
    pmo_will: Any = models.JSONField(default=list)
    no_surprises = models.CharField(max_length=200)
    override_rule = models.CharField(max_length=200)
    agreed_on = models.DateField()

    objects = AuditedQuerySet["SponsorAgreement"].as_manager()

    class Meta:
        ordering: ClassVar = ["-agreed_on", "-pk"]

    def __str__(self) -> str:
        return f"Agreement of {en.day(self.agreed_on)}"


class Override(Audited):
    """A request of the office that somebody above it waived."""

    confidentiality: ClassVar = Confidentiality.PMO

    request = models.CharField(max_length=160)
    waived_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    pushback = models.ForeignKey(
        Pushback, on_delete=models.SET_NULL, null=True, blank=True, related_name="overrides"
    )

    objects = AuditedQuerySet["Override"].as_manager()

    class Meta:
        ordering: ClassVar = ["-on", "-pk"]

    def __str__(self) -> str:
        return self.request
