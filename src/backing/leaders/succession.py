"""Whoever follows a leader in a post: the pack for them drafts itself, and waits until somebody prints it (4.10).

It goes to nobody by itself.  A successor need not be on the list yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from backing.documents.models import Printed
from backing.documents.models.codes import Code
from backing.people.models import Account, Person

NEW_FOR: Final = timedelta(days=60)  # after that they know the office, or will not read it


@dataclass(frozen=True, slots=True, kw_only=True)
class Follows:
    """Somebody who follows a leader, with whom the pack has not been left.  leader: None if not on the list."""

    person: int
    name: str
    before: str
    since: date
    leader: int | None


def was_welcomed(person: str) -> Exists:
    """Whether a pack was printed for the person that the field names."""
    return Exists(Printed.objects.filter(code=Code.NEW_LEADER, about=OuterRef(person)))


def successors(viewer: Account) -> QuerySet[Person]:
    """Whoever follows a leader in a post."""
    return Person.objects.visible_to(viewer).filter(
        predecessors__leader__isnull=False, erased_at=None
    )
