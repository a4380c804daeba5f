"""A document as DOCX, for those who must edit: Word's own styles, or the user's template's.

Styles are taken by name ("Heading 1", "Caption", "Quote"); where a template lacks one, its plain text
serves.  Charts go in as pictures with their words for those who cannot see them, since Word has no chart
that every reader opens; their rows follow at the end.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import docx
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_UNDERLINE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.text.paragraph import Paragraph
from lxml import etree

from boardpaper.blocks import (
    Ask,
    Block,
    ChartBlock,
    Checklist,
    Diagram,
    Document,
    Quotation,
    Section,
    Statement,
    Table,
)
from boardpaper.chart import Chart
from boardpaper.claim import Claim
from boardpaper.composition import composition_hash
from boardpaper.paper import Backed, Imprint, appendix, body, imprint
from boardpaper.render.as_text import backing_words, writable
from boardpaper.render.ink import PRINT
from boardpaper.render.settle import EPOCH, settle
from boardpaper.render.svg import chart_table, png, standing_alone
from boardpaper.render.typesetting import compile_png
from boardpaper.wording import FigureRun, Run, Text, cell, plain, sentence, state, word
from trackrecord.errors import UnreadableSource

# A chart's rows are a help beside the picture; all of them stand in figures.xlsx.
ROWS_OF_A_CHART: Final = 30
_DIAGRAM_WIDTH: Final = 760
_A4: Final = int(Cm(21.0))
# Letters that a column of a table asks for, at least and at most.
_SHORTEST: Final = 9
_LONGEST: Final = 36
# The styles of a paper, by the names that Word gives them.
STYLES: Final = (
    "Title",
    "Subtitle",
    "Heading 1",
    "Heading 2",
    "Heading 3",
    "Heading 4",
    "Caption",
    "Quote",
    "Intense Quote",
    "Footer",
)
_SERIF: Final = "Palatino Linotype"
_SANS: Final = "Calibri"
_MARKS: Final = {True: "Done", False: "Not yet", None: "Not known"}
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_INK: Final = RGBColor.from_string(PRINT["ink"].removeprefix("#").upper())
_QUIET: Final = RGBColor.from_string(PRINT["ink-2"].removeprefix("#").upper())
_ACCENT: Final = RGBColor.from_string(PRINT["accent"].removeprefix("#").upper())
_HAIR: Final = PRINT["hair"].removeprefix("#").upper()
_UNWANTED_PARTS: Final = ("/extended-properties", "/thumbnail")


def render(document: Document, *, template: Path | None = None) -> bytes:
    """The document as a .docx file; the same document and template give the same bytes.

    template: a .docx whose styles, page and letterhead are used; its text is left out.  Raises
    UnreadableSource for one that cannot serve.
    """
    written = _Written(_house_style() if template is None else _opened(template), document.language)
    printed = imprint(document, composition_hash(document))
    written.opening(document, printed)
    for index, section in enumerate(body(document)):
        written.section(section, level=1 if index == 0 else 2)
    extra = appendix(document)
    if extra:
        written.heading("Appendix", level=1)
    for section in extra:
        written.section(section, level=3)
    written.rows_of_charts()
    written.backing()
    _foot(written.out, printed)
    _state_properties(written.out, document)
    out = io.BytesIO()
    written.out.save(out)
    return settle(out.getvalue(), at=document.issued_at)


def check_template(path: Path) -> None:
    """Raise UnreadableSource where `path` cannot serve as a template; one sentence says why."""
    _opened(path)


def lacking(path: Path) -> tuple[str, ...]:
    """What a template that can serve has no style for; a sentence, or none.

    Raises UnreadableSource where it cannot serve at all.
    """
    known = {style.name for style in _opened(path).styles}
    missing = [name for name in STYLES if name not in known]
    if not missing:
        return ()
    listed = ", ".join(f"“{name}”" for name in missing)
    return (f"It has no style {listed}; its plain text serves there.",)


def _opened(template: Path) -> Word:
    """The user's template without its text; its last section, letterhead and styles stay."""
    try:
        content = template.read_bytes()
    except OSError as error:
        raise UnreadableSource(
            file=template.name,
            why="the template cannot be opened",
            todo="Check that it is there and that you may read it.",
        ) from error
    if content.startswith(_OLE):
        raise UnreadableSource(
            file=template.name,
            why="the template is protected by a password, or older than .docx",
            todo="Save a copy as .docx without the password and give that.",
        )
    try:
        opened = docx.Document(io.BytesIO(content))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise UnreadableSource(
            file=template.name,
            why="this is not a Word document",
            todo="Save the template as .docx in Word and give that.",
        ) from error
    text = opened.element.body
    for child in list(text):
        if child.tag != qn("w:sectPr"):
            text.remove(child)
    return opened


def _house_style() -> Word:
    """Word's own styles in our type and colours, on A4."""
    out = docx.Document()
    page = out.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin, page.right_margin = Cm(2.6), Cm(2.6)
    page.top_margin, page.bottom_margin = Cm(2.4), Cm(2.2)
    for name, face, size, colour, before, after in (
        ("Normal", _SERIF, 11.0, _INK, 0, 7),
        ("Title", _SERIF, 26.0, _INK, 0, 2),
        ("Subtitle", _SANS, 10.0, _QUIET, 0, 18),
        ("Heading 1", _SERIF, 20.0, _INK, 10, 6),
        ("Heading 2", _SERIF, 15.0, _INK, 18, 5),
        ("Heading 3", _SERIF, 12.5, _INK, 14, 4),
        ("Heading 4", _SERIF, 11.5, _INK, 10, 3),
        ("Caption", _SANS, 9.0, _QUIET, 2, 8),
        ("Quote", _SERIF, 11.5, _INK, 6, 8),
        ("Intense Quote", _SERIF, 12.0, _INK, 8, 8),
        ("Footer", _SANS, 8.0, _QUIET, 0, 0),
    ):
        style: Any = out.styles[name]
        font = style.font
        font.name, font.size, font.bold = face, Pt(size), False
        font.italic = name == "Quote"
        font.color.rgb = colour
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        faces = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            faces.attrib.pop(qn(f"w:{theme}"), None)
        for kind in ("ascii", "hAnsi", "cs"):
            faces.set(qn(f"w:{kind}"), face)
        for spread in style.element.rPr.findall(qn("w:spacing")):
            style.element.rPr.remove(spread)
        for border in style.element.findall(f".//{qn('w:pBdr')}"):
            border.getparent().remove(border)
    asked: Any = out.styles["Intense Quote"]
    asked.paragraph_format.left_indent = asked.paragraph_format.right_indent = Cm(0)
    asked.element.pPr.append(
        parse_xml(
            f"<w:pBdr {nsdecls('w')}><w:left w:val='single' w:sz='18' w:space='8' "
            f"w:color='{PRINT['accent'].removeprefix('#').upper()}'/></w:pBdr>"
        )
    )
    _in_order(asked.element.pPr)
    return out


def _in_order(properties: Any) -> None:
    """Word wants a paragraph's border before its spacing."""
    border = properties.find(qn("w:pBdr"))
    spacing = properties.find(qn("w:spacing"))
    if spacing is not None:
        spacing.addprevious(border)


class _Written:
    """A Word document being written, and the figures that it has shown so far."""

    def __init__(self, out: Word, language: str) -> None:
        self.out = out
        self.language = language
        self.backed = Backed()
        self.charts: list[Chart] = []
        self._styles = {style.name for style in out.styles}

    def opening(self, document: Document, printed: Imprint) -> None:
        """Title, and whose, which issue, as at when."""
        self.paragraph([Text(document.title)], "Title")
        about = (printed.company, *printed.head(), printed.issued, f"As at {printed.as_at}")
        parts = [part for part in about if part and part not in (document.title, "As at ")]
        self.paragraph([Text(" · ".join(parts))], "Subtitle")
        if document.invented:
            self.paragraph([Text("Every name and every number here is made up.")], "Caption")

    def section(self, section: Section, *, level: int) -> None:
        """A section: kicker, its finding as heading, its blocks."""
        if section.kicker:
            kicker = self.paragraph([Text(section.kicker)], "Caption", keep=True)
            kicker.paragraph_format.space_before = Pt(18)
            kicker.paragraph_format.space_after = Pt(0)
        heading = self.heading(plain(section.lead, self.language), level=level)
        if section.kicker:
            heading.paragraph_format.space_before = Pt(2)
        for figure in section.lead.figures:
            self.backed.number(figure)
        for block in section.blocks:
            self.block(block, level=min(4, level + 1))

    def block(self, block: Block, *, level: int) -> None:
        """Any of the seven blocks."""
        match block:
            case Statement():
                self.statement(block)
            case ChartBlock(chart=chart):
                self.chart(chart, level)
            case Diagram():
                self.diagram(block, level)
            case Quotation():
                self.quotation(block)
            case Ask():
                self.ask(block)
            case Checklist():
                self.checklist(block, level)
            case Table():
                self.table(block, level)

    def statement(self, block: Statement) -> None:
        """Its claims as one paragraph; its margin as a small one below."""
        runs: list[Run] = []
        for claim in block.claims:
            runs += [*([Text(" ")] if runs else []), *self.runs(claim)]
        self.paragraph(runs, "Normal")
        notes: list[Run] = []
        for note in block.margin:
            notes += [*([Text(" · ")] if notes else []), *self.runs(note)]
        if notes:
            self.paragraph(notes, "Caption")

    def runs(self, claim: Claim | str) -> list[Run]:
        """A claim as runs, with its state behind it where it has one to show."""
        if isinstance(claim, str):
            return [Text(claim)]
        judged = state(claim, self.language)
        return [*sentence(claim, self.language), *([Text(f" ({judged})")] if judged else [])]

    def chart(self, chart: Chart, level: int) -> None:
        """The chart as a picture, and how to read it."""
        self.finding(chart.finding, level)
        self.picture(png(chart), chart.alternative)
        if chart.caption:
            self.paragraph([Text(chart.caption)], "Caption")
        self.charts.append(chart)

    def diagram(self, block: Diagram, level: int) -> None:
        """The diagram as a picture, and the same as a list."""
        self.finding(block.finding, level)
        if block.svg:
            svg = standing_alone(block.svg, width=_DIAGRAM_WIDTH, palette=PRINT)
            content = {"svg": svg, "width": _DIAGRAM_WIDTH, "paper": PRINT["paper"]}
            drawn = compile_png("picture.typ", content, pixels_per_inch=192.0)
            self.picture(drawn, block.alternative)
        for depth, words in block.outline:
            paragraph = self.paragraph([Text(words)], "Normal")
            paragraph.paragraph_format.left_indent = Cm(0.7 * depth)
            paragraph.paragraph_format.space_after = Pt(2)

    def picture(self, content: bytes, alternative: str) -> None:
        """A picture as wide as the text, with its words for those who cannot see it."""
        self.out.add_picture(io.BytesIO(content), width=Emu(self.column))
        shown: Any = self.out.element.body.xpath(".//wp:docPr")[-1]
        shown.set("descr", writable(alternative))
        self.out.paragraphs[-1].paragraph_format.keep_with_next = True

    @property
    def column(self) -> int:
        """The width of the text, as Word counts."""
        page = self.out.sections[-1]
        width, left, right = (
            _A4 if edge is None else int(edge)
            for edge in (page.page_width, page.left_margin, page.right_margin)
        )
        return max(_A4 // 4, width - left - right)

    def quotation(self, block: Quotation) -> None:
        """Somebody's words, and whose."""
        when = word(block.on, "", self.language) if block.on else ""
        by = ", ".join(part for part in (block.said_by, block.context, when) if part)
        self.paragraph([Text(f"“{block.words}”")], "Quote", keep=True)
        self.paragraph([Text(by)], "Caption")

    def ask(self, block: Ask) -> None:
        """What is asked, set off."""
        whom = f" of {block.of}" if block.of else ""
        when = f", by {word(block.by, '', self.language)}" if block.by else ""
        asked = [Text(f"Asked{whom}{when}: "), *sentence(block.request, self.language)]
        self.paragraph(asked, "Intense Quote")
        if block.recommendation is not None:
            self.paragraph([Text("We recommend: "), *self.runs(block.recommendation)], "Normal")

    def checklist(self, block: Checklist, level: int) -> None:
        """Each item with whether it holds, in words."""
        if block.finding is not None:
            self.finding(block.finding, level)
        rows = [[(Text(_MARKS[done]),), tuple(self.runs(words))] for done, words in block.items]
        self.grid((), rows, right=[False, False])

    def table(self, block: Table, level: int) -> None:
        """A table, its finding above and how to read it below."""
        if block.finding is not None:
            self.finding(block.finding, level)
        rows = [
            [
                tuple(self.runs(content))
                if isinstance(content, Claim)
                else cell(content, column.style, self.language)
                for content, column in zip(row, block.columns, strict=True)
            ]
            for row in block.rows
        ]
        self.grid(
            [column.name for column in block.columns],
            rows,
            right=[column.align == "right" for column in block.columns],
            strong=block.highlight,
        )
        if block.note:
            self.paragraph([Text(block.note)], "Caption")

    def rows_of_charts(self) -> None:
        """The rows behind each chart, as far as they are few."""
        if self.charts:
            self.heading("The rows behind the charts", level=1)
        for chart in self.charts:
            self.heading(plain(chart.finding, self.language), level=3)
            header, rows = chart_table(chart)
            shown = rows[:ROWS_OF_A_CHART]
            cells = [[(Text(words),) for words in row] for row in shown]
            self.grid(header, cells, right=[False] * len(header), size=8.5)
            if len(rows) > len(shown):
                more = f"{len(rows) - len(shown):,} more rows stand in the workbook of the figures."
                self.paragraph([Text(more)], "Caption")

    def backing(self) -> None:
        """What stands behind every figure shown, in the order they were met."""
        if not self.backed.figures:
            return
        self.heading("Says who?", level=1)
        note = "What stands behind every figure above. A missing value is left out and counted."
        self.paragraph([Text(note)], "Normal")
        for line in dict.fromkeys(
            backing_words(figure, self.language) for figure in self.backed.figures
        ):
            self.paragraph([Text(line)], "Caption")

    def finding(self, claim: Claim, level: int) -> None:
        """The title of a chart or table."""
        for figure in claim.figures:
            self.backed.number(figure)
        self.heading(plain(claim, self.language), level=level)

    def heading(self, words: str, *, level: int) -> Paragraph:
        """A heading that stays with what follows it."""
        return self.paragraph([Text(words)], f"Heading {level}", keep=True)

    def paragraph(self, runs: Iterable[Run], style: str, *, keep: bool = False) -> Paragraph:
        """A paragraph in a style of that name, or in plain text where there is none."""
        paragraph = self.out.add_paragraph(style=style if style in self._styles else None)
        paragraph.paragraph_format.keep_with_next = True if keep else None
        self.fill(paragraph, runs)
        return paragraph

    def fill(
        self,
        paragraph: Paragraph,
        runs: Iterable[Run],
        *,
        size: float | None = None,
        strong: bool = False,
    ) -> None:
        """Runs into a paragraph; a figure bears the dotted underline and is remembered."""
        for run in runs:
            written = paragraph.add_run(writable(run.text))
            if size is not None:
                written.font.size = Pt(size)
            if strong:
                written.bold = True
            if isinstance(run, FigureRun):
                self.backed.number(run.figure)
                written.font.underline = WD_UNDERLINE.DOTTED
                written.font.color.rgb = _ACCENT

    def grid(
        self,
        header: Sequence[str],
        rows: Sequence[Sequence[Sequence[Run]]],
        *,
        right: Sequence[bool],
        strong: Sequence[int] = (),
        size: float = 9.5,
    ) -> None:
        """A table of hairlines; its header row comes again on every page."""
        table = self.out.add_table(rows=int(bool(header)) + len(rows), cols=len(right))
        grid: Any = self.out.element.body.xpath(".//w:tbl")[-1]
        grid.tblPr.append(
            parse_xml(
                f"<w:tblBorders {nsdecls('w')}>"
                f"<w:bottom w:val='single' w:sz='4' w:color='{_HAIR}'/>"
                f"<w:insideH w:val='single' w:sz='4' w:color='{_HAIR}'/></w:tblBorders>"
            )
        )
        lines = [[(Text(name),) for name in header]] if header else []
        table.autofit = False
        for column, share in zip(table.columns, _shares(header, rows, len(right)), strict=True):
            column.width = Emu(round(self.column * share))
        places = [list(row.cells) for row in table.rows]
        for index, line in enumerate([*lines, *rows]):
            for place, runs, flush in zip(places[index], line, right, strict=True):
                paragraph = place.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(2)
                paragraph.paragraph_format.space_before = Pt(2)
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if flush else None
                head = bool(header) and index == 0
                lit = index - int(bool(header)) in strong
                self.fill(paragraph, runs, size=size, strong=head or lit)
        if header:
            first = grid.tr_lst[0].get_or_add_trPr()
            first.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        for line_xml in grid.tr_lst:
            line_xml.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        spacer = self.out.add_paragraph()
        spacer.paragraph_format.space_after = Pt(4)


def _shares(
    header: Sequence[str], rows: Sequence[Sequence[Sequence[Run]]], columns: int
) -> list[float]:
    """How the columns of a table share its width: by their longest words, within reason."""
    needed = []
    for index in range(columns):
        longest = max((sum(len(run.text) for run in row[index]) for row in rows), default=0)
        name = max((len(part) for part in header[index].split()), default=0) if header else 0
        needed.append(float(min(_LONGEST, max(_SHORTEST, name + 2, longest))))
    return [each / sum(needed) for each in needed]


def _foot(out: Word, printed: Imprint) -> None:
    """What the paper is and which page, below whatever the letterhead has there already."""
    footer = out.sections[-1].footer
    footer.is_linked_to_previous = False
    blank = [each for each in footer.paragraphs if not each.text.strip()]
    paragraph = blank[-1] if blank else footer.add_paragraph()
    if "Footer" in {style.name for style in out.styles}:
        paragraph.style = out.styles["Footer"]
    words = " · ".join((printed.company, *printed.head(), *printed.foot(), "page "))
    paragraph.add_run(writable(words))
    place: Any = footer.part.element.findall(qn("w:p"))
    target = next(each for each in place if "page " in "".join(each.itertext()))
    target.append(
        parse_xml(
            f"<w:fldSimple {nsdecls('w')} w:instr='PAGE'><w:r><w:t>1</w:t></w:r></w:fldSimple>"
        )
    )


def _state_properties(out: Word, document: Document) -> None:
    """What the file says of itself; nothing of whoever made the template."""
    properties = out.core_properties
    properties.title = writable(f"{document.title} – {document.organisation}")
    properties.author = properties.last_modified_by = writable(document.organisation)
    properties.subject = f"{document.code}, edition {document.edition[:12]}"
    properties.comments = properties.keywords = properties.category = ""
    properties.language = document.language
    properties.revision = 1
    properties.created = properties.modified = (document.issued_at or EPOCH).replace(tzinfo=None)
    package = out.part.package
    if package is not None:
        for identifier, relation in list(package.rels.items()):
            if relation.reltype.endswith(_UNWANTED_PARTS):
                del package.rels[identifier]
