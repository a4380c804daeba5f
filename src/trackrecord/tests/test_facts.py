"""Which value holds, on registers small enough to settle by eye (design.md 3)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa

from trackrecord import facts
from trackrecord.engine import duckdb_engine
from trackrecord.measures.tests.canonical import tables

MAY, JUNE, JULY, AUGUST = (date(2024, month, 1) for month in (5, 6, 7, 8))


def facts_of(given: dict[str, pa.Table], project: str = "register/A") -> dict[str, Any]:
    engine = duckdb_engine(given)
    (row,) = (
        row for row in engine.fetch(facts.projects(engine)).to_pylist() if row["project"] == project
    )
    return dict(row)


def test_the_latest_export_holds_and_a_blank_is_filled_from_the_last_that_stated_it() -> None:
    found = facts_of(
        tables(
            projects=[
                {"key": "A", "export": "2024", "org_unit": "Retail", "cost_actual": 900},
                {
                    "key": "A",
                    "export": "2023",
                    "org_unit": "Stores",
                    "kind": "IT",
                    "cost_actual": 100,
                },
                {"key": "A", "export": "2025", "cost_actual": 950},
            ]
        )
    )

    assert (found["org_unit"], found["kind"], found["cost_actual"]) == ("Retail", "IT", 950)
    assert (found["export"], found["row"]) == ("2025", 4)


def test_a_state_and_a_finish_are_never_filled() -> None:
    """A project once called finished, of which the last export says nothing, is not known to be."""
    found = facts_of(
        tables(
            projects=[
                {"key": "A", "export": "2023", "state": "finished", "finished": MAY},
                {"key": "A", "export": "2024"},
            ]
        )
    )

    assert (found["state"], found["finished"]) == (None, None)


def test_what_is_stated_as_the_original_outranks_an_earlier_plan() -> None:
    found = facts_of(
        tables(
            projects=[{"key": "A"}],
            baselines=[
                {"key": "A", "export": "2022", "stated": "planned", "finish": MAY, "cost": 5},
                {"key": "A", "export": "2023", "stated": "original", "finish": JUNE},
                {"key": "A", "export": "2023", "stated": "current", "finish": JULY, "cost": 7},
                {"key": "A", "export": "2024", "stated": "planned", "finish": AUGUST},
            ],
        )
    )

    assert (found["original_finish"], found["current_finish"]) == (JUNE, AUGUST)
    assert (found["original_cost"], found["current_cost"]) == (5, 7)


def test_of_several_exports_the_first_plan_is_the_original_and_the_last_the_current() -> None:
    found = facts_of(
        tables(
            projects=[{"key": "A"}],
            baselines=[
                {"key": "A", "export": "2024", "stated": "planned", "finish": JULY},
                {"key": "A", "export": "2022", "stated": "planned", "finish": MAY},
                {"key": "A", "export": "2023", "stated": "planned", "finish": JUNE},
            ],
        )
    )

    assert (found["original_finish"], found["current_finish"]) == (MAY, JULY)
    assert found["plan_changes"] == 2


def test_numbered_changes_of_one_export_run_from_the_first_to_the_last() -> None:
    changes = [
        {"key": "A", "row": 2, "stated": "change", "seq": seq, "finish": finish}
        for seq, finish in ((2, JULY), (0, MAY), (1, JUNE))
    ]

    found = facts_of(tables(projects=[{"key": "A"}], baselines=changes))

    assert (found["original_finish"], found["current_finish"]) == (MAY, JULY)


def test_a_plan_never_changed_is_the_current_one_as_well() -> None:
    found = facts_of(
        tables(
            projects=[{"key": "A"}],
            baselines=[{"key": "A", "stated": "original", "finish": MAY, "cost": 100}],
        )
    )

    assert (found["current_finish"], found["current_cost"], found["plan_changes"]) == (MAY, 100, 0)


def test_two_changes_within_a_year_are_recent_and_an_older_one_is_not() -> None:
    plans = [(date(2020, 1, 1), MAY), (date(2021, 1, 1), JUNE), (date(2023, 6, 1), JULY)]
    plans.append((date(2024, 5, 1), AUGUST))
    found = facts_of(
        tables(
            projects=[{"key": "A"}],
            baselines=[
                {"key": "A", "export": str(on), "as_at": on, "stated": "planned", "finish": finish}
                for on, finish in plans
            ],
        )
    )

    assert (found["plan_changes"], found["recent_plan_changes"]) == (3, 2)


def test_forecasts_are_the_first_and_the_last_stated() -> None:
    found = facts_of(
        tables(
            projects=[{"key": "A"}],
            reports=[
                {"key": "A", "export": "2024-03", "forecast_finish": JULY, "forecast_cost": 12},
                {"key": "A", "export": "2024-01", "forecast_finish": MAY},
                {"key": "A", "export": "2024-02", "forecast_finish": JUNE, "forecast_cost": 10},
                {"key": "A", "export": "2024-04", "rag": "Red", "rag_scale": "3"},
            ],
        )
    )

    assert (found["first_forecast_finish"], found["last_forecast_finish"]) == (MAY, JULY)
    assert (found["first_forecast_cost"], found["last_forecast_cost"]) == (10, 12)
    assert (found["finish_again"], found["cost_again"], found["rag"]) == (True, True, "Red")


def test_keys_that_are_linked_are_one_project() -> None:
    given = tables(
        projects=[
            {"key": "A", "export": "2023", "org_unit": "Retail"},
            {"key": "B", "export": "2024", "register": "other"},
        ]
    )
    given["links"] = pa.table(
        {"register": ["register", "other"], "key": ["A", "B"], "project": ["register/A"] * 2}
    )

    found = facts_of(given)

    assert (found["org_unit"], found["key"], found["again"]) == ("Retail", "B", True)


def test_a_row_without_a_sheet_or_a_date_is_still_there() -> None:
    given = tables(projects=[{"key": "A", "sheet": None, "export": None, "export_order": None}])

    assert facts_of(given)["project"] == "register/A"


def test_an_item_on_several_rows_is_one() -> None:
    engine = duckdb_engine(
        tables(
            projects=[{"key": "A"}],
            items=[
                {"key": "A", "item_id": "1", "estimate": 4.0, "actual": 6.0},
                {"key": "A", "item_id": "1", "actual": 7.0},
                {"key": "A", "item_id": "2", "actual": 1.0},
            ],
        )
    )
    found = engine.fetch(facts.items(engine)).sort_by("item_id").to_pylist()

    assert [(row["item_id"], row["estimate"], row["actual"]) for row in found] == [
        ("1", 4.0, 7.0),
        ("2", None, 1.0),
    ]
