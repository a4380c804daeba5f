"""Earned value: what was planned, earned and spent by a status date, as pure formulas.

    CV = EV - AC     SV = EV - PV     CPI = EV / AC     SPI = EV / PV

A late project that has finished has SV 0 and SPI 1 whatever it cost in time: beyond two thirds of
the work show SPI(t) of `earned_schedule` instead.  A TCPI above 1.1 or 1.2 is often called out of
reach; that is a rule of thumb and no law.

Source: methods.md 2.2; ANSI/EIA-748; PMI, Practice Standard for Earned Value Management; GAO-20-195G.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from trackrecord.undefined import Defined, Undefined

Forecast: TypeAlias = Literal["typical", "atypical", "combined"]

# A gap of twice the usual one, and a report was left out.
_GAP: Final = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A project at its status date, all in one unit of money or work.

    bac: budget at completion.  pv, ev, ac: planned value, earned value, actual cost, cumulative.
    """

    bac: float
    pv: float
    ev: float
    ac: float


def cost_variance(at: Standing) -> float:
    """CV: below zero is over cost."""
    return at.ev - at.ac


def schedule_variance(at: Standing) -> float:
    """SV, in money: below zero is behind."""
    return at.ev - at.pv


def cost_variance_share(at: Standing) -> Defined:
    """CV% = CV / EV, as a fraction."""
    return _ratio(cost_variance(at), at.ev)


def schedule_variance_share(at: Standing) -> Defined:
    """SV% = SV / PV, as a fraction."""
    return _ratio(schedule_variance(at), at.pv)


def cpi(at: Standing) -> Defined:
    """Value earned for each unit spent; `not_started` where nothing was spent."""
    return _ratio(at.ev, at.ac)


def spi(at: Standing) -> Defined:
    """Value earned for each unit planned; `not_started` where nothing was planned yet."""
    return _ratio(at.ev, at.pv)


def eac(at: Standing, forecast: Forecast = "typical") -> Defined:
    """Estimate at completion.

    typical: the rest costs as the work so far did, BAC / CPI.
    atypical: the rest costs as planned, AC + (BAC - EV); usually a lower bound.
    combined: the rest costs as the work so far, and lateness costs too, AC + (BAC - EV) / (CPI SPI).
    Undefined (`not_started`) before anything is earned, but for atypical.
    """
    if at.bac <= 0:
        return Undefined("nonpositive_baseline")
    if forecast == "atypical":
        return at.ac + (at.bac - at.ev)
    cost, schedule = cpi(at), spi(at)
    if isinstance(cost, Undefined):
        return cost
    if cost <= 0:
        return Undefined("not_started")
    if forecast == "typical":
        return at.bac / cost
    if isinstance(schedule, Undefined):
        return schedule
    return at.ac + (at.bac - at.ev) / (cost * schedule)


def etc(at: Standing, forecast: Forecast = "typical") -> Defined:
    """Estimate to complete, EAC - AC."""
    total = eac(at, forecast)
    return total if isinstance(total, Undefined) else total - at.ac


def vac(at: Standing, forecast: Forecast = "typical") -> Defined:
    """Variance at completion, BAC - EAC: below zero is over budget."""
    total = eac(at, forecast)
    return total if isinstance(total, Undefined) else at.bac - total


def tcpi_bac(at: Standing) -> Defined:
    """The CPI that the rest would need to end on budget: (BAC - EV) / (BAC - AC).

    0 where no work is left; `budget_exhausted` where work is left and no money, never negative.
    """
    return _needed(at, at.bac)


def tcpi_eac(at: Standing, forecast: Forecast = "typical") -> Defined:
    """The CPI that the rest would need to end on the estimate at completion.

    Equals CPI where the estimate is BAC / CPI.
    """
    total = eac(at, forecast)
    return total if isinstance(total, Undefined) else _needed(at, total)


@dataclass(frozen=True, slots=True)
class Note:
    """Something about a series of reports that a reader of its indices must know.

    code: "restated", "gap", "plan-short-of-budget", "earned-beyond-budget".  at: index of the report.
    text: one sentence.
    """

    code: str
    at: int
    text: str


def integrity(
    *,
    bac: float | None,
    days: Sequence[float],
    pv: Sequence[float | None],
    ev: Sequence[float | None],
    ac: Sequence[float | None],
    complete_plan: bool = False,
) -> list[Note]:
    """What is doubtful about a project's reports, in order of the reports.

    days: when each report was made, in days from any one day, ascending.
    complete_plan: pv runs to the end of the plan, so its last value should be the budget.
    Whether actual cost reconciles to the ledger, and whether EV is physical progress and not what
    was invoiced, no table can show: ask.
    """
    notes = [
        Note(
            "restated",
            index,
            f"{name} fell from {before:g} to {now:g}: earlier reports were restated.",
        )
        for name, values in (("PV", pv), ("EV", ev), ("AC", ac))
        for index, (before, now) in enumerate(pairwise(values), 1)
        if before is not None and now is not None and now < before
    ]
    gaps = [later - sooner for sooner, later in pairwise(days)]
    usual = sorted(gaps)[len(gaps) // 2] if gaps else 0.0
    notes += [
        Note("gap", index, f"No report for {gap:g} days, where one came every {usual:g}.")
        for index, gap in enumerate(gaps, 1)
        if gap >= _GAP * usual > 0
    ]
    if bac is not None:
        notes += [
            Note("earned-beyond-budget", index, f"EV {value:g} is more than the budget, {bac:g}.")
            for index, value in enumerate(ev)
            if value is not None and value > bac
        ]
        if complete_plan and pv and pv[-1] is not None and pv[-1] != bac:
            notes.append(
                Note(
                    "plan-short-of-budget",
                    len(pv) - 1,
                    f"The plan ends at {pv[-1]:g}, not at the budget, {bac:g}.",
                )
            )
    return sorted(notes, key=lambda note: (note.at, note.code, note.text))


def _ratio(part: float, whole: float) -> Defined:
    return part / whole if whole > 0 else Undefined("not_started")


def _needed(at: Standing, funds: float) -> Defined:
    if at.bac <= 0:
        return Undefined("nonpositive_baseline")
    work, money = at.bac - at.ev, funds - at.ac
    if work <= 0:
        return 0.0
    return work / money if money > 0 else Undefined("budget_exhausted")
