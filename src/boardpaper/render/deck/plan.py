"""Which slides a deck has: one finding each, then an appendix that nothing is lost from.

Main slides come from the body's sections, in order.  Sections that only the paper has in its body follow
as appendix slides, then the appendix itself, then whatever had no room on its own slide.  Sections that
follow one another in the body and are a few sentences each share a slide, each under its own finding; in
the appendix so do short lists and tables, as many as fit.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from typing import Final

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
from boardpaper.claim import Claim
from boardpaper.render.deck.arrange import Arranged, Heading, Page, arrange
from boardpaper.render.deck.box import Box
from boardpaper.render.deck.fitting import LEADING, Face, cut, lines
from boardpaper.render.deck.template import Deck
from boardpaper.render.deck.words import NOTE
from boardpaper.wording import plain

APPENDIX: Final = "Appendix"
_CONTINUED: Final = ", continued"
# A table goes on over so many slides; beyond that it is read in the paper, not from a wall.
_SLIDES_A_TABLE: Final = 3
_TITLE_LEADING: Final = 1.15
_UNDER_TITLE: Final = 16.0
_MORE: Final = NOTE * LEADING + 4.0


@dataclass(slots=True)
class Planned:
    """One slide: its title and kicker, what is drawn on it, and what the notes must say besides."""

    title: str
    kicker: str
    sections: tuple[Section, ...]
    title_height: float
    arranged: Arranged
    elsewhere: list[int] = field(default_factory=list)
    left_out: int = 0

    @property
    def more(self) -> str:
        """Where the rest of it stands, "" where all of it is on the slide."""
        parts = []
        if self.elsewhere:
            numbers = [f"{number}" for number in sorted(set(self.elsewhere))]
            *first, last = numbers
            slides = f"slides {', '.join(first)} and {last}" if first else f"slide {last}"
            parts.append(f"More on {slides}.")
        if self.left_out:
            parts.append(f"{self.left_out:,} more rows in the paper.")
        if self.arranged.unsaid:
            parts.append("More in the notes.")
        return " ".join(parts)


@dataclass(frozen=True, slots=True, eq=False)
class _Wanted:
    """A slide to be made.  parents: the numbers of the slides that it goes on from."""

    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    kicker: str
    title: str
    parents: tuple[int, ...] = ()
    part: int = 1


def plan(document: Document, deck: Deck) -> list[Planned]:
    """Every slide of the deck, in order."""
    waiting = deque(_sections(document))
    made: list[Planned] = []
    while waiting:
        wanted = waiting.popleft()
        slide = _planned(wanted, document, deck)
        for other in list(waiting):
            both = _sharing(wanted, other, document.language)
            shared = _planned(both, document, deck) if both is not None else None
            if both and shared and not (shared.arranged.over or shared.arranged.unsaid):
                wanted, slide = both, shared
                waiting.remove(other)
            elif not _is_appendix(wanted):
                break  # in the body nothing leaves its place
        number = len(made) + 1
        for parent in wanted.parents:
            made[parent - 1].elsewhere.append(number)
        made.append(slide)
        part = wanted.part + 1 if wanted.parents else 1
        for blocks in _together(slide.arranged.over):
            enough = part > _SLIDES_A_TABLE
            kept = [block for block in blocks if not (enough and isinstance(block, Table))]
            slide.left_out += sum(
                len(block.rows) for block in blocks if enough and isinstance(block, Table)
            )
            stuck = bool(wanted.parents) and not slide.arranged.drawn  # no slide has room for it
            if kept and not stuck:
                waiting.append(_further(tuple(kept), wanted, document, number, part))
    return made


def _sections(document: Document) -> list[_Wanted]:
    main = [(section, section.kicker) for section in document.body if section.in_deck]
    behind = [
        *(section for section in document.body if not section.in_deck),
        *(section for section in document.appendices if section.in_deck),
    ]
    appendix = [(section, _behind(section.kicker)) for section in behind]
    return [
        _Wanted(
            sections=(section,),
            blocks=tuple(block for block in section.blocks if block.place == "main"),
            kicker=kicker,
            title=plain(section.lead, document.language),
        )
        for section, kicker in (*main, *appendix)
    ]


def _behind(kicker: str) -> str:
    if kicker.startswith(APPENDIX):
        return kicker
    return f"{APPENDIX} · {kicker}" if kicker else APPENDIX


def _together(blocks: list[Block]) -> list[list[Block]]:
    """Left-over blocks by slide: a chart has its own, all others share one."""
    others: list[Block] = [block for block in blocks if not isinstance(block, ChartBlock)]
    charts: list[list[Block]] = [[block] for block in blocks if isinstance(block, ChartBlock)]
    return [*charts, others] if others else charts


def _further(
    blocks: tuple[Block, ...], wanted: _Wanted, document: Document, number: int, part: int
) -> _Wanted:
    """A slide for what had no room; a block alone stands under the finding that it makes itself."""
    finding = _finding(blocks[0]) if len(blocks) == 1 else None
    lead = plain(wanted.sections[0].lead, document.language)
    title = plain(finding, document.language) if finding is not None else lead
    kicker = _behind(wanted.kicker)
    if title == wanted.title and not kicker.endswith(_CONTINUED):
        kicker += _CONTINUED
    return _Wanted(
        sections=wanted.sections,
        blocks=blocks,
        kicker=kicker,
        title=title,
        parents=(number,),
        part=part,
    )


def _sharing(one: _Wanted, other: _Wanted, language: str) -> _Wanted | None:
    """Two slides as one, the second under its own heading; None where one is better by itself."""
    blocks = (*one.blocks, *other.blocks)
    if _is_appendix(one) != _is_appendix(other):
        return None
    if not all(map(_is_listed if _is_appendix(one) else _is_said, blocks)):
        return None
    return _Wanted(
        sections=tuple({id(each): each for each in (*one.sections, *other.sections)}.values()),
        blocks=(*one.blocks, *_under_heading(other, one, language)),
        kicker=" · ".join(dict.fromkeys((*one.kicker.split(" · "), *other.kicker.split(" · ")))),
        title=one.title,
        parents=tuple(dict.fromkeys((*one.parents, *other.parents))),
        part=max(one.part, other.part),
    )


def _is_appendix(wanted: _Wanted) -> bool:
    return wanted.kicker.startswith(APPENDIX)


def _is_listed(block: Block) -> bool:
    return not isinstance(block, ChartBlock | Diagram)


def _is_said(block: Block) -> bool:
    """Sentences that stand by themselves: margin notes of two sections would be taken for one's."""
    return isinstance(block, Ask | Quotation) or (isinstance(block, Statement) and not block.margin)


def _under_heading(wanted: _Wanted, above: _Wanted, language: str) -> tuple[Block, ...]:
    """The blocks of a slide that shares another's: its title becomes the first one's heading."""
    first, *others = wanted.blocks
    lead = wanted.sections[0].lead
    finding = _finding(first)
    said = above.title == wanted.title or (
        finding is not None and plain(finding, language) == wanted.title
    )
    if said:
        return wanted.blocks
    if isinstance(first, Table) and finding is None:
        return (replace(first, finding=lead), *others)
    return (Heading(claims=(lead,)), *wanted.blocks)


def _finding(block: Block) -> Claim | None:
    if isinstance(block, Diagram) and block.slides:
        return block.slides[0].finding
    if isinstance(block, Table | Checklist):
        return block.finding
    chart = getattr(block, "chart", None)
    return chart.finding if chart is not None else getattr(block, "finding", None)


def _planned(wanted: _Wanted, document: Document, deck: Deck) -> Planned:
    title_height, area = _below_title(wanted.title, deck)
    if not deck.own and wanted.kicker:
        area = area.below(_MORE)
    page = Page(title=wanted.title, language=document.language, own=deck.own)
    arranged = arrange(wanted.blocks, area, page)
    if arranged.over or arranged.unsaid:
        # Say so in a line at the foot, which the rest then makes room for.
        arranged = arrange(wanted.blocks, area.above(_MORE), page)
    return Planned(
        title=wanted.title,
        kicker=cut(wanted.kicker, deck.content.width, NOTE),
        sections=wanted.sections,
        title_height=title_height,
        arranged=arranged,
    )


def _below_title(title: str, deck: Deck) -> tuple[float, Box]:
    """How high the title is in its column, and the content's place below it."""
    room = deck.title.width - 2 * deck.title_inset
    face: Face = "serif" if deck.own else "sans"
    count = lines(title, room, deck.title_size, face=face)
    needed = count * deck.title_size * _TITLE_LEADING + deck.title_inset
    if deck.content.left >= deck.title.right:
        return max(deck.title.height, needed), deck.content
    if deck.own:
        top = deck.title.top + needed + _UNDER_TITLE
        return needed, deck.content.below(top - deck.content.top)
    top = max(deck.content.top, deck.title.top + needed)
    return max(deck.title.height, needed), deck.content.below(top - deck.content.top)


def more_box(deck: Deck) -> Box:
    """The line at the foot that says where the rest is."""
    return deck.content.foot(_MORE)
