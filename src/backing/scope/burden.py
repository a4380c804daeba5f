"""What the office asks of others, in minutes a month (RULE-28)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One thing asked, of everyone in a role or of one person."""

    role: str
    person: int | None
    minutes_a_month: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Burden:
    """What all asks together take of one: of everyone in a role, or of a person beside their role.

    person: None for everyone in the role.  minutes: a month, to the whole minute.
    """

    role: str
    person: int | None
    minutes: int


def burdens(asked: Iterable[Asked], roles: dict[int, str]) -> list[Burden]:
    """By role everyone bears, and by person who bears more than their role; the heaviest first.

    roles: by person, the role of those who have one.
    """
    of_role: dict[str, Fraction] = defaultdict(Fraction)
    of_person: dict[int, Fraction] = defaultdict(Fraction)
    for each in asked:
        if each.person is None:
            of_role[each.role] += each.minutes_a_month
        else:
            of_person[each.person] += each.minutes_a_month
    found = [
        Burden(role=role, person=None, minutes=_whole(minutes)) for role, minutes in of_role.items()
    ]
    for person, minutes in of_person.items():
        role = roles.get(person, "")
        together = minutes + of_role.get(role, Fraction())
        found.append(Burden(role=role, person=person, minutes=_whole(together)))
    return sorted(found, key=lambda each: (-each.minutes, each.role, each.person or 0))


def _whole(minutes: Fraction) -> int:
    """Half a minute counts as one: a burden is not rounded away."""
    return int(minutes + Fraction(1, 2))
