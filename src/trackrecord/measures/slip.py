"""Schedule slip: how late projects finish, or are foretold to (methods.md 2.1)."""

from __future__ import annotations

from typing import Final

import ibis
import ibis.expr.types as ir

from trackrecord.figure import Baseline
from trackrecord.measures.measure import AGAINST, Measure, Quantity, completed, undefined
from trackrecord.measures.summaries import median, overrun, percentile, rate


def slip_days(facts: ir.Table, plan: Baseline) -> Quantity:
    """Days from a project's baseline finish to its finish; positive is late."""
    value = facts.finished.delta(facts[f"{plan}_finish"], unit="day")
    return Quantity(
        value=value,
        undefined=undefined(completed(facts), missing=value.isnull()),
        needs=("finished", f"{plan}_finish"),
    )


def duration(facts: ir.Table, plan: Baseline) -> Quantity:
    """Days a finished project took, against the days its baseline gave it.

    Where no baseline start is stated, the plan counts from the actual start.
    """
    took = ibis.coalesce(
        facts.finished.delta(facts.started, unit="day"), facts.duration_days.cast("int64")
    )
    start = ibis.coalesce(facts[f"{plan}_start"], facts.started)
    planned = facts[f"{plan}_finish"].delta(start, unit="day")
    return Quantity(
        value=took,
        base=planned,
        undefined=undefined(
            completed(facts),
            missing=took.isnull() | planned.isnull(),
            nonpositive_baseline=planned <= 0,
            nonpositive_duration=took <= 0,
        ),
        needs=("finished", f"{plan}_finish"),
    )


def forecast_slip(facts: ir.Table, _plan: Baseline) -> Quantity:
    """How the forecast of a project's finish has moved, in days; positive is later.

    A finished project counts by its last forecast, as registers publish it: what came true is its slip.
    """
    moved = facts.last_forecast_finish.delta(facts.first_forecast_finish, unit="day")
    value = facts.finish_published.ifelse(
        facts.finish_change_days.cast("int64"), facts.finish_again.ifelse(moved, None)
    )
    return Quantity(
        value=value,
        undefined=undefined(
            facts.finish_published | facts.again | facts.reported_again, missing=value.isnull()
        ),
        needs=("last_forecast_finish",),
    )


_FORECAST: Final = (
    "of those, open or finished, whose expected finish a register states twice or more (last against "
    "first), or whose total change it publishes; one date alone is missing, not on time."
)

MEASURES: Final = (
    Measure(
        name="schedule_slip_days_median",
        unit="days",
        direction="down_good",
        definition="Days by which the middle finished project ended after its baseline finish.",
        of_projects=slip_days,
        summary=median(),
        against=AGAINST,
    ),
    Measure(
        name="schedule_slip_days_p80",
        unit="days",
        direction="down_good",
        definition="The slip in days that four in five finished projects stayed at or below.",
        of_projects=slip_days,
        summary=percentile(0.8),
        against=AGAINST,
    ),
    Measure(
        name="late_rate",
        unit="share",
        direction="down_good",
        definition="Share of finished projects that ended after their baseline finish.",
        of_projects=slip_days,
        summary=rate(lambda sample: sample.value > 0),
        against=AGAINST,
    ),
    Measure(
        name="schedule_overrun_median",
        unit="share",
        direction="down_good",
        definition="The time the middle finished project took above its planned time, as a share of "
        "it; a late start is no overrun.",
        of_projects=duration,
        summary=median(overrun),
        against=AGAINST,
    ),
    Measure(
        name="forecast_slip_days_median",
        unit="days",
        direction="down_good",
        definition=f"Days by which the finish of the middle project moved, {_FORECAST}",
        of_projects=forecast_slip,
        summary=median(),
    ),
    Measure(
        name="forecast_behind_rate",
        unit="share",
        direction="down_good",
        definition=f"Share of projects whose finish moved later, {_FORECAST}",
        of_projects=forecast_slip,
        summary=rate(lambda sample: sample.value > 0),
    ),
    Measure(
        name="forecast_on_rate",
        unit="share",
        direction="up_good",
        definition=f"Share of projects whose finish did not move, {_FORECAST}",
        of_projects=forecast_slip,
        summary=rate(lambda sample: sample.value == 0),
    ),
    Measure(
        name="forecast_ahead_rate",
        unit="share",
        direction="up_good",
        definition=f"Share of projects whose finish moved earlier, {_FORECAST}",
        of_projects=forecast_slip,
        summary=rate(lambda sample: sample.value < 0),
    ),
)
