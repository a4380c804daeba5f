"""Comparing units against known answers (methods.md 8: B2, B3)."""

from __future__ import annotations

import numpy as np
import pytest

from trackrecord.causes.units import efron_morris, funnel, shrink, shrink_means
from trackrecord.errors import EvidenceError, NotEnoughHistory

V8 = (
    ".400 .378 .356 .333 .311 .311 .289 .267 .244 .244 .222 .222 .222 .222 .222 .200 .178 .156"
).split()
B3_MEANS = dict(zip("abcdefgh", [28.0, 8, -3, 7, -1, 1, 18, 12], strict=True))
B3_VARIANCES = dict(zip("abcdefgh", [15.0**2, 100, 256, 121, 81, 121, 100, 324], strict=True))


def test_b2_batting_averages_are_drawn_together() -> None:
    y = np.array([float(average) for average in V8])
    x = np.sqrt(45) * np.arcsin(2 * y - 1)
    raw = efron_morris(y.tolist(), y.mean() * (1 - y.mean()) / 45)
    turned = efron_morris(x.tolist(), 1.0)

    assert (turned[0] - x.mean()) / (x[0] - x.mean()) == pytest.approx(0.209, abs=1e-3)
    assert (raw[0] - y.mean()) / (y[0] - y.mean()) == pytest.approx(0.212, abs=1e-3)
    assert raw[0] == pytest.approx(0.294, abs=1e-3)


def test_b3_units_that_do_not_differ_are_drawn_to_the_house_mean() -> None:
    shrunk = shrink_means(B3_MEANS, B3_VARIANCES)

    assert shrunk.mean == pytest.approx(7.686, abs=1e-3)
    assert shrunk.error == pytest.approx(4.072, abs=1e-3)
    assert shrunk.q == pytest.approx(4.707, abs=1e-3)
    assert not shrunk.differ
    assert list(shrunk.units.values()) == pytest.approx([7.686] * 8, abs=1e-3)


def test_a_small_unit_is_drawn_further_than_a_large_one() -> None:
    random = np.random.default_rng(2)
    shrunk = shrink(
        {
            "large": (1 + random.normal(size=200)).tolist(),
            "small": (1 + random.normal(size=4) / 100).tolist(),
            "other": (-1 + random.normal(size=200)).tolist(),
            "none yet": [],
        }
    )

    assert shrunk.differ
    assert set(shrunk.units) == {"large", "small", "other"}
    assert abs(shrunk.units["small"] - 1) > abs(shrunk.units["large"] - 1)


def test_one_project_a_unit_says_nothing_about_units() -> None:
    with pytest.raises(NotEnoughHistory):
        shrink({"a": [1.0], "b": [2.0]})


def test_a_funnel_widens_only_where_chance_is_too_narrow_a_story() -> None:
    calm = funnel(B3_MEANS, B3_VARIANCES)
    wild = funnel({name: 10 * mean for name, mean in B3_MEANS.items()}, B3_VARIANCES)

    assert calm.widening == 1
    assert calm.inner["a"] == pytest.approx((7.686 - 1.96 * 15, 7.686 + 1.96 * 15), abs=1e-3)
    assert calm.outer["a"] == pytest.approx((7.686 - 3.09 * 15, 7.686 + 3.09 * 15), abs=1e-3)
    assert wild.widening > 2


def test_a_unit_without_a_variance_is_refused() -> None:
    with pytest.raises(EvidenceError, match="variance above zero"):
        funnel({"a": 1.0}, {"a": 0.0})
