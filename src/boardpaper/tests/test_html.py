"""The page: one file that asks for nothing, and every figure on it answers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html as lxml_html

from boardpaper.blocks import Document, Section, Statement
from boardpaper.claim import Claim, Name
from boardpaper.render import html
from boardpaper.render.ink import DARK, LIGHT
from boardpaper.tests import sample


@pytest.fixture(scope="module")
def source() -> str:
    return html.render(sample.document()).decode()


@pytest.fixture(scope="module")
def page(source: str) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(source)


def test_a_page_asks_for_nothing_outside_itself(source: str, page: lxml_html.HtmlElement) -> None:
    addresses = re.findall(r"https?://[^\s\"'<>)]+", source)

    assert set(addresses) <= {"http://www.w3.org/2000/svg"}
    assert not page.xpath("//script | //link | //img | //iframe | //object | //*[@src]")
    assert "url(" not in source
    assert "@import" not in source


def test_a_page_forbids_what_it_does_not_need(page: lxml_html.HtmlElement) -> None:
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")

    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_every_figure_opens_what_stands_behind_it(page: lxml_html.HtmlElement) -> None:
    """X4: a click away, without script."""
    asked = set(page.xpath("//button[contains(@class, 'fig')]/@popovertarget"))
    answers = set(page.xpath("//div[@popover]/@id"))

    assert asked == answers
    assert len(asked) >= 15


def test_an_answer_gives_definition_n_range_and_edition(page: lxml_html.HtmlElement) -> None:
    target = page.xpath("//h1//button/@popovertarget")[0]
    (answer,) = page.xpath(f"//div[@id='{target}']")

    assert {"Definition", "n", "Missing", "Range", "As at", "Edition"} <= set(
        answer.xpath(".//dt/text()")
    )


def test_ids_are_used_once(page: lxml_html.HtmlElement) -> None:
    repeated = [name for name, count in Counter(page.xpath("//@id")).items() if count > 1]

    assert repeated == []


def test_headings_step_down_one_at_a_time_from_one_first_heading(
    page: lxml_html.HtmlElement,
) -> None:
    """X7."""
    levels = [int(element.tag[1]) for element in page.xpath("//h1 | //h2 | //h3 | //h4 | //h5")]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_page_has_landmarks_a_skip_link_and_a_language(page: lxml_html.HtmlElement) -> None:
    assert page.get("lang") == "en"
    assert page.xpath("//a[@class='skip']/@href") == ["#main"]
    assert len(page.xpath("//main[@id='main']")) == len(page.xpath("//div/header")) == 1
    assert len(page.xpath("//footer")) == 1


def test_every_table_says_what_its_cells_belong_to(page: lxml_html.HtmlElement) -> None:
    for table in page.xpath("//main//table"):
        heads = table.xpath(".//thead//th")
        assert heads
        assert all(head.get("scope") == "col" for head in heads)
        assert all(head.get("scope") == "row" for head in table.xpath(".//tbody//th"))


def test_every_chart_has_its_rows_folded_beside_it(page: lxml_html.HtmlElement) -> None:
    charts = page.xpath("//figure[contains(@class, 'chart')]")

    assert len(charts) == len(sample.CHARTS)
    assert all(chart.xpath("./details//table") for chart in charts)


def test_an_invented_company_says_so_at_the_top_and_at_the_foot(
    page: lxml_html.HtmlElement,
) -> None:
    """X9."""
    assert "invented company" in page.xpath("//p[@class='invented']")[0].text_content()
    assert "an invented company" in page.xpath("//footer")[0].text_content()


def test_the_foot_has_class_date_edition_and_composition(page: lxml_html.HtmlElement) -> None:
    foot = page.xpath("//footer")[0].text_content()

    for words in ("For management", "as at 30 April 2026", "Edition 7f3a 19c2", "Composition "):
        assert words in foot


def test_a_judgement_is_marked_where_it_stands(page: lxml_html.HtmlElement) -> None:
    """RULE-20."""
    marked = [
        element.getparent().text_content() for element in page.xpath("//span[@class='state']")
    ]

    assert len(marked) == 1
    assert "sooner. our judgement" in marked[0]


def test_no_line_is_broken_between_a_figure_and_the_brackets_around_it() -> None:
    claim = Claim("It cost more ({first}, they say).", first=sample.FIRST_COST)
    section = Section(lead=claim, blocks=())
    page = lxml_html.fromstring(html.render(replace(sample.document(), sections=(section,))))
    heading = page.xpath("//h1[contains(., 'It cost more')]")[0]

    held = heading.xpath(".//span[@class='unbroken']")
    assert held[0].text_content() == "(18%,"
    assert heading.text_content().strip() == "It cost more (18%, they say)."


def test_what_closes_a_name_is_not_held_to_all_of_the_name() -> None:
    """A long list of names that ends a sentence has to break, or the page is wider than any screen."""
    claim = Claim(
        "It asks {who}. Nobody answers.", who=Name("whoever leads a project, or might " * 9)
    )
    section = Section(lead=claim, blocks=())
    page = lxml_html.fromstring(html.render(replace(sample.document(), sections=(section,))))

    assert page.xpath("//h1[contains(., 'Nobody answers')]")
    assert page.xpath("//span[@class='unbroken']") == []


def test_words_of_a_user_are_never_read_as_markup() -> None:
    evil = "<script>alert(“x”)</script>"
    document = Document(
        code="D7",
        title=evil,
        organisation=evil,
        sections=(
            Section(
                lead=Claim(evil),
                kicker=evil,
                blocks=(Statement(claims=(Claim(evil),), margin=(evil,)),),
            ),
        ),
        edition="e",
    )

    assert b"<script" not in html.render(document)


def test_the_same_document_gives_the_same_bytes() -> None:
    assert html.render(sample.document()) == html.render(sample.document())


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "panel", "wash"])
def test_words_keep_the_contrast_of_wcag_aa(palette: dict[str, str], ground: str) -> None:
    """X7: 4.5:1 for words; 3:1 for what is drawn."""
    for ink in ("ink", "ink-2", "accent"):
        assert _contrast(palette[ink], palette[ground]) >= 4.5, ink
    assert _contrast(palette["edge"], palette["paper"]) >= 3
    assert _contrast(palette["mute-dot"], palette["paper"]) >= 3
    assert _contrast(palette["on-accent"], palette["accent"]) >= 4.5
