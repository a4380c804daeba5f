"""How wide words are, near enough to set a name in lines without asking a browser."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_NARROW: Final = frozenset("iljftIr.,:;'’|!()[] -")
_WIDE: Final = frozenset("mwMWOQGD@%→")
_NARROW_EM, _USUAL_EM, _CAPITAL_EM, _WIDE_EM = 0.31, 0.54, 0.65, 0.82


def width(words: str, size: float) -> float:
    """In the unit of the size of the letters; rather too wide than too narrow."""
    return size * sum(map(_em, words))


def set_in_lines(words: str, *, room: float, size: float, most: int) -> tuple[str, ...]:
    """The words in at most so many lines of a width, cut with "…" where they do not fit."""
    lines: list[str] = []
    line = ""
    for word in words.split():
        longer = f"{line} {word}" if line else word
        if line and width(longer, size) > room:
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    kept = lines[:most]
    if len(lines) > most:
        kept[-1] = _cut(f"{kept[-1]} {lines[most]}", room, size, must=True)
    return tuple(_cut(each, room, size) for each in kept)


def room_needed(texts: Iterable[tuple[str, int]], size: float) -> float:
    """The narrowest column in which each text takes no more than its number of lines."""
    return max((_narrowest(words, lines, size) for words, lines in texts), default=0.0)


def _narrowest(words: str, lines: int, size: float) -> float:
    widths = [width(word, size) for word in words.split()] or [0.0]
    space = width(" ", size)
    low = max(*widths, sum(widths) / lines)
    for _ in range(24):
        if _lines(widths, low, space) <= lines:
            break
        low += size * 0.5
    return low


def _lines(widths: list[float], room: float, space: float) -> int:
    found, used = 1, 0.0
    for each in widths:
        if used and used + space + each > room:
            found, used = found + 1, each
        else:
            used += each + (space if used else 0.0)
    return found


def _cut(words: str, room: float, size: float, *, must: bool = False) -> str:
    if not must and width(words, size) <= room:
        return words
    while words and width(f"{words}…", size) > room:
        words = words[:-1].rstrip()
    return f"{words}…"


def _em(letter: str) -> float:
    if letter in _NARROW:
        return _NARROW_EM
    if letter in _WIDE:
        return _WIDE_EM
    return _CAPITAL_EM if letter.isupper() else _USUAL_EM
