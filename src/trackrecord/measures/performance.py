"""What each project has earned, for its money and its time: CPI, SPI, SPI(t) and EAC as Figures.

Over all projects an index is everything earned over everything spent, or planned: dear projects weigh
more.  A single report shows no plan to be ahead of or behind in time: `too_few`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import ibis.expr.types as ir
import numpy as np
import pyarrow.compute as pc

from trackrecord.figure import Baseline, Figure
from trackrecord.groups import MOST_GROUPS
from trackrecord.measures.basis import Basis, Cell
from trackrecord.measures.measure import Measure, Quantity, undefined
from trackrecord.measures.sample import REASONS, Sample
from trackrecord.measures.summaries import ratio_of_totals, total

FEWEST_REPORTS: Final = 2


def cost(facts: ir.Table, _plan: Baseline) -> Quantity:
    """What a project has earned, against what it has spent, so far."""
    return Quantity(
        value=facts.ev,
        base=facts.ac,
        undefined=undefined(
            facts.project.notnull(),
            missing=facts.ev.isnull() | facts.ac.isnull(),
            unit_mismatch=facts.other_currency,
            not_started=facts.ac <= 0,
        ),
        needs=("ev",),
    )


def schedule(facts: ir.Table, _plan: Baseline) -> Quantity:
    """What a project has earned, against what was planned by now."""
    return Quantity(
        value=facts.ev,
        base=facts.pv,
        undefined=undefined(
            facts.project.notnull(),
            missing=facts.ev.isnull() | facts.pv.isnull(),
            unit_mismatch=facts.other_currency,
            not_started=facts.pv <= 0,
        ),
        needs=("ev",),
    )


def time(facts: ir.Table, _plan: Baseline) -> Quantity:
    """The days by which the plan had reached what is earned, against the days that have passed."""
    return Quantity(
        value=facts.days_earned,
        base=facts.days_passed,
        undefined=undefined(
            facts.project.notnull(),
            scale_changed=facts.plan_fell,
            too_few=facts.planned_reports < FEWEST_REPORTS,
            not_started=facts.days_passed <= 0,
            missing=facts.days_earned.isnull() | facts.days_passed.isnull(),
        ),
        needs=("ev",),
    )


def forecast(facts: ir.Table, _plan: Baseline) -> Quantity:
    """What a project will cost in all, if the rest costs as the work so far did: minor units."""
    return Quantity(
        value=facts.bac * (facts.ac / facts.ev),
        undefined=undefined(
            facts.project.notnull(),
            missing=facts.ev.isnull() | facts.ac.isnull() | facts.bac.isnull(),
            unit_mismatch=facts.other_currency,
            nonpositive_baseline=facts.bac <= 0,
            not_started=(facts.ac <= 0) | (facts.ev <= 0),
        ),
        needs=("ev",),
    )


MEASURES: Final = (
    Measure(
        name="cpi",
        unit="ratio",
        direction="up_good",
        definition="Value earned for each unit of money spent, so far; below 1 is over cost.  Over all "
        "projects: everything earned over everything spent.",
        of_projects=cost,
        summary=ratio_of_totals(),
        adds_money=True,
    ),
    Measure(
        name="spi",
        unit="ratio",
        direction="up_good",
        definition="Value earned for each unit of value planned by now; below 1 is behind.  It returns "
        "to 1 at the end however late that is: beyond two thirds of the work read spi_t.",
        of_projects=schedule,
        summary=ratio_of_totals(),
        adds_money=True,
    ),
    Measure(
        name="spi_t",
        unit="ratio",
        direction="up_good",
        definition="The time at which the plan had reached what is earned by now, over the time that "
        "has passed; below 1 is behind, and at the end it is planned over actual duration.",
        of_projects=time,
        summary=ratio_of_totals(),
    ),
    Measure(
        name="eac",
        unit="money",
        definition="Cost to expect at the end if the rest costs as the work so far did: budget over "
        "cpi.",
        of_projects=forecast,
        summary=total(),
        adds_money=True,
    ),
)


def of_each_project(basis: Basis) -> Iterator[Figure]:
    """cpi, spi, spi_t and eac of each project that reports an earned value (by "project").

    With more projects than a page can hold, of those with the largest budgets.
    """
    facts = basis.projects
    earning = facts.filter(facts.ev.notnull())
    found = basis.engine.fetch(earning.select("number", budget=earning.bac.fill_null(0)))
    largest = pc.select_k_unstable(
        found, MOST_GROUPS, [("budget", "descending"), ("number", "ascending")]
    )
    shown = facts.filter(facts.number.isin(found["number"].take(largest).to_pylist()))
    for measure in MEASURES:
        assert measure.of_projects is not None
        of = measure.of_projects(shown, "original")
        columns = {"value": of.value, "undefined": of.undefined}
        if of.base is not None:
            columns["base"] = of.base
        rows = basis.engine.fetch(shown.select("project", "currency", **columns))
        for row in rows.sort_by("project").to_pylist():
            yield _figure(basis, measure, row)


def _figure(basis: Basis, measure: Measure, row: dict[str, Any]) -> Figure:
    assert measure.summary is not None
    defined = row["undefined"] == 0
    one = (slice(None),) if defined else (slice(0),)
    sample = Sample(
        np.array([row["value"] or 0])[one],
        np.array([row.get("base") or 0])[one],
        missing={} if defined else {REASONS[row["undefined"]]: 1},
        confirmed=int(defined and row["project"] in basis.confirmed),
        corrected=int(defined and row["project"] in basis.corrected),
    )
    cell = Cell("project", row["project"], slice(None), row["currency"])
    return basis.figure(measure, measure.summary(sample, basis.level), sample, cell=cell)
