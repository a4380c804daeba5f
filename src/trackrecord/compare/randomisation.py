"""How often chance alone does as much: the change given to other units, or to other dates, than it was.

It assumes nothing of the shape of the data, and is what is left where units are few (methods.md 5.2).
"""

from __future__ import annotations

from itertools import combinations
from math import comb
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

DRAWS: Final = 999
_ALL_OF_THEM: Final = 5_000


def exchanged(values: ArrayLike, others: ArrayLike, *, seed: int) -> tuple[float, int]:
    """Two-sided p of the difference in means, and how many ways of choosing it rests on.

    values: of those that got the change, one a unit (or a project).  Every choice of as many is tried
    where there are at most 5,000, else 999 drawn ones.
    """
    first, second = np.asarray(values, np.float64), np.asarray(others, np.float64)
    pooled = np.concatenate([first, second])
    n1, n = len(first), len(pooled)
    seen = abs(first.mean() - second.mean())
    ways = comb(n, n1)
    chosen: NDArray[np.int64]
    if ways <= _ALL_OF_THEM:
        chosen = np.array(list(combinations(range(n), n1)))
    else:
        random = np.random.default_rng(seed)
        chosen = np.argsort(random.random((DRAWS, n)), axis=1)[:, :n1]
    means = pooled[chosen].mean(axis=1)
    others = (pooled.sum() - means * n1) / (n - n1)
    reached = int((np.abs(means - others) >= seen - 1e-12).sum())
    if ways <= _ALL_OF_THEM:
        return reached / ways, ways
    return (1 + reached) / (DRAWS + 1), DRAWS
