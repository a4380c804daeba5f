"""Words on a slide: paragraphs in a few roles, in the template's fonts and colours.

A figure in a sentence bears the dotted underline in the accent: what stands behind it is in the notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_AUTO_SIZE, MSO_UNDERLINE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.text.text import _Run as TextRun
from pptx.util import Pt

from boardpaper.claim import Claim
from boardpaper.render.deck.box import Box
from boardpaper.render.deck.fitting import LEADING, Face, lines
from boardpaper.wording import FigureRun, Run, sentence, state

Look = Literal["plain", "strong", "quiet", "figure", "accent"]

READING: Final = 20.0
BESIDE: Final = 14.0
HEADING: Final = 16.0
NOTE: Final = 12.0
SMALL: Final = 10.0
_FONTS: Final[dict[Face, str]] = {"serif": "+mj-lt", "sans": "+mn-lt"}
_QUIET: Final = 0.3
# By how much a template's text is set in, a level.
_LEVEL: Final = 36.0


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one look."""

    text: str
    look: Look = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Pieces of words set as one paragraph.  size, after: in points."""

    pieces: tuple[Piece, ...]
    size: float
    face: Face = "sans"
    after: float = 6.0
    italic: bool = False
    level: int = 0
    right: bool = False

    @property
    def text(self) -> str:
        """Its words, without their looks."""
        return "".join(piece.text for piece in self.pieces)

    def height(self, width: float) -> float:
        """The points it takes in a column of a width, with what comes after it."""
        bold = all(piece.look == "strong" for piece in self.pieces)
        count = lines(self.text, width - self.level * _LEVEL, self.size, face=self.face, bold=bold)
        return count * self.size * LEADING + self.after


def height(paragraphs: Iterable[Paragraph], width: float) -> float:
    """The points that paragraphs take in a column of a width."""
    return sum(paragraph.height(width) for paragraph in paragraphs)


def pieces(claim: Claim | str, language: str, *, marked: bool = True) -> tuple[Piece, ...]:
    """A claim as pieces, its figures marked, and its state behind it where it has one to show."""
    if isinstance(claim, str):
        return (Piece(claim),)
    said = of_runs(sentence(claim, language))
    judged = state(claim, language) if marked else ""
    return (*said, Piece(f" ({judged})", "quiet")) if judged else said


def of_runs(runs: Iterable[Run]) -> tuple[Piece, ...]:
    """Runs of a sentence or a cell as pieces."""
    return tuple(
        Piece(run.text, "figure" if isinstance(run, FigureRun) else "plain") for run in runs
    )


def put(slide: Slide, box: Box, paragraphs: Sequence[Paragraph], *, name: str = "") -> Shape:
    """Paragraphs in a text box that neither grows nor shrinks."""
    shape = slide.shapes.add_textbox(*box.emu)
    if name:
        shape.name = name
    fill(shape.text_frame, paragraphs)
    return shape


def fill(frame: TextFrame, paragraphs: Sequence[Paragraph]) -> None:
    """Paragraphs in a frame without margins."""
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Pt(0)
    for index, paragraph in enumerate(paragraphs):
        target = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        target.space_after = Pt(paragraph.after)
        if paragraph.right:
            target.alignment = PP_ALIGN.RIGHT
        target.level = paragraph.level
        if not paragraph.text:
            # Else an empty paragraph is as high as the template's type, and pushes what is below it down.
            ending = parse_xml(f"<a:endParaRPr {nsdecls('a')} sz='{round(paragraph.size * 100)}'/>")
            target._p.append(ending)  # noqa: SLF001  # python-pptx has no word for it
            continue
        for piece in paragraph.pieces:
            run = target.add_run()
            run.text = piece.text
            run.font.size = Pt(paragraph.size)
            run.font.name = _FONTS[paragraph.face]
            run.font.italic = True if paragraph.italic else None
            _colour(run, piece.look)


def _colour(run: TextRun, look: Look) -> None:
    font = run.font
    font.color.theme_color = (
        MSO_THEME_COLOR.ACCENT_1 if look in ("figure", "accent") else MSO_THEME_COLOR.TEXT_1
    )
    if look == "quiet":
        font.color.brightness = _QUIET
    if look == "figure":
        font.underline = MSO_UNDERLINE.DOTTED_LINE
    if look in ("strong", "accent"):
        font.bold = True
