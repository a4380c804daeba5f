"""How much room words take, judged without any font: upper guesses, so that nothing runs over.

A deck is opened where we cannot see which fonts there are.  The widths are those of the widest faces
a system falls back to, for its sans and for its serif alike.
"""

from __future__ import annotations

from typing import Final, Literal

Face = Literal["sans", "serif"]

_SLIM: Final = frozenset(" .,;:!'’·|/ijlI")
_LEAN: Final = frozenset("frtJ()[]-“”‘")
_BROAD: Final = frozenset("mwMWOQG%@+−=…")
_EMS: Final = {"slim": 0.32, "lean": 0.42, "plain": 0.615, "capital": 0.70, "broad": 0.92}
_FACES: Final[dict[Face, float]] = {"sans": 1.0, "serif": 1.0}
_BOLD: Final = 1.1
# From one line to the next, in sizes of the type.
LEADING: Final = 1.22


def width(words: str, size: float, *, face: Face = "sans", bold: bool = False) -> float:
    """Points that some words take on one line, at a size in points."""
    ems = sum(_ems(letter) for letter in words)
    return ems * size * _FACES[face] * (_BOLD if bold else 1.0)


def _ems(letter: str) -> float:
    if letter in _SLIM:
        return _EMS["slim"]
    if letter in _LEAN:
        return _EMS["lean"]
    if letter in _BROAD:
        return _EMS["broad"]
    return _EMS["capital"] if letter.isupper() else _EMS["plain"]


def broken(
    words: str, room: float, size: float, *, face: Face = "sans", bold: bool = False
) -> list[str]:
    """The words in lines no wider than `room` points; a word that is wider stands on its own line."""
    lines: list[str] = []
    for piece in words.split():
        longer = f"{lines[-1]} {piece}" if lines else piece
        if lines and width(longer, size, face=face, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(piece)
    return lines or [""]


def lines(words: str, room: float, size: float, *, face: Face = "sans", bold: bool = False) -> int:
    """How many lines the words take, where a word wider than the room is broken within."""
    pieces = broken(words, room, size, face=face, bold=bold)
    return sum(
        max(1, -int(-width(piece, size, face=face, bold=bold) // max(1.0, room)))
        for piece in pieces
    )


def cut(words: str, room: float, size: float, *, bold: bool = False) -> str:
    """The words, ended by an ellipsis where they are wider than `room` points."""
    if width(words, size, bold=bold) <= room:
        return words
    kept = words
    while kept and width(f"{kept}…", size, bold=bold) > room:
        kept = kept[:-1].rstrip()
    return f"{kept}…"
