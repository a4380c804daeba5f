"""Intervals against published tables, closed forms, and their promised coverage."""

from __future__ import annotations

import pytest

from trackrecord.errors import EvidenceError
from trackrecord.intervals import quantile_ranks, wilson


@pytest.mark.parametrize(
    ("kept", "total", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_of_a_share_agrees_with_newcombe_1998_table_i(
    kept: int, total: int, low: float, high: float
) -> None:
    interval = wilson(kept, total)

    assert (interval.low, interval.high) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("kept", [0, 1, 7, 29, 30])
def test_the_interval_of_a_share_encloses_it_and_stays_within_none_and_all(kept: int) -> None:
    low, high, _ = wilson(kept, 30)

    assert low is not None
    assert high is not None
    assert 0 <= low <= kept / 30 <= high <= 1


def test_a_share_of_nothing_has_no_interval() -> None:
    assert wilson(0, 0) == (None, None, 0.95)


@pytest.mark.parametrize(("kept", "total", "level"), [(3, 2, 0.95), (-1, 2, 0.95), (1, 2, 1.0)])
def test_a_share_that_cannot_be_is_refused(kept: int, total: int, level: float) -> None:
    with pytest.raises(EvidenceError):
        wilson(kept, total, level)


@pytest.mark.parametrize(
    ("n", "ranks"),
    # Ranks of the 95 % interval of a median, e.g. Conover (1999), table of the sign test.
    [
        (5, None),
        (6, (1, 6)),
        (9, (2, 8)),
        (10, (2, 9)),
        (20, (6, 15)),
        (25, (8, 18)),
        (50, (18, 33)),
    ],
)
def test_the_ranks_around_a_median_are_those_of_the_sign_test(
    n: int, ranks: tuple[int, int] | None
) -> None:
    assert quantile_ranks(n, 0.5) == ranks


@pytest.mark.parametrize("n", [17, 60, 377, 1_000_000])
@pytest.mark.parametrize("q", [0.5, 0.8])
def test_the_ranks_are_the_narrowest_whose_tails_keep_within_the_level(n: int, q: float) -> None:
    binom = pytest.importorskip("scipy.stats").binom
    found = quantile_ranks(n, q)

    assert found is not None
    low, high = found
    assert binom.cdf(low - 1, n, q) <= 0.025 < binom.cdf(low, n, q)
    assert binom.sf(high - 1, n, q) <= 0.025 < binom.sf(high - 2, n, q)
