"""The share of projects that finish on time, with open and cancelled ones handled (methods.md 2.4).

A rate over finished projects flatters: the late ones are still open.  Here an open project counts for
as long as it has been watched, and a cancelled one as one that will never finish on time.
"""

from __future__ import annotations

from typing import Final

import ibis
import ibis.expr.types as ir

from trackrecord.figure import Baseline
from trackrecord.measures.measure import AGAINST, Measure, Quantity, Summed, undefined
from trackrecord.measures.sample import Sample
from trackrecord.survival import CANCELLED, FINISHED, OPEN, on_time_rate


def age(facts: ir.Table, plan: Baseline) -> Quantity:
    """Days from start to the end, or to the last export, against the days planned from that start.

    Age over plan is at most 1 exactly where the finish is no later than the baseline's.  Where no
    start is stated the baseline's is taken.  A cancelled project without a date is taken to have
    been watched to the last export: its time is not known, its failure is.
    """
    start = ibis.coalesce(facts.started, facts[f"{plan}_start"])
    finished, cancelled = facts.state == "finished", facts.state == "cancelled"
    end = ibis.cases(
        (finished, facts.finished),
        (cancelled, ibis.coalesce(facts.finished, facts.as_at)),
        else_=facts.as_at,
    )
    days, planned = end.delta(start, unit="day"), facts[f"{plan}_finish"].delta(start, unit="day")
    return Quantity(
        value=days,
        base=planned,
        kind=ibis.cases((finished, FINISHED), (cancelled, CANCELLED), else_=OPEN),
        undefined=undefined(
            facts.state.notnull(),
            missing=days.isnull() | planned.isnull(),
            nonpositive_baseline=planned <= 0,
            not_started=(facts.state == "open") & (days < 0),
            nonpositive_duration=days < 0,
        ),
        needs=(f"{plan}_finish", f"started|{plan}_start", "state"),
    )


def on_time(sample: Sample, level: float) -> Summed:
    """The Aalen-Johansen share that finished by the planned day; undefined below ten ends."""
    if not sample.n:
        return Summed(None, reason=sample.reason)
    found = on_time_rate(sample.value / sample.base, sample.kind, level=level)
    return Summed(found.rate, found.low, found.high, found.level, found.reason)


MEASURES: Final = (
    Measure(
        name="on_time_rate",
        unit="share",
        direction="up_good",
        definition="Share of projects that finish by their baseline finish; open projects count for "
        "as long as they have run, cancelled ones as not on time.",
        of_projects=age,
        summary=on_time,
        against=AGAINST,
    ),
)
