"""Once a week, to whoever asked for it and to nobody else: what home shows, by mail.

A mail may be read by others, so it says no more than home does (rhythm.shown): of what is about a person,
that there is something.
"""

from __future__ import annotations

import logging
from datetime import date, datetime, time, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from backing.outbox import ways
from backing.outbox.actions import send, write
from backing.outbox.composing import composed, digest
from backing.people.models import Account
from backing.rhythm.dates import days_of
from backing.rhythm.models import WeeklyDigest
from backing.rhythm.shown import Shown
from backing.rhythm.week import this_week

logger = logging.getLogger(__name__)

FROM: Final = time(6)  # the office's clock; quiet hours may hold it back for longer
AHEAD: Final = timedelta(days=7)


def send_digests(now: datetime) -> None:
    """Those that are due; the worker asks every minute."""
    local = timezone.localtime(now)
    if not ways.by_mail() or local.time() < FROM:
        return
    for wish in WeeklyDigest.objects.due(local.date()).select_related("account__person"):
        if wish.account.is_office and wish.account.email and wish.take_the_day(local.date()):
            try:
                send_digest(wish, now=now)
            except Exception:  # the worker goes on, and so do the digests of others
                logger.exception("A digest could not be made")


@transaction.atomic
def send_digest(wish: WeeklyDigest, *, now: datetime) -> None:
    """What somebody asked for is what they sent themselves."""
    account, today = wish.account, timezone.localdate(now)
    letter = write(
        "Your week",
        about="digest",
        subject=f"This week, {_day(today)}",
        text=words(account, today),
        to=account.person,
        address=account.email or "",
        by=account,
        now=now,
        personal=False,
        own=True,
    )
    said = letter.words
    if said is not None:
        send(letter, seen=digest(composed(letter, said)), by=account, now=now)


def words(account: Account, today: date) -> str:
    things = [Shown.on_home(each) for each in this_week(account, today)]
    days = [each for each in days_of(account, today) if today <= each.on < today + AHEAD]
    lines = ["To do this week:", ""]
    lines += [_thing(number, each) for number, each in enumerate(things, 1)]
    lines += [] if things else ["Nothing. The rules found nothing in what is recorded."]
    lines += ["", "Days of this week:", ""]
    lines += [f"{_day(each.on)}: {each.title}" for each in days]
    lines += [] if days else ["None."]
    lines += ["", f"Read on: {_address('home')}"]
    lines += ["", f"You asked for this once a week. End it: {_address('calendar')}"]
    return "\n".join(lines)


def _thing(number: int, shown: Shown) -> str:
    due = f" By {_day(shown.due)}." if shown.due else ""
    stop = "" if shown.title.endswith(("?", ".")) else "."
    return f"{number}. {shown.title}{stop}{due}"


def _address(name: str) -> str:
    """Without an address that others reach, where to look is said in words."""
    if settings.BACKING_URL:
        return f"{settings.BACKING_URL.rstrip('/')}{reverse(name)}"
    return {"home": "This week, in Backing", "calendar": "Keep it, in your calendar"}[name]


def _day(of: date) -> str:
    return f"{of.day} {of:%B}"
