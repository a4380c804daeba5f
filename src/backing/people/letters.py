"""What goes out to whoever may come in, in words."""

from __future__ import annotations

from datetime import date
from typing import Final

from backing.people.models import Account

INVITATION: Final = "invitation"  # what such letters are about, in a word for the machine


def subject_of_a_way_in(account: Account, *, office: str) -> str:
    """office: the organisation's name, or nothing."""
    asked = "A new password" if account.has_password else "Your way in"
    return f"{asked}: the project office{f' of {office}' if office else ''}"


def with_a_way_in(account: Account, *, address: str, by: Account, office: str, until: date) -> str:
    """The link by which somebody chooses their first password, or another.

    office: the organisation's name, or nothing.
    """
    ours = f"the project office{f' of {office}' if office else ''}"
    why = (
        f"by this link you choose a new password for the pages of {ours}."
        if account.has_password
        else f"{by} invites you to the pages of {ours}. By this link you choose a password."
    )
    lines = (
        f"Dear {account},",
        why,
        address,
        (
            f"The link opens once, until {until.day} {until:%B %Y}, and is meant for you: please do not pass it "
            "on. Whoever has it comes in under your name."
        ),
    )
    return "\n\n".join(lines) + "\n"
