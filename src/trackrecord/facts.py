"""From exports and status reports to one row a project, and one an item, as table expressions.

A register says many things about a project, at many times.  `projects` settles what holds:

- a value: the row of the latest export that states it; a blank is filled from the last row that did;
- `state` and `finished`: the latest row only, for a project that no longer says it is finished isn't;
- the original baseline: what is stated to be the original, by whoever stated it first; else the
  earliest plan stated.  The current baseline: the latest plan stated, else the original;
- forecasts: the first and the last one stated.

Rows are put in time by `place`: exports in order, then files, sheets and rows.  It is total, so no
tie is left for an engine to settle in its own way.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import ibis
import ibis.expr.types as ir

from trackrecord.engine import Engine

# A row number fits below this, and so many sources above it, in one 64-bit integer.
_ROWS: Final = 2**32
# Baselines that one row states: the original, numbered changes, the plan, the one called current.
_STATED: Final[Mapping[str, int]] = {"original": 0, "planned": 62, "current": 63}
_LAST_CHANGE: Final = 61
_A_ROW: Final = 64
_A_YEAR: Final = 365

PLACE: Final = ("register", "key", "file", "sheet", "row", "export")
_SAID: Final = (
    *("org_unit", "kind", "started", "duration_days"),
    *("cost_actual", "currency", "effort_actual", "benefit_actual"),
)
_QUANTITIES: Final = ("start", "finish", "cost", "benefit", "effort")
_REPORTED: Final = (
    *("forecast_finish", "forecast_cost", "finish_change_days", "cost_change"),
    *("rag", "rag_scale", "currency"),
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


def placed(engine: Engine, name: str, *columns: str) -> ir.Table:
    """Columns of a canonical table with `project`, and with what puts its rows in time.

    place: one integer that sorts the rows.  export_no: the exports counted from 0.
    """
    rows = engine.table(name)
    source = ("export_order", "file", "sheet")
    # A blank in a key would make the join below drop the row.
    rows = rows.mutate(**{column: rows[column].fill_null("") for column in source})
    sources = rows.select(**{f"source_{column}": rows[column] for column in source}).distinct()
    in_time = ibis.window(order_by=[sources[f"source_{column}"] for column in source])
    sources = sources.mutate(
        source=ibis.row_number().over(in_time),
        export_no=ibis.dense_rank().over(order_by=sources.source_export_order),
    )
    links = engine.table("links").rename(link_register="register", link_key="key")
    joined = rows.join(
        sources, [rows[column] == sources[f"source_{column}"] for column in source]
    ).left_join(links, [rows.register == links.link_register, rows.key == links.link_key])
    return joined.select(
        *columns,
        project=ibis.coalesce(links.project, rows.register + "/" + rows.key),
        place=sources.source.cast("int64") * _ROWS + rows.row.fill_null(0).cast("int64"),
        export_no=sources.export_no.cast("int64"),
    )


def projects(engine: Engine) -> ir.Table:
    """One row a project.

    project; register, key, file, sheet, row and export of its latest row, and its as_at;
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
    said, plans, changes = _said(engine), _plans(engine), _changes(engine)
    forecasts = _forecasts(engine)
    publishers, planners = _publishers(engine), _planners(engine)
    joined = (
        said.left_join(plans, said.project == plans.plans_project)
        .left_join(changes, said.project == changes.changes_project)
        .left_join(forecasts, said.project == forecasts.forecasts_project)
        .left_join(publishers, said.register == publishers.publishers_register)
        .left_join(planners, said.register == planners.planners_register)
    )
    replanned = (plans.current_finish != plans.original_finish).fill_null(False) | (
        plans.current_cost != plans.original_cost
    ).fill_null(False)
    settled = {
        "currency": ibis.coalesce(said.currency, plans.plans_currency, forecasts.last_currency),
        "one_currency": (said.currency == plans.plans_currency).fill_null(True),
        # An original beside a current plan shows one change, though not when it was made.
        "plan_changes": ibis.greatest(changes.plan_changes.fill_null(0), replanned.cast("int64")),
        "recent_plan_changes": changes.recent_plan_changes.fill_null(0),
        "finish_followed": said.again | planners.finish_beside.fill_null(False),
        "cost_followed": said.again | planners.cost_beside.fill_null(False),
        **{column: joined[column].fill_null(False) for column in _YES_OR_NO},
    }
    left_out = {"plans_currency", "last_currency", "changes_project", "plans_project"}
    left_out |= {
        "forecasts_project",
        "publishers_register",
        "planners_register",
        "finish_beside",
        "cost_beside",
        *settled,
    }
    kept = [column for column in joined.columns if column not in left_out]
    return joined.select(*kept, **settled)


def items(engine: Engine) -> ir.Table:
    """One row an item: project, item_id; register, key, file, sheet, row and export of its latest
    row; kind, state, estimate and actual (hours), duration_days, percent_complete, summary.

    An item that a file repeats, for each person who worked on it, say, counts once.
    """
    rows = placed(engine, "items", *PLACE, "item_id", *_ITEM_SAID)
    return rows.group_by(
        "project", item_register="register", item_key="key", item_id="item_id"
    ).agg(**{column: engine.latest(rows[column], rows.place) for column in (*PLACE, *_ITEM_SAID)})


def _said(engine: Engine) -> ir.Table:
    rows = placed(engine, "projects", *PLACE, *_SAID, "as_at", "state", "finished")
    said = rows.group_by("project").agg(
        **{column: engine.latest(rows[column], rows.place) for column in (*PLACE, *_SAID)},
        as_at=rows.as_at.max(),
        again=rows.export_no.min() < rows.export_no.max(),
        last_place=rows.place.max(),
        **{
            f"last_{column}": engine.latest(rows[column], rows.place)
            for column in ("state", "finished")
        },
        **{
            f"{column}_place": rows.place.max(where=rows[column].notnull())
            for column in ("state", "finished")
        },
    )
    return said.select(
        *("project", *PLACE, *_SAID, "as_at", "again"),
        **{
            column: (said[f"{column}_place"] == said.last_place).ifelse(
                said[f"last_{column}"], ibis.null(said[f"last_{column}"].type())
            )
            for column in ("state", "finished")
        },
    )


def baselines(engine: Engine, *columns: str) -> ir.Table:
    """The baselines, their place made finer: several may be stated in one row."""
    rows = placed(engine, "baselines", "stated", "seq", *columns)
    change = ibis.greatest(ibis.least(rows.seq.fill_null(1), _LAST_CHANGE), 1)
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
    found = rows.group_by(plans_project=rows.project).agg(
        **{f"o_{q}": engine.earliest(rows[f"original_{q}"], rows.place) for q in _QUANTITIES},
        **{f"first_{q}": engine.earliest(rows[q], rows.place) for q in _QUANTITIES},
        **{f"c_{q}": engine.latest(rows[f"current_{q}"], rows.place) for q in _QUANTITIES},
        plans_currency=engine.latest(rows.currency, rows.place),
    )
    originals = {q: ibis.coalesce(found[f"o_{q}"], found[f"first_{q}"]) for q in _QUANTITIES}
    return found.select(
        "plans_project",
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
    before = ibis.window(group_by=rows.project, order_by=rows.place)
    plans = rows.select(
        "project",
        changed=(
            (rows.finish != rows.finish.lag().over(before)).fill_null(False)
            | (rows.cost != rows.cost.lag().over(before)).fill_null(False)
        ),
        on=ibis.coalesce(rows.approved_on, rows.as_at),
    )
    moved = plans.filter(plans.changed)
    moved = moved.mutate(last=moved.on.max().over(ibis.window(group_by=moved.project)))
    recent = (moved.last.delta(moved.on, unit="day") < _A_YEAR).fill_null(False)
    return moved.group_by(changes_project=moved.project).agg(
        plan_changes=moved.count(), recent_plan_changes=moved.count(where=recent)
    )


def _forecasts(engine: Engine) -> ir.Table:
    rows = placed(engine, "reports", *_REPORTED)
    last = ("finish_change_days", "cost_change", "rag", "rag_scale")
    again = {"reported_again": rows.export_no.min() < rows.export_no.max()}
    for quantity in ("finish", "cost"):
        stated = rows[f"forecast_{quantity}"].notnull()
        again[f"{quantity}_again"] = rows.export_no.min(where=stated) < rows.export_no.max(
            where=stated
        )
    return rows.group_by(forecasts_project=rows.project).agg(
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
