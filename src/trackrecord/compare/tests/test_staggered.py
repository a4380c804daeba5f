"""The staggered estimator on mpdta: answers that the R package `did` published (methods.md 8)."""

from __future__ import annotations

import csv
from functools import cache
from math import inf
from pathlib import Path

import numpy as np
import pytest

from trackrecord.compare.staggered import Staggered, staggered, two_way
from trackrecord.errors import EvidenceError

MPDTA = Path(__file__).resolve().parents[5] / "shared" / "data" / "mpdta-staggered" / "mpdta.csv"
YEARS = range(2003, 2008)


@cache
def mpdta() -> tuple[np.ndarray, list[float]]:
    if not MPDTA.exists():
        pytest.skip("the data beside the checkout is not here: mpdta.csv")
    with MPDTA.open(newline="") as file:
        rows = list(csv.DictReader(file))
    counties = sorted({row["countyreal"] for row in rows})
    places = {county: place for place, county in enumerate(counties)}
    panel, starts = np.full((len(counties), len(YEARS)), np.nan), [inf] * len(counties)
    for row in rows:
        place = places[row["countyreal"]]
        panel[place, int(row["year"]) - YEARS[0]] = float(row["lemp"])
        starts[place] = float(row["first.treat"]) or inf
    return panel, starts


def found(*, not_yet: bool = False) -> Staggered:
    panel, starts = mpdta()
    return staggered(panel, starts, YEARS, not_yet=not_yet)


@pytest.mark.parametrize(
    ("cohort", "effects", "not_yet"),
    [
        (2004, (-0.0105, -0.0704, -0.1373, -0.1008), False),
        (2006, (0.0065, -0.0028, -0.0046, -0.0412), False),
        (2007, (0.0305, -0.0027, -0.0311, -0.0261), False),
        (2004, (-0.0194, -0.0783, -0.1363, -0.1008), True),
        (2006, (-0.0026, -0.0019, 0.0047, -0.0412), True),
        (2007, (0.0298, -0.0024, -0.0311, -0.0261), True),
    ],
)
def test_d1_d4b_the_effect_of_each_cohort_and_year(
    cohort: int, effects: tuple[float, ...], not_yet: bool
) -> None:
    """D1 published; D4b cross-checked by two engines."""
    cells = found(not_yet=not_yet).cells

    assert [cells[cohort, year].value for year in range(2004, 2008)] == pytest.approx(
        effects, abs=5e-5
    )


def test_d2_d3_the_ways_to_add_them_up() -> None:
    """D2 published: group, dynamic, each event time and cohort.  D3 cross-checked: simple."""
    of = found()

    assert (of.group.value, of.dynamic_mean.value, of.simple.value) == pytest.approx(
        (-0.0310, -0.0772, -0.0400), abs=5e-5
    )
    assert (of.group.se, of.dynamic_mean.se, of.simple.se) == pytest.approx(
        (0.0126, 0.0219, 0.0120), rel=0.15
    )
    assert [of.dynamic[event].value for event in range(-3, 4)] == pytest.approx(
        (0.0305, -0.0006, -0.0245, -0.0199, -0.0510, -0.1373, -0.1008), abs=5e-5
    )
    assert [of.cohorts[cohort].value for cohort in (2004, 2006, 2007)] == pytest.approx(
        (-0.0797, -0.0229, -0.0261), abs=5e-5
    )


def test_d4b_the_sums_with_units_not_yet_treated() -> None:
    of = found(not_yet=True)

    assert (of.simple.value, of.group.value, of.dynamic_mean.value) == pytest.approx(
        (-0.0398, -0.0305, -0.0774), abs=5e-5
    )


def test_d4_the_biased_comparator() -> None:
    """D4: two-way fixed effects."""
    panel, starts = mpdta()

    assert two_way(panel, starts, YEARS) == pytest.approx(-0.0365, abs=5e-5)


def test_a_start_without_a_comparison_is_refused() -> None:
    with pytest.raises(EvidenceError, match="units without the change"):
        staggered(np.zeros((3, 4)), [2.0, 2.0, 2.0], range(4))
