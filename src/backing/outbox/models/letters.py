"""A letter: to whom, which words, and what a person did with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q

from backing.outbox.sealing import Words, unseal
from backing.people.access import Confidentiality, GatedQuerySet
from backing.people.models.sealed import HiddenField
from backing.site.work import UNFINISHED, State

if TYPE_CHECKING:
    from backing.people.access import Viewer


class LetterQuerySet(GatedQuerySet["Letter"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """What is for the eyes of its writer alone is for nobody else of the office."""
        return super().visible_to(viewer).filter(Q(own=False) | Q(by=viewer.pk))

    def editable_by(self, viewer: Viewer) -> Self:
        return super().editable_by(viewer).filter(Q(own=False) | Q(by=viewer.pk))

    def drafts(self) -> Self:
        return self.filter(approved_at=None, handed_at=None)

    def here(self) -> Self:
        """Still in the house, and nobody is just bringing them away."""
        return self.filter(handed_at=None, sending=None)

    def held_back(self) -> Self:
        """Approved, and waiting for the end of the quiet hours."""
        return self.here().exclude(approved_at=None)

    def on_their_way(self) -> Self:
        """Held back, or with the worker."""
        held_back = Q(sending=None, handed_at=None, approved_at__isnull=False)
        return self.filter(held_back | Q(sending__state__in=UNFINISHED))

    def troubled(self) -> Self:
        """Those that did not leave, or may not have."""
        return self.filter(handed_at=None, sending__state__in=(State.FAILED, State.STOPPED))

    def gone(self) -> Self:
        return self.filter(Q(sending__state=State.DONE) | ~Q(handed_at=None))


class Letter(models.Model):
    """Nothing leaves that is not one of these.

    kind: what it is, in a few words.  about: what it is about, in a word for the machine.  to: whom it is
    meant for, where that is one person we know.
    channel: the chat it goes to instead of an address.  personal: it bears a link that is meant for `to`
    alone, so it goes to no chat.  own: for the eyes of whoever wrote it alone, as what they send to
    themselves, or what lets somebody in.  sender, sender_name, answers_to, message_id, worded_at: what the
    message says of itself, fixed when it was worded.  approved: a person looked at the message of this digest
    and sent it.  handed: they took it to another program.
    """

    class Hand(models.TextChoices):
        DRAFT = "draft", "taken as a draft to another program"
        COPY = "copy", "copied, and sent by hand"

    confidentiality: ClassVar = Confidentiality.PMO

    kind = models.CharField(max_length=60)
    about = models.SlugField(max_length=80)
    to = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="letters"
    )
    address = models.EmailField("e-mail", blank=True)
    channel = models.CharField(max_length=60, blank=True)
    content = HiddenField(null=True)  # none: its time is over
    personal = models.BooleanField(default=False)
    own = models.BooleanField(default=False)
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    sender = models.EmailField()
    sender_name = models.CharField(max_length=200, blank=True)
    answers_to = models.EmailField(blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    worded_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    digest = models.CharField(max_length=64, blank=True)
    send_after = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    handed_as = models.CharField(max_length=5, choices=Hand, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-worded_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(address="") | Q(channel=""), name="a_letter_goes_one_way"
            ),
            models.CheckConstraint(
                condition=Q(personal=False) | Q(channel=""),
                name="what_is_meant_for_one_person_goes_to_no_chat",
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None) | ~Q(digest=""),
                name="what_is_sent_was_looked_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, to {self.whom}"

    @property
    def whom(self) -> str:
        return str(self.to or self.address or self.channel or "nobody yet")

    @property
    def words(self) -> Words | None:
        """None where they were taken out when their time was over, or cannot be read any more."""
        return None if self.content is None else unseal(self.content)

    @property
    def subject(self) -> str:
        """For lists."""
        words = self.words
        return words.subject if words is not None else self.kind

    @property
    def is_draft(self) -> bool:
        return self.approved_at is None and self.handed_at is None
