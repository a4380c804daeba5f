"""Finding a sponsor, agreeing with them, telling them, and passing wins on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from backing.people.models import Account, OrgUnit, Person
from backing.people.models.sealed import Hidden
from backing.sponsor import gate
from backing.sponsor.criteria import CRITERIA
from backing.sponsor.found import Found
from backing.sponsor.models import (
    SharedWin,
    SponsorAssignment,
    SponsorCandidate,
    SponsorUpdate,
    UpdateAsk,
    UpdateLink,
    Win,
    WinShare,
)

UPDATE_LASTS: Final = timedelta(days=14)
MOST_WORDS: Final = 300
MOST_ASKS: Final = 3


class NotYet(Exception):
    """A win lacks something; the text says what."""


class TooLong(Exception):
    """An update has more words than fit; the text says how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    question: str
    suggested: str
    by: date


@transaction.atomic
def assign(
    person: Person,
    *,
    origin: str,
    since: date,
    span: Iterable[OrgUnit],
    deputy: Person | None = None,
    personal_success: str = "",
) -> SponsorAssignment:
    """They are the sponsor from that day; whoever was before is not from that day on."""
    for earlier in SponsorAssignment.objects.filter(until=None, since__lt=since):
        earlier.until = since
        earlier.save()
    made: SponsorAssignment = SponsorAssignment.objects.create(
        person=person,
        origin=origin,
        since=since,
        deputy=deputy,
        personal_success=personal_success,
    )
    made.span.set(span)
    return made


def compare(
    person: Person, scores: Mapping[str, tuple[int, str]], *, by: Account, on: date
) -> SponsorCandidate:
    """How they would do, by each criterion a score from 0 to 3 and the reason for it."""
    content = {name: {"score": scores[name][0], "why": scores[name][1]} for name in CRITERIA}
    candidate = SponsorCandidate(
        person=person, noted_on=on, noted_by=by, content=Hidden.sealing(content)
    )
    candidate.save()
    return candidate


# Wins.


def take_up(found: Found) -> Win:
    """Something found in the records becomes a candidate."""
    win: Win = Win.objects.create(
        source=found.source,
        headline=found.headline,
        what_changed=found.what_changed,
        evidence=found.evidence,
        happened_on=found.happened_on,
        before=found.before,
        after=found.after,
        for_whom="",
    )
    return win


def confirm(win: Win, *, on: date) -> None:
    """It may be told.  Raises NotYet."""
    if lacks := gate.missing(win):
        raise NotYet(" ".join(lacks))
    win.status, win.confirmed_on = Win.Status.CONFIRMED, on
    win.save()


@transaction.atomic
def share(win: Win, *, by: Person, to: str, channel: str, on: date) -> WinShare:
    """It was passed on.  Raises NotYet where it has not passed the gate."""
    if win.status not in (Win.Status.CONFIRMED, Win.Status.SHARED):
        raise NotYet("It has not passed the gate: confirm it first.")
    SharedWin.objects.get_or_create(
        win=win, defaults={"headline": win.headline, "message": win.message, "shared_on": on}
    )
    if win.status != Win.Status.SHARED:
        win.status = Win.Status.SHARED
        win.save()
    return WinShare.objects.create(win=win, by=by, to=to, channel=channel, at=on)


# Updates.


def words_of(update: SponsorUpdate, asks: Sequence[Asked]) -> int:
    """How many words the sponsor reads."""
    texts = [update.headline, update.number, update.bad, update.next]
    texts += [update.win.message] if update.win else []
    texts += [text for ask in asks for text in (ask.question, ask.suggested)]
    return sum(gate.words(text) for text in texts)


@transaction.atomic
def write_update(update: SponsorUpdate, asks: Sequence[Asked]) -> SponsorUpdate:
    """Keep an update that fits.  Raises TooLong."""
    if (count := words_of(update, asks)) > MOST_WORDS:
        raise TooLong(f"It has {count} words; {MOST_WORDS} is the most that five minutes take.")
    update.save()
    for place, ask in enumerate(asks[:MOST_ASKS], start=1):
        UpdateAsk.objects.create(
            update_of=update,
            place=place,
            question=ask.question,
            suggested=ask.suggested,
            by=ask.by,
        )
    return update


@transaction.atomic
def send_update(update: SponsorUpdate, *, by: Account, now: datetime) -> str:
    """What the new link to it carries; those before open no more."""
    for link in update.links.filter(withdrawn_at=None):
        link.withdraw(now=now)
    if update.sent_at is None:
        update.sent_at = now
        update.save()
    return UpdateLink.make(by=by, now=now, lasts=UPDATE_LASTS, update_of=update)[1]


@transaction.atomic
def answer_asks(update: SponsorUpdate, answers: Mapping[int, str], *, now: datetime) -> int:
    """The sponsor's answers by ask; an ask is answered once.  Gives how many were taken."""
    taken = 0
    for ask in UpdateAsk.objects.select_for_update().filter(update_of=update, answer=""):
        if answers.get(ask.pk):
            ask.answer, ask.answered_at = answers[ask.pk], now
            ask.save()
            taken += 1
    return taken


def shared_by_sponsor(update: SponsorUpdate, *, on: date) -> bool:
    """The sponsor says that they passed the update's win on; once."""
    win, sponsor = update.win, update.assignment.person
    if win is None or win.shares.filter(by=sponsor).exists():
        return False
    share(win, by=sponsor, to="", channel="by the update’s link", on=on)
    return True
