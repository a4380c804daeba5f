"""Second opinions on a shift in a monthly series: with its seasons, and other series, taken out.

One line through everything answers otherwise than a level that is free to drift from month to month, and
both are defensible, so both are shown and neither decides (methods.md 8, I2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.linalg import cholesky_banded, solveh_banded
from scipy.optimize import minimize_scalar

Floats = NDArray[np.float64]

_YEAR: Final = 12
ENOUGH_MONTHS: Final = 3 * _YEAR
"""Fewer months say too little of their seasons."""
_RESTLESS: Final = (-14.0, 6.0)
"""Logs of how restless a level may be: from one that stands still to one that is all there is."""


@dataclass(frozen=True, slots=True)
class Shifts:
    """The shift in the series' unit, by two accounts of the months around it.

    line: with one straight trend throughout.  drifting: with a level that drifts.  beside: what each of the
    other series goes with in the second account, by their order.
    """

    line: float
    drifting: float
    beside: tuple[float, ...] = ()


def shifts(
    values: ArrayLike, months: Sequence[int], before: int, *, beside: Sequence[ArrayLike] = ()
) -> Shifts | None:
    """Both second opinions on whether the level changed after the first `before` values.

    months: of each value, counted on from any January, in order; months may be missing.
    beside: other series that may have moved it, of the same months.
    None where there are too few months, or where they do not tell the shift from the seasons.
    """
    y, at = np.asarray(values, np.float64), np.asarray(months, np.int64)
    seasons = _seasons(at)
    post = (np.arange(len(y)) >= before).astype(np.float64)
    told = np.column_stack([post, *(np.asarray(each, np.float64) for each in beside)])
    whole = np.column_stack([told, at - at[0], np.ones(len(y)), seasons])
    if len(y) < ENOUGH_MONTHS or np.linalg.matrix_rank(whole) < whole.shape[1]:
        return None
    line = np.linalg.lstsq(whole, y)[0]
    drifting = local_level(y, at, told, seasons)
    return Shifts(float(line[0]), float(drifting[0]), tuple(drifting[1:].tolist()))


def told(found: Shifts | None, effect: float) -> tuple[Literal["passed", "failed", "not run"], str]:
    """How a second opinion ends beside an effect, and a note: it stands against it where a sign turns."""
    if found is None:
        years = ENOUGH_MONTHS // _YEAR
        return "not run", f"It needs {years} years of months that tell the change from the seasons."
    stays = sorted((found.line / effect, found.drifting / effect))
    note = (
        f"With the seasons taken out {stays[0]:.0%} of the effect is left by one account and {stays[1]:.0%} by "
        "another (one straight trend throughout; a level that drifts)."
    )
    return ("failed" if stays[0] < 0 else "passed"), note


def local_level(y: Floats, months: NDArray[np.int64], told: Floats, patterns: Floats) -> Floats:
    """What each column of `told` goes with, where the level is a random walk seen through noise.

    patterns: columns of which nothing is known beforehand either, such as seasons.  Its differences from
    month to month lean on their neighbours only, so that all of it is one band; how restless the level is
    has the highest likelihood, with the level and the patterns unknown at the start (Harvey and Durbin 1986).
    """
    columns = np.diff(np.column_stack([told, patterns]), axis=0)
    dy, gaps = np.diff(y), np.diff(months).astype(np.float64)
    k = told.shape[1]

    def fitted(log_restless: float) -> tuple[float, Floats]:
        band = np.full((2, len(dy)), -1.0)
        band[1] = 2 + np.exp(log_restless) * gaps
        weighed = solveh_banded(band, np.column_stack([columns, dy]))
        information = columns.T @ weighed[:, :-1]
        found: Floats = np.linalg.solve(information, columns.T @ weighed[:, -1])
        left = dy - columns @ found
        spread = float(left @ solveh_banded(band, left))
        spare = len(dy) - patterns.shape[1]
        against = spare * np.log(spread) + 2 * np.log(cholesky_banded(band)[1]).sum()
        return float(against + np.linalg.slogdet(information[k:, k:])[1]), found

    best = minimize_scalar(lambda each: fitted(each)[0], bounds=_RESTLESS, method="bounded")
    return fitted(float(best.x))[1][:k]


def _seasons(months: NDArray[np.int64]) -> Floats:
    """A column for each month of the year but the first there is."""
    of_year = months % _YEAR
    return np.column_stack(
        [(of_year == each).astype(np.float64) for each in np.unique(of_year)[1:]]
    )
