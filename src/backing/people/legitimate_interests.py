"""The record that unlocks entry: why the office may keep what it makes of people at all.

A form asks `is_recorded()` before it offers a field of class RELATIONSHIP; the sealed records themselves
refuse to be stored without it, whoever forgot to ask.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from backing.people.models import Account
from backing.people.models.duties import LegitimateInterests


@dataclass(frozen=True, slots=True)
class Question:
    """One of the four.  offered: words to start from, which the head of the office makes their own."""

    field: str
    asks: str
    help: str
    offered: str


QUESTIONS: Final = (
    Question(
        "purpose",
        "What do you keep this for?",
        "One purpose, and what it is not for.",
        "To prepare and follow up the project office’s conversations with the leaders whose decisions "
        "its work depends on. Not for judging anyone’s performance, pay or career, and never handed on for that.",
    ),
    Question(
        "necessity",
        "Why can it not be done with less?",
        "What would go wrong if you wrote nothing down, or less.",
        "Promises, concerns and positions are spread over many conversations and years. Without dated notes "
        "of what was said or done they are forgotten or guessed at. Only leaders are listed, and only facts that bear on projects.",
    ),
    Question(
        "balance",
        "What does it mean for the people, and would they expect it?",
        "Weigh it from their side.",
        "Senior managers expect that those who work with them remember what they said. They might mind labels and "
        "guesses: so entries hold words and acts with a date, an assumption is marked as one, and each of them can read what is kept about them.",
    ),
    Question(
        "safeguards",
        "What protects them?",
        "Who reads it, for how long, and how they can object.",
        "Read by the head of the office and by whoever looks after that one relationship; sealed on disk; every reading is logged; "
        "a notice within one month; erased ninety days after they leave the role; an objection locks it at once.",
    ),
)


def is_recorded() -> bool:
    """Whether anything of class RELATIONSHIP may be stored."""
    return LegitimateInterests.objects.exists()


def ours() -> LegitimateInterests | None:
    """The record, where there is one."""
    return LegitimateInterests.objects.first()


def record(
    *,
    purpose: str,
    necessity: str,
    balance: str,
    safeguards: str,
    by: Account,
    on: date,
) -> LegitimateInterests:
    """Put it in words, or in new ones; what it said before stays in its history."""
    found = ours() or LegitimateInterests(pk=1)
    found.purpose, found.necessity = purpose, necessity
    found.balance, found.safeguards = balance, safeguards
    found.recorded_by, found.recorded_on = by, on
    found.save()
    return found


def record_as_offered(*, by: Account, on: date) -> LegitimateInterests:
    """The words that the form offers, as they stand: for an invented company."""
    return record(**{each.field: each.offered for each in QUESTIONS}, by=by, on=on)
