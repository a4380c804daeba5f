"""A sheet whose rows are items: tasks, issues, work packages.

A register may repeat an item, hours and all, on one row for each person who worked on it.  The item
is then taken once, from its first row, so no hour is counted twice; each further row counts as taken
and adds its person to the project's roles.  A further row that states the item otherwise has a
Problem for that cell, and the first row holds.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from trackrecord.problem import Problem
from trackrecord.taking.admission import Positions, found, header
from trackrecord.taking.columns import Columns, stated
from trackrecord.taking.place import canonical
from trackrecord.taking.projects import state
from trackrecord.values import Typed

_SECONDS_A_DAY: Final = 86_400
_TIME: Final = pa.timestamp("s")
_PLANS: Final = ("original", "current", "planned")
_ROLES: Final = ("manager", "sponsor")
_OF_THE_ITEM: Final = (
    "kind",
    "state",
    "estimate",
    "actual",
    "started",
    "finished",
    "due",
    "duration_days",
    "percent_complete",
)


def items(columns: Columns, place: pa.Table, ids: pa.Array) -> pa.Table:
    """The `items` rows, one an item.

    duration_days: as published, else finished - started; a negative one is kept, for measures to
    call undefined and count.
    """
    started, finished = columns.get("started", _TIME), columns.get("finished", _TIME)
    took = pc.divide(pc.cast(_seconds(finished, started), pa.float64()), float(_SECONDS_A_DAY))
    return canonical(
        "items",
        place,
        item_id=ids,
        kind=columns.get("kind", pa.string()),
        state=state(columns, pc.cast(finished, pa.date32(), safe=False), place["as_at"]),
        estimate=columns.get("estimate", pa.float64()),
        actual=columns.get("actual", pa.float64()),
        started=started,
        finished=finished,
        due=columns.get("due", _TIME),
        duration_days=pc.coalesce(columns.get("duration_days", pa.float64()), took),
        percent_complete=columns.get("percent_complete", pa.float64()),
        percent_complete_type=columns.get("percent_complete_type", pa.string()),
        summary=pa.repeat(pa.scalar(False), len(columns)),
    )


def item_baselines(columns: Columns, place: pa.Table, ids: pa.Array) -> pa.Table:
    """Up to three baselines an item, in the order original, current, planned; the first is 0."""
    rows: list[pa.Table] = []
    for plan in _PLANS:
        if columns.has(*(f"{plan}_{part}" for part in ("start", "finish", "cost", "effort"))):
            rows.append(_item_baseline(columns, place, ids, plan, seq=len(rows)))
    if not rows:
        return canonical("item_baselines", place.slice(0, 0))
    return pa.concat_tables(rows)


def projects_of_items(place: pa.Table) -> pa.Table:
    """One `projects` row for each project and export that the items are of.

    An item says nothing about its project but that there is one.
    """
    return canonical("projects", _first_of_each(place, ["key", "export"]))


def roles(columns: Columns, place: pa.Table) -> pa.Table:
    """Who worked on each project: every person once."""
    rows = []
    for role in _ROLES:
        if columns.has(role):
            person = columns.get(role, pa.string())
            everyone = canonical(
                "roles", place, person=person, role=pa.repeat(role, len(columns))
            ).filter(pc.is_valid(person))
            rows.append(_first_of_each(everyone, ["key", "export", "person"]))
    return pa.concat_tables(rows) if rows else canonical("roles", place.slice(0, 0))


def differences(typed: Typed, taken: Positions, leaders: Positions) -> tuple[Problem, ...]:
    """A Problem for each cell of a further row that states the item otherwise than its first."""
    follows = taken != leaders
    later, first = pa.array(taken[follows]), pa.array(leaders[follows])
    problems = []
    for field in _OF_THE_ITEM:
        if field not in typed.columns:
            continue
        said, held = typed.columns[field].take(later), typed.columns[field].take(first)
        differs = pc.fill_null(pc.not_equal(said, held), False)
        newly = pc.and_(pc.is_valid(said), pc.is_null(held))
        for place in pc.indices_nonzero(pc.or_(differs, newly)).to_pylist():
            position = later[place].as_py()
            problems.append(
                Problem(
                    file=typed.sheet.file,
                    sheet=typed.sheet.name,
                    row=int(typed.sheet.rows[position]),
                    column=header(typed, field),
                    found=found(said[place].as_py()),
                    expected=f"{found(held[place].as_py()) or 'a blank'}, as on the item's first row",
                    todo="Put the two rows right; until then the first one holds.",
                    code="item-stated-twice",
                )
            )
    return tuple(problems)


def _item_baseline(
    columns: Columns, place: pa.Table, ids: pa.Array, plan: str, *, seq: int
) -> pa.Table:
    facts = {
        "start": pc.cast(columns.get(f"{plan}_start", pa.date32()), _TIME),
        "finish": pc.cast(columns.get(f"{plan}_finish", pa.date32()), _TIME),
        "cost": columns.get(f"{plan}_cost", pa.int64()),
        "work": columns.get(f"{plan}_effort", pa.float64()),
    }
    rows = canonical(
        "item_baselines",
        place,
        **facts,
        item_id=ids,
        seq=pa.repeat(pa.scalar(seq, pa.int32()), len(columns)),
        currency=columns.get("currency", pa.string()),
    )
    return rows.filter(stated(facts.values(), len(columns)))


def _seconds(later: pa.Array, earlier: pa.Array) -> pa.Array:
    return pc.subtract(pc.cast(later, pa.int64()), pc.cast(earlier, pa.int64()))


def _first_of_each(rows: pa.Table, columns: list[str]) -> pa.Table:
    """The first row for each combination of `columns`, in the order of the sheet."""
    numbered = rows.append_column("position", pa.array(np.arange(rows.num_rows)))
    firsts = numbered.group_by(columns, use_threads=False).aggregate([("position", "min")])
    return rows.take(firsts["position_min"].combine_chunks().sort())
