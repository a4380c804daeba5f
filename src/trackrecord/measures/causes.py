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
from trackrecord.in_time import PLACE, placed
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
_EXCLUSIVE: Final = MEASURES[0]
_COUNT_RATE: Final = MEASURES[-1]


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


def behind(basis: Basis, measure: Measure, figure: Figure) -> ir.Table:
    """The projects with a coded cause, or those that carry the Figure's cause, and their places.

    value: the money lost above the Figure's baseline, minor units; for `cause_count_rate` 1 for a
    project that carries the cause, 0 for one that carries others.
    """
    causes = coded(basis)
    facts = basis.projects.select("number", "project", *PLACE)
    if measure is _COUNT_RATE:
        carries = (causes.cause == figure.group).any().cast("int64")
        found = causes.group_by(of="number").agg(value=carries)
    else:
        found = _lost(basis, causes, measure, figure)
    return facts.join(found, [("number", "of")]).drop("of", "number")


def _lost(basis: Basis, causes: ir.Table, measure: Measure, figure: Figure) -> ir.Table:
    """What was lost by the projects that carry a Figure's cause; "unknown": that carry none."""
    lost = overruns(basis, figure.baseline or "original")
    lost = lost.filter(lost.overrun.notnull())
    together = causes.cause.count().over(ibis.window(group_by=causes.number))
    causes = causes.select(of="number", cause="cause", alone=together == 1)
    joined = lost.left_join(causes, [("number", "of")]).drop("of")
    joined = joined.mutate(
        cause=joined.cause.fill_null(UNKNOWN), alone=joined.alone.fill_null(True)
    )
    # Of several currencies a group is called "EUR / skills".
    named = (joined.cause == figure.group) | (
        joined.currency.fill_null("") + " / " + joined.cause == figure.group
    )
    keep = named & joined.alone if measure is _EXCLUSIVE else named
    return joined.filter(keep).select(of="number", value="overrun")


def _fetched(basis: Basis, rows: ir.Table, *then_by: str) -> pa.Table:
    """Rows in a total order, the number of each project for its name."""
    found = basis.engine.fetch(rows).rename_columns({"number": "project"})
    return found.sort_by([(column, "ascending") for column in ("project", *then_by)])
