"""`backing figures` and `backing case` give the known answers of methods.md 8 on the open registers."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from backing.site.command import main
from backing.site.tests.conftest import Figures, one


def test_o5_canada_links_the_same_project_across_three_files(figures: Figures, data: Path) -> None:
    found = figures(*sorted((data / "canada-it-projects").glob("gc-it-projects-20*.csv")))

    assert one(found, "projects")["value"] == 1126
    assert one(found, "linked")["value"] == 192
    shares = [one(found, f"forecast_{name}_rate") for name in ("behind", "on", "ahead")]
    assert [round(share["value"] * share["n"]) for share in shares] == [166, 11, 9]
    assert [(share["n"], share["missing"]) for share in shares] == [(186, 6)] * 3
    assert [round(share["value"], 3) for share in shares] == [0.892, 0.059, 0.048]


def test_o5_the_published_shares_count_undated_projects_as_on_schedule(
    figures: Figures, data: Path
) -> None:
    """The publisher's 86 / 9 / 5 % are of 192: it takes the 6 without a second date for on time."""
    found = figures(*sorted((data / "canada-it-projects").glob("gc-it-projects-20*.csv")))
    behind, on, ahead = (one(found, f"forecast_{name}_rate") for name in ("behind", "on", "ahead"))
    everyone = behind["n"] + behind["missing"]

    assert round(100 * behind["value"] * behind["n"] / everyone) == 86
    assert round(100 * (on["value"] * on["n"] + on["missing"]) / everyone) == 9
    assert round(100 * ahead["value"] * ahead["n"] / everyone) == 5


def test_r4_o9_gmpp_reads_four_exports_in_two_shapes_and_two_scales(
    figures: Figures, data: Path
) -> None:
    found = figures(*sorted((data / "gmpp-2019-2023").glob("*.csv")))
    exports = [f"gmpp_{years}.csv" for years in ("2019_20", "2020_21", "2021_22", "2022_23")]

    assert [one(found, "projects", group=export)["value"] for export in exports] == [
        125,
        184,
        235,
        244,
    ]
    moves = [
        tuple(one(found, name, group=export)["value"] for name in ("stayed", "left", "joined"))
        for export in exports[1:]
    ]
    assert moves == [(81, 44, 103), (159, 25, 76), (206, 29, 38)]
    five = ("Green", "Amber/Green", "Amber", "Amber/Red", "Red")
    counts = [
        [one(found, "rag_count", group=f"{export} / {rating}")["value"] for rating in five]
        for export in exports[:2]
    ]
    assert counts == [[3, 18, 59, 32, 11], [12, 29, 84, 44, 7]]
    three = ("Green", "Amber", "Red")
    counts = [
        [one(found, "rag_count", group=f"{export} / {rating}")["value"] for rating in three]
        for export in exports[2:]
    ]
    assert counts == [[24, 170, 27], [26, 183, 23]]


def test_r4_a_sum_of_withheld_costs_says_how_many_reported(figures: Figures, data: Path) -> None:
    found = figures(*sorted((data / "gmpp-2019-2023").glob("*.csv")))
    exports = [f"gmpp_{years}.csv" for years in ("2019_20", "2020_21", "2021_22", "2022_23")]
    sums = [one(found, "cost_baseline_sum", group=export) for export in exports]

    assert [round(figure["value"] / 1e9, 1) for figure in sums] == [447.9, 542.0, 494.2, 471.8]
    assert [figure["n"] for figure in sums] == [113, 164, 191, 193]
    assert [figure["n"] + figure["missing"] for figure in sums] == [125, 184, 235, 244]
    assert {figure["unit"] for figure in sums} == {"GBP"}


def test_r3_nyc_counts_late_and_over_among_those_that_say_so(figures: Figures, data: Path) -> None:
    """Dividing by all 378 projects (55.8 %, 53.4 %) is the error to catch."""
    found = figures(data / "nyc-capital-projects" / "NYC_capital_projects_20190901.csv")
    late, over = one(found, "forecast_behind_rate"), one(found, "over_budget_rate", "original")

    assert found["problems"]["rows_in"] == 2259
    assert one(found, "projects")["value"] == 378
    assert (round(late["value"] * late["n"]), late["n"], late["missing"]) == (211, 309, 69)
    assert (round(over["value"] * over["n"]), over["n"], over["missing"]) == (202, 314, 64)
    assert one(found, "forecast_slip_days_median")["value"] == 297


def test_o1_sip_counts_a_task_once(figures: Figures, data: Path) -> None:
    found = figures(data / "sip" / "Sip-task-info.csv.gz", "--where", "StatusCode!=CANCELLED")

    assert one(found, "items")["value"] == 10_100
    assert one(found, "projects")["value"] == 20


def test_o2_sip_estimates_over_exact_and_under(figures: Figures, data: Path) -> None:
    found = figures(
        data / "sip" / "Sip-task-info.csv.gz", "--where", "StatusCode!=CANCELLED,TEMPLATE,CHRONICLE"
    )

    counts = {
        name: round(one(found, f"estimate_{name}_rate")["value"] * 8252)
        for name in ("under", "exact", "over")
    }
    assert one(found, "items")["value"] == 8252
    assert counts == {"under": 2455, "exact": 3076, "over": 2721}
    assert one(found, "estimate_ratio_geomean", group="over")["value"] == pytest.approx(
        0.47, abs=0.01
    )
    assert one(found, "estimate_ratio_geomean", group="under")["value"] == pytest.approx(
        1.9, abs=0.05
    )
    assert one(found, "estimate_exponent")["value"] == pytest.approx(0.871, abs=0.001)
    assert one(found, "estimate_ratio_median")["value"] == pytest.approx(1.00, abs=0.001)
    assert one(found, "estimate_ratio_geomean")["value"] == pytest.approx(0.945, abs=0.001)


def test_r1_sip_hours_are_not_counted_twice(figures: Figures, data: Path) -> None:
    """Summing over the rows, one for each developer of a task, would give 162,045."""
    found = figures(data / "sip" / "Sip-task-info.csv.gz")

    assert found["problems"]["rows_in"] == 12_299
    assert one(found, "items")["value"] == 10_266
    assert round(one(found, "hours_actual_total")["value"]) == 95_002


def test_o3_r2_kitchenham_estimates(figures: Figures, data: Path) -> None:
    found = figures(data / "kitchenham-promise" / "kitchenham.arff")
    late, within = one(found, "late_rate", "original"), one(found, "estimate_pred25", "original")

    assert one(found, "estimate_mmre", "original")["value"] == pytest.approx(0.2635, abs=0.001)
    assert abs(round(within["value"] * within["n"]) - 91) <= 1
    assert within["n"] == 145
    assert one(found, "estimate_ratio_median", "original")["value"] == pytest.approx(
        0.973, abs=0.001
    )
    assert one(found, "estimate_ratio_total", "original")["value"] == pytest.approx(
        1.090, abs=0.001
    )
    assert (round(late["value"] * late["n"]), late["n"]) == (53, 142)


def test_o10_jira_impossible_durations_are_undefined(figures: Figures, data: Path) -> None:
    found = figures(data / "jira-cycle-agile" / "jira.csv")
    mean, median = one(found, "duration_days_mean"), one(found, "duration_days_median")

    assert one(found, "items")["value"] == 4123
    assert mean["value"] == pytest.approx(16.889, abs=0.0005)
    assert median["value"] == 5
    assert (mean["n"], mean["missing"]) == (2461, 1662)


def test_r8_o12_schedules_are_read_as_projects_with_items(figures: Figures, data: Path) -> None:
    for name, tasks in (
        ("sample.xml", 20),
        ("sample1.xml", 23),
        ("percent-complete-8.4.xer", 13),
        ("baselines.xml", 2),
        ("task-baselines-project2003-mspdi.xml", 56),
        ("task-baselines-project2019-mspdi.xml", 111),
    ):
        found = figures(data / "mpxj-schedules-open" / name)

        assert one(found, "items")["value"] == tasks, name


def test_the_case_of_the_canadian_register_is_written_whole(data: Path, tmp_path: Path) -> None:
    files = sorted((data / "canada-it-projects").glob("gc-it-projects-20*.csv"))

    assert main(["case", *map(str, files), "--to", str(tmp_path / "out")]) == 0

    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "case.html",
        "case.pdf",
        "case.pptx",
        "figures.csv",
        "figures.json",
        "figures.xlsx",
        "mapping.toml",
        "problems.csv",
    ]
    found = json.loads((tmp_path / "out" / "figures.json").read_text())
    problems = found["problems"]
    assert problems["rows_in"] == 398 + 463 + 495
    assert problems["rows_in"] == problems["rows_taken"] + problems["rows_with_problems"]
    with (tmp_path / "out" / "problems.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["extent"] == "row"]
    assert len(rows) == problems["rows_with_problems"]
