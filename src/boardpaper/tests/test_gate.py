"""RULE-20: no number and no claim of degree goes to a leader without what backs it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from boardpaper.blocks import Block, Checklist, Column, Document, Section, Statement, Table
from boardpaper.claim import Claim
from boardpaper.composed import document_from
from boardpaper.composition import composition
from boardpaper.gate import gate, may_be_issued
from boardpaper.tests import sample
from boardpaper.tests.sample import FIRST_COST, UNKNOWN
from boardpaper.wording import plain, word


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


HELD = date(2026, 3, 31)


@pytest.mark.parametrize("bare", [False, True], ids=["in a sentence", "in a table"])
def test_rule_20_what_rests_on_evidence_that_is_out_of_date_stops_the_issue(bare: bool) -> None:
    old = replace(FIRST_COST, valid_until=HELD)
    block: Block = said(Claim("Projects cost {more} more than approved.", more=old))
    if bare:
        block = Table(columns=(Column(name="More"),), rows=((old,),))
    document = paper(block)

    (found,) = gate(document, today=HELD + timedelta(days=1))

    assert (found.code, found.blocks) == ("out of date", True)
    assert "could be relied on until 31 March 2026" in found.todo
    assert not may_be_issued(document, today=HELD + timedelta(days=1))
    assert gate(document, today=HELD) == []


def test_rule_20_what_is_remembered_prints_as_from_memory_and_is_told_to_its_author() -> None:
    claim = Claim("Projects cost {more} more.", more=replace(FIRST_COST, from_memory=True))
    document = paper(said(claim))

    (found,) = gate(document)

    assert (found.code, found.blocks) == ("from memory", False)
    assert plain(claim) == f"Projects cost {word(FIRST_COST)} (from memory) more."
    assert claim.state == "partly"
    assert may_be_issued(document)


def test_rule_20_what_is_remembered_stays_so_when_it_is_read_back_and_leaves_other_hashes() -> None:
    told = replace(FIRST_COST, from_memory=True, valid_until=HELD)
    document = paper(said(Claim("Projects cost {more} more.", more=told)))
    other = paper(said(Claim("Projects cost {more} more.", more=FIRST_COST)))

    assert document_from(composition(document)) == document
    assert b"from_memory" not in composition(other)
    assert b"valid_until" not in composition(other)
