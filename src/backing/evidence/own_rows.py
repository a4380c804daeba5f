"""What the owner of projects sees on their own page: their rows, and whether they stand by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backing.evidence import asked


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRow:
    """One project of theirs, and whether it has their word."""

    ownership: int
    name: str
    key: str
    is_answered: bool


def own_rows(person: int, *, now: datetime) -> tuple[OwnRow, ...]:
    """Theirs of the current edition, those that want an answer first."""
    answered = (asked.Answer.CONFIRMED, asked.Answer.CORRECTED)
    found = [
        OwnRow(
            ownership=each.pk,
            name=each.name or each.key,
            key=each.key,
            is_answered=each.answer in answered,
        )
        for each in asked.own(person, now=now)
    ]
    return tuple(sorted(found, key=lambda each: (each.is_answered, each.name, each.key)))
