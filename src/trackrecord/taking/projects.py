"""A sheet whose rows are projects: their facts, their baselines, their status reports."""

from __future__ import annotations

from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from trackrecord.taking.columns import Columns, stated
from trackrecord.taking.place import canonical

_DAYS: Final = pa.int32()
_MONEY: Final = pa.int64()
_QUANTITIES: Final = {
    "start": pa.date32(),
    "finish": pa.date32(),
    "cost": _MONEY,
    "benefit": _MONEY,
    "effort": pa.float64(),
}
_FORESEEN: Final = ("finish", "cost")  # what a forecast speaks of
_PLANS: Final = ("original", "current", "planned")


class Lengths(NamedTuple):
    """finished: as stated, else start and duration.  duration: in days, where it is possible.

    impossible: which rows finished before they started.
    """

    finished: pa.Array
    duration: pa.Array
    impossible: pa.Array


def projects(columns: Columns, place: pa.Table) -> pa.Table:
    """The `projects` rows of a sheet.

    A project that finished before it started keeps both dates and has no duration.
    """
    lengths = project_lengths(columns)
    return canonical(
        "projects",
        place,
        org_unit=columns.get("org_unit", pa.string()),
        kind=columns.get("kind", pa.string()),
        manager=columns.get("manager", pa.string()),
        sponsor=columns.get("sponsor", pa.string()),
        state=state(columns, lengths.finished, place["as_at"]),
        started=columns.get("started", pa.date32()),
        finished=lengths.finished,
        duration_days=lengths.duration,
        cost_actual=columns.get("cost_actual", _MONEY),
        currency=columns.get("currency", pa.string()),
        effort_actual=columns.get("effort_actual", pa.float64()),
        benefit_actual=columns.get("benefit_actual", _MONEY),
    )


def project_lengths(columns: Columns) -> Lengths:
    """When projects finished and how long they took; each is worked out where the other is given."""
    started = _days_since_epoch(columns.get("started", pa.date32()))
    finished = _days_since_epoch(columns.get("finished", pa.date32()))
    given = columns.get("duration_days", _DAYS)
    possible = pc.if_else(pc.greater_equal(given, 0), given, pa.scalar(None, _DAYS))
    finished = pc.coalesce(finished, pc.add(started, possible))
    duration = pc.coalesce(given, pc.subtract(finished, started))
    impossible = pc.fill_null(pc.less(pc.coalesce(pc.subtract(finished, started), given), 0), False)
    return Lengths(
        finished=pc.cast(finished, pa.date32()),
        duration=pc.if_else(impossible, pa.scalar(None, _DAYS), duration),
        impossible=impossible,
    )


def state(columns: Columns, finished: pa.Array, as_at: pa.ChunkedArray) -> pa.Array:
    """The state a sheet says; without such a column, the state its dates say.

    With a finish (or, where only that is given, a duration) a project is over, unless the finish
    lies after the day the row speaks of and nothing was spent: then it is a plan.  All others are
    open.
    """
    if columns.has("state"):
        return columns.get("state", pa.string())
    ahead = pc.fill_null(pc.greater(finished, as_at.combine_chunks()), False)
    spent = stated(
        (
            columns.get("cost_actual", _MONEY),
            columns.get("effort_actual", pa.float64()),
            columns.get("actual", pa.float64()),
        ),
        len(columns),
    )
    ended = stated((finished, columns.get("duration_days", pa.float64())), len(columns))
    over = pc.and_(ended, pc.or_(spent, pc.invert(ahead)))
    return pc.if_else(over, "finished", "open")


def baselines(columns: Columns, place: pa.Table) -> pa.Table:
    """The `baselines` rows of a sheet: up to three a row, or one of a numbered list.

    A forecast is also the plan of its export where the sheet states no plan of that quantity.
    """
    if columns.has("baseline_seq"):
        change = _baseline(columns, place, "change", {q: (f"planned_{q}",) for q in _QUANTITIES})
        return change.filter(pc.is_valid(change["seq"]))
    planned: dict[str, tuple[str, ...]] = {
        quantity: (f"planned_{quantity}", f"forecast_{quantity}")
        if quantity in _FORESEEN and not has_plan(columns, quantity)
        else (f"planned_{quantity}",)
        for quantity in _QUANTITIES
    }
    return pa.concat_tables(
        [
            _baseline(columns, place, "original", {q: (f"original_{q}",) for q in _QUANTITIES}),
            _baseline(columns, place, "current", {q: (f"current_{q}",) for q in _QUANTITIES}),
            _baseline(columns, place, "planned", planned),
        ]
    )


def reports(columns: Columns, place: pa.Table) -> pa.Table:
    """The `reports` rows of a sheet: one for each row that reports anything.

    The plan of an export is also its forecast where the sheet states no forecast of that quantity.
    """
    facts = {
        "rag": columns.get("rag", pa.string()),
        "percent_complete": columns.get("percent_complete", pa.float64()),
        "pv": columns.get("pv", _MONEY),
        "ev": columns.get("ev", _MONEY),
        "ac": columns.get("ac", _MONEY),
        "forecast_finish": columns.first_of(_forecast("finish"), pa.date32()),
        "forecast_cost": columns.first_of(_forecast("cost"), _MONEY),
        "finish_change_days": columns.get("finish_change_days", _DAYS),
        "cost_change": columns.get("cost_change", _MONEY),
    }
    reported = stated(facts.values(), len(columns))
    rows = canonical(
        "reports",
        place,
        **facts,
        rag_scale=columns.get("rag_scale", pa.string()),
        currency=columns.get("currency", pa.string()),
    )
    return rows.filter(reported)


def has_plan(columns: Columns, quantity: str) -> bool:
    """Whether the sheet states any plan of a quantity ("finish", "cost", ...)."""
    return columns.has(*(f"{plan}_{quantity}" for plan in _PLANS))


def _forecast(quantity: str) -> tuple[str, str]:
    return f"forecast_{quantity}", f"planned_{quantity}"


def _baseline(
    columns: Columns, place: pa.Table, name: str, fields: dict[str, tuple[str, ...]]
) -> pa.Table:
    """The rows that state this baseline; fields: quantity -> where it stands, first choice first."""
    facts = {
        quantity: columns.first_of(fields[quantity], type_)
        for quantity, type_ in _QUANTITIES.items()
    }
    says = stated(facts.values(), len(columns))
    seq = {
        "original": pa.repeat(pa.scalar(0, pa.int32()), len(columns)),
        "change": columns.get("baseline_seq", pa.int32()),
    }
    approved = columns.get("current_approved_on", pa.date32())
    rows = canonical(
        "baselines",
        place,
        **facts,
        stated=pa.repeat(name, len(columns)),
        seq=seq.get(name, pa.nulls(len(columns), pa.int32())),
        approved_on=approved
        if name in ("current", "change")
        else pa.nulls(len(columns), pa.date32()),
        currency=columns.get("currency", pa.string()),
    )
    return rows.filter(says)


def _days_since_epoch(dates: pa.Array) -> pa.Array:
    return pc.cast(dates, pa.int32())
