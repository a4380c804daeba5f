"""Comparing the units of a house fairly: shrunk means and funnels, never a league table.

A unit of three projects is at the top or the bottom of any ranking by luck alone (methods.md 3.3).
So its mean is drawn towards the house's as far as its own data are thin, and it is shown against
the limits within which units of its size lie by chance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from trackrecord.errors import EvidenceError, NotEnoughHistory

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shrunk:
    """Unit means drawn towards the house mean, as far as their own data are thin.

    mean, error: the house mean and its standard error.  spread: tau squared, the variance between
    units; 0: the units do not differ measurably.  q: the heterogeneity statistic.
    units: name to shrunk mean.
    """

    mean: float
    error: float
    spread: float
    q: float
    units: Mapping[str, float]

    @property
    def differ(self) -> bool:
        """Whether the units differ measurably at all."""
        return self.spread > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """The limits within which units of their size lie by chance; never a league table.

    mean: the house mean.  inner, outer: name to (low, high), 95 % and 99.8 %.
    widening: the factor for overdispersion, 1 where there is none.
    """

    mean: float
    inner: Mapping[str, tuple[float, float]]
    outer: Mapping[str, tuple[float, float]]
    widening: float


def shrink(units: Mapping[str, Sequence[float]]) -> Shrunk:
    """Unit means drawn towards the house mean; units: name to the outcomes of its projects.

    The variance within units is pooled, so a unit of one project counts too.  Raises
    NotEnoughHistory where no unit has two projects, so that nothing is known of that variance.
    """
    counts = {name: len(outcomes) for name, outcomes in units.items() if len(outcomes)}
    freedom = sum(counts.values()) - len(counts)
    if freedom < 1:
        raise NotEnoughHistory(
            measure="Comparing units", n=sum(counts.values()), needed=len(counts) + 1
        )
    means = {name: float(np.mean(units[name])) for name in counts}
    within = sum(float(((np.asarray(units[name]) - means[name]) ** 2).sum()) for name in counts)
    return shrink_means(means, {name: within / freedom / n for name, n in counts.items()})


def shrink_means(means: Mapping[str, float], variances: Mapping[str, float]) -> Shrunk:
    """As `shrink`, from each unit's mean and the variance of that mean.

    Source: DerSimonian & Laird (1986), Controlled Clinical Trials 7:177.
    """
    y, v = _aligned(means, variances)
    weights = 1 / v
    pooled = float((weights * y).sum() / weights.sum())
    q = float((weights * (y - pooled) ** 2).sum())
    slack = float(weights.sum() - (weights**2).sum() / weights.sum())
    spread = max(0.0, (q - (y.size - 1)) / slack) if slack > 0 else 0.0
    within = 1 / (v + spread)
    mean = float((within * y).sum() / within.sum())
    shrunk = mean + spread / (v + spread) * (y - mean)
    return Shrunk(
        mean=mean,
        error=sqrt(1 / float(within.sum())),
        spread=spread,
        q=q,
        units=dict(zip(means, shrunk.tolist(), strict=True)),
    )


def efron_morris(rates: Sequence[float], variance: float) -> tuple[float, ...]:
    """Rates of equally many trials each, drawn towards their mean by one common factor.

    variance: of each rate.  The factor is 1 - (k - 3) variance / sum of squares, never below 0.
    Raises NotEnoughHistory below four rates, where there is nothing to gain.

    Source: Efron & Morris (1975), JASA 70:311.
    """
    if len(rates) < 4:
        raise NotEnoughHistory(measure="Drawing rates together", n=len(rates), needed=4)
    x = np.asarray(rates, dtype=np.float64)
    scatter = float(((x - x.mean()) ** 2).sum())
    factor = max(0.0, 1 - (x.size - 3) * variance / scatter) if scatter else 0.0
    return tuple((x.mean() + factor * (x - x.mean())).tolist())


def funnel(means: Mapping[str, float], variances: Mapping[str, float]) -> Funnel:
    """Chance limits around the house mean for units of different size.

    means, variances: each unit's mean and the variance of that mean.  Where more than a tenth of
    the units lie outside the 95 % limits, chance alone is too narrow a story: all limits widen by
    the root mean square of the z-values, the outer tenths of those pulled in.

    Source: Spiegelhalter (2005), Statistics in Medicine 24:1185.
    """
    y, v = _aligned(means, variances)
    mean = float((y / v).sum() / (1 / v).sum())
    z = (y - mean) / np.sqrt(v)
    widening = 1.0
    if (np.abs(z) > 1.96).mean() > 0.10:
        pulled_in = np.clip(z, *np.quantile(z, [0.10, 0.90]))
        widening = max(1.0, sqrt(float((pulled_in**2).mean())))

    def limits(reach: float) -> dict[str, tuple[float, float]]:
        half = reach * widening * np.sqrt(v)
        return {name: (mean - h, mean + h) for name, h in zip(means, half.tolist(), strict=True)}

    return Funnel(mean=mean, inner=limits(1.96), outer=limits(3.09), widening=widening)


def _aligned(means: Mapping[str, float], variances: Mapping[str, float]) -> tuple[Floats, Floats]:
    if not means or means.keys() != variances.keys() or min(variances.values()) <= 0:
        raise EvidenceError(
            "Each unit needs a mean and a variance above zero. Leave out the others."
        )
    return np.array(list(means.values())), np.array([variances[name] for name in means])
