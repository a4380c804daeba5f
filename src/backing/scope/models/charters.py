"""The charter: versions, what they rest on, and what each leader answered (S20-a, D2)."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce

from backing.people.access import Confidentiality, GatedQuerySet, Role
from backing.people.models import Account
from backing.people.models.audited import Audited, AuditedQuerySet
from backing.scope.models.links import AnswerLink


class AYearOn(Func):
    """The same day a year later, as the database counts it."""

    output_field = models.DateField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="date(%(expressions)s, '+1 year')", **extra
        )

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "((%(expressions)s) + INTERVAL '1 year')::date"
        return self.as_sql(compiler, connection, template=template, **extra)


class CharterQuerySet(AuditedQuerySet["Charter"]):
    def current(self) -> Charter | None:
        """The latest version that was put before anyone; None while there are drafts only."""
        put = (Charter.Status.PROPOSED, Charter.Status.AGREED)
        return self.filter(status__in=put).order_by("-version").first()


class Charter(Audited):
    """One version of the charter.  It is agreed by a decision of management, or it is proposed.

    sections: by name, what a person wrote; the rest of D2 is composed from the records.
    issue: the document as it was put before the leaders, frozen; None for a draft.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PROPOSED = "proposed", "Proposed"
        AGREED = "agreed", "Agreed"
        SUPERSEDED = "superseded", "Superseded"

    confidentiality: ClassVar = Confidentiality.OPEN

    version = models.PositiveSmallIntegerField(unique=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    basis = models.ForeignKey(
        "mandate.MandateDecision",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="charters",
    )
    written_on = models.DateField()
    proposed_on = models.DateField(null=True, blank=True)
    effective = models.DateField("in force from", null=True, blank=True)
    review_due = models.DateField("to be reviewed by")
    units = models.ManyToManyField("people.OrgUnit", blank=True, related_name="charters")
    sections: Any = models.JSONField(default=dict, blank=True)
    change_note = models.CharField("what changed", max_length=400, blank=True)
    issue = models.OneToOneField(
        "documents.Issue", on_delete=models.PROTECT, null=True, blank=True, related_name="charter"
    )

    objects = CharterQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-version"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(review_due__lte=AYearOn(Coalesce(F("effective"), F("written_on")))),
                name="a_charter_is_reviewed_within_a_year",
            ),
            models.CheckConstraint(
                condition=~Q(status="agreed") | ~Q(basis=None), name="an_agreed_charter_has_a_basis"
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | ~Q(proposed_on=None),
                name="a_charter_is_proposed_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["status"], condition=Q(status="draft"), name="one_charter_is_being_written"
            ),
            models.UniqueConstraint(
                fields=["status"], condition=Q(status="agreed"), name="one_charter_is_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"Charter {self.version}"


class AcknowledgementQuerySet(AuditedQuerySet["Acknowledgement"]):
    def own_to(self, viewer: Account) -> Self:
        return self.filter(person=viewer.person) if viewer.role == Role.LEADER else self.none()

    def editable_as_own_by(self, viewer: Account) -> Self:
        del viewer
        return self.none()


class Acknowledgement(Audited):
    """What one leader answered to one version; the last answer stands, the history keeps the others.

    The leader is a person here: the list of leaders is a layer above.
    """

    class Response(models.TextChoices):
        NO_REPLY = "no_reply", "No reply yet"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        OBJECTS = "objects", "Objects"

    confidentiality: ClassVar = Confidentiality.MGMT

    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="acknowledgements")
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="acknowledgements"
    )
    response = models.CharField(max_length=12, choices=Response, default=Response.NO_REPLY)
    note = models.CharField(max_length=400, blank=True)
    asked_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)

    objects = AcknowledgementQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["charter", "person__full_name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["charter", "person"], name="a_leader_answers_a_charter_once"
            ),
            models.CheckConstraint(
                condition=Q(response="no_reply", answered_on=None)
                | (~Q(response="no_reply") & ~Q(answered_on=None)),
                name="an_answer_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_response_display()}"


class CharterLink(AnswerLink):
    """Asks one leader for their word on one version."""

    PURPOSE: ClassVar = "scope.charterlink"
    confidentiality: ClassVar = Confidentiality.PMO

    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="links")

    objects = GatedQuerySet["CharterLink"].as_manager()

    class Meta(AnswerLink.Meta):
        abstract = False
