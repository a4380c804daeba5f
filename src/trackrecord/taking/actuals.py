"""Actuals that a sheet states only by their distance from the plan.

A finished project with a planned cost and a published cost variance has an actual cost, be it stated
or not.  It is worked out where it is beyond doubt: the project is finished, the sign of the variance is
settled, and so is the plan it counts from.  Else a Problem says what is wanting.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from trackrecord.layout import ColumnMapping
from trackrecord.problem import Problem
from trackrecord.taking.columns import LONGEST_DAYS
from trackrecord.values import Typed
from trackrecord.values.variances import settled


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """A published variance; the actual that follows from it, its type and its words; and its plans."""

    variance: str
    actual: str
    type: pa.DataType
    words: str
    plans: tuple[str, ...]


class _Said(NamedTuple):
    """What the Problem of a column of variances says."""

    code: str
    expected: str
    todo: str


# The finish first: a project may be known to be over by it.
_KINDS: Final = (
    _Kind(
        variance="finish_variance_days",
        actual="finished",
        type=pa.date32(),
        words="actual finish",
        plans=("original_finish", "current_finish", "planned_finish"),
    ),
    _Kind(
        variance="cost_variance",
        actual="cost_actual",
        type=pa.int64(),
        words="actual cost",
        plans=("original_cost", "current_cost", "planned_cost"),
    ),
)


def with_actuals(typed: Typed) -> tuple[Typed, tuple[Problem, ...]]:
    """The sheet with the actuals that follow from its variances, and what is to be said of each."""
    problems: list[Problem] = []
    for kind in _KINDS:
        for column in typed.mapping.with_field(kind.variance):
            typed, said = _followed(typed, kind, column)
            problems += [_problem(typed, column, said)] if said else []
    return typed, tuple(problems)


def _followed(typed: Typed, kind: _Kind, column: ColumnMapping) -> tuple[Typed, _Said | None]:
    columns = typed.columns
    actual = columns.get(kind.actual, pa.nulls(len(typed.sheet.rows), kind.type))
    over = _over(columns)
    unstated = pc.and_(typed.keep, pc.and_(pc.is_null(actual), over))
    wanted = pc.and_(unstated, pc.is_valid(columns[kind.variance]))
    known = settled(column, columns)
    if not _any(wanted) or (known and known.later != kind.actual):
        return typed, None
    plans = [plan for plan in kind.plans if plan in columns]
    plan = known.earlier if known else plans[0] if len(plans) == 1 else ""
    if wanting := _wanting(kind, column, columns, plans, plan):
        return typed, wanting
    worked_out = pc.if_else(wanted, _sum(columns[plan], columns[kind.variance]), None)
    filled = {**columns, kind.actual: pc.coalesce(actual, worked_out)}
    count = len(worked_out) - worked_out.null_count
    return replace(typed, columns=filled), _used(kind, plan, count) if count else None


def _over(columns: Mapping[str, pa.Array]) -> pa.Array:
    """Which projects are finished; where nothing says so, all may be."""
    if "state" in columns:
        return pc.fill_null(pc.equal(columns["state"], "finished"), False)
    if "finished" in columns:
        return pc.is_valid(columns["finished"])
    return pa.scalar(True)


def _any(rows: pa.Array) -> bool:
    return bool(pc.any(rows, min_count=0).as_py())


def _wanting(
    kind: _Kind,
    column: ColumnMapping,
    columns: Mapping[str, pa.Array],
    plans: list[str],
    plan: str,
) -> _Said | None:
    """Why the actual cannot be worked out; None where it can."""
    if not plans:
        return _Said(
            "variance-without-plan",
            f"the plan beside it, from which the {kind.words} follows",
            "The column was understood and not used. Add the planned value, or the actual one.",
        )
    if not {"state", "finished"} & set(columns):
        return _Said(
            "variance-without-state",
            "a column that says which projects are finished",
            f"The column was understood and not used: of an open project it is no {kind.words}. "
            "Add a column with the state of each project.",
        )
    if column.sign is None:
        return _Said(
            "variance-sign-unknown",
            "a sign that other columns, or the header, explain",
            "The column was understood and not used. Write in the mapping, under this column, "
            "sign = 1 if positive is later or dearer, sign = -1 if negative is.",
        )
    if not plan:
        return _Said(
            "variance-plan-unknown",
            f"one plan to count from; the sheet has {' and '.join(map(_words, plans))}",
            f"The column was understood and not used. Add a column with the {kind.words}.",
        )
    return None


def _used(kind: _Kind, plan: str, count: int) -> _Said:
    projects = "1 finished project" if count == 1 else f"{count:,} finished projects"
    return _Said(
        "actual-worked-out",
        f"the {kind.words} of {projects}; it was worked out as {_words(plan)} plus this variance",
        "Nothing, if that is right; else add a column with the actual values.",
    )


def _words(field: str) -> str:
    return field.replace("_", " ")


def _sum(plan: pa.Array, variance: pa.Array) -> pa.Array:
    if not pa.types.is_date(plan.type):
        return pc.add(plan, variance)
    within = pc.less_equal(pc.abs(variance), LONGEST_DAYS)
    days = pc.cast(pc.round(pc.if_else(within, variance, None)), pa.int32())
    return pc.cast(pc.add(pc.cast(plan, pa.int32()), days), pa.date32())


def _problem(typed: Typed, column: ColumnMapping, said: _Said) -> Problem:
    return Problem(
        file=typed.sheet.file,
        sheet=typed.sheet.name,
        column=column.header,
        expected=said.expected,
        todo=said.todo,
        extent="column",
        code=said.code,
    )
