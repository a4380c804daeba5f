"""See: charts that tell a signal from noise and never say why (methods.md 5.2).

The XmR chart is quick to see a jump; the cumulative sum sees a small shift that lasts.  Plain Python, for
pages draw them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import fmean
from typing import Final

from trackrecord.errors import NotEnoughHistory

BASELINE_POINTS: Final = 12
SLACK: Final = 0.5
LIMIT: Final = 5.0
"""A cumulative sum forgives half a standard deviation a point and signals beyond five: a shift of one is
seen after ten points or so, and one that is none after some hundreds."""
_D2: Final = 1.128
_RUN: Final = 8


@dataclass(frozen=True, slots=True)
class Chart:
    """Limits from the baseline's points alone, and where the whole series breaks a rule.

    low, centre, high: in the series' unit.  provisional: made of fewer than 12 points.
    beyond, run, two_of_three: the places, from 0, at which one point lies beyond the limits, the
    eighth in a row lies on one side, and two of three lie beyond two thirds of the way.
    """

    centre: float
    moving_range: float
    low: float
    high: float
    provisional: bool
    beyond: tuple[int, ...]
    run: tuple[int, ...]
    two_of_three: tuple[int, ...]

    @property
    def signal(self) -> bool:
        """Whether anything but noise shows."""
        return bool(self.beyond or self.run or self.two_of_three)

    @property
    def sigma(self) -> float:
        """The spread from point to point that the limits are three of."""
        return self.moving_range / _D2


@dataclass(frozen=True, slots=True)
class Cusum:
    """What lies above a target, and below it, added up point by point; small departures are forgiven.

    above, below: the sums, never under 0.  up, down: the first place, from 0, at which a sum is beyond its
    limit; None where it never is.
    """

    above: tuple[float, ...]
    below: tuple[float, ...]
    up: int | None
    down: int | None


def xmr(values: Sequence[float], *, baseline: int | None = None) -> Chart:
    """The chart of a series in time order.

    baseline: how many of the first points the limits rest on; all of them unless told.
    Raises NotEnoughHistory for fewer than two.
    """
    base = values[: len(values) if baseline is None else baseline]
    if len(base) < 2:
        raise NotEnoughHistory(measure="an XmR chart", n=len(base), needed=2)
    centre = fmean(base)
    moving = fmean(abs(later - earlier) for earlier, later in pairwise(base))
    sigma = moving / _D2
    off = [value - centre for value in values]
    side = [(gap > 0) - (gap < 0) for gap in off]
    far = [way if abs(gap) > 2 * sigma else 0 for way, gap in zip(side, off, strict=True)]
    return Chart(
        centre=centre,
        moving_range=moving,
        low=centre - 3 * sigma,
        high=centre + 3 * sigma,
        provisional=len(base) < BASELINE_POINTS,
        beyond=tuple(place for place, gap in enumerate(off) if abs(gap) > 3 * sigma),
        run=tuple(
            place
            for place in range(_RUN - 1, len(side))
            if abs(sum(side[place - _RUN + 1 : place + 1])) == _RUN
        ),
        two_of_three=tuple(
            place
            for place in range(1, len(far))
            if far[place] and far[max(0, place - 2) : place + 1].count(far[place]) >= 2
        ),
    )


def cusum(values: Sequence[float], target: float, *, slack: float, limit: float) -> Cusum:
    """The two-sided cumulative sum of a series in time order (Page 1954).

    target, slack, limit: in the series' unit.  slack: how far from the target a point may lie without
    adding to a sum.
    """
    off = [value - target for value in values]
    above = _added(off, slack)
    below = _added([-gap for gap in off], slack)
    return Cusum(above, below, _first(above, limit), _first(below, limit))


def _added(off: Sequence[float], slack: float) -> tuple[float, ...]:
    sums = accumulate(off, lambda so_far, gap: max(0.0, so_far + gap - slack), initial=0.0)
    return tuple(sums)[1:]


def _first(sums: Sequence[float], limit: float) -> int | None:
    return next((place for place, so_far in enumerate(sums) if so_far > limit), None)
