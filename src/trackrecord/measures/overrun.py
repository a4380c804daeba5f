"""Cost overrun: what projects cost in the end, set against what was approved (methods.md 2.1)."""

from __future__ import annotations

from typing import Final

import ibis.expr.types as ir

from trackrecord.figure import Baseline
from trackrecord.measures.measure import AGAINST, Measure, Quantity, completed, undefined
from trackrecord.measures.summaries import median, overrun, percentile, rate, ratio_of_totals


def cost(facts: ir.Table, plan: Baseline) -> Quantity:
    """Actual cost of a finished project, against its baseline cost."""
    baseline = facts[f"{plan}_cost"]
    return Quantity(
        value=facts.cost_actual,
        base=baseline,
        undefined=undefined(
            completed(facts),
            missing=facts.cost_actual.isnull() | baseline.isnull(),
            unit_mismatch=~facts.one_currency,
            nonpositive_baseline=baseline <= 0,
        ),
        needs=("cost_actual", f"{plan}_cost"),
    )


def excess_cost(facts: ir.Table, plan: Baseline) -> Quantity:
    """What a project costs above its baseline, in minor units.

    A finished one: actual less baseline.  Any other counts only where its register publishes the
    total change of cost, which is against the original.
    """
    baseline = facts[f"{plan}_cost"]
    known = completed(facts) & facts.one_currency
    spent = known.ifelse(facts.cost_actual - baseline, None)
    if plan == "current":
        return Quantity(
            value=spent,
            undefined=undefined(
                completed(facts), missing=spent.isnull(), nonpositive_baseline=baseline <= 0
            ),
            needs=("cost_actual", "current_cost"),
        )
    value = spent.coalesce(facts.cost_change)
    return Quantity(
        value=value,
        undefined=undefined(
            (facts.state == "finished")
            | facts.cost_published
            | (facts.state.isnull() & spent.notnull()),
            missing=value.isnull(),
            nonpositive_baseline=spent.notnull() & (baseline <= 0),
        ),
        needs=("cost_actual", "original_cost"),
    )


def cost_change(facts: ir.Table, _plan: Baseline) -> Quantity:
    """How the forecast of a project's cost has moved, in minor units."""
    moved = facts.last_forecast_cost - facts.first_forecast_cost
    value = facts.cost_published.ifelse(facts.cost_change, facts.cost_again.ifelse(moved, None))
    return Quantity(
        value=value,
        undefined=undefined(
            facts.cost_published | facts.again | facts.reported_again, missing=value.isnull()
        ),
        needs=("last_forecast_cost",),
    )


MEASURES: Final = (
    Measure(
        name="cost_overrun_median",
        unit="share",
        direction="down_good",
        definition="The middle finished project's actual cost above its baseline, as a share of it.",
        of_projects=cost,
        summary=median(overrun),
        against=AGAINST,
    ),
    Measure(
        name="cost_overrun_p80",
        unit="share",
        direction="down_good",
        definition="The cost overrun that four in five finished projects stayed at or below.",
        of_projects=cost,
        summary=percentile(0.8, overrun),
        against=AGAINST,
    ),
    Measure(
        name="cost_overrun_total",
        unit="share",
        direction="down_good",
        definition="All actual cost above all baseline cost, over finished projects that state both.",
        of_projects=cost,
        summary=ratio_of_totals(less=1.0),
        against=AGAINST,
        adds_money=True,
    ),
    Measure(
        name="over_budget_rate",
        unit="share",
        direction="down_good",
        definition="Share of projects whose cost is above the baseline: finished ones by their actual "
        "cost, open ones only where a total change of cost is published.",
        of_projects=excess_cost,
        summary=rate(lambda sample: sample.value > 0),
        against=AGAINST,
    ),
    Measure(
        name="forecast_cost_change_median",
        unit="money",
        direction="down_good",
        definition="The middle project's change of forecast cost, be it open or finished: the "
        "published total change, else the last stated less the first.",
        of_projects=cost_change,
        summary=median(),
    ),
)
