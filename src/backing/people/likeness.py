"""When two names may mean one person."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence
from typing import Final

_TITLES: Final = frozenset("mr mrs ms miss dr prof professor sir dame lord lady".split())
_NEAR: Final = 0.86  # of difflib's ratio: one slip of the pen in a name of usual length
SAME, NEAR = "the same name", "nearly the same name"


def folded(name: str) -> str:
    """A name without case, accents, titles and points: "Dr. José Núñez" is "jose nunez"."""
    plain = name.casefold()
    if not plain.isascii():
        parts = unicodedata.normalize("NFKD", plain)
        plain = "".join(each for each in parts if not unicodedata.combining(each))
    return " ".join(word for word in re.findall(r"\w+", plain) if word not in _TITLES)


def key(name: str) -> str:
    """What alike names share, so that not everyone need be compared with everyone: the ends of the name."""
    return _ends(folded(name).split())


def alike(one: str, other: str) -> str:
    """Why the two may be one; empty where they are not alike."""
    return Spelt(folded(other)).like(Spelt(folded(one)))


class Spelt:
    """A folded name, taken apart once to be held against many.  ends: its key."""

    __slots__ = ("_first", "_last", "_letters", "ends", "name")

    def __init__(self, name: str) -> None:
        words = name.split()
        self.name = name
        self.ends = _ends(words)
        self._first, self._last = (words[0], words[-1]) if len(words) > 1 else ("", "")
        self._letters = _letters(name)

    def like(self, other: Spelt) -> str:
        """Why the two may mean one person; empty where they are not alike.

        Most are ruled out by the letters they share: no more than these can stand in the same order.
        """
        if self.name == other.name:
            return SAME if self.name else ""
        shared = 2 * (self._letters & other._letters).bit_count()
        if shared >= _NEAR * (len(self.name) + len(other.name)):
            in_order = difflib.SequenceMatcher(None, other.name, self.name)
            if in_order.ratio() >= _NEAR:
                return NEAR
        return NEAR if self._initialled(other) else ""

    def _initialled(self, other: Spelt) -> bool:
        """Whether one of them has an initial where the other has a name: "a lima", "ana lima"."""
        if not self._last or self._last != other._last:
            return False
        return self._first[0] == other._first[0] and 1 in (len(self._first), len(other._first))


def _ends(words: Sequence[str]) -> str:
    return f"{words[0][:1]}{words[-1][:2]}" if words else ""


def _letters(name: str) -> int:
    """A bit for each letter, the next one for its second time, and so on; some letters share theirs.

    So the bits of two names have in common at least as many as the names have letters in common.
    """
    found = 0
    for letter in name:
        bit = 1 << (ord(letter) % 32)
        while found & bit:
            bit <<= 32
        found |= bit
    return found
