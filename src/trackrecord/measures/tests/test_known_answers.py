"""The known answers of methods.md 8 that are measures, on the real files, with no mapping file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import trackrecord as tr
from trackrecord.figure import Figure
from trackrecord.measures import figures
from trackrecord.measures.tests.canonical import figure

DATA = Path(__file__).resolve().parents[5] / "shared" / "data"

CANADA = tuple(f"canada-it-projects/gc-it-projects-20{year}.csv" for year in (16, 19, 22))
GMPP = tuple(f"gmpp-2019-2023/gmpp_20{y}_{y + 1}.csv" for y in (19, 20, 21, 22))
NYC = ("nyc-capital-projects/NYC_capital_projects_20190901.csv",)
SIP = ("sip/Sip-task-info.csv.gz",)
KITCHENHAM = ("kitchenham-promise/kitchenham.arff",)
JIRA = ("jira-cycle-agile/jira.csv",)
ESTIMATED = ("StatusCode!=CANCELLED,TEMPLATE,CHRONICLE",)


@cache
def figures_of(*names: str, where: tuple[str, ...] = ()) -> list[Figure]:
    paths = [DATA / name for name in names]
    missing = [path.name for path in paths if not path.exists()]
    if missing:
        pytest.skip(f"the data beside the checkout is not here: {', '.join(missing)}")
    return figures(tr.read(*paths, where=where))


def test_o2_how_often_tasks_take_more_or_less_than_estimated() -> None:
    """O2: 8,252 tasks; 2,455 over their estimate, 3,076 on it, 2,721 below; factors .47 and 1.9."""
    found = figures_of(*SIP, where=ESTIMATED)
    under, exact, over = (
        figure(found, f"estimate_{outcome}_rate") for outcome in ("under", "exact", "over")
    )

    assert figure(found, "items").value == under.n == 8_252
    assert [round((each.value or 0) * 8_252) for each in (under, exact, over)] == [
        2_455,
        3_076,
        2_721,
    ]
    assert figure(found, "estimate_ratio_geomean", group="over").value == pytest.approx(
        0.47, abs=0.01
    )
    assert figure(found, "estimate_ratio_geomean", group="under").value == pytest.approx(
        1.9, abs=0.05
    )


def test_r1_the_estimates_of_sip() -> None:
    """R1: A = 1.062 E ** .871, median A/E 1.00, geometric mean .945."""
    found = figures_of(*SIP, where=ESTIMATED)

    assert figure(found, "estimate_exponent").value == pytest.approx(0.871, abs=0.001)
    assert figure(found, "estimate_ratio_median").value == 1.0
    assert figure(found, "estimate_ratio_geomean").value == pytest.approx(0.945, abs=0.001)


def test_r1_an_hour_repeated_for_each_developer_is_counted_once() -> None:
    """R1, O1: 10,266 tasks; 95,002 hours, not 162,045; 20 projects, 10,100 tasks not cancelled."""
    found = figures_of(*SIP)
    kept = figures_of(*SIP, where=("StatusCode!=CANCELLED",))

    assert figure(found, "items").value == 10_266
    assert figure(found, "hours_actual_total").value == pytest.approx(95_002, abs=0.5)
    assert figure(kept, "items").value == 10_100
    assert figure(kept, "projects").value == 20


def test_o3_r2_the_estimates_of_kitchenham() -> None:
    """O3, R2: n 145, MMRE .2635, 90 within a quarter, median .973, total 1.090; 53 of 142 late."""
    found = figures_of(*KITCHENHAM)
    close = figure(found, "estimate_pred25", baseline="original")
    late = figure(found, "late_rate", baseline="original")

    assert figure(found, "estimate_mmre", baseline="original").value == pytest.approx(
        0.2635, abs=5e-4
    )
    assert (close.n, round((close.value or 0) * close.n)) == (145, 90)
    assert figure(found, "estimate_ratio_median", baseline="original").value == pytest.approx(
        0.973, abs=5e-4
    )
    assert figure(found, "estimate_ratio_total", baseline="original").value == pytest.approx(
        1.090, abs=5e-4
    )
    assert (late.n, round((late.value or 0) * late.n), late.missing) == (142, 53, {"missing": 3})


def test_o5_one_date_alone_is_missing_and_not_on_time() -> None:
    """O5: 192 linked; behind 166, on 11, ahead 9 of 186, 6 not stated.

    The published 86, 9 and 5 % count those 6 as on schedule: 166, 17 and 9 of 192.
    """
    found = figures_of(*CANADA)
    rates = [figure(found, f"forecast_{way}_rate") for way in ("behind", "on", "ahead")]
    published = [166 / 192, (11 + 6) / 192, 9 / 192]

    assert figure(found, "linked").value == 192
    assert {(each.n, *each.missing.items()) for each in rates} == {(186, ("missing", 6))}
    assert [round((each.value or 0) * 186) for each in rates] == [166, 11, 9]
    assert [round((each.value or 0), 3) for each in rates] == [0.892, 0.059, 0.048]
    assert [round(100 * share) for share in published] == [86, 9, 5]


def test_o9_r4_who_stayed_left_and_joined() -> None:
    found = figures_of(*GMPP)
    names = [Path(name).name for name in GMPP]
    moves = [
        tuple(figure(found, way, group=name).value for way in ("stayed", "left", "joined"))
        for name in names[1:]
    ]

    assert [figure(found, "projects", group=name).value for name in names] == [125, 184, 235, 244]
    assert moves == [(81, 44, 103), (159, 25, 76), (206, 29, 38)]


def test_o9_r4_ratings_by_export_on_their_own_scales() -> None:
    found = figures_of(*GMPP)
    ratings: dict[str, list[float | int | None]] = {}
    for each in found:
        if each.measure == "rag_count":
            export, _ = str(each.group).split(" / ")
            ratings.setdefault(export, []).append(each.value)

    assert list(ratings.values()) == [
        [3, 18, 59, 32, 11],
        [12, 29, 84, 44, 7],
        [24, 170, 27],
        [26, 183, 23],
    ]


def test_r4_a_sum_of_budgets_says_how_many_are_not_in_it() -> None:
    """R4: GBP bn 447.9 of 113, 542.0 of 164, 494.2 of 191, 471.8 of 193 rows; never a total."""
    sums = [each for each in figures_of(*GMPP) if each.measure == "cost_baseline_sum"]

    assert [(each.n, each.total) for each in sums] == [
        (113, 125),
        (164, 184),
        (191, 235),
        (193, 244),
    ]
    assert [(each.value or 0) / 1e9 for each in sums] == pytest.approx(
        [447.9, 542.0, 494.2, 471.8], abs=0.05
    )
    assert {each.unit for each in sums} == {"GBP"}


def test_o10_impossible_durations_are_undefined_and_counted() -> None:
    """O10: 16.889 and 5 days over 2,461; 1,662 undefined."""
    found = figures_of(*JIRA)
    mean, middle = (figure(found, f"duration_days_{kind}") for kind in ("mean", "median"))

    assert (mean.n, middle.n, dict(mean.missing)) == (2_461, 2_461, {"nonpositive_duration": 1_662})
    assert mean.value == pytest.approx(16.889, abs=5e-4)
    assert middle.value == 5


def test_r3_published_changes_count_and_what_is_not_stated_leaves_the_denominator() -> None:
    """R3: 378 projects; late 211 of 309, 69 not stated, median 297 days; over budget 202 of 314."""
    found = figures_of(*NYC)
    late, over = (
        figure(found, "forecast_behind_rate"),
        figure(found, "over_budget_rate", baseline="original"),
    )

    assert figure(found, "projects").value == 378
    assert (round((late.value or 0) * late.n), late.n, late.missing_total) == (211, 309, 69)
    assert figure(found, "forecast_slip_days_median").value == 297
    assert (round((over.value or 0) * over.n), over.n, over.missing_total) == (202, 314, 64)
