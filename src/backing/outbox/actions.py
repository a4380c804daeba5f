"""What a person does with a letter: write, word anew, send, take back, take elsewhere, drop."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from backing.outbox import ways
from backing.outbox.composing import composed, digest
from backing.outbox.models import Letter, QuietHours, Sending
from backing.outbox.quiet import quiet_until
from backing.outbox.sealing import Words, seal
from backing.people.models import Account, Person
from backing.site import jobs

LONGEST_SUBJECT = 120  # letters


class NotSent(Exception):
    """Why a letter cannot be sent as it is; a page may show the text as it stands."""


def write(
    kind: str,
    *,
    about: str,
    subject: str,
    text: str,
    to: Person | None,
    by: Account,
    now: datetime,
    address: str = "",
    personal: bool = True,
    own: bool = False,
) -> Letter:
    """A letter to be looked at.  kind: what it is, in a few words; about: what about, in a word for the machine.

    address: where it is not the one that we know of `to`.  personal: it bears a link for `to` alone.  own: for
    the eyes of `by` alone.  One about the same to the same person that has not left goes: the link in it opens
    no more.
    """
    drop(about=about, to=to, own=own)
    letter = Letter(
        kind=kind,
        about=about,
        to=to,
        address=address or ((to.email or "") if to is not None else ""),
        content=seal(_words(subject, text)),
        personal=personal,
        own=own,
        by=by,
    )
    _fix_head(letter, now=now)
    letter.save()
    return letter


def drop(*, about: str, to: Person | None, own: bool = False) -> None:
    """What was written about this and has not left goes: the link in it opens no more."""
    Letter.objects.here().filter(about=about, to=to, own=own).delete()


def word_anew(
    letter: Letter, *, subject: str, text: str, address: str, channel: str, now: datetime
) -> None:
    """Other words, or another address, before it is sent."""
    letter.content = seal(_words(subject, text))
    letter.address, letter.channel = address, channel
    _fix_head(letter, now=now)
    letter.save()


@transaction.atomic
def send(letter: Letter, *, seen: str, by: Account, now: datetime, at_once: bool = False) -> None:
    """Send what was looked at: `seen` is its digest.  at_once: in the quiet hours too.  Raises NotSent."""
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if not letter.is_draft:
        raise NotSent("Somebody was quicker: it was sent before.")
    words = letter.words
    if words is None:
        raise NotSent("Its words cannot be read any more. Drop it, and make the message again.")
    if not has_a_way(letter):
        raise NotSent("Give an address first. Or take it to your own mail program.")
    if digest(composed(letter, words)) != seen:
        raise NotSent("It was changed since you looked at it. Look again, then send.")
    letter.digest, letter.approved_at, letter.approved_by = seen, now, by
    letter.send_after = (None if at_once else quiet_until(QuietHours.ours(), now)) or now
    letter.save()
    if letter.send_after <= now:
        _start(letter, now=now)


def send_what_waited(now: datetime) -> None:
    """Quiet hours are over: what was held back leaves."""
    for letter in Letter.objects.held_back().filter(send_after__lte=now):
        with transaction.atomic():
            _start(letter, now=now)


@transaction.atomic
def send_again(letter: Letter, *, now: datetime) -> bool:
    """After it did not leave, or may not have: a person decides.  False where there is nothing to decide."""
    sending = Sending.objects.select_for_update().filter(letter=letter).first()
    if sending is None or not sending.again(now=now):
        return False
    Sending.objects.filter(pk=sending.pk).update(let_go_at=None)
    jobs.start(sending)
    return True


@transaction.atomic
def take_back(letter: Letter, *, now: datetime) -> bool:
    """Make a draft of what has not left yet; False where it has, or is just leaving."""
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    sending = Sending.objects.select_for_update().filter(letter=letter).first()
    if sending is not None:
        sending.stop(now=now)
        if sending.is_unfinished or sending.let_go_at is not None:
            return False
        sending.delete()
    if letter.approved_at is None:
        return False
    letter.approved_at = letter.approved_by = letter.send_after = None
    letter.digest = ""
    letter.message_id = _message_id()
    letter.save()
    return True


def take_elsewhere(letter: Letter, hand: Letter.Hand, *, now: datetime) -> None:
    """It leaves by the user's own program: as a draft, or copied."""
    if letter.handed_at is None:
        letter.handed_at, letter.handed_as = now, hand
        letter.save(update_fields=["handed_at", "handed_as"])


def _start(letter: Letter, *, now: datetime) -> None:
    sending, is_new = Sending.objects.get_or_create(letter=letter, defaults={"asked_at": now})
    if is_new:
        jobs.start(sending)


def has_a_way(letter: Letter) -> bool:
    """Whether it can leave from here, by its address or its chat."""
    if letter.channel:
        return letter.channel in ways.chats()
    return bool(letter.address) and ways.by_mail()


def _fix_head(letter: Letter, *, now: datetime) -> None:
    """What the message says of itself; whatever changes in the office later, it stays."""
    answers_to = letter.by.email or ""
    letter.sender, letter.sender_name = ways.sender(), str(letter.by)
    letter.answers_to = answers_to if answers_to != letter.sender else ""
    letter.message_id, letter.worded_at = _message_id(), now.replace(microsecond=0)


def _words(subject: str, text: str) -> Words:
    lines = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n"))
    return Words(" ".join(subject.split())[:LONGEST_SUBJECT], lines.strip() + "\n")


def _message_id() -> str:
    return f"<{uuid.uuid4()}@{ways.place()}>"
