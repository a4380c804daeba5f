"""How often second opinions stand against an effect, in small; `benchmarks/opinions.py` has them whole."""

from __future__ import annotations

import numpy as np
import pytest

from trackrecord.compare import guards
from trackrecord.compare.tests import opinions
from trackrecord.compare.tests.opinions import LINE, MIXTURE, SEASONS


def random() -> np.random.Generator:
    return np.random.default_rng(20_242)


def test_the_mixture_bears_out_an_effect_where_there_is_none_in_one_world_of_ten_at_most() -> None:
    """Its rank may be in the first tenth by chance; Monte Carlo noise of two standard errors beside it."""
    found = opinions.one_unit(19, 0.4)(random(), 60)[MIXTURE]

    allowed = guards.PLACEBO_SHARE + 2 * (0.1 * 0.9 / found.asked) ** 0.5
    assert 1 - found.against / found.asked <= allowed
    assert found.claims == 0


def test_seasons_seldom_stand_against_a_change_that_is_there() -> None:
    found = opinions.series(0.0, shift=-1.5)(random(), 60)[SEASONS]

    assert found.claims >= 50
    assert found.claims_against <= 3


def test_a_trend_that_was_there_all_along_is_claimed_and_often_objected_to() -> None:
    """What a comparison of before and after cannot know, one straight trend throughout shows."""
    found = opinions.series(0.0, trend=1.0)(random(), 60)

    assert found[LINE].claims >= 45
    assert found[LINE].claims_against >= found[LINE].claims / 4
    assert found[SEASONS].claims_against >= found[LINE].claims_against


def test_exact_limits_are_those_of_clopper_and_pearson() -> None:
    """None of ten: 1 - .025 ** (1 / 10), by hand."""
    assert opinions.exact(0, 10) == pytest.approx((0, 1 - 0.025**0.1))
    assert opinions.exact(0, 0) == (0, 1)
