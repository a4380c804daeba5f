"""What we repeat of other people's projects (methods.md 2.8: G1, G2; requirements.md X10)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from trackrecord.errors import EvidenceError, UnknownName
from trackrecord.reference_classes import (
    GREEN_BOOK,
    Benchmark,
    BenchmarkError,
    mitigated,
    optimism_bias,
)

OURS = Benchmark(
    statement="Mean cost overrun of rail projects",
    value=0.45,
    unit="share",
    source="Flyvbjerg, Holm & Buhl, JAPA 68:279",
    year=2002,
    population="58 rail projects, 1910-1998",
    reported_by="Ana",
)


def test_g1_mixed_assets_are_weighted_by_their_share() -> None:
    building = {"non-standard buildings": 0.3, "standard buildings": 0.7}

    assert optimism_bias(building, "capital").upper * 100 == pytest.approx(32.1, abs=0.05)
    assert optimism_bias(building, "duration").upper * 100 == pytest.approx(14.5, abs=0.05)


def test_g2_mitigation_scales_the_upper_bound() -> None:
    remaining = mitigated(GREEN_BOOK["non-standard buildings"]["capital"].upper, 0.92)
    estimate, risk_management = 100, 7

    assert remaining * 100 == pytest.approx(4.08, abs=0.005)
    assert round(estimate * (1 + remaining)) == 104
    assert round(estimate * (1 + remaining)) + risk_management == 111


@pytest.mark.parametrize(
    "shares", [{}, {"standard buildings": 0.9}, {"standard buildings": 2, "outsourcing": -1}]
)
def test_shares_that_are_no_whole_are_refused(shares: dict[str, float]) -> None:
    with pytest.raises(EvidenceError, match="sum to 1"):
        optimism_bias(shares, "capital")


def test_what_the_green_book_does_not_state_is_not_made_up() -> None:
    with pytest.raises(EvidenceError, match="no duration bias"):
        optimism_bias({"outsourcing": 1}, "duration")
    with pytest.raises(UnknownName, match="software"):
        optimism_bias({"software": 1}, "capital")
    with pytest.raises(EvidenceError, match="not a share"):
        mitigated(0.5, 92)


@pytest.mark.parametrize("name", ["statement", "unit", "source", "population", "reported_by"])
def test_x10_a_benchmark_without_its_provenance_is_refused(name: str) -> None:
    blank: dict[str, Any] = {name: " "}

    with pytest.raises(BenchmarkError, match=name.replace("_", " ")):
        replace(OURS, **blank)


def test_x10_a_benchmark_has_a_year() -> None:
    with pytest.raises(BenchmarkError, match="year"):
        replace(OURS, year=0)
