"""D3: one landscape page in letters that can be read, and the same as a list on the page after."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime

import pikepdf
import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Inches

from backing.benefits.models import BusinessChange
from backing.benefits.papers import COMPOSES, line_of_sight_paper, paper_of
from backing.benefits.picture.setting import PAPER
from backing.benefits.tests.conftest import Company
from backing.benefits.tests.test_picture import SIXTY, invented
from backing.benefits.tracing import LineOfSight, with_loose_ends, without_loose_ends
from backing.people.models import Organisation
from backing.people.tests.conftest import browser_of
from boardpaper.blocks import Diagram, Document, Statement
from boardpaper.composed import document_from
from boardpaper.composition import composition
from boardpaper.render import pdf, pptx
from boardpaper.wording import plain

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
MANY = invented((20, 5, 0, 4, 0, 4, 3), 12)
HUNDRED = invented((38, 18, 4, 16, 12, 16, 9), 110)
FOUR_HUNDRED = invented((100, 70, 20, 60, 50, 70, 30), 560)
BELOW_THE_FINDING, ABOVE_THE_FOOT = 500.0, 52.0  # points from the lower edge of a landscape page


def test_d3_is_a_landscape_page_with_the_list_after_it(company: Company) -> None:
    company.line()
    company.goal("Enter two new markets")
    change = BusinessChange.objects.get()
    change.owner = None
    change.save()
    document = line_of_sight_paper(company.head, now=NOW)

    with pikepdf.open(io.BytesIO(pdf.render(document))) as paper:
        (first, second) = (tuple(map(float, page.mediabox)) for page in paper.pages)

    assert first[2] > first[3]
    assert second[2] < second[3]
    assert "What we do reaches one of two goals; a line breaks where nobody owns a step." in said(
        document
    )
    assert "Goals that nothing we do reaches: Enter two new markets." in said(document)


def test_d3_has_owners_on_the_map_and_how_firm_each_link_is_in_the_list(company: Company) -> None:
    company.line()
    diagram = line_of_sight_paper(company.head, now=NOW).sections[0].blocks[0]

    assert isinstance(diagram, Diagram)
    assert "Head of Finance, not agreed yet" in diagram.svg
    assert (5, "Stage check before commitment – plausible") in diagram.outline


def test_d3_opens_on_its_authors_desk(company: Company) -> None:
    company.line()

    answer = browser_of(company.head).get("/documents/D3/")

    assert "The line of sight is ready to be issued." in answer.content.decode()


def test_d3_is_read_back_as_it_was_written(company: Company) -> None:
    company.line()
    document = line_of_sight_paper(company.head, now=NOW)

    assert document_from(composition(document)) == document


def test_d3_is_for_management_and_waits_for_a_line(company: Company) -> None:
    assert COMPOSES["D3"](company.head) is None
    company.line()

    document = COMPOSES["D3"](company.head)

    assert document is not None
    assert document.klass == "MGMT"


@pytest.mark.parametrize("sight", [SIXTY, HUNDRED, FOUR_HUNDRED], ids=["60", "113", "400"])
def test_s18_c_what_is_drawn_stands_on_one_landscape_page_at_nine_points(
    db: None, sight: LineOfSight
) -> None:
    Organisation(pk=1, name="Aldmoor Group", invented=True).save()
    document = paper_of(with_loose_ends(sight), now=NOW)

    with pikepdf.open(io.BytesIO(pdf.render(document))) as paper:
        lying = [float(page.mediabox[2]) > float(page.mediabox[3]) for page in paper.pages]
        sizes = {
            round(size, 2)
            for y, size in letters(paper.pages[0])
            if ABOVE_THE_FOOT < y < BELOW_THE_FINDING
        }

    assert lying == [True, *[False] * (len(lying) - 1)]
    assert sizes == {9.0}


def test_the_map_of_sixty_steps_is_drawn_whole_with_its_list_on_the_page_after(db: None) -> None:
    document = paper_of(with_loose_ends(SIXTY), now=NOW)

    with pikepdf.open(io.BytesIO(pdf.render(document))) as paper:
        assert len(paper.pages) == 2
    assert drawn(document) == 60


def test_on_slides_too_no_letter_of_the_map_is_under_nine_points(db: None) -> None:
    Organisation(pk=1, name="Aldmoor Group", invented=True).save()
    document = paper_of(with_loose_ends(MANY), now=NOW)

    deck = Presentation(io.BytesIO(pptx.render(document)))
    pictures = [
        (slide.shapes.title.text, 9 * shape.width.pt / PAPER.width)
        for slide in deck.slides
        for shape in slide.shapes
        if shape.shape_type == MSO_SHAPE_TYPE.PICTURE
    ]

    assert len(pictures) > 1
    assert min(size for _, size in pictures) >= 9
    assert pictures[-1][0] == "No line touches these"
    assert document_from(composition(document)) == document


def test_what_no_line_touches_is_left_to_the_list_first_and_that_is_said(db: None) -> None:
    document = paper_of(with_loose_ends(HUNDRED), now=NOW)
    touched = len(without_loose_ends(HUNDRED).nodes)

    assert drawn(document) == touched < len(HUNDRED.nodes)
    assert f"{113 - touched} steps that no line touches are left to the list." in said(document)
    assert len(HUNDRED.nodes) == 113


def test_of_400_steps_as_many_goals_are_drawn_as_a_page_holds_and_that_is_said(db: None) -> None:
    document = paper_of(with_loose_ends(FOUR_HUNDRED), now=NOW)
    diagram = document.sections[0].blocks[0]

    assert isinstance(diagram, Diagram)
    assert 60 < drawn(document) < 400
    assert len({words.partition(" – ")[0] for depth, words in diagram.outline}) > 300
    assert any(
        each.startswith("One page cannot show its 400 steps in letters that can be read. Drawn are")
        for each in said(document)
    )


def test_where_not_one_goal_fits_the_list_stands_alone(db: None) -> None:
    document = paper_of(invented((300, 40, 0, 40, 0, 0, 1), 700), now=NOW)
    first, second = document.sections[0].blocks

    assert isinstance(first, Statement)
    assert plain(first.claims[0]).startswith("One page cannot show its 381 steps")
    assert isinstance(second, Diagram)
    assert (second.svg, second.whole_page) == ("", False)
    with pikepdf.open(io.BytesIO(pdf.render(document))) as paper:
        assert all(float(page.mediabox[2]) < float(page.mediabox[3]) for page in paper.pages)


def said(document: Document) -> list[str]:
    return [plain(claim) for claim in document.claims()]


def drawn(document: Document) -> int:
    """How many boxes are in the picture."""
    (diagram,) = (each for each in document.sections[0].blocks if isinstance(each, Diagram))
    return diagram.svg.count('class="map-box')


def letters(page: pikepdf.Page) -> Iterator[tuple[float, float]]:
    """How high every run of letters stands on a page and how large it is set, in points."""
    here = pikepdf.Matrix()
    outer, size, line = [], 0.0, here
    for each in pikepdf.parse_content_stream(page):
        name, values = str(each.operator), each.operands
        if name == "q":
            outer.append(here)
        elif name == "Q":
            here = outer.pop()
        elif name in ("cm", "Tm"):
            moved = pikepdf.Matrix(*map(float, values)) @ here
            here, line = (moved, line) if name == "cm" else (here, moved)
        elif name == "Tf":
            size = float(values[1])
        elif name in ("Tj", "TJ"):
            yield line.f, size * abs(line.d)


@pytest.mark.parametrize("sight", [SIXTY, HUNDRED, FOUR_HUNDRED], ids=["60", "113", "400"])
def test_a_deck_shows_the_map_whole_or_in_two_parts_that_can_be_read(
    sight: LineOfSight, db: None
) -> None:
    Organisation(pk=1, name="Aldmoor", invented=True, currency="GBP").save()
    slides = Presentation(io.BytesIO(pptx.render(paper_of(sight, now=NOW)))).slides
    pictures = [shape for slide in slides for shape in slide.shapes if hasattr(shape, "image")]

    assert len(slides) <= 5
    assert 1 <= len(pictures) <= 2
    assert all(shape.top + shape.height <= Inches(7.5) for shape in pictures)


def test_a_deck_of_a_map_that_no_page_can_draw_holds_the_list(db: None) -> None:
    Organisation(pk=1, name="Aldmoor", invented=True, currency="GBP").save()
    nothing_fits = invented((400, 1, 1, 1, 1, 1, 1), 406)
    slides = Presentation(io.BytesIO(pptx.render(paper_of(nothing_fits, now=NOW)))).slides

    assert len(slides) <= 4
