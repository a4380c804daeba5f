"""Where units of some size would fall if all were alike: the box of a funnel (methods.md 3.3).

Never a league table: a small unit strays far by chance alone, and the box says how far.
"""

from __future__ import annotations

import math
from functools import lru_cache

USUAL = 0.95  # the box: one unit in twenty lies outside it by chance alone
RARE = 0.998  # what stands out: one in five hundred
_COUNTED_OUT = 2_000


@lru_cache(maxsize=4_096)
def limits(share: float, n: int, level: float = USUAL) -> tuple[float, float]:
    """The shares between which a unit of n projects falls with at least this probability.

    share: of all projects together, 0 to 1.  Exact quantiles of the binomial distribution; above two
    thousand projects the normal one, which then differs by less than can be drawn.
    Returns the lower and the upper share; units outside have a chance of at most (1 - level) / 2 a side.
    """
    if not 0 < share < 1:
        return share, share
    if n > _COUNTED_OUT:
        reach = _normal_quantile(level) * math.sqrt(share * (1 - share) / n)
        return max(0.0, share - reach), min(1.0, share + reach)
    tail = (1 - level) / 2
    at_most = 0.0
    low, high = 0, n
    found_low = False
    for kept in range(n + 1):
        at_most += _probability(kept, n, share)
        if not found_low and at_most > tail:
            low, found_low = kept, True
        if at_most >= 1 - tail:
            high = kept
            break
    return low / n, high / n


def _probability(kept: int, n: int, share: float) -> float:
    ways = math.lgamma(n + 1) - math.lgamma(kept + 1) - math.lgamma(n - kept + 1)
    return math.exp(ways + kept * math.log(share) + (n - kept) * math.log1p(-share))


def _normal_quantile(level: float) -> float:
    from statistics import NormalDist

    return NormalDist().inv_cdf((1 + level) / 2)
