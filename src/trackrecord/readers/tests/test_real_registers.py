"""Real registers, as their publishers left them (shared data; absent, these tests are skipped)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from trackrecord.readers import read
from trackrecord.readers.source import Source

DATA = Path(__file__).resolve().parents[4].parent / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the shared data sets are not here")


def source(name: str) -> Source:
    return read(DATA / name)


@pytest.mark.parametrize(
    ("name", "columns", "rows"),
    [
        ("canada-it-projects/gc-it-projects-2016.csv", 15, 398),
        ("canada-it-projects/gc-it-projects-2019.csv", 15, 463),
        ("canada-it-projects/gc-it-projects-2022.csv", 15, 495),
        ("gmpp-2019-2023/gmpp_2019_20.csv", 16, 125),
        ("gmpp-2019-2023/gmpp_2020_21.csv", 16, 184),
        ("gmpp-2019-2023/gmpp_2021_22.csv", 17, 235),
        ("gmpp-2019-2023/gmpp_2022_23.csv", 19, 244),
        ("sip/Sip-task-info.csv.gz", 17, 12_299),
        ("sip/est-act-dates.csv", 4, 12_299),
        ("nyc-capital-projects/NYC_capital_projects_20190901.csv", 16, 2_259),
        ("jira-cycle-agile/jira.csv", 6, 4_123),
        ("nasa-llis/llis.csv", 14, 1_637),
        ("melbourne-water-stages/Capital_Delivery_Project_deidentified.csv", 14, 445),
        ("mpdta-staggered/mpdta.csv", 6, 2_500),
        ("organograms-open/co.csv", 12, 1_167),
        ("kitchenham-promise/UCP_Dataset.csv", 18, 71),
        ("kitchenham-promise/COCOMO-81.csv", 19, 63),
        ("kitchenham-promise/kitchenham.arff", 10, 145),
        ("kitchenham-promise/china.arff", 19, 499),
        ("kitchenham-promise/nasa93.arff", 24, 93),
        ("kitchenham-promise/maxwell.arff", 27, 62),
        ("kitchenham-promise/miyazaki94.arff", 9, 48),
        ("kitchenham-promise/finnish.arff", 9, 38),
        ("kitchenham-promise/albrecht.arff", 8, 24),
    ],
)
def test_every_row_and_column_is_there(name: str, columns: int, rows: int) -> None:
    """Counts of methods.md R1 to R5, O9, O10 and of the publishers."""
    found = source(name)
    (sheet,) = found.sheets

    assert (len(sheet.header), len(sheet.rows)) == (columns, rows)
    assert {len(column) for column in sheet.columns} == {rows}
    assert [problem for problem in found.problems if problem.extent == "row"] == []


def test_the_transposed_gmpp_register_is_turned_with_its_stray_byte_told() -> None:
    """R4: cp1252 with a stray 0x9D, projects in columns, a footnote below the fields."""
    found = source("gmpp-2019-2023/gmpp_2019_20.csv")
    (sheet,) = found.sheets

    assert sheet.transposed
    assert (sheet.header[0], sheet.columns[0][0], sheet.rows[0]) == (
        "GMPP ID Number",
        "BEIS_0004_1920-Q2",
        2,
    )
    assert sheet.header[6] == "Project - Start Date\n(Latest Approved Start Date)"
    assert [(p.code, p.row, p.column) for p in found.problems] == [
        ("footnote", 17, ""),
        ("stray-byte", 120, "Description / Aims"),
    ]


def test_the_pound_sign_survives_cp1252_and_utf_8_alike() -> None:
    for year in ("2019_20", "2020_21", "2021_22"):
        (sheet,) = source(f"gmpp-2019-2023/gmpp_{year}.csv").sheets
        whole_life = next(header for header in sheet.header if header.startswith("TOTAL Baseline"))

        assert "(£m)" in whole_life


def test_kitchenhams_dates_and_missing_values_come_typed() -> None:
    (sheet,) = source("kitchenham-promise/kitchenham.arff").sheets
    by_name = dict(zip(sheet.header, sheet.columns, strict=True))

    assert by_name["Actual.start.date"][0] == date(1996, 12, 10)
    assert sum(cell is None for cell in by_name["Estimated.completion.date"]) == 3
    assert by_name["Actual.effort"][:2] == [485, 990]


def test_a_lesson_keeps_its_line_breaks_and_the_file_its_old_line_ends() -> None:
    (sheet,) = source("nasa-llis/llis.csv").sheets

    assert len(set(sheet.columns[0])) == 1_637
    assert sheet.rows[-1] == 1_638
