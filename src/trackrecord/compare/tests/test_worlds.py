"""The acceptance simulations of methods.md 5.7 and 5.8, in small; `benchmarks/verdicts.py` has them whole."""

from __future__ import annotations

import numpy as np
import pytest

from trackrecord.compare.tests import worlds
from trackrecord.compare.tests.worlds import World

REPLICATIONS = 200
SLOW = ("100 units", "easier mix, weighted")


def numbered(found: list[World]) -> list[object]:
    """Each world that is quick enough, with a seed of its own."""
    return [
        pytest.param(world, seed, id=f"{world.id}: {world.what}")
        for seed, world in enumerate(found)
        if not any(slow in world.what for slow in SLOW)
    ]


def rates(world: World, seed: int) -> worlds.Rates:
    return world.run(np.random.default_rng([20_241, seed]), REPLICATIONS)


@pytest.mark.parametrize(("world", "seed"), numbered(list(worlds.null_worlds())))
def test_where_nothing_changes_few_ever_hear_a_claim(world: World, seed: int) -> None:
    """A1-A16 over 24 looks; better and worse are held to the same."""
    found = rates(world, seed)

    assert max(found.better, found.worse) <= worlds.allowed(REPLICATIONS)


@pytest.mark.parametrize(("world", "seed"), numbered(list(worlds.wrong_procedures())))
def test_the_harness_catches_wrong_procedures(world: World, seed: int) -> None:
    """W1-W9: a simulator that passes them has no teeth."""
    assert rates(world, seed).either > worlds.allowed(REPLICATIONS)


@pytest.mark.parametrize(("world", "seed"), numbered(list(worlds.true_changes())))
def test_a_true_change_is_found_as_often_as_it_should_be(world: World, seed: int) -> None:
    """The power floor, within five points and two Monte Carlo standard errors."""
    assert world.power is not None
    noise = 2 * (world.power * (1 - world.power) / REPLICATIONS) ** 0.5

    assert rates(world, seed).better == pytest.approx(world.power, abs=0.05 + noise)


def test_a13_the_bootstrap_keeps_its_level_on_one_short_series() -> None:
    """A13: 24 points that lean on each other by .4; at most .075 and Monte Carlo noise."""
    found = worlds.bootstrap(24, 0.4)(np.random.default_rng(5), 100)

    assert found.either <= 0.075 + 2 * (0.075 * 0.925 / 100) ** 0.5
