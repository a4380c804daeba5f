"""Raising an objection, answering it, saying whether that dealt with it, and bringing it to a manager."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from backing.mandate.models import BlockPlan, ChangeProposal
from backing.people import floods
from backing.people.models import Account, OrgUnit, Person
from backing.pushback import working_days
from backing.pushback.models import Escalation, FollowLink, Pushback, PushbackResponse, SayLink

ANSWERED_WITHIN: Final = 5  # working days
SAY_LASTS: Final = timedelta(days=30)
FOLLOW_LASTS: Final = timedelta(days=120)
AN_HOUR: Final = 40  # objections by one link within an hour

View = PushbackResponse.RaiserView


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An objection in the words of whoever raises it.

    in_confidence: then neither `raised_by` nor `known_as` is kept, whatever they hold.
    """

    text: str
    instead: str = ""
    condition: str = ""
    cause: str = ""
    change: ChangeProposal | None = None
    request: str = ""
    unit: OrgUnit | None = None
    raised_by: Person | None = None
    known_as: str = ""
    in_confidence: bool = False


def raise_pushback(
    said: Said, *, now: datetime, once: str = "", by_link: SayLink | None = None
) -> tuple[Pushback, str]:
    """Take an objection; gives it and what the link to follow it carries.

    once: a word that came with the form: the same form sent again gives the same objection and the same
    link.  Raises TooMany.
    """
    digest = hashlib.sha256(once.encode()).hexdigest() if once else None
    secret = salted_hmac("pushback.follow", once, algorithm="sha256").hexdigest() if once else ""
    try:
        with transaction.atomic():
            return _take(said, now=now, digest=digest, secret=secret, by_link=by_link)
    except IntegrityError:
        again = Pushback.objects.filter(once=digest).first() if digest else None
        link = again.follow_links.order_by("pk").first() if again else None
        if again is None or link is None:
            raise
        return again, link.carrying(secret)


def _take(
    said: Said, *, now: datetime, digest: str | None, secret: str, by_link: SayLink | None
) -> tuple[Pushback, str]:
    if by_link is not None:
        _count(by_link, now=now)
    subject = said.change or (by_link.change if by_link else None)
    request = said.request or (str(by_link) if by_link and subject is None else "")
    pushback = Pushback(
        raised_by=None if said.in_confidence else said.raised_by,
        known_as="" if said.in_confidence else said.known_as,
        in_confidence=said.in_confidence,
        unit=said.unit,
        change=subject,
        request=request,
        text=said.text,
        instead=said.instead,
        condition=said.condition,
        cause=said.cause,
        received_at=now,
        answer_due=working_days.after(timezone.localdate(now), ANSWERED_WITHIN),
        once=digest,
    )
    if said.in_confidence:  # else the history would say who was signed in
        pushback._history_user = None  # type: ignore[attr-defined]  # noqa: SLF001  # its documented way
    pushback.save()
    _, token = FollowLink.make(
        by=None, now=now, lasts=FOLLOW_LASTS, secret=secret, pushback=pushback
    )
    return pushback, token


def _count(link: SayLink, *, now: datetime) -> None:
    """How much comes by one link; which objection came by it is not kept."""
    refuse_a_flood({"change": link.change} if link.change else {"request": str(link)}, now=now)


def refuse_a_flood(about: Mapping[str, object], *, now: datetime) -> None:
    """Raises TooMany where more came about the same within the hour than any office has people to say it."""
    floods.refuse_a_flood(Pushback.objects.filter(**about), "received_at", most=AN_HOUR, now=now)


def link_to_say(
    *, by: Account, now: datetime, change: ChangeProposal | None = None, about: str = ""
) -> tuple[SayLink, str]:
    return SayLink.make(by=by, now=now, lasts=SAY_LASTS, change=change, about=about)


def link_to_follow(pushback: Pushback, *, by: Account, now: datetime) -> str:
    """Another link for whoever lost theirs; the ones before open no more."""
    for link in pushback.follow_links.filter(withdrawn_at=None):
        link.withdraw(now=now)
    return FollowLink.make(by=by, now=now, lasts=FOLLOW_LASTS, pushback=pushback)[1]


def code(pushback: Pushback, cause: str) -> None:
    """What lies behind it, as the office understands it."""
    pushback.cause = cause
    pushback.save()


def answer(
    pushback: Pushback,
    *,
    kind: str,
    text: str,
    what_changes: str,
    removed: str = "",
    by: Account,
    now: datetime,
) -> PushbackResponse:
    """removed: what they need not do any more."""
    declined = kind == PushbackResponse.Kind.DECLINE
    return PushbackResponse.objects.create(
        pushback=pushback,
        kind=kind,
        text=text,
        what_changes="" if declined else what_changes,
        removed="" if declined else removed,
        by=by,
        at=now,
    )


@transaction.atomic
def say_of_the_answer(pushback: Pushback, view: str, *, words: str, now: datetime) -> bool:
    """Whoever raised it says whether the answer deals with it; once for each answer, False after that.

    Where they say that it does not, an answer is owed again.
    """
    given = PushbackResponse.objects.select_for_update().filter(pushback=pushback)
    latest = given.order_by("-at", "-pk").first()
    if latest is None or latest.viewed_at is not None:
        return False
    latest.raiser_view, latest.viewed_at = view, now
    latest.raiser_words = words if view == View.NOT_RESOLVED else ""
    if pushback.in_confidence:
        latest._history_user = None  # type: ignore[attr-defined]  # noqa: SLF001  # its documented way
    latest.save()
    if view == View.NOT_RESOLVED:
        pushback.answer_due = working_days.after(timezone.localdate(now), ANSWERED_WITHIN)
        if pushback.in_confidence:
            pushback._history_user = None  # type: ignore[attr-defined]  # noqa: SLF001  # as above
        pushback.save()
    return True


def escalate(
    about: Pushback | BlockPlan,
    *,
    to: Person,
    level: int,
    facts: str,
    effect: str,
    tried: str,
    options: Sequence[str],
    recommendation: str,
    by: date,
    on: date,
    raised_by: Account,
) -> Escalation:
    """Bring it to somebody who can settle it.  by: when it is needed."""
    return Escalation.objects.create(
        pushback=about if isinstance(about, Pushback) else None,
        block=about if isinstance(about, BlockPlan) else None,
        to=to,
        level=level,
        facts=facts,
        effect=effect,
        tried=tried,
        options=list(options),
        recommendation=recommendation,
        by=by,
        raised_on=on,
        raised_by=raised_by,
    )


def settle(escalation: Escalation, *, outcome: str, on: date) -> None:
    """What they decided, in their words."""
    escalation.outcome, escalation.decided_on = outcome, on
    escalation.save()
