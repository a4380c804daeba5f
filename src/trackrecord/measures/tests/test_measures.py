"""Measures on registers small enough to work out on paper."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from trackrecord.measures import MEASURES, figures
from trackrecord.measures.tests.canonical import figure, tables

START = date(2023, 1, 1)


def day(number: int) -> date:
    """The day so many days after the start of every project here."""
    return date.fromordinal(START.toordinal() + number)


def project(key: str, **facts: Any) -> dict[str, Any]:
    return {"key": key, "state": "finished", "started": START, "currency": "GBP", **facts}


def plan(key: str, stated: str = "original", **facts: Any) -> dict[str, Any]:
    return {"key": key, "stated": stated, "currency": "GBP", **facts}


def test_every_name_of_the_contract_is_a_measure() -> None:
    """Issue 2, "Names"."""
    names = """
        projects finished cancelled open cost_overrun_median cost_overrun_p80 cost_overrun_total
        over_budget_rate schedule_slip_days_median schedule_slip_days_p80 schedule_overrun_median
        late_rate on_time_rate forecast_slip_days_median forecast_behind_rate forecast_on_rate
        forecast_ahead_rate forecast_cost_change_median joined stayed left linked cost_baseline_sum
        rag_count masked_slip_days_median cost_of_failure_gross cost_of_failure_offset
        cost_of_failure_net benefit_shortfall_median duration_days_mean duration_days_median items
        hours_actual_total estimate_over_rate estimate_exact_rate estimate_under_rate
        estimate_ratio_geomean estimate_ratio_median estimate_ratio_total estimate_exponent
        estimate_pred25 estimate_mmre estimate_bias estimate_spread cpi spi spi_t eac
        cause_share_exclusive cause_share_fractional cause_share_touched cause_count_rate
    """

    assert set(names.split()) - set(MEASURES) == set()


def test_cost_overrun_is_said_as_median_and_as_total_and_against_both_baselines() -> None:
    """A 100 -> 150 (re-approved at 150), B 200 -> 220, C 1,000 -> 900: median 10 %, total -2.3 %."""
    found = figures(
        tables(
            projects=[
                project("A", cost_actual=150_00),
                project("B", cost_actual=220_00),
                project("C", cost_actual=900_00),
            ],
            baselines=[
                plan("A", cost=100_00),
                plan("A", "current", cost=150_00),
                plan("B", cost=200_00),
                plan("C", cost=1000_00),
            ],
        )
    )

    assert figure(found, "cost_overrun_median", baseline="original").value == pytest.approx(0.1)
    assert figure(found, "cost_overrun_median", baseline="current").value == 0
    assert figure(found, "cost_overrun_total", baseline="original").value == pytest.approx(
        1270 / 1300 - 1
    )
    assert figure(found, "over_budget_rate", baseline="original").value == pytest.approx(2 / 3)
    assert figure(found, "cost_overrun_p80", baseline="original").value == pytest.approx(0.34)


def test_what_cannot_be_divided_is_undefined_with_its_reason_and_never_zero() -> None:
    """methods.md 1.4"""
    found = figures(
        tables(
            projects=[
                project("A", cost_actual=150),
                project("B", cost_actual=150),
                project("C", cost_actual=150),
                project("D", cost_actual=120),
                project("E", cost_actual=150, currency="EUR"),
                project("F", state="open", cost_actual=999),
            ],
            baselines=[plan("A", cost=0), plan("B", cost=-5), *(plan(k, cost=100) for k in "DEF")],
        )
    )
    overrun = figure(found, "cost_overrun_median", baseline="original")

    assert (overrun.value, overrun.n) == (0.2, 1)
    assert overrun.missing == {"missing": 1, "nonpositive_baseline": 2, "unit_mismatch": 1}


def test_a_slip_is_in_days_and_a_late_start_is_no_overrun() -> None:
    """Planned days 0-100; begun on day 50, done on day 150: 50 days late, no overrun."""
    found = figures(
        tables(
            projects=[project("A", started=day(50), finished=day(150))],
            baselines=[plan("A", start=day(0), finish=day(100))],
        )
    )

    assert figure(found, "schedule_slip_days_median", baseline="original").value == 50
    assert figure(found, "schedule_overrun_median", baseline="original").value == 0
    assert figure(found, "late_rate", baseline="original").value == 1


def test_what_moving_the_baseline_hides_is_shown() -> None:
    """methods.md 1.2: 60 days against the original, 20 against the current: 40 are hidden."""
    found = figures(
        tables(
            projects=[project("A", finished=day(160))],
            baselines=[plan("A", finish=day(100)), plan("A", "current", finish=day(140))],
        )
    )

    assert figure(found, "schedule_slip_days_median", baseline="original").value == 60
    assert figure(found, "schedule_slip_days_median", baseline="current").value == 20
    assert figure(found, "masked_slip_days_median").value == 40
    assert figure(found, "rebaselined_rate").value == 1


def test_a_plan_seen_once_cannot_show_whether_it_was_moved() -> None:
    once = {"export": "2023", "stated": "planned"}
    found = figures(
        tables(
            projects=[
                project("A", export="2023"),
                project("B", export="2023"),
                project("B", export="2024"),
            ],
            baselines=[
                plan("A", finish=day(100)) | once,
                plan("B", finish=day(100)) | once,
                plan("B", finish=day(130)) | {"export": "2024", "stated": "planned"},
            ],
        )
    )
    rate = figure(found, "rebaselined_rate")

    assert (rate.value, rate.n, dict(rate.missing)) == (1, 1, {"missing": 1})


def test_failure_is_gross_offset_and_net_and_cancelled_money_is_written_off() -> None:
    """A +50, B -30, C cancelled after 20: gross 70, offset 30, net 40 pounds."""
    found = figures(
        tables(
            projects=[
                project("A", cost_actual=150_00),
                project("B", cost_actual=70_00),
                project("C", state="cancelled", cost_actual=20_00),
                project("D", state="cancelled"),
            ],
            baselines=[plan(key, cost=100_00) for key in "ABCD"],
        )
    )
    gross, offset, net = (
        figure(found, f"cost_of_failure_{kind}", baseline="original")
        for kind in ("gross", "offset", "net")
    )

    assert (gross.value, offset.value, net.value) == (70, 30, 40)
    assert (gross.n, gross.missing_total, gross.unit, gross.low) == (3, 1, "GBP", None)


def test_money_of_several_currencies_is_never_one_sum() -> None:
    found = figures(
        tables(
            projects=[
                project("A", cost_actual=150_00),
                project("B", cost_actual=300, currency="JPY"),
            ],
            baselines=[
                plan("A", cost=100_00),
                plan("B", cost=200, currency="JPY"),
            ],
        )
    )
    gross = [
        (each.group, each.unit, each.value)
        for each in found
        if each.measure == "cost_of_failure_gross" and each.baseline == "original"
    ]
    totals = [each.group for each in found if each.measure == "cost_overrun_total"]

    assert gross == [("GBP", "GBP", 50), ("JPY", "JPY", 100)]
    assert None not in totals


def test_money_without_a_currency_beside_money_with_one_is_left_out_and_counted() -> None:
    found = figures(
        tables(
            projects=[
                project("A", cost_actual=150_00),
                project("B", cost_actual=900_00, currency=None),
            ],
            baselines=[plan("A", cost=100_00), plan("B", cost=200_00, currency=None)],
        )
    )
    gross = figure(found, "cost_of_failure_gross", baseline="original")

    assert (gross.value, gross.unit, dict(gross.missing)) == (50, "GBP", {"unit_mismatch": 1})


def test_a_benefit_nobody_measured_is_missing() -> None:
    found = figures(
        tables(
            projects=[project("A", benefit_actual=60), project("B")],
            baselines=[plan("A", benefit=100), plan("B", benefit=100)],
        )
    )
    shortfall = figure(found, "benefit_shortfall_median", baseline="original")

    assert (shortfall.value, shortfall.n, shortfall.missing_total) == (0.4, 1, 1)


def test_open_and_cancelled_projects_count_in_the_rate_on_time() -> None:
    """Twelve finished at 0.9 of their time, eight open at twice theirs, four cancelled: 12 of 24."""
    rows = [project(f"F{number}", finished=day(90)) for number in range(12)]
    rows += [project(f"O{number}", state="open") for number in range(8)]
    rows += [project(f"C{number}", state="cancelled", finished=day(95)) for number in range(4)]
    found = figures(
        tables(
            projects=[row | {"as_at": day(200)} for row in rows],
            baselines=[plan(row["key"], finish=day(100)) for row in rows],
        )
    )

    assert figure(found, "on_time_rate", baseline="original").value == pytest.approx(0.5)
    assert figure(found, "late_rate", baseline="original").value == 0


def test_a_published_change_counts_and_a_finished_project_by_its_own_cost() -> None:
    """Open A +10 published, open B nothing published, finished C 120 of 100."""
    found = figures(
        tables(
            projects=[
                project("A", state="open"),
                project("B", state="open"),
                project("C", cost_actual=120),
            ],
            baselines=[plan("C", cost=100)],
            reports=[{"key": "A", "cost_change": 10, "finish_change_days": -5}],
        )
    )
    over = figure(found, "over_budget_rate", baseline="original")

    assert (over.value, over.n, over.missing_total) == (1, 2, 1)
    assert figure(found, "forecast_ahead_rate").n == 1


def test_a_finished_project_moves_by_its_last_forecast_and_slips_by_its_finish() -> None:
    """Foretold for day 100, then for day 130, finished on day 150."""
    found = figures(
        tables(
            projects=[
                project("A", export=year, state=state, finished=finished)
                for year, state, finished in (
                    ("2023", "open", None),
                    ("2024", "finished", day(150)),
                )
            ],
            baselines=[plan("A", finish=day(100))],
            reports=[
                {"key": "A", "export": "2023", "forecast_finish": day(100)},
                {"key": "A", "export": "2024", "forecast_finish": day(130)},
            ],
        )
    )

    assert figure(found, "forecast_slip_days_median").value == 30
    assert figure(found, "schedule_slip_days_median", baseline="original").value == 50


def test_estimates_are_of_items_where_there_are_items() -> None:
    """4 of 8 hours, 8 of 8, 16 of 8: factors .5, 1, 2; a cancelled, a half-done and a summary item
    are none of these."""
    items = [
        {"key": "A", "item_id": str(n), "estimate": 8.0, "actual": a}
        for n, a in enumerate((4.0, 8.0, 16.0))
    ]
    items += [
        {"key": "A", "item_id": "3", "estimate": 8.0, "actual": 99.0, "state": "cancelled"},
        {"key": "A", "item_id": "4", "estimate": 8.0, "actual": 1.0, "percent_complete": 0.5},
        {"key": "A", "item_id": "5", "estimate": 32.0, "actual": 99.0, "summary": True},
    ]
    found = figures(tables(projects=[project("A", effort_actual=5.0)], items=items))

    assert figure(found, "estimate_ratio_geomean").value == pytest.approx(1)
    assert figure(found, "estimate_ratio_geomean", group="over").value == 0.5
    assert figure(found, "estimate_ratio_geomean", group="under").value == 2
    assert figure(found, "estimate_mmre").value == pytest.approx((1 + 0 + 0.5) / 3)
    assert figure(found, "estimate_pred25").value == pytest.approx(1 / 3)
    assert figure(found, "estimate_ratio_total").value == pytest.approx(28 / 24)
    assert figure(found, "hours_actual_total").value == 128  # all but the summary


def test_ratings_of_two_scales_in_one_export_are_not_pooled() -> None:
    found = figures(
        tables(
            projects=[project("A"), project("B")],
            reports=[
                {"key": "A", "rag": "Amber", "rag_scale": "3"},
                {"key": "B", "rag": "Amber", "rag_scale": "5"},
            ],
        )
    )
    counts = {each.group: each.value for each in found if each.measure == "rag_count"}

    assert counts["2024-12-31 / Amber (3-point scale)"] == 1
    assert counts["2024-12-31 / Amber (5-point scale)"] == 1


def test_green_that_the_dates_deny_is_shown() -> None:
    """RULE-21: planned 100 days; a forecast 11 days late is more than 10 %, one 5 days late is not."""
    found = figures(
        tables(
            projects=[project(key, state="open") for key in "ABC"],
            baselines=[plan(key, start=day(0), finish=day(100)) for key in "ABC"],
            reports=[
                {"key": "A", "rag": "Green", "rag_scale": "3", "forecast_finish": day(111)},
                {"key": "B", "rag": "Green", "rag_scale": "3", "forecast_finish": day(105)},
                {"key": "C", "rag": "Red", "rag_scale": "3", "forecast_finish": day(300)},
            ],
        )
    )
    moving = figure(found, "green_yet_moving_rate")

    assert (moving.value, moving.n) == (0.5, 2)


def test_late_projects_that_were_green_to_the_end_are_shown() -> None:
    """methods.md 2.6 e: due on day 400, done on day 500; green until day 365, then red."""
    found = figures(
        tables(
            projects=[project("A", finished=day(500))],
            baselines=[plan("A", finish=day(400))],
            reports=[
                {"key": "A", "export": str(day(n)), "as_at": day(n), "rag": rag, "rag_scale": "3"}
                for n, rag in ((300, "Green"), (365, "Green"), (366, "Red"))
            ],
        )
    )
    still_green = {
        each.group: (each.value, each.n)
        for each in found
        if each.measure == "green_before_late_finish_rate"
    }

    assert still_green == {
        "6 months before": (None, 0),
        "3 months before": (1, 1),
        "1 month before": (0, 1),
    }


def test_of_no_project_there_is_no_figure() -> None:
    assert figures(tables(projects=[])) == []


def test_the_overall_figure_comes_first_and_original_before_current() -> None:
    found = figures(
        tables(
            projects=[
                project("A", cost_actual=150, org_unit="b"),
                project("B", cost_actual=1, org_unit="a"),
            ],
            baselines=[plan("A", cost=100), plan("B", cost=100)],
        ),
        by="org_unit",
    )
    order = [(each.group, each.baseline) for each in found if each.measure == "cost_overrun_median"]

    assert order == [
        (group, baseline) for group in (None, "a", "b") for baseline in ("original", "current")
    ]
