"""When two names of work may mean the same work: the same words, or much the same letters."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_EMPTY: Final = frozenset(
    "a an and as at by for from in into of on or per the to with our their its all of "
    "weekly monthly quarterly yearly annual regular ongoing general".split()
)
# What people say in different words of the same work.
_SAME: Final = {
    "vendor": "supplier",
    "contractor": "supplier",
    "forecast": "plan",
    "staff": "resource",
    "people": "resource",
    "programme": "project",
    "initiative": "project",
    "dashboard": "report",
    "pack": "report",
    "monitor": "track",
    "follow": "track",
    "coach": "mentor",
    "assurance": "review",
    "audit": "review",
}
_ENDINGS: Final = ("ations", "ation", "ings", "ing", "ies", "es", "s", "ed", "e")


@lru_cache(maxsize=20_000)
def words(name: str) -> frozenset[str]:
    """The words of a name that say what the work is, each in one form: "Reporting of suppliers" is
    report, supplier."""
    found = re.findall(r"[^\W\d_]+", name.casefold())
    return frozenset(
        _SAME.get(stem, stem) for each in found if each not in _EMPTY if (stem := _stem(each))
    )


def overlap(one: str, other: str) -> float:
    """The share of their words that both names have, of all that either has."""
    first, second = words(one), words(other)
    return len(first & second) / len(first | second) if first and second else 0.0


def likeness(one: str, other: str) -> float:
    """How alike two names are in their letters: the share of runs of three that both have."""
    first, second = _threes(one), _threes(other)
    return len(first & second) / len(first | second) if first and second else 0.0


@lru_cache(maxsize=20_000)
def _threes(name: str) -> frozenset[str]:
    text = f" {' '.join(sorted(words(name)))} "
    return frozenset(text[place : place + 3] for place in range(len(text) - 2))


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending) + ("y" if ending == "ies" else "")
    return word
