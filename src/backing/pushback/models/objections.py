"""Objections, and the answers to them.

What is raised in confidence names nobody: not the record, not its history, not the link it came by.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from backing.mandate.models import ChangeProposal
from backing.people.access import Confidentiality
from backing.people.models import Account
from backing.people.models.audited import Audited, AuditedQuerySet


class PushbackQuerySet(AuditedQuerySet["Pushback"]):
    def own_to(self, viewer: Account) -> Self:
        """What they raised themselves, with their name."""
        return self.filter(raised_by=viewer.person)

    def editable_as_own_by(self, viewer: Account) -> Self:
        del viewer
        return self.none()

    def waiting(self) -> Self:
        """Without an answer, or with one that did not deal with it."""
        latest = PushbackResponse.objects.filter(pushback=OuterRef("pk")).order_by("-at", "-pk")
        return self.annotate(said=Subquery(latest.values("raiser_view")[:1])).filter(
            Q(said=None) | Q(said=PushbackResponse.RaiserView.NOT_RESOLVED)
        )


class Pushback(Audited):
    """One objection.  change or request: what it is about; instead: what they would rather have;
    condition: on what they would agree.

    known_as: the name that was given with it, where it came by a link.  once: a digest of the form it
    was sent with, so that the same form sent twice is one objection.
    """

    class Cause(models.TextChoices):
        LACK_OF_AWARENESS = "lack_of_awareness", "Did not know why"
        LOSS_OF_CONTROL = "loss_of_control", "Less of a say than before"
        LACK_OF_TIME = "lack_of_time", "Takes too long"
        STATUS_QUO = "status_quo", "What there was worked"
        NO_BENEFIT_FOR_ME = "no_benefit_for_me", "Nothing in it for them"
        NOT_INVOLVED = "not_involved", "Was not asked"
        OVERLOAD = "overload", "Too much at once"
        PAST_EXPERIENCE = "past_experience", "Went wrong before"
        DISAGREES_ON_MERITS = "disagrees_on_merits", "Thinks it is wrong"
        DUPLICATE_OF_EXISTING = "duplicate_of_existing", "Exists already"
        OWN_PMO = "own_pmo", "Has its own project office"
        OTHER = "other", "Something else"

    class Status(models.TextChoices):
        WAITING = "waiting", "Waits for an answer"
        ANSWERED = "answered", "Answered"
        RESOLVED = "resolved", "Dealt with, says who raised it"
        DISPUTED = "disputed", "Not dealt with, says who raised it"

    confidentiality: ClassVar = Confidentiality.PMO

    raised_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="pushback"
    )
    known_as = models.CharField(max_length=80, blank=True)
    in_confidence = models.BooleanField(default=False)
    unit = models.ForeignKey(
        "people.OrgUnit", on_delete=models.SET_NULL, null=True, blank=True, related_name="pushback"
    )
    change = models.ForeignKey(
        ChangeProposal, on_delete=models.PROTECT, null=True, blank=True, related_name="pushback"
    )
    request = models.CharField(max_length=120, blank=True)
    text = models.CharField(max_length=600)
    instead = models.CharField(max_length=300, blank=True)
    condition = models.CharField("they would agree if", max_length=200, blank=True)
    cause = models.CharField(max_length=24, choices=Cause, blank=True)
    received_at = models.DateTimeField()
    answer_due = models.DateField()
    once = models.CharField(max_length=64, unique=True, null=True, editable=False)

    objects = PushbackQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-received_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(in_confidence=False) | Q(raised_by=None, known_as=""),
                name="what_is_raised_in_confidence_names_nobody",
            ),
            models.CheckConstraint(
                condition=Q(change__isnull=False) | ~Q(request=""),
                name="pushback_is_about_a_change_or_a_request",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.text[:60]}"

    @property
    def received(self) -> date:
        return timezone.localdate(self.received_at)

    @property
    def subject(self) -> str:
        return str(self.change) if self.change is not None else self.request

    @property
    def who(self) -> str:
        """Who raised it, as the office may say it."""
        if self.in_confidence:
            return "Someone, in confidence"
        return str(self.raised_by or self.known_as or "Someone who gave no name")

    @property
    def answer(self) -> PushbackResponse | None:
        """The latest answer.  Reads the prefetched answers where there are some."""
        return max(self.responses.all(), key=lambda each: (each.at, each.pk), default=None)

    @property
    def status(self) -> Status:
        answer = self.answer
        if answer is None:
            return self.Status.WAITING
        return {
            PushbackResponse.RaiserView.RESOLVED: self.Status.RESOLVED,
            PushbackResponse.RaiserView.NOT_RESOLVED: self.Status.DISPUTED,
        }.get(PushbackResponse.RaiserView(answer.raiser_view), self.Status.ANSWERED)

    @property
    def waits_since(self) -> date | None:
        """Since when an answer is owed; None where none is."""
        answer = self.answer
        if answer is None:
            return self.received
        if self.status == self.Status.DISPUTED and answer.viewed_at is not None:
            return timezone.localdate(answer.viewed_at)
        return None


class PushbackResponse(Audited):
    """An answer: they accept it and change something, a part of it, or say why not.

    removed: what they need not do any more.  raiser_view: what whoever raised it says of the answer, once;
    raiser_words: what is still wrong.
    """

    class Kind(models.TextChoices):
        ACCEPT_CHANGE = "accept_change", "Yes, we change it"
        PARTLY = "partly", "Partly"
        DECLINE = "decline", "No, and this is why"

    class RaiserView(models.TextChoices):
        RESOLVED = "resolved", "Dealt with"
        NOT_RESOLVED = "not_resolved", "Not dealt with"
        NO_REPLY = "no_reply", "No reply"

    confidentiality: ClassVar = Confidentiality.PMO

    pushback = models.ForeignKey(Pushback, on_delete=models.CASCADE, related_name="responses")
    kind = models.CharField(max_length=13, choices=Kind)
    text = models.CharField(max_length=600)
    what_changes = models.CharField(max_length=300, blank=True)
    removed = models.CharField("what falls away", max_length=200, blank=True)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    raiser_view = models.CharField(max_length=12, choices=RaiserView, default=RaiserView.NO_REPLY)
    raiser_words = models.CharField(max_length=300, blank=True)
    viewed_at = models.DateTimeField(null=True, blank=True)

    objects = AuditedQuerySet["PushbackResponse"].as_manager()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="decline") | ~Q(what_changes=""),
                name="an_answer_that_accepts_says_what_changes",
            ),
            models.CheckConstraint(
                condition=Q(raiser_view="no_reply", viewed_at=None)
                | (~Q(raiser_view="no_reply") & Q(viewed_at__isnull=False)),
                name="whoever_raised_it_said_so_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"

    @property
    def accepts(self) -> bool:
        return self.kind != self.Kind.DECLINE
