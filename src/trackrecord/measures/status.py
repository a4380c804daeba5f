"""What was reported, and whether the dates agree with it (methods.md 2.6, RULE-21).

Ratings on a three-point and a five-point scale are never pooled: an amber of three is not an amber of
five.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import ibis
import ibis.expr.types as ir
import numpy as np

from trackrecord.figure import Baseline, Figure
from trackrecord.in_time import placed
from trackrecord.measures.basis import Basis, Cell
from trackrecord.measures.grouping import MOST_GROUPS
from trackrecord.measures.measure import Measure, Quantity, Summed, completed, undefined
from trackrecord.measures.portfolio import Export
from trackrecord.measures.sample import Sample
from trackrecord.measures.summaries import rate

SCALES: Final = {
    "3": ("Green", "Amber", "Red"),
    "5": ("Green", "Amber/Green", "Amber", "Amber/Red", "Red"),
}
# More slip than this share of the planned time, or so many changes of plan in a year, is not green.
SLIP_THAT_IS_NOT_GREEN: Final = 0.10
CHANGES_THAT_ARE_NOT_GREEN: Final = 2
MONTHS_BEFORE: Final = (6, 3, 1)
_DAYS_A_MONTH: Final = 30


def green_yet_moving(table: ir.Table, _plan: Baseline) -> Quantity:
    """Of open projects last reported green: 1 where dates or plans disagree with that, else 0."""
    start = ibis.coalesce(table.original_start, table.started)
    planned = table.original_finish.delta(start, unit="day")
    slip = ibis.coalesce(
        table.finish_change_days.cast("int64"),
        table.last_forecast_finish.delta(table.original_finish, unit="day"),
    )
    slips = (slip > planned * SLIP_THAT_IS_NOT_GREEN).fill_null(False)
    replanned = table.recent_plan_changes >= CHANGES_THAT_ARE_NOT_GREEN
    open_ = ~(table.state.fill_null("open").isin(["finished", "cancelled"]))
    return Quantity(
        value=(slips | replanned).cast("int64"),
        undefined=undefined(
            open_ & (table.rag == "Green"),
            missing=~replanned & (slip.isnull() | planned.isnull()),
            nonpositive_baseline=~replanned & (planned <= 0),
        ),
        needs=("rag", "original_finish", "started|original_start"),
    )


RATINGS: Final = Measure(
    name="rag_count",
    unit="projects",
    definition="Projects that an export rates so; ratings on scales of three and of five are never "
    "pooled.",
)
GREEN_BEFORE: Final = Measure(
    name="green_before_late_finish_rate",
    unit="share",
    direction="down_good",
    definition="Of the projects that finished late, the share still reported green so many months (of "
    "30 days) before their original baseline finish.",
    summary=rate(lambda sample: sample.value > 0),
)
MEASURES: Final = (
    RATINGS,
    Measure(
        name="green_yet_moving_rate",
        unit="share",
        direction="down_good",
        definition="Of the open projects last reported green, the share whose forecast finish has "
        "slipped by more than 10 % of the planned time, or whose plan was changed twice within a year.",
        of_projects=green_yet_moving,
        summary=rate(lambda sample: sample.value > 0),
    ),
    GREEN_BEFORE,
)


def ratings(basis: Basis) -> ir.Table:
    """One row a project and export that rates it: rag and rag_scale, the last of each export."""
    rows = placed(basis.engine, "reports", "export", "export_order", "rag", "rag_scale")
    rows = rows.filter(rows.rag.notnull())
    return rows.group_by("number", "export_no").agg(
        export=basis.engine.latest(rows.export, rows.place),
        export_order=basis.engine.latest(rows.export_order, rows.place),
        rag=basis.engine.latest(rows.rag, rows.place),
        rag_scale=basis.engine.latest(rows.rag_scale, rows.place),
    )


def rag_counts(basis: Basis) -> Iterator[Figure]:
    """How many projects each of the latest exports rates how: every rating of a scale it uses."""
    if not basis.stated["projects"]["rag"]:
        return
    rows = ratings(basis)
    counted = rows.group_by("export_order", "export", "rag_scale", "rag").agg(n=rows.count())
    counts: dict[Export, dict[str, dict[str, int]]] = {}
    found = basis.engine.fetch(counted).to_pylist()
    found.sort(key=lambda row: (row["export_order"], row["export"], row["rag_scale"] or ""))
    for row in found:
        scales = counts.setdefault(Export(row["export_order"], row["export"]), {})
        scales.setdefault(row["rag_scale"] or "", {})[row["rag"]] = row["n"]
    listed = _listed(basis)
    for export, scales in [*counts.items()][-MOST_GROUPS:]:
        rated = sum(sum(of.values()) for of in scales.values())
        unrated = {"missing": max(0, listed.get(export, rated) - rated)}
        for scale, of in scales.items():
            words = f" ({scale}-point scale)" if len(scales) > 1 else ""
            n = sum(of.values())
            for rag in (*SCALES.get(scale, ()), *sorted(set(of) - set(SCALES.get(scale, ())))):
                behind = Sample(np.zeros(n, np.int64), missing=unrated)
                cell = Cell("export / rating", f"{export.name} / {rag}{words}", slice(None))
                yield basis.figure(RATINGS, Summed(of.get(rag, 0)), behind, cell=cell)


def green_before(basis: Basis) -> ir.Table:
    """One row a project that finished late: whether it was reported green 6, 3 and 1 months before its
    original baseline finish (null where it had no report yet)."""
    reports = placed(basis.engine, "reports", "as_at", "rag")
    reports = reports.filter(reports.rag.notnull(), reports.as_at.notnull())
    late = basis.projects.filter(
        completed(basis.projects),
        basis.projects.finished > basis.projects.original_finish,
    ).select(late="number", due="original_finish")
    rows = reports.join(late, [("number", "late")])
    days_left = rows.due.delta(rows.as_at, unit="day")
    nothing = ibis.null("string")
    rows = rows.mutate(
        **{
            f"rag_{months}": (days_left >= months * _DAYS_A_MONTH).ifelse(rows.rag, nothing)
            for months in MONTHS_BEFORE
        }
    )
    return rows.group_by("number").agg(
        **{
            f"green_{months}": basis.engine.latest(rows[f"rag_{months}"], rows.place) == "Green"
            for months in MONTHS_BEFORE
        }
    )


def green_before_late_finish(basis: Basis) -> Iterator[Figure]:
    """The share of late finishers still green some months before they were due."""
    stated = basis.stated["projects"]
    if not (stated["rag"] and stated["finished"] and stated["original_finish"]):
        return
    late = basis.projects.filter(
        completed(basis.projects), basis.projects.finished > basis.projects.original_finish
    )
    table = green_before(basis)
    counted = table.agg(
        **{f"known_{months}": table[f"green_{months}"].count() for months in MONTHS_BEFORE},
        **{
            f"green_{months}": table.count(where=table[f"green_{months}"])
            for months in MONTHS_BEFORE
        },
    )
    found = basis.engine.fetch(counted).to_pylist()[0]
    all_late = basis.engine.fetch(late.agg(n=late.count()))["n"][0].as_py()
    for months in MONTHS_BEFORE if all_late else ():
        known, green = found[f"known_{months}"], found[f"green_{months}"]
        sample = Sample(np.arange(known) < green, missing={"missing": all_late - known})
        name = f"{months} month{'s' if months > 1 else ''} before"
        assert GREEN_BEFORE.summary is not None
        yield basis.figure(
            GREEN_BEFORE,
            GREEN_BEFORE.summary(sample, basis.level),
            sample,
            cell=Cell("months before", name, slice(None)),
        )


def _listed(basis: Basis) -> dict[Export, int]:
    """How many projects each export lists."""
    rows = placed(basis.engine, "projects", "export", "export_order")
    rows = rows.select("number", "export_order", "export").distinct()
    counted = rows.group_by("export_order", "export").agg(n=rows.count())
    return {
        Export(row["export_order"], row["export"]): row["n"]
        for row in basis.engine.fetch(counted).to_pylist()
    }
