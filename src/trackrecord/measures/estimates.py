"""Estimate accuracy: actual effort against the estimate, of items or else of projects (methods.md 2.7).

The headline is PRED(25); MMRE stands here only so that it can be compared with what others
publish, since it rewards those who estimate too low.
"""

from __future__ import annotations

from functools import partial
from typing import Final

import ibis.expr.types as ir
import numpy as np
from numpy.typing import NDArray

from trackrecord.figure import Baseline
from trackrecord.measures.measure import AGAINST, Measure, Quantity, completed, undefined
from trackrecord.measures.sample import Sample
from trackrecord.measures.summaries import (
    exponent,
    geometric_mean,
    mean,
    median,
    rate,
    ratio,
    ratio_of_totals,
    relative_error,
    spread,
    total,
)


def project_effort(facts: ir.Table, plan: Baseline) -> Quantity:
    """Hours a finished project took, against the hours of its baseline."""
    return _hours(
        facts.effort_actual,
        facts[f"{plan}_effort"],
        among=completed(facts),
        needs=("effort_actual", f"{plan}_effort"),
    )


def item_effort(items: ir.Table, _plan: Baseline) -> Quantity:
    """Hours an item took, against its estimate; cancelled and half-done items, and the summary rows
    of a schedule, are none of these."""
    among = (
        items.estimate.notnull()
        & ~(items.state == "cancelled").fill_null(False)
        & ~(items.percent_complete < 1).fill_null(False)
        & ~items.summary.fill_null(False)
    )
    return _hours(items.actual, items.estimate, among=among, needs=("actual", "estimate"))


def project_hours(facts: ir.Table, _plan: Baseline) -> Quantity:
    """Hours booked on a project."""
    return Quantity(
        value=facts.effort_actual,
        undefined=undefined(facts.project.notnull(), missing=facts.effort_actual.isnull()),
        needs=("effort_actual",),
    )


def item_hours(items: ir.Table, _plan: Baseline) -> Quantity:
    """Hours booked on an item."""
    return Quantity(
        value=items.actual,
        undefined=undefined(~items.summary.fill_null(False), missing=items.actual.isnull()),
        needs=("actual",),
    )


def _hours(
    actual: ir.Column, estimate: ir.Column, *, among: ir.BooleanValue, needs: tuple[str, ...]
) -> Quantity:
    return Quantity(
        value=actual,
        base=estimate,
        undefined=undefined(
            among,
            missing=actual.isnull() | estimate.isnull(),
            nonpositive_baseline=estimate <= 0,
            nonpositive_duration=actual <= 0,
        ),
        needs=needs,
    )


def _below_and_above(sample: Sample) -> dict[str, NDArray[np.bool_]]:
    return {"over": sample.value < sample.base, "under": sample.value > sample.base}


_accuracy: Final = partial(
    Measure,
    of_projects=project_effort,
    of_items=item_effort,
    items_first=True,
    against=AGAINST,
)

MEASURES: Final = (
    Measure(
        name="hours_actual_total",
        unit="hours",
        definition="All hours booked, each item counted once; what is not stated is not in it.",
        of_projects=project_hours,
        of_items=item_hours,
        items_first=True,
        summary=total(),
    ),
    _accuracy(
        name="estimate_over_rate",
        unit="share",
        definition="Share that took less effort than estimated.",
        summary=rate(lambda sample: sample.value < sample.base),
    ),
    _accuracy(
        name="estimate_exact_rate",
        unit="share",
        direction="up_good",
        definition="Share that took exactly the effort estimated.",
        summary=rate(lambda sample: sample.value == sample.base),
    ),
    _accuracy(
        name="estimate_under_rate",
        unit="share",
        direction="down_good",
        definition="Share that took more effort than estimated.",
        summary=rate(lambda sample: sample.value > sample.base),
    ),
    _accuracy(
        name="estimate_ratio_geomean",
        unit="ratio",
        definition="Actual over estimated effort, as a geometric mean; the groups are the over- and "
        "the under-estimated ones.",
        summary=geometric_mean(),
        parts=_below_and_above,
    ),
    _accuracy(
        name="estimate_ratio_median",
        unit="ratio",
        definition="Actual over estimated effort, in the middle case.",
        summary=median(ratio),
    ),
    _accuracy(
        name="estimate_ratio_total",
        unit="ratio",
        definition="All actual effort over all estimated effort.",
        summary=ratio_of_totals(),
    ),
    _accuracy(
        name="estimate_exponent",
        unit="ratio",
        definition="How actual effort grows with the estimate: 1 is in proportion, below 1 says that "
        "large ones take less than their estimate, or small ones more.",
        summary=exponent,
    ),
    _accuracy(
        name="estimate_pred25",
        unit="share",
        direction="up_good",
        definition="Share whose estimate lay within a quarter of the actual effort.",
        summary=rate(lambda sample: 4 * np.abs(sample.value - sample.base) <= sample.value),
    ),
    _accuracy(
        name="estimate_mmre",
        unit="share",
        direction="down_good",
        definition="Mean distance of the estimate from the actual effort, as a share of the actual; "
        "it flatters estimates that are too low.",
        summary=mean(relative_error),
    ),
    _accuracy(
        name="estimate_bias",
        unit="share",
        direction="down_good",
        definition="Typical effort above the estimate, as a share of it (geometric mean).",
        summary=geometric_mean(less=1.0),
    ),
    _accuracy(
        name="estimate_spread",
        unit="ratio",
        direction="down_good",
        definition="The factor by which a typical estimate is off, once the bias is taken out.",
        summary=spread,
    ),
)
