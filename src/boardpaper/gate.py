"""The claim gate (RULE-20): nothing of number or degree goes to a leader without what backs it.

A claim's own text can hold no bare digit (Claim refuses it), so the gate looks at the rest: words that
stand in notes, captions, checklists and kickers, and claims whose figures do not hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

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
    claims_of,
)
from boardpaper.claim import Claim
from boardpaper.limits import overflow
from boardpaper.wording import asserts, measure, plain, word
from trackrecord.figure import Figure

Code = Literal[
    "bare number",
    "comparative",
    "unsupported",
    "undefined figure",
    "our judgement",
    "too long",
    "out of date",
    "from memory",
]

# What stops a document that leaders will read.  The others are printed, and shown to its author.
_BLOCKING: Final[frozenset[Code]] = frozenset(
    {"bare number", "unsupported", "too long", "out of date"}
)

_QUOTED: Final = re.compile(r"“[^”]*”")
_NUMBER: Final = re.compile(r"[+−-]?[£€$]?\d[\d.,\u202f]*\s?%?")


@dataclass(frozen=True, slots=True, kw_only=True)
class GateFinding:
    """One thing the gate found.

    code: what it is.  where: section and block, in words.  words: the text that it stands in.
    todo: what to do about it, one sentence.
    """

    code: Code
    where: str
    words: str
    todo: str

    @property
    def blocks(self) -> bool:
        """Whether a document for leaders may not be issued with it."""
        return self.code in _BLOCKING


def gate(document: Document, *, today: date | None = None) -> list[GateFinding]:
    """Everything RULE-20 has to say about a document, in reading order.

    today: the day on which its evidence has to hold; None where that is not asked.
    """
    findings = [
        finding
        for section in document.sections
        for finding in gate_section(section, document.language, today=today)
    ]
    findings += [
        GateFinding(code="too long", where=document.title, words="", todo=excess.words)
        for excess in overflow(document)
    ]
    return findings


def may_be_issued(document: Document, *, today: date | None = None) -> bool:
    """Whether leaders may be sent it: no finding of the gate stops it."""
    return not any(finding.blocks for finding in gate(document, today=today))


def gate_section(
    section: Section, language: str = "en", *, today: date | None = None
) -> Iterator[GateFinding]:
    """What it has to say about one section, in reading order."""
    name = section.kicker or plain(section.lead, language)
    yield from _doubtful(section, name, today)
    yield from _free(section.kicker, f"{name}: the line above the heading", language)
    yield from _claim(section.lead, f"{name}: heading", language)
    for block in section.blocks:
        yield from _block(block, name, language)


def _doubtful(section: Section, name: str, today: date | None) -> Iterator[GateFinding]:
    """Figures that rest on what is out of date, or on somebody's memory; each once."""
    seen: list[Figure] = []
    for figure in _figures_of(section):
        if figure in seen or not (figure.from_memory or figure.valid_until):
            continue
        seen.append(figure)
        words = f"{figure.group or measure(figure)}: {word(figure)}"
        if today is not None and figure.valid_until is not None and figure.valid_until < today:
            yield GateFinding(
                code="out of date",
                where=name,
                words=words,
                todo=f"What it rests on could be relied on until {word(figure.valid_until)}. See whether it "
                "still holds and say until when, or say it from memory.",
            )
        elif figure.from_memory:
            yield GateFinding(
                code="from memory",
                where=name,
                words=words,
                todo="It is remembered, and prints so. Better is what was kept at the time.",
            )


def _figures_of(section: Section) -> Iterator[Figure]:
    yield from section.lead.figures
    for block in section.blocks:
        for claim in claims_of(block):
            yield from claim.figures
        if isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row if isinstance(cell, Figure))


def _block(block: Block, name: str, language: str) -> Iterator[GateFinding]:
    """Findings in a block.  The title of a picture or table rests on what stands below it."""
    kind = _KINDS[type(block)]
    for claim in claims_of(block):
        if (isinstance(block, Table | Diagram) and claim is block.finding) or isinstance(
            block, ChartBlock
        ):
            yield from _figures(claim, f"{name}: {kind}", language)
        else:
            yield from _claim(claim, f"{name}: {kind}", language)
    for words in _free_words(block):
        yield from _free(words, f"{name}: beside or below the {kind}", language)


_KINDS: Final[dict[type[Block], str]] = {
    Statement: "text",
    Table: "table",
    ChartBlock: "chart",
    Diagram: "diagram",
    Quotation: "quotation",
    Ask: "ask",
    Checklist: "checklist",
}


def _free_words(block: Block) -> tuple[str, ...]:
    """The words of a block that are no claim: notes, captions, items of a checklist."""
    match block:
        case Statement(margin=margin):
            return tuple(note for note in margin if isinstance(note, str))
        case Table(note=note):
            return (note,)
        case ChartBlock(chart=chart):
            return (chart.caption,)
        case Checklist(items=items):
            return tuple(words for _, words in items if isinstance(words, str))
        case _:
            return ()


def _claim(claim: Claim, where: str, language: str) -> Iterator[GateFinding]:
    """A claim that stands on its own words or on figures that do not hold."""
    yield from _figures(claim, where, language)
    degree = asserts(_QUOTED.sub("", claim.text), language)
    if claim.state == "judgement" and degree:
        yield GateFinding(
            code="our judgement",
            where=where,
            words=plain(claim, language),
            todo=f"It says “{degree}” without a figure, so it prints as “our judgement”. Give it a figure, or let it stand so.",
        )


def _figures(claim: Claim, where: str, language: str) -> Iterator[GateFinding]:
    if claim.state == "unsupported":
        yield GateFinding(
            code="unsupported",
            where=where,
            words=plain(claim, language),
            todo="Nothing supports it. Give it a figure, mark it as our judgement, or take it out.",
        )
    for figure in claim.figures:
        if figure.value is None:
            yield GateFinding(
                code="undefined figure",
                where=where,
                words=plain(claim, language),
                todo=f"{figure.measure} is not known here ({figure.reason}); the sentence says so.",
            )


def _free(words: str, where: str, language: str) -> Iterator[GateFinding]:
    """Words that no slot stands behind: they may hold neither a number nor a claim of degree."""
    unquoted = _QUOTED.sub("", words)
    if found := _NUMBER.search(unquoted):
        yield GateFinding(
            code="bare number",
            where=where,
            words=words,
            todo=f"“{found.group().strip()}” has no figure behind it. Make the sentence a claim with a slot, or quote who said it.",
        )
    elif degree := asserts(unquoted, language):
        yield GateFinding(
            code="comparative",
            where=where,
            words=words,
            todo=f"“{degree}” compares without a figure. Check that it only says how to read what is shown.",
        )
