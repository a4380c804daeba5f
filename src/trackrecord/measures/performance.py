"""What each project has earned, for its money and its time: CPI, SPI, SPI(t) and EAC as Figures.

A project stands where its latest report with an earned value says.  Its budget is the cost of its
current baseline; without one, the last planned value, but only where the plan runs to its end.

SPI(t) is earned schedule over actual time, both in days from the planned start, the plan being
straight between two reports (and from the last report on to the planned finish, where more was
earned than was planned so far).  A single report shows no plan to be ahead of or behind: `too_few`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import numpy as np

from trackrecord.facts import PLACE, placed
from trackrecord.figure import Figure
from trackrecord.measures import earned_schedule, earned_value
from trackrecord.measures.basis import Basis, Cell
from trackrecord.measures.grouping import MOST_GROUPS
from trackrecord.measures.measure import Measure, Summary, Summed
from trackrecord.measures.sample import Sample
from trackrecord.measures.summaries import ratio_of_totals, total
from trackrecord.undefined import Defined, Undefined

FEWEST_REPORTS: Final = 2

CPI: Final = Measure(
    name="cpi",
    unit="ratio",
    direction="up_good",
    definition="Value earned for each unit of money spent, so far; below 1 is over cost.  Over all "
    "projects: everything earned over everything spent.",
)
SPI: Final = Measure(
    name="spi",
    unit="ratio",
    direction="up_good",
    definition="Value earned for each unit of value planned by now; below 1 is behind.  It returns to "
    "1 at the end however late that is: beyond two thirds of the work read spi_t.",
)
SPI_T: Final = Measure(
    name="spi_t",
    unit="ratio",
    direction="up_good",
    definition="The time at which the plan had reached what is earned by now, over the time that has "
    "passed; below 1 is behind, and at the end it is planned over actual duration.",
)
EAC: Final = Measure(
    name="eac",
    unit="money",
    definition="Cost to expect at the end if the rest costs as the work so far did: budget over cpi.",
)

MEASURES: Final = (CPI, SPI, SPI_T, EAC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What the reports and the plan of one project say: money in minor units, days as dates.

    start: of the current baseline, else of the original, else of the project.
    reports: how many state a planned value and their day; first, last: the days of the first and
    the last of them.  idle: the last day by which nothing was planned.
    falls: planned value fell between two reports, so they speak of two plans.
    below, above: the last report whose planned value is not above what is earned, and the first
    whose is; (day, planned value).  planned_done, earned_done: the first day on which the plan, and
    the work, had reached the budget.
    """

    project: str
    currency: str | None
    pv: int | None
    ev: int
    ac: int | None
    bac: int | None
    as_at: date | None = None
    start: date | None = None
    finish: date | None = None
    reports: int = 0
    first: date | None = None
    last: date | None = None
    idle: date | None = None
    falls: bool = False
    below: tuple[date, int] | None = None
    above: tuple[date, int] | None = None
    planned_done: date | None = None
    earned_done: date | None = None


def earned_value_figures(basis: Basis) -> Iterator[Figure]:
    """cpi, spi, spi_t and eac: over all projects first, then of each (by "project").

    Nothing where no project reports an earned value.  With more projects than a page can hold,
    those with the largest budgets have a Figure of their own.  Money of several currencies is never
    added: the overall Figure is then one for each currency (by "currency").
    """
    found = reported(basis)
    if not found:
        return
    silent = basis.stated["projects"]["project"] - len(found)
    shown = sorted(found, key=lambda each: (-(each.bac or 0), each.project))[:MOST_GROUPS]
    shown.sort(key=lambda each: each.project)
    for measure in MEASURES:
        parts, summary = _METHODS[measure.name]
        for currency, rows in _by_currency(found, measure):
            cell = _overall(currency, several=len(rows) < len(found))
            sample = _sample(basis, [parts(each) for each in rows], rows, silent=silent)
            yield basis.figure(measure, _summed(summary, sample, basis.level), sample, cell=cell)
        for each in shown:
            cell = Cell("project", each.project, slice(None), each.currency)
            sample = _sample(basis, [parts(each)], [each])
            yield basis.figure(measure, _summed(summary, sample, basis.level), sample, cell=cell)


Part = tuple[float, float]


def _cost(of: Reported) -> Part | Undefined:
    if of.ac is None:
        return Undefined("missing")
    return (of.ev, of.ac) if of.ac > 0 else Undefined("not_started")


def _schedule(of: Reported) -> Part | Undefined:
    if of.pv is None:
        return Undefined("missing")
    return (of.ev, of.pv) if of.pv > 0 else Undefined("not_started")


def _time(of: Reported) -> Part | Undefined:
    """Days earned, and days that have passed; the clock stops when all is earned."""
    if of.falls:
        return Undefined("scale_changed")
    if of.reports < FEWEST_REPORTS:
        return Undefined("too_few")
    start = _start(of)
    if start is None or of.as_at is None:
        return Undefined("missing")
    passed = ((of.earned_done or of.as_at) - start).days
    if passed <= 0:
        return Undefined("not_started")
    earned = _days_earned(of, start)
    return earned if isinstance(earned, Undefined) else (earned, float(passed))


def _start(of: Reported) -> date | None:
    """Where time begins: with the first planned work.

    Where no start is stated, the first report closes a period as long as the others.
    """
    start = of.start
    if start is None and of.first and of.last:
        start = of.first - (of.last - of.first) / (of.reports - 1)
    return max(start, of.idle) if start and of.idle else start


def _days_earned(of: Reported, start: date) -> Defined:
    """Earned schedule in days from `start`: when the plan had reached what is earned by now."""
    if of.bac is not None and of.ev >= of.bac:
        end = of.planned_done or of.finish
        return float((end - start).days) if end else Undefined("missing")
    day, value = of.below or (start, 0)
    above = of.above
    if above is None and of.finish and of.bac is not None and of.finish > day:
        above = of.finish, of.bac
    if above is None:
        return Undefined("missing")
    plan = earned_schedule.Plan((float(above[1] - value),))
    share = earned_schedule.earned_schedule(plan, of.ev - value)
    return (day - start).days + share * (above[0] - day).days


def _forecast(of: Reported) -> Part | Undefined:
    if of.ac is None or of.bac is None:
        return Undefined("missing")
    at = earned_value.Standing(bac=of.bac, pv=of.pv or 0, ev=of.ev, ac=of.ac)
    cost = earned_value.eac(at)
    return cost if isinstance(cost, Undefined) else (cost, 1.0)


_METHODS: Final[dict[str, tuple[Callable[[Reported], Part | Undefined], Summary]]] = {
    CPI.name: (_cost, ratio_of_totals()),
    SPI.name: (_schedule, ratio_of_totals()),
    SPI_T.name: (_time, ratio_of_totals()),
    EAC.name: (_forecast, total()),
}


def _summed(summary: Summary, sample: Sample, level: float) -> Summed:
    if sample.n:
        return summary(sample, level)
    reason = max(sorted(sample.missing), key=lambda each: sample.missing[each])
    return Summed(None, reason=reason)


def _sample(
    basis: Basis, parts: Sequence[Part | Undefined], rows: Sequence[Reported], *, silent: int = 0
) -> Sample:
    """The defined parts, with what is undefined counted by reason; silent: projects without reports."""
    missing: Counter[str] = Counter(part.reason for part in parts if isinstance(part, Undefined))
    if silent > 0:
        missing["missing"] += silent
    defined = [part for part in parts if not isinstance(part, Undefined)]
    behind = {
        row.project
        for part, row in zip(parts, rows, strict=True)
        if not isinstance(part, Undefined)
    }
    return Sample(
        np.array([part[0] for part in defined], np.float64),
        np.array([part[1] for part in defined], np.float64),
        missing=missing,
        confirmed=len(behind & basis.confirmed),
        corrected=len(behind & basis.corrected),
    )


def _by_currency(
    rows: Sequence[Reported], measure: Measure
) -> Iterator[tuple[str | None, Sequence[Reported]]]:
    """The projects, or where money would be added, those of each currency."""
    known = sorted({each.currency for each in rows if each.currency is not None})
    if measure is SPI_T or len(known) < 2:
        yield (known[0] if len(known) == 1 else None), rows
        return
    for currency in known:
        yield currency, [each for each in rows if each.currency == currency]


def _overall(currency: str | None, *, several: bool) -> Cell:
    return Cell(
        "currency" if several else None, currency if several else None, slice(None), currency
    )


def behind(basis: Basis, measure: Measure, figure: Figure) -> ir.Table:
    """The projects a Figure of these measures was made from, and where they stand in the files.

    Columns: project and its place; value: what was earned; base: what it is set against, which is
    the planned value for spi and spi_t and the actual cost for cpi and eac (minor units).
    """
    stood = _reduced(basis).rename(stood_project="project")
    facts = basis.projects.select("project", *PLACE)
    joined = stood.join(facts, [("stood_project", "project")])
    kept = joined.select(
        "project",
        *PLACE,
        "currency",
        value="ev",
        base="pv" if measure in (SPI, SPI_T) else "ac",
    )
    if figure.by in ("project", "currency"):
        kept = kept.filter(kept[figure.by] == figure.group)
    return kept.filter(kept.base.notnull()).drop("currency")


_WITH_THE_EARNED: Final = ("pv", "ac", "as_at", "currency")


def reported(basis: Basis) -> list[Reported]:
    """One for each project whose reports state an earned value, by project."""
    reports = basis.engine.table("reports")
    # Asked first: most registers state none, and the reduction is long to compile.
    if not basis.engine.fetch(reports.agg(stated=reports.ev.count()))["stated"][0].as_py():
        return []
    found = basis.engine.fetch(_reduced(basis)).sort_by("project").to_pylist()
    return [_reported(row) for row in found]


def _reported(row: dict[str, Any]) -> Reported:
    def point(name: str) -> tuple[date, int] | None:
        day, value = row.pop(f"{name}_at"), row.pop(f"{name}_pv")
        return None if day is None or value is None else (day, value)

    below, above = point("below"), point("above")
    return Reported(**row, below=below, above=above)


def _reduced(basis: Basis) -> ir.Table:
    """The fields of `Reported`, one row a project; below and above as two columns each."""
    rows = placed(basis.engine, "reports", "as_at", "pv", "ev", "ac", "currency")
    now = basis.engine.keep("standing_of_projects", _now(basis, rows))
    plans, work = _plans(rows, now), _work(rows, now)
    joined = now.left_join(plans, [("project", "plans_project")]).left_join(
        work, [("project", "work_project")]
    )
    return joined.drop("plans_project", "work_project", "last_place").mutate(
        reports=joined.reports.fill_null(0), falls=joined.falls.fill_null(False)
    )


def _now(basis: Basis, rows: ir.Table) -> ir.Table:
    """Where each project stood at its latest report with an earned value, and its plan."""
    earned = rows.ev.notnull()
    rows = rows.mutate(
        **{f"now_{name}": earned.ifelse(rows[name], None) for name in _WITH_THE_EARNED},
    )
    found = rows.group_by(stood_project=rows.project).agg(
        ev=basis.engine.latest(rows.ev, rows.place),
        last_place=rows.place.max(where=earned),
        planned_place=rows.place.max(where=rows.pv.notnull()),
        last_pv=rows.pv.max(),
        **{
            f"now_{name}": basis.engine.latest(rows[f"now_{name}"], rows.place)
            for name in _WITH_THE_EARNED
        },
        **{
            f"{name}_place": rows.place.max(where=rows[f"now_{name}"].notnull())
            for name in _WITH_THE_EARNED
        },
    )
    # What the same report says, and no older one.
    stood = found.filter(found.ev.notnull()).mutate(
        **{
            name: (found[f"{name}_place"] == found.last_place).ifelse(found[f"now_{name}"], None)
            for name in _WITH_THE_EARNED
        }
    )
    facts = basis.projects.select(
        *("project", "state", "current_cost", "current_start", "current_finish"),
        *("original_start", "started"),
        project_currency="currency",
    )
    joined = stood.join(facts, [("stood_project", "project")])
    whole_plan = (joined.planned_place > joined.last_place) | (joined.state == "finished")
    one_currency = (joined.currency == joined.project_currency).fill_null(True)
    budget = ibis.coalesce(
        joined.current_cost, whole_plan.fill_null(False).ifelse(joined.last_pv, None)
    )
    return joined.select(
        *("project", "pv", "ev", "ac", "as_at", "last_place"),
        currency=ibis.coalesce(joined.currency, joined.project_currency),
        bac=one_currency.ifelse(budget, None),
        start=ibis.coalesce(joined.current_start, joined.original_start, joined.started),
        finish=joined.current_finish,
    )


def _plans(rows: ir.Table, now: ir.Table) -> ir.Table:
    """Where the planned values stand against what is earned by now."""
    planned = rows.filter(rows.pv.notnull() & rows.as_at.notnull())
    in_time = ibis.window(group_by=planned.project, order_by=planned.place)
    planned = planned.select("project", "pv", "as_at", before=planned.pv.lag().over(in_time))
    earned = now.select(now_project="project", now_ev="ev", now_bac="bac")
    joined = planned.join(earned, [("project", "now_project")])
    reached = joined.pv <= joined.now_ev
    return joined.group_by(plans_project=joined.project).agg(
        reports=joined.count(),
        first=joined.as_at.min(),
        last=joined.as_at.max(),
        idle=joined.as_at.max(where=joined.pv <= 0),
        falls=(joined.pv < joined.before).fill_null(False).any(),
        below_pv=joined.pv.max(where=reached),
        below_at=joined.as_at.max(where=reached),
        above_pv=joined.pv.min(where=~reached),
        above_at=joined.as_at.min(where=~reached),
        planned_done=joined.as_at.min(where=joined.pv >= joined.now_bac),
    )


def _work(rows: ir.Table, now: ir.Table) -> ir.Table:
    """When all was earned, for the projects of which it is."""
    budget = now.select(now_project="project", now_bac="bac")
    earned = rows.filter(rows.ev.notnull())
    joined = earned.join(budget, [("project", "now_project")])
    return joined.group_by(work_project=joined.project).agg(
        earned_done=joined.as_at.min(where=joined.ev >= joined.now_bac)
    )
