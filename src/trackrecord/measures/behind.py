"""The rows that stand behind a Figure: which projects, or items, and where they stand in the files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from trackrecord import rating_codes
from trackrecord.errors import EvidenceError
from trackrecord.facts import baselines
from trackrecord.figure import Figure
from trackrecord.in_time import PLACE, exports, placed
from trackrecord.measures import causes, portfolio, status
from trackrecord.measures.basis import NO_CURRENCY, OUTCOME, Basis, quantity_of
from trackrecord.measures.measure import Measure

_NAMED: Final = ("project", *PLACE)
# Breakdowns that a measure makes by itself, as against those a user asks for.
OWN_BREAKDOWNS: Final = frozenset(
    {OUTCOME, "cause", "currency", "export", "export / rating", "months before", "project"}
)


def rows(basis: Basis, measure: Measure, figure: Figure) -> pa.Table:
    """The projects, or items, that a Figure was made from, the largest value first.

    Columns: project, register, key, file, sheet, row, export; item_id, for items; value, and base
    where the value is set against one, both as the Record holds them (days, hours, minor units of
    money).  For a rate or a count every row it was made from, true or not, with its value.
    """
    found = basis.engine.fetch(_behind(basis, measure, figure))
    order = [("value", "descending"), ("project", "ascending")]
    if "item_id" in found.column_names:
        order.append(("item_id", "ascending"))
    return found.sort_by(order)


def _behind(basis: Basis, measure: Measure, figure: Figure) -> ir.Table:
    if measure is portfolio.ROWS:
        return portfolio.taken(basis)
    if measure in causes.MEASURES:
        return causes.behind(basis, measure, figure)
    if measure is status.GREEN_BEFORE:
        return _green_before(basis, figure)
    if figure.by == "export / rating":
        return _rated(basis, figure)
    if figure.by == "export" and measure is portfolio.BUDGETS:
        return _budgeted(basis, figure)
    if figure.by == "export":
        return _listed(basis, measure, figure)
    return _of_quantity(basis, measure, figure)


def _of_quantity(basis: Basis, measure: Measure, figure: Figure) -> ir.Table:
    basis.ask([measure])
    level = basis.speaks(measure)
    of = quantity_of(measure, level) if level else None
    if level is None or of is None:
        raise EvidenceError(f"The record states nothing that {measure.name} could be made from.")
    table = basis.table(level)
    quantity = of(table, figure.baseline or "original")
    keep = [quantity.undefined == 0]
    money = measure.adds_money or measure.unit == "money"
    if figure.by in basis.by:
        label = table[f"by_{basis.by.index(figure.by)}"]
        names = {figure.group or ""}
        if money:  # of several currencies a group is called "Retail / EUR"
            names |= {(figure.group or "").removesuffix(f" / {figure.unit}")}
        keep.append(label.isin(sorted(names)))
    if figure.by == "project":
        keep.append(table.project == figure.group)
    if figure.by == OUTCOME and quantity.base is not None:
        below = quantity.value < quantity.base
        keep.append(below if figure.group == "over" else quantity.value > quantity.base)
    currency = figure.group if figure.by == "currency" and money else figure.unit
    if money and currency != NO_CURRENCY and (figure.by == "currency" or measure.unit == "money"):
        keep.append(table.currency == currency)
    columns = {name: table[name] for name in _NAMED}
    if level == "items":
        columns["item_id"] = table.item_id
    columns["value"] = quantity.value
    if quantity.base is not None:
        columns["base"] = quantity.base
    return table.filter(*keep).select(**columns)


def _listed(basis: Basis, measure: Measure, figure: Figure) -> ir.Table:
    """Projects of an export; for `left`, those of the export before."""
    presence = portfolio.presence(basis)
    follows = (presence.export_before == presence.nth - 1).fill_null(False)
    chosen: Mapping[str, Callable[[], ir.Table]] = {
        "projects": lambda: presence,
        "stayed": lambda: presence.filter(follows),
        "joined": lambda: presence.filter(presence.nth > 0, ~follows),
        "left": lambda: portfolio.leaving(presence),
    }
    found = chosen[measure.name]()
    moment = found.next_export if measure.name == "left" else found.export
    found = found.filter(moment == figure.group).select(of="number", at="export_order")
    places = _last_places(basis, "projects").join(found, [("number", "of"), ("export_order", "at")])
    return places.select(*_NAMED, value=ibis.literal(1))


def _budgeted(basis: Basis, figure: Figure) -> ir.Table:
    group = figure.group or ""
    names = [group, group.removesuffix(f" / {figure.unit}")]
    budgets = portfolio.budgets(basis)
    keep = [budgets.cost.notnull(), budgets.export.isin(names)]
    if figure.unit != NO_CURRENCY:
        keep.append(budgets.currency == figure.unit)
    found = budgets.filter(*keep).select(of="number", at="export_order", value="cost")
    rows = baselines(basis.engine, *_NAMED, "export_order")
    places = _last(basis, rows).join(found, [("number", "of"), ("export_order", "at")])
    return places.select(*_NAMED, "value")


def _rated(basis: Basis, figure: Figure) -> ir.Table:
    export, _, rating = (figure.group or "").rpartition(" / ")
    rating, _, scale = rating.partition(" (")
    rated = status.ratings(basis).join(exports(basis.engine, "reports"), "export_no")
    keep = [rated.export == export]
    if scale:
        keep.append(rating_codes.scale(rated.rating) == scale[0])
    word = rating_codes.rag(rated.rating)
    found = rated.filter(*keep).select(
        of="number", at="export_order", value=(word == rating).cast("int64")
    )
    places = _last_places(basis, "reports").join(found, [("number", "of"), ("export_order", "at")])
    return places.select(*_NAMED, "value")


def _green_before(basis: Basis, figure: Figure) -> ir.Table:
    months = (figure.group or "").split()[0]
    table = status.green_before(basis)
    green = table[f"green_{months}"]
    found = table.filter(green.notnull()).select(of="number", value=green.cast("int64"))
    joined = basis.projects.join(found, [("number", "of")])
    return joined.select(*_NAMED, "value")


def _last_places(basis: Basis, name: str) -> ir.Table:
    """Where each project stands in each export: its last row there."""
    return _last(basis, placed(basis.engine, name, *_NAMED, "export_order"))


def _last(basis: Basis, rows: ir.Table) -> ir.Table:
    return rows.group_by("number", "export_order").agg(
        **{column: basis.engine.latest(rows[column], rows.place) for column in _NAMED}
    )
