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
from trackrecord.groups import MOST_GROUPS
from trackrecord.in_time import exports, placed
from trackrecord.measures.basis import Basis, Cell
from trackrecord.measures.measure import Measure, Quantity, Summed, completed, undefined
from trackrecord.measures.portfolio import Export
from trackrecord.measures.sample import Sample
from trackrecord.measures.summaries import rate
from trackrecord.rating_codes import GREEN, SCALES, named

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
    """One row a project and export that rates it: number, export_no, and the last rating there."""
    rows = placed(basis.engine, "reports", "rating", "export_no")
    rows = rows.filter(rows.rating.notnull())
    # Sorted within each export: to group ten million pairs would take four times the memory.
    there = ibis.window(group_by=rows.export_no, order_by=[rows.number, rows.place])
    rows = rows.mutate(following=rows.number.lead().over(there))
    last = rows.filter(rows.following.isnull() | (rows.following != rows.number))
    return last.select("number", "export_no", "rating")


def rag_counts(basis: Basis) -> Iterator[Figure]:
    """How many projects each of the latest exports rates how: every rating of a scale it uses."""
    if not basis.stated["projects"]["rag"]:
        return
    counts = _counted(basis)
    listed = _listed(basis)
    for export, scales in [*sorted(counts.items())][-MOST_GROUPS:]:
        rated = sum(sum(of.values()) for of in scales.values())
        unrated = {"missing": max(0, listed.get(export, rated) - rated)}
        for scale, of in sorted(scales.items()):
            words = f" ({scale}-point scale)" if len(scales) > 1 else ""
            behind = Sample(np.zeros(sum(of.values()), np.int8), missing=unrated)
            for rag in (*SCALES.get(scale, ()), *sorted(set(of) - set(SCALES.get(scale, ())))):
                cell = Cell("export / rating", f"{export.name} / {rag}{words}", slice(None))
                yield basis.figure(RATINGS, Summed(of.get(rag, 0)), behind, cell=cell)


def _counted(basis: Basis) -> dict[Export, dict[str, dict[str, int]]]:
    """How many projects an export rates on a scale, and how; "" is a scale that is not stated."""
    rows = ratings(basis)
    counted = rows.group_by("export_no", "rating").agg(n=rows.count())
    names = exports(basis.engine, "reports")
    found = basis.engine.fetch(counted.join(names, "export_no")).to_pylist()
    counts: dict[Export, dict[str, dict[str, int]]] = {}
    for row in found:
        scale, rag = named(row["rating"])
        scales = counts.setdefault(Export(row["export_order"], row["export"]), {})
        scales.setdefault(scale or "", {})[rag] = row["n"]
    return counts


def green_before(basis: Basis) -> ir.Table:
    """One row a project that finished late: whether it was reported green 6, 3 and 1 months before its
    original baseline finish (null where it had no report yet)."""
    reports = placed(basis.engine, "reports", "as_at", "rating")
    reports = reports.filter(reports.rating.notnull(), reports.as_at.notnull())
    late = basis.projects.filter(
        completed(basis.projects),
        basis.projects.finished > basis.projects.original_finish,
    ).select(late="number", due="original_finish")
    rows = reports.join(late, [("number", "late")])
    days_left = rows.due.delta(rows.as_at, unit="day")
    rows = rows.mutate(
        **{
            f"rated_{months}": ibis.cases((days_left >= months * _DAYS_A_MONTH, rows.rating))
            for months in MONTHS_BEFORE
        }
    )
    return rows.group_by("number").agg(
        **{
            f"green_{months}": basis.engine.latest(rows[f"rated_{months}"], rows.place).isin(GREEN)
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
