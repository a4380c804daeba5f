"""What passed between the office and the leaders: conversations, promises, acts, asks (3.2)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from backing.leaders.models.leader import Leader
from backing.people.access import Confidentiality, Role
from backing.people.models import Account
from backing.people.models.audited import Audited, AuditedQuerySet
from backing.people.models.sealed import Sealed, SealedQuerySet
from boardpaper.wording import en


class TouchpointQuerySet(AuditedQuerySet["Touchpoint"]):
    def each_with(
        self, people: Iterable[int] | models.QuerySet[Any, Any]
    ) -> models.QuerySet[Any, Any]:
        """A row for each contact and person of these, as `person`; looked up by time or kind.

        The sum keeps the database from looking people up: it would go through ten years of each.
        """
        return self.order_by().annotate(person=F("people") + 0).filter(person__in=people)


class Touchpoint(Audited):
    """A contact; what was heard lies sealed beside it."""

    class Kind(models.TextChoices):
        ONE_TO_ONE = "one_to_one", "One to one"
        MEETING = "meeting", "Meeting"
        BRIEFING = "briefing", "Briefing"
        MESSAGE = "message", "Message"
        DOCUMENT_SENT = "document_sent", "Document sent"
        EVENT = "event", "Event"
        DECLINED = "declined", "Declined"
        DELEGATED = "delegated", "Delegated"
        NO_REPLY = "no_reply", "No reply"

    confidentiality: ClassVar = Confidentiality.PMO

    people = models.ManyToManyField("people.Person", related_name="touchpoints")
    at = models.DateTimeField()
    kind = models.CharField(max_length=14, choices=Kind)
    two_way = models.BooleanField(default=True)
    decision = models.ForeignKey(
        "mandate.MandateDecision",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="pre_meetings",
    )
    issue = models.ForeignKey(  # the document they were briefed on (S07-a)
        "documents.Issue",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="briefings",
    )
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="touchpoints")

    objects = TouchpointQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            # Most that is asked is when both sides last spoke: the index answers it by itself.
            models.Index(fields=["-at", "two_way"]),
            models.Index(fields=["kind", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%d %B %Y}"


class HeardQuerySet(SealedQuerySet["Heard"]):
    def own_to(self, viewer: Account) -> Self:
        """A member's own: what concerns only leaders that they look after."""
        if viewer.role != Role.PMO_MEMBER:
            return self.none()
        others = Leader.objects.exclude(owner=viewer).values("person")
        return self.filter(by=viewer).exclude(touchpoint__people__in=others)


class Heard(Sealed):
    """What was said or done (content: words)."""

    whose: ClassVar = ("touchpoint__people",)

    touchpoint = models.ForeignKey(Touchpoint, on_delete=models.CASCADE, related_name="heard")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    noted_on = models.DateField()

    objects = HeardQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["touchpoint", "-pk"]

    def __str__(self) -> str:
        return f"Heard on {en.day(self.noted_on)}"


class CommitmentQuerySet(AuditedQuerySet["Commitment"]):
    def own_to(self, viewer: Account) -> Self:
        """A leader sees the promises they gave or were given."""
        return self.filter(Q(promised_by=viewer.person) | Q(promised_to=viewer.person))

    def editable_as_own_by(self, viewer: Account) -> Self:
        del viewer
        return self.none()


class Commitment(Audited):
    """A promise, by the office to a leader or by a leader to the office."""

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        KEPT = "kept", "Kept"
        RENEGOTIATED = "renegotiated", "Renegotiated"
        BROKEN = "broken", "Broken"

    confidentiality: ClassVar = Confidentiality.PMO

    promised_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="promises_given"
    )
    promised_to = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="promises_received"
    )
    what = models.CharField(max_length=200)
    due = models.DateField()
    status = models.CharField(max_length=12, choices=Status, default=Status.OPEN)
    kept_on = models.DateField(null=True, blank=True)
    touchpoint = models.ForeignKey(
        Touchpoint, on_delete=models.SET_NULL, null=True, blank=True, related_name="follow_up"
    )
    change = models.ForeignKey(
        "mandate.ChangeProposal",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="promises",
    )

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(promised_by=models.F("promised_to")),
                name="nobody_promises_to_themselves",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class SupportAct(Audited):
    """What a leader did for the office."""

    confidentiality: ClassVar = Confidentiality.PMO

    leader = models.ForeignKey(Leader, on_delete=models.CASCADE, related_name="acts")
    what = models.CharField(max_length=200)
    on = models.DateField()
    change = models.ForeignKey(
        "mandate.ChangeProposal",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="acts",
    )

    objects = AuditedQuerySet["SupportAct"].as_manager()

    class Meta:
        ordering: ClassVar = ["-on", "-pk"]

    def __str__(self) -> str:
        return self.what


class Ask(Audited):
    """What the office will ask of someone; once sent, `AskSent` is what they see."""

    confidentiality: ClassVar = Confidentiality.PMO

    of = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="asks_drafted")
    what = models.CharField(max_length=200)
    why = models.CharField(max_length=200)
    by = models.DateField()
    effort_minutes = models.PositiveIntegerField(null=True, blank=True)
    change = models.ForeignKey(
        "mandate.ChangeProposal",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="asks",
    )

    objects = AuditedQuerySet["Ask"].as_manager()

    class Meta:
        ordering: ClassVar = ["by", "pk"]

    def __str__(self) -> str:
        return self.what


class AskSentQuerySet(AuditedQuerySet["AskSent"]):
    def own_to(self, viewer: Account) -> Self:
        return self.filter(of=viewer.person)

    def editable_as_own_by(self, viewer: Account) -> Self:
        del viewer
        return self.none()


class AskSent(Audited):
    """An ask as it was sent, and what came of it."""

    class Status(models.TextChoices):
        SENT = "sent", "Sent"
        ACCEPTED = "accepted", "Accepted"
        DONE = "done", "Done"
        DECLINED = "declined", "Declined"

    confidentiality: ClassVar = Confidentiality.MGMT

    ask = models.OneToOneField(Ask, on_delete=models.PROTECT, related_name="sent")
    of = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="asks")
    what = models.CharField(max_length=200)
    why = models.CharField(max_length=200)
    by = models.DateField()
    sent_on = models.DateField()
    status = models.CharField(max_length=8, choices=Status, default=Status.SENT)
    answered_on = models.DateField(null=True, blank=True)

    objects = AskSentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["by", "pk"]

    def __str__(self) -> str:
        return self.what
