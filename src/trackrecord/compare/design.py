"""Who is compared with whom: rows before and after, with the change and without it.

A project is *after* if its cohort day is on or after its unit's start, *before* if its outcome was known
by then; those under way in between are in neither.  Each path turns the cells into a `Contrast`; stress
tests ask for the same again with other rows, other outcomes or other dates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from trackrecord.compare import contrast
from trackrecord.compare.contrast import Contrast

Floats = NDArray[np.float64]
Days = NDArray[np.int64]
Mask = NDArray[np.bool_]
Path = Literal["a", "b", "c", "d", "e"]

NEVER: Final = float("inf")
FEWEST_CONTROLS: Final = 2
_CONTROL_SHARE: Final = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """One entry an outcome that counts.

    y, y_current: against the original and the current baseline.  cohort, due: days.  unit, kind: codes.
    inside: of those the change was for; the rest is the comparison group.  project: its code.
    """

    y: Floats
    y_current: Floats
    cohort: Days
    due: Days
    unit: NDArray[np.int64]
    kind: NDArray[np.int64]
    inside: Mask
    project: NDArray[np.int64]

    def only(self, kept: Mask) -> Rows:
        """Some of the rows."""
        return Rows(*(getattr(self, name)[kept] for name in Rows.__slots__))

    @property
    def month(self) -> NDArray[np.int64]:
        """The calendar month of each cohort day, counted from 1970."""
        months: NDArray[np.int64] = (
            self.cohort.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        )
        return months


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """What each unit did: one entry a unit that has both sides.

    before, after: its means over the dates it is compared on.  unit: its code.  size: how many outcomes
    the mean before rests on.
    """

    unit: NDArray[np.int64]
    before: Floats
    after: Floats
    size: Floats

    @property
    def change(self) -> Floats:
        return self.after - self.before


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """A contrast and what it was made of.

    n_before, n_after: projects of those with the change; other_before, other_after: of the rest, None
    without a comparison group.  months_before, months_after: points of a monthly series.  treated,
    others: the units; None unless units are compared.  series, split: the monthly series and how many
    of its points lie before; series_months: their calendar months, counted from 1970.
    """

    contrast: Contrast
    n_before: int
    n_after: int
    other_before: int | None = None
    other_after: int | None = None
    months_before: int | None = None
    months_after: int | None = None
    treated: Changes | None = None
    others: Changes | None = None
    series: Floats | None = None
    series_months: NDArray[np.int64] | None = None
    split: int = 0

    @property
    def cells(self) -> list[int]:
        """The sizes of all compared cells."""
        counts = (self.n_before, self.n_after, self.other_before, self.other_after)
        return [n for n in counts if n is not None]


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """Rows, starts and a path.

    starts: by unit code, the day its change began, NEVER where it has not.  One start for all stands
    there for every unit of those the change was for.
    now: the day the record speaks of.  by_cohort: rows are before by their cohort day alone.
    grouped: there is a comparison group.
    """

    rows: Rows
    starts: Floats
    path: Path
    now: float
    by_cohort: bool = False
    grouped: bool = False
    t_opt: float | None = None

    def estimate(self) -> Estimate | None:
        """The effect; None where a cell is empty."""
        if self.path == "a":
            return self._projects()
        return self._months() if self.path == "b" else self._units()

    def of(self, rows: Rows) -> Design:
        """The same comparison of other rows."""
        return replace(self, rows=rows)

    def sides(self) -> tuple[Mask, Mask]:
        """Which rows are before, and which after, their own unit's start (or the only one)."""
        return self.around(self._start_of_rows())

    def around(self, start: Floats | float) -> tuple[Mask, Mask]:
        """Which rows are before, and which after, a start that need not be their own."""
        return self._before(start), self._after(start)

    def under_way(self) -> int:
        """How many projects of those with the change are in neither."""
        before, after = self.sides()
        return int((self.rows.inside & ~before & ~after).sum())

    def _start_of_rows(self) -> Floats:
        """Each row's start; the comparison group's is that of the others where there is only one."""
        start = self.starts[self.rows.unit]
        if self.path in ("a", "b"):
            common = np.min(self.starts, initial=NEVER)
            start = np.full(len(start), common)
        return start

    def _before(self, start: Floats | float) -> Mask:
        known = self.rows.cohort if self.by_cohort else self.rows.due
        early: Mask = (known < start) if self.by_cohort else (known <= start)
        return early & (self.rows.cohort < start)

    def _after(self, start: Floats | float) -> Mask:
        return np.asarray(self.rows.cohort >= start)

    def _projects(self) -> Estimate | None:
        before, after = self.sides()
        inside, y = self.rows.inside, self.rows.y
        cells = [y[after & inside], y[before & inside]]
        if self.grouped:
            cells += [y[after & ~inside], y[before & ~inside]]
        sizes = [len(cell) for cell in cells]
        if min(sizes) == 0:
            return None
        made = contrast.four_cells(*cells) if self.grouped else contrast.two_arms(*cells)
        others = (sizes[3], sizes[2]) if self.grouped else (None, None)
        return Estimate(self._tuned(made), sizes[1], sizes[0], *others)

    def _months(self) -> Estimate | None:
        before, after = self.sides()
        inside = self.rows.inside
        first, second = self._monthly(before & inside), self._monthly(after & inside)
        others: tuple[int | None, int | None] = (None, None)
        if self.grouped:
            first = _less(first, self._monthly(before & ~inside))
            second = _less(second, self._monthly(after & ~inside))
            others = self._count(before & ~inside), self._count(after & ~inside)
        if not (len(first[1]) and len(second[1])):
            return None
        return Estimate(
            self._tuned(contrast.months(first[1], second[1])),
            self._count(before & inside),
            self._count(after & inside),
            *others,
            months_before=len(first[1]),
            months_after=len(second[1]),
            series=np.concatenate([first[1], second[1]]),
            series_months=np.concatenate([first[0], second[0]]),
            split=len(first[1]),
        )

    def _monthly(self, kept: Mask) -> tuple[NDArray[np.int64], Floats]:
        """The months that have rows, in order, and their means."""
        months, place = np.unique(self.rows.month[kept], return_inverse=True)
        sums = np.bincount(place, weights=self.rows.y[kept], minlength=len(months))
        return months, sums / np.maximum(np.bincount(place, minlength=len(months)), 1)

    def _count(self, kept: Mask) -> int:
        """How many projects stand behind rows: one may have several."""
        return int(np.count_nonzero(np.bincount(self.rows.project[kept])))

    def _units(self) -> Estimate | None:
        """Each unit's change less that of units without it over the same dates (path e; c for one date)."""
        window = self._window()
        if window is None:
            return None
        end, adopters, controls = window
        sums = _Sums(self.rows, len(self.starts))
        known = self.rows.due <= end
        # A comparison unit that starts later counts only by what was known before.
        known &= ~self._of_units(controls) | (self.rows.due <= self.starts[self.rows.unit])
        made, rest = [], []
        counts = np.zeros(2, np.int64)
        pooled = np.zeros((2, len(self.rows.y)), np.bool_)
        for start in np.unique(self.starts[adopters]):
            before, after = self._before(start) & known, self._after(start) & known
            sizes, means = sums.counts(before), (sums.means(before), sums.means(after))
            others = [at for at in controls if np.isfinite(means[0][at] + means[1][at])]
            mine = [
                at
                for at in adopters
                if self.starts[at] == start and np.isfinite(means[0][at] + means[1][at])
            ]
            if not others or not mine:
                continue
            level = [float(side[others].mean()) for side in means]
            made += [
                (at, means[0][at] - level[0], means[1][at] - level[1], sizes[at]) for at in mine
            ]
            rest += [(at, means[0][at], means[1][at], sizes[at], len(mine)) for at in others]
            chosen = self._of_units(mine)
            counts += [self._count(chosen & before), self._count(chosen & after)]
            lent = self._of_units(others)
            pooled |= np.array([lent & before, lent & after])
        if not made:
            return None
        treated, control = _changes(made), _averaged(rest)
        if len(control.unit) < FEWEST_CONTROLS:
            return None
        level0, level1 = float(control.before.mean()), float(control.after.mean())
        treated = replace(treated, before=treated.before + level0, after=treated.after + level1)
        return Estimate(
            self._tuned(_contrast_of(self.path, treated, control)),
            int(counts[0]),
            int(counts[1]),
            self._count(pooled[0]),
            self._count(pooled[1]),
            treated=treated,
            others=control,
        )

    def _of_units(self, units: Sequence[int] | NDArray[np.int64]) -> Mask:
        """The rows of these units; looked up by code, for it is asked for every unit left out."""
        chosen = np.zeros(len(self.starts), np.bool_)
        chosen[units] = True
        rows: Mask = chosen[self.rows.unit]
        return rows

    def _window(self) -> tuple[float, NDArray[np.int64], NDArray[np.int64]] | None:
        """Until when the comparison runs, with which units: those that start by then and the rest.

        Until now, where enough units are still without the change; else until the last start that left
        enough of them.
        """
        listed = np.flatnonzero(np.bincount(self.rows.unit))
        starts = self.starts[listed]
        enough = max(FEWEST_CONTROLS, int(np.ceil(_CONTROL_SHARE * len(listed))))
        ends = [self.now, *sorted(np.unique(starts[starts <= self.now]), reverse=True)]
        for position, end in enumerate(ends):
            begun = starts <= end if position == 0 else starts < end
            if len(listed) - begun.sum() >= enough and begun.any():
                return float(end), listed[begun], listed[~begun]
        return None

    def _tuned(self, made: Contrast) -> Contrast:
        return made if self.t_opt is None else replace(made, t_opt=self.t_opt)


class _Sums:
    """Means by unit of some of the rows."""

    def __init__(self, rows: Rows, units: int) -> None:
        self._rows, self._units = rows, units

    def counts(self, kept: Mask) -> Floats:
        return np.bincount(self._rows.unit[kept], minlength=self._units).astype(np.float64)

    def means(self, kept: Mask) -> Floats:
        unit = self._rows.unit[kept]
        counts = np.bincount(unit, minlength=self._units)
        sums = np.bincount(unit, weights=self._rows.y[kept], minlength=self._units)
        with np.errstate(invalid="ignore"):
            means: Floats = np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)
        return means


def _contrast_of(path: Path, treated: Changes, control: Changes) -> Contrast:
    if path == "d":
        return ancova(treated, control)
    return contrast.units(treated.change, control.change)


def ancova(treated: Changes, control: Changes) -> Contrast:
    """The effect beyond what units come back by themselves (path d)."""
    return contrast.selected(treated.after, treated.before, control.after, control.before)


def _changes(made: Sequence[tuple[int, float, float, float]]) -> Changes:
    unit, before, after, size = zip(*sorted(made), strict=True)
    return Changes(np.array(unit, np.int64), np.array(before), np.array(after), np.array(size))


def _averaged(rest: Sequence[tuple[int, float, float, float, int]]) -> Changes:
    """Each comparison unit's mean over the dates it was compared on, by how many it stood for."""
    table = np.array(rest, np.float64)
    unit, place = np.unique(table[:, 0].astype(np.int64), return_inverse=True)
    weight = np.bincount(place, weights=table[:, 4])
    before, after, size = (
        np.bincount(place, weights=table[:, column] * table[:, 4]) / weight for column in (1, 2, 3)
    )
    return Changes(unit, before, after, size)


def _less(
    arm: tuple[NDArray[np.int64], Floats], other: tuple[NDArray[np.int64], Floats]
) -> tuple[NDArray[np.int64], Floats]:
    """The monthly difference, in the months that both have."""
    months, mine, theirs = np.intersect1d(arm[0], other[0], return_indices=True)
    return months, arm[1][mine] - other[1][theirs]


def without_kinds(rows: Rows, cells: NDArray[np.int64]) -> Rows:
    """The rows with what their kind of work explains taken out, measured within cells.

    So that an easier mix of work after the change is no improvement, and a mixed bag no noise.
    """
    kinds, kind = np.unique(rows.kind, return_inverse=True)
    if len(kinds) < 2:
        return rows
    effects = _effects(rows.y, kind, len(kinds), cells)
    current = _effects(rows.y_current, kind, len(kinds), cells)
    return replace(rows, y=rows.y - effects[kind], y_current=rows.y_current - current[kind])


def _effects(y: Floats, kind: NDArray[np.int64], kinds: int, cells: NDArray[np.int64]) -> Floats:
    """What each kind differs by within cells, by least squares."""
    known = np.isfinite(y)
    places, cell = np.unique(cells[known], return_inverse=True)
    y, kind = y[known], kind[known]
    counts = np.zeros((len(places), kinds))
    np.add.at(counts, (cell, kind), 1)
    size = np.maximum(counts.sum(axis=1), 1)
    means = np.bincount(cell, weights=y, minlength=len(places)) / size
    within = np.diag(counts.sum(axis=0)) - (counts / size[:, None]).T @ counts
    moved = np.bincount(kind, weights=y, minlength=kinds) - counts.T @ means
    effects: Floats = np.linalg.pinv(within) @ moved
    return effects


def cells_of(design: Design) -> NDArray[np.int64]:
    """A number for each unit (or arm) and side; -1 for rows that are in neither side."""
    before, after = design.sides()
    rows = design.rows
    start = design.starts[rows.unit]
    if design.path not in ("a", "b"):
        # Units without the change are cut at the first start: a cell must not straddle it.
        first = float(design.starts.min(initial=NEVER))
        unstarted = ~np.isfinite(start) | (start > design.now)
        after = np.where(unstarted, rows.cohort >= first, after)
        before = np.where(unstarted, rows.cohort < first, before)
        whose = rows.unit
    else:
        whose = rows.inside.astype(np.int64)
    return np.where(before, 2 * whose, np.where(after, 2 * whose + 1, -1))


def within_units(design: Design) -> float:
    """The variance of projects about the mean of their unit."""
    rows = design.rows
    size = np.bincount(rows.unit)
    means = np.bincount(rows.unit, weights=rows.y) / np.maximum(size, 1)
    freedom = max(len(rows.y) - int((size > 0).sum()), 1)
    return float(((rows.y - means[rows.unit]) ** 2).sum() / freedom)
