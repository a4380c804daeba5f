"""A large invented portfolio for benchmarks/measures.py, in the canonical tables, seeded.

Every project has an original baseline, two in five a current one that was moved; ten monthly status
reports follow it: rating, forecasts and earned value.  Three in five are finished, one in ten is
cancelled, and two in five of these have one or two coded causes.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from trackrecord.tables import TABLES

REPORTS: Final = 10
_REPORTED_DAYS: Final = 300
AS_AT: Final = date(2024, 12, 31)
_FIRST_START: Final = (date(2021, 1, 1) - date(1970, 1, 1)).days
_LAST_DAY: Final = (AS_AT - date(1970, 1, 1)).days
_CAUSES: Final = (
    "uncontrolled scope change",
    "optimistic estimate",
    "supplier performance",
    "resource shortage",
    "late or missing sponsor decision",
)


def write(folder: Path, *, projects: int, seed: int, reports: int = REPORTS) -> None:
    """The tables `projects`, `baselines`, `reports` and `causes`, a Parquet file each.

    reports: how many a project has, evenly over the last ten months.
    """
    chance = np.random.default_rng(seed)
    plan = _plans(chance, projects)
    _write(folder, "projects", _projects(chance, plan))
    _write(folder, "baselines", _baselines(chance, plan))
    _write(folder, "causes", _causes(chance, plan))
    _write_reports(folder, chance, plan, reports)


class _Plan:
    """What each project was meant to be, and what became of it; one entry a project."""

    key: pa.Array
    state: NDArray[Any]
    start: NDArray[Any]
    days: NDArray[Any]
    cost: NDArray[Any]
    delay: NDArray[Any]
    overrun: NDArray[Any]


def _plans(chance: np.random.Generator, n: int) -> _Plan:
    plan = _Plan()
    plan.key = pa.array([f"P{number:07d}" for number in range(n)])
    plan.state = chance.choice(["finished", "open", "cancelled"], n, p=[0.6, 0.3, 0.1])
    plan.start = _FIRST_START + chance.integers(0, 1000, n)
    plan.days = chance.integers(60, 720, n)
    plan.cost = (chance.lognormal(12.5, 1.2, n)).astype(np.int64) * 100
    plan.delay = np.maximum(chance.lognormal(0.1, 0.4, n), 0.3)
    plan.overrun = chance.lognormal(0.12, 0.35, n)
    return plan


def _projects(chance: np.random.Generator, plan: _Plan) -> dict[str, Any]:
    n = len(plan.key)
    finished = plan.state == "finished"
    ended = finished | (plan.state == "cancelled")
    blank = chance.random(n) < 0.05
    return {
        "key": plan.key,
        "as_at": np.full(n, _LAST_DAY),
        "org_unit": _named("unit", chance.integers(0, 20, n)),
        "kind": _named("kind", chance.integers(0, 6, n)),
        "state": pa.array(plan.state).dictionary_encode(),
        "started": plan.start,
        "finished": _where(finished, plan.start + np.rint(plan.days * plan.delay)),
        "cost_actual": _where(ended & ~blank, np.rint(plan.cost * plan.overrun)),
        "currency": _same("GBP", n),
        "effort_actual": _where(finished, np.rint(plan.days * plan.overrun) * 8.0),
        "benefit_actual": _where(finished & (chance.random(n) < 0.3), plan.cost * 2 // 3),
    }


def _baselines(chance: np.random.Generator, plan: _Plan) -> dict[str, Any]:
    moved = np.flatnonzero(chance.random(len(plan.key)) < 0.4)
    of = np.concatenate([np.arange(len(plan.key)), moved])
    current = np.arange(of.size) >= len(plan.key)
    days, cost = plan.days[of], plan.cost[of]
    later = 1 + chance.random(of.size) * 0.4 * current
    return {
        "key": plan.key.take(pa.array(of)),
        "as_at": np.full(of.size, _LAST_DAY),
        "stated": pa.array(np.where(current, "current", "original")).dictionary_encode(),
        "start": plan.start[of],
        "finish": plan.start[of] + np.rint(days * later).astype(np.int64),
        "cost": np.rint(cost * later).astype(np.int64),
        "currency": _same("GBP", of.size),
        "benefit": cost,
        "effort": days * 8.0,
    }


def _causes(chance: np.random.Generator, plan: _Plan) -> dict[str, Any]:
    ended = np.flatnonzero((plan.state != "open") & (chance.random(len(plan.key)) < 0.4))
    of = np.concatenate([ended, ended[chance.random(ended.size) < 0.3]])
    return {
        "key": plan.key.take(pa.array(of)),
        "cause": pa.array(np.array(_CAUSES)[chance.integers(0, len(_CAUSES), of.size)]),
        "coded_by": _same("register", of.size),
    }


def _write_reports(folder: Path, chance: np.random.Generator, plan: _Plan, reports: int) -> None:
    """Ten months of reports, the last for the end of 2024, a row group each."""
    n = len(plan.key)
    schema = TABLES["reports"]
    with pq.ParquetWriter(folder / "reports.parquet", schema) as file:
        for nth in range(reports):
            day = np.datetime64("2024-03-31") + np.timedelta64(_REPORTED_DAYS // reports * nth, "D")
            number = int(day.astype(np.int64))
            share = np.clip((number - plan.start) / plan.days, 0, 1)
            done = np.clip((number - plan.start) / (plan.days * plan.delay), 0, 1)
            drift = 1 + (plan.delay - 1) * (nth + 1) / reports
            rating = np.where(drift < 1.05, 0, np.where(drift < 1.25, 1, 2))
            rating = np.maximum(0, rating - (chance.random(n) < 0.3))
            forecast = plan.start + np.rint(plan.days * drift)
            columns = {
                "key": plan.key,
                "as_at": np.full(n, number),
                "rag": pa.DictionaryArray.from_arrays(
                    pa.array(rating, mask=chance.random(n) < 0.1), ["Green", "Amber", "Red"]
                ),
                "rag_scale": _same("3", n),
                "pv": np.rint(plan.cost * share).astype(np.int64),
                "ev": np.rint(plan.cost * done).astype(np.int64),
                "ac": np.rint(plan.cost * done * plan.overrun).astype(np.int64),
                "forecast_finish": _where(chance.random(n) >= 0.05, forecast),
                "forecast_cost": np.rint(
                    plan.cost * (1 + (plan.overrun - 1) * (nth + 1) / reports)
                ),
                "currency": _same("GBP", n),
            }
            file.write_table(_table("reports", columns, export=str(day), first_row=2 + nth * n))


def _write(folder: Path, name: str, columns: dict[str, Any]) -> None:
    pq.write_table(_table(name, columns, export=AS_AT.isoformat()), folder / f"{name}.parquet")


def _table(name: str, columns: dict[str, Any], *, export: str, first_row: int = 2) -> pa.Table:
    n = len(columns["key"])
    place = {
        "register": _same("portfolio", n),
        "file": _same(f"{name}.parquet", n),
        "sheet": _same("", n),
        "row": np.arange(first_row, first_row + n),
        "export": _same(export, n),
        "export_order": _same(export, n),
    }
    given = place | columns
    return pa.table(
        [
            _typed(given[field.name], field.type)
            if field.name in given
            else pa.nulls(n, field.type)
            for field in TABLES[name]
        ],
        schema=TABLES[name],
    )


def _typed(values: Any, kind: pa.DataType) -> pa.Array:
    array = values if isinstance(values, pa.Array) else pa.array(values)
    if pa.types.is_date32(kind):  # days since 1970 came as whole numbers
        array = array.cast(pa.int32())
    return array.cast(kind)


def _where(mask: NDArray[np.bool_], values: NDArray[Any]) -> pa.Array:
    whole = values if values.dtype == np.float64 and (values % 1).any() else values.astype(np.int64)
    return pa.array(whole, mask=~mask)


def _same(word: str, n: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(n, np.int32)), [word])


def _named(word: str, codes: NDArray[Any]) -> pa.Array:
    names = [f"{word} {number:02d}" for number in range(int(codes.max()) + 1)]
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), names)
