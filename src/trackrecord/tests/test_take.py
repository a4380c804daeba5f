"""Rows in = rows taken + rows with problems: what a take makes of the rows of a sheet."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from trackrecord import layout
from trackrecord.errors import MappingError
from trackrecord.problem import Problem
from trackrecord.readers.source import Source
from trackrecord.take import Take, take
from trackrecord.taking.naming import register_named
from trackrecord.tests.registers import Row, layout_of, sheet_of, source_of, take_of

MAY, JUNE = date(2023, 5, 1), date(2023, 6, 1)


def rows(taken: Take, table: str, *columns: str) -> list[Any]:
    found = taken.tables[table].select(list(columns)).to_pylist()
    return [tuple(row.values()) if len(columns) > 1 else row[columns[0]] for row in found]


def codes(taken: Take) -> list[tuple[int, str, str]]:
    return [(each.row, each.extent, each.code) for each in taken.problems]


def counts(taken: Take) -> tuple[int, int, int]:
    return taken.rows_in, taken.rows_taken, taken.rows_with_problems


def test_a_row_without_a_key_is_a_problem_and_is_counted() -> None:
    taken = take_of([{"key": "P1"}, {"key": "  "}, {"key": None}])

    assert counts(taken) == (3, 1, 2)
    assert codes(taken) == [(3, "row", "no-project-id"), (4, "row", "no-project-id")]


def test_keys_are_trimmed_and_otherwise_left_alone() -> None:
    taken = take_of([{"key": " P1 "}, {"key": "p1"}, {"key": "P 1"}])

    assert rows(taken, "projects", "key") == ["P1", "p1", "P 1"]


def test_a_repeated_row_is_counted_once_and_named() -> None:
    taken = take_of([{"key": "P1", "kind": "IT"}, {"key": "P1", "kind": "IT"}])

    assert counts(taken) == (2, 1, 1)
    assert codes(taken) == [(3, "row", "duplicate-row")]


def test_of_two_rows_that_contradict_the_first_is_taken_and_the_second_named() -> None:
    taken = take_of([{"key": "P1", "kind": "IT"}, {"key": "P1", "kind": "Rail"}])

    assert rows(taken, "projects", "kind") == ["IT"]
    assert codes(taken) == [(3, "row", "second-row")]
    assert "row 2 was taken" in taken.problems[0].expected


def test_dated_rows_of_one_key_are_its_history() -> None:
    taken = take_of([{"key": "P1", "as_at": MAY}, {"key": "P1", "as_at": JUNE}])

    assert counts(taken) == (2, 2, 0)
    assert rows(taken, "projects", "export") == ["2023-05-01", "2023-06-01"]


def test_rows_the_filter_leaves_out_are_not_rows_in() -> None:
    where = (layout.Filter(header="kind", values=("IT",)),)
    taken = take_of([{"key": "P1", "kind": "IT"}, {"key": None, "kind": "Rail"}], where=where)

    assert counts(taken) == (1, 1, 0)
    assert (taken.rows_left_out, codes(taken)) == (1, [])


def test_a_row_its_reader_lost_counts_as_a_row_with_a_problem() -> None:
    sheet = sheet_of("a.csv", [{"key": "P1"}])
    lost = Problem(file="a.csv", row=9, extent="row", code="ragged-row")
    source = source_of(sheet)
    source = Source(
        file="a.csv", digest=source.digest, reader="test/1", sheets=(sheet,), problems=(lost, lost)
    )
    taken = take(source, layout.Mapping(sheets=(layout_of(sheet),)))

    assert counts(taken) == (2, 1, 1)


def test_an_undated_export_is_called_by_its_file_and_sorted_by_the_numbers_in_it() -> None:
    early = take_of([{"key": "P1"}], file="reg_9.csv")
    late = take_of([{"key": "P1"}], file="reg_10.csv")
    dated = take_of([{"key": "P1"}], file="reg_1.csv", as_at=MAY)
    orders = [rows(each, "projects", "export_order")[0] for each in (early, late, dated)]

    assert rows(late, "projects", "export") == ["reg_10.csv"]
    assert orders == sorted(orders)


def test_a_row_keeps_its_own_day_and_the_day_given_fills_the_blanks() -> None:
    taken = take_of([{"key": "P1", "as_at": MAY}, {"key": "P2", "as_at": None}], as_at=JUNE)

    assert rows(taken, "projects", "as_at") == [MAY, JUNE]


def test_the_day_a_sheets_title_says_outranks_the_day_given() -> None:
    sheet = sheet_of("a.csv", [{"key": "P1"}])
    mapping = layout.Mapping(sheets=(layout_of(sheet, as_at=MAY),))

    assert rows(take(source_of(sheet), mapping, as_at=JUNE), "projects", "as_at") == [MAY]


def test_a_workbook_with_a_sheet_a_year_is_several_exports() -> None:
    sheets = [sheet_of("a.xlsx", [{"key": "P1"}], name=name) for name in ("2021", "2022")]
    taken = take(source_of(*sheets), layout.Mapping(sheets=tuple(map(layout_of, sheets))))

    assert rows(taken, "projects", "export") == ["a.xlsx, 2021", "a.xlsx, 2022"]
    assert counts(taken) == (2, 2, 0)


def test_two_sheets_about_one_project_make_one_row_of_it() -> None:
    """A status sheet that says nothing of the end does not make a finished project open."""
    facts = sheet_of("a.xlsx", [{"key": "P1", "finished": MAY}], name="Projects")
    status = sheet_of("a.xlsx", [{"key": "P1", "rag": "Red", "kind": "IT"}], name="Status")
    taken = take(
        source_of(facts, status), layout.Mapping(sheets=(layout_of(facts), layout_of(status)))
    )

    assert rows(taken, "projects", "key", "state", "kind") == [("P1", "finished", "IT")]
    assert rows(taken, "reports", "rag", "sheet") == [("Red", "Status")]


def test_a_sheet_of_notes_is_passed_over_and_said_so() -> None:
    register = sheet_of("a.xlsx", [{"key": "P1"}], name="Projects")
    notes = sheet_of("a.xlsx", [{"What this is": "a list"}], name="Notes")
    taken = take(
        source_of(register, notes), layout.Mapping(sheets=(layout_of(register), layout_of(notes)))
    )

    assert counts(taken) == (1, 1, 0)
    assert [(each.sheet, each.code) for each in taken.problems] == [("Notes", "sheet-passed-over")]


def test_a_finish_is_start_and_duration_where_only_a_duration_is_given() -> None:
    taken = take_of([{"key": "P1", "started": MAY, "duration_days": 31}])

    assert rows(taken, "projects", "finished", "duration_days", "state") == [(JUNE, 31, "finished")]


def test_a_project_that_finished_before_it_started_has_no_duration_and_is_named() -> None:
    taken = take_of([{"key": "P1", "started": JUNE, "finished": MAY}])

    assert rows(taken, "projects", "started", "finished", "duration_days") == [(JUNE, MAY, None)]
    assert codes(taken) == [(2, "cell", "finished-before-started")]


def test_a_length_no_project_has_is_missing_and_named() -> None:
    taken = take_of([{"key": "P1", "started": MAY, "duration_days": 20_240_131}])

    assert rows(taken, "projects", "duration_days", "finished") == [(None, None)]
    assert codes(taken) == [(2, "cell", "days-out-of-range")]


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ({"finished": MAY}, "finished"),
        ({"finished": JUNE, "as_at": MAY}, "open"),
        ({"finished": JUNE, "as_at": MAY, "effort_actual": 10}, "finished"),
        ({"finished": MAY, "as_at": JUNE}, "finished"),
        ({"started": MAY}, "open"),
    ],
)
def test_without_a_state_column_the_dates_say_the_state(row: dict[str, Any], state: str) -> None:
    taken = take_of([{"key": "P1", **row}, {"key": "P2", "finished": None}])

    assert rows(taken, "projects", "state") == [state, "open"]


def test_a_forecast_is_the_plan_of_its_export_where_there_is_no_plan() -> None:
    taken = take_of([{"key": "P1", "forecast_finish": MAY, "forecast_cost": 100}])

    assert rows(taken, "baselines", "stated", "finish", "cost") == [("planned", MAY, 10_000)]
    assert rows(taken, "reports", "forecast_finish", "forecast_cost") == [(MAY, 10_000)]


def test_a_plan_is_the_forecast_of_its_export_where_there_is_no_forecast() -> None:
    taken = take_of([{"key": "P1", "planned_finish": MAY}])

    assert rows(taken, "reports", "forecast_finish") == [MAY]


def test_a_forecast_beside_an_approved_plan_is_no_plan() -> None:
    taken = take_of([{"key": "P1", "original_finish": MAY, "forecast_finish": JUNE}])

    assert rows(taken, "baselines", "stated", "finish") == [("original", MAY)]


def test_original_and_current_baselines_are_told_apart() -> None:
    taken = take_of(
        [{"key": "P1", "original_cost": 1, "current_cost": 2, "current_approved_on": MAY}]
    )

    assert rows(taken, "baselines", "stated", "seq", "cost", "approved_on") == [
        ("original", 0, 100, None),
        ("current", None, 200, MAY),
    ]


def test_a_sheet_of_numbered_baselines_gives_each_of_them() -> None:
    taken = take_of([{"key": "P1", "baseline_seq": n, "planned_cost": n} for n in (0, 1, 2)])

    assert counts(taken) == (3, 3, 0)
    assert rows(taken, "baselines", "stated", "seq") == [
        ("change", 0),
        ("change", 1),
        ("change", 2),
    ]
    assert rows(taken, "projects", "key") == ["P1"]


def test_published_changes_go_to_the_reports() -> None:
    taken = take_of([{"key": "P1", "finish_change_days": 90, "cost_change": -5}])

    assert rows(taken, "reports", "finish_change_days", "cost_change") == [(90, -500)]


def test_a_cell_of_causes_is_split_and_known_words_get_their_names() -> None:
    taken = take_of(
        [{"key": "P1", "cause": "Scope creep; archaeology"}, {"key": "P2", "cause": None}]
    )

    assert rows(taken, "causes", "cause", "weight") == [
        ("uncontrolled scope change", None),
        ("archaeology", None),
    ]


def test_a_cause_alone_is_primary_and_keeps_its_share_of_the_loss() -> None:
    taken = take_of([{"key": "P1", "cause": "supplier performance", "cause_share": 0.4}])

    assert rows(taken, "causes", "weight", "share_of_loss", "coded_by") == [
        ("primary", 0.4, "register")
    ]


def test_a_list_of_causes_has_a_row_for_each() -> None:
    listed = [{"key": "P1", "cause": "skills"}, {"key": "P1", "cause": "archaeology"}]
    taken = take_of(listed)

    assert counts(taken) == (2, 2, 0)
    assert rows(taken, "causes", "cause") == ["skills", "archaeology"]


def test_an_item_repeated_for_each_person_is_taken_once_and_every_row_counts() -> None:
    """R1: hours are not counted twice."""
    sheet: list[Row] = [
        {"key": "P1", "item_id": "T1", "actual": 5, "manager": "Ana"},
        {"key": "P1", "item_id": "T1", "actual": 5, "manager": "Ben"},
        {"key": "P1", "item_id": "T2", "actual": 3, "manager": "Ana"},
    ]
    taken = take_of(sheet, level="items")

    assert counts(taken) == (3, 3, 0)
    assert rows(taken, "items", "item_id", "actual") == [("T1", 5.0), ("T2", 3.0)]
    assert len(set(rows(taken, "roles", "person"))) == 2
    assert rows(taken, "projects", "key", "state") == [("P1", None)]


def test_an_item_stated_two_ways_keeps_its_first_and_says_so() -> None:
    sheet: list[Row] = [
        {"key": "P1", "item_id": "T1", "actual": 5, "manager": "Ana"},
        {"key": "P1", "item_id": "T1", "actual": 6, "manager": "Ben"},
    ]
    taken = take_of(sheet, level="items")

    assert rows(taken, "items", "actual") == [5.0]
    assert codes(taken) == [(3, "cell", "item-stated-twice")]


def test_items_without_a_column_for_their_project_are_of_one_named_by_the_register() -> None:
    taken = take_of([{"item_id": "T1"}, {"item_id": None}], level="items", register="plan")

    assert rows(taken, "items", "key", "item_id") == [("plan", "T1")]
    assert codes(taken) == [(3, "row", "no-item-id")]


def test_an_items_negative_duration_is_kept_for_measures_to_count() -> None:
    """O10: 1,662 impossible durations are undefined, not dropped."""
    sheet: list[Row] = [
        {"key": "P1", "item_id": "T1", "duration_days": -1},
        {"key": "P1", "item_id": "T2", "duration_days": None},
    ]
    days: list[Row] = [{"started": JUNE, "finished": MAY}] * 2
    taken = take_of([{**a, **b} for a, b in zip(sheet, days, strict=True)], level="items")

    assert rows(taken, "items", "duration_days") == [-1.0, -31.0]


def test_words_stand_apart_from_facts_and_people_are_opaque() -> None:
    taken = take_of([{"key": "P1", "name": "Harbour", "manager": "Ana Lima", "note": "late"}])
    facts = pa.concat_tables(
        [table.select(["key"]) for table in taken.tables.values()], promote_options="default"
    )

    assert {(row["column"], row["text"]) for row in taken.words.to_pylist()} == {
        ("name", "Harbour"),
        ("manager", "Ana Lima"),
        ("note", "late"),
    }
    assert facts.num_rows > 0
    assert "Ana Lima" not in str({name: t.to_pylist() for name, t in taken.tables.items()})


def test_a_column_asked_to_compare_by_becomes_groups() -> None:
    taken = take_of([{"key": "P1", "Region": "North"}], groups=["Region"])

    assert rows(taken, "groups", "key", "column", "value") == [("P1", "Region", "North")]


def test_a_take_is_named_by_source_mapping_register_day_and_reader_alone() -> None:
    base = take_of([{"key": "P1"}])

    assert take_of([{"key": "P1"}], file="copy.csv").name == base.name
    assert (
        len(
            {
                base.name,
                take_of([{"key": "P2"}]).name,
                take_of([{"key": "P1"}], register="other").name,
                take_of([{"key": "P1"}], as_at=MAY).name,
                take_of([{"key": "P1"}], groups=["key"]).name,
            }
        )
        == 5
    )


def test_a_mapping_for_another_number_of_sheets_is_refused() -> None:
    with pytest.raises(MappingError, match="1 sheets and its mapping 0"):
        take(source_of(sheet_of("a.csv", [{"key": "P1"}])))


@pytest.mark.parametrize(
    ("file", "register"),
    [
        ("gmpp_2019_20.csv", "gmpp"),
        ("gc-it-projects-2016.csv", "gc-it-projects"),
        ("Projects Q3 2021 (v2).xlsx", "Projects"),
        ("Sip-task-info.csv.gz", "Sip-task-info"),
        ("plan 1st May 2024.xml", "plan"),
        ("2021.xlsx", "2021"),
    ],
)
def test_a_register_is_called_by_what_its_exports_have_in_common(file: str, register: str) -> None:
    assert register_named(file) == register
