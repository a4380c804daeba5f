"""Invented companies whose units get help one after another, and the registers they would export.

Built to tempt: the worst units are helped first, their work gets easier, slow projects are still open,
some are cancelled, late ones get new plans.  The truth is a cut of everybody's time after the start, or
nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trackrecord.figure import Baseline
from trackrecord.measures.basis import Labels
from trackrecord.measures.measure import OUTSIDE
from trackrecord.measures.outcomes import NO_DAY, Outcomes

Floats = NDArray[np.float64]
Days = NDArray[np.int64]

EPOCH: Final = date(1970, 1, 1)
MONTH: Final = 30.4375
FIRST_DAY: Final = (date(2018, 1, 1) - EPOCH).days
HISTORY: Final = 36
"""Months of history before the first unit is helped."""
HEADER: Final = (
    *("Project ID", "Department", "Type", "Start date", "Original planned finish"),
    *("Current planned finish", "Actual finish", "Status", "Helped since", "As at"),
)
SINCE: Final = "Helped since"
_FAR: Final = 10**6


@dataclass(frozen=True, kw_only=True)
class World:
    """What a company is like.

    cut: the share of everybody's time that help truly saves (below 0: costs).  units, a_month: how many,
    and projects begun in each a month.  sd: of the log ratio within a unit and type.  worst_first: the
    units with the worst last year are helped first (else in a drawn order).  easier: the share of easy
    work rises from half to this once a unit is helped.  replanned: the share of late projects whose plan
    is moved to what they then expect.  cancelled: the share that is stopped on the way.
    shock: the sd of what all projects of a month share.  lasting: the sd of what a unit is like.
    drift: what everybody's log ratio moves by in a year.  wave: months between two waves of a sixth.
    """

    cut: float = 0.0
    units: int = 12
    a_month: float = 2.0
    sd: float = 0.4
    worst_first: bool = True
    easier: float = 0.5
    replanned: float = 0.0
    cancelled: float = 0.0
    shock: float = 0.0
    lasting: float = 0.1
    drift: float = 0.0
    wave: int = 3
    waves: int = 3
    looks: int = 36


COMPLICATIONS: Final = {
    "open projects": World(worst_first=False),
    "re-planned dates": World(worst_first=False, replanned=0.3),
    "cancelled projects": World(worst_first=False, cancelled=0.1),
    "worst units chosen first": World(lasting=0.2),
    "an easier mix of work": World(worst_first=False, easier=0.8),
    "all five together": World(lasting=0.2, easier=0.8, replanned=0.3, cancelled=0.1),
}
"""What a register does to its reader, one thing at a time; in each of them projects are open at every look."""


@dataclass(frozen=True, eq=False)
class Company:
    """Everything that will ever happen, by project; starts by unit, _FAR where never.

    seed: what it was drawn by.
    """

    world: World
    unit: Days
    easy: NDArray[np.bool_]
    start: Days
    planned: Days
    took: Days
    stopped: Days
    moved: NDArray[np.bool_]
    starts: Days
    seed: int

    @cached_property
    def names(self) -> list[str]:
        """What its projects are called."""
        return [f"P{project:05d}" for project in range(len(self.start))]

    def today(self, look: int) -> int:
        """The day of a look, from 1 on: so many months after the first unit was helped."""
        return FIRST_DAY + round((HISTORY + look) * MONTH)

    def write(self, path: Path, look: int) -> None:
        """The register as it stands at a look."""
        with path.open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(HEADER)
            rows.writerows(self._rows(self.today(look)))

    def _rows(self, now: int) -> list[Sequence[str]]:
        listed = np.flatnonzero(self.start <= now)
        finish, current = self._known(now)
        return [
            (
                self.names[project],
                f"Unit {self.unit[project]:02d}",
                "Upgrade" if self.easy[project] else "New build",
                _text(self.start[project]),
                _text(self.start[project] + self.planned[project]),
                _text(current[project]),
                _text(finish[project]),
                self._status(int(project), now),
                _text(self.starts[self.unit[project]], until=now),
                _text(now),
            )
            for project in listed
        ]

    def _status(self, project: int, now: int) -> str:
        if self.stopped[project] <= now:
            return "Cancelled"
        return "Completed" if self.start[project] + self.took[project] <= now else "In progress"

    def _known(self, now: int) -> tuple[Days, Days]:
        """The finish, NO_DAY where there is none yet, and the current plan."""
        end = self.start + self.took
        done = (end <= now) & (self.stopped > now)
        due = self.start + self.planned
        # Half way late, the plan of a moved project becomes what is then expected.
        moved = self.moved & (self.start + self.planned * 0.9 <= now)
        return np.where(done, end, NO_DAY), np.where(moved, np.maximum(end - 7, due), due)

    def outcomes(self, look: int) -> Outcomes:
        """What a reader of the register would make of it, without the way there."""
        now = self.today(look)
        finish, current = self._known(now)
        kept = self.start <= now
        size = int(kept.sum())
        stopped = self.stopped[kept] <= now
        finished = finish[kept] != NO_DAY
        state = np.where(stopped, 0, np.where(finished, 1, 2))
        planned: dict[Baseline, Days] = {
            "original": self.planned[kept],
            "current": current[kept] - self.start[kept],
        }
        took = np.where(finished, finish[kept] - self.start[kept], np.nan)
        missing = np.where(finished, 0, OUTSIDE).astype(np.int8)
        unit = self.unit[kept]
        units = [f"Unit {each:02d}" for each in range(self.world.units)]
        since = [_text(day, until=now) or "not stated" for day in self.starts]
        return Outcomes(
            project=[self.names[project] for project in np.flatnonzero(kept)],
            state=_labels(state, ["cancelled", "finished", "open"]),
            days={
                "started": self.start[kept],
                "finished": finish[kept],
                "as_at": np.full(size, now),
                "approved_on": np.full(size, NO_DAY),
                "original_start": np.full(size, NO_DAY),
                "original_finish": self.start[kept] + self.planned[kept],
                "current_start": np.full(size, NO_DAY),
                "current_finish": current[kept],
            },
            value=dict.fromkeys(planned, took),
            base={plan: days.astype(np.float64) for plan, days in planned.items()},
            missing=dict.fromkeys(planned, missing),
            labels={
                "org_unit": _labels(unit, units),
                "kind": _labels(self.easy[kept].astype(np.int64), ["New build", "Upgrade"]),
                SINCE: _labels(unit, since),
            },
        )


def company(world: World, seed: int) -> Company:
    """A company, drawn."""
    random = np.random.default_rng([seed, 1009])
    months = HISTORY + world.looks
    counts = random.poisson(world.a_month, (world.units, months))
    unit = np.repeat(np.repeat(np.arange(world.units), months), counts.ravel())
    month = np.repeat(np.tile(np.arange(months), world.units), counts.ravel())
    size = len(unit)
    start = FIRST_DAY + np.floor((month + random.random(size)) * MONTH).astype(np.int64)
    planned = np.round(random.lognormal(np.log(180), 0.35, size)).astype(np.int64)
    level = 0.1 + world.lasting * random.standard_normal(world.units)
    level = level[unit] + world.shock * random.standard_normal(months)[month]
    level = level + world.drift * month / 12
    noise = world.sd * random.standard_normal(size)
    lot, moved_lot, stop_lot = random.random((3, size))
    easy = lot < 0.5
    natural = level + np.where(easy, -0.15, 0.15) + noise
    starts = _starts(world, unit, start, planned, natural, random)
    helped = start >= starts[unit]
    easy = lot < np.where(helped, world.easier, 0.5)
    log_ratio = level + np.where(easy, -0.15, 0.15) + noise
    log_ratio = log_ratio + np.where(helped, np.log(1 - world.cut), 0.0)
    took = np.maximum(np.round(planned * np.exp(log_ratio)), 1).astype(np.int64)
    stopped = np.where(
        stop_lot < world.cancelled, start + np.round(took * random.random(size)), _FAR
    ).astype(np.int64)
    moved = (took > planned) & (moved_lot < world.replanned)
    return Company(world, unit, easy, start, planned, took, stopped, moved, starts, seed)


def _starts(
    world: World,
    unit: Days,
    start: Days,
    planned: Days,
    log_ratio: Floats,
    random: np.random.Generator,
) -> Days:
    """When each unit is helped: a sixth of them each wave, half of them in all."""
    first = FIRST_DAY + round(HISTORY * MONTH)
    end = start + planned * np.exp(log_ratio)
    recent = (end <= first) & (end > first - 365)
    sums = np.bincount(unit[recent], weights=log_ratio[recent], minlength=world.units)
    past = sums / np.maximum(np.bincount(unit[recent], minlength=world.units), 1)
    order = np.argsort(-past) if world.worst_first else random.permutation(world.units)
    starts = np.full(world.units, _FAR)
    a_wave = max(world.units // 6, 1)
    for wave in range(world.waves):
        chosen = order[wave * a_wave : (wave + 1) * a_wave]
        starts[chosen] = first + round(wave * world.wave * MONTH)
    return starts


def _text(day: int, *, until: int = _FAR - 1) -> str:
    """A day as the register writes it, blank where there is none yet."""
    stated = day != NO_DAY and day <= until and day < _FAR
    return (EPOCH + timedelta(days=int(day))).isoformat() if stated else ""


def _labels(codes: Days, names: Sequence[str]) -> Labels:
    """Each row by its name; names that are alike are one, and they stand as they first appear."""
    called = np.unique(codes, return_index=True)
    order = [names[code] for code in called[0][np.argsort(called[1])]]
    kept = list(dict.fromkeys(order))
    place = {name: number for number, name in enumerate(kept)}
    numbers = np.array([place.get(name, -1) for name in names], np.int64)
    return Labels(numbers[codes], kept)
