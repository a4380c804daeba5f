"""What a claim rests on whichever way it points: the range, and enough after the start (methods.md 5.3).

Numbers or arrays of them: the simulations of `benchmarks/verdicts.py` ask the same functions that a
verdict does.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from trackrecord.compare.contrast import Contrast
from trackrecord.compare.sequence import CLAIM_AT

FEWEST_AFTER: Final = 20
"""Projects after the start that a claim needs; below as many points the e-value must speak too."""
FEWEST_MONTHS: Final = 12
"""Months on either side that a series needs."""
MASKED: Final = 0.5
"""The share of an effect that may hang on which plan it is measured against."""


def side(of: Contrast) -> Any:
    """1 where the whole range lies above no change, -1 where below, 0 where it holds no change."""
    with np.errstate(invalid="ignore", divide="ignore"):
        found = np.where(of.low > 0, 1, np.where(of.high < 0, -1, 0))
    return np.where(of.usable, found, 0)


def enough(of: Contrast, points: int, needed: int) -> Any:
    """Whether there is enough after the start.

    points: projects, or months of a series.  needed: the fewest of them.
    """
    if points < needed:
        return np.zeros(np.shape(of.d), np.bool_)
    if points >= FEWEST_AFTER:
        return np.ones(np.shape(of.d), np.bool_)
    with np.errstate(invalid="ignore", divide="ignore"):
        return of.e >= CLAIM_AT


def masked(first: Any, current: Any, least: float) -> Any:
    """Whether changed plans make, or hide, more than half of an effect.

    first, current: the effect against the first and against the current plan.  least: the least
    worthwhile effect; of what is smaller than half of that nothing can hang.
    """
    gap = np.abs(first - current)
    return (gap > MASKED * np.abs(first)) & (gap > MASKED * least)
