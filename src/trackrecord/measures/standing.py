"""Where each project stands by its reports: what it has earned, spent and planned, and in what time.

A project stands where its latest report with an earned value says.  Its budget is the cost of its
current baseline; without one, the last planned value, but only where the plan runs to its end.

Days are counted from the planned start, the plan being straight between two reports (and from the
last report on to the planned finish, where more was earned than was planned so far).
"""

from __future__ import annotations

from datetime import date
from typing import Final

import ibis
import ibis.expr.types as ir

from trackrecord.engine import Engine
from trackrecord.in_time import placed

_SAID_WITH_IT: Final = ("pv", "ac", "as_at", "currency")
_DAY_ZERO: Final = date(1970, 1, 1)


def with_standing(engine: Engine, projects: ir.Table) -> ir.Table:
    """The facts of projects (trackrecord.facts), and with them:

    ev, pv, ac: as the latest report with an earned value states them, minor units.  bac: the budget.
    planned_reports: how many state a planned value.  plan_fell: planned value fell between two of
    them, so they speak of two plans.  days_earned: when the plan had reached what is earned by now,
    and days_passed, both from the planned start; the clock stops when all is earned.
    other_currency: the report is in another currency than the project.
    All are null for a project whose reports state no earned value.
    """
    reports = engine.table("reports")
    # Asked first: most registers state none, and the reduction is long to compile.
    if not engine.fetch(reports.agg(stated=reports.ev.count()))["stated"][0].as_py():
        nothing = ibis.null("int64")
        return projects.mutate(
            **dict.fromkeys(("ev", "pv", "ac", "bac", "planned_reports"), nothing),
            **dict.fromkeys(("plan_fell", "other_currency"), ibis.null("boolean")),
            **dict.fromkeys(("days_earned", "days_passed"), ibis.null("float64")),
        )
    standing = engine.keep("standing_of_projects", lambda: _standing(engine, projects))
    return projects.left_join(standing.rename(stood="number"), [("number", "stood")]).drop("stood")


def _standing(engine: Engine, projects: ir.Table) -> ir.Table:
    rows = placed(engine, "reports", "as_at", "pv", "ev", "ac", "currency")
    rows = rows.mutate(as_at=_day(rows.as_at))
    now = engine.keep("earned_by_now", lambda: _now(engine, rows, projects))
    joined = now.left_join(_plans(rows, now), [("number", "planned")])
    earned, passed = _times(joined)
    return joined.select(
        *("number", "ev", "pv", "ac", "bac", "other_currency"),
        planned_reports=joined.reports.fill_null(0),
        plan_fell=joined.fell.fill_null(False),
        days_earned=earned.cast("float64"),
        days_passed=passed.cast("float64"),
    )


def _day(day: ir.DateColumn) -> ir.IntegerColumn:
    """A date as the number of its day."""
    return day.delta(ibis.literal(_DAY_ZERO), unit="day")


def _now(engine: Engine, rows: ir.Table, projects: ir.Table) -> ir.Table:
    """Where each project stands, and its plan; days as numbers."""
    earned = rows.ev.notnull()
    rows = rows.mutate(**{f"now_{name}": earned.ifelse(rows[name], None) for name in _SAID_WITH_IT})
    found = rows.group_by(stood="number").agg(
        ev=engine.latest(rows.ev, rows.place),
        last_place=rows.place.max(where=earned),
        planned_place=rows.place.max(where=rows.pv.notnull()),
        last_pv=rows.pv.max(),
        **{f"now_{name}": engine.latest(rows[f"now_{name}"], rows.place) for name in _SAID_WITH_IT},
        **{
            f"{name}_place": rows.place.max(where=rows[f"now_{name}"].notnull())
            for name in _SAID_WITH_IT
        },
    )
    # What the same report says, and no older one.
    stood = found.filter(found.ev.notnull()).mutate(
        **{
            name: (found[f"{name}_place"] == found.last_place).ifelse(found[f"now_{name}"], None)
            for name in _SAID_WITH_IT
        }
    )
    plans = projects.select(
        *("number", "state", "current_cost", "current_start", "current_finish"),
        *("original_start", "started"),
        project_currency="currency",
    )
    joined = stood.join(plans, [("stood", "number")])
    whole_plan = (joined.planned_place > joined.last_place) | (joined.state == "finished")
    return joined.select(
        *("number", "pv", "ev", "ac", "as_at"),
        bac=ibis.coalesce(
            joined.current_cost, whole_plan.fill_null(False).ifelse(joined.last_pv, None)
        ),
        other_currency=(joined.currency != joined.project_currency).fill_null(False),
        start=_day(ibis.coalesce(joined.current_start, joined.original_start, joined.started)),
        finish=_day(joined.current_finish),
    )


def _plans(rows: ir.Table, now: ir.Table) -> ir.Table:
    """Where planned values stand against what is earned by now; when all was planned, and earned."""
    dated = rows.filter(rows.as_at.notnull())
    so_far = ibis.cumulative_window(group_by=dated.number, order_by=dated.place)
    dated = dated.mutate(highest=dated.pv.max().over(so_far))
    known = now.select(of="number", now_ev="ev", now_bac="bac")
    joined = dated.join(known, [("number", "of")])
    planned = joined.pv.notnull()
    reached = joined.pv <= joined.now_ev
    return joined.group_by(planned="number").agg(
        reports=joined.pv.count(),
        first=joined.as_at.min(where=planned),
        last=joined.as_at.max(where=planned),
        idle=joined.as_at.max(where=joined.pv <= 0),
        fell=(joined.pv < joined.highest).any(),
        below_pv=joined.pv.max(where=reached),
        below_at=joined.as_at.max(where=reached),
        above_pv=joined.pv.min(where=~reached),
        above_at=joined.as_at.min(where=~reached),
        planned_done=joined.as_at.min(where=joined.pv >= joined.now_bac),
        earned_done=joined.as_at.min(where=joined.ev >= joined.now_bac),
    )


def _times(of: ir.Table) -> tuple[ir.NumericColumn, ir.NumericColumn]:
    """Days earned and days passed since the start; null where they cannot be known."""
    # Where no start is stated the first report closes a period as long as the others.
    period = ibis.cases((of.reports > 1, (of.last - of.first) / (of.reports - 1)))
    start = ibis.coalesce(of.start.cast("float64"), of.first - period)
    # Time begins with the first planned work.
    start = (of.idle > start).fill_null(False).ifelse(of.idle.cast("float64"), start)
    day = ibis.coalesce(of.below_at.cast("float64"), start)
    value = of.below_pv.fill_null(0)
    to_the_end = of.above_at.isnull() & (of.finish > day)
    next_day = ibis.cases((of.above_at.notnull(), of.above_at), (to_the_end, of.finish))
    next_value = ibis.cases((of.above_at.notnull(), of.above_pv), (to_the_end, of.bac))
    share = ibis.greatest(of.ev - value, 0) / (next_value - value)
    on_the_way = day - start + share * (next_day - day)
    whole = ibis.coalesce(of.planned_done, of.finish) - start
    done = (of.ev >= of.bac).fill_null(False)
    return done.ifelse(whole, on_the_way), ibis.coalesce(of.earned_done, of.as_at) - start
