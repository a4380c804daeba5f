"""What each project, or each of its ratings, brings to a comparison: reduced data, one row each.

Nothing is judged here: dates as whole days, quantities as the measures define them, and the labels that
were asked for.  `trackrecord.compare` does the rest without a table expression.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from trackrecord import facts, rating_codes
from trackrecord.figure import Baseline
from trackrecord.in_time import exports, placed
from trackrecord.measures import benefits, duration, grouping, overrun, slip
from trackrecord.measures.basis import Basis, Labels
from trackrecord.measures.measure import QuantityOf

QUANTITIES: Final[Mapping[str, QuantityOf]] = {
    "cost_overrun": overrun.cost,
    "schedule_overrun": slip.duration,
    "schedule_slip_days": slip.slip_days,
    "duration_days": duration.project_days,
    "benefit_shortfall": benefits.benefit,
}
"""What a claim may be about, by the names that users give; ratings are one row a report."""

NO_DAY: Final = -(2**31)
"""A day that is not stated, where days are whole numbers since 1970."""

_DAYS: Final = (
    *("started", "finished", "as_at", "approved_on"),
    *("original_start", "original_finish", "current_start", "current_finish"),
)


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    """One entry a project, in a total order.

    project: its id.  state: finished, cancelled, open or "".  days: by fact, NO_DAY where not stated.
    value, base: of each baseline, NaN where undefined.  missing: the code of why (sample.REASONS), 0
    where defined.  labels: by column, as they were asked for.
    """

    project: Sequence[str]
    state: Labels
    days: Mapping[str, NDArray[np.int64]]
    value: Mapping[Baseline, NDArray[np.float64]]
    base: Mapping[Baseline, NDArray[np.float64]]
    missing: Mapping[Baseline, NDArray[np.int8]]
    labels: Mapping[str, Labels]


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """One entry a project and export that rates it, in a total order.

    green: whether it is.  scale: the names of the scales in use, "" where a scale is not stated.
    day: of the report, NO_DAY where no day is stated.
    """

    project: NDArray[np.int64]
    green: NDArray[np.bool_]
    scales: Sequence[str]
    day: NDArray[np.int64]
    labels: Mapping[str, Labels]


def outcomes(basis: Basis, measure: str) -> Outcomes:
    """What each project brings to a claim about `measure`, one of QUANTITIES."""
    table = _with_approval(basis)
    quantities = {plan: QUANTITIES[measure](table, plan) for plan in _PLANS}
    columns: dict[str, ir.Value] = {day: table[day] for day in _DAYS}
    columns |= {"project": table.project, "state": table.state.fill_null("")}
    columns |= {f"by_{place}": table[f"by_{place}"] for place in range(len(basis.by))}
    for plan, quantity in quantities.items():
        columns[f"value_{plan}"] = quantity.value.cast("float64")
        base = quantity.base
        columns[f"base_{plan}"] = (ibis.null("float64") if base is None else base).cast("float64")
        columns[f"missing_{plan}"] = quantity.undefined
    found = basis.engine.fetch(table.select(**columns)).sort_by("project")
    return Outcomes(
        project=found["project"].to_pylist(),
        state=Labels.of(found["state"]),
        days={day: _days(found[day]) for day in _DAYS},
        value={plan: _floats(found[f"value_{plan}"]) for plan in _PLANS},
        base={plan: _floats(found[f"base_{plan}"]) for plan in _PLANS},
        missing={plan: found[f"missing_{plan}"].to_numpy() for plan in _PLANS},
        labels=_labels(basis, found),
    )


def ratings(basis: Basis) -> Ratings:
    """Every rating: the last of a project in each export."""
    engine = basis.engine
    rows = placed(engine, "reports", "rating", "as_at", "export_no")
    rows = rows.filter(rows.rating.notnull())
    last = rows.group_by("number", "export_no", "as_at").agg(
        rating=engine.latest(rows.rating, rows.place)
    )
    named = last.join(exports(engine, "reports").select("export_no", "export"), "export_no")
    labels = [f"by_{place}" for place in range(len(basis.by))]
    projects = basis.projects.select(*labels, of="number")
    joined = named.join(projects, [("number", "of")]).drop("of")
    found = engine.fetch(joined).sort_by([("number", "ascending"), ("export_no", "ascending")])
    codes = found["rating"].to_numpy()
    return Ratings(
        project=found["number"].to_numpy().astype(np.int64),
        green=np.isin(codes, rating_codes.GREEN),
        scales=sorted({rating_codes.named(int(code))[0] or "" for code in np.unique(codes)}),
        day=_days(found["as_at"]),
        labels=_labels(basis, found),
    )


def known_columns(basis: Basis) -> list[str]:
    """The columns that rows can be told apart by."""
    return grouping.columns(basis.engine)


_PLANS: Final[tuple[Baseline, ...]] = ("original", "current")


def _with_approval(basis: Basis) -> ir.Table:
    """The facts, and the first day on which a plan was approved."""
    rows = facts.baselines(basis.engine, "approved_on")
    approved = rows.group_by(approved_number=rows.number).agg(approved_on=rows.approved_on.min())
    projects = basis.projects
    joined = projects.left_join(approved, [("number", "approved_number")])
    return joined.drop("approved_number")


def _labels(basis: Basis, found: pa.Table) -> dict[str, Labels]:
    return {by: Labels.of(found[f"by_{place}"]) for place, by in enumerate(basis.by)}


def _days(column: pa.ChunkedArray) -> NDArray[np.int64]:
    days: NDArray[np.int64] = (
        column.cast(pa.int32()).fill_null(NO_DAY).to_numpy().astype(np.int64, copy=False)
    )
    return days


def _floats(column: pa.ChunkedArray) -> NDArray[np.float64]:
    values: NDArray[Any] = column.to_numpy(zero_copy_only=False)
    return values.astype(np.float64, copy=False)
