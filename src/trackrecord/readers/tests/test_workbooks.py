"""Workbooks of all makes, written by the programs that people use."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
import xlsxwriter

from trackrecord.readers import read
from trackrecord.readers.source import Sheet, Source
from trackrecord.readers.tests.containers import xls


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook as people keep them: a title, merged cells, errors, a total, sheets of other kinds."""
    path = tmp_path / "register.xlsx"
    workbook = xlsxwriter.Workbook(str(path))
    day = workbook.add_format({"num_format": "dd/mm/yyyy"})
    hours = workbook.add_format({"num_format": "[h]:mm"})
    sheet = workbook.add_worksheet("Projects")
    sheet.merge_range("B2:G2", "Portfolio as at 31 March 2023")
    sheet.write_row("B4", ["ID", "Unit", "Start", "Budget", "Effort", "Variance"])
    sheet.merge_range("C5:C6", "Retail")
    for row, (key, start, budget) in enumerate(
        [("P1", date(2020, 5, 1), 100), ("P2", date(2021, 6, 2), 200.5), ("P3", None, 300)], start=4
    ):
        sheet.write(row, 1, key)
        if start:
            sheet.write_datetime(row, 3, datetime.combine(start, time()), day)
        sheet.write(row, 4, budget)
        sheet.write(row, 5, 1.25, hours)
    sheet.write("C7", "Wholesale")
    sheet.write_formula("G5", "=1/0", None, "#DIV/0!")
    sheet.write_formula("G6", "=B99", None, 0.5)
    sheet.write_formula("G7", "=NA()", None, "#N/A")
    sheet.write_row("B8", ["Total", "", "", 600.5])
    sheet.write_blank("J40", None, day)
    notes = workbook.add_worksheet("Read me")
    notes.write("A1", "Ask Ana before you change this file.")
    workbook.add_worksheet("Empty")
    chart = workbook.add_chart({"type": "bar"})
    chart.add_series({"values": "=Projects!$E$5:$E$7"})
    workbook.add_chartsheet("Picture").set_chart(chart)
    second = workbook.add_worksheet("Closed")
    second.write_row("A1", ["ID", "Name"])
    second.write_row("A2", ["P9", "Omega"])
    lists = workbook.add_worksheet("Lists")
    lists.hide()
    lists.write_row("A1", ["Status", "Meaning"])
    lists.write_row("A2", ["R", "Red"])
    workbook.close()
    return path


def column(sheet: Sheet, header: str) -> list[Any]:
    return list(sheet.columns[sheet.header.index(header)])


def codes(source: Source) -> list[tuple[str, str, int, str]]:
    return [(p.code, p.sheet, p.row, p.column) for p in source.problems]


def test_each_visible_sheet_that_holds_a_table_is_read_and_the_others_are_named(book: Path) -> None:
    source = read(book)

    assert [sheet.name for sheet in source.sheets] == ["Projects", "Closed"]
    assert ("hidden-sheet", "Lists", 0, "") in codes(source)
    assert ("no-table", "Read me", 0, "") in codes(source)


def test_rows_are_numbered_as_the_user_sees_them_below_the_title(book: Path) -> None:
    sheet = read(book).sheets[0]

    assert sheet.title == ("Portfolio as at 31 March 2023",)
    assert sheet.header == ("ID", "Unit", "Start", "Budget", "Effort", "Variance")
    assert list(sheet.rows) == [5, 6, 7]


def test_real_dates_come_as_dates_and_lengths_of_time_as_hours(book: Path) -> None:
    sheet = read(book).sheets[0]

    assert column(sheet, "Start") == [date(2020, 5, 1), date(2021, 6, 2), None]
    assert column(sheet, "Effort") == [30.0, 30.0, 30.0]


def test_a_cell_merged_over_several_rows_holds_for_each_of_them(book: Path) -> None:
    source = read(book)

    assert column(source.sheets[0], "Unit") == ["Retail", "Retail", "Wholesale"]
    assert ("merged-cells", "Projects", 0, "") in codes(source)


def test_a_failed_formula_is_a_missing_cell_and_a_problem_with_its_place(book: Path) -> None:
    source = read(book)

    assert column(source.sheets[0], "Variance") == [None, 0.5, None]
    failed = [
        (p.row, p.column, p.found, p.extent) for p in source.problems if p.code == "formula-error"
    ]
    assert failed == [(5, "Variance", "#DIV/0!", "cell"), (7, "Variance", "#N/A", "cell")]


def test_a_totals_row_is_left_out_and_counted(book: Path) -> None:
    assert [(p.row, p.extent) for p in read(book).problems if p.code == "totals-row"] == [
        (8, "row")
    ]


def test_a_workbook_saved_by_openpyxl_reads_the_same(book: Path, tmp_path: Path) -> None:
    """Shared strings, other attribute order: what Excel's own files have too."""
    again = tmp_path / "again.xlsx"
    values = openpyxl.load_workbook(book, data_only=True)
    values.save(again)

    ours, theirs = read(book), read(again)
    assert [s.columns for s in theirs.sheets] == [s.columns for s in ours.sheets]
    assert codes(theirs) == codes(ours)


@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_libreoffice_turns_it_into_another_format_and_it_reads_the_same(
    book: Path, tmp_path: Path, suffix: str
) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed, and nothing else here writes this format")
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = [
        office,
        home,
        "--headless",
        "--convert-to",
        suffix,
        "--outdir",
        str(tmp_path),
        str(book),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)

    ours, theirs = read(book), read(tmp_path / f"register.{suffix}")
    assert [sheet.columns[:4] for sheet in theirs.sheets] == [s.columns[:4] for s in ours.sheets]
    found = {(p.code, p.row, p.column) for p in theirs.problems}
    assert {
        ("formula-error", 7, "Variance"),
        ("merged-cells", 0, ""),
        ("totals-row", 8, "ID"),
    } <= found


def test_an_ods_workbook_of_another_writer_is_read(tmp_path: Path) -> None:
    path = tmp_path / "register.ods"
    frame = pd.DataFrame({"ID": [1, 2], "Name": ["Alpha", "Beta"], "Start": [date(2020, 5, 1)] * 2})
    frame.to_excel(path, index=False, engine="odf")

    (sheet,) = read(path).sheets
    assert sheet.columns == ([1, 2], ["Alpha", "Beta"], [date(2020, 5, 1)] * 2)


def test_an_old_workbook_tells_which_formula_failed(tmp_path: Path) -> None:
    path = tmp_path / "register.xls"
    path.write_bytes(xls([["ID", "Cost"], ["P1", 3.0], ["P2", "#REF!"]]))

    source = read(path)
    assert source.sheets[0].columns == (["P1", "P2"], [3, None])
    assert codes(source) == [("formula-error", "Register", 3, "Cost")]


def test_a_date_before_1900_or_a_time_of_day_does_not_stop_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    workbook = xlsxwriter.Workbook(str(path))
    clock = workbook.add_format({"num_format": "hh:mm"})
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, ["ID", "At"])
    sheet.write_row(1, 0, ["P1"])
    sheet.write(1, 1, 0.5, clock)
    workbook.close()

    assert read(path).sheets[0].columns[1] == [time(12)]


def test_hours_beyond_a_day_are_hours(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    workbook = openpyxl.Workbook()
    workbook.active.append(["ID", "Effort"])
    workbook.active.append(["P1", timedelta(hours=49, minutes=30)])
    workbook.save(path)

    assert read(path).sheets[0].columns[1] == [49.5]
