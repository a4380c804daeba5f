"""The deck: one finding a slide, native charts with their data, on our template or the user's."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest
from lxml import etree
from openpyxl.utils.datetime import to_excel

from boardpaper.blocks import ChartBlock, Column, Document, Section, Statement, Table
from boardpaper.chart import Chart
from boardpaper.claim import Claim
from boardpaper.composition import composition_hash
from boardpaper.render import pptx
from boardpaper.render.deck.fitting import LEADING, lines, width
from boardpaper.tests import deck as looked_at
from boardpaper.tests import sample
from boardpaper.tests.deck import C, chart_parts, native_charts, opened
from boardpaper.wording import plain, short_hash
from trackrecord.errors import UnreadableSource

DOCUMENT = sample.document()
DEMANDING = looked_at.demanding_document()
EMU_PER_POINT = 12_700


@pytest.fixture(scope="module")
def deck() -> bytes:
    return pptx.render(DOCUMENT)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return looked_at.their_template(tmp_path_factory.mktemp("theirs") / "theirs.pptx")


@pytest.fixture(scope="module")
def theirs(template: Path) -> bytes:
    return pptx.render(DOCUMENT, template=template)


def titles(deck: bytes) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in opened(deck).slides]


def words_on(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def with_chart(chart: Chart) -> Document:
    section = Section(lead=Claim("One finding"), blocks=(ChartBlock(chart=chart),))
    return replace(DOCUMENT, sections=(section,))


# Slides ------------------------------------------------------------------------------------


def test_d1_each_finding_of_the_body_is_the_title_of_a_slide_in_order(deck: bytes) -> None:
    findings = [plain(section.lead) for section in DOCUMENT.body if section.in_deck]

    assert titles(deck)[: len(findings)] == findings


def test_a_finding_that_only_the_paper_has_in_its_body_follows_in_the_appendix() -> None:
    first, second, *rest = DOCUMENT.sections
    document = replace(DOCUMENT, sections=(replace(first, in_deck=False), second, *rest))
    made = pptx.render(document)

    assert titles(made).index(plain(first.lead)) > titles(made).index(plain(second.lead))
    slide = opened(made).slides[titles(made).index(plain(first.lead))]
    assert "Appendix" in words_on(slide)


def test_what_has_no_room_beside_two_charts_gets_a_slide_of_its_own_that_is_named(
    deck: bytes,
) -> None:
    slides = opened(deck).slides
    number = titles(deck).index("Status reports saw little of it") + 1
    crowded = slides[titles(deck).index("No unit stands out.")]

    assert f"More on slide {number}." in words_on(crowded)
    assert any(shape.has_table for shape in slides[number - 1].shapes)


def test_every_slide_prints_class_edition_and_the_hash_of_the_composition(
    deck: bytes, theirs: bytes
) -> None:
    for made in (deck, theirs):
        for slide in opened(made).slides:
            printed = words_on(slide)
            assert short_hash(composition_hash(DOCUMENT)) in printed
            assert short_hash(DOCUMENT.edition) in printed
            assert "an invented company" in printed
            assert "For management" in printed


def test_findings_are_set_in_the_serif_of_the_theme(deck: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(deck)) as package:
        master = package.read("ppt/slideMasters/slideMaster1.xml").decode()
        theme = package.read("ppt/theme/theme1.xml").decode()

    assert "<p:titleStyle>" in master
    assert "+mj-lt" in master.split("<p:titleStyle>")[1].split("</p:titleStyle>")[0]
    assert re.search(r'<a:majorFont>\s*<a:latin typeface="Palatino Linotype"', theme)


def test_no_type_is_ever_shrunk_to_fit(deck: bytes, theirs: bytes) -> None:
    for made in (deck, theirs, pptx.render(DEMANDING)):
        with zipfile.ZipFile(io.BytesIO(made)) as package:
            slides = [
                package.read(name).decode()
                for name in package.namelist()
                if name.startswith("ppt/slides/slide")
            ]
        assert [xml for xml in slides if "normAutofit" in xml or "fontScale" in xml] == []
        sizes = {int(size) for xml in slides for size in re.findall(r'\bsz="(\d{3,4})"', xml)}
        assert min(sizes) >= 900


@pytest.mark.parametrize("on", ["ours", "theirs"])
@pytest.mark.parametrize("document", [DOCUMENT, DEMANDING], ids=["sample", "demanding"])
def test_nothing_overlaps_or_leaves_the_slide(document: Document, on: str, template: Path) -> None:
    made = opened(pptx.render(document, template=template if on == "theirs" else None))

    for number, slide in enumerate(made.slides, 1):
        boxes = [box for shape in slide.shapes if (box := extent(shape)) is not None]
        for name, (left, top, right, bottom) in boxes:
            assert left >= -1, (number, name)
            assert top >= -1, (number, name)
            assert right <= made.slide_width + EMU_PER_POINT, (number, name)
            assert bottom <= made.slide_height + EMU_PER_POINT, (number, name)
        for (one, a), (other, b) in combinations(boxes, 2):
            across = min(a[2], b[2]) - max(a[0], b[0])
            down = min(a[3], b[3]) - max(a[1], b[1])
            assert min(across, down) <= 4 * EMU_PER_POINT, (number, one, other)


def test_on_a_users_template_words_have_the_room_of_the_widest_face(template: Path) -> None:
    """Its fonts are not known here: type that is set as if it were slim runs over what is below it."""
    for document in (DOCUMENT, DEMANDING):
        for slide in opened(pptx.render(document, template=template)).slides:
            for shape in slide.shapes:
                if shape.has_text_frame and not shape.is_placeholder:
                    assert taken(shape) <= shape.height / EMU_PER_POINT + 2, shape.text_frame.text


def taken(shape: Any) -> float:
    """Points that the words of a text box take in a face as wide as any."""
    paragraphs = [each for each in shape.text_frame.paragraphs if each.runs]
    points = sum(each.space_after.pt for each in paragraphs[:-1])
    for each in paragraphs:
        size = each.runs[0].font.size.pt
        room = shape.width / EMU_PER_POINT - 36 * each.level
        points += lines(each.text, room, size) * size * LEADING
    return float(points)


# What DejaVu Sans and DejaVu Serif, which Linux falls back to, take of a line at one point.
FALLEN_BACK: Final = {
    "What we will do is aimed at 53% of the money lost; for technology or integration complexity (8%) "
    "nobody has an answer.": (60.83, 61.33),
    "The causes with the most money behind them are uncontrolled scope change (15%) and late or missing "
    "sponsor decision (14%); for 29% of the money no cause is known.": (85.70, 86.25),
}


@pytest.mark.parametrize("words", FALLEN_BACK)
def test_words_have_room_also_where_neither_face_of_the_deck_is_installed(words: str) -> None:
    sans, serif = FALLEN_BACK[words]

    assert width(words, 1.0, face="sans") >= sans
    assert width(words, 1.0, face="serif") >= serif


def test_no_slide_is_empty_under_its_title_however_low_it_is(tmp_path: Path) -> None:
    low = looked_at.their_template(tmp_path / "low.pptx", height=6.6)
    dots = replace(sample.cost_dots(), finding=Claim(looked_at.LONG_FINDING))
    charts = (ChartBlock(chart=dots), ChartBlock(chart=sample.causes_pareto()))
    section = Section(lead=Claim(f"{looked_at.LONG_FINDING} and more"), blocks=charts)

    made = opened(pptx.render(replace(DOCUMENT, sections=(section,)), template=low))

    assert [
        slide for slide in made.slides if not any(each.has_chart for each in slide.shapes)
    ] == []
    assert looked_at.LONG_FINDING in made.slides[0].notes_slide.notes_text_frame.text


def test_short_lists_of_the_appendix_share_a_slide_and_each_has_its_heading() -> None:
    table = Table(columns=(Column(name="Unit"),), rows=(("North",), ("South",)))
    lists = [
        Section(lead=Claim(lead), blocks=(table,), kicker=kicker, appendix=True)
        for lead, kicker in (
            ("Units joined.", "Appendix · units"),
            ("Files came.", "Appendix · files"),
        )
    ]
    made = opened(pptx.render(replace(DOCUMENT, sections=(DOCUMENT.sections[0], *lists))))
    shared = made.slides[len(made.slides) - 1]

    assert shared.shapes.title.text_frame.text == "Units joined."
    assert "Files came." in words_on(shared)
    assert "Appendix · units · files" in words_on(shared)
    assert sum(shape.has_table for shape in shared.shapes) == 2


def test_a_few_sentences_each_share_a_slide_in_the_body_and_keep_their_order() -> None:
    told = [
        Section(
            kicker=f"Part {n}",
            lead=Claim(f"Finding {n}"),
            blocks=(Statement(claims=(Claim("Short."),)),),
        )
        for n in ("one", "two", "three")
    ]
    table = Table(columns=(Column(name="What"),), rows=(("one",),))
    between = Section(kicker="Listed", lead=Claim("A table"), blocks=(table,))
    deck = taken_apart([*told[:2], between, told[2]])

    assert titles(deck) == ["Finding one", "A table", "Finding three"]
    first = words_on(opened(deck).slides[0])
    assert "Part one · Part two" in first
    assert first.index("Finding one") < first.index("Finding two")


def test_a_table_that_goes_on_says_that_it_does() -> None:
    long = Table(columns=(Column(name="What"),), rows=tuple((f"row {n}",) for n in range(20)))
    deck = taken_apart([Section(kicker="List", lead=Claim("Twenty rows"), blocks=(long,))])

    assert "Appendix · List, continued" in words_on(opened(deck).slides[1])


def taken_apart(sections: list[Section]) -> bytes:
    return pptx.render(replace(DOCUMENT, sections=tuple(sections)))


def test_an_empty_cell_is_no_higher_than_a_full_one() -> None:
    table = Table(columns=(Column(name="A"), Column(name="B")), rows=(("word", ""),))
    deck = taken_apart([Section(lead=Claim("Finding"), blocks=(table,))])
    slide = opened(deck).slides[0]
    (shape,) = (each for each in slide.shapes if each.has_table)
    (empty,) = shape.table.cell(1, 1).text_frame.paragraphs

    assert shape.table.cell(1, 1).text == ""
    (ending,) = empty._p.findall(f"{looked_at.A}endParaRPr")
    assert ending.get("sz") == "1400"


def extent(shape: Any) -> tuple[str, tuple[int, int, int, int]] | None:
    """Name and edges of a shape; None for the bar beside what is asked, which touches its words."""
    if shape.name == "Rule":
        return None
    height = shape.height
    if shape.has_table:
        height = sum(row.height for row in shape.table.rows)
    return shape.name, (shape.left, shape.top, shape.left + shape.width, shape.top + height)


def test_sentences_that_have_no_room_stand_in_the_notes_and_the_slide_says_so() -> None:
    made = pptx.render(DEMANDING)
    slide = next(each for each in opened(made).slides if "Asked of the board" in words_on(each))
    notes = slide.notes_slide.notes_text_frame.text

    assert "More in the notes." in words_on(slide)
    assert "Not on the slide:" in notes
    on_slide = words_on(slide).count("A sentence that goes on")
    assert 0 < on_slide < 14
    assert notes.split("Not on the slide:")[1].count("A sentence that goes on") == 14 - on_slide


def test_a_long_table_goes_on_over_slides_then_says_how_many_rows_are_left() -> None:
    made = opened(pptx.render(DEMANDING))
    tables = [shape.table for slide in made.slides for shape in slide.shapes if shape.has_table]
    rows = [row.cells[0].text_frame.text for table in tables for row in list(table.rows)[1:]]

    assert rows == [f"P-{number:03d}" for number in range(len(rows))]
    assert len(tables) == 4
    assert f"{100 - len(rows)} more rows in the paper." in words_on(made.slides[-1])


def test_notes_say_who_stands_behind_each_figure(deck: bytes) -> None:
    slides = opened(deck).slides

    for slide, section in zip(slides, DOCUMENT.body, strict=False):
        notes = slide.notes_slide.notes_text_frame.text
        if section.lead.figures:
            assert "Says who?" in notes
    first = slides[0].notes_slide.notes_text_frame.text
    assert "18% – cost overrun, median, against the first baseline" in first
    assert "n: 57 of 64" in first
    assert "Range: 11% to 23%, 95% interval" in first


def test_what_is_set_aside_stands_in_the_notes(deck: bytes) -> None:
    slide = opened(deck).slides[titles(deck).index(plain(DOCUMENT.body[4].lead))]

    assert "Most projects end a little above what was approved" in (
        slide.notes_slide.notes_text_frame.text
    )


# Charts ------------------------------------------------------------------------------------


def test_charts_are_native_and_bear_no_legend(deck: bytes) -> None:
    charts = list(native_charts(deck))
    pictures = [
        shape
        for slide in opened(deck).slides
        for shape in slide.shapes
        if shape.shape_type is not None and "PICTURE" in str(shape.shape_type)
    ]

    # Seven charts in the body: dots and run have two panels of their own in two cases.
    assert len(charts) == 9
    assert not any(chart.has_legend for chart in charts)
    assert len(pictures) == 1  # the diagram


def test_every_chart_says_what_it_shows_to_those_who_cannot_see_it(deck: bytes) -> None:
    described = [
        shape.element.xpath(".//p:cNvPr")[0].get("descr")
        for slide in opened(deck).slides
        for shape in slide.shapes
        if shape.has_chart
    ]

    assert sample.cost_dots().alternative in described
    assert all(described)


@pytest.mark.parametrize(
    "chart",
    [*(make() for make in sample.CHARTS), *looked_at.demanding_charts().values()],
    ids=[*(make.__name__ for make in sample.CHARTS), *looked_at.demanding_charts()],
)
def test_what_a_chart_draws_is_what_its_workbook_holds(chart: Chart) -> None:
    """Every cell a series refers to holds the number the chart shows: "Edit data" changes nothing."""
    for native in native_charts(pptx.render(with_chart(chart))):
        book = openpyxl.load_workbook(
            io.BytesIO(native.part.chart_workbook.xlsx_part.blob), data_only=True
        )
        sheet = book["Sheet1"]
        references = list(native.element.iter(f"{C}numRef", f"{C}strRef"))
        assert references
        for reference in references:
            cells = re.sub(r"^Sheet1!|\$", "", reference.findtext(f"{C}f"))
            stated = sheet[cells] if ":" in cells else ((sheet[cells],),)
            shown = {
                int(point.get("idx")): point.findtext(f"{C}v") for point in reference.iter(f"{C}pt")
            }
            for index, (cell,) in enumerate(stated):
                if index in shown and reference.tag == f"{C}numRef":
                    value = cell.value
                    serial = to_excel(value) if isinstance(value, datetime) else value
                    assert float(shown[index]) == pytest.approx(serial)
                elif index in shown:
                    assert shown[index] == str(cell.value).replace("_x000B_", " ").replace(
                        "\x0b", " "
                    )
                else:
                    assert cell.value is None or len(stated) > len(shown)


def test_ranges_remain_data(deck: bytes) -> None:
    chart = next(native_charts(pptx.render(with_chart(sample.units_intervals()))))
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    columns = {
        column[0].value: [cell.value for cell in column[1:6]] for column in book["Sheet1"].columns
    }

    assert columns["Low"] == [-0.02, 0.03, 0.11, -0.21, None]
    assert columns["High"] == [0.24, 0.27, 0.46, 0.72, None]
    # The line of a range takes its ends from those cells.
    low, high = (
        {
            cell.column_letter
            for column in book["Sheet1"].columns
            for cell in column[:1]
            if cell.value == name
        }.pop()
        for name in ("Low", "High")
    )
    assert columns["Range, along"][:2] == [f"={low}2", f"={high}2"]


def test_a_project_keeps_its_file_and_row_in_the_chart() -> None:
    chart = next(native_charts(pptx.render(with_chart(sample.cost_dots()))))
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    rows = list(book["Sheet1"].iter_rows(values_only=True))
    place = rows[0].index("File and row")

    by_project = {row[0]: row[place] for row in rows[1:] if row[0]}
    assert by_project["P-004"] == "register-2025.xlsx, row 7"


def test_a_value_beyond_the_axis_stands_at_its_end_and_keeps_its_number() -> None:
    chart = next(native_charts(pptx.render(with_chart(sample.cost_dots()))))
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    rows = list(book["Sheet1"].iter_rows(values_only=True))
    stated, drawn = rows[0].index("Against the first approval"), rows[0].index("Drawn at")

    values = {row[0]: (row[stated], row[drawn]) for row in rows[1:] if row[0]}
    assert values["P-004"] == (1.64, 1.0)
    assert "2 beyond, to +164%" in "".join(chart.element.itertext())


def test_charts_and_slides_take_their_colours_from_the_theme_alone(deck: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(deck)) as package:
        drawn = {
            name: package.read(name)
            for name in package.namelist()
            if re.match(r"ppt/(charts|slides)/[a-z]+\d+\.xml", name)
        }

    assert [name for name, xml in drawn.items() if b"srgbClr" in xml] == []
    accented = [name for name, xml in drawn.items() if "chart" in name and b'"accent1"' in xml]
    assert len(accented) >= 7  # the others are the muted half of a comparison


# ECMA-376, part 1, 21.2: PowerPoint offers to "repair" a chart whose elements come in another order.
ORDER = {
    "chartSpace": "date1904 lang roundedCorners style clrMapOvr protection chart spPr txPr externalData",
    "chart": "title autoTitleDeleted plotArea legend plotVisOnly dispBlanksAs",
    "plotArea": "layout scatterChart barChart catAx valAx spPr",
    "scatterChart": "scatterStyle varyColors ser dLbls axId",
    "barChart": "barDir grouping varyColors ser dLbls gapWidth overlap axId",
    "ser": "idx order tx spPr marker invertIfNegative dPt dLbls trendline errBars cat val xVal yVal smooth",
    "dLbl": "idx delete layout tx numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName "
    "showPercent showBubbleSize",
    "dLbls": "dLbl numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent "
    "showBubbleSize",
    "marker": "symbol size spPr",
    "scaling": "logBase orientation max min",
    "valAx": "axId scaling delete axPos majorGridlines title numFmt majorTickMark minorTickMark tickLblPos "
    "spPr txPr crossAx crosses crossesAt crossBetween majorUnit",
    "catAx": "axId scaling delete axPos majorGridlines title numFmt majorTickMark minorTickMark tickLblPos "
    "spPr txPr crossAx crosses crossesAt auto lblAlgn lblOffset tickLblSkip noMultiLvlLbl",
}


def test_charts_keep_the_order_of_elements_that_powerpoint_asks_for() -> None:
    for name, space in chart_parts(pptx.render(DEMANDING)).items():
        for element in [space, *space.iter()]:
            known = ORDER.get(etree.QName(element).localname)
            if known is None or not str(element.tag).startswith(C):
                continue
            ranks = [known.split().index(etree.QName(child).localname) for child in element]
            assert ranks == sorted(ranks), (name, element.tag)


def test_a_chart_with_more_rows_than_room_says_so_and_keeps_them_all() -> None:
    made = pptx.render(with_chart(looked_at.demanding_charts()["forty rows"]))
    slide = opened(made).slides[0]
    book = openpyxl.load_workbook(
        io.BytesIO(next(native_charts(made)).part.chart_workbook.xlsx_part.blob)
    )

    assert re.search(r"\d+ more rows stand in the chart’s data\.", words_on(slide))
    assert [cell.value for cell in book["Sheet1"]["A"][1:41]] == [f"Unit {n}" for n in range(40)]


# The user's template --------------------------------------------------------------------------


def test_a_users_template_gives_layout_size_and_colours(theirs: bytes, template: Path) -> None:
    made = opened(theirs)

    assert {slide.slide_layout.name for slide in made.slides} == {looked_at.THEIR_LAYOUT}
    assert (made.slide_width, made.slide_height) == (9_144_000, 6_858_000)
    with zipfile.ZipFile(io.BytesIO(theirs)) as package:
        themes = b"".join(package.read(n) for n in package.namelist() if "theme/theme" in n)
    assert looked_at.THEIR_ACCENT.encode() in themes


def test_a_users_template_leaves_nothing_of_its_own_slides(theirs: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(theirs)) as package:
        names = package.namelist()
        everything = b"".join(package.read(name) for name in names)

    count = len(opened(theirs).slides)
    assert len([name for name in names if re.fullmatch(r"ppt/slides/slide\d+\.xml", name)]) == count
    assert (
        len([n for n in names if re.fullmatch(r"ppt/notesSlides/notesSlide\d+\.xml", n)]) == count
    )
    assert looked_at.LEFT_BEHIND.encode() not in everything
    assert b"Whoever made the template" not in everything


def test_no_part_of_the_deck_is_an_orphan(deck: bytes, theirs: bytes) -> None:
    for made in (deck, theirs):
        with zipfile.ZipFile(io.BytesIO(made)) as package:
            names = set(package.namelist())
            targets = set(related(package))
        parts = {
            name for name in names if not name.endswith(".rels") and name != "[Content_Types].xml"
        }
        assert parts - targets == set()


def related(package: zipfile.ZipFile) -> Iterator[str]:
    """Every part that another one, or the package, refers to."""
    for name in package.namelist():
        if not name.endswith(".rels"):
            continue
        folder = Path(name).parent.parent
        for relation in etree.fromstring(package.read(name)):
            target = relation.get("Target")
            path = Path(target[1:]) if target.startswith("/") else folder / target
            parts: list[str] = []
            for part in path.parts:
                if part == "..":
                    parts.pop()
                else:
                    parts.append(part)
            yield "/".join(parts)


def test_a_template_that_serves_passes_the_check(template: Path) -> None:
    before = template.read_bytes()

    pptx.check_template(template)

    assert template.read_bytes() == before


def test_a_file_that_is_no_presentation_is_refused_in_one_sentence(tmp_path: Path) -> None:
    for name, content in (("notes.pptx", b"Dear all,"), ("empty.pptx", b""), ("zip.pptx", _zip())):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(
            UnreadableSource, match=f"{name}: this is not a PowerPoint presentation"
        ):
            pptx.check_template(tmp_path / name)


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("hello.txt", "hello")
    return out.getvalue()


def test_a_template_with_a_password_is_refused_in_one_sentence(tmp_path: Path) -> None:
    locked = tmp_path / "locked.pptx"
    locked.write_bytes(
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + "EncryptedPackage".encode("utf-16-le")
    )

    with pytest.raises(UnreadableSource, match=r"locked\.pptx: .* protected by a password"):
        pptx.check_template(locked)


def test_a_template_without_a_title_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path = looked_at.untitled_template(tmp_path / "untitled.pptx")

    with pytest.raises(UnreadableSource, match="none of its layouts has a place for a title"):
        pptx.check_template(path)


def test_a_template_that_is_not_there_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match=r"gone\.pptx: the template cannot be opened"):
        pptx.check_template(tmp_path / "gone.pptx")


# LibreOffice -----------------------------------------------------------------------------------


def test_libreoffice_opens_every_slide(deck: bytes, theirs: bytes, tmp_path: Path) -> None:
    for name, made in (("ours", deck), ("theirs", theirs)):
        file = tmp_path / f"{name}.pptx"
        file.write_bytes(made)
        assert looked_at.pages(file, tmp_path) == len(opened(made).slides)
