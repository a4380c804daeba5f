"""One unit with the change and many without: the mixture of the others that ran as it did before.

A second opinion, never the verdict: what such a comparison says depends on how it is set up, and with one
unit the only test is how it ranks among others that are treated as if they had had the change
(methods.md 5.5; Abadie, Diamond and Hainmueller 2010; Arkhangelsky and others 2021).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

Floats = NDArray[np.float64]

FEWEST_DONORS: Final = 15
FEWEST_PERIODS: Final = 12
_HEAVY: Final = 1e4
"""How strictly weights add up to one: as a row of the fit, for a general optimiser gave equal weights."""
_BARELY: Final = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Synthetic:
    """A unit against its mixture of others.

    weights: of the others, adding up to 1.  gaps: what the unit has more than the mixture, by period.
    before: how many periods lie before the change.
    """

    weights: Floats
    gaps: Floats
    before: int

    @property
    def effect(self) -> float:
        """The mean gap after the change."""
        return float(self.gaps[self.before :].mean())

    @property
    def ratio(self) -> float:
        """How much farther apart they are after the change than before (root mean squares)."""
        squares = self.gaps**2
        earlier = max(float(squares[: self.before].mean()), 1e-300)
        return float(np.sqrt(squares[self.before :].mean() / earlier))


def mean_difference(unit: Floats, others: Floats, before: int) -> float:
    """What the unit gained, less what the others gained on average.  others: units x periods."""
    gaps = unit - others.mean(axis=0)
    return float(gaps[before:].mean() - gaps[:before].mean())


def synthetic_control(unit: Floats, others: Floats, before: int) -> Synthetic:
    """The unit against the mixture that was nearest to it before.  others: units x periods."""
    weights = _mixture(others[:, :before].T, unit[:before])
    return Synthetic(weights, unit - weights @ others, before)


def synthetic_differences(unit: Floats, others: Floats, before: int) -> float:
    """The difference in differences with others, and earlier periods, weighted to run alongside it.

    others: units x periods.
    """
    earlier, later = others[:, :before], others[:, before:]
    noise = float(np.diff(earlier, axis=1).std(ddof=1))
    spread = noise * later.shape[1] ** 0.25
    units = _mixture(_centred(earlier.T), _centred(unit[:before]), held=spread)
    periods = _mixture(_centred(earlier), _centred(later.mean(axis=1)), held=noise * _BARELY)
    moved = unit[before:].mean() - periods @ unit[:before]
    beside = units @ (later.mean(axis=1) - earlier @ periods)
    return float(moved - beside)


def placebo_rank(unit: Floats, others: Floats, before: int) -> tuple[int, int]:
    """At which place the unit stands, of how many, by how far each moves away from its own mixture.

    Each of the others is given the change in turn, and compared with the rest of them.
    """
    own = synthetic_control(unit, others, before).ratio
    ratios = (
        synthetic_control(each, np.delete(others, place, axis=0), before).ratio
        for place, each in enumerate(others)
    )
    return 1 + sum(ratio >= own for ratio in ratios), len(others) + 1


def _mixture(parts: Floats, whole: Floats, *, held: float = 0.0) -> Floats:
    """Weights of columns, none below 0 and adding up to 1, whose mixture is nearest to a whole.

    held: how far the weights are held to being alike.
    """
    n = parts.shape[1]
    rows = [parts, np.full((1, n), _HEAVY)]
    aims = [whole, np.array([_HEAVY])]
    if held:
        rows.append(held * np.sqrt(len(whole)) * np.eye(n))
        aims.append(np.zeros(n))
    weights: Floats = nnls(np.vstack(rows), np.concatenate(aims))[0]
    weights /= weights.sum()
    return weights


def _centred(values: Floats) -> Floats:
    """About the mean of each column."""
    about: Floats = values - values.mean(axis=0)
    return about
