"""An invented record that allows every measure there is: two registers, three exports, items, status.

Seeded, so that it is the same everywhere.  Its numbers are crooked on purpose (ratios that do not end,
values that tie), to bring out what an engine or an order of rows might change.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from trackrecord.measures.tests.canonical import tables

_START = date(2021, 1, 1)
_EXPORTS = (date(2022, 3, 31), date(2023, 3, 31), date(2024, 3, 31))
_RATINGS = {
    "3": ("Green", "Amber", "Red"),
    "5": ("Green", "Amber/Green", "Amber", "Amber/Red", "Red"),
}


def everything(projects: int = 90, seed: int = 20240331) -> dict[str, pa.Table]:
    """Canonical tables in which each measure is defined for somebody and undefined for somebody."""
    rng = np.random.default_rng(seed)
    rows: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("projects", "baselines", "reports", "causes", "items", "groups")
    }
    for number in range(projects):
        _project(rows, rng, number)
    links = [
        {"register": register, "key": key, "project": f"{register}/{key}"}
        for register, key in sorted({(row["register"], row["key"]) for row in rows["projects"]})
    ]
    links[1]["project"] = links[0]["project"]
    return {**tables(**rows), "links": pa.Table.from_pylist(links)}


def _project(rows: dict[str, list[dict[str, Any]]], rng: np.random.Generator, number: int) -> None:
    register = "north" if number % 3 else "south"
    key = f"P{number:03}"
    state = ("finished", "finished", "finished", "cancelled", "open", None)[number % 6]
    currency = ("EUR", "EUR", "GBP", None)[number % 4]
    started = _START + timedelta(days=int(rng.integers(0, 700)))
    planned = int(rng.integers(30, 600))
    took = int(planned * float(rng.lognormal(0.1, 0.3)))
    cost = int(rng.integers(10_000, 90_000_000))
    spent = int(cost * float(rng.lognormal(0.05, 0.4)))
    effort = float(rng.integers(40, 9_000)) / 7
    for seen, day in enumerate(_EXPORTS):
        if (number + seen) % 5 == 0:
            continue
        place = {"register": register, "key": key, "export": str(day), "as_at": day}
        over = seen == 2 and state in ("finished", "cancelled")
        rows["projects"].append(
            {
                **place,
                "file": f"{register}.csv",
                "org_unit": f"Unit {number % 4}" if number % 7 else None,
                "kind": ("IT", "Building")[number % 2],
                "state": state if over or state is None else "open",
                "started": started if number % 11 else None,
                "finished": started + timedelta(days=took) if over and number % 13 else None,
                "cost_actual": spent if over and number % 8 else None,
                "currency": currency,
                "effort_actual": effort * float(rng.lognormal(0, 0.3)) if over else None,
                "benefit_actual": spent // 3 if over and number % 9 else None,
            }
        )
        plan = {**place, "currency": currency, "benefit": cost // 2, "effort": effort}
        moved = seen * 30 if number % 4 == 0 else 0
        rows["baselines"] += [
            {
                **plan,
                "stated": "original",
                "start": started,
                "finish": started + timedelta(planned),
                "cost": cost,
            },
            {
                **plan,
                "stated": "current",
                "finish": started + timedelta(planned + moved),
                "cost": cost + moved * 1_000,
                "row": len(rows["baselines"]) + 2,
            },
        ]
        _report(rows, rng, number, seen, place, started + timedelta(planned), cost)
    _causes_and_items(rows, rng, number, register, key)


def _report(
    rows: dict[str, list[dict[str, Any]]],
    rng: np.random.Generator,
    number: int,
    seen: int,
    place: dict[str, Any],
    due: date,
    cost: int,
) -> None:
    scale = "5" if place["register"] == "south" else "3"
    done = (seen + 1) / 4
    rows["reports"].append(
        {
            **place,
            "rag": _RATINGS[scale][int(rng.integers(0, len(_RATINGS[scale])))]
            if number % 10
            else None,
            "rag_scale": scale,
            "percent_complete": done,
            "pv": int(cost * done),
            "ev": int(cost * done * float(rng.uniform(0.6, 1.1))),
            "ac": int(cost * done * float(rng.uniform(0.8, 1.3))) if number % 12 else 0,
            "forecast_finish": due + timedelta(int(rng.integers(-20, 90))) if number % 6 else None,
            "forecast_cost": int(cost * float(rng.uniform(0.9, 1.4))) if number % 7 else None,
            "currency": ("EUR", "EUR", "GBP", None)[number % 4],
            "finish_change_days": int(rng.integers(-9, 200))
            if scale == "5" and number % 9
            else None,
            "cost_change": int(rng.integers(-9_000, 90_000))
            if scale == "5" and number % 2
            else None,
        }
    )


def _causes_and_items(
    rows: dict[str, list[dict[str, Any]]],
    rng: np.random.Generator,
    number: int,
    register: str,
    key: str,
) -> None:
    place = {"register": register, "key": key, "export": str(_EXPORTS[-1])}
    causes = ("scope", "skills", "supplier")
    rows["causes"] += [
        {**place, "cause": causes[(number + offset) % 3], "weight": "contributing"}
        for offset in range(number % 3)
    ]
    rows["groups"].append(
        {**place, "column": "Region", "value": ("East", "West", None)[number % 3]}
    )
    for item in range(number % 5):
        begun = datetime(2023, 1, 1 + item, 8)
        estimate = float(rng.integers(1, 20)) / 3
        days = float(rng.integers(-1, 12))
        rows["items"].append(
            {
                **place,
                "item_id": f"{key}-{item}",
                "kind": ("task", "bug")[item % 2],
                "state": ("finished", "cancelled")[item == 3],
                "estimate": estimate if item != 2 else None,
                "actual": estimate * (1, 1.5, 0.7)[number % 3],
                "started": begun,
                "finished": begun + timedelta(days=days),
                "duration_days": days,
            }
        )
