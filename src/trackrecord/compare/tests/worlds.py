"""Worlds in which nothing changes, and worlds in which something does (methods.md 5.7 and 5.8).

Each world is drawn many times over and looked at again and again, as a PMO would; what is counted is how
often a claim was ever made.  `benchmarks/verdicts.py` runs them in full, the tests beside this in small.
Claims are made by the same functions that `trackrecord.verdict` uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from math import log
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from trackrecord.compare import contrast, interrupted, rules, sequence
from trackrecord.compare.contrast import Contrast

Floats = NDArray[np.float64]
Random = np.random.Generator

LOOKS: Final = 24
NULL_RATE: Final = 0.05


@dataclass(frozen=True, slots=True)
class Rates:
    """How often a claim was ever made over the looks: for the better, for the worse."""

    better: float
    worse: float

    @property
    def either(self) -> float:
        return self.better + self.worse


@dataclass(frozen=True, slots=True)
class World:
    """A world by its id of methods.md.

    wrong: a procedure that the bound of null worlds must catch.
    power: the share of claims for the better it must reach, within five points.
    """

    id: str
    what: str
    run: Callable[[Random, int], Rates]
    wrong: bool = False
    power: float | None = None


class Ever:
    """Claims made at any look so far."""

    def __init__(self, worlds: int) -> None:
        self._better = np.zeros(worlds, np.bool_)
        self._worse = np.zeros(worlds, np.bool_)

    def look(self, of: Contrast, *, points: int = 10**9, needed: int = 0) -> None:
        self.see(rules.side(of) * rules.enough(of, points, needed))

    def see(self, side: Any) -> None:
        self._better |= side < 0
        self._worse |= side > 0

    @property
    def rates(self) -> Rates:
        return Rates(float(self._better.mean()), float(self._worse.mean()))


# What values are drawn from: each of mean 0 and standard deviation 1.


def normal(random: Random, *shape: int) -> Floats:
    drawn: Floats = random.standard_normal(shape)
    return drawn


def student(random: Random, *shape: int) -> Floats:
    drawn: Floats = random.standard_t(3, shape) / np.sqrt(3)
    return drawn


def skewed(random: Random, *shape: int) -> Floats:
    return (random.gamma(4, size=shape) - 4) / 2


def skewed_down(random: Random, *shape: int) -> Floats:
    return -skewed(random, *shape)


DRAWN: Final = {"normal": normal, "t(3)": student, "gamma": skewed, "-gamma": skewed_down}
Drawn = Callable[..., Floats]


def leaning(random: Random, rho: float, *shape: int, drawn: Drawn = normal) -> Floats:
    """AR(1) along the last axis, of standard deviation 1 throughout."""
    noise = drawn(random, *shape)
    series = np.empty(shape)
    series[..., 0] = noise[..., 0]
    for at in range(1, shape[-1]):
        series[..., at] = rho * series[..., at - 1] + np.sqrt(1 - rho * rho) * noise[..., at]
    return series


# Path a.


def projects(
    n0: int, *, drawn: str = "normal", growing: bool = False, shift: float = 0.0
) -> Callable[[Random, int], Rates]:
    """A1-A3: five new projects a look, a baseline of n0 that stays or grows."""

    def run(random: Random, worlds: int) -> Rates:
        ever = Ever(worlds)
        before = DRAWN[drawn](random, worlds, n0 + 5 * LOOKS)
        after = DRAWN[drawn](random, worlds, 5 * LOOKS) + shift
        for look in range(1, LOOKS + 1):
            base = before[:, : n0 + 5 * look * growing]
            of = contrast.two_arms(after[:, : 5 * look], base)
            ever.look(of, points=5 * look, needed=rules.FEWEST_AFTER)
        return ever.rates

    return run


def known_baseline(n0: int) -> Callable[[Random, int], Rates]:
    """W3: the baseline's mean taken for the truth."""

    def run(random: Random, worlds: int) -> Rates:
        ever = Ever(worlds)
        base = normal(random, worlds, n0).mean(axis=1)
        after = normal(random, worlds, 5 * LOOKS)
        for look in range(1, LOOKS + 1):
            seen = after[:, : 5 * look]
            spread = seen.std(axis=1, ddof=1)
            of = Contrast(seen.mean(axis=1) - base, spread, float(5 * look), 5 * look - 1)
            ever.look(of, points=5 * look, needed=rules.FEWEST_AFTER)
        return ever.rates

    return run


def plain_t(looks: int) -> Callable[[Random, int], Rates]:
    """W1: an ordinary t-test at every look."""

    def run(random: Random, worlds: int) -> Rates:
        ever = Ever(worlds)
        after = normal(random, worlds, 5 * looks)
        for look in range(1, looks + 1):
            seen = after[:, : 5 * look]
            t = seen.mean(axis=1) / (seen.std(axis=1, ddof=1) / np.sqrt(5 * look))
            ever.see(np.sign(t) * (np.abs(t) > stats.t.ppf(0.975, 5 * look - 1)))
        return ever.rates

    return run


def one_sample(
    drawn: str, *, first: int, raw: bool = False, by_e: bool = False
) -> Callable[[Random, int], Rates]:
    """A11, A12 and W2: one sample about a known centre, looked at every five; raw: not on logs."""

    def run(random: Random, worlds: int) -> Rates:
        ever = Ever(worlds)
        values = DRAWN[drawn](random, worlds, 5 * LOOKS)
        if raw:
            values = np.exp(values) - np.exp(0.5)
        for n in range(5, 5 * LOOKS + 1, 5):
            seen = values[:, :n]
            of = Contrast(seen.mean(axis=1), seen.std(axis=1, ddof=1), float(n), n - 1)
            if by_e:
                ever.see(np.sign(of.d) * (of.e >= sequence.CLAIM_AT))
            else:
                ever.look(of, points=n if n >= first else 0, needed=first)
        return ever.rates

    return run


def easier_mix(*, weighted: bool) -> Callable[[Random, int], Rates]:
    """A14 and W9: easy work rises from half to four fifths."""

    def run(random: Random, worlds: int) -> Rates:
        ever = Ever(worlds)
        hard0 = random.random((worlds, 60)) > 0.5
        hard1 = random.random((worlds, 5 * LOOKS)) > 0.8
        before, after = (
            0.1 + 0.4 * hard + 0.3 * normal(random, *hard.shape) for hard in (hard0, hard1)
        )
        kinds = hard0.astype(np.int64), hard1.astype(np.int64)
        for look in range(4, LOOKS + 1):
            seen = slice(0, 5 * look)
            if weighted:
                each = [
                    contrast.mix_weighted(after[w, seen], kinds[1][w, seen], before[w], kinds[0][w])
                    for w in range(worlds)
                ]
                ever.see(np.array([int(rules.side(of)) for of in each]))
            else:
                ever.look(contrast.two_arms(after[:, seen], before))
        return ever.rates

    return run


def cohorts(*, equal_age: bool) -> Callable[[Random, int], Rates]:
    """A15 and W9: five starts a month, planned for twelve; the slow ones are still open when one looks."""

    def run(random: Random, worlds: int) -> Rates:
        ever = Ever(worlds)
        before, after = (1.1 * np.exp(0.35 * normal(random, worlds, n)) for n in (60, 5 * 36))
        begun = np.repeat(np.arange(36), 5)
        for month in range(13, 37):
            age = (month - begun) / 12
            if equal_age:
                meant = age >= 1.25
                if meant.sum() < rules.FEWEST_AFTER:
                    continue
                of = contrast.two_arms(
                    np.log(np.minimum(after[:, meant], 1.25)), np.log(np.minimum(before, 1.25))
                )
                ever.look(of)
                continue
            for world in range(worlds):
                finished = after[world] <= age
                if finished.sum() >= rules.FEWEST_AFTER:
                    of = contrast.two_arms(np.log(after[world, finished]), np.log(before[world]))
                    side = np.zeros(worlds)
                    side[world] = rules.side(of)
                    ever.see(side)
        return ever.rates

    return run


def rebaselined(n0: int) -> Callable[[Random, int], Rates]:
    """A16: every later project's plan is moved to its forecast, so it is on the current plan."""

    def run(random: Random, worlds: int) -> Rates:
        ever = Ever(worlds)
        before = 0.3 + normal(random, worlds, n0)
        after = 0.3 + normal(random, worlds, 5 * LOOKS)
        for look in range(4, LOOKS + 1):
            of = contrast.two_arms(after[:, : 5 * look], before)
            current = -before.mean(axis=1)
            hidden = rules.masked(of.d, current, -log(0.9))
            ever.see(rules.side(of) * ~hidden)
        return ever.rates

    return run


# Path b.


def series(
    n0: int, rho: float, *, drawn: str = "normal", shift: float = 0.0, wrong: bool = False
) -> Callable[[Random, int], Rates]:
    """A4-A6 and W4: months that lean on each other."""

    def run(random: Random, worlds: int) -> Rates:
        months = leaning(random, rho, worlds, n0 + LOOKS, drawn=DRAWN[drawn])
        months[:, n0:] += shift
        return _looked_at(months, n0, wrong=wrong)

    return run


def shocks(icc: float, rho: float) -> Callable[[Random, int], Rates]:
    """A7: five projects a month share its shock; they are collapsed to the month."""

    def run(random: Random, worlds: int) -> Rates:
        shock = leaning(random, rho, worlds, 12 + LOOKS) * np.sqrt(icc)
        own = normal(random, worlds, 12 + LOOKS, 5).mean(axis=2) * np.sqrt(1 - icc)
        return _looked_at(shock + own, 12)

    return run


def shocks_ignored(icc: float, rho: float) -> Callable[[Random, int], Rates]:
    """W5: the same projects taken for independent."""

    def run(random: Random, worlds: int) -> Rates:
        ever = Ever(worlds)
        shock = leaning(random, rho, worlds, 12 + LOOKS)[..., None] * np.sqrt(icc)
        values = shock + normal(random, worlds, 12 + LOOKS, 5) * np.sqrt(1 - icc)
        before = values[:, :12].reshape(worlds, -1)
        for look in range(4, LOOKS + 1):
            ever.look(contrast.two_arms(values[:, 12 : 12 + look].reshape(worlds, -1), before))
        return ever.rates

    return run


def _looked_at(months: Floats, n0: int, *, wrong: bool = False) -> Rates:
    ever = Ever(len(months))
    for n1 in range(rules.FEWEST_MONTHS, LOOKS + 1):
        before, after = months[:, :n0], months[:, n0 : n0 + n1]
        if wrong:
            ever.look(contrast.two_arms(after, before))
        else:
            ever.look(contrast.months(before, after), points=n1, needed=rules.FEWEST_MONTHS)
    return ever.rates


# Units.


def units(
    count: int, treated: int, rho: float, *, shift: float = 0.0, widened: bool = True
) -> Callable[[Random, int], Rates]:
    """A8 and W8: one value a unit, twelve months before, looked at from the first month on."""

    def run(random: Random, worlds: int) -> Rates:
        ever = Ever(worlds)
        values = leaning(random, rho, worlds, count, 12 + LOOKS)
        values[:, :treated, 12:] += shift
        base = values[:, :, :12].mean(axis=2)
        path = contrast.units if widened else contrast.two_arms
        for look in range(1, LOOKS + 1):
            change = values[:, :, 12 : 12 + look].mean(axis=2) - base
            ever.look(path(change[:, :treated], change[:, treated:]))
        return ever.rates

    return run


def chosen(
    count: int,
    reliability: float,
    *,
    how: str = "ancova",
    drawn: str = "normal",
    rho: float = 0.0,
    best: bool = False,
) -> Callable[[Random, int], Rates]:
    """A9, A10, W6 and W7: the worst fifth (or the best) of the last twelve months gets the change.

    how: "ancova" (path d), "plain t" on it, "separate" (path c with an earlier baseline window), "did",
    "before and after".
    """

    def run(random: Random, worlds: int) -> Rates:
        ever = Ever(worlds)
        lasting = np.sqrt(reliability) * normal(random, worlds, count)
        noise = leaning(random, rho, worlds, count, 24 + LOOKS, drawn=DRAWN[drawn])
        months = lasting[..., None] + noise * np.sqrt(12 * (1 - reliability))
        window = months[:, :, 12:24].mean(axis=2)
        order = np.argsort(window if best else -window, axis=1)
        fifth = count // 5
        first = months[:, :, :12].mean(axis=2)
        for look in range(1, LOOKS + 1):
            after = months[:, :, 24 : 24 + look].mean(axis=2)
            arms = [
                [
                    np.take_along_axis(each, part, axis=1)
                    for part in (order[:, :fifth], order[:, fifth:])
                ]
                for each in (after, window, first)
            ]
            ever.see(_judged(how, *arms))
        return ever.rates

    return run


def _judged(how: str, after: list[Floats], window: list[Floats], first: list[Floats]) -> Any:
    if how == "separate":
        return rules.side(contrast.units(after[0] - first[0], after[1] - first[1]))
    if how == "did":
        return rules.side(contrast.two_arms(after[0] - window[0], after[1] - window[1]))
    if how == "before and after":
        change = after[0] - window[0]
        n = change.shape[1]
        return rules.side(
            Contrast(change.mean(axis=1), change.std(axis=1, ddof=1), float(n), n - 1)
        )
    of = contrast.selected(after[0], window[0], after[1], window[1])
    if how == "plain t":
        return np.sign(of.d) * (np.abs(of.d / of.se) > stats.t.ppf(0.975, of.nu))
    return rules.side(of)


# One series, one look.


def bootstrap(n: int, rho: float) -> Callable[[Random, int], Rates]:
    """A13: the trend model's level shift by the AR(1) bootstrap."""

    def run(random: Random, worlds: int) -> Rates:
        sides = np.zeros(worlds)
        for world in range(worlds):
            months = leaning(random, rho, 1, n)[0]
            shift = interrupted.level_shift(months, n // 2, seed=world, trend=True, draws=199)
            sides[world] = np.sign(shift.t) * (shift.p <= 0.05)
        return Rates(float((sides < 0).mean()), float((sides > 0).mean()))

    return run


def null_worlds() -> Iterator[World]:
    """A1-A12 and A14-A16: nothing changes, and at most one world in twenty may ever hear a claim."""
    yield from _of_projects()
    yield from _of_months()
    yield from _of_units()


def _of_projects() -> Iterator[World]:
    for n0 in (10, 20, 40, 100):
        yield World("A1", f"baseline of {n0}", projects(n0))
        yield World("A2", f"baseline from {n0}, growing", projects(n0, growing=True))
    for drawn in ("t(3)", "gamma", "-gamma"):
        yield World("A3", f"{drawn}, baseline of 20", projects(20, drawn=drawn))
        yield World("A3", f"{drawn}, growing", projects(20, drawn=drawn, growing=True))
    for drawn in ("normal", "t(3)", "gamma"):
        yield World("A11", f"one sample, {drawn}", one_sample(drawn, first=20))
        yield World("A12", f"e-value alone, {drawn}", one_sample(drawn, first=5, by_e=True))
    yield World("A14", "easier mix, weighted", easier_mix(weighted=True))
    yield World("A15", "cohorts at equal age", cohorts(equal_age=True))
    for n0 in (20, 100):
        yield World("A16", f"later plans moved, baseline of {n0}", rebaselined(n0))


def _of_months() -> Iterator[World]:
    for n0, name in ((12, "A4"), (24, "A5"), (36, "A5")):
        for rho in (0.0, 0.2, 0.4, 0.6, 0.8):
            yield World(name, f"{n0} months before, rho {rho}", series(n0, rho))
    for drawn, n0, rho in product(("t(3)", "gamma", "-gamma"), (12, 24), (0.0, 0.4, 0.6)):
        yield World("A6", f"{drawn}, {n0} months, rho {rho}", series(n0, rho, drawn=drawn))
    for icc, rho in product((0.1, 0.2, 0.4), (0.0, 0.4, 0.8)):
        yield World("A7", f"month shocks, ICC {icc}, rho {rho}", shocks(icc, rho))


def _of_units() -> Iterator[World]:
    for (count, treated), rho in product(((8, 3), (12, 4), (20, 8), (40, 20)), (0.0, 0.4)):
        yield World("A8", f"{treated} of {count} units, rho {rho}", units(count, treated, rho))
    for count, reliability in product((20, 40, 100), (0.3, 0.5, 0.8)):
        what = f"of {count} units, reliability {reliability}"
        yield World("A9", f"worst fifth {what}", chosen(count, reliability))
        yield World("A9", f"best fifth {what}", chosen(count, reliability, best=True))
        yield World("A10", f"worst fifth {what}", chosen(count, reliability, how="separate"))
    yield World("A9", "worst fifth of 40, skewed", chosen(40, 0.5, drawn="gamma"))
    yield World("A9", "worst fifth of 40, rho .4", chosen(40, 0.5, rho=0.4))


def one_look() -> Iterator[World]:
    """A13: nothing changes, and one look is taken; at most .075 in either direction together."""
    for n, rho in product((16, 24, 48), (0.0, 0.4, 0.6)):
        yield World("A13", f"AR(1) bootstrap, {n} points, rho {rho}", bootstrap(n, rho))


def wrong_procedures() -> Iterator[World]:
    """W1-W9: what the harness must catch."""
    yield World("W1", "plain t-test, 24 looks", plain_t(24), wrong=True)
    yield World("W1", "plain t-test, 5 looks", plain_t(5), wrong=True)
    yield World("W2", "raw lognormal from 10", one_sample("normal", first=10, raw=True), wrong=True)
    yield World("W2", "raw lognormal from 20", one_sample("normal", first=20, raw=True), wrong=True)
    for n0 in (10, 20, 40):
        yield World("W3", f"baseline of {n0} taken for known", known_baseline(n0), wrong=True)
    for rho in (0.6, 0.8):
        yield World(
            "W4",
            f"months taken for independent, rho {rho}",
            series(12, rho, wrong=True),
            wrong=True,
        )
    for icc, rho in ((0.2, 0.4), (0.4, 0.8)):
        what = f"month shocks ignored, ICC {icc}, rho {rho}"
        yield World("W5", what, shocks_ignored(icc, rho), wrong=True)
    for how in ("before and after", "did", "plain t"):
        name = "W7" if how == "plain t" else "W6"
        yield World(name, f"worst fifth of 40, {how}", chosen(40, 0.5, how=how), wrong=True)
    yield World("W8", "4 units, not widened", units(4, 2, 0.0, widened=False), wrong=True)
    yield World("W9", "easier mix, not weighted", easier_mix(weighted=False), wrong=True)
    yield World("W9", "finished projects only", cohorts(equal_age=False), wrong=True)


def true_changes() -> Iterator[World]:
    """The power floor: a procedure that never says anything must fail here."""
    for n0, claims in ((40, (0.48, 0.94, 1.0)), (100, (0.81, 1.0, 1.0))):
        for shift, power in zip((0.5, 0.8, 1.2), claims, strict=True):
            yield World(
                "path a",
                f"baseline of {n0}, {shift} sd better",
                projects(n0, shift=-shift),
                power=power,
            )
    for rho, power in ((0.0, 0.96), (0.4, 0.61)):
        yield World("path b", f"24 months, rho {rho}", series(24, rho, shift=-1.5), power=power)
    yield World("path c", "8 of 20 units, rho .4", units(20, 8, 0.4, shift=-1.0), power=0.72)


def allowed(replications: int) -> float:
    """The null rate and two Monte Carlo standard errors."""
    return float(NULL_RATE + 2 * np.sqrt(NULL_RATE * (1 - NULL_RATE) / replications))
