"""A document as its draft wants it: in whose order, without what, and with whose own words.

Sections are known by the line above their heading, made into a key: that line is the same from edition
to edition, while headings change with the figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from backing.documents.models import Draft
from backing.documents.own_words import Refused, sentence, sentences
from backing.documents.papers.grounds import Grounds
from boardpaper.blocks import Block, Document, Section, Statement, claims_of
from boardpaper.claim import Claim
from boardpaper.gate import GateFinding, gate, gate_section
from boardpaper.wording import plain

# Sections that may be moved and added to, and neither left out nor headed otherwise: a report cannot hide what
# got worse (S29-c), nor a review what failed and that one may stop (D8).
MUST_STAY: Final[Mapping[str, frozenset[str]]] = {
    "D7": frozenset({"measures", "what-got-worse-or-did-not-move"}),
    "D8": frozenset({"what-failed", "the-case-for-stopping", "the-case-for-going-on", "options"}),
}
_KINDS: Final = {"ChartBlock": "Chart", "Table": "Table", "Ask": "Asked", "Diagram": "Diagram"}


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as the author sees it, with what the gate says to it.

    of: what it stands in, "" for plain text.  own: whether somebody wrote it here.
    """

    words: str
    of: str = ""
    own: bool = False
    problems: tuple[GateFinding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One section of a draft, left out or not.

    other: what the gate says to words that are no sentence (captions, notes).
    """

    key: str
    section: Section
    heading: Line
    lines: tuple[Line, ...]
    other: tuple[GateFinding, ...]
    left_out: bool
    may_leave: bool
    may_head: bool
    own_heading: str
    own_words: str

    @property
    def where(self) -> str:
        """Where readers meet it, in words; "" for paper and slides both."""
        section = self.section
        if not section.in_deck:
            return "paper only"
        return "" if section.in_paper else "slides only"

    @property
    def problems(self) -> tuple[GateFinding, ...]:
        """All that the gate says to it."""
        lines = (self.heading, *self.lines)
        return (*(problem for line in lines for problem in line.problems), *self.other)

    @property
    def told_elsewhere(self) -> tuple[GateFinding, ...]:
        """What is said of captions, notes and figures; milder words in captions are nobody's to change."""
        return tuple(each for each in self.other if each.blocks or each.code == "from memory")

    @property
    def stops(self) -> bool:
        """Whether something in it stops the issue."""
        return any(problem.blocks for problem in self.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A document as it would be issued now, and what stands in the way.

    whole: what the gate says to the document as a whole (too long).
    """

    document: Document
    parts: tuple[Part, ...]
    whole: tuple[GateFinding, ...]

    @property
    def stopping(self) -> tuple[GateFinding, ...]:
        """What must be put right before it may be issued."""
        in_parts = (each for part in self.parts if not part.left_out for each in part.problems)
        return tuple(each for each in (*in_parts, *self.whole) if each.blocks)

    @property
    def redactions(self) -> tuple[str, ...]:
        """What was left out of it, in words."""
        out = [f"Left out: {part.section.kicker}." for part in self.parts if part.left_out]
        return (*out, "Projects go by numbers until their owners confirm the row.")


def key_of(section: Section) -> str:
    """How a draft knows a section."""
    return re.sub(r"[^a-z0-9]+", "-", section.kicker.lower().replace("’", "")).strip("-")


def drafted(
    composed: Document, draft: Draft, grounds: Grounds, *, today: date | None = None
) -> Drafted:
    """What the draft makes of the composed document; on `today` its evidence has to hold."""
    sections = _in_order(composed.sections, draft.order)
    stay = {key_of(composed.sections[0]), *MUST_STAY.get(draft.code, ())}
    as_composed = stay if draft.code in MUST_STAY else ()
    parts = tuple(
        _part(
            section,
            draft,
            grounds,
            may_leave=key_of(section) not in stay,
            may_head=key_of(section) not in as_composed,
            today=today,
        )
        for section in sections
    )
    kept = tuple(part.section for part in parts if not part.left_out)
    document = replace(composed, sections=kept, audience=draft.audience)
    whole = tuple(each for each in gate(document) if each.code == "too long")
    return Drafted(document=document, parts=parts, whole=whole)


def _in_order(sections: Sequence[Section], order: Sequence[str]) -> list[Section]:
    """Sections where they were moved to; the first stays first, and an appendix behind the body."""
    place = {key: index for index, key in enumerate(order)}
    natural = {key_of(section): index for index, section in enumerate(sections)}
    first = natural and key_of(sections[0])

    def rank(section: Section) -> tuple[bool, bool, int, int]:
        key = key_of(section)
        moved = place.get(key, _beside(natural[key], natural, place))
        return key != first, section.appendix, moved, natural[key]

    return sorted(sections, key=rank)


def _beside(index: int, natural: Mapping[str, int], place: Mapping[str, int]) -> int:
    """The place of a section that came later than the order: after the one it naturally follows."""
    before = [place[key] for key, at in natural.items() if at < index and key in place]
    return before[-1] if before else -1


def _part(
    section: Section,
    draft: Draft,
    grounds: Grounds,
    *,
    may_leave: bool,
    may_head: bool,
    today: date | None,
) -> Part:
    key = key_of(section)
    own = draft.own_words.get(key, {})
    heading, words = own.get("heading", "") if may_head else "", own.get("words", "")
    claims: list[Claim] = []
    lines: list[Line] = []
    for said in sentences(words, grounds):
        if isinstance(said, Claim):
            claims.append(said)
        else:
            lines.append(Line(said.words, own=True, problems=(_refusal(said),)))
    lead, refused = _heading(heading, section.lead, grounds)
    blocks = (Statement(claims=tuple(claims)), *section.blocks) if claims else section.blocks
    section = replace(section, lead=lead, blocks=blocks)
    found = list(gate_section(section, today=today))
    headed = Line(
        refused.words if refused else plain(lead),
        own=bool(heading),
        problems=(*_taken(found, plain(lead)), *((_refusal(refused),) if refused else ())),
    )
    lines += _lines(section.blocks, found, own=len(claims))
    return Part(
        key=key,
        section=section,
        heading=headed,
        lines=tuple(lines),
        other=tuple(found),
        left_out=may_leave and key in draft.left_out,
        may_leave=may_leave,
        may_head=may_head,
        own_heading=heading,
        own_words=words,
    )


def _heading(words: str, lead: Claim, grounds: Grounds) -> tuple[Claim, Refused | None]:
    """The heading that somebody wrote, or the composed one, with the reason where theirs cannot stand."""
    if not words:
        return lead, None
    said = sentence(words, grounds)
    return (said, None) if isinstance(said, Claim) else (lead, said)


def _lines(blocks: Sequence[Block], found: list[GateFinding], *, own: int) -> Iterator[Line]:
    """The sentences of some blocks; the first `own` of them are somebody's own."""
    for block in blocks:
        for claim in claims_of(block):
            words = plain(claim)
            yield Line(
                words,
                of=_KINDS.get(type(block).__name__, ""),
                own=own > 0,
                problems=_taken(found, words),
            )
            own -= 1


def _taken(found: list[GateFinding], words: str) -> tuple[GateFinding, ...]:
    """The findings on a sentence, taken out of those that wait for their place."""
    mine = tuple(each for each in found if each.words == words)
    found[:] = [each for each in found if each.words != words]
    return mine


def _refusal(refused: Refused) -> GateFinding:
    return GateFinding(code="bare number", where="own words", words=refused.words, todo=refused.why)
