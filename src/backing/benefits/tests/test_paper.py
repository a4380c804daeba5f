"""D3: one landscape page, and the same as a list on the page after."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pikepdf

from backing.benefits.models import BusinessChange
from backing.benefits.papers import COMPOSES, line_of_sight_paper
from backing.benefits.tests.conftest import Company
from boardpaper.blocks import Diagram
from boardpaper.composed import document_from
from boardpaper.composition import composition
from boardpaper.render import pdf
from boardpaper.wording import plain

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)


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
    said = [plain(claim) for claim in document.claims()]
    assert "What we do reaches one of two goals; a line breaks where nobody owns a step." in said
    assert "Goals that nothing we do reaches: Enter two new markets." in said


def test_d3_has_owners_on_the_map_and_how_firm_each_link_is_in_the_list(company: Company) -> None:
    company.line()
    diagram = line_of_sight_paper(company.head, now=NOW).sections[0].blocks[0]

    assert isinstance(diagram, Diagram)
    assert "Head of Finance, not agreed yet" in diagram.svg
    assert (5, "Stage check before commitment – plausible") in diagram.outline


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
