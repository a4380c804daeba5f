"""What a version of a document says that the one before did not, and what it says no more: in words."""

from __future__ import annotations

from dataclasses import dataclass

from backing.documents.drafting import key_of
from boardpaper.blocks import Block, Document, Quotation, Section, Table, claims_of
from boardpaper.render.as_text import cell_words
from boardpaper.wording import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One section: what is new in it and what is gone, a line each."""

    section: str
    new: tuple[str, ...]
    gone: tuple[str, ...]


def compared(was: Document, now: Document, *, without: str = "") -> tuple[Changed, ...]:
    """Section by section, in the order of today.  without: the key of a section that is left out."""
    before = {key_of(section): section for section in was.sections}
    after = {key_of(section): section for section in now.sections}
    found = []
    for key in (*after, *(key for key in before if key not in after)):
        if key == without:
            continue
        old, new = _lines(before.get(key)), _lines(after.get(key))
        section = after.get(key) or before[key]
        change = Changed(
            section=section.kicker or plain(section.lead),
            new=tuple(line for line in new if line not in old),
            gone=tuple(line for line in old if line not in new),
        )
        if change.new or change.gone:
            found.append(change)
    return tuple(found)


def _lines(section: Section | None) -> tuple[str, ...]:
    if section is None:
        return ()
    return (plain(section.lead), *(line for block in section.blocks for line in _of(block)))


def _of(block: Block) -> tuple[str, ...]:
    match block:
        case Table(rows=rows, columns=columns):
            return tuple(
                " – ".join(
                    words
                    for cell, column in zip(row, columns, strict=True)
                    if (words := cell_words(cell, column.style, "en"))
                )
                for row in rows
            )
        case Quotation(words=words):
            return (f"“{words}”",)
        case _:
            return tuple(plain(claim) for claim in claims_of(block))
