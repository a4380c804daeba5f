"""How long a document may be, checked when it is composed: overflow is a finding, never smaller type.

The limits are those of requirements.md 5: a sponsor's update in three hundred words, a brief on one
page, a charter on six, a deck of five slides before its appendix.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from boardpaper.blocks import Ask, Block, Checklist, Document, Quotation, Section, Statement, Table
from boardpaper.wording import cell, plain

# A page of a PDF as Typst writes it; `/Pages` is the tree above them.
_PAGE: Final = re.compile(rb"/Type\s*/Page\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The most a document may hold of something, and how to count it."""

    most: int
    of: str
    count: Callable[[Document], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overflow:
    """A document that is too long: how many of what, of how many at most."""

    found: int
    most: int
    of: str

    @property
    def words(self) -> str:
        """One sentence that says what to do."""
        return (
            f"It has {self.found:,} {self.of}; the limit is {self.most:,}. Take something out or move it to "
            "the appendix."
        )


def overflow(document: Document) -> Iterator[Overflow]:
    """Every limit of its kind that a document breaks."""
    for limit in LIMITS.get(document.code, ()):
        found = limit.count(document)
        if found > limit.most:
            yield Overflow(found=found, most=limit.most, of=limit.of)


def word_count(document: Document) -> int:
    """Words of the body's sections and main blocks, as they are read."""
    return sum(
        len(words.split())
        for section in document.body
        for words in _words(section, document.language)
    )


def slide_count(document: Document) -> int:
    """Slides before the appendix."""
    return sum(1 for section in document.body if section.in_deck)


def page_count(document: Document) -> int:
    """Pages of the paper, its appendix included."""
    from boardpaper.render import pdf

    return len(_PAGE.findall(pdf.render(document)))


def _words(section: Section, language: str) -> Iterator[str]:
    yield plain(section.lead, language)
    for block in section.blocks:
        if block.place == "main":
            yield from _words_of(block, language)


def _words_of(block: Block, language: str) -> Iterator[str]:
    match block:
        case Statement(claims=claims):
            yield from (plain(claim, language) for claim in claims)
        case Quotation(words=words, said_by=said_by):
            yield from (words, said_by)
        case Ask(request=request, recommendation=recommendation):
            yield from (plain(claim, language) for claim in (request, recommendation) if claim)
        case Checklist(items=items):
            yield from (plain(words, language) for _, words in items)
        case Table(rows=rows, columns=columns):
            for row in rows:
                for content, column in zip(row, columns, strict=True):
                    yield from (run.text for run in cell(content, column.style, language))
        case _:
            return


_ONE_PAGE: Final = Limit(most=1, of="pages", count=page_count)

LIMITS: Final[dict[str, tuple[Limit, ...]]] = {
    "D1": (Limit(most=5, of="slides before the appendix", count=slide_count),),
    "D2": (Limit(most=6, of="pages", count=page_count),),
    "D4": (_ONE_PAGE,),
    "D5": (Limit(most=300, of="words", count=word_count),),
    "D6": (Limit(most=80, of="words", count=word_count), _ONE_PAGE),
    "D9": (Limit(most=2, of="pages", count=page_count),),
    "D10": (_ONE_PAGE,),
    "D11": (_ONE_PAGE,),
}
