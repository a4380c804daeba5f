"""The rows behind figures of exports and of causes: expressions over all of them at once.

`behind.rows` narrows one down to a single figure.  Those who keep figures, and must later list the rows of
any of them without an engine at hand, fetch each whole: a few queries instead of one a figure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from trackrecord import rating_codes
from trackrecord.figure import Baseline
from trackrecord.in_time import PLACE, exports, placed, with_keys, with_sources
from trackrecord.measures import causes, portfolio, status
from trackrecord.measures.basis import Basis

NAMED: Final = ("project", *PLACE)
_AT: Final = ("number", "export_no")


def listed(basis: Basis) -> ir.Table:
    """One row a project and export that lists it: NAMED; of_export; value, a 1; and how: "stayed" where
    the export before lists it too, "joined" where that does not, null where there is none before."""
    rows = portfolio.presence(basis)
    stays = (rows.export_before == rows.nth - 1).fill_null(False)
    how = ibis.cases((stays, "stayed"), (rows.nth > 0, "joined"))
    return _there(basis, "projects", rows.mutate(of_export=rows.export, how=how), "how")


def left(basis: Basis) -> ir.Table:
    """One row a project and export that does not list it and follows one that does: NAMED, where it stood
    last; of_export, the one that does not; value, a 1."""
    rows = portfolio.leaving(portfolio.presence(basis))
    return _there(basis, "projects", rows.mutate(of_export=rows.next_export))


def budgeted(basis: Basis) -> ir.Table:
    """One row a project and export that states its planned cost: NAMED; of_export; value, the cost in
    minor units; currency."""
    rows = portfolio.budgets(basis)
    rows = rows.filter(rows.cost.notnull()).mutate(of_export=rows.export, value=rows.cost)
    return _there(basis, "baselines", rows, "currency")


def rated(basis: Basis) -> ir.Table:
    """One row a project and export that rates it: NAMED; of_export; word and scale of its last rating
    there; value, a 1."""
    rows = status.ratings(basis).join(exports(basis.engine, "reports"), "export_no")
    words = {"word": rating_codes.rag(rows.rating), "scale": rating_codes.scale(rows.rating)}
    return _there(basis, "reports", rows.mutate(of_export=rows.export, **words), "word", "scale")


def lost(basis: Basis, baseline: Baseline) -> ir.Table:
    """One row a project whose loss is known and a cause of it: NAMED; value, the money lost above the
    baseline in minor units; currency; cause; alone, whether the project carries no other."""
    return _with_facts(basis, causes.lost(basis, baseline))


def caused(basis: Basis) -> ir.Table:
    """One row a project and cause that it carries: NAMED; cause; first, true for one row a project."""
    rows = causes.coded(basis)
    in_order = ibis.window(group_by=rows.number, order_by=rows.cause)
    rows = rows.select("number", "cause", first=ibis.row_number().over(in_order) == 0)
    return _with_facts(basis, rows)


def _with_facts(basis: Basis, rows: ir.Table) -> ir.Table:
    facts = basis.projects.select(of="number", **{name: basis.projects[name] for name in NAMED})
    return rows.join(facts, [("number", "of")]).drop("of", "number")


def _there(basis: Basis, name: str, rows: ir.Table, *also: str) -> ir.Table:
    """Rows of a project and an export, with where it stands there: its last row in a table."""
    if "value" not in rows.columns:
        rows = rows.mutate(value=ibis.literal(1))
    numbers = exports(basis.engine, name).select(no="export_no", at="export_order").distinct()
    if "export_no" not in rows.columns:
        rows = rows.join(numbers, [("export_order", "at")]).rename(export_no="no")
    rows = rows.select(*_AT, "of_export", "value", *also)
    places = _last(basis, name).rename(of_number="number", of_no="export_no")
    found = rows.join(places, [("number", "of_number"), ("export_no", "of_no")])
    named = with_sources(basis.engine, name, with_keys(basis.engine, found.drop(*_AT)))
    return named.select(*NAMED, "of_export", "value", *also)


def _last(basis: Basis, name: str) -> ir.Table:
    """The last place of each project in each export; numbers only, which are quick to group."""
    rows = placed(basis.engine, name, "export_no")
    return rows.group_by(*_AT).agg(
        **{each: basis.engine.latest(rows[each], rows.place) for each in ("key_no", "source")},
        place=rows.place.max(),
    )


LISTS: Final[Mapping[str, Callable[[Basis], ir.Table]]] = {
    "listed": listed,
    "left": left,
    "budgeted": budgeted,
    "rated": rated,
    "lost_original": lambda basis: lost(basis, "original"),
    "lost_current": lambda basis: lost(basis, "current"),
    "caused": caused,
}


def fetched(basis: Basis, name: str) -> pa.Table:
    """One of LISTS, in a total order: the rows of an export, or of a cause, lie together."""
    found = LISTS[name](basis)
    part = "of_export" if "of_export" in found.columns else "cause"
    rows = basis.engine.fetch(found)
    return rows.sort_by([(column, "ascending") for column in (part, *NAMED)])
