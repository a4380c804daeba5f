"""See: the XmR chart, which tells a signal from noise and never says why (methods.md 5.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from trackrecord.errors import NotEnoughHistory

BASELINE_POINTS: Final = 12
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


def xmr(values: Sequence[float], *, baseline: int | None = None) -> Chart:
    """The chart of a series in time order.

    baseline: how many of the first points the limits rest on; all of them unless told.
    Raises NotEnoughHistory for fewer than two.
    """
    series = np.asarray(values, np.float64)
    base = series[: len(series) if baseline is None else baseline]
    if len(base) < 2:
        raise NotEnoughHistory(measure="an XmR chart", n=len(base), needed=2)
    centre, moving = float(base.mean()), float(np.abs(np.diff(base)).mean())
    sigma = moving / _D2
    side = np.sign(series - centre)
    far = np.where(np.abs(series - centre) > 2 * sigma, side, 0)
    return Chart(
        centre=centre,
        moving_range=moving,
        low=centre - 3 * sigma,
        high=centre + 3 * sigma,
        provisional=len(base) < BASELINE_POINTS,
        beyond=tuple(np.flatnonzero(np.abs(series - centre) > 3 * sigma).tolist()),
        run=tuple(
            place
            for place in range(_RUN - 1, len(series))
            if abs(side[place - _RUN + 1 : place + 1].sum()) == _RUN
        ),
        two_of_three=tuple(
            place
            for place in range(1, len(series))
            if far[place] and (far[max(0, place - 2) : place + 1] == far[place]).sum() >= 2
        ),
    )
