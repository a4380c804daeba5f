"""What is in the portfolio: counts, who joined and left between exports, budgets by export."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple

import ibis
import ibis.expr.types as ir
import numpy as np

from trackrecord.facts import baselines
from trackrecord.figure import Baseline, Figure
from trackrecord.groups import MOST_GROUPS
from trackrecord.in_time import PLACE, placed
from trackrecord.measures.basis import Basis, Cell
from trackrecord.measures.measure import Measure, Quantity, Summed, undefined
from trackrecord.measures.sample import Sample
from trackrecord.measures.summaries import count


def present(table: ir.Table, _plan: Baseline) -> Quantity:
    """1 for every project, or item."""
    one = ibis.literal(1, type="int64")
    return Quantity(value=one, undefined=undefined(table.project.notnull()), needs=("project",))


def state(table: ir.Table, _plan: Baseline) -> Quantity:
    """1 for an open project, 2 for a finished, 3 for a cancelled one."""
    number = ibis.cases(
        *((table.state == name, code) for name, code in _STATES.items()), else_=0
    ).cast("int64")
    return Quantity(
        value=number,
        undefined=undefined(table.project.notnull(), missing=table.state.isnull()),
        needs=("state",),
    )


def seen_again(table: ir.Table, _plan: Baseline) -> Quantity:
    """1 for a project that stands in two or more exports, else 0."""
    return Quantity(
        value=table.again.cast("int64"),
        undefined=undefined(table.project.notnull()),
        needs=("project",),
    )


_STATES: Final = {"open": 1, "finished": 2, "cancelled": 3}

ROWS: Final = Measure(
    name="rows_taken",
    unit="rows",
    definition="How many rows of the files were taken; those with problems are missing and listed with "
    "their reasons.",
)
PROJECTS: Final = Measure(
    name="projects",
    unit="projects",
    definition="How many projects there are; by export, how many each export lists.",
    of_projects=present,
    summary=count(lambda sample: sample.value == 1),
)
JOINED: Final = Measure(
    name="joined",
    unit="projects",
    definition="Projects that an export lists and the export before it did not.",
)
STAYED: Final = Measure(
    name="stayed",
    unit="projects",
    definition="Projects that an export lists as the export before it did.",
)
LEFT: Final = Measure(
    name="left",
    unit="projects",
    definition="Projects that the export before listed and this one does not.",
)
BUDGETS: Final = Measure(
    name="cost_baseline_sum",
    unit="money",
    definition="The planned cost that an export states, added up over the projects that state one; "
    "not the total where some do not.",
)
MEASURES: Final = (
    ROWS,
    PROJECTS,
    *(
        Measure(
            name=name,
            unit="projects",
            definition=f"How many projects are {name}; those of unknown state are missing.",
            of_projects=state,
            summary=count(lambda sample, code=code: sample.value == code),  # type: ignore[misc]
        )
        for name, code in (("finished", 2), ("cancelled", 3), ("open", 1))
    ),
    JOINED,
    STAYED,
    LEFT,
    Measure(
        name="linked",
        unit="projects",
        definition="Projects that stand in two or more exports.",
        of_projects=seen_again,
        summary=count(lambda sample: sample.value == 1),
    ),
    BUDGETS,
    Measure(
        name="items",
        unit="items",
        definition="How many items (tasks, issues, work packages) there are, each counted once.",
        of_items=present,
        summary=count(lambda sample: sample.value == 1),
    ),
)


def rows_taken(basis: Basis) -> Iterator[Figure]:
    """How many rows were taken, where the basis is a Record that knows what it read."""
    if basis.rows_taken is None:
        return
    behind = Sample(
        np.zeros(basis.rows_taken, np.int8), missing={"not_taken": basis.rows_with_problems}
    )
    yield basis.figure(ROWS, Summed(basis.rows_taken), behind)


def taken(basis: Basis) -> ir.Table:
    """The places of the rows that were taken, each once, with its project and `value`, a 1."""
    places = [placed(basis.engine, name, "project", *PLACE) for name in ("projects", "items")]
    rows = ibis.union(*(each.select("project", *PLACE) for each in places))
    return rows.distinct().mutate(value=ibis.literal(1))


class Export(NamedTuple):
    """One export: its place in time and the name users call it by."""

    order: str
    name: str


def presence(basis: Basis) -> ir.Table:
    """One row a project and export it stands in: the nth of its register; export_before and export_after are the numbers of
    the nearest exports of its register that list it, null where none does."""
    rows = placed(basis.engine, "projects", "register", "export", "export_order")
    rows = rows.select("number", "register", "export", "export_order").distinct()
    exports = rows.select(of="register", at="export_order", called="export").distinct()
    exports = exports.mutate(
        nth=ibis.dense_rank().over(
            ibis.window(group_by=exports.of, order_by=[exports.at, exports.called])
        )
    )
    numbered = rows.join(
        exports,
        [("register", "of"), ("export_order", "at"), ("export", "called")],
    ).drop("of", "at", "called")
    own = ibis.window(group_by=[numbered.number, numbered.register], order_by=numbered.nth)
    return numbered.mutate(
        export_before=numbered.nth.lag().over(own), export_after=numbered.nth.lead().over(own)
    )


def leaving(rows: ir.Table) -> ir.Table:
    """The presence of projects that the next export of their register (next_export) does not list."""
    names = rows.select(of="register", before="nth", next_export="export").distinct()
    names = names.mutate(before=names.before - 1)
    joined = rows.join(names, [("register", "of"), ("nth", "before")])
    return joined.filter(~(joined.export_after == joined.nth + 1).fill_null(False))


def by_export(basis: Basis) -> Iterator[Figure]:
    """Projects, joined, stayed and left of each of the latest exports, and their budgets; joined, stayed
    and left only where an export follows another of its register."""
    counts = dict([*_counts(basis).items()][-MOST_GROUPS:])
    for export, of in counts.items():
        yield _figure(basis, PROJECTS, export, of["listed"], n=of["listed"])
        if of["follows"]:
            for measure in (JOINED, STAYED, LEFT):
                yield _figure(basis, measure, export, of[measure.name], n=of["listed"])
    yield from _budgets(basis, counts)


def _counts(basis: Basis) -> dict[Export, dict[str, int]]:
    rows = presence(basis)
    stayed = (rows.export_before == rows.nth - 1).fill_null(False)
    stays = (rows.export_after == rows.nth + 1).fill_null(False)
    found = basis.engine.fetch(
        rows.group_by("register", "nth", "export_order", "export").agg(
            listed=rows.count(), stayed=rows.count(where=stayed), leaving=rows.count(where=~stays)
        )
    ).to_pylist()
    found.sort(key=lambda row: (row["export_order"], row["export"], row["register"]))
    leaving = {(row["register"], row["nth"] + 1): row["leaving"] for row in found}
    counts: dict[Export, dict[str, int]] = {}
    for row in found:
        of = counts.setdefault(Export(row["export_order"], row["export"]), defaultdict(int))
        of["listed"] += row["listed"]
        if row["nth"] > 0:
            of["follows"] = 1
            of["stayed"] += row["stayed"]
            of["joined"] += row["listed"] - row["stayed"]
            of["left"] += leaving[row["register"], row["nth"]]
    return counts


def budgets(basis: Basis) -> ir.Table:
    """One row a project and export: the planned cost it states there (minor units), and its currency."""
    rows = baselines(basis.engine, "cost", "currency", "export", "export_order")
    stated = rows.group_by("number", "export_order", "export").agg(
        cost=basis.engine.latest(rows.cost, rows.place),
        said_currency=basis.engine.latest(rows.currency, rows.place),
    )
    projects = basis.projects.select(of="number", project_currency="currency")
    joined = stated.left_join(projects, [("number", "of")])
    return joined.select(
        "number",
        "export",
        "export_order",
        "cost",
        currency=ibis.coalesce(stated.said_currency, projects.project_currency),
    )


def _budgets(basis: Basis, counts: dict[Export, dict[str, int]]) -> Iterator[Figure]:
    rows = budgets(basis)
    rows = rows.filter(rows.cost.notnull())
    sums = rows.group_by("export_order", "export", "currency").agg(
        cost=rows.cost.sum().cast("int64"), n=rows.count()
    )
    found = basis.engine.fetch(sums).to_pylist()
    found.sort(key=lambda row: (row["export_order"], row["export"], row["currency"] or ""))
    currencies = {row["currency"] for row in found}
    for row in found:
        export = Export(row["export_order"], row["export"])
        if export not in counts:
            continue
        several = len(currencies) > 1 and row["currency"]
        yield _figure(
            basis,
            BUDGETS,
            export._replace(name=f"{export.name} / {row['currency']}") if several else export,
            row["cost"],
            n=row["n"],
            missing=max(0, counts[export]["listed"] - row["n"]),
            currency=row["currency"],
        )


def _figure(
    basis: Basis,
    measure: Measure,
    export: Export,
    value: int,
    *,
    n: int,
    missing: int = 0,
    currency: str | None = None,
) -> Figure:
    behind = Sample(np.zeros(n, np.int64), missing={"missing": missing})
    cell = Cell("export", export.name, slice(None), currency)
    return basis.figure(measure, Summed(value), behind, cell=cell)
