"""What is header, what is data, and what is neither: the same in every format."""

from __future__ import annotations

from collections.abc import Sequence

from trackrecord.problem import Problem
from trackrecord.readers.grid import Grid, table
from trackrecord.readers.source import Cell, Sheet

Rows = Sequence[Sequence[Cell]]

HEADER = ["ID", "Project", "Start", "Budget"]
ALPHA = ["P1", "Alpha", "2020-01-01", "100"]
BETA = ["P2", "Beta", "2021-01-01", "200"]


def sheet_in(*rows: Sequence[Cell]) -> Sheet:
    sheet, _ = table(Grid(file="r.xlsx", rows=rows))
    assert sheet
    return sheet


def problems_in(*rows: Sequence[Cell]) -> list[Problem]:
    return table(Grid(file="r.xlsx", rows=rows))[1]


def test_title_lines_above_the_header_are_kept_as_the_title() -> None:
    sheet = sheet_in(
        ["Project register", "", "", ""],
        ["As at", "31 March 2023", "", ""],
        [],
        HEADER,
        ALPHA,
        BETA,
    )

    assert sheet.title == ("Project register", "As at", "31 March 2023")
    assert (sheet.header, list(sheet.rows)) == (tuple(HEADER), [5, 6])


def test_a_band_is_joined_to_names_that_recur_under_another_band() -> None:
    sheet = sheet_in(
        ["", "", "Baseline", "", "Actual", ""],
        ["ID", "Project", "Start", "Cost", "Start", "Cost"],
        ["P1", "Alpha", "2020-01-01", 100, "2020-02-01", 120],
        ["P2", "Beta", "2021-01-01", 200, "2021-02-01", 220],
    )

    assert sheet.header[2:] == ("Baseline Start", "Baseline Cost", "Actual Start", "Actual Cost")


def test_a_band_that_only_groups_columns_is_left_to_the_title() -> None:
    sheet = sheet_in(["Project", "", "Plan", ""], HEADER, ALPHA, BETA)

    assert sheet.header == tuple(HEADER)
    assert sheet.title == ("Project", "Plan")


def test_a_header_merged_over_two_rows_names_its_column() -> None:
    sheet = sheet_in(
        ["ID", "Project", "Dates", "", "Budget"],
        ["", "", "Start", "Finish", ""],
        ["P1", "Alpha", "2020-01-01", "2020-06-01", 5],
        ["P2", "Beta", "2021-01-01", "2021-06-01", 6],
    )

    assert sheet.header == ("ID", "Project", "Start", "Finish", "Budget")


def test_a_row_of_units_joins_the_header() -> None:
    sheet = sheet_in(HEADER, ["", "", "(dd/mm/yyyy)", "£m"], ALPHA, BETA)

    assert sheet.header == ("ID", "Project", "Start (dd/mm/yyyy)", "Budget (£m)")
    assert list(sheet.rows) == [3, 4]


def test_words_where_dates_should_be_do_not_make_the_first_record_a_header() -> None:
    sheet = sheet_in(HEADER, ["P0", "Zero", "TBC", "n/a"], ALPHA, BETA)

    assert list(sheet.rows) == [2, 3, 4]


def test_a_repeated_header_is_renamed_and_reported() -> None:
    rows: Rows = (["ID", "Cost", "Cost", "Cost (2)"], ["P1", 1, 2, 3], ["P2", 4, 5, 6])

    assert sheet_in(*rows).header == ("ID", "Cost", "Cost (3)", "Cost (2)")
    assert [(p.column, p.code) for p in problems_in(*rows)] == [("Cost (3)", "repeated-header")]


def test_a_column_without_a_header_is_kept_under_its_letter_and_reported() -> None:
    rows = (["ID", "", "Name", ""], ["P1", "x", "Alpha", ""], ["P2", "", "Beta", ""])

    assert sheet_in(*rows).header == ("ID", "Column B", "Name")
    assert [(p.extent, p.code) for p in problems_in(*rows)] == [("column", "no-header")]


def test_totals_and_a_header_that_returns_are_left_out_and_counted() -> None:
    rows = (
        HEADER,
        ALPHA,
        ["", "Zwischensumme:", "", "100"],
        HEADER,
        BETA,
        ["Total", "", "", "300"],
    )

    assert list(sheet_in(*rows).rows) == [2, 5]
    assert [(p.row, p.code, p.extent) for p in sorted(problems_in(*rows))] == [
        (3, "totals-row", "row"),
        (4, "header-again", "row"),
        (6, "totals-row", "row"),
    ]


def test_a_project_whose_name_begins_with_total_is_a_project() -> None:
    assert len(sheet_in(HEADER, ALPHA, ["P2", "Total rewards", "2021-01-01", "5"]).rows) == 2


def test_notes_below_the_table_are_no_records() -> None:
    rows: Rows = (HEADER, ALPHA, BETA, [], ["Source: finance"], ["* excluding VAT"])

    assert list(sheet_in(*rows).rows) == [2, 3]
    assert [(p.row, p.code, p.extent) for p in sorted(problems_in(*rows))] == [
        (5, "footnote", "file"),
        (6, "footnote", "file"),
    ]


def test_a_register_on_its_side_is_turned_and_its_rows_are_column_numbers() -> None:
    sheet = sheet_in(
        ["Project ID", "IT-01", "IT-02", "HR-03", "HR-04"],
        ["Name", "Alpha", "Beta", "Gamma", "Delta"],
        ["Start", "2020-01-01", "2020-02-01", "2020-03-01", "2020-04-01"],
        ["Budget", "£1.5", "£20", "£3", "£4"],
        ["Figures are in millions of pounds", "", "", "", ""],
    )

    assert sheet.transposed
    assert sheet.header == ("Project ID", "Name", "Start", "Budget")
    assert (sheet.columns[3], list(sheet.rows)) == (["£1.5", "£20", "£3", "£4"], [2, 3, 4, 5])


def test_an_upright_register_with_years_for_headers_is_not_turned() -> None:
    sheet = sheet_in(
        ["Project", "FY2019", "FY2020", "FY2021"],
        ["Alpha", 1.5, 2.5, 3.5],
        ["Beta", 4.5, 5.5, 6.5],
        ["Gamma", 7.5, 8.5, 9.5],
    )

    assert not sheet.transposed


def test_years_may_name_columns() -> None:
    sheet = sheet_in(["Project", 2019.0, "2020/21"], ["Alpha", 1.5, 2.5], ["Beta", 4.5, 5.5])

    assert sheet.header == ("Project", "2019", "2020/21")


def test_whole_numbers_read_as_they_look() -> None:
    sheet = sheet_in(["ID", "Name", "Cost"], [1001.0, "Alpha", 2.5], [1002.0, "Beta", 3.0])

    assert [repr(cell) for cell in sheet.columns[0]] == ["1001", "1002"]
    assert sheet.columns[2] == [2.5, 3.0]


def test_blanks_around_text_are_taken_off_and_zero_is_a_value() -> None:
    sheet = sheet_in(["ID", "Name"], [" P1\u00a0", "  "], [0, 0])

    assert sheet.columns == (["P1", 0], [None, 0])


def test_an_error_typed_or_pasted_as_text_is_a_missing_cell() -> None:
    rows = (HEADER, ["P1", "Alpha", "#NV", "#N/A"], BETA)

    assert sheet_in(*rows).columns[2] == [None, "2021-01-01"]
    assert [(p.row, p.column, p.found) for p in problems_in(*rows)] == [
        (2, "Start", "#NV"),
        (2, "Budget", "#N/A"),
    ]


def test_words_in_one_column_are_no_table() -> None:
    sheet, problems = table(Grid(file="r.xlsx", rows=[["How to use this file"], ["Ask Ana"]]))

    assert sheet is None
    assert [problem.code for problem in problems] == ["no-table"]


def test_what_a_problem_shows_of_a_long_cell_ends_in_an_ellipsis() -> None:
    (problem,) = problems_in(["Project register of the group, generated for a test " * 3])

    assert len(problem.found) <= 80
    assert problem.found.endswith("…")
