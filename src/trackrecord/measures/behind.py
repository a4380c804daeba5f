"""The rows that stand behind a Figure: which projects, or items, and where they stand in the files."""

from __future__ import annotations

from typing import Final

import ibis.expr.types as ir
import pyarrow as pa

from trackrecord.errors import EvidenceError
from trackrecord.figure import Figure
from trackrecord.measures import causes, lists, portfolio, status
from trackrecord.measures.basis import NO_CURRENCY, OUTCOME, Basis, quantity_of
from trackrecord.measures.measure import Measure

_NAMED: Final = lists.NAMED
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
    if measure is causes.COUNT_RATE_OF:
        return _caused(basis, figure)
    if measure in causes.MEASURES:
        return _lost(basis, measure, figure)
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
    found = lists.left(basis) if measure is portfolio.LEFT else lists.listed(basis)
    found = found.filter(found.of_export == figure.group)
    if measure in (portfolio.JOINED, portfolio.STAYED):
        found = found.filter(found.how == measure.name)
    return found.select(*_NAMED, "value")


def _budgeted(basis: Basis, figure: Figure) -> ir.Table:
    group = figure.group or ""
    found = lists.budgeted(basis)
    found = found.filter(found.of_export.isin([group, group.removesuffix(f" / {figure.unit}")]))
    if figure.unit != NO_CURRENCY:
        found = found.filter(found.currency == figure.unit)
    return found.select(*_NAMED, "value")


def _rated(basis: Basis, figure: Figure) -> ir.Table:
    export, _, rating = (figure.group or "").rpartition(" / ")
    rating, _, scale = rating.partition(" (")
    found = lists.rated(basis)
    found = found.filter(found.of_export == export)
    if scale:
        found = found.filter(found.scale == scale[0])
    return found.select(*_NAMED, value=(found.word == rating).cast("int64"))


def _lost(basis: Basis, measure: Measure, figure: Figure) -> ir.Table:
    """What was lost by the projects that carry a cause; "unknown": that carry none."""
    found = lists.lost(basis, figure.baseline or "original")
    # Of several currencies a group is called "EUR / skills".
    in_currency = found.currency.fill_null("") + " / " + found.cause
    found = found.filter((found.cause == figure.group) | (in_currency == figure.group))
    if measure is causes.EXCLUSIVE:
        found = found.filter(found.alone)
    return found.select(*_NAMED, "value")


def _caused(basis: Basis, figure: Figure) -> ir.Table:
    """The projects with a coded cause: 1 for one that carries the figure's, 0 for one with others."""
    found = lists.caused(basis)
    carries = (found.cause == figure.group).cast("int64")
    return found.group_by(*_NAMED).agg(value=carries.max())


def _green_before(basis: Basis, figure: Figure) -> ir.Table:
    months = (figure.group or "").split()[0]
    table = status.green_before(basis)
    green = table[f"green_{months}"]
    found = table.filter(green.notnull()).select(of="number", value=green.cast("int64"))
    joined = basis.projects.join(found, [("number", "of")])
    return joined.select(*_NAMED, "value")
