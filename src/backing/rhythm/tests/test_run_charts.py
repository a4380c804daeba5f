"""A run chart is a picture: a baseline from six points on, limits from twelve, and never a verdict (RULE-11)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from backing.evidence.models import Measure, MeasureBaseline, MeasureReading
from backing.rhythm.run_charts import has_enough, run_chart
from backing.rhythm.tests.test_claims import WIGGLE, months
from boardpaper.blocks import ChartBlock, Section
from boardpaper.chart import Chart
from boardpaper.claim import Claim
from boardpaper.gate import gate_section
from boardpaper.render.svg import chart_table, draw

DAYS = months(date(2023, 1, 1), 40)


def chart(
    before: int, after: int, unit: str = "days", baseline: bool = True, shift: int = 0
) -> Chart | None:
    """Of so many readings in the baseline's period and after it, these so much higher."""
    measure = Measure(name="Days to a decision", unit=unit, direction="down_good")
    scale = Decimal("0.01") if unit == "share" else 1
    readings = [
        MeasureReading(
            pk=n,
            measure=measure,
            at=day,
            value=(40 + WIGGLE[n % 12] + shift * (n >= before)) * scale,
        )
        for n, day in enumerate(DAYS[: before + after])
    ]
    fixed = MeasureBaseline(
        measure=measure,
        value=40 * scale,
        first_day=DAYS[0],
        last_day=DAYS[max(before - 1, 0)],
        n=before,
    )
    return run_chart(measure, readings, fixed if baseline else None)


def test_the_baseline_is_drawn_from_six_before_and_six_after() -> None:
    few = chart(6, 4)
    assert few is not None
    assert "6 of 6 readings before and 4 of 6 since" in few.caption
    assert not has_enough(few)
    enough = chart(6, 6)
    assert enough is not None
    assert has_enough(enough)
    assert enough.series[0].detail == "baseline 40 days"


def test_limits_come_from_twelve_readings_of_the_baseline_alone() -> None:
    assert (found := chart(11, 6)) is not None
    assert found.kind == "run"
    found = chart(12, 6)
    assert found is not None
    assert found.kind == "xmr"
    assert [words for words, _ in found.limits] == ["upper limit", "mean", "lower limit"]
    assert has_enough(found)
    assert "never says why" in found.caption


@pytest.mark.parametrize(("shift", "way"), [(4, "above"), (-4, "below")])
def test_small_departures_that_last_are_added_up_where_no_dot_is_beyond_the_limits(
    shift: int, way: str
) -> None:
    """methods.md 8, X2 in use; a calm series says nothing of the kind, nor one with a dot beyond."""
    calm, little, much = (chart(12, 16, shift=each) for each in (0, shift, 10 * shift))
    assert calm is not None
    assert little is not None
    assert much is not None

    assert "together they are a signal" not in calm.caption
    assert f"a little {way} the mean that together they are a signal too." in little.caption
    assert "together they are a signal" not in much.caption
    shown = Section(lead=Claim("Reading by reading"), blocks=(ChartBlock(chart=little),))
    assert not [each for each in gate_section(shown) if each.blocks]


def test_without_a_baseline_it_says_so_and_of_one_reading_there_is_no_picture() -> None:
    found = chart(0, 8, baseline=False)
    assert found is not None
    assert "No baseline is fixed yet" in found.caption
    assert chart(0, 1, baseline=False) is None


@pytest.mark.parametrize("unit", ["days", "share", "GBP", "ratio"])
def test_it_is_drawn_in_every_unit_and_told_as_a_table(unit: str) -> None:
    found = chart(12, 8, unit)
    assert found is not None
    assert "</svg>" in draw(found)
    assert len(chart_table(found)[1]) == 23
    assert "trend" not in repr(found).lower()
