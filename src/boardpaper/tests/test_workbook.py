"""The workbook of figures: numbers as numbers in their unit, words as words, every row there."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import openpyxl
import pyarrow as pa
import pytest

from boardpaper.render import xlsx
from boardpaper.tests import sample
from boardpaper.tests.sample import figure
from trackrecord.figure import Figure

RATIO = figure("estimate_ratio_median", 0.47, unit="ratio", low=0.4, high=0.5)
FIGURES = (
    sample.FIRST_COST,
    sample.FIRST_SLIP,
    sample.LOSS,
    sample.PROJECTS,
    RATIO,
    sample.UNKNOWN,
)
TRAPS = ("=1+1", "+cmd|'/c calc'!A0", "-2+3", "@SUM(A1)", "{=1}", "http://example.org/x")


def behind() -> pa.Table:
    return pa.table(
        {
            "project": ["P-001", "P-002", '=HYPERLINK("http://example.org")'],
            "cost_overrun": [0.18, None, float("nan")],
            "finished": [date(2025, 3, 31), None, date(1899, 1, 1)],
            "as_at": [datetime(2025, 4, 1, 8, 30), None, None],
            "row": [4, 5, 6],
            "rebaselined": [True, False, None],
        }
    )


def rendered(figures: tuple[Figure, ...] = FIGURES, rows: pa.Table | None = None) -> bytes:
    return xlsx.render(
        figures,
        behind() if rows is None else rows,
        edition=sample.EDITION,
        at=datetime(2026, 5, 11),
    )


@pytest.fixture(scope="module")
def book() -> Any:
    return openpyxl.load_workbook(io.BytesIO(rendered()))


def columns(sheet: Any) -> dict[str, list[Any]]:
    return {column[0].value: list(column[1:]) for column in sheet.columns}


def test_each_figure_is_a_row_with_its_range_its_n_and_what_is_missing(book: Any) -> None:
    cells = {name: column[0].value for name, column in columns(book["Figures"]).items()}

    assert cells["Measure"] == "cost overrun, median, against the first baseline"
    assert (cells["Value"], cells["Range from"], cells["Range to"]) == (0.18, 0.11, 0.23)
    assert (cells["n"], cells["Missing"], cells["Coverage"]) == (57, 7, 0.95)
    assert cells["Why missing or undefined"] == (
        "1 currency unclear; 4 no final cost; 2 no first approval"
    )
    assert cells["As at"] == datetime(2026, 4, 30)


def test_a_number_bears_the_format_of_its_unit(book: Any) -> None:
    formats = [cell.number_format for cell in columns(book["Figures"])["Value"]]

    assert formats[:5] == ["0.0%", "#,##0.0", '#,##0.00 "GBP"', "#,##0", "0.00"]


def test_an_undefined_figure_has_a_blank_and_its_reason(book: Any) -> None:
    cells = {name: column[5].value for name, column in columns(book["Figures"]).items()}

    assert cells["Value"] is None
    assert cells["Why missing or undefined"] == "not known: too few projects; 61 not stated"


def test_tables_can_be_filtered_and_keep_their_heads_in_sight(book: Any) -> None:
    for name in ("Figures", "Projects"):
        sheet = book[name]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions


def test_rows_behind_keep_their_types_and_blanks_stay_blank(book: Any) -> None:
    cells = columns(book["Projects"])

    assert [cell.value for cell in cells["cost overrun"]] == [0.18, None, None]
    assert [cell.value for cell in cells["finished"]] == [
        datetime(2025, 3, 31),
        None,
        "1899-01-01",  # before a spreadsheet can count
    ]
    assert cells["as at"][0].value == datetime(2025, 4, 1, 8, 30)
    assert [cell.value for cell in cells["row"]] == [4, 5, 6]
    assert [cell.value for cell in cells["rebaselined"]] == [True, False, None]


@pytest.mark.parametrize("trap", TRAPS)
def test_no_words_ever_run_as_a_formula_or_become_a_link(trap: str) -> None:
    rows = pa.table({"project": [trap]})
    named = replace(sample.FIRST_COST, by="org_unit", group=trap)
    book = openpyxl.load_workbook(io.BytesIO(rendered((named,), rows)))

    for cell in (columns(book["Projects"])["project"][0], columns(book["Figures"])["Group"][0]):
        assert cell.value == trap
        assert cell.data_type == "s"
        assert cell.hyperlink is None


def test_words_longer_than_a_cell_are_cut_and_control_characters_do_no_harm() -> None:
    rows = pa.table({"project": ["x" * 40_000, "Sales\x0bNorth"]})
    book = openpyxl.load_workbook(io.BytesIO(rendered((), rows)))

    assert len(columns(book["Projects"])["project"][0].value) == 32_767


def test_no_figures_and_no_rows_still_make_a_workbook() -> None:
    book = openpyxl.load_workbook(io.BytesIO(rendered((), behind().slice(0, 0))))

    assert book["Figures"].max_row == 1
    assert book["Projects"].max_row == 1


def test_the_workbook_says_which_edition_it_rests_on(book: Any) -> None:
    assert book["About"]["B1"].value == sample.EDITION
