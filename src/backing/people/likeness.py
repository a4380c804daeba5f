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
    words = folded(name).split()
    return f"{words[0][:1]}{words[-1][:2]}" if words else ""


def alike(one: str, other: str) -> str:
    """Why the two may be one; empty where they are not alike."""
    first, second = folded(one), folded(other)
    if not first or not second:
        return ""
    if first == second:
        return SAME
    if _initialled(first, second) or difflib.SequenceMatcher(None, first, second).ratio() >= _NEAR:
        return NEAR
    return ""


def _initialled(first: str, second: str) -> bool:
    """Whether one of them has an initial where the other has a name: "a lima", "ana lima"."""
    one, other = first.split(), second.split()
    if len(one) < 2 or len(other) < 2 or one[-1] != other[-1]:
        return False
    short = min(len(one[0]), len(other[0]))
    return short == 1 and one[0][0] == other[0][0]
