"""What a project is called, and for whom.

The office sees the name that the register gives, and so does a project's owner.  Others see it, and what is
shared names it, once the owner has confirmed the row; until then an alias where there is one, else the
number (S21-a).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, Self

from django.db.models import Q

from backing.evidence.models import Decision, MirroredProject, Ownership
from backing.people.models import Account


class Keyed(Protocol):
    """Whatever stands for a project: it says its register and the key there."""

    @property
    def register(self) -> str: ...

    @property
    def key(self) -> str: ...


@dataclass(frozen=True)
class Names:
    """Names of some projects for one reader, fetched together: two queries, however many projects."""

    office: bool
    own: frozenset[tuple[str, str]]
    confirmed: frozenset[tuple[str, str]]
    aliases: dict[tuple[str, str], str]

    @classmethod
    def of(cls, projects: Iterable[Keyed], viewer: Account | None) -> Self:
        """viewer: who reads a page; None for what is shared, where everyone reads what outsiders may."""
        keys = sorted({project.key for project in projects})
        sign_off = Decision.objects.standing().filter(kind=Decision.Kind.CONFIRMED, key__in=keys)
        owned = Ownership.objects.filter(key__in=keys).values_list(
            "register", "key", "person", "alias"
        )
        person = viewer.person_id if viewer else None
        return cls(
            office=viewer is not None and viewer.is_office,
            own=frozenset((register, key) for register, key, owner, _ in owned if owner == person),
            confirmed=frozenset(sign_off.values_list("register", "key")),
            aliases={(register, key): alias for register, key, _, alias in owned if alias},
        )

    def name(self, project: MirroredProject) -> str:
        """What this project is called; its key where it may have no other name here."""
        key = (project.register, project.key)
        if project.name and (self.office or key in self.own or key in self.confirmed):
            return project.name
        return self.aliases.get(key, project.key)

    def is_confirmed(self, project: Keyed) -> bool:
        """Whether its owner stands by the row."""
        return (project.register, project.key) in self.confirmed


def shown_name(project: MirroredProject, *, viewer: Account | None = None) -> str:
    """What one project is called; of several, ask `Names` once.  Without a viewer: where it is shared."""
    return Names.of([project], viewer).name(project)


def searched(viewer: Account, text: str) -> Q:
    """Projects whose number, unit or kind holds the text; for the office also those so named.

    Nobody finds by a name what they may not see by name.
    """
    found = Q(key__icontains=text) | Q(org_unit__icontains=text) | Q(kind__icontains=text)
    return found | Q(name__icontains=text) if viewer.is_office else found
