"""When two names may mean one person."""

from __future__ import annotations

import difflib
import re
import unicodedata
from typing import Final

_TITLES: Final = frozenset("mr mrs ms miss dr prof professor sir dame lord lady".split())
_NEAR: Final = 0.86  # of difflib's ratio: one slip of the pen in a name of usual length
SAME, NEAR = "the same name", "nearly the same name"


def folded(name: str) -> str:
    """A name without case, accents, titles and points: "Dr. José Núñez" is "jose nunez"."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    words = re.findall(r"\w+", letters)
    return " ".join(word for word in words if word not in _TITLES)


def key(name: str) -> str:
    """What alike names share, so that not everyone need be compared with everyone: the ends of the name."""
    return ends(folded(name))


def ends(name: str) -> str:
    """The key of a name that is folded."""
    words = name.split()
    return f"{words[0][:1]}{words[-1][:2]}" if words else ""


def alike(one: str, other: str) -> str:
    """Why the two may be one; empty where they are not alike."""
    return Likeness(folded(other)).to(folded(one))


class Likeness:
    """Names held against one name, all of them folded."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._letters = difflib.SequenceMatcher(None, b=name)

    def to(self, name: str) -> str:
        """Why the two may mean one person; empty where they are not alike."""
        if not name or not self._name:
            return ""
        if name == self._name:
            return SAME
        return NEAR if _initialled(name, self._name) or self._is_near(name) else ""

    def _is_near(self, name: str) -> bool:
        """The quick ratios are never below the true one, and rule out most."""
        self._letters.set_seq1(name)
        ratios = (self._letters.real_quick_ratio, self._letters.quick_ratio, self._letters.ratio)
        return all(ratio() >= _NEAR for ratio in ratios)


def _initialled(first: str, second: str) -> bool:
    """Whether one of them has an initial where the other has a name: "a lima", "ana lima"."""
    one, other = first.split(), second.split()
    if len(one) < 2 or len(other) < 2 or one[-1] != other[-1]:
        return False
    short = min(len(one[0]), len(other[0]))
    return short == 1 and one[0][0] == other[0][0]
