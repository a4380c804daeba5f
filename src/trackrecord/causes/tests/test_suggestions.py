"""Suggestions from text: they ask, they abstain, and they earn the right to speak (T1)."""

from __future__ import annotations

import csv
import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from trackrecord.causes.keywords import KEYWORDS
from trackrecord.causes.suggestions import keyword_suggestions, suggest
from trackrecord.causes.taxonomy import HOUSE
from trackrecord.causes.text_model import ABSTAIN_BELOW, Gate, gates, learn
from trackrecord.errors import EvidenceError, NotEnoughHistory

DATA = Path(__file__).resolve().parents[4].parent / "shared" / "data"

NARRATIVES = {
    "supplier performance": (
        "The vendor sent half the pumps.",
        "Our contractor left the site early.",
    ),
    "skills": ("Nobody knew how to commission turbines.", "The crew learned welding on the job."),
    "nothing": ("Work went on through winter.", "The team met on Fridays.", "Phase two was quiet."),
}


def house_coding(n: int = 90) -> tuple[list[str], list[set[str]]]:
    """Narratives with the causes people gave them; every third of each kind."""
    draw, texts, causes = random.Random(4), [], []
    for number in range(n):
        told = list(NARRATIVES)[number % 3]
        sentences = [draw.choice(NARRATIVES[told]), draw.choice(NARRATIVES["nothing"])]
        texts.append(" ".join(draw.sample(sentences, 2)))
        causes.append({told} - {"nothing"})
    return texts, causes


def test_every_cause_of_the_house_has_its_keywords() -> None:
    assert tuple(KEYWORDS) == HOUSE.names


def test_keywords_suggest_and_show_where_they_stand() -> None:
    text = "The work was Underestimated, and the supplier  missed two milestones."
    found = {suggestion.cause: suggestion for suggestion in keyword_suggestions(text)}

    assert set(found) == {"optimistic estimate", "supplier performance"}
    assert [text[start:end] for start, end in found["supplier performance"].spans] == [
        "supplier  missed"
    ]
    assert found["optimistic estimate"].terms == ("underestimated",)
    assert found["optimistic estimate"].confidence is None


@pytest.mark.parametrize("text", ["", "Delivered as planned.", "Resourceful and skeletal."])
def test_where_a_text_says_too_little_nothing_is_suggested(text: str) -> None:
    assert suggest(text) == ()


def test_the_cause_with_more_words_comes_first() -> None:
    text = "A permit was late. The steering group had no quorum, and no decision was made."

    assert [s.cause for s in keyword_suggestions(text)] == [
        "late or missing sponsor decision",
        "external or legislation",
    ]


def test_a_model_learnt_from_the_houses_coding_suggests_with_its_terms() -> None:
    model = learn(*house_coding())
    (suggestion,) = suggest("Again the vendor sent the wrong pumps.", model=model)

    assert suggestion.cause == "supplier performance"
    assert suggestion.origin == "model"
    assert suggestion.confidence is not None
    assert suggestion.confidence >= ABSTAIN_BELOW
    assert {"vendor", "pumps"} & set(suggestion.terms)
    assert suggestion.spans


def test_the_model_abstains_below_one_half() -> None:
    model = learn(*house_coding())

    assert max(model.probabilities("The team met on Fridays.").values()) < ABSTAIN_BELOW
    assert suggest("The team met on Fridays.", model=model) == ()


def test_the_model_learns_the_same_whatever_machine_asks() -> None:
    asked = "The crew learned to commission turbines."

    assert learn(*house_coding()).probabilities(asked) == learn(*house_coding()).probabilities(
        asked
    )


def test_where_coding_has_no_pattern_the_model_stays_silent_and_keywords_speak() -> None:
    texts, causes = house_coding()
    random.Random(8).shuffle(causes)
    model = learn(texts, causes)

    assert not any(gate.passed for gate in model.gates.values())
    assert model.probabilities("The vendor sent half the pumps.") == {}
    assert [s.origin for s in suggest("Scope creep. The vendor sent pumps.", model=model)] == [
        "keywords"
    ]


def test_a_cause_that_few_narratives_carry_is_not_learnt() -> None:
    texts, causes = house_coding(27)

    with pytest.raises(NotEnoughHistory):
        learn(texts, causes)
    with pytest.raises(EvidenceError, match="one for each"):
        gates(texts, causes[1:])


def lessons() -> tuple[list[str], list[set[str]]]:
    """NASA's public lessons with the fourteen most frequent of their categories."""
    path = DATA / "nasa-llis" / "llis.csv"
    if not path.exists():
        pytest.skip("The NASA lessons are not beside this checkout.")
    with path.open(encoding="latin-1", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Categories"].strip() not in ("", "NA")]
    given = [{c.strip() for c in row["Categories"].split(",") if c.strip()} for row in rows]
    frequent = {name for name, _ in Counter(c for cs in given for c in sorted(cs)).most_common(14)}
    texts = [f"{row['Title']}. {row['Lesson']}"[:1200] for row in rows]
    return texts, [categories & frequent for categories in given]


@pytest.mark.long
def test_t1_nasa_lessons_are_told_apart_as_well_as_by_the_reference() -> None:
    texts, categories = lessons()
    judged: list[Gate] = list(gates(texts, categories).values())

    assert (len(texts), len(judged)) == (396, 14)
    assert np.mean([gate.auc for gate in judged]) == pytest.approx(0.743, abs=0.01)
    assert np.mean([gate.average_precision for gate in judged]) == pytest.approx(0.436, abs=0.01)
    assert all(gate.low < gate.auc < gate.high for gate in judged)
