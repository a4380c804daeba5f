"""How alike the names of two projects are: by their words, rare words weighing more, and by spelling."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import Final

_SAME_NAME: Final = 0.95  # two projects do share a name now and then
_SHARED_AT_LEAST: Final = 0.2  # below it, spelling is not even looked at
_WORD: Final = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """The words of a name, without case and accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _WORD.findall(letters)


def rarity_of(names: Iterable[frozenset[str]]) -> Mapping[str, float]:
    """What a word tells about the project it names: less, the more names have it."""
    names = list(names)
    counts = Counter(word for words in names for word in words)
    return {word: math.log(1 + len(names) / count) for word, count in counts.items()}


def likeness(one: frozenset[str], other: frozenset[str], rarity: Mapping[str, float]) -> float:
    """0-1: the weight of the words both names have, or how alike they are spelt."""
    if not one or not other:
        return 0.0
    if one == other:
        return _SAME_NAME
    both = sum(rarity[word] for word in one & other)
    either = sum(rarity[word] for word in one | other)
    shared = both / either
    if shared < _SHARED_AT_LEAST:
        return shared
    spelt = spelling(" ".join(sorted(one)), " ".join(sorted(other)))
    return _SAME_NAME * max(shared, math.pow(spelt, 1.5))


def spelling(one: str, other: str) -> float:
    """0-1: how alike two texts are spelt."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
