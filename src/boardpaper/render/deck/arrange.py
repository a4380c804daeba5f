"""Where the blocks of a section stand on one slide, and which of them do not.

Type has fixed sizes.  What does not fit is handed back: charts, tables and the like get a slide of their own,
sentences go to the notes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.slide import Slide

from boardpaper.blocks import (
    Ask,
    Block,
    ChartBlock,
    Checklist,
    Column,
    Diagram,
    Quotation,
    Statement,
    Table,
)
from boardpaper.claim import Claim
from boardpaper.render.deck import charted, picture, table
from boardpaper.render.deck.box import Box
from boardpaper.render.deck.fitting import Face
from boardpaper.render.deck.words import (
    BESIDE,
    HEADING,
    NOTE,
    READING,
    Paragraph,
    Piece,
    height,
    pieces,
    put,
)
from boardpaper.wording import plain, word

Draw = Callable[[Slide], None]

_GUTTER: Final = 30.0
_GAP: Final = 14.0
_READING_PART: Final = 0.68
# A line of this many points is read with ease; a narrow slide gives it what a margin leaves unused.
_READING_WIDTH: Final = 590.0
_CHART_PART: Final = 0.66
# The most of a slide that sentences may take under two charts.
_UNDER_CHARTS: Final = 0.24
_LEAST_ROWS: Final = 3
_LEAST_PICTURE: Final = 0.6  # of the room's width: smaller, its letters are not read
_LEAST_LINE: Final = 20.0
_RULE: Final = 3.0
MARKS: Final = {True: "Done", False: "Not yet", None: "Not known"}


class Heading(Statement):
    """The finding of a section that shares a slide: its title is the finding of the one above."""


@dataclass(slots=True)
class Arranged:
    """What is drawn on a slide, and what is left over."""

    drawn: list[Draw] = field(default_factory=list)
    over: list[Block] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What blocks need to know of their slide: its title in words, language, and whose template."""

    title: str
    language: str
    own: bool

    @property
    def face(self) -> Face:
        """What is read is set in our serif; in the user's template in its own face for text.

        That face is not known here, so it is given the room of the widest one.
        """
        return "serif" if self.own else "sans"


def arrange(blocks: Sequence[Block], area: Box, page: Page) -> Arranged:
    """The blocks in an area below the title."""
    out = Arranged()
    asks = [block for block in blocks if isinstance(block, Ask)]
    charts = [block for block in blocks if isinstance(block, ChartBlock)]
    others = [block for block in blocks if not isinstance(block, Ask | ChartBlock)]
    if not charts:
        _words_and_tables(blocks, area, page, out)
        return out
    for ask in asks[:1]:
        area = _at_the_foot(ask, area, page, out)
    out.over += asks[1:]
    if len(charts) == 1:
        _one_chart(charts[0], others, area, page, out)
    else:
        _two_charts(charts, others, area, page, out)
    return out


def _one_chart(
    block: ChartBlock, others: Sequence[Block], area: Box, page: Page, out: Arranged
) -> None:
    """The chart in the reading column, sentences beside it."""
    beside = [block for block in others if _goes_beside(block)]
    out.over += [block for block in others if not _goes_beside(block)]
    wide, narrow = area.split(_CHART_PART, _GUTTER)
    around = charted.surround(block.chart, page.title, page.language, face=page.face)
    words = around.above(wide.width) + around.below(wide.width)
    if beside and not charted.fits(block.chart, area.height - words):
        out.over.insert(0, block)
        _words_and_tables(beside, area, page, out)
    elif beside:
        _chart(block, wide, page, out)
        _stacked([_margin_last(beside, page)], narrow, out)
    else:
        _chart(block, area, page, out)


def _two_charts(
    charts: Sequence[ChartBlock], others: Sequence[Block], area: Box, page: Page, out: Arranged
) -> None:
    """Two charts side by side; sentences below them where there is room."""
    said = [block for block in others if isinstance(block, Statement)]
    out.over += [*charts[2:], *(block for block in others if not isinstance(block, Statement))]
    around = [
        charted.surround(block.chart, page.title, page.language, face=page.face)
        for block in charts[:2]
    ]
    halves = area.split(0.5, _GUTTER)
    above = max(words.above(halves[0].width) for words in around)
    below = max(words.below(halves[0].width) for words in around)

    def fit(room: Box) -> bool:
        return all(charted.fits(block.chart, room.height - above - below) for block in charts[:2])

    if not fit(area):
        out.over.insert(0, charts[1])
        _one_chart(charts[0], said, area, page, out)
        return
    sentences = _sentences(said, page, BESIDE)
    taken = height(sentences, area.width)
    if sentences and taken <= area.height * _UNDER_CHARTS and fit(area.above(taken + _GAP)):
        foot = area.foot(taken)
        out.drawn.append(lambda slide: _put(slide, foot, sentences))
        area = area.above(taken + _GAP)
    else:
        out.unsaid += [paragraph.text for paragraph in sentences]
    for half, block in zip(area.split(0.5, _GUTTER), charts, strict=False):
        _chart(block, half, page, out, above=above, below=below)


def _chart(
    block: ChartBlock,
    box: Box,
    page: Page,
    out: Arranged,
    *,
    above: float = 0.0,
    below: float = 0.0,
) -> None:
    """A chart with its words.  above, below: what they take at least, so that neighbours are level."""
    around = charted.surround(block.chart, page.title, page.language, face=page.face)
    above, below = max(above, around.above(box.width)), max(below, around.below(box.width))
    if not charted.fits(block.chart, box.height - above - below) and not out.drawn:
        # Alone on a low slide, under a title that speaks for it; the notes say its finding.
        around = replace(around, heading=())
        above, below = 0.0, around.below(box.width)
    if not charted.fits(block.chart, box.height - above - below):
        out.over.append(block)
        return
    out.drawn.append(
        lambda slide: charted.draw(slide, box, block.chart, around, above=above, below=below)
    )


def _goes_beside(block: Block) -> bool:
    return isinstance(block, Statement | Quotation | Checklist)


def _margin_last(blocks: Sequence[Block], page: Page) -> list[Paragraph]:
    """Sentences for a narrow column: what is said, then n, range and source in small."""
    paragraphs: list[Paragraph] = []
    for block in blocks:
        paragraphs += _paragraphs(block, page, BESIDE)
    return [*paragraphs, *_margin(blocks, page.language)]


def _words_and_tables(blocks: Sequence[Block], area: Box, page: Page, out: Arranged) -> None:
    """A reading column from the top down, with its margin; tables over the whole width."""
    side = [
        *_margin(blocks, page.language),
        *(
            paragraph
            for block in blocks
            if isinstance(block, Quotation)
            for paragraph in _paragraphs(block, page, BESIDE)
        ),
    ]
    wide = any(isinstance(block, Table | Diagram) for block in blocks)
    column, margin = area.split(_READING_PART, _GUTTER)
    if not side and column.width < _READING_WIDTH:
        column = Box(area.left, area.top, min(area.width, _READING_WIDTH), area.height)
    if side and not wide:
        _stacked([side], margin, out)
    elif side:
        out.unsaid += [paragraph.text for paragraph in side]
    reserved = sum(
        _ask_height(block, column.width, page) + _GAP for block in blocks if isinstance(block, Ask)
    )
    cursor = column
    for block in blocks:
        if isinstance(block, Quotation):
            continue
        if isinstance(block, Ask):
            reserved -= _ask_height(block, column.width, page) + _GAP
        room = Box(area.left, cursor.top, area.width, cursor.height) if _is_wide(block) else cursor
        taken = _one(block, room.above(reserved), page, out)
        cursor = cursor.below(taken + _GAP if taken else 0.0)


def _is_wide(block: Block) -> bool:
    return isinstance(block, Table | Diagram)


def _one(block: Block, room: Box, page: Page, out: Arranged) -> float:
    """One block at the top of a room; returns the height it takes, 0 where it does not fit."""
    match block:
        case Table():
            return _table(block, room, page, out)
        case Diagram():
            return _diagram(block, room, page, out)
        case Checklist():
            return _table(_as_table(block), room, page, out)
        case Ask():
            return _ask(block, room, page, out)
        case _:
            return _stacked([_paragraphs(block, page, READING)], room, out)


def _stacked(groups: Sequence[Sequence[Paragraph]], room: Box, out: Arranged) -> float:
    """Paragraphs from the top down, as many as fit; the others are for the notes."""
    kept: list[Paragraph] = []
    taken = 0.0
    for paragraphs in groups:
        for paragraph in paragraphs:
            needed = paragraph.height(room.width)
            if taken + needed - paragraph.after <= room.height and not out.unsaid:
                kept.append(paragraph)
                taken += needed
            else:
                out.unsaid.append(paragraph.text)
    if kept:
        box = room.head(taken)
        out.drawn.append(lambda slide: _put(slide, box, kept))
    return taken


def _put(slide: Slide, box: Box, paragraphs: Sequence[Paragraph]) -> None:
    put(slide, box, paragraphs, name="Text")


def _paragraphs(block: Block, page: Page, size: float) -> list[Paragraph]:
    """A block of sentences as paragraphs of a size."""
    match block:
        case Heading(claims=(claim,)):
            words = (Piece(plain(claim, page.language), "strong"),)
            return [Paragraph(pieces=words, size=size, face=page.face, after=size * 0.3)]
        case Statement():
            return _sentences([block], page, size)
        case Quotation():
            when = word(block.on, "", page.language) if block.on else ""
            by = ", ".join(part for part in (block.said_by, block.context, when) if part)
            return [
                Paragraph(
                    pieces=(Piece(f"“{block.words}”"),),
                    size=size,
                    face=page.face,
                    italic=True,
                    after=3.0,
                ),
                Paragraph(pieces=(Piece(by, "quiet"),), size=NOTE, after=14.0),
            ]
        case Checklist():
            heading = [_heading(block.finding, page)] if block.finding else []
            return [
                *heading,
                *(
                    Paragraph(
                        pieces=(Piece(f"{MARKS[done]}: ", "quiet"), *pieces(words, page.language)),
                        size=size,
                    )
                    for done, words in block.items
                ),
            ]
        case _:
            return []


def _sentences(blocks: Sequence[Statement], page: Page, size: float) -> list[Paragraph]:
    return [
        Paragraph(pieces=pieces(claim, page.language), size=size, face=page.face, after=size * 0.5)
        for block in blocks
        for claim in block.claims
    ]


def _margin(blocks: Sequence[Block], language: str) -> list[Paragraph]:
    """The margin notes of statements, the last of them set apart from what follows."""
    notes = [
        Paragraph(
            pieces=tuple(
                Piece(piece.text, "quiet") if piece.look == "plain" else piece
                for piece in pieces(note, language, marked=False)
            ),
            size=NOTE,
            after=4.0,
        )
        for block in blocks
        if isinstance(block, Statement)
        for note in block.margin
    ]
    return [*notes[:-1], replace(notes[-1], after=18.0)] if notes else []


def _heading(claim: Claim, page: Page) -> Paragraph:
    words = (Piece(plain(claim, page.language)),)
    return Paragraph(pieces=words, size=HEADING, face=page.face, after=5.0)


def _as_table(block: Checklist) -> Table:
    return Table(
        columns=(Column(name=""), Column(name="")),
        rows=tuple((MARKS[done], words) for done, words in block.items),
        finding=block.finding,
    )


def _table(block: Table, room: Box, page: Page, out: Arranged) -> float:
    """As many of its rows as fit; the others are left over as a table of their own."""
    caption = []
    if block.finding is not None and plain(block.finding, page.language) != page.title:
        caption = [_heading(block.finding, page)]
    note = [
        Paragraph(pieces=(Piece(block.note, "quiet"),), size=NOTE, after=0.0)
        for _ in range(bool(block.note))
    ]
    above, below = height(caption, room.width), height(note, room.width) + 6.0
    measured = table.grid(block, room.width, page.language)
    rows = measured.fitting(room.height - above - below)
    if rows < min(_LEAST_ROWS, len(block.rows)):
        out.over.append(block)
        return 0.0
    if rows < len(block.rows):
        out.over.append(_rest(block, rows))
    taken = above + measured.head + sum(measured.heights[:rows])

    def drawn(slide: Slide) -> None:
        if caption:
            put(slide, room.head(above), caption, name="Finding of the table")
        table.draw(slide, room.below(above), measured, rows)
        if note:
            put(slide, room.below(taken + 6.0).head(below), note, name="How to read it")

    out.drawn.append(drawn)
    return taken + (below if note else 0.0)


def _rest(block: Table, rows: int) -> Table:
    return replace(
        block,
        rows=block.rows[rows:],
        highlight=tuple(index - rows for index in block.highlight if index >= rows),
    )


def _diagram(block: Diagram, room: Box, page: Page, out: Arranged) -> float:
    """The picture as large as the room allows, its outline below it; of nothing drawn the outline alone.

    The finding heads the outline: of the picture the slide's title speaks.  Where it would be small it goes on to a
    slide of its own; there it is taken as it is.  What is drawn in parts has a slide for each, then the outline.
    """
    heading = (
        [] if plain(block.finding, page.language) == page.title else [_heading(block.finding, page)]
    )
    outline = [
        Paragraph(pieces=(Piece(words),), size=BESIDE, level=min(8, depth), after=3.0)
        for depth, words in block.outline
    ]
    if not block.svg:
        return _stacked([heading, outline], room, out)
    if block.slides:
        return _part(block, room, page, out)
    made = picture.picture(block, own=page.own)
    if _picture_width(made, room) < _LEAST_PICTURE * room.width and out.drawn:
        out.over.append(block)
        return 0.0
    taken = _place(made, block.alternative, room, out)
    return taken + _stacked([heading, outline], room.below(taken), out)


def _part(block: Diagram, room: Box, page: Page, out: Arranged) -> float:
    """The next part on a slide of its own; what is left goes on to others, the outline last."""
    if out.drawn:
        out.over.append(block)
        return 0.0
    part, *more = block.slides
    left = replace(block, svg=block.svg if more else "", slides=tuple(more))
    made = picture.picture(replace(block, svg=part.svg), own=page.own)
    out.over.append(left)
    return _place(made, block.alternative, room, out)


def _picture_width(made: picture.Picture, room: Box) -> float:
    """As wide as the room allows, in its width and its height."""
    return min(room.width, room.height / made.ratio)


def _place(made: picture.Picture, alternative: str, room: Box, out: Arranged) -> float:
    """The picture at the head of the room; gives the height it takes, with the gap below it."""
    width = _picture_width(made, room)

    def drawn(slide: Slide) -> None:
        picture.put(slide, replace(room, width=width), made, alternative)

    out.drawn.append(drawn)
    return width * made.ratio + _GAP


def _ask_paragraphs(block: Ask, page: Page) -> list[Paragraph]:
    whom = f" of {block.of}" if block.of else ""
    when = f", by {word(block.by, '', page.language)}" if block.by else ""
    asked = [
        Paragraph(pieces=(Piece(f"Asked{whom}{when}", "accent"),), size=NOTE, after=3.0),
        Paragraph(
            pieces=pieces(block.request, page.language, marked=False),
            size=READING,
            face=page.face,
            after=4.0,
        ),
    ]
    if block.recommendation is not None:
        words = (Piece("We recommend: ", "quiet"), *pieces(block.recommendation, page.language))
        asked.append(Paragraph(pieces=words, size=BESIDE, face=page.face, after=0.0))
    return asked


def _ask_height(block: Ask, width: float, page: Page) -> float:
    return height(_ask_paragraphs(block, page), width - _GAP)


def _ask(block: Ask, room: Box, page: Page, out: Arranged) -> float:
    """What is asked, set off by a rule of the accent at its left."""
    paragraphs = _ask_paragraphs(block, page)
    taken = height(paragraphs, room.width - _GAP)
    if taken > room.height + _LEAST_LINE:
        out.over.append(block)
        return 0.0
    box = room.head(taken)

    def drawn(slide: Slide) -> None:
        rule(slide, Box(box.left, box.top, _RULE, taken))
        put(slide, Box(box.left + _GAP, box.top, box.width - _GAP, taken), paragraphs, name="Asked")

    out.drawn.append(drawn)
    return taken


def _at_the_foot(block: Ask, area: Box, page: Page, out: Arranged) -> Box:
    taken = _ask_height(block, area.width, page)
    if taken > area.height / 2:
        out.over.append(block)
        return area
    _ask(block, area.foot(taken), page, out)
    return area.above(taken + _GAP)


def rule(slide: Slide, box: Box) -> None:
    """A bar in the accent."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu)
    shape.name = "Rule"
    shape.fill.solid()
    shape.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1
    shape.line.fill.background()
