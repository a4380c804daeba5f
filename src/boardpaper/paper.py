"""How a document is laid out as a paper: what is body, what is appendix, which figures it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from boardpaper.blocks import Document, Section, Table
from boardpaper.claim import Claim
from boardpaper.wording import cell, confidentiality, short_hash, word
from trackrecord.figure import Figure


def body(document: Document) -> tuple[Section, ...]:
    """The sections of the paper before its appendix, with their main blocks."""
    return tuple(
        replace(section, blocks=tuple(block for block in section.blocks if block.place == "main"))
        for section in document.body
        if section.in_paper
    )


def appendix(document: Document) -> tuple[Section, ...]:
    """The appendix: what the body's sections set aside, then its own sections."""
    asides = []
    for section in document.body:
        aside = tuple(block for block in section.blocks if block.place == "aside")
        if section.in_paper and aside:
            asides.append(replace(section, kicker=f"Beside · {section.kicker}", blocks=aside))
    own = tuple(section for section in document.appendices if section.in_paper)
    return (*asides, *own)


_Key = tuple[object, ...]


@dataclass(slots=True)
class Backed:
    """The figures a paper shows, numbered in reading order; the same figure keeps its number."""

    figures: list[Figure] = field(default_factory=list)
    numbers: dict[_Key, int] = field(default_factory=dict)

    def number(self, figure: Figure) -> int:
        """The number of a figure, from 1."""
        key = _key(figure)
        if key not in self.numbers:
            self.figures.append(figure)
            self.numbers[key] = len(self.figures)
        return self.numbers[key]


def _key(figure: Figure) -> _Key:
    missing = tuple(sorted(figure.missing.items()))
    whose = (figure.measure, figure.version, figure.baseline, figure.by, figure.group)
    return (*whose, figure.value, figure.n, missing, figure.as_at, figure.basis)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What stands at the head and foot of every page.

    issue: "Issue 2", or "Draft"; empty where it was printed without being issued.  company: the organisation, and that it is invented where it is.
    """

    company: str
    title: str
    issue: str
    audience: str
    klass: str
    as_at: str
    issued: str
    edition: str
    composition: str

    def head(self) -> Iterator[str]:
        """What the paper is, for the line above its first heading."""
        yield from filter(None, (self.title, self.issue, self.audience))

    def line(self) -> Iterator[str]:
        """What one line has room for, under a slide: whose, how far it may go, which one it is."""
        yield from filter(None, (self.company, self.issue, self.klass))
        if self.edition:
            yield f"Edition {self.edition}"
        yield f"Composition {self.composition}"

    def foot(self) -> Iterator[str]:
        """Class, dates and hashes, for the line at its foot; nothing of figures where there are none."""
        if not self.edition:
            yield from filter(None, (self.klass, self.issued, f"Composition {self.composition}"))
            return
        dated = f"Figures as at {self.as_at}" if self.as_at else "Figures without a date"
        yield from filter(None, (self.klass, self.issued, dated))
        yield f"Edition {self.edition}"
        yield f"Composition {self.composition}"


def imprint(document: Document, composition_hash: str) -> Imprint:
    """The imprint of a document, worded in its language."""
    language = document.language
    issued = document.issued_at
    return Imprint(
        company=f"{document.organisation}, an invented company"
        if document.invented
        else document.organisation,
        title=document.title,
        issue=_issue(document),
        audience=f"For: {document.audience}" if document.audience else "",
        klass=confidentiality(document.klass, language),
        as_at=word(document.as_at, "", language) if document.as_at else "",
        issued=f"Issued {word(issued.date(), '', language)}" if issued else "",
        edition=short_hash(document.edition),
        composition=short_hash(composition_hash),
    )


def _issue(document: Document) -> str:
    """Which issue it is; one that was printed without a number is neither that nor a draft."""
    if document.issue is not None:
        return f"Issue {document.issue} of {document.code}"
    return "" if document.issued_at else "Draft"


def label_of(note: Claim) -> str:
    """The words of a margin note that name it ("n", "Range"), set strong; "" where it has none."""
    head = note.text.partition("{")[0]
    return head.strip() if "{" in note.text and 0 < len(head.split()) <= 2 else ""


# What a table may hold side by side in the reading column: columns, and letters of its longest cells.
_COLUMNS: Final = 5
_LETTERS: Final = 84
_LONGEST_CELL: Final = 48


def takes_the_margin(table: Table, language: str) -> bool:
    """Whether a table is set over reading column and margin, because one alone would crowd it."""
    if len(table.columns) > _COLUMNS:
        return True
    letters = 0
    for place, column in enumerate(table.columns):
        cells = (cell(row[place], column.style, language) for row in table.rows)
        longest = max((sum(len(run.text) for run in runs) for runs in cells), default=0)
        letters += min(longest, _LONGEST_CELL) + 3
    return letters > _LETTERS
