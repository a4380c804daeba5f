"""Cost of failure: money above baseline, and money written off (methods.md 2.1)."""

from __future__ import annotations

from typing import Final

import ibis.expr.types as ir
import numpy as np

from trackrecord.figure import Baseline
from trackrecord.measures.measure import AGAINST, Measure, Quantity, completed, undefined
from trackrecord.measures.sample import Numbers, Sample
from trackrecord.measures.summaries import total


def failure(facts: ir.Table, plan: Baseline) -> Quantity:
    """Minor units a finished project cost above its baseline, or a cancelled one spent in all.

    Negative where a finished project cost less than its baseline.
    """
    baseline = facts[f"{plan}_cost"]
    cancelled = (facts.state == "cancelled").fill_null(False)
    value = cancelled.ifelse(facts.cost_actual, facts.cost_actual - baseline)
    return Quantity(
        value=value,
        undefined=undefined(
            completed(facts) | cancelled,
            missing=value.isnull(),
            unit_mismatch=~cancelled & ~facts.one_currency,
            nonpositive_baseline=~cancelled & (baseline <= 0),
        ),
        needs=("cost_actual", f"{plan}_cost"),
    )


def _above(sample: Sample) -> Numbers:
    return np.maximum(sample.value, 0)


def _below(sample: Sample) -> Numbers:
    return np.maximum(-sample.value, 0)


MEASURES: Final = (
    Measure(
        name="cost_of_failure_gross",
        unit="money",
        direction="down_good",
        definition="What finished projects cost above their baselines, and all that cancelled ones "
        "spent; projects that cost less are not set off.",
        of_projects=failure,
        summary=total(_above),
        against=AGAINST,
        adds_money=True,
    ),
    Measure(
        name="cost_of_failure_offset",
        unit="money",
        direction="up_good",
        definition="What finished projects cost below their baselines.",
        of_projects=failure,
        summary=total(_below),
        against=AGAINST,
        adds_money=True,
    ),
    Measure(
        name="cost_of_failure_net",
        unit="money",
        direction="down_good",
        definition="The gross cost of failure less what other projects cost below their baselines.",
        of_projects=failure,
        summary=total(lambda sample: sample.value),
        against=AGAINST,
        adds_money=True,
    ),
)
