"""How often chance passes a boundary when it is looked at a few times on fixed days (methods.md 8, Q1).

No verdict uses such boundaries: a registration may be looked at on any day.  What they give, worked out
exactly, is what the width of the sequence is held against here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import norm

from trackrecord.compare import sequence

POINTS = 401


@dataclass(frozen=True)
class Walk:
    """A sum of equal steps among those that have not crossed yet: how likely it is to lie where.

    By recursion over the density (Armitage and others 1969); nothing is there, so steps are standard normal.
    """

    at: np.ndarray = field(default_factory=lambda: np.zeros(1))
    weight: np.ndarray = field(default_factory=lambda: np.ones(1))
    look: int = 1

    def crosses(self, bound: float) -> float:
        """The chance that the next look lies beyond a bound in standard errors, either way."""
        edge = bound * sqrt(self.look)
        return float(self.weight @ (norm.sf(edge - self.at) + norm.cdf(-edge - self.at)))

    def within(self, bound: float) -> Walk:
        """Those that do not."""
        edge = bound * sqrt(self.look)
        at = np.linspace(-edge, edge, POINTS)
        width = np.full(POINTS, at[1] - at[0])
        width[[0, -1]] /= 2
        density = norm.pdf(at[:, None] - self.at) @ self.weight
        return Walk(at, width * density, self.look + 1)


def crossing(bounds: Sequence[float]) -> float:
    """The chance to lie beyond a bound at any of the looks."""
    walk, crossed = Walk(), 0.0
    for bound in bounds:
        crossed += walk.crosses(bound)
        walk = walk.within(bound)
    return crossed


def spent(share: float) -> float:
    """What of 5 % may be spent by a share of the whole, after Lan and DeMets: half of it either way, and
    hardly anything early."""
    return float(4 * norm.sf(norm.isf(0.0125) / sqrt(share)))


def test_q1_boundaries_that_spend_little_early() -> None:
    """Q1, cross-checked by simulation: O'Brien-Fleming-type spending over four looks."""
    walk, bounds = Walk(), []
    for look in range(1, 5):
        aim = spent(look / 4) - spent((look - 1) / 4 or 1e-9)
        bounds.append(brentq(lambda z, walk=walk, aim=aim: walk.crosses(z) - aim, 1.5, 6))
        walk = walk.within(bounds[-1])

    assert bounds == pytest.approx([4.3326, 2.9631, 2.3590, 2.0141], abs=0.001)


@pytest.mark.parametrize(
    ("bounds", "chance"),
    [
        ([2.413] * 5, 0.050),
        ([2.040 * sqrt(5 / look) for look in range(1, 6)], 0.050),
        ([1.959964] * 5, 0.1412),
    ],
    ids=["Pocock", "O'Brien and Fleming", "an ordinary test each time"],
)
def test_q1_the_chance_to_cross_over_five_looks(bounds: list[float], chance: float) -> None:
    assert crossing(bounds) == pytest.approx(chance, abs=0.001)


def test_the_sequence_is_wider_than_any_five_looks_need_for_it_holds_on_every_day() -> None:
    """The price of not fixing the looks: about three standard errors where Pocock's five need 2.4."""
    widths = [float(sequence.width(10 * look)) for look in range(1, 6)]

    assert min(widths) > 2.413
    assert crossing(widths) < 0.01
