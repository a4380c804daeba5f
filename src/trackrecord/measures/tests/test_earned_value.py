"""Earned value against published answers (methods.md 8.1, 8.2: E1 to E4, ES0) and its invariants."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trackrecord.measures import earned_value as evm
from trackrecord.measures.earned_value import Standing
from trackrecord.undefined import Undefined

E1 = Standing(bac=100_000, pv=0.4 * 100_000, ev=0.35 * 100_000, ac=36_000)
E2 = Standing(bac=500_000, pv=0.5 * 500_000, ev=0.4 * 500_000, ac=45_000 + 110_000 + 135_000)
E3 = Standing(bac=500, pv=300, ev=200, ac=250)
E4 = Standing(bac=100_000, pv=55_000, ev=50_000, ac=45_000)


def test_e1_a_third_of_the_way_behind_and_over_cost() -> None:
    """E1: PRA package unit tests."""
    assert (E1.pv, E1.ev) == (40_000, 35_000)
    assert (evm.schedule_variance(E1), evm.cost_variance(E1)) == (-5_000, -1_000)
    assert evm.spi(E1) == pytest.approx(0.875, abs=1e-6)
    assert evm.cpi(E1) == pytest.approx(0.9722222, abs=1e-6)


def test_e2_three_estimates_at_completion_and_what_they_ask_of_the_rest() -> None:
    """E2: PRA book, earned value chapter."""
    assert evm.spi(E2) == pytest.approx(0.8, rel=1e-6)
    assert evm.cpi(E2) == pytest.approx(0.689655, rel=1e-6)
    assert evm.eac(E2, "typical") == pytest.approx(725_000, rel=1e-6)
    assert evm.eac(E2, "atypical") == pytest.approx(590_000, rel=1e-6)
    assert evm.eac(E2, "combined") == pytest.approx(833_750, rel=1e-6)
    assert evm.tcpi_bac(E2) == pytest.approx(1.428571, rel=1e-6)
    assert evm.tcpi_eac(E2) == pytest.approx(0.689655, rel=1e-6)
    assert evm.vac(E2) == pytest.approx(-225_000, rel=1e-6)
    assert evm.etc(E2) == pytest.approx(435_000, rel=1e-6)


def test_e3_a_textbook_project() -> None:
    """E3: earned value slide deck."""
    assert (evm.cost_variance(E3), evm.schedule_variance(E3)) == (-50, -100)
    assert evm.cpi(E3) == pytest.approx(0.80, abs=0.005)
    assert evm.spi(E3) == pytest.approx(0.67, abs=0.005)
    assert evm.eac(E3) == pytest.approx(625, abs=0.005)
    assert evm.vac(E3) == pytest.approx(-125, abs=0.005)


def test_e4_behind_yet_under_cost() -> None:
    """E4: constructed, inputs from Lipke's deck."""
    assert (evm.schedule_variance(E4), evm.cost_variance(E4)) == (-5_000, 5_000)
    assert evm.spi(E4) == pytest.approx(0.9091, abs=5e-5)
    assert evm.cpi(E4) == pytest.approx(1.1111, abs=5e-5)
    assert evm.eac(E4) == pytest.approx(90_000, abs=5e-5)


def test_es0_a_late_project_that_has_finished_shows_no_lateness_in_money() -> None:
    """ES0 (Lipke 2012): why SPI(t) exists."""
    finished = Standing(bac=100, pv=100, ev=100, ac=140)

    assert (evm.schedule_variance(finished), evm.spi(finished)) == (0, 1)


def test_shares_are_fractions_of_what_was_earned_and_planned() -> None:
    assert evm.cost_variance_share(E3) == pytest.approx(-50 / 200)
    assert evm.schedule_variance_share(E3) == pytest.approx(-100 / 300)


def test_before_anything_happened_nothing_is_a_number_and_nothing_is_on_time() -> None:
    """methods.md 1.4: AC = 0, PV = 0 or EV = 0 is `not_started`."""
    fresh = Standing(bac=100, pv=0, ev=0, ac=0)
    unearned = Standing(bac=100, pv=20, ev=0, ac=30)
    not_started = Undefined("not_started")

    assert [evm.cpi(fresh), evm.spi(fresh), evm.eac(fresh), evm.vac(fresh)] == [not_started] * 4
    assert [evm.eac(unearned), evm.eac(unearned, "combined")] == [not_started] * 2
    assert evm.cost_variance_share(unearned) == not_started
    assert evm.eac(unearned, "atypical") == 130


def test_work_without_money_exhausts_the_budget_and_is_never_negative() -> None:
    spent = Standing(bac=100, pv=90, ev=80, ac=120)

    assert evm.tcpi_bac(spent) == Undefined("budget_exhausted")
    assert evm.tcpi_bac(Standing(bac=100, pv=100, ev=100, ac=120)) == 0


def test_a_budget_of_nothing_forecasts_nothing() -> None:
    assert evm.eac(Standing(bac=0, pv=1, ev=1, ac=1)) == Undefined("nonpositive_baseline")
    assert evm.tcpi_bac(Standing(bac=0, pv=1, ev=1, ac=1)) == Undefined("nonpositive_baseline")


money = st.floats(min_value=1, max_value=1e9)


@settings(max_examples=50, deadline=None)
@given(bac=money, done=st.floats(min_value=0.01, max_value=0.99), pv=money, ac=money)
def test_on_its_own_estimate_a_project_needs_the_cpi_it_has(
    bac: float, done: float, pv: float, ac: float
) -> None:
    """Invariant: TCPI(EAC) = CPI when EAC = BAC / CPI."""
    at = Standing(bac=bac, pv=pv, ev=bac * done, ac=ac)

    assert evm.tcpi_eac(at) == pytest.approx(evm.cpi(at), rel=1e-6)


def test_a_series_that_falls_gaps_or_overshoots_is_noted() -> None:
    notes = evm.integrity(
        bac=100,
        days=[30, 60, 90, 180, 210],
        pv=[10, 30, 60, 80, 90],
        ev=[8, 24, 20, 60, 110],
        ac=[9, 25, 26, None, 70],
        complete_plan=True,
    )

    assert [(note.code, note.at) for note in notes] == [
        ("restated", 2),
        ("gap", 3),
        ("earned-beyond-budget", 4),
        ("plan-short-of-budget", 4),
    ]
    assert notes[0].text == "EV fell from 24 to 20: earlier reports were restated."


def test_a_sound_series_has_no_notes() -> None:
    reports = [31.0, 59.0, 90.0]

    assert (
        evm.integrity(bac=60, days=reports, pv=[10, 30, 60], ev=[8, 24, 45], ac=[9, 26, 50]) == []
    )
