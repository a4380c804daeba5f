"""How long projects, or items, take."""

from __future__ import annotations

from typing import Final

import ibis
import ibis.expr.types as ir

from trackrecord.figure import Baseline
from trackrecord.measures.measure import Measure, Quantity, undefined
from trackrecord.measures.summaries import mean, median


def project_days(facts: ir.Table, _plan: Baseline) -> Quantity:
    """Days from a finished project's start to its finish."""
    took = ibis.coalesce(
        facts.duration_days.cast("int64"), facts.finished.delta(facts.started, unit="day")
    )
    return Quantity(
        value=took,
        undefined=undefined(
            (facts.state == "finished") | (facts.state.isnull() & took.notnull()),
            missing=took.isnull(),
            nonpositive_duration=took <= 0,
        ),
        needs=("finished", "started"),
    )


def item_days(items: ir.Table, _plan: Baseline) -> Quantity:
    """Days an item took; 0 is an item begun and done on one day, and a negative one is impossible."""
    return Quantity(
        value=items.duration_days,
        undefined=undefined(
            ((items.state == "finished") | items.duration_days.notnull())
            & ~items.summary.fill_null(False),
            missing=items.duration_days.isnull(),
            nonpositive_duration=items.duration_days < 0,
        ),
        needs=("duration_days",),
    )


MEASURES: Final = (
    Measure(
        name="duration_days_mean",
        unit="days",
        direction="down_good",
        definition="Days from start to finish, on average; impossible durations are left out and "
        "counted.  A few long ones carry a mean: read the median beside it.",
        of_projects=project_days,
        of_items=item_days,
        summary=mean(),
    ),
    Measure(
        name="duration_days_median",
        unit="days",
        direction="down_good",
        definition="Days from start to finish in the middle case; impossible durations are left out "
        "and counted.",
        of_projects=project_days,
        of_items=item_days,
        summary=median(),
    ),
)
