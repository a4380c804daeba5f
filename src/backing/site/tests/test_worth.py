"""`backing worth` as a user runs it (S09, methods.md 4)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from backing.site.command import BAD_INPUT, main

MODEL = """
currency = "GBP"
[cost]
run = 420_000
[[loss]]
cause = "late decisions"
a_year = 1_200_000
"""


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "worth.toml"
    path.write_text(MODEL)
    return path


def test_rule_15_the_json_contract_holds(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["worth", str(model), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {
        *("currency", "cost_a_year", "addressable_a_year", "saved_a_year", "break_even_share"),
        *("break_even_effect", "npv", "npv_uncapped", "tornado", "assumptions", "draws", "seed"),
    }
    assert found["break_even_share"] == 0.35
    assert set(found["npv"]) == {
        *("p10", "p50", "p90", "mean", "p50_error", "p_roi_positive", "p_roi_positive_error"),
        *("p_payback_24_months", "expected_regret"),
    }
    assert found["npv"]["p10"] <= found["npv"]["p50"] <= found["npv"]["p90"]


def test_the_same_file_gives_the_same_answer_and_says_what_it_assumes(
    model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for _ in range(2):
        assert main(["worth", str(model)]) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    assert "breaks even at 35% of the cashable loss" in said[0]
    assert "house assumption, wide on purpose" in said[0]
    assert "ROI" not in said[0]


def test_a_model_that_cannot_be_read_is_bad_input(
    model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model.write_text(MODEL.replace("420_000", '"a lot"'))
    assert main(["worth", str(model)]) == BAD_INPUT
    assert "cost.run is 'a lot'" in capsys.readouterr().err
