"""What other parts of the office may know of the evidence: values, for a viewer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.db.models import Count, F, Max, Min

from backing.documents.papers.plans import Plans
from backing.evidence import behind
from backing.evidence.addresses import address
from backing.evidence.cells import STATES
from backing.evidence.figures import Figures, to_json
from backing.evidence.lessons import Lessons, lessons
from backing.evidence.models import (
    Decision,
    DroppedFile,
    Edition,
    Import,
    MirroredProject,
    Ownership,
    StoredFigure,
)
from backing.evidence.naming import Names
from backing.evidence.own_rows import OwnRow, own_rows
from backing.evidence.project_facts import against_plan
from backing.people.models import Account
from trackrecord.figure import Figure

__all__ = [
    "CurrentEvidence",
    "Figures",
    "Lessons",
    "OwnRow",
    "Problems",
    "UnitProject",
    "current_evidence",
    "lessons",
    "managers_named",
    "own_rows",
    "owners_of_projects",
    "pages_of",
    "projects_by_unit",
    "projects_of_unit",
    "rows_behind",
    "sponsors_named",
    "to_json",
    "years_of_endings",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problems:
    """Rows of one file that could not be taken for one reason.  found: what stood in the first of them."""

    file: str
    row: int
    column: str
    found: str
    code: str
    todo: str
    count: int

    @classmethod
    def kept(cls, file: str, folded: dict[str, Any]) -> Self:
        """As `DroppedFile.problems` keeps them."""
        rows = folded.get("rows") or [0]
        return cls(
            file=file,
            row=rows[0] or 0,
            column=folded.get("column") or "",
            found=folded.get("found") or "",
            code=folded.get("code") or "",
            todo=folded.get("todo") or "",
            count=folded.get("count") or len(rows),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitProject:
    """One project of a unit.  against_first: in words, by "Cost", "Finish" and so on."""

    name: str
    state: str
    finished: date | None
    against_first: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CurrentEvidence:
    """The current edition as a viewer may see it: its figures, and what stands behind them."""

    edition: str
    as_at: date | None
    breakdowns: tuple[str, ...]  # columns its figures are broken down by
    plans: Plans
    has_rows: bool  # whether the rows behind its figures are listed yet
    figures: Figures
    _edition: Edition

    def rows(self, figure: Figure) -> list[behind.Row]:
        """The rows behind one of its figures, the largest value first."""
        return behind.rows(self._edition, figure)

    def shared_names(self) -> dict[tuple[str, str], str]:
        """What documents for others call a project, by register and key: its name once its owner has
        confirmed the row, until then an alias; one that has neither goes by its number.
        """
        signed = Decision.objects.standing().filter(kind=Decision.Kind.CONFIRMED)
        confirmed = set(signed.values_list("register", "key"))
        owned = Ownership.objects.exclude(alias="").values_list("register", "key", "alias")
        named = MirroredProject.objects.filter(key__in={key for _, key in confirmed})
        names = named.exclude(name="").values_list("register", "key", "name")
        return {(register, key): alias for register, key, alias in owned} | {
            (register, key): name for register, key, name in names if (register, key) in confirmed
        }

    def problems(self) -> tuple[Problems, ...]:
        """What could not be taken of the files that count, the commonest first."""
        readings = Import.objects.counting().values("reading")
        files = DroppedFile.objects.filter(reading__in=readings)
        kept = [
            Problems.kept(name, folded)
            for name, problems in files.values_list("name", "problems")
            for folded in problems
        ]
        return tuple(sorted(kept, key=lambda one: (-one.count, one.file, one.row, one.code)))


def current_evidence(viewer: Account) -> CurrentEvidence | None:
    """What the record says now; None where nothing counts yet, or the viewer may not see it."""
    edition = Edition.current_to(viewer)
    if edition is None:
        return None
    return CurrentEvidence(
        edition=edition.name,
        as_at=edition.as_at,
        breakdowns=tuple(edition.breakdowns),
        plans=Plans(**edition.plans),
        has_rows=edition.has_rows,
        figures=Figures.of(edition),
        _edition=edition,
    )


def pages_of(viewer: Account, figures: Sequence[Figure]) -> tuple[str, ...]:
    """For each figure the address of its page with its rows, "" where the current edition has no such one."""
    current = Edition.current_to(viewer)
    stored = StoredFigure.objects.visible_to(viewer).filter(edition=current)
    known = set(stored.values_list("measure", "baseline", "by", "group"))
    return tuple(
        address(each)
        if (each.measure, each.baseline or "", each.by or "", each.group or "") in known
        else ""
        for each in figures
    )


def rows_behind(edition: str, figure: Figure) -> list[behind.Row]:
    """The rows behind a figure of an edition by its name; none where the edition is kept no more.

    For the worker, which writes what somebody was allowed to issue.
    """
    found = Edition.objects.filter(name=edition).first()
    return behind.rows(found, figure) if found is not None else []


def managers_named(viewer: Account) -> tuple[tuple[str, int], ...]:
    """Whom the registers name as manager, as they write it, with the number of projects."""
    projects = MirroredProject.objects.visible_to(viewer).exclude(manager="")
    counted = projects.values_list("manager").annotate(projects=Count("pk")).order_by("manager")
    return tuple(counted)


def owners_of_projects(viewer: Account) -> dict[int, int]:
    """By person, how many projects of any edition they own."""
    owned = Ownership.objects.visible_to(viewer).order_by().values_list("person")
    return dict(owned.annotate(Count("pk")))


def sponsors_named(viewer: Account) -> tuple[str, ...]:
    """Whom the registers name as sponsor of a project, as they write it, by name."""
    projects = MirroredProject.objects.visible_to(viewer).exclude(sponsor="")
    return tuple(projects.order_by("sponsor").values_list("sponsor", flat=True).distinct())


def projects_of_unit(viewer: Account, unit: str, *, most: int) -> tuple[UnitProject, ...]:
    """Those of a unit as the registers write it, the latest to finish first."""
    found = MirroredProject.objects.visible_to(viewer).filter(org_unit__iexact=unit)
    projects = list(found.order_by(F("finished").desc(nulls_last=True), "register", "key")[:most])
    names = Names.of(projects, viewer)
    return tuple(
        UnitProject(
            name=names.name(each),
            state=STATES.get(each.state, each.state),
            finished=each.finished,
            against_first={one.name: one.first for one in against_plan(each) if one.first},
        )
        for each in projects
    )


@dataclass(frozen=True, slots=True)
class OpenProjects:
    """Open projects of one unit: some by name, and how many in all."""

    names: tuple[str, ...]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.names)


def open_projects_of(unit: str, *, most: int) -> OpenProjects:
    """For the head of that unit, whose own projects they are: as the registers name them, and nothing of
    how they go, by name.  Whoever asks has shown that the unit is theirs.
    """
    found = MirroredProject.objects.filter(org_unit__iexact=unit, state="open")
    names = sorted(each.name or each.key for each in found)
    return OpenProjects(tuple(names[:most]), len(names))


def projects_by_unit(viewer: Account) -> dict[str, int]:
    """Projects of the current edition by unit, named as the registers write it, in small letters."""
    projects = MirroredProject.objects.visible_to(viewer).exclude(org_unit="")
    found: dict[str, int] = {}
    for unit, count in projects.values_list("org_unit").annotate(Count("pk")).order_by("org_unit"):
        found[unit.casefold()] = found.get(unit.casefold(), 0) + count
    return found


def years_of_endings(viewer: Account) -> int:
    """How many calendar years lie between the first and the last that a project ended in, both counted."""
    ended = MirroredProject.objects.visible_to(viewer).aggregate(
        first=Min("finished"), last=Max("finished")
    )
    first, last = ended["first"], ended["last"]
    return last.year - first.year + 1 if first and last else 0
