"""A change as a page shows it: whom it touches, whose agreement it needs, and who has given it (S02, S08)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from backing.evidence.public import projects_by_unit
from backing.mandate.actions import heads_to_ask
from backing.mandate.models import ChangeProposal, Impact
from backing.people.models import Account, Person

IN_FAVOUR: Final = ("backs", "champions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """A unit that a change touches.  projects: None where the registers do not name the unit.

    until: when the link opens no more by which its head sees this.
    """

    impact: Impact
    projects: int | None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Whom a change touches; without: units whose head nobody knows."""

    touched: tuple[Touched, ...]
    heads: tuple[Person, ...]  # whose agreement is not asked for yet
    without: tuple[str, ...]

    @property
    def projects(self) -> int:
        return sum(each.projects or 0 for each in self.touched)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One leader or person in the grid: what they said on each change, in the order of the changes."""

    person: int
    name: str
    leader: int | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """stated: for the record.  seen: as the office sees it, once opened.  required: their agreement is."""

    change: int
    title: str
    required: bool
    stated: str
    words: str
    on: date | None
    seen: str
    evidence: str


def reach(change: ChangeProposal, viewer: Account, links: Mapping[int, date]) -> Reach:
    """links: until when the head of a unit has one, by impact."""
    impacts = Impact.objects.visible_to(viewer).filter(change=change)
    counted = projects_by_unit(viewer)
    found = list(impacts.select_related("org_unit__head"))
    return Reach(
        touched=tuple(
            Touched(
                impact=each,
                projects=counted.get(each.org_unit.name.casefold()),
                until=links.get(each.pk),
            )
            for each in found
        ),
        heads=tuple(heads_to_ask(change)),
        without=tuple(each.org_unit.name for each in found if each.org_unit.head is None),
    )


def rows(
    changes: Sequence[tuple[int, str, frozenset[int]]],
    people: Sequence[tuple[int, str, int | None]],
    stated: Mapping[tuple[int, int], tuple[str, str, date]],
    seen: Mapping[tuple[int, int], tuple[str, str]],
) -> list[Row]:
    """The grid.  changes: key, title and people required.  people: person, name and leader.

    stated, seen: by person and change.
    """
    return [
        Row(
            person=person,
            name=name,
            leader=leader,
            cells=tuple(
                _cell(
                    change, person, stated.get((person, change[0])), seen.get((person, change[0]))
                )
                for change in changes
            ),
        )
        for person, name, leader in people
    ]


def _cell(
    change: tuple[int, str, frozenset[int]],
    person: int,
    stated: tuple[str, str, date] | None,
    seen: tuple[str, str] | None,
) -> Cell:
    value, words, on = stated or ("", "", None)
    known, evidence = seen or ("", "")
    return Cell(
        change=change[0],
        title=change[1],
        required=person in change[2],
        stated=value,
        words=words,
        on=on,
        seen=known,
        evidence=evidence,
    )
