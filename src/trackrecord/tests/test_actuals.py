"""Published variances beside a plan: the actual follows where it can, and where not a Problem says why."""

from __future__ import annotations

from datetime import date

import pytest

from trackrecord.layout import Mapping
from trackrecord.mapping import guess
from trackrecord.problem import Problem
from trackrecord.readers.source import Cell, Sheet
from trackrecord.take import Take, take
from trackrecord.tests.registers import source_of
from trackrecord.tests.sheets import sheet


def taken(register: Sheet) -> Take:
    return take(source_of(register), Mapping(sheets=(guess(register),)))


def column(take: Take, name: str) -> list[Cell]:
    found: list[Cell] = take.tables["projects"][name].to_pylist()
    return found


def only(take: Take) -> Problem:
    (problem,) = take.problems
    return problem


def costs(header: str, *rows: tuple[str, Cell, Cell]) -> Sheet:
    """Rows of state, planned cost and variance."""
    header_ = ("Project ID", "Status", "Baseline cost (£)", header)
    return sheet(header_, *((f"P{n}", *row) for n, row in enumerate(rows)))


def test_an_overrun_beside_the_plan_gives_the_actual_cost_of_the_finished() -> None:
    found = taken(
        costs(
            "Cost overrun (£)",
            ("Completed", 100, 20),
            ("Completed", 200, -10),
            ("In progress", 300, 45),
            ("Completed", None, 5),
            ("Completed", 80, None),
        )
    )

    assert column(found, "cost_actual") == [12_000, 19_000, None, None, None]
    assert only(found).expected == (
        "the actual cost of 2 finished projects; it was worked out as planned cost plus this variance"
    )
    assert found.rows_taken == found.rows_in == 5


def test_days_late_beside_the_planned_finish_give_the_actual_finish() -> None:
    header = ("Project ID", "Status", "Planned finish", "Days late")
    rows = (("P1", "Completed", "2023-01-31", 10), ("P2", "In progress", "2024-12-31", 3))

    assert column(taken(sheet(header, *rows)), "finished") == [date(2023, 2, 10), None]


def test_a_gap_in_the_actuals_is_filled_with_the_sign_the_other_rows_show() -> None:
    header = ("Project ID", "Status", "Baseline cost", "Actual cost", "Cost variance")
    rows = ((100, 120, -20), (200, 190, 10), (300, 345, -45), (80, None, -4))
    register = sheet(header, *((f"P{n}", "Completed", *row) for n, row in enumerate(rows)))

    assert column(taken(register), "cost_actual") == [12_000, 19_000, 34_500, 8_400]


def test_a_variance_of_the_forecast_says_nothing_of_the_actual() -> None:
    header = ("Project ID", "Status", "Baseline cost", "Forecast cost", "Cost variance")
    rows = ((100, 120, 20), (200, 190, -10), (300, 345, 45))
    found = taken(sheet(header, *((f"P{n}", "Completed", *row) for n, row in enumerate(rows))))

    assert column(found, "cost_actual") == [None] * 3
    assert found.problems == ()


@pytest.mark.parametrize(
    ("header", "row", "code"),
    [
        (("Status", "Baseline cost", "Cost variance"), ("Done", 9, 1), "variance-sign-unknown"),
        (("Status", "Cost overrun"), ("Done", 1), "variance-without-plan"),
        (("Baseline cost", "Cost overrun"), (9, 1), "variance-without-state"),
        (
            ("Status", "Original budget", "Current budget", "Cost overrun"),
            ("Done", 8, 9, 1),
            "variance-plan-unknown",
        ),
    ],
)
def test_a_variance_that_is_not_used_is_said_to_be_understood_and_why(
    header: tuple[str, ...], row: tuple[Cell, ...], code: str
) -> None:
    found = taken(sheet(("Project ID", *header), ("P1", *row), ("P2", *row)))

    assert only(found).code == code
    assert only(found).column == header[-1]
    assert "was understood and not used" in only(found).todo
    assert column(found, "cost_actual") == [None, None]
