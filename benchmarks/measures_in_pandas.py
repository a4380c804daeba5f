"""The measures of benchmarks/measures.py in pandas, as an analyst would write them with care.

Only the columns that are needed are read, only the values are worked out (intervals, reasons and
counts of what is missing are ours alone), and no loop runs over rows.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

_KEY = ["register", "key"]
_IN_TIME = ["export_order", "file", "sheet", "row"]


def measured(folder: Path) -> dict[str, Any]:
    """The values of the measures, by measure, baseline and group."""
    reports = _read(
        folder,
        "reports",
        "export",
        "as_at",
        "rag",
        "pv",
        "ev",
        "ac",
        "forecast_finish",
        "forecast_cost",
    )
    facts = _facts(folder, reports)
    values = _overall(facts)
    causes = _coded(folder, facts)
    for plan in ("original", "current"):
        of_plan = _against(facts, plan) | {"on_time_rate": _on_time(facts, plan)}
        values |= {f"{measure}|{plan}|": value for measure, value in of_plan.items()}
        values |= _shares(facts, causes, plan)
    coded = causes["project"].nunique()
    values |= {
        f"cause_count_rate||{cause}": n / coded
        for cause, n in causes.groupby("cause").size().items()
    }
    values |= _ratings(reports)
    values |= _green_before(facts, reports)
    values |= _earned(facts, reports)
    values["cost_baseline_sum||2024-12-31"] = _budget(folder)
    return values


def _read(folder: Path, name: str, *columns: str) -> pd.DataFrame:
    """A table with `project`, its rows in time."""
    rows = pd.read_parquet(folder / f"{name}.parquet", columns=[*_KEY, *_IN_TIME, *columns])
    rows = rows.sort_values(_IN_TIME, ignore_index=True)
    rows.insert(0, "project", rows["register"] + "/" + rows["key"])
    for column in ("as_at", "started", "finished", "start", "finish", "forecast_finish"):
        if column in rows:
            rows[column] = pd.to_datetime(rows[column])
    return rows.drop(columns=[*_KEY, "file", "sheet", "row"])


def _facts(folder: Path, reports: pd.DataFrame) -> pd.DataFrame:
    rows = _read(
        *(folder, "projects", "as_at", "org_unit", "kind", "state", "started", "finished"),
        *("duration_days", "cost_actual", "currency", "effort_actual", "benefit_actual"),
    )
    grouped = rows.groupby("project", sort=False)
    facts = grouped.last()
    facts["again"] = grouped["export_order"].nunique() > 1
    facts["as_at"] = grouped["as_at"].max()
    plans = _read(folder, "baselines", "stated", "start", "finish", "cost", "benefit", "effort")
    quantities = ["start", "finish", "cost", "benefit", "effort"]
    original = (
        plans[plans["stated"] == "original"].groupby("project", sort=False)[quantities].first()
    )
    current = plans[plans["stated"] != "original"].groupby("project", sort=False)[quantities].last()
    current = current.reindex(original.index).fillna(original)
    facts = facts.join(original.add_prefix("original_")).join(current.add_prefix("current_"))
    return facts.join(_forecasts(reports))


def _forecasts(reports: pd.DataFrame) -> pd.DataFrame:
    grouped = reports.groupby("project", sort=False)
    found = {"rag": grouped["rag"].last()}
    for name in ("finish", "cost"):
        column = f"forecast_{name}"
        stated = (
            reports[["project", "export_order", column]].dropna().groupby("project", sort=False)
        )
        found |= {
            f"first_{name}": stated[column].first(),
            f"last_{name}": stated[column].last(),
            f"{name}_again": stated["export_order"].first() < stated["export_order"].last(),
        }
    return pd.DataFrame(found)


def _overall(facts: pd.DataFrame) -> dict[str, Any]:
    state = facts["state"]
    moved = (facts["last_finish"] - facts["first_finish"]).dt.days[facts["finish_again"] == True]  # noqa: E712
    dearer = (facts["last_cost"] - facts["first_cost"])[facts["cost_again"] == True]  # noqa: E712
    done = facts[state == "finished"]
    took = (done["finished"] - done["started"]).dt.days
    start = facts["original_start"].fillna(facts["started"])
    planned = (facts["original_finish"] - start).dt.days
    slip = (facts["last_finish"] - facts["original_finish"]).dt.days
    green = (state == "open") & (facts["rag"] == "Green") & slip.notna() & (planned > 0)
    changed = (facts["current_finish"] != facts["original_finish"]) | (
        facts["current_cost"] != facts["original_cost"]
    )
    found = {
        "projects": len(facts),
        "finished": len(done),
        "open": (state == "open").sum(),
        "cancelled": (state == "cancelled").sum(),
        "linked": facts["again"].sum(),
        "forecast_slip_days_median": moved.median(),
        "forecast_behind_rate": (moved > 0).mean(),
        "forecast_on_rate": (moved == 0).mean(),
        "forecast_ahead_rate": (moved < 0).mean(),
        "forecast_cost_change_median": dearer.median() / 100,
        "masked_slip_days_median": (
            done["current_finish"] - done["original_finish"]
        ).dt.days.median(),
        "rebaselined_rate": changed.mean(),
        "duration_days_mean": took.mean(),
        "duration_days_median": took.median(),
        "hours_actual_total": facts["effort_actual"].sum(),
        "green_yet_moving_rate": (slip > 0.1 * planned)[green].mean(),
    }
    return {f"{measure}||": value for measure, value in found.items()}


def _against(facts: pd.DataFrame, plan: str) -> dict[str, Any]:
    done = facts[facts["state"] == "finished"]
    start = done[f"{plan}_start"].fillna(done["started"])
    slip = (done["finished"] - done[f"{plan}_finish"]).dt.days
    took = (done["finished"] - done["started"]).dt.days
    planned = (done[f"{plan}_finish"] - start).dt.days
    timed = (took > 0) & (planned > 0)
    costed = done[done["cost_actual"].notna() & (done[f"{plan}_cost"] > 0)]
    ratio = costed["cost_actual"] / costed[f"{plan}_cost"]
    lost = _lost(facts, plan)
    promised = done[done["benefit_actual"].notna() & (done[f"{plan}_benefit"] > 0)]
    estimated = done[(done["effort_actual"] > 0) & (done[f"{plan}_effort"] > 0)]
    a, e = estimated["effort_actual"], estimated[f"{plan}_effort"]
    factor, logs = a / e, np.log(a / e)
    x, y = np.log(e), np.log(a)
    return {
        "cost_overrun_median": ratio.median() - 1,
        "cost_overrun_p80": ratio.quantile(0.8) - 1,
        "cost_overrun_total": costed["cost_actual"].sum() / costed[f"{plan}_cost"].sum() - 1,
        "over_budget_rate": (costed["cost_actual"] > costed[f"{plan}_cost"]).mean(),
        "schedule_slip_days_median": slip.median(),
        "schedule_slip_days_p80": slip.quantile(0.8),
        "late_rate": (slip > 0).mean(),
        "schedule_overrun_median": (took[timed] / planned[timed]).median() - 1,
        "cost_of_failure_gross": lost.clip(lower=0).sum() / 100,
        "cost_of_failure_offset": (-lost).clip(lower=0).sum() / 100,
        "cost_of_failure_net": lost.sum() / 100,
        "benefit_shortfall_median": 1
        - (promised["benefit_actual"] / promised[f"{plan}_benefit"]).median(),
        "estimate_over_rate": (a < e).mean(),
        "estimate_exact_rate": (a == e).mean(),
        "estimate_under_rate": (a > e).mean(),
        "estimate_ratio_geomean": np.exp(logs.mean()),
        "estimate_ratio_median": factor.median(),
        "estimate_ratio_total": a.sum() / e.sum(),
        "estimate_exponent": ((x - x.mean()) * (y - y.mean())).sum() / ((x - x.mean()) ** 2).sum(),
        "estimate_pred25": (4 * (a - e).abs() <= a).mean(),
        "estimate_mmre": ((a - e).abs() / a).mean(),
        "estimate_bias": np.exp(logs.mean()) - 1,
        "estimate_spread": np.exp(logs.std()),
    }


def _lost(facts: pd.DataFrame, plan: str) -> pd.Series:
    """What finished projects cost above their baseline and cancelled ones in all, where known."""
    cancelled = facts["state"] == "cancelled"
    lost = facts["cost_actual"] - facts[f"{plan}_cost"].where(~cancelled, 0)
    known = cancelled | ((facts["state"] == "finished") & (facts[f"{plan}_cost"] > 0))
    return lost[known].dropna()


def _on_time(facts: pd.DataFrame, plan: str) -> float:
    """Aalen-Johansen: the share that has finished by the planned day, cancellations competing."""
    start = facts["started"].fillna(facts[f"{plan}_start"])
    state = facts["state"]
    end = facts["finished"].where(state == "finished", facts["as_at"])
    age = (end - start).dt.days / (facts[f"{plan}_finish"] - start).dt.days
    kept = (age >= 0) & np.isfinite(age)
    rows = pd.DataFrame({"age": age, "finished": state == "finished", "ended": state != "open"})[
        kept
    ]
    moments = rows.groupby("age").agg(
        leaving=("ended", "size"), finished=("finished", "sum"), ended=("ended", "sum")
    )
    n = moments["leaving"][::-1].cumsum()[::-1]
    before = (1 - moments["ended"] / n).cumprod().shift(fill_value=1.0)
    return float((before * moments["finished"] / n)[moments.index <= 1].sum())


def _coded(folder: Path, facts: pd.DataFrame) -> pd.DataFrame:
    rows = _read(folder, "causes", "cause")
    rows = rows[rows["project"].isin(facts.index)]
    return rows[["project", "cause"]].drop_duplicates()


def _shares(facts: pd.DataFrame, causes: pd.DataFrame, plan: str) -> dict[str, Any]:
    lost = _lost(facts, plan).clip(lower=0).rename("lost").reset_index()
    rows = lost.merge(causes, on="project", how="left")
    rows["cause"] = rows["cause"].fillna("unknown")
    several = rows.groupby("project")["cause"].transform("size")
    bounds = {
        "exclusive": rows["lost"].where(several == 1, 0),
        "fractional": rows["lost"] / several,
        "touched": rows["lost"],
    }
    return {
        f"cause_share_{bound}|{plan}|{cause}": amount / lost["lost"].sum()
        for bound, amounts in bounds.items()
        for cause, amount in amounts.groupby(rows["cause"]).sum().items()
    }


def _ratings(reports: pd.DataFrame) -> dict[str, Any]:
    rated = reports.dropna(subset="rag").drop_duplicates(["project", "export_order"], keep="last")
    counts = rated.groupby(["export", "rag"]).size()
    return {f"rag_count||{export} / {rag}": n for (export, rag), n in counts.items()}


def _green_before(facts: pd.DataFrame, reports: pd.DataFrame) -> dict[str, Any]:
    late = facts[(facts["state"] == "finished") & (facts["finished"] > facts["original_finish"])]
    rated = reports[["project", "as_at", "rag"]].dropna()
    rated = rated.merge(late["original_finish"].rename("due"), left_on="project", right_index=True)
    left = (rated["due"] - rated["as_at"]).dt.days
    found = {}
    for months in (6, 3, 1):
        last = rated[left >= 30 * months].groupby("project")["rag"].last()
        name = f"{months} month{'s' if months > 1 else ''} before"
        found[f"green_before_late_finish_rate||{name}"] = (last == "Green").mean()
    return found


def _earned(facts: pd.DataFrame, reports: pd.DataFrame) -> dict[str, Any]:
    earned = reports.dropna(subset="ev")
    stood = earned.drop_duplicates("project", keep="last").set_index("project")
    stood = stood[["pv", "ev", "ac", "as_at"]].join(facts[["current_cost", "current_finish"]])
    stood["bac"] = stood.pop("current_cost")
    start = facts["current_start"].fillna(facts["original_start"]).fillna(facts["started"])
    planned = reports.dropna(subset="pv")
    idle = planned[planned["pv"] <= 0].groupby("project")["as_at"].max()
    stood["start"] = pd.concat([start, idle], axis=1).max(axis=1)
    spent, due = stood[stood["ac"] > 0], stood[stood["pv"] > 0]
    forecast = spent[spent["ev"] > 0]
    found = {
        "cpi": spent["ev"].sum() / spent["ac"].sum(),
        "spi": due["ev"].sum() / due["pv"].sum(),
        "spi_t": _spi_t(stood, planned),
        "eac": (forecast["bac"] / (forecast["ev"] / forecast["ac"])).sum() / 100,
    }
    return {f"{measure}||": value for measure, value in found.items()}


def _spi_t(stood: pd.DataFrame, planned: pd.DataFrame) -> float:
    grouped = planned.groupby("project", sort=False)
    falls = (grouped["pv"].diff() < 0).groupby(planned["project"]).any()
    steps = planned[["project", "pv", "ev", "as_at"]].merge(
        stood[["ev", "bac"]].add_prefix("now_"), left_on="project", right_index=True
    )
    reached = steps["pv"] <= steps["now_ev"]
    below, above = steps[reached].groupby("project"), steps[~reached].groupby("project")
    plan_done = steps[steps["pv"] >= steps["now_bac"]].groupby("project")["as_at"].min()
    work_done = steps[steps["ev"] >= steps["now_bac"]].groupby("project")["as_at"].min()
    of = stood.join(pd.DataFrame({"plan_done": plan_done, "work_done": work_done, "falls": falls}))
    of["day"] = below["as_at"].max()
    of["value"] = below["pv"].max()
    of["day"], of["value"] = of["day"].fillna(of["start"]), of["value"].fillna(0)
    of["next_day"] = above["as_at"].min()
    of["next_value"] = above["pv"].min()
    beyond = of["next_day"].isna() & (of["current_finish"] > of["day"])
    of.loc[beyond, "next_day"] = of["current_finish"]
    of.loc[beyond, "next_value"] = of["bac"]
    share = (of["ev"] - of["value"]) / (of["next_value"] - of["value"])
    earned = (of["day"] - of["start"]).dt.days + share * (of["next_day"] - of["day"]).dt.days
    whole = (of["plan_done"].fillna(of["current_finish"]) - of["start"]).dt.days
    earned = earned.where(of["ev"] < of["bac"], whole)
    passed = (of["work_done"].fillna(of["as_at"]) - of["start"]).dt.days
    kept = ~of["falls"].astype(bool) & (grouped.size() >= 2) & (passed > 0) & earned.notna()
    return float(earned[kept].sum() / passed[kept].sum())


def _budget(folder: Path) -> float:
    rows = _read(folder, "baselines", "stated", "cost")
    rows["current"] = rows["stated"] == "current"
    rows = rows.dropna(subset="cost").sort_values("current", kind="stable")
    return float(rows.drop_duplicates(["project", "export_order"], keep="last")["cost"].sum() / 100)
