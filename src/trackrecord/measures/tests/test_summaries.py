"""Statistics against published answers, closed forms and other programs."""

from __future__ import annotations

import math

import numpy as np
import pytest
import scipy.stats

from trackrecord.measures import summaries
from trackrecord.measures.sample import Sample
from trackrecord.measures.summaries import quantile

LEVEL = 0.95


def sample(value: list[float], base: list[float] | None = None) -> Sample:
    return Sample(np.array(value), None if base is None else np.array(base), missing={})


@pytest.mark.parametrize(
    ("kept", "total", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_a_rate_has_the_interval_of_newcombe_1998_table_i(
    kept: int, total: int, low: float, high: float
) -> None:
    of = sample([1.0] * kept + [0.0] * (total - kept))

    found = summaries.rate(lambda each: each.value > 0)(of, LEVEL)

    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("n", "low"), [(6, 1), (8, 1), (9, 2), (11, 2), (12, 3), (15, 4), (20, 6), (25, 8), (50, 18)]
)
def test_a_median_lies_between_the_tabled_order_statistics(n: int, low: int) -> None:
    """Ranks r and n - r + 1 of the 95 % interval of a median: Conover (1999), table A3 by the sign
    test; Altman et al. (2000), Statistics with Confidence, table 18.4."""
    found = summaries.median()(sample([float(rank) for rank in range(1, n + 1)]), LEVEL)

    assert (found.low, found.high) == (low, n + 1 - low)


def test_five_values_have_a_median_and_no_interval() -> None:
    found = summaries.median()(sample([1.0, 2.0, 3.0, 4.0, 5.0]), LEVEL)

    assert (found.value, found.low, found.high, found.level) == (3.0, None, None, None)


def test_an_80th_percentile_of_sixteen_has_no_interval_and_of_seventeen_ends_at_the_largest() -> (
    None
):
    p80 = summaries.percentile(0.8)

    assert p80(sample([float(n) for n in range(16)]), LEVEL).high is None
    assert p80(sample([float(n) for n in range(17)]), LEVEL).high == 16


def test_a_skewed_80th_percentile_is_enclosed_as_often_as_promised() -> None:
    draws = np.random.default_rng(7).lognormal(sigma=1.5, size=(2000, 40))
    truth = math.exp(1.5 * 0.8416212335729143)
    found = [summaries.percentile(0.8)(Sample(each, missing={}), LEVEL) for each in draws]

    assert np.mean([(each.low or 0) <= truth <= (each.high or 0) for each in found]) >= 0.94


@pytest.mark.parametrize("q", [0.5, 0.8])
@pytest.mark.parametrize("n", [1, 2, 5, 6, 11, 101])
def test_percentiles_are_those_of_type_7(q: float, n: int) -> None:
    values = np.sort(np.random.default_rng(n).lognormal(size=n))

    assert quantile(values, q) == pytest.approx(
        float(np.quantile(values, q, method="linear")), rel=1e-14
    )


def test_a_geometric_mean_is_student_on_the_logs() -> None:
    ratios = [0.5, 1.0, 1.5, 2.0, 4.0, 0.8]
    logs = np.log(ratios)
    low, high = scipy.stats.t.interval(LEVEL, 5, logs.mean(), scipy.stats.sem(logs))

    found = summaries.geometric_mean()(sample(ratios, [1.0] * 6), LEVEL)

    assert (found.value, found.low, found.high) == pytest.approx(
        (scipy.stats.gmean(ratios), math.exp(low), math.exp(high)), rel=1e-12
    )


def test_a_mean_has_students_interval() -> None:
    values = [3.0, 5.0, 8.0, 13.0]
    low, high = scipy.stats.t.interval(LEVEL, 3, np.mean(values), scipy.stats.sem(values))

    found = summaries.mean()(sample(values), LEVEL)

    assert (found.value, found.low, found.high) == pytest.approx((7.25, low, high), rel=1e-12)


def test_growth_with_size_is_least_squares_on_the_logs() -> None:
    rng = np.random.default_rng(7)
    estimate = rng.lognormal(3, 1, 60)
    actual = 1.2 * estimate**0.9 * rng.lognormal(0, 0.3, 60)
    fit = scipy.stats.linregress(np.log(estimate), np.log(actual))
    half = scipy.stats.t.ppf(0.975, 58) * fit.stderr

    found = summaries.exponent(Sample(actual, estimate, missing={}), LEVEL)

    assert (found.value, found.low, found.high) == pytest.approx(
        (fit.slope, fit.slope - half, fit.slope + half), rel=1e-10
    )


def test_a_spread_is_the_standard_deviation_of_the_logs_between_chi_squared_ends() -> None:
    logs = np.log([0.5, 1.0, 1.5, 2.0, 4.0, 0.8])
    deviation = logs.std(ddof=1)
    ends = [deviation * math.sqrt(5 / scipy.stats.chi2.ppf(p, 5)) for p in (0.975, 0.025)]

    found = summaries.spread(sample([*np.exp(logs)], [1.0] * 6), LEVEL)

    assert (found.value, found.low, found.high) == pytest.approx(
        tuple(math.exp(each) for each in (deviation, *ends)), rel=1e-12
    )


def test_a_total_is_the_ratio_of_sums_and_no_mean_of_ratios() -> None:
    """The ratio's standard error, jackknifed, agrees with the linearised one."""
    rng = np.random.default_rng(11)
    base = rng.lognormal(3, 0.5, 400)
    value = base * rng.lognormal(0.2, 0.3, 400)
    whole = value.sum() / base.sum()
    without = np.log((value.sum() - value) / (base.sum() - base))
    error = math.sqrt(399 / 400 * ((without - without.mean()) ** 2).sum())
    t = scipy.stats.t.ppf(0.975, 399)

    found = summaries.ratio_of_totals(less=1.0)(Sample(value, base, missing={}), LEVEL)

    assert found.value == pytest.approx(whole - 1)
    assert (found.low, found.high) == pytest.approx(
        (whole * math.exp(-t * error) - 1, whole * math.exp(t * error) - 1), abs=2e-3
    )


def test_the_interval_of_a_total_covers_as_often_as_it_says() -> None:
    rng = np.random.default_rng(3)
    covered = 0
    for _ in range(400):
        base = rng.lognormal(3, 0.5, 60)
        value = base * rng.lognormal(0.2, 0.3, 60)
        found = summaries.ratio_of_totals()(Sample(value, base, missing={}), LEVEL)
        assert found.low is not None
        assert found.high is not None
        covered += found.low <= math.exp(0.2 + 0.3**2 / 2) <= found.high

    assert covered / 400 == pytest.approx(0.95, abs=0.03)


def test_few_projects_have_a_total_and_no_interval() -> None:
    found = summaries.ratio_of_totals(less=1.0)(sample([12.0, 30.0], [8.0, 20.0]), LEVEL)

    assert (found.value, found.low, found.high) == (0.5, None, None)


def test_nothing_has_no_median_and_says_why() -> None:
    nothing = Sample(np.array([]), missing={"missing": 2, "nonpositive_baseline": 3})

    found = summaries.median()(nothing, LEVEL)

    assert (found.value, found.reason) == (None, "nonpositive_baseline")
