"""Equal age: every project is looked at when it has had the same multiple of its planned time.

The late ones of the young are still open, so finished projects alone flatter whatever came last
(methods.md 2.4, and W9 of 5.7: 61 % false claims).  Here a project counts once its age has passed the
horizon, finished or not, and what it has not finished by then is cut off there, before the change and
after it alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trackrecord.figure import Baseline
from trackrecord.measures.measure import OUTSIDE
from trackrecord.measures.outcomes import NO_DAY, Outcomes

Floats = NDArray[np.float64]
Days = NDArray[np.int64]

COUNTS, YOUNG, MISSING, UNDATED, NOT_MEANT = 0, 1, 2, 3, 4
"""What a project is to the comparison: it counts; its age has not passed the horizon; its outcome is
missing; nothing says when it began; the measure does not speak of it."""

_PLANS: Final[tuple[Baseline, ...]] = ("original", "current")
TIMED: Final = ("schedule_overrun", "schedule_slip_days", "duration_days")


@dataclass(frozen=True, slots=True, eq=False)
class Aged:
    """One entry a project.

    y: the outcome against each baseline: log ratio, log days or days; NaN where it does not count.
    cohort: the day that puts it before or after the change.  due: the day its outcome was known for good.
    standing: COUNTS, YOUNG, MISSING, UNDATED or NOT_MEANT.  no_baseline: the plan it needs is not stated.
    by_age: whether projects were compared at equal age; else finished ones as they are.
    planned: days planned, NaN where not stated.
    """

    y: Mapping[Baseline, Floats]
    cohort: Days
    due: Days
    standing: NDArray[np.int8]
    no_baseline: NDArray[np.bool_]
    by_age: bool
    planned: Floats


def aged(of: Outcomes, measure: str, *, cohort: Days | None, now: int, horizon: float) -> Aged:
    """The outcomes at equal age.

    cohort: the day that puts a project before or after, where a column says so.
    now: the day the record speaks of.  horizon: in multiples of the planned time.
    """
    days = of.days
    started = _or(days["started"], days["original_start"])
    planned = _between(days["original_finish"], _or(days["original_start"], days["started"]))
    planned = np.where(planned > 0, planned, np.nan)
    deadline = np.where(started == NO_DAY, np.nan, started + np.ceil(planned * horizon))
    finished = of.state.are("finished") | (of.state.are("") & _ended(of))
    by_age = _has_plans(of, deadline)
    placed = _cohort(of, started) if cohort is None else cohort
    if by_age:
        y, standing = _by_age(of, measure, deadline, started, finished, now)
        due = np.where(np.isnan(deadline), NO_DAY, deadline).astype(np.int64)
    else:
        y = {plan: _plain_outcome(of, measure, plan) for plan in _PLANS}
        standing = np.where(finished, MISSING, NOT_MEANT)
        standing[finished & ~np.isnan(y["original"])] = COUNTS
        due = _or(days["finished"], _or(placed, started))
    standing[(placed == NO_DAY) & (standing != NOT_MEANT)] = UNDATED
    y = {plan: np.where(standing == COUNTS, each, np.nan) for plan, each in y.items()}
    return Aged(
        y=y,
        cohort=placed,
        due=due,
        standing=standing.astype(np.int8),
        no_baseline=_no_baseline(of, measure),
        by_age=by_age,
        planned=planned,
    )


def known_until(of: Outcomes) -> int:
    """The last day the record speaks of: an export's, else the last finish or start."""
    for facts in (("as_at",), ("finished", "started")):
        known = max((int(of.days[fact].max(initial=NO_DAY)) for fact in facts), default=NO_DAY)
        if known != NO_DAY:
            return known
    return NO_DAY


def _by_age(
    of: Outcomes,
    measure: str,
    deadline: Floats,
    started: Days,
    finished: NDArray[np.bool_],
    now: int,
) -> tuple[dict[Baseline, Floats], NDArray[np.int64]]:
    seen = np.where(of.days["as_at"] == NO_DAY, now, of.days["as_at"])
    ended = of.days["finished"].astype(np.float64)
    ended[of.days["finished"] == NO_DAY] = np.nan
    unfinished = ~finished & ((seen >= deadline) | of.state.are("cancelled"))
    on_time = finished & (np.isnan(ended) | (ended <= deadline))
    if measure in TIMED:
        y = {plan: _timed(of, measure, plan, deadline, started, finished) for plan in _PLANS}
        known = finished | unfinished
    else:
        y = {plan: _plain_outcome(of, measure, plan) for plan in _PLANS}
        # Known at the horizon, or else left out of both arms alike.
        known = on_time
    standing = np.full(len(deadline), MISSING, np.int64)
    standing[known & ~np.isnan(y["original"])] = COUNTS
    if measure not in TIMED:
        standing[~on_time] = NOT_MEANT
    standing[now < deadline] = YOUNG
    return y, standing


def _timed(
    of: Outcomes,
    measure: str,
    plan: Baseline,
    deadline: Floats,
    started: Days,
    finished: NDArray[np.bool_],
) -> Floats:
    """A time cut off at the horizon; whatever is not finished has come as far as that."""
    limit = deadline - started
    value, base = of.value["original"], of.base[plan]
    broken = finished & (of.missing["original"] != 0)
    if measure == "schedule_slip_days":
        planned_finish = of.days[f"{plan}_finish"].astype(np.float64)
        planned_finish[of.days[f"{plan}_finish"] == NO_DAY] = np.nan
        ended = of.days["finished"].astype(np.float64)
        slip = np.where(finished, np.minimum(ended, deadline), deadline) - planned_finish
        return np.where(broken, np.nan, slip)
    took = np.where(finished, np.minimum(value, limit), limit)
    against: Floats | float = base if measure == "schedule_overrun" else 1.0
    return np.where(broken, np.nan, _log_ratio(took, against))


def _plain_outcome(of: Outcomes, measure: str, plan: Baseline) -> Floats:
    """The outcome as it stands, of a finished project."""
    value, base = of.value[plan], of.base[plan]
    fine = of.missing[plan] == 0
    if measure == "schedule_slip_days":
        return np.where(fine, value, np.nan)
    against: Floats | float = 1.0 if measure == "duration_days" else base
    return np.where(fine, _log_ratio(value, against), np.nan)


def _log_ratio(value: Floats, against: Floats | float) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = value / against
        logs: Floats = np.log(np.where(ratio > 0, ratio, np.nan))
    return logs


def _has_plans(of: Outcomes, deadline: Floats) -> bool:
    """Whether most projects the measure may speak of state when they were to be done."""
    meant = (of.missing["original"] != OUTSIDE) | ~of.state.are("finished")
    return bool(meant.any()) and float(np.isfinite(deadline[meant]).mean()) >= 0.5


def _no_baseline(of: Outcomes, measure: str) -> NDArray[np.bool_]:
    """Which projects lack the baseline the measure needs."""
    if measure == "duration_days":
        return np.zeros(len(of.project), np.bool_)
    if measure in ("schedule_overrun", "schedule_slip_days"):
        return np.asarray(of.days["original_finish"] == NO_DAY)
    return np.asarray(~(of.base["original"] > 0))


def _cohort(of: Outcomes, started: Days) -> Days:
    """The day a project was approved, else it started: an approval after the start is a later one."""
    approved = of.days["approved_on"]
    usable = (approved != NO_DAY) & ((started == NO_DAY) | (approved <= started))
    return np.where(usable, approved, started)


def _or(first: Days, second: Days) -> Days:
    return np.where(first == NO_DAY, second, first)


def _between(later: Days, earlier: Days) -> Floats:
    stated = (later != NO_DAY) & (earlier != NO_DAY)
    return np.where(stated, (later - earlier).astype(np.float64), np.nan)


def _ended(of: Outcomes) -> NDArray[np.bool_]:
    """Of projects whose state nobody states, those that have an end."""
    return np.asarray((of.days["finished"] != NO_DAY) | (of.missing["original"] == 0))
