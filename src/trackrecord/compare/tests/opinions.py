"""Worlds in which second opinions are asked: how often each stands against an effect, by chance or rightly.

A second opinion decides nothing, so no bound of methods.md 5.7 holds for it; a reader of one should know all
the same how often it speaks up where nothing changed, and where something did.  `benchmarks/opinions.py` runs
these in full, the tests beside this in small.  Claims and opinions are those that a verdict makes and shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
from scipy import stats

from trackrecord.compare import contrast, drifting, guards, interrupted, rules
from trackrecord.compare.tests.worlds import LOOKS, Floats, Random, leaning, normal

EARLIER: Final = 24
"""Months before the change; with a year after it there are as many as seasons need."""
YEAR: Final = 12
SEASONS: Final = "seasons"
LINE: Final = "seasons, one straight trend"
DRIFTING: Final = "seasons, a level that drifts"
MIXTURE: Final = "synthetic_control"


@dataclass(frozen=True, slots=True)
class Opinion:
    """How often an opinion stood against an effect.

    asked: worlds, each asked at its last look, whether anything could be claimed there or not.
    claims: worlds that could ever be claimed to have moved, asked at the first look at which they could.
    """

    asked: int
    against: int
    claims: int
    claims_against: int

    @property
    def interval(self) -> tuple[float, float]:
        """Exact limits of the share of claims it stands against, two-sided 95 % (Clopper and Pearson)."""
        return exact(self.claims_against, self.claims)


@dataclass(frozen=True, slots=True)
class Asked:
    """A world.  part: "nothing changes" or "true changes".  run: what each opinion said, by its name."""

    part: str
    what: str
    run: Callable[[Random, int], Mapping[str, Opinion]]


def exact(count: int, of: int) -> tuple[float, float]:
    """Limits of Clopper and Pearson, two-sided 95 %; all is possible where nothing was counted."""
    if not of:
        return 0.0, 1.0
    found = stats.binomtest(count, of).proportion_ci(method="exact")
    return float(found.low), float(found.high)


class _Tally:
    """Which worlds each opinion stood against, at the end and beside a claim."""

    def __init__(self) -> None:
        self._end: dict[str, list[bool]] = {}
        self._claim: dict[str, list[bool]] = {}

    def at_the_end(self, said: Mapping[str, bool]) -> None:
        for name, against in said.items():
            self._end.setdefault(name, []).append(against)

    def beside_a_claim(self, said: Mapping[str, bool]) -> None:
        for name, against in said.items():
            self._claim.setdefault(name, []).append(against)

    def opinions(self) -> dict[str, Opinion]:
        return {
            name: Opinion(len(end), sum(end), len(beside), sum(beside))
            for name, end in self._end.items()
            for beside in [self._claim.get(name, [])]
        }


# One series: its seasons taken out.


def series(
    rho: float,
    *,
    season: float = 0.0,
    trend: float = 0.0,
    walk: float = 0.0,
    shift: float = 0.0,
) -> Callable[[Random, int], Mapping[str, Opinion]]:
    """Months that lean on each other, in standard deviations of a month.

    season: how far the height of a year lies from its middle, at a time of the year that is drawn.
    trend: a year, throughout.  walk: the spread of what the level drifts in a month.
    """

    def run(random: Random, worlds: int) -> Mapping[str, Opinion]:
        at = np.arange(EARLIER + LOOKS)
        phase = random.random((worlds, 1)) * YEAR
        months = leaning(random, rho, worlds, len(at))
        months += season * np.cos((at - phase) / YEAR * 2 * np.pi) + trend * at / YEAR
        months += walk * normal(random, worlds, len(at)).cumsum(axis=1)
        months[:, EARLIER:] += shift
        tally, first = _Tally(), _first_claims(months)
        for world, values in enumerate(months):
            tally.at_the_end(_of_seasons(values))
            for look in first[world]:
                seen = values[: EARLIER + look]
                if interrupted.level_shift(seen, EARLIER, seed=world).p <= guards.SIGNIFICANT:
                    tally.beside_a_claim(_of_seasons(seen))
                    break
        return tally.opinions()

    return run


def _first_claims(months: Floats) -> list[list[int]]:
    """The looks of each world at which its range would let it be claimed, in order."""
    found: list[list[int]] = [[] for _ in months]
    for look in range(rules.FEWEST_MONTHS, LOOKS + 1):
        of = contrast.months(months[:, :EARLIER], months[:, EARLIER : EARLIER + look])
        claimed = (rules.side(of) != 0) & rules.enough(of, look, rules.FEWEST_MONTHS)
        for world in np.flatnonzero(claimed):
            found[world].append(look)
    return found


def _of_seasons(values: Floats) -> dict[str, bool]:
    effect = float(values[EARLIER:].mean() - values[:EARLIER].mean())
    found = drifting.shifts(values, range(len(values)), EARLIER)
    assert found is not None
    return {
        SEASONS: drifting.told(found, effect)[0] == "failed",
        LINE: found.line / effect < 0,
        DRIFTING: found.drifting / effect < 0,
    }


# One unit beside others.


def one_unit(
    donors: int,
    rho: float,
    *,
    shared: float = 0.0,
    worst: bool = False,
    shift: float = 0.0,
) -> Callable[[Random, int], Mapping[str, Opinion]]:
    """One unit gets the change and others never do, in standard deviations of a unit's month.

    shared: the spread of three ways that units follow, each by a share of its own, as they drift in a month.
    worst: the unit is the one that was worst in the year before.
    """

    def run(random: Random, worlds: int) -> Mapping[str, Opinion]:
        tally = _Tally()
        for _ in range(worlds):
            months = leaning(random, rho, donors + 1, EARLIER + LOOKS)
            ways = shared * normal(random, 3, EARLIER + LOOKS).cumsum(axis=1)
            months += random.dirichlet(np.ones(3), donors + 1) @ ways
            if worst:
                latest = months[:, EARLIER - YEAR : EARLIER].mean(axis=1)
                months = months[np.argsort(-latest)]
            months[0, EARLIER:] += shift
            tally.at_the_end(_of_mixture(months))
            claimed = _first_claim(months)
            if claimed is not None:
                tally.beside_a_claim(_of_mixture(months[:, : EARLIER + claimed]))
        return tally.opinions()

    return run


def _changes(months: Floats) -> Floats:
    found: Floats = months[:, EARLIER:].mean(axis=1) - months[:, :EARLIER].mean(axis=1)
    return found


def _first_claim(months: Floats) -> int | None:
    for look in range(1, LOOKS + 1):
        change = _changes(months[:, : EARLIER + look])
        if rules.side(contrast.units(change[:1], change[1:])):
            return look
    return None


def _of_mixture(months: Floats) -> dict[str, bool]:
    change = _changes(months)
    effect = float(change[0] - change[1:].mean())
    said, _ = guards.beside_mixture(months[0], months[1:], EARLIER, effect)
    return {MIXTURE: said == "failed"}


def all_worlds() -> Iterator[Asked]:
    """Where nothing changes at the start, whatever else does; then true changes."""
    nothing, true = "nothing changes", "true changes"
    for rho in (0.0, 0.4, 0.8):
        yield Asked(nothing, f"months, rho {rho}", series(rho))
    for season, rho in product((1.0, 2.0), (0.0, 0.4)):
        yield Asked(nothing, f"seasons of {season:g}, rho {rho}", series(rho, season=season))
    for trend, rho in product((0.5, 1.0), (0.0, 0.4)):
        what = f"a trend of {trend:g} a year, rho {rho}"
        yield Asked(nothing, what, series(rho, trend=trend))
    for walk in (0.1, 0.3):
        yield Asked(nothing, f"a level that drifts by {walk:g} a month", series(0.0, walk=walk))
    for donors, rho in product((15, 19, 38), (0.0, 0.4)):
        yield Asked(nothing, f"one of {donors + 1} units, rho {rho}", one_unit(donors, rho))
    for donors in (19, 38):
        what = f"one of {donors + 1} units, shared drifts"
        yield Asked(nothing, what, one_unit(donors, 0.4, shared=0.3))
        what = f"the worst of {donors + 1} units"
        yield Asked(nothing, what, one_unit(donors, 0.4, worst=True))
    for rho in (0.0, 0.4):
        yield Asked(true, f"months, rho {rho}", series(rho, shift=-1.5))
        yield Asked(true, f"seasons of 1, rho {rho}", series(rho, season=1.0, shift=-1.5))
    for trend in (-0.5, 0.5):
        how = "with" if trend < 0 else "against"
        what = f"a trend of 0.5 a year {how} it"
        yield Asked(true, what, series(0.0, trend=trend, shift=-1.5))
    for donors in (15, 19, 38):
        yield Asked(true, f"one of {donors + 1} units, rho 0.4", one_unit(donors, 0.4, shift=-1.5))
