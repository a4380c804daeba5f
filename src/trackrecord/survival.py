"""Rates and times when some projects are still open, and some were stopped.

The late ones are the ones still open, so a rate over finished projects flatters; a cancelled
project will never finish, so it may not be treated as one that merely has not yet (methods.md 2.4).
Kaplan-Meier answers for one kind of end, Aalen-Johansen for several that compete.

Times are floats in any one unit: days, months, or the share of the planned duration.  All events
of one moment are counted together, and whoever leaves at a moment is still at risk at it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, sqrt
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from trackrecord.errors import EvidenceError
from trackrecord.figure import settled
from trackrecord.intervals import LEVEL, Interval, normal_quantile, wilson

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

OPEN: Final = 0
FINISHED: Final = 1
CANCELLED: Final = 2

FEWEST_EVENTS_FOR_A_CURVE: Final = 10


@dataclass(frozen=True, slots=True, eq=False)
class Survival:
    """A Kaplan-Meier curve: the share still without the event after each time it happened.

    times: the distinct times of events, ascending.  at_risk, events: counts at each.
    share: S just after each time.  low, high: its pointwise interval; NaN where share is 0, since
    Greenwood's variance is undefined there.
    """

    times: Floats
    at_risk: Counts
    events: Counts
    share: Floats
    low: Floats
    high: Floats
    level: float

    def at(self, time: float) -> float:
        """The share without the event after `time`; 1 before the first event."""
        return _step(self.times, self.share, time, before=1.0)

    def interval_at(self, time: float) -> Interval:
        """The interval of `at(time)`; both ends None before the first event and where S is 0."""
        low = _step(self.times, self.low, time, before=np.nan)
        high = _step(self.times, self.high, time, before=np.nan)
        known = low == low and high == high
        return Interval(low if known else None, high if known else None, self.level)

    @property
    def median(self) -> float | None:
        """The first time at which at most half are left; None: not reached."""
        return _first(self.times, self.share)

    @property
    def median_interval(self) -> Interval:
        """The times at which the interval of the curve crosses a half; None: not reached."""
        return Interval(_first(self.times, self.low), _first(self.times, self.high), self.level)


@dataclass(frozen=True, slots=True, eq=False)
class Incidence:
    """Aalen-Johansen curves: how ends of several kinds share out the projects over time.

    times: the distinct times of any end, ascending.  at_risk: counts at each.
    ends: events[k] and share[k] belong to kind k + 1; share[k] is the share that ended so by then.
    open: the share that has not ended; at every time it and the shares sum to 1.
    """

    times: Floats
    at_risk: Counts
    events: tuple[Counts, ...]
    share: tuple[Floats, ...]
    open: Floats

    def at(self, time: float, *, kind: int = FINISHED) -> float:
        """The share that has ended in this way by `time`."""
        return _step(self.times, self.share[kind - 1], time, before=0.0)

    def open_at(self, time: float) -> float:
        """The share that has not ended by `time`."""
        return _step(self.times, self.open, time, before=1.0)

    def interval_at(self, time: float, *, kind: int = FINISHED, level: float = LEVEL) -> Interval:
        """The interval of `at(time)`: delta-method variance, log-log of the share not ended so.

        With one kind of end it is Greenwood's log-log interval exactly.  Both ends are None where
        the share is 0 or 1, whose variance this way is no guide.

        Source: Marubini & Valsecchi (1995), Analysing Survival Data, section 10.2.
        """
        share = self.at(time, kind=kind)
        if not 0 < share < 1:
            return Interval(None, None, level)
        rest = 1 - share
        spread = (
            normal_quantile(level) * sqrt(self._variance_at(time, kind)) / (rest * np.log(rest))
        )
        low, high = 1 - rest ** np.exp(spread), 1 - rest ** np.exp(-spread)
        return Interval(float(min(low, share)), float(max(high, share)), level)

    def _variance_at(self, time: float, kind: int) -> float:
        upto = int(np.searchsorted(self.times, time, side="right"))
        n = self.at_risk[:upto].astype(np.float64)
        of_kind = self.events[kind - 1][:upto]
        of_any = np.sum(self.events, axis=0)[:upto]
        still_open = np.concatenate(([1.0], self.open))[:upto]
        to_come = self.at(time, kind=kind) - self.share[kind - 1][:upto]
        # The last project at risk leaves nothing to come: its term is 0, not 0 / 0.
        spread = np.divide(of_any, n * (n - of_any), out=np.zeros(upto), where=n > of_any)
        terms = (
            to_come**2 * spread
            + still_open**2 * (n - of_kind) * of_kind / n**3
            - 2 * to_come * still_open * of_kind / n**2
        )
        return max(0.0, float(terms.sum()))


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRank:
    """Whether two curves differ by more than chance: chi-squared of one degree, and its p-value."""

    statistic: float
    p_value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTime:
    """The share of projects that finish within their planned duration, open ones not dropped.

    rate: None with a reason where the curve rests on fewer than ten ends; low and high are then
    the Wilson interval of kept / known.
    n: all projects given.  finished, cancelled, open: what became of them.
    kept: finished within the planned duration.  known: those whose case is settled, because they
    ended, or are open beyond it.
    """

    rate: float | None
    reason: str | None
    low: float | None
    high: float | None
    level: float
    n: int
    finished: int
    cancelled: int
    open: int
    kept: int
    known: int


def kaplan_meier(
    times: ArrayLike, happened: ArrayLike, *, entered: ArrayLike | None = None, level: float = LEVEL
) -> Survival:
    """The share still without the event over time, when some have not had it yet.

    times: one a project, >= 0: when the event happened, or how long it has been watched so far.
    happened: True where it happened.  entered: the age at which a project came under watch, < its
    time, where a register was back-filled with live projects only; None: all from the start.
    Raises EvidenceError on unequal lengths, missing times, or no project at all.

    Not for projects that may end in another way: treating a cancellation as "not yet" overstates
    (0.210 against 0.100 in the reference case); see `aalen_johansen`.

    Source: Kaplan & Meier (1958), JASA 53:457; Greenwood's variance, log-log interval.
    """
    ends = _Ends.of(times, np.asarray(happened).astype(np.int64), entered)
    at_risk, events = ends.at_risk, ends.counts[0]
    share = np.cumprod(1.0 - events / at_risk, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.cumsum(events / (at_risk * (at_risk - events)))
        spread = normal_quantile(level) * np.sqrt(variance) / np.log(share)
        low, high = share ** np.exp(-spread), share ** np.exp(spread)
    gone = share <= 0
    low[gone] = high[gone] = np.nan
    return Survival(ends.times, at_risk, events, share, np.asarray(low), np.asarray(high), level)


def aalen_johansen(
    times: ArrayLike, ends: ArrayLike, *, kinds: int = 2, entered: ArrayLike | None = None
) -> Incidence:
    """The share of projects that has ended in each way over time.

    times, entered: as for `kaplan_meier`.  ends: 0 still open, else the kind of end 1..kinds;
    by default 1 finished, 2 cancelled.

    Source: Aalen & Johansen (1978), Scand. J. Statist. 5:141.
    """
    by_time = _Ends.of(times, np.asarray(ends), entered, kinds=kinds)
    any_end = np.sum(by_time.counts, axis=0)
    left = np.cumprod(1 - any_end / by_time.at_risk)
    before = np.concatenate(([1.0], left[:-1]))
    shares = tuple(np.cumsum(before * count / by_time.at_risk) for count in by_time.counts)
    return Incidence(by_time.times, by_time.at_risk, by_time.counts, shares, left)


def log_rank(
    times: ArrayLike, happened: ArrayLike, *, others: ArrayLike, others_happened: ArrayLike
) -> LogRank:
    """Whether the event comes sooner in one group of projects than in the other.

    times, happened: the first group; others, others_happened: the second; as for `kaplan_meier`.
    Raises EvidenceError where no event leaves the groups comparable.

    Source: Mantel (1966); hypergeometric variance, so ties need no correction.
    """
    first, second = np.asarray(times, dtype=np.float64), np.asarray(others, dtype=np.float64)
    hits = np.asarray(happened).astype(np.int64)
    all_ends = _Ends.of(
        np.concatenate((first, second)),
        np.concatenate((hits, np.asarray(others_happened).astype(np.int64))),
        None,
    )
    n, d = all_ends.at_risk.astype(np.float64), all_ends.counts[0].astype(np.float64)
    ours = first.size - np.searchsorted(np.sort(first), all_ends.times, side="left")
    seen = np.searchsorted(all_ends.times, first[hits == 1])
    observed = np.bincount(seen, minlength=n.size)
    spread = np.divide(d * (n - d) * ours * (n - ours), n**2 * (n - 1), where=n > 1, out=0 * n)
    if not spread.sum() > 0:
        raise EvidenceError(
            "The two groups were never at risk together when something happened, so they cannot be "
            "compared. Choose groups whose projects overlap in age."
        )
    statistic = float((observed - d * ours / n).sum() ** 2 / spread.sum())
    return LogRank(statistic=statistic, p_value=erfc(sqrt(statistic / 2)))


def on_time_rate(
    ages: ArrayLike, ends: ArrayLike, *, entered: ArrayLike | None = None, level: float = LEVEL
) -> OnTime:
    """The share of projects that finish within their planned duration.

    ages: one a project: time since its start, at its end or so far, divided by its planned
    duration; 1 is the planned finish, so <= 1 is on time.  ends: 0 open, 1 finished, 2 cancelled.
    A cancelled project is one that did not finish on time.  entered: as for `kaplan_meier`.
    """
    age, end = np.asarray(ages, dtype=np.float64), np.asarray(ends)
    finished, cancelled = int((end == FINISHED).sum()), int((end == CANCELLED).sum())
    kept = int(((end == FINISHED) & (age <= 1)).sum())
    known = int(((end != OPEN) | (age > 1)).sum())
    # Where the curve stands at 0 or 1 its variance is 0, so there too the settled cases speak.
    interval = wilson(kept, known, level)
    rate = None
    if finished + cancelled >= FEWEST_EVENTS_FOR_A_CURVE:
        curve = aalen_johansen(age, end, entered=entered)
        rate = float(settled(curve.at(1.0)))
        if 0 < rate < 1:
            interval = curve.interval_at(1.0, level=level)
    return OnTime(
        rate=rate,
        reason=None if rate is not None else "too_few" if age.size else "missing",
        low=interval.low,
        high=interval.high,
        level=level,
        n=age.size,
        finished=finished,
        cancelled=cancelled,
        open=age.size - finished - cancelled,
        kept=kept,
        known=known,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Ends:
    """Ends counted by distinct time: what every curve here is made of."""

    times: Floats
    at_risk: Counts
    counts: tuple[Counts, ...]

    @classmethod
    def of(
        cls, times: ArrayLike, ends: NDArray[np.int64], entered: ArrayLike | None, *, kinds: int = 1
    ) -> _Ends:
        time = np.asarray(times, dtype=np.float64)
        _check(time, ends, kinds)
        distinct, position = np.unique(time[ends > 0], return_inverse=True)
        at_risk = time.size - np.searchsorted(np.sort(time), distinct, side="left")
        if entered is not None:
            entry = np.asarray(entered, dtype=np.float64)
            if entry.shape != time.shape or not (entry < time).all():
                raise EvidenceError(
                    "A project came under watch after its own end. Give entry ages below the times."
                )
            at_risk = at_risk - (time.size - np.searchsorted(np.sort(entry), distinct, side="left"))
        kind_of_end = ends[ends > 0]
        counts = tuple(
            np.bincount(position[kind_of_end == kind], minlength=distinct.size)
            for kind in range(1, kinds + 1)
        )
        return cls(distinct, at_risk, counts)


def _check(time: Floats, ends: NDArray[np.int64], kinds: int) -> None:
    if time.ndim != 1 or time.shape != ends.shape or time.size == 0:
        raise EvidenceError(
            f"{time.size} times and {ends.size} ends are not one of each a project. Give both for all."
        )
    if not np.isfinite(time).all() or time.min() < 0:
        raise EvidenceError(
            "A time is missing or before the start. Leave such projects out as undefined."
        )
    if ends.min() < 0 or ends.max() > kinds:
        raise EvidenceError(f"An end is neither 0 (open) nor one of 1 to {kinds}.")


def _step(times: Floats, values: Floats, time: float, *, before: float) -> float:
    position = int(np.searchsorted(times, time, side="right"))
    return before if position == 0 else float(values[position - 1])


def _first(times: Floats, shares: Floats | Sequence[float]) -> float | None:
    # A product of many factors may miss a half by its last digits; that is a half all the same.
    reached = np.asarray(shares) <= 0.5 + 1e-12
    return float(times[int(reached.argmax())]) if reached.any() else None
