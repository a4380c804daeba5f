"""Cells and backing as plain strings, for renderers without an underline to put them under."""

from __future__ import annotations

import re
from typing import Final

from boardpaper.blocks import Cell
from boardpaper.wording import cell, measure, says_who, word
from trackrecord.figure import Figure

# What XML 1.0 cannot hold: most control characters, halves of surrogate pairs, two that are no letters.
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def writable(words: str) -> str:
    """The words without what no Office file can hold; a register may hold anything."""
    return _UNWRITABLE.sub(" ", words)


def cell_words(content: Cell, style: str = "", language: str = "en") -> str:
    """A table's cell as one string."""
    return "".join(run.text for run in cell(content, style, language))


def backing_words(figure: Figure, language: str = "en") -> str:
    """A figure and what stands behind it, in one line."""
    facts = "; ".join(
        f"{label}: {words.rstrip('.')}" for label, words in says_who(figure, language)
    )
    return f"{word(figure, '', language)} – {measure(figure, language)}. {facts}."
