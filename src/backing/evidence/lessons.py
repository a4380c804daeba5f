"""What projects like somebody's own ran into: causes on record of those that ended, counted (4.8).

Like means of the same unit and kind, else of the same kind, else of the same unit.  A group of fewer than
five, and a cause that one project alone names, would point at somebody, so neither is shown; no project
but one's own is named.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q

from backing.evidence.agreed import holding_of
from backing.evidence.models import Edition, MirroredProject, Ownership
from backing.evidence.models.editions import MirroredProjectQuerySet
from trackrecord.causes.taxonomy import UNKNOWN
from trackrecord.keys import Key

ENOUGH: Final = 5  # projects
AT_LEAST: Final = 2  # projects that name a cause
MOST: Final = 3  # causes of a group
_OVER: Final = ("finished", "cancelled")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A cause, and how many of the group name it."""

    cause: str
    projects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessons:
    """What a group of projects like these ran into.

    own: the projects under way that they are like.  ended: how many of the group are over; known: of how
    many of these a cause is on record.  registers, as_at, edition: where it stands.
    """

    group: str
    own: tuple[str, ...]
    ended: int
    known: int
    causes: tuple[Lesson, ...]
    registers: tuple[str, ...]
    as_at: date | None
    edition: str


@dataclass(frozen=True, slots=True)
class _Group:
    """Projects of a unit, of a kind, or of both."""

    unit: str
    kind: str

    @property
    def name(self) -> str:
        what = f"{self.kind} projects" if self.kind else "projects"
        return f"{what} in {self.unit}" if self.unit else what

    @property
    def is_in(self) -> Q:
        unit = Q(org_unit=self.unit) if self.unit else Q()
        return unit & Q(kind=self.kind) if self.kind else unit


def lessons(person: int) -> tuple[Lessons, ...]:
    """Of the projects under way that a person owns, group by group; none where nothing can be said."""
    edition = Edition.objects.current()
    if edition is None:
        return ()
    alike: dict[_Group, list[str]] = defaultdict(list)
    for project in _under_way(person):
        group = next((one for one in _groups(project) if _ended(one).count() >= ENOUGH), None)
        if group is not None:
            alike[group].append(project.name or project.key)
    found = (_of(group, own, edition) for group, own in alike.items())
    return tuple(sorted((each for each in found if each.causes), key=lambda each: each.group))


def _under_way(person: int) -> Iterable[MirroredProject]:
    here = Q(pk__in=())
    for register, key in Ownership.objects.filter(person=person).values_list("register", "key"):
        here |= Q(register=register, key=key)
    return MirroredProject.objects.filter(here, state="open")


def _groups(project: MirroredProject) -> Iterator[_Group]:
    """The nearest first."""
    if project.org_unit and project.kind:
        yield _Group(project.org_unit, project.kind)
    if project.kind:
        yield _Group("", project.kind)
    if project.org_unit:
        yield _Group(project.org_unit, "")


def _ended(group: _Group) -> MirroredProjectQuerySet:
    return MirroredProject.objects.filter(group.is_in, state__in=_OVER)


def _of(group: _Group, own: list[str], edition: Edition) -> Lessons:
    ended = [Key(register, key) for register, key in _ended(group).values_list("register", "key")]
    named = [
        {each.cause for each in causes if each.cause != UNKNOWN}
        for causes in holding_of(ended).values()
    ]
    counted = Counter(cause for causes in named for cause in causes)
    common = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    return Lessons(
        group=group.name,
        own=tuple(sorted(own)),
        ended=len(ended),
        known=sum(1 for causes in named if causes),
        causes=tuple(
            Lesson(cause=cause, projects=count) for cause, count in common if count >= AT_LEAST
        )[:MOST],
        registers=tuple(sorted({each.register for each in ended})),
        as_at=edition.as_at,
        edition=edition.name,
    )
