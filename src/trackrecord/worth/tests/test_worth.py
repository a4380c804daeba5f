"""Cost and return: known answers M1 and M2, RULE-15's example, and the laws of methods.md 4."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta, norm

from trackrecord.errors import EvidenceError
from trackrecord.worth import (
    HOUSE_PRIOR,
    Adoption,
    Certain,
    Cost,
    Effect,
    Lognormal,
    Loss,
    Model,
    PastLosses,
    Pert,
    estimate,
    flows,
    payback,
    present_value,
    read,
)
from trackrecord.worth.quantity import resampled

ALL_AT_ONCE: Final = Adoption(by_year=(1.0,))


def model(**changes: object) -> Model:
    """An office of 420,000 a year against a loss of 1.2 million a year."""
    plain = Model(
        currency="GBP",
        cost=Cost(run=Certain(420_000)),
        losses=(
            Loss(
                cause="late decisions",
                a_year=Certain(1_200_000),
                effects=(Effect(name="gates", share=HOUSE_PRIOR),),
            ),
        ),
        seed=15,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def certain(share: float, *, loss: float = 1_000_000.0, effects: int = 1, **more: object) -> Loss:
    named = tuple(Effect(name=f"e{n}", share=Certain(share)) for n in range(effects))
    return Loss(cause="c", a_year=Certain(loss), effects=named, **more)  # type: ignore[arg-type]


def test_rule_15_example_420_thousand_against_1_2_million_is_35_per_cent() -> None:
    assert estimate(model()).break_even_share == pytest.approx(0.35)


def test_m1_a_lognormal_benefit_pays_with_the_chance_that_the_formula_gives() -> None:
    benefit = Loss(
        cause="c",
        a_year=Lognormal(1_200_000, 0.5),
        effects=(Effect(name="e", share=Certain(1.0)),),
    )
    one_year = model(
        cost=Cost(run=Certain(1_000_000)),
        losses=(benefit,),
        adoption=ALL_AT_ONCE,
        years=1,
        discount_rate=0.0,
        draws=1_000_000,
    )
    found = estimate(one_year).capped
    assert found.pays == pytest.approx(norm.cdf(np.log(1.2) / 0.5), abs=0.002)
    assert found.pays == pytest.approx(0.6423, abs=0.002)
    assert found.mean + 1_000_000 == pytest.approx(1_359_778, rel=0.003)


def test_m2_a_cash_flow_has_its_value_and_its_payback() -> None:
    flow = np.array([-500.0, 200, 200, 200, 200])
    assert present_value(flow, 0.035) == pytest.approx(234.616, abs=0.001)
    assert payback(flow) == pytest.approx(2.5)
    discounted = np.cumsum(flow / 1.035 ** np.arange(5))
    assert discounted == pytest.approx([-500, -306.763, -120.061, 60.327, 234.616], abs=0.001)


def test_what_never_comes_back_has_no_payback() -> None:
    assert payback(np.array([[-5.0, 1, 1], [-1, 0, 1]])).tolist() == [np.inf, 2.0]


def test_without_a_set_up_cost_it_is_not_paid_back_before_it_paid() -> None:
    flow = np.array([[0.0, -3, -3, -3], [0, -3, 2, 4], [0, 1, 1, 1], [0, 5, -9, 8]])

    assert payback(flow).tolist() == [np.inf, 2.25, 0.0, 2.5]


def test_no_effect_is_worth_what_it_costs_exactly() -> None:
    nothing = model(losses=(certain(0.0),), cost=Cost(setup=Certain(7), run=Certain(3)))
    costs = float(present_value(np.array([-7.0, -3, -3, -3, -3, -3]), 0.035))
    spread = estimate(nothing).capped
    assert (spread.p10, spread.p50, spread.p90) == (costs, costs, costs)
    assert spread.pays == 0
    assert spread.regret == pytest.approx(-costs)


def saved(loss: Loss) -> float:
    """What is saved in the first year."""
    return estimate(model(losses=(loss,), adoption=ALL_AT_ONCE)).saved_a_year["cashable"]


@settings(max_examples=25, deadline=None)
@given(volume=st.floats(0.1, 10), share=st.floats(0, 1))
def test_what_is_saved_grows_with_the_volume_and_no_faster(volume: float, share: float) -> None:
    assert saved(certain(share, volume=(volume,))) == pytest.approx(volume * saved(certain(share)))


@settings(max_examples=25, deadline=None)
@given(share=st.floats(0, 1), effects=st.integers(1, 6))
def test_effects_that_overlap_never_save_the_same_money_twice(share: float, effects: int) -> None:
    assert saved(certain(share, effects=effects)) <= 1_000_000 * (1 + 1e-12)
    assert saved(certain(share, effects=effects)) == pytest.approx(
        1_000_000 * (1 - (1 - share) ** effects)
    )


def test_only_what_can_be_cashed_makes_the_headline() -> None:
    two = (certain(0.5), replace(certain(0.5), cause="risk", kind="avoided risk"))
    both, one = estimate(model(losses=two)), estimate(model(losses=two[:1]))
    assert both.capped.p50 == one.capped.p50
    assert both.addressable_a_year["avoided risk"] == 1_000_000
    assert both.break_even_share == one.break_even_share


def test_the_house_assumption_is_the_wide_one_and_says_what_it_is() -> None:
    shares = HOUSE_PRIOR.at(np.linspace(0.0005, 0.9995, 1000))
    assert shares.mean() == pytest.approx(0.2 / 3, abs=1e-4)  # .20 * Beta(2, 4)
    assert "house assumption" in estimate(model()).assumptions[0]


def test_the_effect_that_breaks_even_breaks_even() -> None:
    asked = model(losses=(certain(0.3),), adoption=ALL_AT_ONCE, cost=Cost(run=Certain(100_000)))
    effect = estimate(asked).break_even_effect
    assert effect == pytest.approx(0.1)
    assert estimate(model(losses=(certain(0.3, loss=1000.0),))).break_even_effect is None


def test_one_disaster_among_past_projects_is_shown_both_ways() -> None:
    losses = (*[10_000.0] * 39, 5_000_000.0)
    fat = Loss(cause="c", a_year=PastLosses(losses, 4), effects=(Effect(name="e"),))
    found = estimate(model(losses=(fat,)))
    assert found.capped.p90 < found.uncapped.p90
    assert found.addressable_a_year["cashable"] < sum(losses) / 4


@pytest.mark.parametrize("likely", [0.0, 0.0001, 0.25, 0.5, 0.9999, 1.0])
def test_many_shares_of_a_pert_are_what_each_is_by_itself(likely: float) -> None:
    """The table and its steps give what scipy's own inverse of the Beta gives, to its ends."""
    shares = np.r_[0.0, 1e-12, np.random.default_rng(6).random(20_000), 1 - 1e-12, 1.0]
    rise = 1 + 4 * likely

    assert Pert(0, likely, 1).at(shares) == pytest.approx(
        beta(rise, 6 - rise).ppf(shares), rel=1e-11, abs=1e-300
    )


def test_a_resampled_loss_has_the_mean_and_the_spread_of_the_past() -> None:
    past = PastLosses(tuple(float(n) for n in range(100)), 5)
    drawn = past.draw(np.random.default_rng(4), 20_000)
    assert drawn.mean() == pytest.approx(99 * 50 / 5, rel=0.01)
    assert drawn.std() == pytest.approx(np.sqrt(100) * np.std(range(100)) / 5, rel=0.03)


def test_a_cap_changes_what_was_lost_and_not_which_projects_are_drawn() -> None:
    """Both ways of one drawing are what each would be by itself, so their gap is the cap's alone."""
    past = PastLosses((*(float(n) for n in range(99)), 1e6), 5)
    both = resampled((past, past.capped()), np.random.default_rng(2), 20_000)

    for told, alone in zip(both, (past, past.capped()), strict=True):
        assert np.array_equal(told, alone.draw(np.random.default_rng(2), 20_000))
    assert (both[1] <= both[0]).all()
    assert (both[1] < both[0]).any()


def test_the_same_seed_gives_the_same_answer_and_another_one_stays_within_the_error() -> None:
    first, again, other = (estimate(model(seed=seed)) for seed in (1, 1, 2))
    assert first == again
    assert abs(first.capped.p50 - other.capped.p50) < 6 * first.capped.p50_error
    assert first.capped.p50_error > 0


def test_effects_go_with_adoption() -> None:
    uncertain = Adoption(limit=Pert(0.2, 0.6, 1.0), by_year=(1.0,))
    alone, together = (
        estimate(model(adoption=uncertain, correlation=rho)).capped for rho in (0.0, 0.9)
    )
    assert together.p90 - together.p10 > alone.p90 - alone.p10


def test_what_swings_the_answer_most_comes_first() -> None:
    swings = estimate(model(cost=Cost(run=Pert(400_000, 420_000, 430_000)))).swings
    assert [swing.name for swing in swings] == [
        "effect: gates on late decisions",
        "running cost a year",
    ]
    assert swings[0].rank_correlation > 0.9
    assert swings[1].low > swings[1].high


def test_flows_are_cost_first_then_what_is_left_each_year() -> None:
    plain = model(losses=(certain(0.5),), adoption=Adoption(by_year=(0.5, 1.0)), years=2)
    values = {name: each.at(np.array([0.5])) for name, each in plain.inputs.items()}
    assert flows(plain, values).tolist() == [[0.0, 250_000 - 420_000, 500_000 - 420_000]]


GOOD: Final = """
currency = "GBP"
[cost]
run = 420_000
hours = { low = 800, likely = 1000, high = 1500 }
rate = 55
[[loss]]
cause = "late decisions"
a_year = 1_200_000
[[loss]]
cause = "rework"
kind = "avoided risk"
projects = [10_000, 0, 250_000]
past_years = 3
[[loss.effect]]
name = "reviews"
share = { low = 0, likely = 0.1, high = 0.3 }
says = "own measurement, 2025"
"""


def test_a_model_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "worth.toml"
    path.write_text(GOOD)
    found = read(path)
    assert found.losses[0].effects[0].share == HOUSE_PRIOR
    assert found.losses[1].a_year == PastLosses((10_000, 0, 250_000), 3)
    assert found.losses[1].effects[0].says == "own measurement, 2025"
    assert estimate(found).cost_a_year == pytest.approx(420_000 + 55 * 1043, rel=0.01)


@pytest.mark.parametrize(
    ("was", "wrong", "says"),
    [
        ('currency = "GBP"', "", "currency is missing"),
        ("rate = 55", 'rate = "high"', "cost.rate is 'high'"),
        ("rate = 55", "rats = 55", "'rats'"),
        ("past_years = 3", "", "past_years is missing"),
        ("a_year = 1_200_000", "", "either a_year"),
        ("high = 0.3", "high = 3", "between 0 and 1"),
        ("likely = 1000", "likely = 5000", "do not stand in order"),
        ('"avoided risk"', '"luck"', "'luck'"),
        ('cause = "rework"', 'cause = "late decisions"', "stands twice"),
        ("[cost]", "years = 0\n[cost]", "years is 0"),
        ("[cost]", "[cost", "cannot be read"),
    ],
)
def test_a_wrong_entry_gets_a_sentence(tmp_path: Path, was: str, wrong: str, says: str) -> None:
    path = tmp_path / "worth.toml"
    path.write_text(GOOD.replace(was, wrong, 1))
    with pytest.raises(EvidenceError, match=says) as refused:
        read(path)
    assert str(path) in str(refused.value)


def test_a_model_without_a_cost_is_refused() -> None:
    with pytest.raises(EvidenceError, match="names no cost"):
        estimate(model(cost=Cost()))
