"""What goes out to whoever may come in, and to whom notes are kept about, in words."""

from __future__ import annotations

from datetime import date
from typing import Final

from backing.people.models import Account, Person
from boardpaper.blocks import Document
from boardpaper.render import text
from boardpaper.wording import en

# What such letters are about, in a word for the machine.
INVITATION: Final = "invitation"
NOTICE: Final = "notice"


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
            f"The link opens once, until {en.day(until)}, and is meant for you: please do not pass it "
            "on. Whoever has it comes in under your name."
        ),
    )
    return "\n\n".join(lines) + "\n"


def with_the_notice(person: Person, paper: Document) -> str:
    """The notice itself, so that nothing need be opened."""
    lines = (
        f"Dear {person},",
        (
            "the project office keeps notes of its conversations with you. Below is what they hold and why, who "
            "reads them, and what you may ask. If anything is unclear, answer this letter."
        ),
        text.render(paper),
    )
    return "\n\n".join(lines)
