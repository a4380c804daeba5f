"""Models of causes, each with the refusal that keeps it honest (methods.md 3.3).

Causes are tagged by people who know how the project ended, so everything here is *associated with*
an overrun; nothing here says what would have happened without the cause.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import expm1, factorial
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from trackrecord.errors import EvidenceError, NotEnoughHistory
from trackrecord.intervals import LEVEL

Floats = NDArray[np.float64]

PROJECTS_FOR_EACH_CAUSE: Final = 10
MOST_CAUSES_TO_SHARE_OUT: Final = 12  # every subset is fitted: 4,096 of them
FALSE_DISCOVERIES: Final = 0.10
NOISE: Final = "not distinguishable from noise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Association:
    """How much dearer or later projects with a cause were than those without, all else alike.

    ratio: exp(b) - 1 as a share: 0.2 is 20 % more.  low, high: its interval.  n: with the cause.
    """

    cause: str
    ratio: float
    low: float
    high: float
    level: float
    p_value: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedR2:
    """How the explained variation is shared out among the causes, and what none explains.

    shares: cause to share of the variation; they sum to r2.  low, high: bootstrap intervals.
    """

    shares: Mapping[str, float]
    low: Mapping[str, float]
    high: Mapping[str, float]
    level: float
    r2: float

    @property
    def unexplained(self) -> float:
        """1 - R2: a bar of its own beside the causes."""
        return 1 - self.r2


@dataclass(frozen=True, slots=True, kw_only=True)
class Discoveries:
    """Which of many findings survive having looked for many.

    adjusted: name to adjusted p-value.  found: those below the line, the surest first.
    noise: the others, of which the word is NOISE.
    """

    adjusted: Mapping[str, float]
    found: tuple[str, ...]
    noise: tuple[str, ...]


def associations(
    outcome: ArrayLike,
    causes: Mapping[str, ArrayLike],
    controls: Mapping[str, ArrayLike] | None = None,
    *,
    level: float = LEVEL,
) -> tuple[Association, ...]:
    """How each cause goes with the outcome, the others held: least squares with HC3 errors.

    outcome: z = ln(actual / baseline), one a project.  causes: name to whether the project has it.
    controls: name to a number a project, e.g. ln(baseline), year, class as 0 or 1.
    Raises NotEnoughHistory below ten projects a cause (merge causes into their families instead),
    and EvidenceError where causes cannot be told apart.

    Source: MacKinnon & White (1985), J. Econometrics 29:305.
    """
    z = np.asarray(outcome, dtype=np.float64)
    needed = PROJECTS_FOR_EACH_CAUSE * len(causes)
    if z.size < needed:
        raise NotEnoughHistory(
            measure=f"A model of {len(causes)} causes (or of fewer, merged into families)",
            n=z.size,
            needed=needed,
        )
    columns = [np.asarray(column, dtype=np.float64) for column in causes.values()]
    others = [np.asarray(column, dtype=np.float64) for column in (controls or {}).values()]
    design = np.column_stack([*columns, *others, np.ones(z.size)])
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise EvidenceError(
            "Some causes always come together, or never vary, so they cannot be told apart. "
            "Merge them into one, or leave one out."
        )
    from scipy.special import stdtr, stdtrit  # late: scipy is slow to start

    slopes, covariance = _hc3(design, z)
    freedom = z.size - design.shape[1]
    reach = float(stdtrit(freedom, (1 + level) / 2))
    errors = np.sqrt(np.diag(covariance))
    return tuple(
        Association(
            cause=cause,
            ratio=expm1(slope),
            low=expm1(slope - reach * error),
            high=expm1(slope + reach * error),
            level=level,
            p_value=2 * float(stdtr(freedom, -abs(slope / error))) if error else 0.0,
            n=int(np.count_nonzero(column)),
        )
        for cause, column, slope, error in zip(causes, columns, slopes, errors, strict=False)
    )


def shared_r2(
    outcome: ArrayLike,
    causes: Mapping[str, ArrayLike],
    *,
    seed: int,
    draws: int = 200,
    level: float = LEVEL,
) -> SharedR2:
    """R2 shared out by Shapley value (LMG): each cause's gain, averaged over all orders of entry.

    outcome, causes: numbers, one a project.  seed, draws: of the bootstrap over projects.
    Causes that cannot be told apart share alike.  Raises EvidenceError for more than twelve causes.

    Source: Lindeman, Merenda & Gold (1980); checked against R's relaimpo on `swiss`.
    """
    if not 1 <= len(causes) <= MOST_CAUSES_TO_SHARE_OUT:
        raise EvidenceError(
            f"R2 is shared out among 1 to {MOST_CAUSES_TO_SHARE_OUT} causes; {len(causes)} given. "
            "Merge causes into their families."
        )
    columns = [np.asarray(column, dtype=np.float64) for column in causes.values()]
    table = np.column_stack([*columns, np.asarray(outcome, dtype=np.float64)])
    n = table.shape[0]
    if n < 3 or table[:, -1].std() == 0:
        raise EvidenceError("All projects have one outcome, so there is no variation to explain.")
    resampled = np.random.default_rng(seed).integers(0, n, size=(draws, n))
    samples = [table, *(table[rows] for rows in resampled)]
    shares = _shapley(np.array([np.cov(sample, rowvar=False) for sample in samples]))
    tail = (1 - level) / 2
    spread = shares[1:] if draws else shares
    low, high = np.quantile(spread, tail, axis=0), np.quantile(spread, 1 - tail, axis=0)
    return SharedR2(
        shares=dict(zip(causes, shares[0].tolist(), strict=True)),
        low=dict(zip(causes, low.tolist(), strict=True)),
        high=dict(zip(causes, high.tolist(), strict=True)),
        level=level,
        r2=float(shares[0].sum()),
    )


def discoveries(p_values: Mapping[str, float], q: float = FALSE_DISCOVERIES) -> Discoveries:
    """The findings that stand when at most a share q of them may be false alarms.

    p_values: name to p-value, over all causes and units looked at, not the promising ones only.

    Source: Benjamini & Hochberg (1995), JRSS B 57:289.
    """
    if any(not 0 <= p <= 1 for p in p_values.values()):
        raise EvidenceError("A p-value lies outside 0 to 1.")
    ordered = sorted(p_values, key=lambda name: (p_values[name], name))
    raw = [p_values[name] * len(ordered) / rank for rank, name in enumerate(ordered, start=1)]
    from_above = np.minimum.accumulate(np.array(raw[::-1]))[::-1].tolist() if raw else []
    adjusted = {name: min(1.0, p) for name, p in zip(ordered, from_above, strict=True)}
    return Discoveries(
        adjusted=adjusted,
        found=tuple(name for name in ordered if adjusted[name] <= q),
        noise=tuple(name for name in ordered if adjusted[name] > q),
    )


def _hc3(design: Floats, outcome: Floats) -> tuple[Floats, Floats]:
    inverse = np.linalg.inv(design.T @ design)
    slopes = inverse @ design.T @ outcome
    leverage = np.einsum("ij,jk,ik->i", design, inverse, design)
    if (leverage > 1 - 1e-9).any():
        raise EvidenceError(
            "One project alone decides about one of the causes, so no error can be given for it. "
            "Merge that cause into its family."
        )
    weighted = design * ((outcome - design @ slopes) / (1 - leverage))[:, None]
    return slopes, inverse @ (weighted.T @ weighted) @ inverse


def _shapley(covariances: Floats) -> Floats:
    """Shares of R2, samples x causes; covariances: samples x (causes, outcome) x the same."""
    count = covariances.shape[1] - 1
    explained: dict[tuple[int, ...], Floats] = {
        chosen: _r2(covariances, list(chosen))
        for size in range(count + 1)
        for chosen in combinations(range(count), size)
    }
    shares = np.zeros((covariances.shape[0], count))
    for chosen, r2 in explained.items():
        size = len(chosen)
        for cause in chosen:
            without = tuple(other for other in chosen if other != cause)
            orders = factorial(size - 1) * factorial(count - size) / factorial(count)
            shares[:, cause] += orders * (r2 - explained[without])
    return shares


def _r2(covariances: Floats, chosen: list[int]) -> Floats:
    if not chosen:
        return np.zeros(covariances.shape[0])
    among = covariances[:, chosen][:, :, chosen]
    towards = covariances[:, chosen, -1]
    # The pseudo-inverse, so that causes which always come together share alike instead of failing.
    slopes = np.einsum("dij,dj->di", np.linalg.pinv(among, rcond=1e-10, hermitian=True), towards)
    total = covariances[:, -1, -1]
    explained = np.einsum("di,di->d", slopes, towards)
    return np.asarray(np.divide(explained, total, out=np.zeros_like(total), where=total > 0))
