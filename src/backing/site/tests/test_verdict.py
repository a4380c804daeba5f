"""`backing verdict` as a user runs it (RULE-11, methods.md 5), on registers of invented companies."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from backing.site.command import BAD_INPUT, main
from trackrecord.compare.material import of_outcomes
from trackrecord.compare.registration import Registration
from trackrecord.compare.tests.companies import COMPLICATIONS, SINCE, Company, World, company
from trackrecord.compare.verdict import WORDS, judged

CLAIM = ("--measure", "schedule_overrun", "--since-column", SINCE)
KEYS = {
    *("verdict", "attributed", "registered", "registration", "measure", "unit", "direction"),
    *("value", "low", "high", "level", "n_before", "n_after", "under_way", "young", "path"),
    *("reasons", "guards", "agreed_effect", "detectable_effect", "claimable_on", "as_at"),
    *("edition", "appendix"),
}


@pytest.fixture(scope="module")
def helped() -> Company:
    """Twenty-four units, half of which save 45 % of their time once they are helped."""
    return company(World(cut=0.45, units=24, worst_first=False, cancelled=0.05), seed=2)


def register(of: Company, tmp_path: Path, look: int = 30) -> Path:
    path = tmp_path / "register.csv"
    of.write(path, look)
    return path


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    assert main(["verdict", *map(str, arguments), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """The one sentence of a refusal."""
    assert main(["verdict", *map(str, arguments)]) == BAD_INPUT
    out, sentence = capsys.readouterr()
    assert not out
    assert sentence.count("\n") == 1
    return sentence


def test_the_json_contract_holds(
    helped: Company, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """design.md 5; docs/verdicts.md explains every key."""
    found = said(capsys, register(helped, tmp_path), *CLAIM)
    explained = Path(__file__).resolve().parents[4] / "docs" / "verdicts.md"

    assert set(found) == KEYS
    assert found["verdict"] in WORDS
    assert {result["result"] for result in found["guards"]} <= {"passed", "failed", "not run"}
    assert {frozenset(guard) for guard in found["guards"]} == {
        frozenset({"name", "result", "note"})
    }
    assert [key for key in KEYS if f"`{key}`" not in explained.read_text()] == []
    assert [
        g["name"] for g in found["guards"] if f"`{g['name']}`" not in explained.read_text()
    ] == []
    assert [word for word in WORDS if f"**{word}**" not in explained.read_text()] == []


def test_a_true_change_in_half_of_the_units_is_called_improved(
    helped: Company, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = said(capsys, register(helped, tmp_path), *CLAIM)

    assert (found["verdict"], found["attributed"], found["path"]) == ("Improved", True, "e")
    assert found["low"] < found["value"] < found["high"] < 0


@pytest.mark.parametrize("complication", COMPLICATIONS)
def test_a_register_in_which_nothing_changed_is_never_called_improved(
    complication: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Issue 6: from CSV, with worst units first, easier work, open, cancelled and re-planned projects."""
    of = company(COMPLICATIONS[complication], seed=7)

    found = said(capsys, register(of, tmp_path), *CLAIM)

    assert found["verdict"] in ("No evidence yet", "No worthwhile effect", "Cannot tell")


def test_the_command_itself_says_what_its_own_function_says(
    helped: Company, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Issue 6: what is simulated in one process holds for a program that is started for each look."""
    path = register(helped, tmp_path)
    program = Path(sys.executable).with_name("backing")

    ran = subprocess.run(
        [program, "verdict", path, *CLAIM, "--json"], capture_output=True, check=True
    )

    assert json.loads(ran.stdout) == said(capsys, path, *CLAIM)


def test_the_same_register_gives_the_same_bytes(
    helped: Company, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = register(helped, tmp_path)
    answers = []
    for _ in range(2):
        assert main(["verdict", str(path), *CLAIM, "--json"]) == 0
        answers.append(capsys.readouterr().out)

    assert answers[0] == answers[1]


def test_without_a_comparison_group_it_is_never_called_improved(
    helped: Company, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """methods.md 5.2: praise is capped."""
    found = said(
        capsys, register(helped, tmp_path), "--measure", "schedule_overrun", "--since", "2021-01-01"
    )

    assert found["path"] == "b"
    assert found["verdict"] != "Improved"
    assert not found["attributed"]


def test_the_sentences_never_say_what_may_not_be_said(
    helped: Company, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """methods.md, rule 6, and no p-value outside the appendix."""
    assert main(["verdict", str(register(helped, tmp_path)), *CLAIM]) == 0
    text = capsys.readouterr().out

    assert text.startswith("Improved.\nTime against plan: ")
    assert re.search(r"\bproved\b|\bcaused by\b|\bp-value", text) is None


def test_a_unit_with_two_starts_is_refused(
    helped: Company, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = register(helped, tmp_path)
    rows = list(csv.reader(path.read_text().splitlines()))
    place = rows[0].index(SINCE)
    first = next(row for row in rows[1:] if row[place])
    first[place] = "2020-02-29"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(rows)

    assert "two starts" in refused(capsys, path, *CLAIM)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--measure", "happiness", "--since", "2021-01-01"), "no measure 'happiness'"),
        (("--measure", "schedule_overrun", "--since", "next spring"), "not a day"),
        (("--measure", "schedule_overrun"), "needs one start"),
        (("--since", "2021-01-01"), "Name the measure"),
        (("--measure", "cost_overrun", "--since", "2021-01-01"), "an actual cost"),
        (("--measure", "schedule_overrun", "--since-column", "Department"), "not a day"),
        (("--measure", "schedule_overrun", "--since-column", "Colour"), "no column 'Colour'"),
        ((*CLAIM, "--registration", "nowhere.toml"), "cannot be read"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_sentence(
    helped: Company,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    says: str,
) -> None:
    assert says in refused(capsys, register(helped, tmp_path, look=6), *arguments)


def test_a_registered_claim_needs_no_other_word_and_allows_no_other(
    helped: Company, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """methods.md 5.1."""
    claim = tmp_path / "claim.toml"
    claim.write_text(
        f'measure = "schedule_overrun"\nsince_column = "{SINCE}"\nregistered = 2020-12-01\n'
    )
    path = register(helped, tmp_path)

    found = said(capsys, path, "--registration", claim)

    assert found["registered"]
    assert len(found["registration"]) == 64
    sentence = refused(capsys, path, "--registration", claim, "--measure", "duration_days")
    assert "What was registered holds" in sentence


@pytest.mark.parametrize("look", [12, 24, 36])
def test_a_register_says_what_its_outcomes_say(
    helped: Company, look: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Issue 6: what is simulated from outcomes holds for the whole way from CSV to the word."""
    claim = Registration(measure="schedule_overrun", since_column=SINCE)
    material = of_outcomes(helped.outcomes(look), claim, named={SINCE: SINCE}, edition="a1")
    outright = judged(material, claim)

    found = said(capsys, register(helped, tmp_path, look), *CLAIM)

    assert found["verdict"] == outright.verdict
    numbers = ("value", "low", "high", "n_before", "n_after", "young", "under_way")
    assert [found[name] for name in numbers] == pytest.approx(
        [getattr(outright, name) for name in numbers], rel=1e-9
    )


def test_the_chart_and_the_table_of_the_page_are_those_of_what_was_seen() -> None:
    """Issue 6: one table in docs, drawn as a chart, both made from the kept runs."""
    top = Path(__file__).resolve().parents[4]
    made = subprocess.run(
        [sys.executable, top / "benchmarks" / "verdicts_chart.py", "--check"], check=False
    )

    assert made.returncode == 0, "Run benchmarks/verdicts_chart.py and commit what it makes."
