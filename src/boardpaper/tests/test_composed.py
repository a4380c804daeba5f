"""A composition read back is the document it was written from (RULE-20: kept claims stay what they were)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boardpaper import blocks
from boardpaper.chart import Axis, Chart, Mark, Series
from boardpaper.claim import Claim, Name, Person
from boardpaper.composed import SOMEONE, NotAComposition, document_from
from boardpaper.composition import composition, composition_hash
from boardpaper.tests import sample
from trackrecord.figure import Figure

WORDS = st.text(st.characters(exclude_categories=["Cs", "N"], exclude_characters="{}"), max_size=12)
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
NUMBERS = st.floats(-1e12, 1e12) | st.integers(-(10**12), 10**12)
FIGURES = st.builds(
    Figure,
    measure=WORDS,
    version=st.integers(1, 9),
    definition=WORDS,
    unit=st.sampled_from(["share", "days", "GBP"]),
    direction=st.sampled_from(["up_good", "down_good", None]),
    value=NUMBERS,
    n=st.integers(0, 999),
    missing=st.dictionaries(WORDS | st.just("is"), st.integers(0, 99), max_size=2),
    by=st.none() | WORDS,
    as_at=st.none() | DAYS,
)
SLOTS = FIGURES | DAYS | st.builds(Name, WORDS) | st.builds(Person, WORDS, st.just(SOMEONE))
CLAIMS = st.builds(
    lambda before, slot, after, state: Claim(f"{before}{{it}}{after}", state=state, it=slot),
    WORDS,
    SLOTS,
    WORDS,
    st.sampled_from(["supported", "partly", "unsupported", "judgement"]),
)
PLACES = st.sampled_from(["main", "aside"])
STATEMENTS = st.builds(
    blocks.Statement,
    claims=st.lists(CLAIMS, max_size=2).map(tuple),
    margin=st.lists(CLAIMS | WORDS, max_size=2).map(tuple),
    place=PLACES,
)
TABLES = st.builds(
    lambda cells, finding: blocks.Table(
        columns=tuple(blocks.Column(name="a") for _ in cells), rows=(cells,), finding=finding
    ),
    st.lists(FIGURES | CLAIMS | WORDS | DAYS | st.none(), max_size=3).map(tuple),
    st.none() | CLAIMS,
)
MARKS = st.builds(Mark, x=NUMBERS, y=st.none() | NUMBERS, label=WORDS, n=st.none() | st.just(3))
CHARTS = st.builds(
    lambda finding, marks, ticks: blocks.ChartBlock(
        chart=Chart(
            kind="dots",
            finding=finding,
            series=(Series(name="s", marks=marks, summary=marks[0] if marks else None),),
            axis=Axis(scale="share", low=0, high=1.5, ticks=ticks),
            alternative="in words",
            limits=(("upper", 0.25),),
        )
    ),
    CLAIMS,
    st.lists(MARKS, max_size=2).map(tuple),
    st.lists(st.tuples(NUMBERS, WORDS), max_size=2).map(tuple),
)
CHECKLISTS = st.builds(
    blocks.Checklist,
    items=st.lists(st.tuples(st.sampled_from([True, False, None]), CLAIMS | WORDS)).map(tuple),
)
SECTIONS = st.builds(
    blocks.Section,
    lead=CLAIMS,
    blocks=st.lists(STATEMENTS | TABLES | CHARTS | CHECKLISTS, max_size=3).map(tuple),
    kicker=WORDS,
    appendix=st.booleans(),
)
DOCUMENTS = st.builds(
    blocks.Document,
    code=st.just("D1"),
    title=WORDS,
    organisation=WORDS,
    sections=st.lists(SECTIONS, max_size=2).map(tuple),
    edition=WORDS,
    as_at=st.none() | DAYS,
    issued_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    issue=st.none() | st.integers(1, 99),
)


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS)
def test_a_composition_makes_the_round_trip(document: blocks.Document) -> None:
    back = document_from(composition(document))

    assert back == document
    assert composition(back) == composition(document)


def test_a_document_with_every_block_makes_the_round_trip() -> None:
    whole = replace(sample.document(), issued_at=datetime(2026, 5, 11, 9, tzinfo=UTC), issue=2)
    shown = {slot.id: slot.shown for claim in whole.claims() for slot in people_of(claim)}

    assert document_from(composition(whole), people=shown) == whole
    assert composition_hash(document_from(composition(whole))) == composition_hash(whole)


def people_of(claim: Claim) -> list[Person]:
    return [slot for slot in claim.slots.values() if isinstance(slot, Person)]


def test_whoever_is_named_no_more_is_shown_as_someone() -> None:
    lead = Claim("{who} agreed.", who=Person("p-7", "Ana Silva"))
    paper = replace(sample.document(), sections=(blocks.Section(lead=lead, blocks=()),))

    (back,) = document_from(composition(paper)).claims()

    assert back.slots["who"] == Person("p-7", SOMEONE)


@pytest.mark.parametrize(
    "altered",
    [
        b"",
        b"[]",
        b"{}",
        b'{"composition":1,"document":{"is":"Popen","args":"sh"}}',
        b'{"composition":1,"document":{"is":"Name","text":"x"}}',
        b'{"composition":9,"document":null}',
    ],
)
def test_what_is_no_composition_is_refused_in_a_sentence(altered: bytes) -> None:
    with pytest.raises(NotAComposition, match=r"\.$"):
        document_from(altered)


def test_a_part_that_was_taken_out_is_missed() -> None:
    content: dict[str, Any] = json.loads(composition(sample.document()))
    del content["document"]["sections"][0]["lead"]

    with pytest.raises(NotAComposition):
        document_from(json.dumps(content).encode())
