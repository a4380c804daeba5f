"""A number that is not known exactly: as one value, as low, likely and high, or by median and spread."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from trackrecord.errors import EvidenceError

Numbers = npt.NDArray[np.float64]


class Quantity(Protocol):
    """What the model draws from."""

    def at(self, share: Numbers) -> Numbers:
        """The values below which these shares (0-1) of it lie."""
        ...

    @property
    def is_certain(self) -> bool:
        """Whether it has one value only."""
        ...


@dataclass(frozen=True, slots=True)
class Certain:
    """One value."""

    value: float

    def at(self, share: Numbers) -> Numbers:
        return np.full(share.shape, self.value)

    @property
    def is_certain(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Pert:
    """Between low and high, most often likely: the Beta that PERT makes of the three.

    Raises EvidenceError where they do not stand in order.
    """

    low: float
    likely: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.likely <= self.high:
            raise EvidenceError(
                f"low {self.low:g}, likely {self.likely:g}, high {self.high:g} do not stand in order. "
                "Give the lowest first."
            )

    def at(self, share: Numbers) -> Numbers:
        width = self.high - self.low
        if width == 0:
            return np.full(share.shape, self.low)
        rise = 1 + 4 * (self.likely - self.low) / width
        return self.low + width * _beta_quantiles(rise, 6 - rise, share)

    @property
    def is_certain(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Lognormal:
    """Half of it below the median; sigma is the standard deviation of its logarithm."""

    median: float
    sigma: float

    def __post_init__(self) -> None:
        if self.median <= 0 or self.sigma < 0:
            raise EvidenceError(
                f"median {self.median:g} and sigma {self.sigma:g} make no lognormal. Give a median "
                "above 0 and a sigma of 0 or more."
            )

    def at(self, share: Numbers) -> Numbers:
        from scipy.special import ndtri

        found: Numbers = self.median * np.exp(self.sigma * ndtri(share))
        return found

    @property
    def is_certain(self) -> bool:
        return self.sigma == 0


@dataclass(frozen=True, slots=True)
class PastLosses:
    """A year's loss, as what past projects lost says: projects drawn again and again from those there were.

    losses: one amount a past project, in major units; years: over how many they were lost.
    """

    losses: tuple[float, ...]
    years: float

    def __post_init__(self) -> None:
        if not self.losses or self.years <= 0:
            raise EvidenceError("Past losses need at least one project and more than 0 years.")

    def capped(self, share: float = 0.95) -> PastLosses:
        """With each project's loss no higher than that quantile of them: one fire says little of the next."""
        losses = np.array(self.losses)
        most = float(np.quantile(losses, share))
        return PastLosses(tuple(np.minimum(losses, most).tolist()), self.years)

    def at(self, share: Numbers) -> Numbers:
        """By the normal distribution that a sum of so many tends to; `draw` resamples."""
        from scipy.special import ndtri

        losses = np.array(self.losses)
        spread = math.sqrt(len(losses)) * float(losses.std())
        found: Numbers = np.maximum(0.0, (losses.sum() + spread * ndtri(share)) / self.years)
        return found

    def draw(self, random: np.random.Generator, draws: int) -> Numbers:
        """A year's loss, resampled."""
        return resampled((self,), random, draws)[0]

    @property
    def is_certain(self) -> bool:
        return len(set(self.losses)) == 1


def resampled(of: Sequence[PastLosses], random: np.random.Generator, draws: int) -> list[Numbers]:
    """A year's loss by several accounts of the same projects, from one drawing of projects for all."""
    losses = [np.array(each.losses) for each in of]
    found = [np.empty(draws) for _ in of]
    projects = len(losses[0])
    at_once = max(1, _RESAMPLED_AT_ONCE // projects)
    for first in range(0, draws, at_once):
        some = slice(first, min(first + at_once, draws))
        picks = random.integers(0, projects, (some.stop - some.start, projects))
        for sums, lost in zip(found, losses, strict=True):
            sums[some] = lost.take(picks).sum(axis=1)
    return [sums / each.years for sums, each in zip(found, of, strict=True)]


# Beyond so many past projects their sum is as good as normal, and resampling would take seconds.
MOST_RESAMPLED = 200
# So few that the drawn numbers stay in the processor's own memory.
_RESAMPLED_AT_ONCE = 20_000


def _beta_quantiles(a: float, b: float, share: Numbers) -> Numbers:
    """What the library's inverse gives, in a tenth of its time for many shares; a and b are 1 or more.

    Its forward function is quick: a table of it says roughly where each share lies, and three steps of
    Newton where exactly.  The few at the very ends, where that is not sure, are left to the inverse.
    """
    # Late: a command that asks for nothing needs no scipy.
    from scipy.special import betainc, betaincinv, betaln

    if share.size <= _TABLED:
        inverse: Numbers = betaincinv(a, b, share)
        return inverse
    grid = np.linspace(0, 1, _TABLED)
    found: Numbers = np.interp(share, betainc(a, b, grid), grid)
    step, density = np.zeros_like(found), np.zeros_like(found)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        for _ in range(3):
            density = np.exp((a - 1) * np.log(found) + (b - 1) * np.log1p(-found) - betaln(a, b))
            step = (betainc(a, b, found) - share) / density
            found = np.clip(found - step, 0, 1)
        loose = ~((np.abs(step) <= _SETTLED * found) & (density > _THIN))
    found[loose] = betaincinv(a, b, share[loose])
    return found


# As fine as makes three steps enough.
_TABLED = 1_025
_SETTLED = 1e-12
_THIN = 1e-3
