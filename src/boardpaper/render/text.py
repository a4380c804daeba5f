"""A document as plain text: for a message, a terminal, or a reader who hears it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
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
from boardpaper.composition import composition_hash
from boardpaper.paper import appendix, body, imprint
from boardpaper.render.as_text import cell_words
from boardpaper.wording import plain, state, word

WIDTH: Final = 78
_GAP: Final = 2
_SIGNS: Final = {True: "[x]", False: "[ ]", None: "[?]"}


def render(document: Document) -> str:
    """The paper as text, no line over 78 letters; charts as their alternative in words."""
    printed = imprint(document, composition_hash(document))
    lines = [*_wrapped(f"{document.title} · {printed.company}")]
    lines += _wrapped(" · ".join(part for part in printed.head() if part != document.title))
    if document.invented:
        lines += _wrapped("Every name and every number here is made up.")
    for section in body(document):
        lines += ["", "", *_section(section, document.language)]
    extra = appendix(document)
    if extra:
        lines += ["", "", "APPENDIX"]
    for section in extra:
        lines += ["", *_section(section, document.language)]
    lines += ["", "-" * WIDTH, *_wrapped(" · ".join(printed.foot()))]
    return "\n".join(lines) + "\n"


def _section(section: Section, language: str) -> Iterator[str]:
    if section.kicker:
        yield from _wrapped(section.kicker.upper())
    heading = _wrapped(plain(section.lead, language))
    yield from heading
    yield "-" * max(len(line) for line in heading)
    for block in section.blocks:
        yield ""
        yield from _block(block, language)


def _block(block: Block, language: str) -> Iterator[str]:
    match block:
        case Statement():
            yield from _wrapped(" ".join(_said(claim, language) for claim in block.claims))
            for note in block.margin:
                yield from _wrapped(_said(note, language), indent="    ")
        case ChartBlock(chart=chart):
            yield from _wrapped(f"{plain(chart.finding, language).rstrip('.')}.")
            yield from _wrapped(chart.alternative, indent="    ")
        case Diagram():
            yield from _wrapped(plain(block.finding, language))
            for depth, words in block.outline:
                yield from _wrapped(words, indent="  " * (depth + 1))
        case Quotation():
            when = word(block.on, "", language) if block.on else ""
            by = ", ".join(part for part in (block.said_by, block.context, when) if part)
            yield from _wrapped(f"“{block.words}”", indent="    ")
            yield from _wrapped(by, indent="    ")
        case Ask():
            yield from _ask(block, language)
        case Checklist():
            yield from _checklist(block, language)
        case Table():
            yield from _table(block, language)


def _ask(block: Ask, language: str) -> Iterator[str]:
    whom = f" of {block.of}" if block.of else ""
    when = f", by {word(block.by, '', language)}" if block.by else ""
    yield from _wrapped(f"Asked{whom}{when}: {plain(block.request, language)}")
    if block.recommendation is not None:
        yield from _wrapped(f"We recommend: {_said(block.recommendation, language)}")


def _checklist(block: Checklist, language: str) -> Iterator[str]:
    if block.finding is not None:
        yield from _wrapped(plain(block.finding, language))
    for done, words in block.items:
        yield from _wrapped(_said(words, language), first=f"{_SIGNS[done]} ", indent="    ")


def _said(claim: Claim | str, language: str) -> str:
    """A claim with its state behind it, where it has one to show."""
    judged = "" if isinstance(claim, str) else state(claim, language)
    words = plain(claim, language)
    return f"{words} ({judged})" if judged else words


def _table(block: Table, language: str) -> Iterator[str]:
    """Columns side by side where they fit; else each row as a short list.  A column alone is a list under its name."""
    if block.finding is not None:
        yield from _wrapped(plain(block.finding, language))
    head = [column.name for column in block.columns]
    rows = [
        [
            cell_words(content, column.style, language)
            for content, column in zip(row, block.columns, strict=True)
        ]
        for row in block.rows
    ]
    widths = _widths([head, *rows])
    if len(head) == 1:
        yield from _wrapped(f"{head[0]}:")
        for (words,) in rows:
            yield from _wrapped(words, first="- ", indent="  ")
    elif sum(widths) + _GAP * (len(widths) - 1) <= WIDTH:
        right = [column.align == "right" for column in block.columns]
        for row in [head, *rows]:
            cells = (
                words.rjust(width) if flush else words.ljust(width)
                for words, width, flush in zip(row, widths, right, strict=True)
            )
            yield (" " * _GAP).join(cells).rstrip()
    else:
        for row in rows:
            first, *others = zip(head, row, strict=True)
            yield from _wrapped(first[1])
            for name, words in others:
                if words:
                    yield from _wrapped(f"{name}: {words}", indent="    ")
    if block.note:
        yield from _wrapped(block.note)


def _widths(rows: list[list[str]]) -> list[int]:
    return [max(len(row[index]) for row in rows) for index in range(len(rows[0]))]


def _wrapped(words: str, *, indent: str = "", first: str | None = None) -> list[str]:
    lines = textwrap.wrap(
        words,
        WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
    )
    return lines or [""]
