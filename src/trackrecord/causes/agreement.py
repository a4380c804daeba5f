"""How far two people who code the same projects agree, beyond what chance alone would give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from trackrecord.intervals import LEVEL, normal_quantile, wilson

_MANY: Final = 30  # projects, from which on the large-sample interval stands alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Cohen's kappa with its interval: 1 is full agreement, 0 what chance gives, below 0 is less.

    value, low, high: None where kappa is undefined: no project coded by both, or both gave the same
    one cause to all of them, so that chance alone would agree as well.
    n: projects that both coded.  observed, expected: shares of 1; None without projects.
    """

    value: float | None
    low: float | None
    high: float | None
    level: float
    n: int
    observed: float | None
    expected: float | None


def cohens_kappa(pairs: Sequence[tuple[Hashable, Hashable]], level: float = LEVEL) -> Agreement:
    """Kappa of two coders: one pair for each project that both coded, in the same order of coders.

    The interval is the large-sample one.  With fewer than thirty projects, or none that differ, that
    would claim a certainty that is not there: it then reaches at least as far as Wilson's interval of
    the observed agreement.  Not for causes with an order, nor for more than one a project.

    Source: Cohen (1960), Educational and Psychological Measurement 20:37; standard error of Fleiss,
    Cohen & Everitt (1969), Psychological Bulletin 72:323; checked against Fleiss, Levin & Paik
    (2003), Statistical Methods for Rates and Proportions, Table 18.1.
    """
    n = len(pairs)
    if n == 0:
        return Agreement(
            value=None, low=None, high=None, level=level, n=0, observed=None, expected=None
        )
    cells = Counter(pairs)
    first, second = (Counter(pair[coder] for pair in pairs) for coder in (0, 1))
    agreed = sum(count for (one, other), count in cells.items() if one == other)
    observed = agreed / n
    expected = sum(first[cause] * second[cause] for cause in first) / n**2
    if expected >= 1:
        return Agreement(
            value=None, low=None, high=None, level=level, n=n, observed=observed, expected=expected
        )
    kappa = (observed - expected) / (1 - expected)
    half = normal_quantile(level) * _standard_error(cells, kappa, expected)
    ends = [kappa - half, kappa + half]
    if n < _MANY or agreed == n:
        shares = wilson(agreed, n, level)
        ends += [(share - expected) / (1 - expected) for share in shares[:2] if share is not None]
    return Agreement(
        value=kappa,
        low=max(-1.0, min(ends)),
        high=min(1.0, max(ends)),
        level=level,
        n=n,
        observed=observed,
        expected=expected,
    )


def _standard_error(
    cells: Counter[tuple[Hashable, Hashable]], kappa: float, expected: float
) -> float:
    n = cells.total()
    first: Counter[Hashable] = Counter()
    second: Counter[Hashable] = Counter()
    for (one, other), count in cells.items():
        first[one] += count
        second[other] += count
    alike = unlike = 0.0
    for (one, other), count in cells.items():
        if one == other:
            margins = (first[one] + second[one]) / n
            alike += count / n * (1 - margins * (1 - kappa)) ** 2
        else:
            unlike += count / n * ((second[one] + first[other]) / n) ** 2
    spread = alike + (1 - kappa) ** 2 * unlike - (kappa - expected * (1 - kappa)) ** 2
    return sqrt(max(0.0, spread) / n) / (1 - expected)
