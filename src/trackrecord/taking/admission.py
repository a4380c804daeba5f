"""Which rows of a sheet are taken; every other has a Problem.

A row is one project (or item) on one day.  Without a key it is nobody's; a second row of the same
project and day is either the same row again or contradicts the first, and is not taken either way.
Items differ in one thing: their further rows are taken when they differ from the first, because
registers repeat an item on one row for each person who worked on it (see `taking.items`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from trackrecord.keys import trimmed
from trackrecord.problem import Problem
from trackrecord.readers.source import Sheet
from trackrecord.values import Typed

_LONGEST_FOUND = 80

Positions = npt.NDArray[np.int64]

# A sheet may list several baselines or several causes of one project; each row is then one of them.
_LISTS = ("baseline_seq", "cause")
_OF_A_LIST = frozenset(
    ("key", "as_at", "currency", "cause_share", "current_approved_on", "org_unit", *_LISTS)
    + tuple(f"planned_{part}" for part in ("start", "finish", "cost", "benefit", "effort"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """keys: one for each record of the sheet, trimmed.

    taken: positions of the records that are taken, ascending.  leaders: for each of them the
    position of the first record of the same project (or item) and day; itself, where it is that.
    problems: one for each record that passes the filters and is not taken.
    """

    keys: pa.Array
    taken: Positions
    leaders: Positions
    problems: tuple[Problem, ...]
    rows_in: int

    @property
    def firsts(self) -> Positions:
        """Positions of the taken records that are the first of their project (or item) and day."""
        firsts: Positions = self.taken[self.leaders == self.taken]
        return firsts


def admit(typed: Typed, *, register: str) -> Admission:
    """Sorts the records of a sheet into taken and not taken."""
    asked = np.flatnonzero(typed.keep.to_numpy(zero_copy_only=False)).astype(np.int64)
    keys, ids = _keys(typed, register)
    named = pc.is_valid(keys) if ids is None else pc.and_(pc.is_valid(keys), pc.is_valid(ids))
    named_here = named.to_numpy(zero_copy_only=False)[asked]
    candidates, nameless = asked[named_here], asked[~named_here]
    whose = [keys, *([] if ids is None else [ids])]
    whose += [typed.columns["as_at"]] if "as_at" in typed.columns else []
    leaders = _leaders(whose, candidates)
    listed = _listed(typed)
    rivals = _leaders([*whose, *listed], candidates) if listed else leaders
    refused = _refused(typed, candidates, rivals, keys)
    stays = ~np.isin(candidates, list(refused))
    problems = [_nameless(typed, int(position), keys) for position in nameless]
    problems += refused.values()
    return Admission(
        keys=keys,
        taken=candidates[stays],
        leaders=leaders[stays],
        problems=tuple(problems),
        rows_in=len(asked),
    )


def _keys(typed: Typed, register: str) -> tuple[pa.Array, pa.Array | None]:
    """Keys of projects, and of items where rows are items.

    A sheet of items without a column for their project is one project's, named by the register.
    """
    count = len(typed.sheet.rows)
    column = typed.columns.get("key")
    if typed.mapping.level == "projects":
        return (pa.nulls(count, pa.string()) if column is None else trimmed(column)), None
    keys = pa.repeat(register, count) if column is None else trimmed(column)
    ids = typed.columns.get("item_id")
    return keys, pa.nulls(count, pa.string()) if ids is None else trimmed(ids)


def _listed(typed: Typed) -> list[pa.Array]:
    """Columns that tell two rows of one project and day apart, where a sheet lists something."""
    if typed.mapping.level == "projects" and set(typed.columns) <= _OF_A_LIST:
        return [typed.columns[field] for field in _LISTS if field in typed.columns]
    return []


def _leaders(identity: Sequence[pa.Array], positions: Positions) -> Positions:
    """For each position, the first one with the same identity."""
    if len(positions) == 0:
        return positions
    group = np.zeros(len(positions), dtype=np.int64)
    for column in identity:
        encoded = column.take(pa.array(positions)).dictionary_encode(null_encoding="encode")
        codes = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        _, group = np.unique(group * len(encoded.dictionary) + codes, return_inverse=True)
    _, first, group = np.unique(group, return_index=True, return_inverse=True)
    leaders: Positions = positions[first[group]]
    return leaders


def _refused(
    typed: Typed, candidates: Positions, rivals: Positions, keys: pa.Array
) -> dict[int, Problem]:
    """Position -> Problem of the rows that repeat or contradict one before them."""
    refused: dict[int, Problem] = {}
    seen: dict[int, dict[tuple[object, ...], int]] = {}
    follows = candidates != rivals
    for position, rival in zip(candidates[follows].tolist(), rivals[follows].tolist(), strict=True):
        rows = seen.setdefault(rival, {_cells(typed.sheet, rival): rival})
        twin = rows.setdefault(_cells(typed.sheet, position), position)
        if twin != position:
            refused[position] = _duplicate(typed, position, twin, keys)
        elif typed.mapping.level == "projects":
            refused[position] = _contradiction(typed, position, rival, keys)
    return refused


def _cells(sheet: Sheet, position: int) -> tuple[object, ...]:
    return tuple(column[position] for column in sheet.columns)


def _nameless(typed: Typed, position: int, keys: pa.Array) -> Problem:
    field = "key" if not keys[position].is_valid else "item_id"
    what = "project" if field == "key" else "item"
    column = header(typed, field)
    todo = (
        f"Give the row the id of its {what}."
        if column
        else f"Say in the mapping which column holds the id of the {what}."
    )
    return Problem(
        file=typed.sheet.file,
        sheet=typed.sheet.name,
        row=int(typed.sheet.rows[position]),
        column=column,
        expected=f"the id of the {what}",
        todo=todo,
        extent="row",
        code=f"no-{what}-id",
    )


def _duplicate(typed: Typed, position: int, twin: int, keys: pa.Array) -> Problem:
    return Problem(
        file=typed.sheet.file,
        sheet=typed.sheet.name,
        row=int(typed.sheet.rows[position]),
        column=header(typed, "key"),
        found=found(keys[position].as_py()),
        expected=f"each row once; row {typed.sheet.rows[twin]} says the same",
        todo="Nothing, if the row was repeated by mistake: it is counted once.",
        extent="row",
        code="duplicate-row",
    )


def _contradiction(typed: Typed, position: int, rival: int, keys: pa.Array) -> Problem:
    return Problem(
        file=typed.sheet.file,
        sheet=typed.sheet.name,
        row=int(typed.sheet.rows[position]),
        column=header(typed, "key"),
        found=found(keys[position].as_py()),
        expected=f"one row a project and day; row {typed.sheet.rows[rival]} was taken",
        todo="Keep the row that is right, or say in the mapping which column tells the two apart.",
        extent="row",
        code="second-row",
    )


def header(typed: Typed, field: str) -> str:
    """The header of the first column that means `field`, "" where none does."""
    columns = typed.mapping.with_field(field)
    return columns[0].header if columns else ""


def found(value: object) -> str:
    """A value as a Problem shows it: its text, cut."""
    return "" if value is None else str(value)[:_LONGEST_FOUND]
