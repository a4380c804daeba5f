"""A document as a light page for somebody without an account: its words, and no link into the office."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from boardpaper.blocks import Block, Document, Quotation, Table, claims_of
from boardpaper.render.as_text import cell_words
from boardpaper.wording import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A table.  rows: of pairs, each the column's name and the words of the cell."""

    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One section: what it says in a line, then paragraphs and tables in their order."""

    name: str
    lead: str
    texts: tuple[str, ...]
    tables: tuple[Rows, ...]


def parts(document: Document) -> tuple[Part, ...]:
    """Its sections, in order."""
    return tuple(
        Part(
            name=section.kicker,
            lead=plain(section.lead),
            texts=tuple(text for block in section.blocks for text in _texts(block)),
            tables=tuple(_rows(block) for block in section.blocks if isinstance(block, Table)),
        )
        for section in document.sections
    )


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Table():
            return
        case Quotation(words=words, said_by=said_by):
            yield f"“{words}” {said_by}"
        case _:
            yield from (plain(claim) for claim in claims_of(block))


def _rows(table: Table) -> Rows:
    return Rows(
        columns=tuple(column.name for column in table.columns),
        rows=tuple(
            tuple(
                (column.name, cell_words(cell, column.style))
                for cell, column in zip(row, table.columns, strict=True)
            )
            for row in table.rows
        ),
    )
