"""The seven blocks a document is made of, its sections, and the document itself.

A section leads with one claim: in the paper it is the heading, in the deck the slide's title, in a
message the sentence.  A block is "main" or "aside" (appendix in the paper, notes in the deck).
Documents are frozen values; composing one never renders it, and rendering never computes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from boardpaper.chart import Chart
from boardpaper.claim import Claim, strictest
from trackrecord.figure import Confidentiality, Figure

Place = Literal["main", "aside"]
Align = Literal["left", "right"]
# A cell is worded by the renderer: a figure, a claim, plain words, a date, or nothing.
Cell = Figure | Claim | str | date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The block *Claim*: one or more claims set as a paragraph.

    margin: short notes for the margin beside it (n, range, source), one a line.
    """

    claims: tuple[Claim, ...]
    margin: tuple[Claim | str, ...] = ()
    place: Place = "main"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A typed column of a table.  style: the wording style of its figures ("" for the default)."""

    name: str
    align: Align = "left"
    style: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under typed columns; cells may be figures.

    finding: the claim it supports, its caption above; None where the section's lead says it.
    highlight: indexes of rows to set off.  note: how to read it, below.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    finding: Claim | None = None
    note: str = ""
    highlight: tuple[int, ...] = ()
    place: Place = "main"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartBlock:
    """The block *Chart*."""

    chart: Chart
    place: Place = "main"


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagramPart:
    """Of a diagram as much as one slide shows, and what it shows."""

    finding: Claim
    svg: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """A picture that is not a chart (a map), with the same content as an indented list.

    svg: drawn with x in per cent and y in pixels where it can be; "" for what is too large to be drawn, whose
    list stands alone.  outline: (depth, words).
    whole_page: it takes a landscape page of its own on paper; its list stands on the page after.
    slides: the same in parts, each for a slide of its own; empty where one slide shows it all.
    """

    finding: Claim
    svg: str
    outline: tuple[tuple[int, str], ...]
    alternative: str
    place: Place = "main"
    whole_page: bool = False
    slides: tuple[DiagramPart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Somebody's words.  said_by, on: who and when; context: where."""

    words: str
    said_by: str
    on: date | None = None
    context: str = ""
    place: Place = "main"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What the reader is asked to decide or do, by when, and what we recommend."""

    request: Claim
    recommendation: Claim | None = None
    by: date | None = None
    of: str = ""
    place: Place = "main"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """Things that hold or do not.  Each item: (done, words); None for "not yet known"."""

    items: tuple[tuple[bool | None, Claim | str], ...]
    finding: Claim | None = None
    place: Place = "main"


Block = Statement | Table | ChartBlock | Diagram | Quotation | Ask | Checklist


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One finding and what stands behind it.

    kicker: small words above the lead ("Evidence · what went wrong").  lead: heading and slide title.
    in_paper, in_deck: False for a section that only the other one has; a slide may show two charts
    side by side that the paper gives a section each.  appendix: after the body in both.
    """

    lead: Claim
    blocks: tuple[Block, ...]
    kicker: str = ""
    in_paper: bool = True
    in_deck: bool = True
    appendix: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A composed document, ready for any renderer.

    code: "D1" to "D14".  title: its name.  organisation: whose.  issue: its number, None for a draft.
    as_at: of its figures.  issued_at: passed in, never the clock; None where nothing states it.
    edition: the Record's.  invented: True for the demo company, printed on every page.
    """

    code: str
    title: str
    organisation: str
    sections: tuple[Section, ...]
    edition: str
    as_at: date | None = None
    issued_at: datetime | None = None
    issue: int | None = None
    audience: str = ""
    language: str = "en"
    invented: bool = False

    @property
    def body(self) -> tuple[Section, ...]:
        """The sections before the appendix."""
        return tuple(section for section in self.sections if not section.appendix)

    @property
    def appendices(self) -> tuple[Section, ...]:
        """The sections of the appendix."""
        return tuple(section for section in self.sections if section.appendix)

    @property
    def klass(self) -> Confidentiality:
        """The strictest class of anything in it."""
        return strictest(claim.klass for claim in self.claims())

    def claims(self) -> Iterator[Claim]:
        """Every claim, in reading order."""
        for section in self.sections:
            yield section.lead
            for block in section.blocks:
                yield from claims_of(block)

    def figures(self) -> Iterator[Figure]:
        """Every figure, in reading order; one that is used twice comes twice."""
        for section in self.sections:
            yield from section.lead.figures
            for block in section.blocks:
                yield from figures_of(block)


def claims_of(block: Block) -> Iterator[Claim]:
    """The claims a block makes, in reading order."""
    match block:
        case Statement(claims=claims, margin=margin):
            yield from claims
            yield from (note for note in margin if isinstance(note, Claim))
        case Table(finding=finding, rows=rows):
            if finding is not None:
                yield finding
            yield from (cell for row in rows for cell in row if isinstance(cell, Claim))
        case ChartBlock(chart=chart):
            yield chart.finding
        case Diagram(finding=finding):
            yield finding
        case Ask(request=request, recommendation=recommendation):
            yield request
            if recommendation is not None:
                yield recommendation
        case Checklist(items=items, finding=finding):
            if finding is not None:
                yield finding
            yield from (words for _, words in items if isinstance(words, Claim))
        case Quotation():
            return


def figures_of(block: Block) -> Iterator[Figure]:
    """The figures a block shows, in reading order."""
    for claim in claims_of(block):
        yield from claim.figures
    if isinstance(block, Table):
        yield from (cell for row in block.rows for cell in row if isinstance(cell, Figure))
