"""What went wrong, and what each cause cost, of the causes that were coded (methods.md 3.2).

The money is that of `cost_of_failure_gross`: what finished projects cost above their baselines, and
all that cancelled ones spent.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from trackrecord.causes.pareto import COUNT_RATE, SHARES, count_rate_figures, share_figures
from trackrecord.causes.taxonomy import UNKNOWN
from trackrecord.figure import Baseline, Figure
from trackrecord.in_time import placed
from trackrecord.measures.basis import Basis
from trackrecord.measures.cost_of_failure import failure
from trackrecord.measures.measure import AGAINST, OUTSIDE, Measure

MEASURES: Final = (
    *(
        Measure(
            name=f"cause_share_{bound}",
            unit="share",
            definition=definition,
            against=AGAINST,
        )
        for bound, definition in SHARES.items()
    ),
    Measure(name="cause_count_rate", unit="share", definition=COUNT_RATE),
)
EXCLUSIVE: Final = MEASURES[0]  # counts the projects that carry one cause only
COUNT_RATE_OF: Final = MEASURES[-1]


def coded(basis: Basis) -> ir.Table:
    """One row a project and cause: number (the project's), cause, share_of_loss.

    Those that its register states last, and those that people agreed; none that people refused.
    """
    rows = placed(basis.engine, "causes", "cause", "share_of_loss", "agreed", "export_no")
    rows = rows.filter(rows.cause.notnull(), rows.agreed.fill_null(True))
    unseen = rows.agreed.isnull()
    rows = rows.mutate(
        last=ibis.cases((unseen, rows.export_no)).max().over(ibis.window(group_by=rows.number))
    )
    holding = rows.filter(rows.agreed.notnull() | (rows.export_no == rows.last))
    return holding.group_by("number", "cause").agg(
        share_of_loss=basis.engine.latest(holding.share_of_loss, holding.place)
    )


def overruns(basis: Basis, baseline: Baseline) -> ir.Table:
    """One row a project that has ended: number, overrun (minor units, null where it is not known),
    currency."""
    facts = basis.projects
    lost = failure(facts, baseline)
    overrun = ibis.cases((lost.undefined == 0, ibis.greatest(lost.value, 0)))
    ended = facts.select("number", "currency", overrun=overrun, undefined=lost.undefined)
    return ended.filter(ended.undefined != OUTSIDE).drop("undefined")


def cause_figures(basis: Basis) -> Iterator[Figure]:
    """The three bounds of each cause's share, against each baseline, and how common it is.

    No Figure at all where nobody has coded a cause, and no shares where no project states its cost
    and baseline.
    """
    causes = _fetched(basis, coded(basis), "cause")
    if not causes.num_rows:
        return
    shares: list[Figure] = []
    for baseline in AGAINST:
        projects = _fetched(basis, overruns(basis, baseline))
        if projects["overrun"].null_count < projects.num_rows:
            shares += share_figures(
                projects, causes, basis=basis.edition, as_at=basis.as_at, baseline=baseline
            )
    yield from shares
    projects = _fetched(basis, basis.projects.select("number"))
    yield from count_rate_figures(
        projects, causes, basis=basis.edition, as_at=basis.as_at, level=basis.level
    )


def lost(basis: Basis, baseline: Baseline) -> ir.Table:
    """One row a project whose loss is known and a cause that it carries: number, currency, cause, value
    (what was lost, minor units), alone (whether it carries no other); "unknown": it carries none."""
    causes = coded(basis)
    losses = overruns(basis, baseline)
    losses = losses.filter(losses.overrun.notnull())
    together = causes.cause.count().over(ibis.window(group_by=causes.number))
    causes = causes.select(of="number", cause="cause", alone=together == 1)
    joined = losses.left_join(causes, [("number", "of")]).drop("of")
    return joined.select(
        *("number", "currency"),
        cause=joined.cause.fill_null(UNKNOWN),
        alone=joined.alone.fill_null(True),
        value=joined.overrun,
    )


def _fetched(basis: Basis, rows: ir.Table, *then_by: str) -> pa.Table:
    """Rows in a total order, the number of each project for its name."""
    found = basis.engine.fetch(rows).rename_columns({"number": "project"})
    return found.sort_by([(column, "ascending") for column in ("project", *then_by)])
