"""Weighs the texts of an XLSX workbook, which are kept once and shared by all cells that show them.

The reader of cells gives each cell a copy of its own, so a text of a megabyte that a thousand cells
share becomes a gigabyte.  No zip ratio shows that.

Source: ECMA-376 part 1, 18.4.9 (sst), 18.3.1.4 (c, type "s").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from trackrecord.readers import limits
from trackrecord.readers.package import DamagedPackage, Package

PART: Final = "xl/sharedStrings.xml"

_END: Final = b"si>"
_SHOWN: Final = re.compile(rb"\bt=[\"']s[\"'][^>]*>\s*<(?:\w+:)?v>(\d{1,9})<")


def at_longest(blocks: Iterable[bytes]) -> int:
    """Bytes that no shared text exceeds, markup and all; nearly always those of the longest.

    What lies between two ends is weighed whole, empty texts and all that is no text included:
    that is soon done, and never too little.
    """
    return max((max(map(len, piece.split(_END))) for piece in _pieces(blocks, _END)), default=0)


def shown(package: Package, sheets: Iterable[str]) -> int:
    """Bytes of all shared texts in these parts, counted as often as a cell shows them."""
    lengths = list(_lengths(package.blocks(PART)))
    total = 0
    for part in sheets:
        for piece in _pieces(package.blocks(part), b"row>"):
            indices = map(int, _SHOWN.findall(piece))
            total += sum(lengths[index] for index in indices if index < len(lengths))
    return total


def _lengths(blocks: Iterable[bytes]) -> Iterator[int]:
    """Of each shared text in turn."""
    for piece in _pieces(blocks, _END):
        for text in piece.replace(b"si/>", b"si></si>").split(_END)[:-1]:
            if text[text.rfind(b"<") :].startswith(b"</"):  # else it led up to an opening <si>
                yield len(text)


def _pieces(blocks: Iterable[bytes], end: bytes) -> Iterator[bytes]:
    """The same bytes, cut after the last `end` of each block."""
    rest = b""
    for block in blocks:
        rest += block
        if (at := rest.rfind(end)) >= 0:
            yield rest[: at + len(end)]
            rest = rest[at + len(end) :]
        elif len(rest) > limits.LINE:
            raise DamagedPackage("a text without end")
    yield rest
