"""CPI, SPI, SPI(t) and EAC of projects, from their reports to Figures."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from trackrecord.engine import duckdb_engine
from trackrecord.figure import Figure
from trackrecord.measures import figures as all_figures
from trackrecord.measures import rows
from trackrecord.measures.basis import Basis
from trackrecord.measures.performance import MEASURES
from trackrecord.tables import TABLES

START = date(2024, 1, 1)
PLANNED = (10, 30, 60, 80, 100, 100, 100)  # methods.md 8.3, V1
EARNED = (8, 24, 45, 60, 78, 92, 100)
SPI_T = (0.8, 0.85, 0.8333, 0.75, 0.78, 0.7667, 0.7143)


def period(number: int) -> date:
    """Periods of 30 days, so that days and periods agree."""
    return START + timedelta(days=30 * number)


def report(key: str, at: int, **said: Any) -> dict[str, Any]:
    return said | {"key": key, "as_at": period(at), "row": at}


def basis(
    *,
    reports: list[dict[str, Any]],
    baselines: list[dict[str, Any]] = (),  # type: ignore[assignment]  # never changed
    states: dict[str, str] | None = None,
    others: int = 0,
) -> Basis:
    """Projects of one register; money in pounds."""
    keys = sorted({row["key"] for row in reports}) + [f"other-{n}" for n in range(others)]
    projects = [
        {"key": key, "state": (states or {}).get(key, "open"), "currency": None} for key in keys
    ]
    place = {"register": "r", "file": "f.csv", "sheet": "", "export": "f", "export_order": "f"}
    money = ("pv", "ev", "ac", "cost")

    def table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
        placed = [
            place
            | {"row": at, "currency": "GBP"}
            | {column: value * 100 if column in money else value for column, value in row.items()}
            for at, row in enumerate(rows)
        ]
        schema = TABLES[name]
        return pa.Table.from_pylist(
            [{c: row.get(c) for c in schema.names} for row in placed], schema
        )

    tables = {
        "projects": table("projects", projects),
        "reports": table("reports", reports),
        "baselines": table("baselines", list(baselines)),
    }
    return Basis(engine=duckdb_engine(tables))


def figures(**said: Any) -> dict[tuple[str, str | None], Figure]:
    """Every figure by measure and group."""
    names = {measure.name for measure in MEASURES}
    found = [figure for figure in all_figures(basis(**said)) if figure.measure in names]
    by_place = {(figure.measure, figure.group): figure for figure in found}
    assert len(by_place) == len(found)
    return by_place


def v1(periods: int) -> list[dict[str, Any]]:
    """V1 up to one period, the money of E1 beside it."""
    return [
        report("bridge", at, pv=PLANNED[at - 1], ev=EARNED[at - 1], ac=2 * EARNED[at - 1])
        for at in range(1, periods + 1)
    ]


PLAN = {"key": "bridge", "stated": "original", "start": START, "finish": period(5), "cost": 100}


@pytest.mark.parametrize("periods", range(2, 8))
def test_es1_spi_t_follows_v1_from_the_second_report_on(periods: int) -> None:
    found = figures(reports=v1(periods), baselines=[PLAN])

    assert found["spi_t", "r/bridge"].value == pytest.approx(SPI_T[periods - 1], abs=5e-5)


@pytest.mark.parametrize("periods", range(2, 8))
def test_es1_without_a_start_the_first_report_closes_the_first_period(periods: int) -> None:
    unstarted = PLAN | {"start": None}
    found = figures(reports=v1(periods), baselines=[unstarted])

    assert found["spi_t", "r/bridge"].value == pytest.approx(SPI_T[periods - 1], abs=5e-5)


def test_es0_a_finished_late_project_has_spi_1_and_spi_t_below() -> None:
    found = figures(reports=v1(7), baselines=[PLAN])

    assert found["spi", "r/bridge"].value == 1
    assert found["spi_t", "r/bridge"].value == pytest.approx(5 / 7)


def test_after_completion_the_clock_stands_still() -> None:
    later = [report("bridge", at, pv=100, ev=100, ac=200) for at in (8, 9, 10)]
    found = figures(reports=v1(7) + later, baselines=[PLAN])

    assert found["spi_t", "r/bridge"].value == pytest.approx(5 / 7)


def test_one_report_shows_no_plan_to_be_behind() -> None:
    figure = figures(reports=v1(1), baselines=[PLAN])["spi_t", "r/bridge"]

    assert (figure.value, figure.reason, figure.n) == (None, "too_few", 0)


def test_two_plans_are_never_spliced() -> None:
    moved = [*v1(2), report("bridge", 3, pv=20, ev=25, ac=50)]
    figure = figures(reports=moved, baselines=[PLAN])["spi_t", "r/bridge"]

    assert (figure.value, figure.reason) == (None, "scale_changed")


def test_who_is_ahead_of_all_reported_plans_is_placed_on_the_way_to_the_planned_finish() -> None:
    reports = [report("bridge", 1, pv=20, ev=20, ac=9), report("bridge", 2, pv=40, ev=60, ac=9)]
    figure = figures(reports=reports, baselines=[PLAN])["spi_t", "r/bridge"]

    assert figure.value == pytest.approx((2 + 3 * 20 / 60) / 2)


def test_leading_zeros_of_the_plan_count_nowhere() -> None:
    reports = [
        report("bridge", 1, pv=0, ev=0, ac=0),
        report("bridge", 2, pv=50, ev=25, ac=25),
    ]
    figure = figures(reports=reports, baselines=[PLAN])["spi_t", "r/bridge"]

    assert figure.value == pytest.approx(0.5)


def test_the_forecast_is_budget_over_cpi_in_major_units() -> None:
    """E3."""
    reports = [report("bridge", 1, pv=300, ev=200, ac=250)]
    found = figures(reports=reports, baselines=[PLAN | {"cost": 500}])

    assert found["cpi", "r/bridge"].value == pytest.approx(0.8)
    assert (found["eac", "r/bridge"].value, found["eac", "r/bridge"].unit) == (625.0, "GBP")


def test_without_a_baseline_cost_the_end_of_the_plan_is_the_budget() -> None:
    ahead = [report("bridge", at, pv=PLANNED[at - 1]) for at in (4, 5)]
    open_plan, whole_plan = figures(reports=v1(3)), figures(reports=v1(3) + ahead)

    assert open_plan["eac", "r/bridge"].reason == "missing"
    assert whole_plan["eac", "r/bridge"].value == 200.0


def test_over_all_projects_what_is_earned_is_set_against_what_is_spent() -> None:
    reports = [
        report("bridge", 1, pv=100, ev=80, ac=100),
        report("tunnel", 1, pv=900, ev=900, ac=600),
        report("canal", 1, pv=0, ev=0, ac=0),
    ]
    figure = figures(reports=reports, others=2)["cpi", None]

    assert figure.value == pytest.approx(980 / 700)
    assert (figure.n, dict(figure.missing)) == (2, {"missing": 2, "not_started": 1})


def test_the_overall_figure_stands_first() -> None:
    found = list(figures(reports=v1(2), baselines=[PLAN]))

    assert found == [
        (name, group) for name in ("cpi", "spi", "spi_t", "eac") for group in (None, "r/bridge")
    ]


def test_money_of_two_currencies_is_never_added() -> None:
    reports = [
        report("bridge", 1, pv=100, ev=80, ac=100),
        report("tunnel", 1, pv=900, ev=900, ac=600, currency="EUR"),
    ]
    found = figures(reports=reports)

    assert [group for measure, group in found if measure == "cpi"] == [
        "EUR",
        "GBP",
        "r/bridge",
        "r/tunnel",
    ]


def test_a_cost_that_the_last_report_leaves_out_is_missing_not_the_one_before() -> None:
    reports = [*v1(2), report("bridge", 3, pv=60, ev=45)]
    figure = figures(reports=reports, baselines=[PLAN])["cpi", "r/bridge"]

    assert (figure.value, figure.reason) == (None, "missing")


@pytest.mark.parametrize(
    ("group", "projects"), [(None, ["r/bridge", "r/tunnel"]), ("r/tunnel", ["r/tunnel"])]
)
def test_the_rows_behind_a_figure_are_its_projects(group: str | None, projects: list[str]) -> None:
    reports = [*v1(2), report("tunnel", 1, pv=90, ev=90, ac=60), report("canal", 1, pv=9, ev=1)]
    source = basis(reports=reports)
    (cpi,) = (f for f in all_figures(source) if (f.measure, f.group) == ("cpi", group))
    behind = rows(source, cpi)

    assert sorted(behind["project"].to_pylist()) == projects
    earned, spent = (pc.sum(behind[column]).as_py() for column in ("value", "base"))
    assert earned / spent == pytest.approx(cpi.value)


def test_projects_without_earned_value_have_no_such_figures() -> None:
    assert figures(reports=[report("bridge", 1, pv=10)]) == {}


def test_a_report_in_another_currency_than_its_project_is_left_out_and_counted() -> None:
    plan = PLAN | {"currency": "EUR"}
    found = figures(reports=v1(2), baselines=[plan])

    assert [found[name, None].reason for name in ("cpi", "spi", "eac")] == ["unit_mismatch"] * 3
    assert found["spi_t", None].value == pytest.approx(SPI_T[1])


def test_the_plan_of_the_last_report_is_each_projects_own() -> None:
    """The tunnel's plan runs on in a later file; the bridge's ends with its last report."""
    tunnel = [report("tunnel", 1, pv=50, ev=50, ac=50), report("tunnel", 9, pv=80)]
    found = figures(reports=[*v1(3), *tunnel])

    assert (found["eac", "r/bridge"].value, found["eac", "r/bridge"].reason) == (None, "missing")
    assert found["eac", "r/tunnel"].value == 80
