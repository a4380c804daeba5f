"""Stress tests: what an effect must survive before anybody may call it one (methods.md 5.3, 5.6, 5.9).

Each answers passed, failed or not run, with a note in plain words.  A test that cannot run is listed so:
it is no failure, and it is never silent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from trackrecord.compare import contrast, drifting, interrupted, randomisation, rules, synthetic
from trackrecord.compare.contrast import Contrast
from trackrecord.compare.design import (
    NEVER,
    Changes,
    Design,
    Estimate,
    ancova,
    cells_of,
    within_units,
    without_kinds,
)
from trackrecord.figure import settled

Floats = NDArray[np.float64]
Result = Literal["passed", "failed", "not run"]

PLACEBO_DATES: Final = 10
PLACEBO_POINTS: Final = 6
PLACEBO_SHARE: Final = 0.10
UNITS_FOR_REGRESSION: Final = 10
HALF: Final = 0.5
MISSING_SHIFT: Final = 0.2
SIGNIFICANT: Final = 0.05
_INFLUENTIAL: Final = 20
_MOST_UNITS: Final = 100
_MONTH: Final = 30.4375
_YEAR: Final = 365


@dataclass(frozen=True, slots=True)
class Guard:
    """One stress test: its name, how it ended, and a note for the reader.

    stress: whether a failure counts against the claim; the others decide by themselves, or are second
    opinions that are shown and decide nothing.  p: how often chance alone does as much, for the appendix;
    the note never says it.
    """

    name: str
    result: Result
    note: str
    stress: bool = True
    p: float | None = None


def chances(tests: Iterable[Guard]) -> dict[str, float]:
    """How often chance alone does as much, by test, where that was worked out: for the appendix alone."""
    return {f"p_{test.name}": settled(test.p) for test in tests if test.p is not None}


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What is tested: a design, the estimate it gave, and whether that claims an effect.

    seed: of random draws, made from the edition.  controls: codes of negative-control units.
    chosen_by_past: whether units were, or may have been, chosen for their past results.
    kinds: how many classes of work are known.
    """

    design: Design
    estimate: Estimate
    claims: bool
    seed: int
    kinds: int = 0
    controls: Sequence[int] = ()
    chosen_by_past: bool = True

    @property
    def d(self) -> float:
        return float(self.estimate.contrast.d)


NOTHING_YET: Final = "There is no effect to test yet."


def all_guards(subject: Subject) -> list[Guard]:
    """Every stress test that works on the comparison itself, in a fixed order."""
    tests: tuple[Callable[[Subject], Guard], ...] = (
        placebo_dates,
        placebo_units,
        negative_controls,
        leave_one_project_out,
        leave_one_unit_out,
        pre_trend,
        mix,
        regression_to_the_mean,
        interrupted_series,
        seasons,
        synthetic_control,
    )
    return [test(subject) for test in tests]


def _excludes_nothing(of: Contrast) -> bool:
    """Whether the range leaves no effect open."""
    return bool(rules.side(of))


def placebo_dates(subject: Subject) -> Guard:
    """A change that did not happen, at every earlier date that leaves enough on both sides."""
    name = "placebo_dates"
    if not subject.claims:
        return Guard(name, "not run", NOTHING_YET)
    found = _series_placebos(subject) if subject.design.path == "b" else _row_placebos(subject)
    if len(found) < PLACEBO_DATES:
        return Guard(
            name,
            "not run",
            f"Only {len(found)} earlier dates leave enough on both sides; {PLACEBO_DATES} are needed.",
        )
    real = subject.d if subject.design.path == "b" else subject.d / subject.estimate.contrast.se
    reached = int((np.abs(found) >= abs(real)).sum())
    note = f"At {reached} of {len(found)} earlier dates, where nothing happened, as much shows."
    share = reached / len(found)
    return Guard(name, "failed" if share > PLACEBO_SHARE else "passed", note, p=share)


def _series_placebos(subject: Subject) -> list[float]:
    series, split = subject.estimate.series, subject.estimate.split
    assert series is not None
    past = series[:split]
    return [
        float(past[at:].mean() - past[:at].mean())
        for at in range(PLACEBO_POINTS, split - PLACEBO_POINTS + 1)
    ]


def _row_placebos(subject: Subject) -> list[float]:
    """Effects in standard errors: an early date has few rows, so its bare effect is mostly noise."""
    design = subject.design
    begun = design.starts[design.starts <= design.now]
    first = float(begun.min(initial=NEVER))
    past = design.of(design.rows.only(_known_by(design, first)))
    if not len(past.rows.y):
        return []
    days = np.arange(past.rows.cohort.min() + _MONTH, first, _MONTH)
    found = []
    for day in days[-_MOST_UNITS:]:
        starts = np.where(design.starts <= design.now, day, NEVER)
        placebo = replace(past, starts=starts, now=first).estimate()
        if placebo and placebo.contrast.usable and min(placebo.cells) >= PLACEBO_POINTS:
            found.append(float(placebo.contrast.d / placebo.contrast.se))
    return found


def _known_by(design: Design, day: float) -> NDArray[np.bool_]:
    """Rows that nothing which began on that day can have touched."""
    known = design.rows.cohort if design.by_cohort else design.rows.due
    return np.asarray(known < day)


def placebo_units(subject: Subject) -> Guard:
    """The change given to other units than got it."""
    name = "placebo_units"
    treated, others = subject.estimate.treated, subject.estimate.others
    if treated is None or others is None:
        return Guard(name, "not run", "No units are compared.")
    if not subject.claims:
        return Guard(name, "not run", NOTHING_YET)
    p, ways = randomisation.exchanged(treated.change, others.change, seed=subject.seed)
    if ways < 1 / PLACEBO_SHARE:
        return Guard(name, "not run", f"So few units can be chosen in {ways} ways only.")
    if p > PLACEBO_SHARE:
        note = f"Among {ways:,} other choices of units too many show as much."
        return Guard(name, "failed", note, p=p)
    return Guard(name, "passed", f"Among {ways:,} other choices of units few show as much.", p=p)


def negative_controls(subject: Subject) -> Guard:
    """Units that the change cannot have reached."""
    name = "negative_controls"
    if not subject.controls:
        return Guard(name, "not run", "No unit was registered that the change cannot have reached.")
    design = subject.design
    begun = design.starts[design.starts <= design.now]
    if not len(begun):
        return Guard(name, "not run", "No unit has started yet.")
    touched, tried = [], 0
    for unit in subject.controls:
        rows = design.rows.only(design.rows.unit == unit)
        rows = replace(rows, inside=np.ones(len(rows.y), np.bool_))
        starts = np.full(len(design.starts), float(begun.min()))
        alone = replace(design, rows=rows, starts=starts, path="a", grouped=False).estimate()
        if alone is None or not alone.contrast.usable or min(alone.cells) < 5:
            continue
        tried += 1
        if _excludes_nothing(alone.contrast):
            touched.append(unit)
    if not tried:
        return Guard(name, "not run", "The units registered for it have too few projects.")
    if touched:
        return Guard(
            name, "failed", f"{len(touched)} of {tried} units without the change moved too."
        )
    return Guard(
        name, "passed", f"None of {tried} units that the change cannot have reached moved."
    )


def leave_one_project_out(subject: Subject) -> Guard:
    """Whether one project makes the effect: those that could do so most are left out in turn."""
    name = "leave_one_project_out"
    if not subject.claims:
        return Guard(name, "not run", NOTHING_YET)
    rows = subject.design.rows
    projects = np.unique(rows.project[_most_influential(subject.design)])
    kept = (rows.project != project for project in projects)
    return _left_out(subject, name, "project", (subject.design.of(rows.only(k)) for k in kept))


def _most_influential(design: Design) -> NDArray[np.int64]:
    """Rows that move the mean of their cell the most when they go."""
    rows = design.rows
    cell = cells_of(design)
    _, place, count = np.unique(cell, return_inverse=True, return_counts=True)
    means = np.bincount(place, weights=rows.y) / count
    moves = np.abs(rows.y - means[place]) / np.maximum(count[place] - 1, 1)
    moves[cell < 0] = 0
    return np.argsort(-moves, kind="stable")[:_INFLUENTIAL]


def leave_one_unit_out(subject: Subject) -> Guard:
    """Whether one unit makes the effect."""
    name = "leave_one_unit_out"
    treated, others = subject.estimate.treated, subject.estimate.others
    if treated is None or others is None:
        return Guard(name, "not run", "No units are compared.")
    if not subject.claims:
        return Guard(name, "not run", NOTHING_YET)
    rows = subject.design.rows
    units = np.concatenate([treated.unit, others.unit])[:_MOST_UNITS]
    kept = (rows.unit != unit for unit in units)
    return _left_out(subject, name, "unit", (subject.design.of(rows.only(k)) for k in kept))


def _left_out(subject: Subject, name: str, what: str, rest: Iterable[Design]) -> Guard:
    least = 1.0
    tried = 0
    for design in rest:
        estimate = design.estimate()
        if estimate is None:
            continue
        tried += 1
        least = min(least, float(estimate.contrast.d) / subject.d)
    if not tried:
        return Guard(name, "not run", f"Without any one {what} there is no comparison left.")
    if least < HALF:
        how = "turns it round" if least < 0 else "takes away more than half of it"
        return Guard(name, "failed", f"The effect rests on one {what}: leaving it out {how}.")
    return Guard(
        name, "passed", f"Without any one {what} at least {least:.0%} of the effect stays."
    )


def pre_trend(subject: Subject) -> Guard:
    """Whether the units were drifting apart before anything began.

    Units chosen at their worst rise at the end by being chosen: where they may have been, the last year
    before the start is left to the test of what comes back by itself.
    """
    name = "pre_trend"
    slopes = _slopes(subject.design, left_out=_YEAR if subject.chosen_by_past else 0)
    if slopes is None:
        return Guard(name, "not run", "There are too few units, or too little before the start.")
    made = contrast.two_arms(*slopes)
    reach = float(stdtrit(made.nu, 1 - SIGNIFICANT / 2)) * float(made.se)
    if abs(float(made.d)) > reach > 0:
        return Guard(
            name, "failed", "Those with the change moved apart from the rest before it began."
        )
    return Guard(name, "passed", "Before the start the units moved alike, as far as can be seen.")


def _slopes(design: Design, *, left_out: int) -> tuple[Floats, Floats] | None:
    """What each unit gained a year before the first start: with the change, and without."""
    if design.path in ("a", "b"):
        return None
    begun = design.starts <= design.now
    first = float(design.starts[begun].min(initial=NEVER))
    kept = _known_by(design, first - left_out)
    unit, y = design.rows.unit[kept], design.rows.y[kept]
    years = design.rows.cohort[kept] / _YEAR
    units, size = len(design.starts), np.bincount(unit, minlength=len(design.starts))
    n = np.maximum(size, 1)
    mean_y = np.bincount(unit, weights=y, minlength=units) / n
    mean_x = np.bincount(unit, weights=years, minlength=units) / n
    x = years - mean_x[unit]
    sxx = np.bincount(unit, weights=x * x, minlength=units)
    sxy = np.bincount(unit, weights=x * (y - mean_y[unit]), minlength=units)
    usable = (size >= 3) & (sxx > 0)
    slopes = np.divide(sxy, sxx, out=np.zeros(units), where=sxx > 0)
    arms = slopes[usable & begun], slopes[usable & ~begun]
    return arms if min(len(arms[0]), len(arms[1])) >= 2 else None


def mix(subject: Subject) -> Guard:
    """Whether an easier mix of work is all there is."""
    name = "mix"
    if subject.kinds < 2:
        return Guard(name, "not run", "The files name no kinds of work to tell apart.")
    if not subject.claims:
        return Guard(name, "not run", NOTHING_YET)
    held = mix_held(subject.design)
    if held is None or not held.usable:
        return Guard(name, "not run", "No kind of work is on both sides of the start.")
    if _excludes_nothing(held) and held.d * subject.d > 0:
        return Guard(name, "passed", "With the kinds of work held alike the effect is still there.")
    return Guard(
        name, "failed", "With the kinds of work held alike no effect is left beyond chance."
    )


def mix_held(design: Design) -> Contrast | None:
    """The contrast with the shares of the kinds of work held alike."""
    rows = design.rows
    if design.path == "a" and not design.grouped:
        before, after = design.sides()
        made = contrast.mix_weighted(
            rows.y[after], rows.kind[after], rows.y[before], rows.kind[before]
        )
        return made if design.t_opt is None else replace(made, t_opt=design.t_opt)
    estimate = design.of(without_kinds(rows, cells_of(design))).estimate()
    return None if estimate is None else estimate.contrast


def regression_to_the_mean(subject: Subject) -> Guard:
    """Whether units chosen at their worst came back by themselves."""
    name = "regression_to_the_mean"
    if not subject.chosen_by_past:
        return Guard(name, "not run", "Registered: units were not chosen for their past results.")
    treated, others = subject.estimate.treated, subject.estimate.others
    if treated is None or others is None:
        note = "No units are compared, so what came back by itself cannot be told apart."
        return Guard(name, "not run", note)
    if not subject.claims:
        return Guard(name, "not run", NOTHING_YET)
    if len(treated.unit) + len(others.unit) < UNITS_FOR_REGRESSION:
        note = (
            f"Fewer than {UNITS_FOR_REGRESSION} units: what came back by itself cannot be measured."
        )
        return Guard(name, "failed", note)
    beyond = (ancova(treated, others), after_return(subject.design, treated, others))
    if any(_excludes_nothing(made) and made.d * subject.d > 0 for made in beyond):
        note = "Beyond what units come back by themselves the effect is still there."
        return Guard(name, "passed", note)
    note = "Units at their worst come back by themselves; beyond that no effect is left for sure."
    return Guard(name, "failed", note)


def after_return(design: Design, treated: Changes, others: Changes) -> Contrast:
    """The effect beyond what each unit was to be expected to do, given its past (5.6).

    expected after = middle + r * (before - middle), where r is what of the differences between units
    lasts: measured by how far they differ more than so few projects each would by chance.  Whatever of the
    past units were chosen by, what they were like given all of it is the same.  Not widened for few units:
    the contrast that it guards is.
    """
    before = np.concatenate([treated.before, others.before])
    noise = within_units(design) / np.concatenate([treated.size, others.size])
    weight = 1 / noise
    middle = (weight * before).sum() / weight.sum()
    excess = (weight * (before - middle) ** 2).sum() - (len(before) - 1)
    lasting = max(0.0, excess / (weight.sum() - (weight**2).sum() / weight.sum()))
    weight = 1 / (noise + lasting)
    middle = (weight * before).sum() / weight.sum()
    expected = middle + lasting / (lasting + noise) * (before - middle)
    gained = np.concatenate([treated.after, others.after]) - expected
    return contrast.two_arms(gained[: len(treated.unit)], gained[len(treated.unit) :])


def interrupted_series(subject: Subject) -> Guard:
    """One series without a comparison group: the level shift by the AR(1) bootstrap (5.8)."""
    name = "interrupted_series"
    series, split = subject.estimate.series, subject.estimate.split
    if series is None or subject.design.grouped:
        return Guard(
            name, "not run", "It is for one series without a comparison group.", stress=False
        )
    if not subject.claims:
        return Guard(name, "not run", NOTHING_YET, stress=False)
    shift = interrupted.level_shift(series, split, seed=subject.seed)
    beside = (
        f" The standard error of Newey and West, for comparison only: {shift.compared_se:.4g}."
        if shift.compared_se is not None
        else ""
    )
    if shift.p <= SIGNIFICANT:
        note = f"Months that lean on each other seldom shift so far.{beside}"
        return Guard(name, "passed", note, stress=False, p=shift.p)
    note = f"Months that lean on each other shift so far by chance.{beside}"
    return Guard(name, "failed", note, stress=False, p=shift.p)


def seasons(subject: Subject) -> Guard:
    """A second opinion on a monthly series: the shift with the seasons taken out, by two accounts."""
    name = "seasons"
    series, months = subject.estimate.series, subject.estimate.series_months
    if series is None or months is None:
        return Guard(name, "not run", "No series of months is compared.", stress=False)
    if not subject.claims:
        return Guard(name, "not run", NOTHING_YET, stress=False)
    found = drifting.shifts(series, months.tolist(), subject.estimate.split)
    return Guard(name, *drifting.told(found, subject.d), stress=False)


def synthetic_control(subject: Subject) -> Guard:
    """A second opinion on one unit beside many: against the mixture of them that ran as it did before."""
    name = "synthetic_control"
    treated, others = subject.estimate.treated, subject.estimate.others
    if treated is None or others is None:
        return Guard(name, "not run", "No units are compared.", stress=False)
    if len(treated.unit) != 1:
        return Guard(name, "not run", "It is for one unit with the change.", stress=False)
    if not subject.claims:
        return Guard(name, "not run", NOTHING_YET, stress=False)
    panel = _panel(subject.design, int(treated.unit[0]), others.unit)
    if panel is None:
        note = (
            f"It needs {synthetic.FEWEST_DONORS} other units, and {synthetic.FEWEST_PERIODS} months or "
            "quarters before the start in which each of them has a project."
        )
        return Guard(name, "not run", note, stress=False)
    return Guard(name, *beside_mixture(*panel, subject.d), stress=False)


def beside_mixture(unit: Floats, others: Floats, before: int, effect: float) -> tuple[Result, str]:
    """How a unit's effect ends beside the mixture of others, and a note.  others: units x periods."""
    stays = synthetic.synthetic_control(unit, others, before).effect / effect
    place, of = synthetic.placebo_rank(unit, others, before)
    note = (
        f"Beside the mixture of others that ran most like it before, {stays:.0%} of the effect is there; by "
        f"how far it moved away from its mixture it is number {place} of {of} units."
    )
    holds = stays >= HALF and place / of <= PLACEBO_SHARE
    return "passed" if holds else "failed", note


def _panel(
    design: Design, unit: int, others: NDArray[np.int64]
) -> tuple[Floats, Floats, int] | None:
    """The unit's mean in each month (else quarter) in which it has one, that of the others which have one
    in all of these, and how many lie before the start."""
    start = design.starts[unit]
    before, after = design.around(start)
    rows = design.rows.only(before | after)
    apart = others[design.starts[others] > design.now]
    for length in (_MONTH, 3 * _MONTH):
        period = np.floor((rows.cohort - start) / length).astype(np.int64)
        periods = np.unique(period[rows.unit == unit])
        inside = np.isin(period, periods)
        at = (rows.unit[inside], np.searchsorted(periods, period[inside]))
        count, total = (np.zeros((len(design.starts), len(periods))) for _ in range(2))
        np.add.at(count, at, 1)
        np.add.at(total, at, rows.y[inside])
        donors = apart[(count[apart] > 0).all(axis=1)]
        earlier = int((periods < 0).sum())
        enough = len(donors) >= synthetic.FEWEST_DONORS and earlier >= synthetic.FEWEST_PERIODS
        if enough and earlier < len(periods):
            means = total / np.maximum(count, 1)
            return means[unit], means[donors], earlier
    return None
