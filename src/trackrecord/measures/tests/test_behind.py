"""Every Figure can list the rows it was made from (S21: each statistic drills to its projects)."""

from __future__ import annotations

import pytest

from trackrecord.engine import duckdb_engine
from trackrecord.errors import UnknownName
from trackrecord.figure import Figure
from trackrecord.in_time import PLACE
from trackrecord.measures import basis_of, figures, rows
from trackrecord.measures.tests.canonical import figure, tables
from trackrecord.measures.tests.everything import everything

BY = "org_unit"
# A few of each kind: summed up from a quantity, by group, by outcome, by currency, by export.
SHOWN = (
    ("cost_overrun_median", "original", None),
    ("cost_overrun_p80", "current", "Unit 1"),
    ("late_rate", "original", None),
    ("finished", None, None),
    ("cost_of_failure_gross", "original", "EUR"),
    ("forecast_cost_change_median", None, "GBP"),
    ("estimate_ratio_geomean", None, "over"),
    ("duration_days_mean", None, None),
    ("rag_count", None, "2024-03-31 / Red (3-point scale)"),
    ("joined", None, "2023-03-31"),
    ("left", None, "2024-03-31"),
    ("stayed", None, "2024-03-31"),
    ("projects", None, "2022-03-31"),
    ("cost_baseline_sum", None, "2024-03-31 / EUR"),
    ("green_before_late_finish_rate", None, "1 month before"),
)


@pytest.fixture(scope="module")
def found() -> list[Figure]:
    return figures(everything(), by=BY)


@pytest.mark.parametrize(("measure", "baseline", "group"), SHOWN)
def test_as_many_rows_stand_behind_a_figure_as_it_counts(
    found: list[Figure], measure: str, baseline: str | None, group: str | None
) -> None:
    shown = figure(found, measure, baseline=baseline, group=group)

    behind = rows(everything(), shown)

    counted = int(shown.value or 0) if measure in ("joined", "left", "stayed") else shown.n
    assert behind.num_rows == counted > 0
    assert {"project", *PLACE, "value"} <= set(behind.column_names)


def test_the_largest_comes_first_with_its_place_in_the_file() -> None:
    given = tables(
        projects=[
            {"key": "A", "state": "finished", "cost_actual": 150, "file": "may.csv", "row": 7},
            {"key": "B", "state": "finished", "cost_actual": 900, "file": "may.csv", "row": 9},
        ],
        baselines=[{"key": key, "stated": "original", "cost": 100} for key in "AB"],
    )
    shown = figure(figures(given), "cost_overrun_median", baseline="original")

    behind = rows(given, shown).select(["project", "file", "row", "value", "base"]).to_pylist()

    assert [tuple(row.values()) for row in behind] == [
        ("register/B", "may.csv", 9, 900, 100),
        ("register/A", "may.csv", 7, 150, 100),
    ]


def test_a_rate_can_be_counted_again_from_its_rows(found: list[Figure]) -> None:
    shown = figure(found, "late_rate", baseline="original")

    days = rows(everything(), shown)["value"].to_pylist()

    assert sum(day > 0 for day in days) / len(days) == pytest.approx(shown.value)


def test_the_rows_of_a_figure_may_be_asked_of_what_it_was_made_from(found: list[Figure]) -> None:
    basis = basis_of(duckdb_engine(everything()), by=BY)
    shown = figure(figures(basis), "late_rate", baseline="original")

    assert rows(basis, shown).num_rows == shown.n
    assert figures(basis) == found


def test_a_measure_that_is_none_has_no_rows() -> None:
    shown = Figure(measure="luck", version=1, definition="", unit="share", value=1.0, n=1)

    with pytest.raises(UnknownName, match="luck"):
        rows(everything(), shown)
