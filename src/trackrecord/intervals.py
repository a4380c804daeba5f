"""Intervals for shares, medians and percentiles: how far chance alone could move a figure.

None of them assumes a bell curve of the raw values: overruns are skewed, and a few disasters carry
most of the money.  Shares use Wilson's interval, percentiles the order statistics.
"""

from __future__ import annotations

from math import exp, lgamma, log, log1p, sqrt
from statistics import NormalDist
from typing import Final, NamedTuple

from trackrecord.errors import EvidenceError

LEVEL: Final = 0.95


class Interval(NamedTuple):
    """A range of the named coverage, in the unit of what it is about; either end may be unknown.

    None for both ends: too few values for an interval of that coverage, not a narrow one.
    """

    low: float | None
    high: float | None
    level: float


def normal_quantile(level: float) -> float:
    """The two-sided standard normal quantile: 1.96 for a level of 0.95."""
    _check_level(level)
    return NormalDist().inv_cdf((1 + level) / 2)


def wilson(kept: int, total: int, level: float = LEVEL) -> Interval:
    """The interval of a share `kept / total`, by Wilson's score method, without correction.

    kept, total: counts, 0 <= kept <= total.  With a total of 0 both ends are None.
    The ends lie within [0, 1] and always enclose kept / total.

    Source: Wilson (1927), JASA 22:209; checked against Newcombe (1998), Statistics in Medicine
    17:857, Table I.
    """
    z = normal_quantile(level)
    if not 0 <= kept <= total:
        raise EvidenceError(
            f"{kept} of {total} is not a share. Give counts with 0 <= kept <= total."
        )
    if total == 0:
        return Interval(None, None, level)
    share = kept / total
    middle = share + z * z / (2 * total)
    half = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    # The end at an empty or a full count is exact by algebra and must be so in floats as well.
    low = 0.0 if kept == 0 else min((middle - half) / scale, share)
    high = 1.0 if kept == total else max((middle + half) / scale, share)
    return Interval(low, high, level)


def quantile_ranks(n: int, q: float, level: float = LEVEL) -> tuple[int, int] | None:
    """Ranks (from 1) of the order statistics that enclose the q-quantile with at least `level`.

    How many of n values lie below the quantile is binomial(n, q) whatever their distribution; each
    tail gets at most half of what the level leaves.  None where n is too small for that: six
    values enclose their median with 95 %, five do not; the 80th percentile needs seventeen.

    Source: Conover (1999), Practical Nonparametric Statistics, 3rd ed., section 3.2.
    """
    _check_level(level)
    if not 0 < q < 1:
        raise EvidenceError(f"{q} is not a quantile. Give a share strictly between 0 and 1.")
    tail = (1 - level) / 2
    low = _tail_count(n, q, tail)
    high = n + 1 - _tail_count(n, 1 - q, tail)
    return (low, high) if low >= 1 and high <= n else None


def _tail_count(n: int, q: float, tail: float) -> int:
    """The largest r with P(binomial(n, q) <= r - 1) <= tail; 0 where there is none.

    Summed from ten standard deviations below the mean: what lies lower weighs less than 1e-20.
    """
    start = max(0, int(n * q - 10 * sqrt(n * q * (1 - q))) - 1)
    below = 0.0
    for count in range(start, n + 1):
        below += exp(
            lgamma(n + 1)
            - lgamma(count + 1)
            - lgamma(n - count + 1)
            + count * log(q)
            + (n - count) * log1p(-q)
        )
        if below > tail:
            return count
    return n + 1


def _check_level(level: float) -> None:
    if not 0 < level < 1:
        raise EvidenceError(f"{level} is not a coverage. Give a share strictly between 0 and 1.")
