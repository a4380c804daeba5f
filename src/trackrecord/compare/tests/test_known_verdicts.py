"""Verdicts on real registers: the known answers O7, Q6 and Q7, and scales that are never pooled."""

from __future__ import annotations

from math import exp
from pathlib import Path

import pytest

import trackrecord as tr
from trackrecord.compare import registration
from trackrecord.compare.material import gather
from trackrecord.compare.randomisation import exchanged
from trackrecord.compare.verdict import Verdict

DATA = Path(__file__).resolve().parents[5] / "shared" / "data"
MELBOURNE = "melbourne-water-stages/Capital_Delivery_Project_deidentified.csv"
MAPPING = """
[[sheet]]
register = "water"
[[sheet.column]]
header = "ID"
field = "key"
[[sheet.column]]
header = "BNI"
field = "started"
date_order = "day-first"
[[sheet.column]]
header = "PBC"
field = "finished"
date_order = "day-first"
"""
CLAIM = """
measure = "duration_days"
where = "Delivery Program=Major Works - Framework"
cohort = "BCA"
since = 2022-01-01
start = 2016-01-01
end = 2026-12-31
path = "a"
registered = 2021-12-01
"""
OPEN_MARKET = 'comparison = "Delivery Program=Major Works - Open Market"\n'


def real(name: str) -> Path:
    if not (DATA / name).exists():
        pytest.skip(f"the data beside the checkout is not here: {name}")
    return DATA / name


def melbourne(text: str, tmp_path: Path) -> Verdict:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(MAPPING)
    claim = registration.from_toml(text)
    record = tr.read(real(MELBOURNE), mapping=mapping, claim=claim.columns)
    return tr.verdict(record, registration=claim)


def test_o7_projects_take_509_days_longer_under_the_new_delivery_model(tmp_path: Path) -> None:
    """O7, published: 499 to 1,008 days from approval to completion; n 110 and 21, permutation p below .05.

    In days no outcome is left out, so those that end before they begin count as the author counted them.
    """
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(MAPPING.replace('"started"', '"original_finish"'))
    claim = registration.from_toml(CLAIM.replace("duration_days", "schedule_slip_days"))
    record = tr.read(real(MELBOURNE), mapping=mapping, claim=claim.columns)

    found = tr.verdict(record, registration=claim)
    design = gather(record, claim).design
    before, after = (design.rows.y[side] for side in design.sides())
    p, _ = exchanged(after, before, seed=1)

    assert found.value == pytest.approx(509, abs=0.5)
    assert (before.mean(), after.mean()) == pytest.approx((499, 1_008), abs=0.5)
    assert (len(before), len(after)) == (found.n_before, found.n_after) == (110, 21)
    assert p < 0.05


def test_q6_the_change_of_delivery_model_is_worse_and_not_attributed(tmp_path: Path) -> None:
    """Q6: d 1.070884, s 1.109338, t 17.5, CS [.2473, 1.8945], e 175.89, n 105 and 21."""
    found = melbourne(CLAIM, tmp_path)

    assert (found.verdict, found.attributed, found.registered) == ("Worse", False, True)
    assert any(reason.startswith("no_comparison_group: ") for reason in found.reasons)
    assert (found.n_before, found.n_after) == (105, 21)
    assert (found.appendix["d"], found.appendix["s"], found.appendix["t"]) == pytest.approx(
        (1.070884, 1.109338, 17.5), abs=1e-6
    )
    assert (found.low, found.high) == pytest.approx((exp(0.2473) - 1, exp(1.8945) - 1), rel=2e-4)
    assert found.appendix["e"] == pytest.approx(175.89, abs=0.005)


def test_q7_with_the_open_market_beside_it_there_is_no_evidence_yet(tmp_path: Path) -> None:
    """Q7: d .6108, t 4.2594, CS [-1.4650, 2.6866]; n 8 and 19 of the open market."""
    found = melbourne(CLAIM + OPEN_MARKET, tmp_path)

    assert found.verdict == "No evidence yet"
    assert (found.appendix["d"], found.appendix["t"]) == pytest.approx((0.6108, 4.2594), abs=5e-5)
    assert found.low is not None
    assert found.high is not None
    assert (found.low, found.high) == pytest.approx((exp(-1.4650) - 1, exp(2.6866) - 1), abs=2e-3)


def test_ratings_on_scales_of_three_and_of_five_are_never_pooled() -> None:
    """Issue 6: GMPP is Cannot tell, with the reason."""
    names = [f"gmpp-2019-2023/gmpp_20{year}_{year + 1}.csv" for year in (19, 20, 21, 22)]
    record = tr.read(*(real(name) for name in names))

    found = tr.verdict(record, measure="rag", since="2021-07-01")

    assert found.verdict == "Cannot tell"
    assert found.value is None
    assert found.reasons[0].startswith("scale_changed: ")


def test_a_measure_that_cannot_be_affected_is_looked_at_where_it_was_registered(
    tmp_path: Path,
) -> None:
    """methods.md 5.9: here the same measure stands in for it, and moves of course."""
    found = melbourne(CLAIM + 'placebo_measure = "duration_days"\n', tmp_path)

    (guard,) = (guard for guard in found.guards if guard.name == "placebo_measure")
    assert guard.result == "failed"
