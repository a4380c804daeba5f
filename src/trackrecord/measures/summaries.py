"""Statistics on what an engine handed back: medians, percentiles, rates, totals, ratios.

Every summary sorts before it adds, so the order in which rows came leaves no trace in the digits.
Percentiles are exact and interpolated between order statistics (type 7 of Hyndman & Fan 1996: the
h-th of n values, h = (n - 1) q + 1), the same for every engine.  Intervals come with their reason:

- a rate: Wilson;
- a median or percentile: order statistics, which holds whatever the distribution; none below six
  values for a median, seventeen for an 80th percentile (95 %);
- a mean, a geometric mean, a spread: Student and chi-squared, on logs where the values are ratios;
- the ratio of two totals: the linearised (delta-method) variance of its log, Student with n - 1
  degrees; none below six projects, for few large ones decide a total.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trackrecord.intervals import quantile_ranks, wilson
from trackrecord.measures.measure import Summary, Summed
from trackrecord.measures.sample import Numbers, Sample

FEWEST_FOR_A_TOTAL: Final = 6

Ascending = Callable[[Sample], Numbers]


def plain(sample: Sample) -> Numbers:
    """The values as they are."""
    return sample.ordered


def ratio(sample: Sample) -> Numbers:
    """Actual over estimate."""
    return sample.ratios


def overrun(sample: Sample) -> Numbers:
    """Actual over baseline, less one."""
    return sample.ratios - 1.0


def shortfall(sample: Sample) -> Numbers:
    """One less actual over baseline."""
    return (1.0 - sample.ratios)[::-1]


def relative_error(sample: Sample) -> Numbers:
    """|actual - estimate| / actual, the magnitude of relative error (MRE)."""
    return np.sort(np.abs(1.0 - 1.0 / sample.ratios))


def percentile(q: float, of: Ascending = plain) -> Summary:
    """The q-quantile with its order-statistic interval."""

    def summary(sample: Sample, level: float) -> Summed:
        values = of(sample)
        if not values.size:
            return Summed(None, reason=sample.reason)
        ranks = quantile_ranks(values.size, q, level)
        low, high = (float(values[rank - 1]) for rank in ranks) if ranks else (None, None)
        return Summed(quantile(values, q), low, high, level if ranks else None)

    return summary


def median(of: Ascending = plain) -> Summary:
    """The median with its order-statistic interval."""
    return percentile(0.5, of)


def quantile(ascending: Numbers, q: float) -> float:
    """The exact q-quantile of values in ascending order, at least one (type 7)."""
    position = (ascending.size - 1) * q
    below = math.floor(position + 1e-9)  # 0.8 * 10 is 8, whatever binary makes of it
    share = max(0.0, position - below)
    low = float(ascending[below])
    if share == 0 or below + 1 == ascending.size:
        return low
    return low + share * (float(ascending[below + 1]) - low)


def rate(kept: Callable[[Sample], NDArray[np.bool_]]) -> Summary:
    """The share of values for which `kept` is true, with Wilson's interval."""

    def summary(sample: Sample, level: float) -> Summed:
        if not sample.n:
            return Summed(None, reason=sample.reason)
        hits = int(np.count_nonzero(kept(sample)))
        interval = wilson(hits, sample.n, level)
        return Summed(hits / sample.n, interval.low, interval.high, level)

    return summary


def count(kept: Callable[[Sample], NDArray[np.bool_]]) -> Summary:
    """How many values `kept` is true for: a count, with no interval."""
    return lambda sample, _: Summed(int(np.count_nonzero(kept(sample))))


def total(of: Callable[[Sample], Numbers] = plain) -> Summary:
    """The sum of what is defined: exact, and never called a total where values are missing."""

    def summary(sample: Sample, _: float) -> Summed:
        values = of(sample)
        if not values.size:
            return Summed(None, reason=sample.reason)
        if np.issubdtype(values.dtype, np.integer):
            return Summed(int(values.sum()))
        return Summed(math.fsum(values))

    return summary


def mean(of: Ascending = plain) -> Summary:
    """The arithmetic mean with Student's interval."""

    def summary(sample: Sample, level: float) -> Summed:
        values = of(sample).astype(np.float64)
        if not values.size:
            return Summed(None, reason=sample.reason)
        middle, half = _student(values, level)
        if half is None:
            return Summed(middle)
        return Summed(middle, middle - half, middle + half, level)

    return summary


def geometric_mean(*, less: float = 0.0) -> Summary:
    """exp of the mean log ratio, less `less`, with Student's interval of the logs."""

    def summary(sample: Sample, level: float) -> Summed:
        if not sample.n:
            return Summed(None, reason=sample.reason)
        middle, half = _student(np.log(sample.ratios), level)
        value = math.exp(middle) - less
        if half is None:
            return Summed(value)
        return Summed(value, math.exp(middle - half) - less, math.exp(middle + half) - less, level)

    return summary


def spread(sample: Sample, level: float) -> Summed:
    """exp of the standard deviation of the log ratios: the factor a typical estimate is off by."""
    if sample.n < 2:
        return Summed(None, reason="too_few" if sample.n else sample.reason)
    from scipy.special import chdtri  # late: most commands never need scipy

    logs, n = np.log(sample.ratios), sample.n
    deviation = _deviation(logs)
    tail = (1 - level) / 2
    low, high = (math.sqrt((n - 1) / float(chdtri(n - 1, p))) for p in (tail, 1 - tail))
    return Summed(math.exp(deviation), math.exp(deviation * low), math.exp(deviation * high), level)


def ratio_of_totals(*, less: float = 0.0) -> Summary:
    """Sum of actual over sum of baseline, less `less`.

    Source of the interval: Cochran (1977), Sampling Techniques, 3rd ed., section 6.4, on the log.
    """

    def summary(sample: Sample, level: float) -> Summed:
        if not sample.n:
            return Summed(None, reason=sample.reason)
        totals = [_sum(sample.value), _sum(sample.base)]
        if totals[1] <= 0:
            return Summed(None, reason="nonpositive_baseline")
        value = totals[0] / totals[1]
        n = sample.n
        if n < FEWEST_FOR_A_TOTAL or value <= 0:
            return Summed(value - less)
        residuals = np.sort((sample.value - value * sample.base) ** 2)
        error = math.sqrt(n / (n - 1) * float(residuals.sum())) / totals[0]
        factor = math.exp(_student_quantile(n - 1, level) * error)
        return Summed(value - less, value / factor - less, value * factor - less, level)

    return summary


def exponent(sample: Sample, level: float) -> Summed:
    """b of actual = K * estimate ** b, by least squares on the logs, with Student's interval."""
    x, y = np.log(sample.base), np.log(sample.value)
    order = np.lexsort((y, x))
    x, y = x[order], y[order]
    n = sample.n
    if n < 3 or x[0] == x[-1]:
        return Summed(None, reason="too_few" if n else sample.reason)
    dx, dy = x - x.mean(), y - y.mean()
    sxx = float((dx * dx).sum())
    slope = float((dx * dy).sum()) / sxx
    error = math.sqrt(float(((dy - slope * dx) ** 2).sum()) / (n - 2) / sxx)
    half = _student_quantile(n - 2, level) * error
    return Summed(slope, slope - half, slope + half, level)


def _student(ascending: NDArray[np.float64], level: float) -> tuple[float, float | None]:
    """The mean and half the width of its interval; None below two values."""
    n, middle = ascending.size, float(ascending.mean())
    if n < 2:
        return middle, None
    return middle, _student_quantile(n - 1, level) * _deviation(ascending) / math.sqrt(n)


def _deviation(values: NDArray[np.float64]) -> float:
    return float(values.std(ddof=1))


def _student_quantile(degrees: int, level: float) -> float:
    from scipy.special import stdtrit  # late: most commands never need scipy

    return float(stdtrit(degrees, (1 + level) / 2))


def _sum(values: Numbers) -> float | int:
    if np.issubdtype(values.dtype, np.integer):
        return int(values.sum())
    return math.fsum(values)
