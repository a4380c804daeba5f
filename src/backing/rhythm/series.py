"""The verdict on a measure that has readings and no projects: its months before a start and after it.

The same words, range and conditions as `trackrecord.verdict` has for a monthly series (methods.md 5.4 b,
5.8): with nothing to compare against, the best it can say is "Consistent with improvement".  For the
worker: it needs the statistics.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Any, Final

import numpy as np

from trackrecord.compare import drifting, rules
from trackrecord.compare.ability import per_side
from trackrecord.compare.contrast import Contrast
from trackrecord.compare.contrast import months as contrast_of
from trackrecord.compare.guards import (
    NOTHING_YET,
    PLACEBO_DATES,
    PLACEBO_POINTS,
    PLACEBO_SHARE,
    SIGNIFICANT,
    Guard,
    chances,
)
from trackrecord.compare.interrupted import level_shift
from trackrecord.compare.sequence import POWER_Z, size_needed, width
from trackrecord.figure import settled

FEWEST: Final = 5
_MONTH: Final = 30.4375
_FARTHEST: Final = 12 * 25  # months ahead beyond which a day helps nobody
NO_GROUP: Final = (
    "no_comparison_group: without others to compare with, whatever else changed may be the reason"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Readings by day, when it began, which way is good and what is worth having, in the unit.

    baseline: whether one was fixed before the start; None where there is none at all.
    """

    readings: Sequence[tuple[date, float]]
    start: date
    higher_is_good: bool
    least: float
    baseline: bool | None

    @property
    def sign(self) -> int:
        """So that a good effect is always negative."""
        return -1 if self.higher_is_good else 1

    @property
    def digest(self) -> str:
        """What the verdict rests on."""
        text = json.dumps([[day.isoformat(), value] for day, value in self.readings])
        return hashlib.sha256(text.encode()).hexdigest()

    def months(self) -> tuple[list[float], list[float]]:
        """The mean of each month before the start, and from it on; a month with both has two."""
        before, after = (
            [sum(values) / len(values) for _, values in side] for side in self._sides()
        )
        return before, after

    def calendar_months(self) -> list[int]:
        """Which months those are, counted from a January."""
        return [month for side in self._sides() for month, _ in side]

    def _sides(self) -> Iterator[list[tuple[int, list[float]]]]:
        sides: tuple[dict[int, list[float]], dict[int, list[float]]] = ({}, {})
        for day, value in sorted(self.readings):
            month = day.year * 12 + day.month - 1
            sides[day >= self.start].setdefault(month, []).append(value)
        return (sorted(side.items()) for side in sides)


def verdict(series: Series, *, measure: str, unit: str) -> dict[str, Any]:
    """As `backing verdict --json` gives one."""
    before, after = series.months()
    last = max((day for day, _ in series.readings), default=None)
    found: dict[str, Any] = {
        "attributed": False,
        "measure": measure,
        "unit": unit,
        "direction": "higher" if series.higher_is_good else "lower",
        "value": None,
        "low": None,
        "high": None,
        "level": 0.95,
        "n_before": len(before),
        "n_after": len(after),
        "path": "b",
        "guards": [],
        "agreed_effect": series.least,
        "detectable_effect": None,
        "claimable_on": None,
        "as_at": last.isoformat() if last else None,
        "edition": series.digest,
        "appendix": {},
    }
    blocked = _cannot_tell(series, before, after)
    if blocked:
        return found | {"verdict": "Cannot tell", "reasons": blocked}
    of = contrast_of(np.asarray(before) * series.sign, np.asarray(after) * series.sign)
    if not bool(of.usable):
        reason = "no_spread: the readings do not differ, so nothing says how sure they are"
        return found | {"verdict": "Cannot tell", "reasons": [reason]}
    tests = _tests(of, series, before, after)
    found |= _numbers(of, series, tests)
    found["claimable_on"] = _claimable(of, len(before), len(after), series.least, last)
    found["guards"] = [
        {"name": test.name, "result": test.result, "note": test.note} for test in tests
    ]
    return found | _worded(of, series, before, after, tests)


def _cannot_tell(series: Series, before: list[float], after: list[float]) -> list[str]:
    reasons = []
    if series.baseline is None:
        reasons.append("no_baseline: no baseline was fixed, so nothing can be called better")
    if min(len(before), len(after)) < FEWEST:
        reasons.append(
            f"too_few: {len(before)} months before and {len(after)} after; each side needs {FEWEST}"
        )
    return reasons


def _numbers(of: Contrast, series: Series, tests: Sequence[Guard]) -> dict[str, Any]:
    ends = sorted(float(end) * series.sign for end in (of.low, of.high))
    reach = float(width(of.t, of.t_opt)) + POWER_Z
    return {
        "value": settled(float(of.d) * series.sign),
        "low": settled(ends[0]),
        "high": settled(ends[1]),
        "detectable_effect": settled(reach * float(of.se)),
        "appendix": {
            "d": settled(float(of.d)),
            "s": settled(float(of.s)),
            "t": settled(float(of.t)),
            "nu": int(of.nu),
            "se": settled(float(of.se)),
            "e": settled(float(of.e)),
            **({"per_side": settled(per_side(series.least, float(of.s)))} if series.least else {}),
            **chances(tests),
        },
    }


def _claims(of: Contrast, before: list[float], after: list[float]) -> bool:
    """Whether there is an effect that tests have to be put to."""
    points = min(len(before), len(after))
    return bool(rules.side(of)) and bool(rules.enough(of, points, rules.FEWEST_MONTHS))


def _worded(
    of: Contrast,
    series: Series,
    before: list[float],
    after: list[float],
    tests: Sequence[Guard],
) -> dict[str, Any]:
    """The rules in their order; the first that fits is the word."""
    late = [] if series.baseline else [_LATE]
    if -series.least < of.low and of.high < series.least:
        reason = "no_worthwhile_effect: whatever changed is smaller than the agreed effect"
        return {"verdict": "No worthwhile effect", "reasons": [reason, *late]}
    if not _claims(of, before, after):
        lacking = []
        if min(len(before), len(after)) < rules.FEWEST_MONTHS:
            lacking.append(
                f"too_little_after: {len(before)} months before and {len(after)} after; a claim needs "
                f"{rules.FEWEST_MONTHS} on either side"
            )
        if int(rules.side(of)) == 0:
            lacking.append("range_holds_no_change: the range reaches from better to worse")
        return {"verdict": "No evidence yet", "reasons": [*(lacking or [_THIN]), *late]}
    against = [test for test in tests if test.result == "failed" and test.stress]
    failed = [f"{test.name}: {test.note}" for test in against]
    if int(rules.side(of)) > 0 and all(test.name != "interrupted_series" for test in against):
        reasons = ["worse: the whole range lies on the bad side of no change", NO_GROUP, *failed]
        return {"verdict": "Worse", "reasons": [*reasons, *late]}
    if failed or late:
        return {"verdict": "No evidence yet", "reasons": [*failed, *late, NO_GROUP]}
    good = "improved: the whole range lies on the good side of no change"
    return {"verdict": "Consistent with improvement", "reasons": [good, NO_GROUP]}


_THIN: Final = "evidence_too_thin: with so little after the start chance is not ruled out"
_LATE: Final = (
    "baseline_late: the baseline was fixed after the start, so it supports no claim of improvement"
)


def _tests(of: Contrast, series: Series, before: list[float], after: list[float]) -> list[Guard]:
    """Every test, in a fixed order; where there is no effect to test, each is listed as not run."""
    if not _claims(of, before, after):
        return [Guard(name, "not run", NOTHING_YET) for name in _TESTS]
    return [
        _interrupted(series, before, after),
        _leave_one_out(of, series, before, after),
        _placebo_dates(of, series, before),
        _spike(series, before),
        _seasons(of, series, before, after),
    ]


_TESTS: Final = (
    "interrupted_series",
    "leave_one_month_out",
    "placebo_dates",
    "regression_to_the_mean",
    "seasons",
)


def _interrupted(series: Series, before: list[float], after: list[float]) -> Guard:
    name, seed = "interrupted_series", int(series.digest[:12], 16)
    p = level_shift([*before, *after], len(before), seed=seed).p
    if p > SIGNIFICANT:
        note = "Months that lean on each other shift as far by chance."
        return Guard(name, "failed", note, p=p)
    return Guard(name, "passed", "Chance alone hardly shifts months as far.", p=p)


def _leave_one_out(of: Contrast, series: Series, before: list[float], after: list[float]) -> Guard:
    name = "leave_one_month_out"
    whole = float(of.d)
    for place in range(len(before) + len(after)):
        kept0 = [each for at, each in enumerate(before) if at != place]
        kept1 = [each for at, each in enumerate(after) if at + len(before) != place]
        left = (sum(kept1) / len(kept1) - sum(kept0) / len(kept0)) * series.sign
        if left * whole < 0 or abs(left) < abs(whole) / 2:
            return Guard(name, "failed", "Without one month more than half of the effect is gone.")
    return Guard(name, "passed", "No single month carries the effect.")


def _placebo_dates(of: Contrast, series: Series, before: list[float]) -> Guard:
    name = "placebo_dates"
    places = range(PLACEBO_POINTS, len(before) - PLACEBO_POINTS + 1)
    if len(places) < PLACEBO_DATES:
        note = "There are too few months before the start to try other dates."
        return Guard(name, "not run", note)
    values = np.asarray(before) * series.sign
    as_much = sum(
        abs(values[place:].mean() - values[:place].mean()) >= abs(float(of.d)) for place in places
    )
    share = float(as_much / len(places))
    if share > PLACEBO_SHARE:
        return Guard(
            name, "failed", "At earlier dates, where nothing happened, as much shows.", p=share
        )
    return Guard(name, "passed", "At earlier dates, where nothing happened, less shows.", p=share)


def _spike(series: Series, before: list[float]) -> Guard:
    """Regression to the mean: whoever starts at the worst moment sees it get better by itself."""
    name = "regression_to_the_mean"
    worst = max(value * series.sign for value in before)
    if before[-1] * series.sign == worst and before.count(before[-1]) == 1:
        note = "It began right after the worst month; what was at its worst comes back by itself."
        return Guard(name, "failed", note)
    return Guard(name, "passed", "It did not begin right after the worst month.")


def _seasons(of: Contrast, series: Series, before: list[float], after: list[float]) -> Guard:
    """A second opinion, which decides nothing."""
    values = np.asarray([*before, *after]) * series.sign
    found = drifting.shifts(values, series.calendar_months(), len(before))
    return Guard("seasons", *drifting.told(found, float(of.d)), stress=False)


def _claimable(
    of: Contrast, before: int, after: int, least: float, last: date | None
) -> str | None:
    """By when the agreed effect could be claimed; None where waiting alone does not help."""
    needed = size_needed(least, float(of.s), t_opt=of.t_opt)
    wanted = needed * (before * after / (before + after)) / float(of.t)
    if last is None or wanted >= before or before < rules.FEWEST_MONTHS:
        return None
    after_then = max(ceil(wanted * before / (before - wanted)), rules.FEWEST_MONTHS)
    months = max(0, after_then - after)
    if months > _FARTHEST:
        return None
    return (last + timedelta(days=ceil(months * _MONTH))).isoformat()
