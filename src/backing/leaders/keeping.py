"""What may be written down about people, and by whom; the one place where it is sealed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from backing.leaders.models import Leader
from backing.leaders.opened import may_open
from backing.people.key import NoKey
from backing.people.legitimate_interests import is_recorded
from backing.people.models import Account, Person
from backing.people.models.sealed import Hidden, NoGrounds


class MayNotKeep(Exception):
    """It may not be written down; the text says why, and what to do."""


def seal(content: dict[str, Any], *, about: Iterable[Person], by: Account) -> Hidden:
    """Seal what is said about these people.  Raises MayNotKeep."""
    people = list(about)
    for person in people:
        if person.objection_at is not None:
            raise MayNotKeep(
                f"{person} has objected to what we keep. Nothing is added until that is settled."
            )
    for leader in Leader.objects.filter(person__in=people).select_related(
        "person", "owner__person"
    ):
        if not may_open(by, leader.owner_id):
            raise MayNotKeep(
                f"{leader.owner} looks after {leader}, and writes what is said of them. "
                "Ask them to, or leave the words out."
            )
    if not is_recorded():
        raise MayNotKeep(str(NoGrounds()))
    try:
        return Hidden.sealing(content)
    except NoKey as error:
        raise MayNotKeep(str(error)) from error
