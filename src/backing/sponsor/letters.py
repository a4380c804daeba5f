"""What the sponsor is sent with an update, in words."""

from __future__ import annotations

from datetime import date

from backing.sponsor.models import SponsorUpdate
from boardpaper.wording import en


def about_an_update(update: SponsorUpdate, *, address: str, until: date) -> str:
    """Short: the update itself opens by the link."""
    asks = update.asks.count()
    asked = (
        f" and {'one thing that we ask' if asks == 1 else f'{asks} things that we ask'} of you, to be "
        "answered with yes, no or talk to me"
        if asks
        else ""
    )
    lines = (
        f"Dear {update.assignment.person},",
        f"{update.headline}. One number, what goes badly{asked}: five minutes, on a phone too.",
        address,
        f"The link opens until {en.day(until)} and is meant for you: please do not pass it on.",
    )
    return "\n\n".join(lines) + "\n"
