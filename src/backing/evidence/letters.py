"""What an owner is sent, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from boardpaper.wording import en

_LONGEST_SUBJECT = 120  # letters


class Asked(NamedTuple):
    """One project in a message: its name, its key, and the address of its link."""

    name: str
    key: str
    address: str


class Message(NamedTuple):
    """What is sent, and under which subject."""

    subject: str
    text: str


def compose(
    asked: Sequence[Asked], *, owner: str, office: str, until: date, again: bool
) -> Message:
    """The message to one owner about all of their projects that are asked about.

    office: the organisation's name, or nothing.  again: it is a reminder.
    """
    one = len(asked) == 1
    what = f"“{asked[0].name}”" if one else f"Your {len(asked)} projects"
    of = f" of {office}" if office else ""
    rows = "row of figures is" if one else "rows of figures are"
    each = "this link" if one else "each of these links"
    lines = [
        f"Dear {owner},",
        "",
        (
            f"the project office{of} counts what past projects cost and when they finished. Before the "
            f"{rows} used, please look whether {'it is' if one else 'they are'} right. It takes under "
            f"two minutes a project, on a phone too, and needs no account."
        ),
        "",
        *[f"{project.name} ({project.key})\n{project.address}\n" for project in asked],
        (
            f"What you correct is kept beside what the register says, with your name and the day. Until "
            f"{en.day(until)} you can change your answer with {each}. They are meant for you: "
            "please do not pass them on."
        ),
    ]
    subject = f"{'Reminder. ' if again else ''}{what}: is this right?"
    return Message(" ".join(subject.split())[:_LONGEST_SUBJECT], "\n".join(lines) + "\n")
