"""The confidence sequence and the e-value: ranges that hold however often they are looked at.

A plain interval, read every month, claims something about nothing in one year out of four.  These hold
5 % over all looks together (methods.md 5.4).  Every function takes numbers or arrays of them.

Source: Waudby-Smith et al., arXiv 2103.06476 (the asymptotic form).
"""

from __future__ import annotations

from math import inf, log
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

ALPHA: Final = 0.05
T_OPT: Final = 40.0
"""The effective size at which the sequence is narrowest, for projects and for units."""
T_OPT_MONTHS: Final = 10.0
"""The same for a series of months."""
POWER_Z: Final = 0.8416
"""The standard normal quantile of a power of 80 %."""
CLAIM_AT: Final = 20.0
"""An e-value from which a claim may be made on little."""
_G: Final = 0.2


def rho2(t_opt: float = T_OPT) -> float:
    """The tuning of the sequence; registered, never chosen after a look."""
    strictness = -2 * log(ALPHA)
    return (strictness + log(strictness + 1)) / t_opt


def width(t: ArrayLike, t_opt: float = T_OPT) -> Floats:
    """c(t): how many standard errors the sequence reaches to either side, at effective size t > 0."""
    scaled = np.asarray(t, np.float64) * rho2(t_opt)
    reach: Floats = np.sqrt(2 * (scaled + 1) / scaled * np.log(np.sqrt(scaled + 1) / ALPHA))
    return reach


def e_value(t_squared: ArrayLike, t: ArrayLike, nu: ArrayLike) -> Floats:
    """The evidence against no effect: (d / SE) ** 2 at effective size t with nu degrees of freedom.

    20 or more may be called a claim, whenever one looks; valid from five values on.
    """
    square, size, free = (np.asarray(each, np.float64) for each in (t_squared, t, nu))
    grown = 1 + size * _G
    exponent = (free + 1) / 2 * (np.log1p(square / free) - np.log1p(square / (free * grown)))
    evidence: Floats = np.exp(np.minimum(exponent - np.log(grown) / 2, 700.0))
    return evidence


def size_needed(
    effect: float,
    sd: float,
    *,
    t_opt: float = T_OPT,
    power_z: float = POWER_Z,
    widening: float = 1.0,
) -> float:
    """The effective size t from which an effect of that size is likely to be seen.

    effect, sd: on the same scale.  power_z: 0.8416 for 80 % power, 0 for an even chance.
    Infinity where the effect is nil.
    """
    if effect == 0 or sd <= 0:
        return inf if effect == 0 else 0.0
    ratio = sd / abs(effect)
    t = 10.0
    for _ in range(200):
        following = ((float(width(t, t_opt)) * widening + power_z) * ratio) ** 2
        if abs(following - t) < 1e-9 * t:
            break
        t = following
    return t
