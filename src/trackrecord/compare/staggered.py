"""A change that reached units one after another: Callaway and Sant'Anna's effects (methods.md 5.5).

For each cohort of units and each period: the change since just before its start, less the same of
units without the change.  No unit that already has it ever serves as a comparison, which is where the
usual two-way regression goes wrong; that one is here as the biased comparator only.

Source: Callaway and Sant'Anna (2021), Journal of Econometrics 225:200, without covariates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trackrecord.errors import EvidenceError

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Effect:
    """An estimate in the outcome's unit, and its standard error, units drawn as a whole."""

    value: float
    se: float


@dataclass(frozen=True, slots=True, eq=False)
class Staggered:
    """What a staggered start shows.

    cells: by cohort and period.  dynamic: by periods since the start.  cohorts: by cohort, the mean of
    its periods since the start.  simple, group, dynamic_mean: the three ways to add them up.
    """

    cells: Mapping[tuple[int, int], Effect]
    dynamic: Mapping[int, Effect]
    cohorts: Mapping[int, Effect]
    simple: Effect
    group: Effect
    dynamic_mean: Effect


@dataclass(frozen=True, slots=True, eq=False)
class _Cell:
    """An effect with each unit's influence on it."""

    value: float
    influence: Floats


def staggered(
    panel: Floats, starts: Sequence[float], periods: Sequence[int], *, not_yet: bool = False
) -> Staggered:
    """The effects in a panel with one row a unit and one column a period, none of it missing.

    starts: each unit's first period with the change, infinity where it never had it.
    not_yet: units whose change lies ahead serve as comparison too, until it comes.
    Raises EvidenceError where no cohort has a period before and a comparison.
    """
    began = np.asarray(starts, np.float64)
    cells: dict[tuple[int, int], _Cell] = {}
    for cohort in sorted({int(g) for g in began[np.isfinite(began)]}):
        for place, period in enumerate(periods):
            cell = _cell(panel, began, list(periods), cohort, place, not_yet=not_yet)
            if cell is not None:
                cells[cohort, period] = cell
    return _added_up(cells, began)


def two_way(panel: Floats, starts: Sequence[float], periods: Sequence[int]) -> float:
    """The two-way fixed-effects estimate: the biased comparator, printed beside and never believed."""
    began = np.asarray(starts, np.float64)[:, None]
    on = (began <= np.asarray(periods, np.float64)[None, :]).astype(np.float64)

    def within(table: Floats) -> Floats:
        centred: Floats = table - table.mean(1, keepdims=True) - table.mean(0) + table.mean()
        return centred

    treated = within(on)
    return float((treated * within(panel)).sum() / (treated * treated).sum())


def _cell(
    panel: Floats, began: Floats, periods: list[int], cohort: int, place: int, *, not_yet: bool
) -> _Cell | None:
    period = periods[place]
    base = next((at for at in reversed(range(len(periods))) if periods[at] < cohort), None)
    if period < cohort:
        base = place - 1 if place > 0 else None
    if base is None:
        return None
    inside = began == cohort
    outside = np.isinf(began)
    if not_yet:
        outside = began > max(period, periods[base])
        outside &= ~inside
    if not outside.any():
        return None
    change = panel[:, place] - panel[:, base]
    mean1, mean0 = change[inside].mean(), change[outside].mean()
    influence = np.zeros(len(change))
    influence[inside] += (change[inside] - mean1) / inside.sum()
    influence[outside] -= (change[outside] - mean0) / outside.sum()
    return _Cell(float(mean1 - mean0), influence)


def _added_up(cells: Mapping[tuple[int, int], _Cell], began: Floats) -> Staggered:
    size = {cohort: int((began == cohort).sum()) for cohort, _ in cells}
    post = {key: cell for key, cell in cells.items() if key[1] >= key[0]}
    if not post:
        raise EvidenceError(
            "No unit has a period before its start and others to compare with. Add earlier periods, or "
            "units without the change."
        )

    def mean(parts: Mapping[tuple[int, int], _Cell], *, by_size: bool = True) -> _Cell:
        weights = np.array([size[cohort] if by_size else 1 for cohort, _ in parts], np.float64)
        weights /= weights.sum()
        values = np.array([cell.value for cell in parts.values()])
        influences = np.array([cell.influence for cell in parts.values()])
        return _Cell(float(weights @ values), weights @ influences)

    of_cohort = {
        (cohort, 0): mean({key: cell for key, cell in post.items() if key[0] == cohort})
        for cohort in sorted({cohort for cohort, _ in post})
    }
    since = sorted({period - cohort for cohort, period in cells})
    dynamic = {
        (event, event): mean({key: cell for key, cell in cells.items() if key[1] - key[0] == event})
        for event in since
    }
    later = {key: cell for key, cell in dynamic.items() if key[0] >= 0}
    return Staggered(
        cells={key: _effect(cell) for key, cell in cells.items()},
        dynamic={event: _effect(cell) for (event, _), cell in dynamic.items()},
        cohorts={cohort: _effect(cell) for (cohort, _), cell in of_cohort.items()},
        simple=_effect(mean(post)),
        group=_effect(mean(of_cohort)),
        dynamic_mean=_effect(mean(later, by_size=False)),
    )


def _effect(cell: _Cell) -> Effect:
    return Effect(cell.value, float(np.sqrt((cell.influence**2).sum())))
