"""The paper: tagged PDF/UA-1, the same bytes every time, words never read as markup."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pikepdf
import pytest

from boardpaper.blocks import Column, Document, Section, Statement, Table
from boardpaper.claim import Claim
from boardpaper.render import pdf
from boardpaper.tests import sample

HEADINGS = ("/H1", "/H2", "/H3", "/H4")


@pytest.fixture(scope="module")
def content() -> bytes:
    return pdf.render(sample.document())


@pytest.fixture(scope="module")
def paper(content: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(content)) as opened:
        yield opened


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """The structure elements of a tag tree, in reading order."""
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from elements(kid)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node.K)


def tags(paper: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    return list(elements(paper.Root.StructTreeRoot))


def kinds(paper: pikepdf.Pdf) -> list[str]:
    return [str(element.S) for element in tags(paper)]


def test_a_paper_declares_pdf_ua_its_title_and_its_language(paper: pikepdf.Pdf) -> None:
    with paper.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    assert paper.Root.MarkInfo.Marked
    assert str(paper.Root.Lang) == "en"
    assert str(paper.docinfo["/Title"]) == "The case for the PMO · Aldmoor Group"
    assert paper.Root.ViewerPreferences.DisplayDocTitle


def test_findings_are_headings_that_step_down_one_at_a_time(paper: pikepdf.Pdf) -> None:
    levels = [HEADINGS.index(kind) + 1 for kind in kinds(paper) if kind in HEADINGS]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert len(levels) >= len(sample.document().sections) + len(sample.CHARTS)
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_table_has_header_cells(paper: pikepdf.Pdf) -> None:
    tables = [element for element in tags(paper) if element.S == "/Table"]

    assert len(tables) == 2
    for table in tables:
        inside = [str(element.S) for element in elements(table.K)]
        assert inside.count("/TH") >= 3
        assert inside.count("/TD") > inside.count("/TH")


def test_every_picture_says_in_words_what_it_shows(paper: pikepdf.Pdf) -> None:
    alternatives = [str(element.Alt) for element in tags(paper) if element.S == "/Figure"]

    assert len(alternatives) == len(sample.CHARTS) + 1
    assert any("Against the first approval the median is +18%" in words for words in alternatives)


def test_every_figure_in_the_text_leads_to_what_stands_behind_it(paper: pikepdf.Pdf) -> None:
    """X4: a footnote away."""
    links = [element for element in kinds(paper) if element == "/Link"]

    assert len(links) >= 25


def test_all_fonts_are_inside(paper: pikepdf.Pdf) -> None:
    families = set()
    for page in paper.pages:
        for font in page.Resources.get("/Font", {}).values():
            (descendant,) = font.DescendantFonts
            descriptor = descendant.FontDescriptor
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
            families.add(str(descriptor.FontName).partition("+")[2].partition("-")[0])

    assert families == {"LibertinusSerif", "SourceSans3"}


def test_the_same_issue_gives_the_same_bytes(content: bytes) -> None:
    assert pdf.render(sample.document()) == content


def test_the_only_time_in_a_paper_is_its_issues(paper: pikepdf.Pdf) -> None:
    assert "20260511093000" in str(paper.docinfo["/CreationDate"])

    later = replace(sample.document(), issued_at=datetime(2026, 6, 1, tzinfo=UTC))
    with pikepdf.open(io.BytesIO(pdf.render(later))) as other:
        assert "20260601" in str(other.docinfo["/CreationDate"])


def test_the_sample_case_fits_its_six_to_eight_pages(paper: pikepdf.Pdf) -> None:
    """D1."""
    assert 6 <= len(paper.pages) <= 8


def test_words_of_a_user_are_never_read_as_markup() -> None:
    """No `#`, `$`, `*`, `\\` or bracket of a user's is Typst to us."""
    evil = '#panic("x") $ * _ ` \\ ] } <w1> @w1 // /* "'
    claim = Claim(evil.replace("{", "{{").replace("}", "}}").replace("1", "a"))
    document = Document(
        code="D7",
        title=evil,
        organisation=evil,
        sections=(
            Section(
                lead=claim,
                kicker=evil,
                blocks=(
                    Statement(claims=(claim,), margin=(evil,)),
                    Table(columns=(Column(name=evil),), rows=((evil,),), note=evil),
                ),
            ),
        ),
        edition="e",
        audience=evil,
        invented=True,
    )

    with pikepdf.open(io.BytesIO(pdf.render(document))) as opened:
        assert len(opened.pages) == 1
        assert str(opened.docinfo["/Title"]).startswith('#panic("x") $ *')


def test_a_draft_without_dates_or_figures_is_a_paper_too() -> None:
    bare = Document(
        code="D10",
        title="Escalation note",
        organisation="Aldmoor Group",
        sections=(Section(lead=Claim("What happened."), blocks=()),),
        edition="e",
    )

    assert pdf.render(bare).startswith(b"%PDF-1.7")
