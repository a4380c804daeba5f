"""From exports and status reports to one row a project, and one an item, as table expressions.

A register says many things about a project, at many times.  `projects` settles what holds:

- a value: the row of the latest export that states it; a blank is filled from the last row that did;
- `state` and `finished`: the latest row only, for a project that no longer says it is finished isn't;
- the original baseline: what is stated to be the original, by whoever stated it first; else the
  earliest plan stated.  The current baseline: the latest plan stated, else the original;
- forecasts: the first and the last one stated.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import ibis
import ibis.expr.types as ir

from trackrecord import rating_codes
from trackrecord.engine import Engine
from trackrecord.in_time import placed, with_keys, with_sources

# Baselines that one row states: the original, numbered changes, the plan, the one called current.
_STATED: Final[Mapping[str, int]] = {"original": 0, "planned": 62, "current": 63}
_LAST_CHANGE: Final = 61
_A_ROW: Final = 64
_A_YEAR: Final = 365
# How facts are told apart and put in time: of no use to those who read them.
_INNER: Final = ("source", "place", "export_order", "export_no")

_SAID: Final = (
    *("org_unit", "kind", "started", "duration_days"),
    *("cost_actual", "currency", "effort_actual", "benefit_actual"),
)
_QUANTITIES: Final = ("start", "finish", "cost", "benefit", "effort")
_REPORTED: Final = (
    *("forecast_finish", "forecast_cost", "finish_change_days", "cost_change"),
    *("rating", "currency"),
)
_YES_OR_NO: Final = (
    *(
        "finish_again",
        "cost_again",
        "reported_again",
        "finish_published",
        "cost_published",
    ),
)
_ITEM_SAID: Final = (
    *("kind", "state", "estimate", "actual", "duration_days", "percent_complete", "summary"),
)


def projects(engine: Engine) -> ir.Table:
    """One row a project.

    project, and its number; register, key, file, sheet, row and export of its latest row, and its
    as_at;
    org_unit, kind, started, duration_days, cost_actual, currency, effort_actual, benefit_actual;
    state, finished; again (two or more exports list it), reported_again (or report on it);
    original_*, current_*: start, finish, cost, benefit, effort;
    plan_changes (how often its plan's finish or cost was changed), recent_plan_changes (the same
    within the 365 days before the last of them); finish_followed, cost_followed (such a change would
    show: its register states an original beside another plan, or the project is in two exports);
    first_*, last_*: forecast_finish, forecast_cost; finish_again, cost_again (two or more exports
    state one); finish_change_days, cost_change (the total as last published); finish_published,
    cost_published (its register publishes such totals); rag, rag_scale (the last rating).
    Money is in minor units of `currency`; one_currency: actual and baseline do not differ in it.
    """
    kept = engine.keep("facts_of_projects", lambda: _settled(engine))
    return with_sources(engine, "projects", kept).drop(*_INNER)


def items(engine: Engine) -> ir.Table:
    """One row an item: project, number, item_id; register, key, file, sheet, row and export of its
    latest row; kind, state, estimate and actual (hours), duration_days, percent_complete, summary.

    An item that a file repeats, for each person who worked on it, say, counts once.
    """
    kept = engine.keep("facts_of_items", lambda: _items(engine))
    return with_sources(engine, "items", with_keys(engine, kept)).drop("key_no", *_INNER)


def _settled(engine: Engine) -> ir.Table:
    said, plans, changes = _said(engine), _plans(engine), _changes(engine)
    forecasts = _forecasts(engine)
    publishers, planners = _publishers(engine), _planners(engine)
    joined = (
        said.left_join(plans, [("number", "plans_number")])
        .left_join(changes, [("number", "changes_number")])
        .left_join(forecasts, [("number", "forecasts_number")])
        .left_join(publishers, [("register", "publishers_register")])
        .left_join(planners, [("register", "planners_register")])
    )
    replanned = (plans.current_finish != plans.original_finish).fill_null(False) | (
        plans.current_cost != plans.original_cost
    ).fill_null(False)
    settled = {
        "currency": ibis.coalesce(said.currency, plans.plans_currency, forecasts.last_currency),
        "one_currency": (said.currency == plans.plans_currency).fill_null(True),
        # An original beside a current plan shows one change, though not when it was made.
        "plan_changes": ibis.greatest(changes.plan_changes.fill_null(0), replanned.cast("int64")),
        "rag": rating_codes.rag(forecasts.rating),
        "rag_scale": rating_codes.scale(forecasts.rating),
        "recent_plan_changes": changes.recent_plan_changes.fill_null(0),
        "finish_followed": said.again | planners.finish_beside.fill_null(False),
        "cost_followed": said.again | planners.cost_beside.fill_null(False),
        **{column: joined[column].fill_null(False) for column in _YES_OR_NO},
    }
    left_out = {"plans_currency", "last_currency", "changes_number", "plans_number"}
    left_out |= {
        "forecasts_number",
        "publishers_register",
        "planners_register",
        "finish_beside",
        "cost_beside",
        "rating",
        *settled,
    }
    kept = [column for column in joined.columns if column not in left_out]
    return joined.select(*kept, **settled)


def _items(engine: Engine) -> ir.Table:
    rows = placed(engine, "items", "item_id", *_ITEM_SAID)
    return rows.group_by("number", "key_no", "item_id").agg(
        place=rows.place.max(),
        **{column: engine.latest(rows[column], rows.place) for column in ("source", *_ITEM_SAID)},
    )


def _said(engine: Engine) -> ir.Table:
    rows = placed(engine, "projects", *_SAID, "as_at", "state", "finished", "export_no")
    said = rows.group_by("number").agg(
        place=rows.place.max(),
        **{
            column: engine.latest(rows[column], rows.place)
            for column in ("key_no", "source", *_SAID)
        },
        as_at=rows.as_at.max(),
        again=rows.export_no.min() < rows.export_no.max(),
        **{
            f"last_{column}": engine.latest(rows[column], rows.place)
            for column in ("state", "finished")
        },
        **{
            f"{column}_place": rows.place.max(where=rows[column].notnull())
            for column in ("state", "finished")
        },
    )
    unfilled = {
        column: (said[f"{column}_place"] == said.place).ifelse(
            said[f"last_{column}"], ibis.null(said[f"last_{column}"].type())
        )
        for column in ("state", "finished")
    }
    settled = with_keys(engine, said.mutate(**unfilled))
    return settled.select(
        *("number", "project", "register", "key", "source", "place"),
        *(*_SAID, "as_at", "again", *unfilled),
    )


def baselines(engine: Engine, *columns: str) -> ir.Table:
    """The baselines, their place made finer: several may be stated in one row."""
    rows = placed(engine, "baselines", "stated", "seq", *columns)
    change = ibis.greatest(ibis.least(rows.seq.fill_null(0) + 1, _LAST_CHANGE), 1)
    within = ibis.cases(
        *((rows.stated == stated, rank) for stated, rank in _STATED.items()), else_=change
    )
    return rows.mutate(place=rows.place * _A_ROW + within.cast("int64"))


def _plans(engine: Engine) -> ir.Table:
    rows = baselines(engine, *_QUANTITIES, "currency")
    original = rows.stated == "original"
    nothing = {quantity: ibis.null(rows[quantity].type()) for quantity in _QUANTITIES}
    rows = rows.mutate(
        **{f"original_{q}": original.ifelse(rows[q], nothing[q]) for q in _QUANTITIES},
        **{f"current_{q}": original.ifelse(nothing[q], rows[q]) for q in _QUANTITIES},
    )
    found = rows.group_by(plans_number=rows.number).agg(
        **{f"o_{q}": engine.earliest(rows[f"original_{q}"], rows.place) for q in _QUANTITIES},
        **{f"first_{q}": engine.earliest(rows[q], rows.place) for q in _QUANTITIES},
        **{f"c_{q}": engine.latest(rows[f"current_{q}"], rows.place) for q in _QUANTITIES},
        plans_currency=engine.latest(rows.currency, rows.place),
    )
    originals = {q: ibis.coalesce(found[f"o_{q}"], found[f"first_{q}"]) for q in _QUANTITIES}
    return found.select(
        "plans_number",
        "plans_currency",
        **{f"original_{q}": originals[q] for q in _QUANTITIES},
        **{f"current_{q}": ibis.coalesce(found[f"c_{q}"], originals[q]) for q in _QUANTITIES},
    )


def _changes(engine: Engine) -> ir.Table:
    """How often each project's plan was changed: its finish or cost is not the one stated before.

    An original stated beside the current plan in every export is no change of plan.
    """
    rows = baselines(engine, "finish", "cost", "approved_on", "as_at")
    rows = rows.filter(rows.stated != "original")
    before = ibis.window(group_by=rows.number, order_by=rows.place)
    plans = rows.select(
        "number",
        changed=(
            (rows.finish != rows.finish.lag().over(before)).fill_null(False)
            | (rows.cost != rows.cost.lag().over(before)).fill_null(False)
        ),
        on=ibis.coalesce(rows.approved_on, rows.as_at),
    )
    moved = plans.filter(plans.changed)
    moved = moved.mutate(last=moved.on.max().over(ibis.window(group_by=moved.number)))
    recent = (moved.last.delta(moved.on, unit="day") < _A_YEAR).fill_null(False)
    return moved.group_by(changes_number=moved.number).agg(
        plan_changes=moved.count(), recent_plan_changes=moved.count(where=recent)
    )


def _forecasts(engine: Engine) -> ir.Table:
    rows = placed(engine, "reports", *_REPORTED, "export_no")
    last = ("finish_change_days", "cost_change", "rating")
    again = {"reported_again": rows.export_no.min() < rows.export_no.max()}
    for quantity in ("finish", "cost"):
        stated = rows[f"forecast_{quantity}"].notnull()
        again[f"{quantity}_again"] = rows.export_no.min(where=stated) < rows.export_no.max(
            where=stated
        )
    return rows.group_by(forecasts_number=rows.number).agg(
        first_forecast_finish=engine.earliest(rows.forecast_finish, rows.place),
        last_forecast_finish=engine.latest(rows.forecast_finish, rows.place),
        first_forecast_cost=engine.earliest(rows.forecast_cost, rows.place),
        last_forecast_cost=engine.latest(rows.forecast_cost, rows.place),
        last_currency=engine.latest(rows.currency, rows.place),
        **{column: engine.latest(rows[column], rows.place) for column in last},
        **again,
    )


def _publishers(engine: Engine) -> ir.Table:
    """The registers that publish the total change of a project's finish or cost."""
    rows = engine.table("reports")
    return rows.group_by(publishers_register=rows.register).agg(
        finish_published=rows.finish_change_days.count() > 0,
        cost_published=rows.cost_change.count() > 0,
    )


def _planners(engine: Engine) -> ir.Table:
    """The registers that state an original finish, or cost, beside another plan of it, or that number
    their changes of plan."""
    rows = engine.table("baselines")
    original = rows.stated == "original"

    def beside(quantity: ir.Column) -> ir.BooleanScalar:
        stated = quantity.notnull()
        first, other = rows.count(where=stated & original), rows.count(where=stated & ~original)
        numbered = rows.count(where=stated & (rows.stated == "change"))
        return ((first > 0) & (other > 0)) | (numbered > 0)

    return rows.group_by(planners_register=rows.register).agg(
        finish_beside=beside(rows.finish), cost_beside=beside(rows.cost)
    )
