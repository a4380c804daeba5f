"""Which column tells the rows apart, and so what one row is: a project, or an item of one.

An id that repeats within its file is not taken for a key by itself.  With a column that says as at
which day, the rows are a project's history; with a project column that repeats more, they are items.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from trackrecord.guessing.profile import Profile
from trackrecord.layout import Level
from trackrecord.vocabulary import Header

_FEW_REPEATS = 0.05  # a slip or two in a register by project; more, and the id is of something else
_MOSTLY = 0.9
_NAMED = 0.5  # a column that calls itself an id keeps its rank with blanks: their rows want an id


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column's header and values."""

    header: Header
    profile: Profile

    @property
    def name(self) -> str:
        """The header as it stands."""
        return self.profile.header


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """level: what one row is.  fields: header -> (field, confidence, because) for keys and as-at."""

    level: Level
    fields: dict[str, tuple[str, float, str]] = field(default_factory=dict)
    because: str = ""


def keys_of(columns: Sequence[Column]) -> Keys:
    """The columns that tell rows apart, and what one row is."""
    ids = [c for c in columns if _may_be_key(c)]
    day = next((c for c in columns if _says_as_at(c)), None)
    found = (
        _by_unique_id(ids, columns)
        or _by_history(ids, [day] if day else [c for c in columns if _may_date_rows(c)])
        or _by_items(ids)
        or _by_name(columns, day)
        or _by_nearly_unique(ids)
        or Keys(
            level="projects",
            because="no column tells the rows apart: say in the mapping which one is the key",
        )
    )
    if day is None or found.level == "items":
        return found
    dated = {day.name: ("as_at", 0.95, "header and values say as at which day")}
    return Keys(level=found.level, fields=found.fields | dated, because=found.because)


def _may_be_key(column: Column) -> bool:
    """An id by its words, or a bare "Project" or "Task" whose values are short."""
    h, p = column.header, column.profile
    named = h.says("id", "unique")
    if p.filled < (_NAMED if named else _MOSTLY) * p.rows or p.is_date or p.length > 60 or p.money:
        return False
    if h.says("manager", "sponsor", "other", "as_at", "cost", "budget", "rag"):
        return False
    if h.says("narrative", "description") and p.length > 25:
        return False
    if h.says("effort", "duration", "actual", "forecast", "percent"):
        return False
    if h.says("id", "unique"):
        return not h.says("unit", "kind", "state", "phase", "sequence")
    bare = h.ideas <= {"project", "item", "progress"} and h.says("project", "item")
    return bare and p.length <= 25 and p.distinct > 1


def _score(column: Column) -> tuple[float, ...]:
    """Which of several ids is the better one: said to be unique, of a project, with few other words."""
    h, p = column.header, column.profile
    counter = p.counts_rows and not h.says("project", "item")
    both = h.says("id") and h.says("project")
    return (not counter, h.says("unique"), both, h.says("id"), h.says("project"), -h.unexplained)


def _says_as_at(column: Column) -> bool:
    p = column.profile
    return column.header.says("as_at") and not p.is_number and (p.is_date or p.empty)


def _may_date_rows(column: Column) -> bool:
    """A plain date that many rows share: a month's report, perhaps."""
    h, p = column.header, column.profile
    other = h.ideas - {"date", "project", "period", "state"}
    return p.is_date and not other and p.filled == p.rows and p.repeats >= 0.5


def _by_unique_id(ids: Sequence[Column], columns: Sequence[Column]) -> Keys | None:
    """One row has one id: of an item where a project column beside it repeats, else of a project."""
    unique = sorted((c for c in ids if _tells_apart(c)), key=_score, reverse=True)
    unique = [c for c in unique if not _mere_counter(c, columns)]
    if not unique:
        return None
    project = _project_of(ids, unique[0])
    if project and (unique[0].header.says("item") or not unique[0].header.says("project")):
        return _items(unique[0], project)
    names_items = any(c.header.says("item") and c.header.says("name") for c in columns)
    if names_items and not any(c.header.says("project") for c in columns):
        return _items(unique[0], None)
    if unique[0].header.says("item") and not unique[0].header.says("project"):
        return _items(unique[0], None)
    because = "an id that no two rows share"
    return Keys(level="projects", fields={unique[0].name: ("key", 0.95, because)})


def _tells_apart(column: Column) -> bool:
    """No two rows share a value; rows without one are problems of their own."""
    return column.profile.filled > 0 and column.profile.repeats == 0


def _mere_counter(column: Column, columns: Sequence[Column]) -> bool:
    """1, 2, 3, ... beside a unique name counts the rows of this file; the next export counts anew."""
    if not column.profile.counts_rows or column.header.says("project", "item", "unique"):
        return False
    return any(_is_name(c) and c.profile.unique for c in columns)


def _project_of(ids: Sequence[Column], item: Column) -> Column | None:
    """The column that says of which project an item is: it repeats, and speaks of projects."""
    projects = [
        c
        for c in ids
        if c is not item
        and c.header.says("project")
        and not c.header.says("item")
        and c.profile.distinct < item.profile.distinct
        and c.profile.repeats > _FEW_REPEATS
    ]
    return max(projects, key=lambda c: (_score(c), -c.profile.distinct), default=None)


def _items(item: Column, project: Column | None) -> Keys:
    fields = {item.name: ("item_id", 0.9, "the id of an item; its project stands beside it")}
    if project is None:
        fields = {item.name: ("item_id", 0.8, "the id of an item")}
        return Keys(level="items", fields=fields, because="one row is an item of one project")
    fields[project.name] = ("key", 0.9, "the project of each item")
    if item.profile.repeats:
        return Keys(
            level="items",
            fields=fields,
            because=f"{item.name!r} repeats: rows that share it are one item of its project",
        )
    return Keys(level="items", fields=fields, because="one row is an item of a project")


def _by_history(ids: Sequence[Column], days: Sequence[Column]) -> Keys | None:
    """The id repeats, but not on one day: each row is a project on one day."""
    for column in sorted(ids, key=_score, reverse=True):
        for day in days:
            pairs = set(zip(column.profile.cells, day.profile.cells, strict=True))
            once = len(pairs) >= (1 - _FEW_REPEATS) * column.profile.rows
            if once and day.profile.distinct > 1:
                because = f"an id that repeats, on one row for each day in {day.name!r}"
                fields = {
                    column.name: ("key", 0.95, because),
                    day.name: ("as_at", 0.8, f"{column.name!r} repeats, once for each of its days"),
                }
                return Keys(
                    level="projects", fields=fields, because="one row is a project on one day"
                )
    return None


def _by_items(ids: Sequence[Column]) -> Keys | None:
    """The id of an item repeats, and the project's more often: rows that share both are one item."""
    items = [c for c in ids if c.header.says("item")]
    for item in sorted(items, key=_score, reverse=True):
        return _items(item, _project_of(ids, item))
    return None


def _is_name(column: Column) -> bool:
    h, p = column.header, column.profile
    named = h.says("name") or h.ideas == {"project"}
    person = h.says("manager", "sponsor", "item")
    return named and not person and p.is_text


def _by_name(columns: Sequence[Column], day: Column | None) -> Keys | None:
    """No id: the project's name tells the rows apart."""
    for column in columns:
        if not _is_name(column) or column.profile.filled < _MOSTLY * column.profile.rows:
            continue
        if column.profile.repeats == 0:
            because = "no id tells the rows apart; the name does"
            return Keys(level="projects", fields={column.name: ("key", 0.6, because)})
        if day is not None and day.profile.distinct > 1:
            pairs = set(zip(column.profile.cells, day.profile.cells, strict=True))
            if len(pairs) == column.profile.rows:
                because = f"no id; the name repeats, on one row for each day in {day.name!r}"
                return Keys(level="projects", fields={column.name: ("key", 0.55, because)})
    return None


def _by_nearly_unique(ids: Sequence[Column]) -> Keys | None:
    """An id that a few rows share by mistake; those rows will be problems."""
    for column in sorted(ids, key=_score, reverse=True):
        if 0 <= column.profile.repeats <= _FEW_REPEATS and not column.profile.counts_rows:
            return Keys(
                level="projects",
                fields={column.name: ("key", 0.6, "an id; a few rows share one by mistake")},
            )
    return None
