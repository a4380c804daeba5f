"""What is said about a person keeps its class in every form, and bears its watermark (design.md 4, D4)."""

from __future__ import annotations

from datetime import UTC, datetime

from boardpaper.blocks import Document, Section, Statement
from boardpaper.claim import Claim, Name
from boardpaper.composed import document_from
from boardpaper.composition import composition
from boardpaper.render import html, pdf

BRIEF = Document(
    code="D4",
    title="Before a conversation",
    organisation="Aldmoor Group",
    edition="",
    issued_at=datetime(2026, 5, 11, 9, 0, tzinfo=UTC),
    sections=(
        Section(
            lead=Claim("Before you see {who}", who=Name("Helena Ravensworth")),
            blocks=(Statement(claims=(Claim("They oppose it.", klass="RELATIONSHIP"),)),),
        ),
    ),
)


def test_the_class_of_a_claim_is_never_below_that_of_its_words() -> None:
    assert BRIEF.klass == "RELATIONSHIP"


def test_the_class_survives_being_kept_and_read_back() -> None:
    again = document_from(composition(BRIEF))
    assert again == BRIEF
    assert again.klass == "RELATIONSHIP"


def test_a_claim_without_a_class_of_its_own_is_composed_as_it_always_was() -> None:
    plain = Document(
        code="D12",
        title="Why",
        organisation="A",
        edition="",
        sections=(Section(lead=Claim("So"), blocks=()),),
    )
    assert b"klass" not in composition(plain)


def test_the_watermark_stands_on_page_and_paper_and_only_where_it_is_asked_for() -> None:
    words = "Ana · until 18 May 2026"
    assert words.encode() in html.render(BRIEF, watermark=words)
    assert b'class="watermark"' not in html.render(BRIEF)
    assert pdf.render(BRIEF, watermark=words) != pdf.render(BRIEF)
    assert pdf.render(BRIEF, watermark=words) == pdf.render(BRIEF, watermark=words)


def test_a_paper_without_figures_says_nothing_of_an_edition() -> None:
    page = html.render(BRIEF).decode()
    assert "Edition" not in page
    assert "About people: not to be copied" in page
