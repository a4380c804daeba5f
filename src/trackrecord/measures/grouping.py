"""Which columns figures may be broken down by, and in which order their groups stand.

A breakdown is by a fact of the project, or by a column of the file that the user asked for.  Never by a
person: a figure about one manager's projects is a judgement on the manager, and reads as one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import ibis
import ibis.expr.types as ir
import pyarrow.compute as pc

from trackrecord.engine import Engine
from trackrecord.errors import EvidenceError, UnknownName
from trackrecord.groups import MOST_GROUPS
from trackrecord.in_time import placed
from trackrecord.values.currencies import minor_units

NOT_STATED: Final = "not stated"

_FACTS: Final = ("org_unit", "kind", "state", "register", "currency", "rag")
_DERIVED: Final = ("size", "finished_year", "last_export")
_PERSONS: Final = frozenset(
    {"manager", "sponsor", "person", "owner", "name", "project_manager", "role", "coded_by"}
)
# Bands of the original budget, in major units of its currency.
_BANDS: Final = ((1e6, "under 1m"), (1e7, "1m to 10m"), (1e8, "10m to 100m"))
_LARGEST: Final = "100m and over"
_ORDER: Final = (*(name for _, name in _BANDS), _LARGEST)


def columns(engine: Engine) -> list[str]:
    """What can be broken down by: facts of projects, then the columns the user asked for."""
    asked = engine.fetch(engine.table("groups").select("column").distinct())
    return [*_FACTS, *_DERIVED, *sorted(each for each in asked["column"].to_pylist() if each)]


def label(engine: Engine, facts: ir.Table, by: str) -> ir.Table:
    """The facts with one more column, `group`: which group of `by` each project is in.

    Raises EvidenceError for a person, UnknownName for a column that is not there.
    """
    if by.strip().lower().replace(" ", "_") in _PERSONS:
        raise EvidenceError(
            f"Figures are not broken down by {by}: that would judge a person by projects. "
            "Choose the unit, the kind of project or another column."
        )
    if by in _FACTS:
        return facts.mutate(group=facts[by].fill_null(NOT_STATED))
    if by == "finished_year":
        return facts.mutate(group=facts.finished.year().cast("string").fill_null(NOT_STATED))
    if by == "last_export":
        return facts.mutate(group=facts.export)
    if by == "size":
        return facts.mutate(group=_size(engine, facts))
    known = columns(engine)
    if by not in known:
        raise UnknownName(kind="column to compare by", name=by, known=known)
    rows = placed(engine, "groups", "column", "item_id", "value")
    rows = rows.filter(rows.column == by, rows.item_id.isnull())
    said = rows.group_by(group_number=rows.number).agg(group=engine.latest(rows.value, rows.place))
    joined = facts.left_join(said, [("number", "group_number")])
    return joined.select(*facts.columns, group=said.group.fill_null(NOT_STATED))


def label_items(engine: Engine, items: ir.Table, by: str) -> ir.Table:
    """The items, already with their project's `group`, put in a group of their own where they have one."""
    if by in ("kind", "state"):
        return items.mutate(group=items[by].fill_null(NOT_STATED))
    if by in (*_FACTS, *_DERIVED):
        return items
    rows = placed(engine, "groups", "column", "item_id", "value")
    rows = rows.filter(rows.column == by, rows.item_id.notnull())
    said = rows.group_by(said_number=rows.number, said_item=rows.item_id).agg(
        said=engine.latest(rows.value, rows.place)
    )
    joined = items.left_join(said, [("number", "said_number"), ("item_id", "said_item")])
    rest = [column for column in items.columns if column != "group"]
    return joined.select(*rest, group=ibis.coalesce(said.said, items.group))


def in_order(groups: Iterable[str], *, by: str) -> list[str]:
    """The groups in their total order: bands by size, else by name; what is not stated comes last.

    Raises EvidenceError where there are too many to be groups.
    """
    found = set(groups)
    if len(found) > MOST_GROUPS:
        raise EvidenceError(
            f"{by} has {len(found)} different values, so it is free text rather than groups. "
            f"Choose a column with at most {MOST_GROUPS}."
        )
    rank = {name: position for position, name in enumerate(_ORDER)} if by == "size" else {}
    return sorted(
        found, key=lambda name: (name == NOT_STATED, rank.get(name, 0), name.casefold(), name)
    )


def _size(engine: Engine, facts: ir.Table) -> ir.Column:
    found = engine.fetch(facts.select("currency").distinct())
    codes = sorted(code for code in pc.unique(found["currency"]).to_pylist() if code)
    unusual = [(facts.currency == code, minor_units(code)) for code in codes]
    per_unit = ibis.cases(*unusual, else_=minor_units(None)) if unusual else minor_units(None)
    budget = facts.original_cost.cast("float64") / per_unit
    return ibis.cases(
        (budget.isnull(), NOT_STATED),
        *((budget < below, name) for below, name in _BANDS),
        else_=_LARGEST,
    )
