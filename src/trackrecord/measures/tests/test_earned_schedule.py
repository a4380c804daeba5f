"""Earned schedule against methods.md 8.2 and 8.3 (ES1 on vector V1, ES2) and its invariants."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trackrecord.measures import earned_schedule as es
from trackrecord.measures.earned_schedule import Plan
from trackrecord.measures.earned_value import Standing, spi
from trackrecord.undefined import Undefined

V1_PLANNED = (10, 30, 60, 80, 100)
V1_EARNED = (8, 24, 45, 60, 78, 92, 100)


def plan(*planned: float) -> Plan:
    found = Plan.of(planned)
    assert isinstance(found, Plan)
    return found


def test_es1_the_whole_of_vector_v1() -> None:
    points = es.follow(plan(*V1_PLANNED), V1_EARNED)

    def close(*expected: float) -> object:
        return pytest.approx(expected, abs=5e-5)

    assert [p.at for p in points] == [1, 2, 3, 4, 5, 6, 7]
    assert tuple(p.es for p in points) == close(0.8, 1.7, 2.5, 3.0, 3.9, 4.6, 5.0)
    assert tuple(p.spi_t for p in points) == close(0.8, 0.85, 0.8333, 0.75, 0.78, 0.7667, 0.7143)
    assert tuple(p.sv_t for p in points) == close(-0.2, -0.3, -0.5, -1.0, -1.1, -1.4, -2.0)
    assert tuple(p.ieac_t for p in points) == close(6.25, 5.8824, 6.0, 6.6667, 6.4103, 6.5217, 7.0)


def test_es1_in_money_the_same_project_ends_on_schedule() -> None:
    """V1's SPI climbs to 1 while SPI(t) keeps saying five periods took seven."""
    planned = (*V1_PLANNED, 100, 100)
    found = [
        spi(Standing(bac=100, pv=pv, ev=ev, ac=1))
        for pv, ev in zip(planned, V1_EARNED, strict=True)
    ]

    assert found == pytest.approx([0.8, 0.8, 0.75, 0.75, 0.78, 0.92, 1.0], abs=5e-5)


def test_es2_on_a_plateau_the_last_period_counts_and_leading_zeros_do_not() -> None:
    found = plan(0, 10, 10, 20)

    assert es.earned_schedule(found, 10) == pytest.approx(2, abs=1e-9)
    assert (found.skipped, found.duration) == (1, 3)


def test_a_plan_that_stands_still_at_its_end_has_ended() -> None:
    assert plan(10, 20, 20, 20).duration == 2


def test_nothing_earned_is_no_time_earned_and_foretells_nothing() -> None:
    point = es.follow(plan(*V1_PLANNED), [0])[0]

    assert (point.es, point.spi_t, point.ieac_t) == (0.0, 0.0, Undefined("not_started"))


def test_time_stands_still_once_all_is_earned() -> None:
    points = es.follow(plan(50, 100), [40, 70, 100, 100, 100])

    assert [p.at for p in points] == [1, 2, 3, 3, 3]


def test_what_the_rest_must_do_is_never_negative() -> None:
    found = plan(*V1_PLANNED)

    assert es.tspi(found, 3.0, 4.0) == pytest.approx(2.0)
    assert es.tspi(found, 3.0, 4.0, deadline=8) == pytest.approx(0.5)
    assert es.tspi(found, 4.6, 6.0) == Undefined("budget_exhausted")
    assert es.tspi(found, 5.0, 7.0) == 0.0


def test_another_pace_may_be_assumed_for_the_rest() -> None:
    assert es.ieac_t(plan(*V1_PLANNED), 3.0, 4.0, performance=1.0) == pytest.approx(6.0)


@pytest.mark.parametrize(
    ("planned", "reason"),
    [
        ((), "nonpositive_baseline"),
        ((0, 0), "nonpositive_baseline"),
        ((10, 30, 20), "scale_changed"),
    ],
)
def test_no_plan_and_two_plans_have_no_earned_schedule(
    planned: tuple[float, ...], reason: str
) -> None:
    found = Plan.of(planned)

    assert isinstance(found, Undefined)
    assert found.reason == reason


steps = st.lists(st.integers(min_value=0, max_value=50), min_size=1, max_size=12).filter(any)


@settings(max_examples=60, deadline=None)
@given(planned=steps, late=st.integers(min_value=0, max_value=6))
def test_at_completion_the_index_is_planned_over_actual_duration(
    planned: list[int], late: int
) -> None:
    """Invariants: at completion SPI(t) = PD / AD and IEAC(t) = AD."""
    found = plan(*accumulate(planned))
    actual = found.duration + late
    earned = [*([0] * (found.skipped + actual - 1)), found.budget]
    last = es.follow(found, earned)[-1]

    assert last.spi_t == pytest.approx(found.duration / actual)
    assert last.ieac_t == pytest.approx(actual)


@settings(max_examples=60, deadline=None)
@given(planned=steps)
def test_who_earns_what_is_planned_is_on_schedule(planned: list[int]) -> None:
    """SPI(t) is 1 at each period's end, but on a plateau, where the plan waits and ES does not."""
    found = plan(*accumulate(planned))
    whole = [es.earned_schedule(found, value) for value in found.values]

    assert all(earned >= period for period, earned in enumerate(whole, 1))
    assert whole[-1] == found.duration
