"""Earned schedule: earned value turned into time, so that lateness does not vanish at the end.

The earned schedule ES is when the plan had reached what has been earned by now:

    ES = C + (EV - PV_C) / (PV_{C+1} - PV_C),   C the last period with PV_C <= EV

Against the actual time AT it gives SV(t) = ES - AT and SPI(t) = ES / AT.  Time is in periods from
the first that plans any work.  A re-baselined project has an earned schedule on each baseline: compute it on
each, and never splice them.

Source: methods.md 2.3; Lipke (2003), Schedule is Different, The Measurable News; Lipke (2012).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from trackrecord.undefined import Defined, Undefined


@dataclass(frozen=True, slots=True)
class Plan:
    """Planned value at the end of each period, cumulative, from the first that plans any work.

    values: non-decreasing, the first above 0, the last the budget, reached nowhere before.
    skipped: periods before, which plan nothing and count nowhere.
    """

    values: tuple[float, ...]
    skipped: int = 0

    @staticmethod
    def of(planned: Sequence[float]) -> Plan | Undefined:
        """The plan behind a list of cumulative PV, whose leading zeros and trailing repeats go.

        Undefined where nothing is planned, or PV falls: that is two plans.
        """
        if any(later < sooner for sooner, later in pairwise(planned)):
            return Undefined("scale_changed")
        skipped = sum(1 for _ in takewhile(lambda value: value <= 0, planned))
        if skipped == len(planned):
            return Undefined("nonpositive_baseline")
        budget = planned[-1]
        values = (*(value for value in planned[skipped:] if value < budget), budget)
        return Plan(values, skipped)

    @property
    def duration(self) -> int:
        """PD, in periods."""
        return len(self.values)

    @property
    def budget(self) -> float:
        """BAC."""
        return self.values[-1]


def earned_schedule(plan: Plan, ev: float) -> float:
    """ES in periods: 0 with nothing earned, PD with all of it.

    On a plateau of the plan C is the last period, so no step is divided by zero.
    """
    if ev >= plan.budget:
        return float(plan.duration)
    whole = bisect_right(plan.values, ev)
    below = plan.values[whole - 1] if whole else 0.0
    return whole + (max(ev, 0.0) - below) / (plan.values[whole] - below)


def schedule_variance(es: float, at: float) -> float:
    """SV(t) = ES - AT, in periods: below zero is behind."""
    return es - at


def spi_t(es: float, at: float) -> Defined:
    """SPI(t) = ES / AT."""
    return es / at if at > 0 else Undefined("not_started")


def tspi(plan: Plan, es: float, at: float, *, deadline: float | None = None) -> Defined:
    """The SPI(t) that the rest would need to end on plan, or by `deadline` (ED), in periods.

    0 where nothing is left; `budget_exhausted` where work is left and no time, never negative.
    """
    left = plan.duration - es
    if left <= 0:
        return 0.0
    time = (plan.duration if deadline is None else deadline) - at
    return left / time if time > 0 else Undefined("budget_exhausted")


def ieac_t(plan: Plan, es: float, at: float, *, performance: float | None = None) -> Defined:
    """The duration to expect, in periods: AT + (PD - ES) / PF; PF is SPI(t) unless given."""
    pace = spi_t(es, at) if performance is None else performance
    if isinstance(pace, Undefined):
        return pace
    return at + (plan.duration - es) / pace if pace > 0 else Undefined("not_started")


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Earned schedule at the end of one period; `at` stands still once all is earned."""

    at: int
    es: float
    sv_t: float
    spi_t: Defined
    ieac_t: Defined


def follow(plan: Plan, earned: Sequence[float]) -> list[Point]:
    """The earned schedule after each period of cumulative EV, counted as `planned` of Plan.of was.

    At completion SPI(t) = PD / AD and IEAC(t) = AD, however late that is.
    """
    points: list[Point] = []
    done: int | None = None
    for at, ev in enumerate(earned[plan.skipped :], 1):
        if done is None and ev >= plan.budget:
            done = at
        time = at if done is None else done
        es = earned_schedule(plan, ev)
        points.append(
            Point(
                at=time,
                es=es,
                sv_t=schedule_variance(es, time),
                spi_t=spi_t(es, time),
                ieac_t=ieac_t(plan, es, time),
            )
        )
    return points
