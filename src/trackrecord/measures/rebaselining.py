"""What moving the baseline hides (methods.md 1.2 and 2.5)."""

from __future__ import annotations

from typing import Final

import ibis.expr.types as ir

from trackrecord.figure import Baseline
from trackrecord.measures.measure import Measure, Quantity, completed, undefined
from trackrecord.measures.summaries import median, rate


def hidden_slip(facts: ir.Table, _plan: Baseline) -> Quantity:
    """A finished project's slip against the original less that against the current baseline, days."""
    value = facts.current_finish.delta(facts.original_finish, unit="day")
    return Quantity(
        value=value,
        undefined=undefined(
            completed(facts),
            missing=facts.finished.isnull() | value.isnull() | ~facts.finish_followed,
        ),
        needs=("finished", "original_finish"),
    )


def rebaselined(facts: ir.Table, _plan: Baseline) -> Quantity:
    """1 where a project's planned finish or cost was ever changed, else 0."""
    planned = facts.original_finish.notnull() | facts.original_cost.notnull()
    return Quantity(
        value=(facts.plan_changes > 0).cast("int64"),
        undefined=undefined(planned, missing=~(facts.finish_followed | facts.cost_followed)),
        needs=("original_finish|original_cost",),
    )


MEASURES: Final = (
    Measure(
        name="masked_slip_days_median",
        unit="days",
        direction="down_good",
        definition="Slip of the middle finished project that its current baseline hides: slip against "
        "the original less slip against the current one.",
        of_projects=hidden_slip,
        summary=median(),
    ),
    Measure(
        name="rebaselined_rate",
        unit="share",
        direction="down_good",
        definition="Share of projects whose planned finish or cost was changed after it was first "
        "stated.",
        of_projects=rebaselined,
        summary=rate(lambda sample: sample.value > 0),
    ),
)
