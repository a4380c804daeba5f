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
        from scipy.special import betaincinv  # late: a command that asks for nothing needs no scipy

        width = self.high - self.low
        if width == 0:
            return np.full(share.shape, self.low)
        rise = 1 + 4 * (self.likely - self.low) / width
        found: Numbers = self.low + width * betaincinv(rise, 6 - rise, share)
        return found

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
        most = float(np.quantile(np.array(self.losses), share))
        return PastLosses(tuple(min(loss, most) for loss in self.losses), self.years)

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
            sums[some] = lost[picks].sum(axis=1)
    return [sums / each.years for sums, each in zip(found, of, strict=True)]


# Beyond so many past projects their sum is as good as normal, and resampling would take seconds.
MOST_RESAMPLED = 200
# So few that the drawn numbers stay in the processor's own memory.
_RESAMPLED_AT_ONCE = 20_000
