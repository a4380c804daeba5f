"""What the office proposes to change, whom it touches, and what stands in the way (S02, S08, S11)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from backing.people.access import Confidentiality, Role
from backing.people.models import Account
from backing.people.models.audited import Audited, AuditedQuerySet


def _hours(name: str) -> models.DecimalField[Any, Any]:
    return models.DecimalField(name, max_digits=6, decimal_places=1, null=True, blank=True)


class ChangeProposalQuerySet(AuditedQuerySet["ChangeProposal"]):
    def own_to(self, viewer: Account) -> Self:
        """A leader sees the changes that touch their area, or need their agreement."""
        if viewer.role != Role.LEADER:
            return self.none()
        theirs = Impact.objects.filter(change=OuterRef("pk")).filter(_in_the_area_of(viewer))
        asked = ChangeProposal.required.through.objects.filter(
            changeproposal=OuterRef("pk"), person=viewer.person_id
        )
        return self.filter(Exists(theirs) | Exists(asked))

    def editable_as_own_by(self, viewer: Account) -> Self:
        del viewer
        return self.none()


class ChangeProposal(Audited):
    """A change the office proposes; an item of its agenda."""

    class Status(models.TextChoices):
        IDEA = "idea", "Idea"
        PROPOSED = "proposed", "Proposed"
        AGREED = "agreed", "Agreed"
        LIVE = "live", "Live"
        DROPPED = "dropped", "Dropped"

    confidentiality: ClassVar = Confidentiality.MGMT

    title = models.CharField(max_length=120)
    what_changes = models.CharField(max_length=400)
    why = models.CharField(max_length=300)
    causes = models.JSONField(default=list, blank=True)  # names of the taxonomy it addresses
    # Whose agreement it needs; proposed from the heads of the units it touches.
    required = models.ManyToManyField("people.Person", blank=True, related_name="asked_to_agree")
    start = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.IDEA)

    objects = ChangeProposalQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class ImpactQuerySet(AuditedQuerySet["Impact"]):
    def own_to(self, viewer: Account) -> Self:
        return self.filter(_in_the_area_of(viewer)) if viewer.role == Role.LEADER else self.none()

    def editable_as_own_by(self, viewer: Account) -> Self:
        del viewer
        return self.none()


class Impact(Audited):
    """One unit that a change touches, and what it means there; what is blank nobody has said yet.

    begins: where it begins there on another day than elsewhere.
    """

    class Degree(models.TextChoices):
        LOW = "low", "Low"
        MEDIUM = "medium", "Medium"
        HIGH = "high", "High"

    confidentiality: ClassVar = Confidentiality.MGMT

    change = models.ForeignKey(ChangeProposal, on_delete=models.CASCADE, related_name="impacts")
    org_unit = models.ForeignKey("people.OrgUnit", on_delete=models.PROTECT, related_name="impacts")
    degree = models.CharField(max_length=6, choices=Degree, default=Degree.MEDIUM)
    confirmed_by_head_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    stops = models.CharField("what stops for them", max_length=200, blank=True)
    hours_once = _hours("hours to begin with")
    hours_a_month = _hours("hours a month")
    begins = models.DateField("begins there", null=True, blank=True)

    objects = ImpactQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["change", "org_unit"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["change", "org_unit"], name="a_change_touches_a_unit_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.change}: {self.org_unit}"

    @property
    def starts(self) -> date | None:
        return self.begins or self.change.start


class ImpactCorrectionQuerySet(AuditedQuerySet["ImpactCorrection"]):
    def own_to(self, viewer: Account) -> Self:
        """What they said themselves."""
        return self.filter(said_by=viewer.person)

    def editable_as_own_by(self, viewer: Account) -> Self:
        del viewer
        return self.none()

    def waiting(self) -> Self:
        return self.filter(outcome=ImpactCorrection.Outcome.WAITING)


class ImpactCorrection(Audited):
    """What the head of a unit says is otherwise than we think, and what we answered.

    degree and hours: what they say it is, where they say so.  once: a digest of the form it was sent with,
    so that the same form sent twice is one correction.
    """

    class Outcome(models.TextChoices):
        WAITING = "waiting", "Waits for an answer"
        TAKEN = "taken", "Corrected as they say"
        DECLINED = "declined", "Left as it was"

    confidentiality: ClassVar = Confidentiality.PMO

    impact = models.ForeignKey(Impact, on_delete=models.CASCADE, related_name="corrections")
    said_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    said_at = models.DateTimeField()
    words = models.CharField("what they said", max_length=300)
    degree = models.CharField(max_length=6, choices=Impact.Degree, blank=True)
    hours_once = _hours("hours to begin with")
    hours_a_month = _hours("hours a month")
    answer_due = models.DateField()
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.WAITING)
    answer = models.CharField(max_length=300, blank=True)
    answered_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    once = models.CharField(max_length=64, unique=True, null=True, editable=False)

    objects = ImpactCorrectionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-said_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome="waiting", answered_at=None)
                | (~Q(outcome="waiting") & Q(answered_at__isnull=False) & ~Q(answer="")),
                name="an_answer_to_a_correction_has_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.impact}: {self.words[:60]}"


class BlockPlan(Audited):
    """What is done, by whom and by when, about someone who can stop a change.

    That they can is a fact of the relationship (leaders); that something is planned is the office's own.
    """

    confidentiality: ClassVar = Confidentiality.PMO

    change = models.ForeignKey(ChangeProposal, on_delete=models.CASCADE, related_name="block_plans")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=200)
    owner = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    objects = AuditedQuerySet["BlockPlan"].as_manager()

    class Meta:
        ordering: ClassVar = ["due", "pk"]

    def __str__(self) -> str:
        return self.action


def _in_the_area_of(viewer: Account) -> Q:
    person = viewer.person
    return Q(org_unit__head=person) | Q(org_unit=person.org_unit_id or 0)
