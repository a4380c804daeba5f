"""RULE-20: no number and no claim of degree goes to a leader without what backs it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from boardpaper.blocks import Block, Checklist, Column, Document, Section, Statement, Table
from boardpaper.claim import Claim
from boardpaper.gate import gate, may_be_issued
from boardpaper.tests import sample
from boardpaper.tests.sample import FIRST_COST, UNKNOWN


def paper(*blocks: Block, lead: Claim | None = None, code: str = "D7") -> Document:
    section = Section(lead=lead or Claim("What we found."), blocks=blocks, kicker="Findings")
    return Document(
        code=code, title="A paper", organisation="Aldmoor Group", sections=(section,), edition="e"
    )


def said(*claims: Claim) -> Statement:
    return Statement(claims=claims)


@pytest.mark.parametrize(
    "block",
    [
        Table(columns=(Column(name="Unit"),), rows=(("Logistics",),), note="Costs rose by 18%."),
        Checklist(items=((False, "Save £3m a year"),)),
        Statement(claims=(Claim("Costs rose."),), margin=("57 of 64 projects",)),
    ],
    ids=["note", "checklist", "margin"],
)
def test_a_bare_number_in_free_words_stops_the_issue(block: Block) -> None:
    document = paper(block)

    assert [finding.code for finding in gate(document)] == ["bare number"]
    assert not may_be_issued(document)


def test_a_number_that_somebody_said_may_be_quoted() -> None:
    document = paper(
        Statement(claims=(Claim("Costs rose."),), margin=("The board asked for “10% in 2 years”.",))
    )

    assert gate(document) == []


def test_a_claim_with_its_figure_passes() -> None:
    document = paper(said(Claim("Projects cost {more} more than approved.", more=FIRST_COST)))

    assert gate(document) == []


def test_an_unsupported_claim_stops_a_leader_facing_issue() -> None:
    document = paper(said(Claim("Costs fell.", state="unsupported")))

    assert [finding.code for finding in gate(document)] == ["unsupported"]
    assert not may_be_issued(document)


def test_a_comparative_without_a_figure_is_our_judgement_and_may_be_issued() -> None:
    document = paper(said(Claim("Projects now end sooner.")))

    assert [finding.code for finding in gate(document)] == ["our judgement"]
    assert may_be_issued(document)


def test_a_sentence_that_compares_nothing_needs_no_figure() -> None:
    assert gate(paper(said(Claim("This part is empty on purpose.")))) == []


def test_a_figure_that_is_not_known_is_shown_to_the_author() -> None:
    document = paper(said(Claim("The benefit missed is {gap}.", gap=UNKNOWN)))

    assert [finding.code for finding in gate(document)] == ["undefined figure"]
    assert may_be_issued(document)


def test_a_finding_says_where_it_stands_and_what_to_do() -> None:
    (finding,) = gate(paper(Checklist(items=((False, "Save £3m a year"),))))

    assert finding.where == "Findings: beside or below the checklist"
    assert finding.todo.startswith("“£3")


def test_a_sponsor_update_of_more_than_three_hundred_words_is_a_finding() -> None:
    """D5: at most 300 words; overflow is said, the type never shrinks."""
    brief = paper(said(Claim("word " * 290)), code="D5")
    long = paper(said(Claim("word " * 310)), code="D5")

    assert gate(brief) == []
    assert [finding.code for finding in gate(long)] == ["too long"]
    assert "313 words; the limit is 300" in gate(long)[0].todo


def test_a_case_of_more_than_five_slides_is_a_finding() -> None:
    """D1: five slides before the appendix."""
    assert [finding.code for finding in gate(sample.document()) if finding.blocks] == ["too long"]

    short = replace(sample.document(), sections=sample.document().sections[:5])
    assert may_be_issued(short)


def test_a_leader_brief_of_two_pages_is_a_finding() -> None:
    """D4: one page; the pages are counted on the paper itself."""
    brief = paper(said(Claim("word " * 100)), code="D4")
    long = paper(*[said(Claim("word " * 200)) for _ in range(6)], code="D4")

    assert gate(brief) == []
    assert [finding.code for finding in gate(long)] == ["too long"]
