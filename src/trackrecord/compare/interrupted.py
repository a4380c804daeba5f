"""One series and no comparison group: a level shift, tested with an AR(1) bootstrap (methods.md 5.8).

Neighbouring months are alike; the usual tests take that for evidence and err in one case out of five.
Read once, at the registered date: it is not anytime-valid.  The standard error of Newey and West is
shown beside it for series of a hundred points, and never decides: on short ones it errs as often.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

DRAWS: Final = 999
TREND_POINTS: Final = 48
COMPARED_POINTS: Final = 100
_BOUND: Final = 0.9


@dataclass(frozen=True, slots=True)
class LevelShift:
    """The shift in the series' unit, its least-squares t, and how often chance alone reaches it.

    compared_se: the standard error of Newey and West; None for fewer than a hundred points.
    """

    shift: float
    t: float
    p: float
    rho: float
    compared_se: float | None = None


def level_shift(
    series: ArrayLike, before: int, *, seed: int, trend: bool = False, draws: int = DRAWS
) -> LevelShift:
    """Whether the level changed after the first `before` points.

    trend: with a slope before and a change of slope; only where it was registered and there are 48
    points or more.  seed: of the bootstrap's draws.
    """
    y = np.asarray(series, np.float64)
    full = _design(len(y), before, trend=trend)
    reduced = np.delete(full, 1, axis=1)
    tested: Floats = np.linalg.pinv(full).astype(np.float64)
    coefficients = tested @ y
    t = float(_t(y[None, :], full, tested)[0])
    residuals = y - reduced @ (np.linalg.pinv(reduced) @ y)
    rho = _likeness(residuals, reduced.shape[1])
    n, k = full.shape
    sd = np.sqrt(residuals @ residuals / (n - k + 1))
    drawn = np.abs(_t(_ar1(rho, sd, n, draws, seed), full, tested))
    p = (1 + int((drawn >= abs(t) - 1e-12).sum())) / (draws + 1)
    return LevelShift(
        shift=float(coefficients[1]),
        t=t,
        p=p,
        rho=rho,
        compared_se=_newey_west(y - full @ coefficients, full) if n >= COMPARED_POINTS else None,
    )


def _newey_west(residuals: Floats, full: Floats) -> float:
    """The standard error of the shift that allows for likeness over a few points, for few points corrected.

    Bartlett weights over 4 (n / 100)^(2/9) lags (Newey and West 1987, 1994).
    """
    n, k = full.shape
    lags = int(4 * (n / 100) ** (2 / 9))
    scores = full * residuals[:, None]
    middle = scores.T @ scores
    for lag in range(1, lags + 1):
        across = scores[lag:].T @ scores[:-lag]
        middle += (1 - lag / (lags + 1)) * (across + across.T)
    bread = np.linalg.pinv(full.T @ full)
    return float(np.sqrt((bread @ middle @ bread)[1, 1] * n / (n - k)))


def _design(n: int, before: int, *, trend: bool) -> Floats:
    """Columns: the level, the shift, and with a trend time and the change of slope."""
    time = np.arange(n, dtype=np.float64)
    post = (time >= before).astype(np.float64)
    columns = [np.ones(n), post]
    if trend:
        columns += [time, post * (time - before)]
    return np.column_stack(columns)


def _likeness(residuals: Floats, kept: int) -> float:
    """How far a month carries over to the next, corrected for what the fit has taken out."""
    n = len(residuals)
    squares = float((residuals[:-1] ** 2).sum())
    rho = float(residuals[1:] @ residuals[:-1]) / squares if squares > 0 else 0.0
    rho += (1 + 4 * rho) / n * (kept / 2 if kept > 1 else 1)
    return float(np.clip(rho, -_BOUND, _BOUND))


def _ar1(rho: float, sd: float, n: int, draws: int, seed: int) -> Floats:
    """Series that lean on themselves, all of one spread from their first point on."""
    noise = np.random.default_rng(seed).standard_normal((draws, n))
    series = np.empty((draws, n))
    series[:, 0] = noise[:, 0]
    fresh = np.sqrt(1 - rho * rho)
    for place in range(1, n):
        series[:, place] = rho * series[:, place - 1] + fresh * noise[:, place]
    return series * sd


def _t(series: Floats, full: Floats, inverse: Floats) -> Floats:
    """The least-squares t of the shift, for each row."""
    coefficients = series @ inverse.T
    residuals = series - coefficients @ full.T
    n, k = full.shape
    variance = (residuals**2).sum(axis=1) / (n - k) * (inverse[1] @ inverse[1])
    t: Floats = coefficients[:, 1] / np.sqrt(np.maximum(variance, 1e-300))
    return t
