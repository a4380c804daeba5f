"""The paper for Word and as plain text: the same findings in the same order, nothing lost."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx as python_docx
import pytest
from docx.enum.style import WD_STYLE_TYPE

from boardpaper.blocks import Section, Statement
from boardpaper.claim import Claim, Name
from boardpaper.composition import composition_hash
from boardpaper.render import docx, text
from boardpaper.tests import deck as looked_at
from boardpaper.tests import sample
from boardpaper.wording import plain, short_hash
from trackrecord.errors import UnreadableSource

DOCUMENT = sample.document()
HASH = short_hash(composition_hash(DOCUMENT))


@pytest.fixture(scope="module")
def content() -> bytes:
    return docx.render(DOCUMENT)


@pytest.fixture(scope="module")
def paper(content: bytes) -> Any:
    return python_docx.Document(io.BytesIO(content))


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A user's template: a style of theirs, a letterhead, and last year's text."""
    made = python_docx.Document()
    made.styles["Heading 1"].font.name = "Impact"
    made.styles.add_style("Kept by us", WD_STYLE_TYPE.PARAGRAPH)
    made.sections[0].header.paragraphs[0].text = "Aldmoor letterhead"
    made.sections[0].footer.paragraphs[0].text = "Registered in Aldmoor"
    made.add_paragraph(looked_at.LEFT_BEHIND)
    made.add_table(rows=1, cols=1)
    made.core_properties.author = "Whoever made the template"
    made.save(str(tmp_path / "theirs.docx"))
    return tmp_path / "theirs.docx"


def headings(paper: Any) -> list[str]:
    return [each.text for each in paper.paragraphs if each.style.name.startswith("Heading")]


def test_findings_are_headings_in_words_own_styles_in_order(paper: Any) -> None:
    findings = [plain(section.lead) for section in DOCUMENT.body if section.in_paper]

    # One comes again over what it sets aside for the appendix.
    assert list(dict.fromkeys(words for words in headings(paper) if words in findings)) == findings


def test_each_chart_is_a_picture_with_its_words_and_its_rows_follow(paper: Any) -> None:
    described = [shape.get("descr") for shape in paper.element.body.xpath(".//wp:docPr")]
    rows = {cell.text for table in paper.tables for cell in table.columns[0].cells}

    for make in sample.CHARTS:
        assert make().alternative in described
    assert len(described) == len(sample.CHARTS) + 1  # and the diagram
    assert "Share of the money over first approval" in rows


def test_a_figure_bears_the_dotted_underline_and_who_says_it_stands_at_the_end(paper: Any) -> None:
    runs = [run for each in paper.paragraphs for run in each.runs]
    dotted = {run.text for run in runs if run.font.underline not in (None, False)}
    lines = [each.text for each in paper.paragraphs]

    assert {"18%", "61 days", "£12.4 million"} <= dotted
    behind = lines[lines.index("Says who?") :]
    assert any(line.startswith("18% – cost overrun, median, against the first") for line in behind)


def test_a_judgement_says_that_it_is_one(paper: Any) -> None:
    assert any(
        "A monthly forecast would bring bad news sooner. (our judgement)" in each.text
        for each in paper.paragraphs
    )


def test_heads_of_tables_come_again_on_the_next_page(paper: Any) -> None:
    named = [table for table in paper.tables if table.cell(0, 0).text == "Project"]

    assert named
    assert all(table.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for table in named)


def test_the_foot_prints_the_hash_of_the_composition_and_the_page(paper: Any) -> None:
    footer = paper.sections[-1].footer

    assert HASH in footer.paragraphs[0].text
    assert "PAGE" in footer.part.element.xpath("string(.//w:fldSimple/@w:instr)")


def test_a_users_template_gives_styles_and_letterhead_and_loses_its_text(template: Path) -> None:
    content = docx.render(DOCUMENT, template=template)
    made = python_docx.Document(io.BytesIO(content))

    assert made.styles["Heading 1"].font.name == "Impact"
    assert made.sections[-1].header.paragraphs[0].text == "Aldmoor letterhead"
    footers = [each.text for each in made.sections[-1].footer.paragraphs]
    assert footers[0] == "Registered in Aldmoor"
    assert HASH in footers[1]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        everything = b"".join(package.read(name) for name in package.namelist())
    assert looked_at.LEFT_BEHIND.encode() not in everything
    assert b"Whoever made the template" not in everything


def test_a_file_that_is_no_word_document_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes.docx").write_bytes(b"Dear all,")
    (tmp_path / "locked.docx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512))

    with pytest.raises(UnreadableSource, match=r"notes\.docx: this is not a Word document"):
        docx.check_template(tmp_path / "notes.docx")
    with pytest.raises(UnreadableSource, match=r"locked\.docx: .* protected by a password"):
        docx.check_template(tmp_path / "locked.docx")
    with pytest.raises(UnreadableSource, match=r"gone\.docx: the template cannot be opened"):
        docx.check_template(tmp_path / "gone.docx")


def test_names_that_no_office_file_can_hold_do_no_harm() -> None:
    claim = Claim("{unit} stands out.", unit=Name("Sales\x0bNorth\x00"))
    section = Section(lead=claim, blocks=(Statement(claims=(claim,)),))
    made = docx.render(replace(DOCUMENT, sections=(section,), organisation="Ald\x0bmoor"))

    assert "Sales North  stands out." in headings(python_docx.Document(io.BytesIO(made)))


def test_libreoffice_opens_the_paper(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "paper.docx"
    file.write_bytes(content)

    assert 6 <= looked_at.pages(file, tmp_path) <= 20


# Plain text ------------------------------------------------------------------------------------


def test_text_holds_every_finding_and_no_line_is_wider_than_a_terminal() -> None:
    lines = text.render(looked_at.demanding_document()).splitlines()
    words = " ".join(" ".join(text.render(DOCUMENT).split()).split("- "))

    assert max(len(line) for line in lines) <= text.WIDTH
    for section in DOCUMENT.sections:
        assert plain(section.lead) in words


def test_text_says_a_chart_in_words_and_marks_a_judgement() -> None:
    words = " ".join(text.render(DOCUMENT).split())

    assert sample.cost_dots().alternative in words
    assert "sooner. (our judgement)" in words


def test_text_ends_in_class_dates_and_hashes() -> None:
    foot = text.render(DOCUMENT).rsplit("---", 1)[-1]

    assert re.search(r"For management · Issued 11 May 2026", foot)
    assert HASH in " ".join(foot.split())
