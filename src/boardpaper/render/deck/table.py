"""Tables on a slide: hairlines only, type of one size, columns as wide as their words ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Pt

from boardpaper.blocks import Cell, Table
from boardpaper.claim import Claim
from boardpaper.render.deck.box import Box, emu
from boardpaper.render.deck.fitting import LEADING, lines, width
from boardpaper.render.deck.words import Paragraph, Piece, fill, of_runs, pieces
from boardpaper.wording import cell

SIZE: Final = 14.0
_HEAD_SIZE: Final = 12.0
_PAD: Final = 5.0
_GAP: Final = 14.0
_WIDEST: Final = 260.0
_NARROWEST: Final = 56.0
# Room that no guess at the width of words should use up.
_SLACK: Final = 4.0
# "No style, no grid": every line is drawn here.
_PLAIN_STYLE: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"

_Words = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table worded and measured for a width: its cells, its columns and rows in points.

    head: 0 where no column has a name; such a table has no row for them.
    """

    table: Table
    cells: tuple[tuple[_Words, ...], ...]
    widths: tuple[float, ...]
    head: float
    heights: tuple[float, ...]

    @property
    def height(self) -> float:
        """All of it."""
        return self.head + sum(self.heights)

    def fitting(self, room: float) -> int:
        """How many rows fit into so many points, below the head."""
        left = room - self.head
        for index, height in enumerate(self.heights):
            left -= height
            if left < -0.01:
                return index
        return len(self.heights)

    @property
    def width(self) -> float:
        """The points that its columns take together."""
        return sum(self.widths)


def grid(table: Table, room: float, language: str) -> Grid:
    """The table for a width: no wider than it needs, broken into lines where it must be."""
    cells = tuple(
        tuple(
            _worded(content, column.style, language)
            for content, column in zip(row, table.columns, strict=True)
        )
        for row in table.rows
    )
    widths, bold = _widths(table, cells, room), frozenset(table.highlight)
    return Grid(
        table=table,
        cells=cells,
        widths=widths,
        head=max(
            (
                _height(column.name, each, _HEAD_SIZE)
                for column, each in zip(table.columns, widths, strict=True)
                if column.name
            ),
            default=0.0,
        ),
        heights=tuple(
            max(
                _height("".join(piece.text for piece in words), each, SIZE, bold=index in bold)
                for words, each in zip(row, widths, strict=True)
            )
            for index, row in enumerate(cells)
        ),
    )


def _worded(content: Cell, style: str, language: str) -> _Words:
    if isinstance(content, Claim):
        return pieces(content, language)
    return of_runs(cell(content, style, language))


def _widths(table: Table, cells: Sequence[Sequence[_Words]], room: float) -> tuple[float, ...]:
    """What each column asks for; where that is too much, the widest ones give way first."""
    asked, bold = [], frozenset(table.highlight)
    for index, column in enumerate(table.columns):
        longest = max(
            (
                width("".join(piece.text for piece in row[index]), SIZE, bold=place in bold)
                for place, row in enumerate(cells)
            ),
            default=0.0,
        )
        head = max((width(word, _HEAD_SIZE) for word in column.name.split()), default=0.0)
        asked.append(max(_NARROWEST, head, longest) + _GAP + _SLACK)
    if sum(asked) <= room:
        return _spread(table, asked, room)
    while sum(asked) > room + 0.01:
        widest = max(asked)
        others = [each for each in asked if each < widest]
        count = len(asked) - len(others)
        floor = max([*others, (room - sum(others)) / count])
        if floor >= widest:
            return tuple(each * room / sum(asked) for each in asked)
        asked = [min(each, floor) for each in asked]
    return tuple(asked)


def _spread(table: Table, asked: Sequence[float], room: float) -> tuple[float, ...]:
    """Columns of words share what is left over, up to a comfortable width; numbers stay close."""
    wordy = [index for index, column in enumerate(table.columns) if column.align == "left"]
    if not wordy:
        return tuple(asked)
    extra = min((room - sum(asked)) / len(wordy), 90.0)
    return tuple(each + extra if index in wordy else each for index, each in enumerate(asked))


def _height(words: str, room: float, size: float, *, bold: bool = False) -> float:
    return lines(words, room - _GAP - _SLACK, size, bold=bold) * size * LEADING + 2 * _PAD


def draw(slide: Slide, box: Box, measured: Grid, rows: int) -> None:
    """The first rows of the table at the top left of the box."""
    table = measured.table
    named = measured.head > 0
    heights = ((measured.head,) if named else ()) + measured.heights[:rows]
    place = Box(box.left, box.top, measured.width, sum(heights))
    frame = slide.shapes.add_table(len(heights), len(table.columns), *place.emu)
    frame.name = "Table"
    drawn = frame.table
    drawn.horz_banding, drawn.first_row = False, named
    properties = frame.element.find(f".//{qn('a:tblPr')}")
    properties.find(qn("a:tableStyleId")).text = _PLAIN_STYLE
    for index, each in enumerate(measured.widths):
        drawn.columns[index].width = emu(each)
    for index, each in enumerate(heights):
        drawn.rows[index].height = emu(each)
    for position, column in enumerate(table.columns):
        right = column.align == "right"
        if named:
            head = Paragraph(
                pieces=(Piece(column.name, "quiet"),), size=_HEAD_SIZE, after=0, right=right
            )
            _fill(drawn.cell(0, position), head, at=MSO_ANCHOR.BOTTOM)
        for row in range(rows):
            words = measured.cells[row][position]
            if row in table.highlight:
                words = tuple(_strong(piece) for piece in words)
            words = words or (Piece(""),)
            paragraph = Paragraph(pieces=words, size=SIZE, after=0, right=right)
            _fill(drawn.cell(row + named, position), paragraph)
    for row, line in enumerate(frame.element.iter(qn("a:tr")), start=-int(named)):
        for each in line.iter(qn("a:tcPr")):
            _underline(each, strong=row < 0, washed=row in table.highlight)


def _strong(piece: Piece) -> Piece:
    return Piece(piece.text, "strong") if piece.look == "plain" else piece


def _fill(target: Any, paragraph: Paragraph, *, at: MSO_ANCHOR = MSO_ANCHOR.TOP) -> None:
    fill(target.text_frame, [paragraph])
    target.vertical_anchor = at
    target.margin_left, target.margin_right = Pt(0), Pt(_GAP)
    target.margin_top = target.margin_bottom = Pt(_PAD)


def _underline(properties: Any, *, strong: bool, washed: bool) -> None:
    """A hairline under a cell, and a wash behind it where its row is set off."""
    part, white = (50, 50) if strong else (15, 85)
    line = parse_xml(
        f"<a:lnB {nsdecls('a')} w='9525'><a:solidFill><a:schemeClr val='tx1'>"
        f"<a:lumMod val='{part * 1000}'/><a:lumOff val='{white * 1000}'/></a:schemeClr></a:solidFill></a:lnB>"
    )
    properties.insert(0, line)
    fill_xml = (
        f"<a:solidFill {nsdecls('a')}><a:schemeClr val='bg2'/></a:solidFill>"
        if washed
        else f"<a:noFill {nsdecls('a')}/>"
    )
    properties.insert(1, parse_xml(fill_xml))
