"""Benefits: how much of what was promised has come (methods.md 2.1)."""

from __future__ import annotations

from typing import Final

import ibis.expr.types as ir

from trackrecord.figure import Baseline
from trackrecord.measures.measure import AGAINST, Measure, Quantity, completed, undefined
from trackrecord.measures.summaries import median, shortfall


def benefit(facts: ir.Table, plan: Baseline) -> Quantity:
    """Benefit realised by a finished project, against the benefit its baseline promised."""
    promised = facts[f"{plan}_benefit"]
    return Quantity(
        value=facts.benefit_actual,
        base=promised,
        undefined=undefined(
            completed(facts),
            missing=facts.benefit_actual.isnull() | promised.isnull(),
            unit_mismatch=~facts.one_currency,
            nonpositive_baseline=promised <= 0,
        ),
        needs=("benefit_actual", f"{plan}_benefit"),
    )


MEASURES: Final = (
    Measure(
        name="benefit_shortfall_median",
        unit="share",
        direction="down_good",
        definition="The share of its promised benefit that the middle finished project has not "
        "brought; a benefit nobody measured is missing, neither none nor all.",
        of_projects=benefit,
        summary=median(shortfall),
        against=AGAINST,
    ),
)
