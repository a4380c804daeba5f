"""What the words of a header say, in seven languages.

A header is read as a set of ideas: "Project - End Date (Latest Approved End Date)" names project,
finish, date, current and approved.  The words themselves are data, in `headers.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from trackrecord.values.gaps import folded

LANGUAGES: Final = ("en", "de", "fr", "es", "nl", "no", "sv")
_CAMEL: Final = re.compile(r"(?<=[a-zà-öø-ÿ0-9])(?=[A-ZÀ-ÖØ-Þ])|(?<=[A-Z])(?=[A-Z][a-zà-öø-ÿ])")
_BRACKETS: Final = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_APART: Final = re.compile(r"[^0-9a-z%£€$¥']+")
_ONE_YEAR: Final = re.compile(r"(?<!\d)20\d\d\s?[/-]\s?(?:20)?\d\d(?!\d)")  # 2023/24
_LONGEST_BRACKET = 6  # words; longer ones explain the column and are about something else as well


@dataclass(frozen=True, slots=True)
class Header:
    """A header taken apart: its plain words, its brackets, and the ideas they name.

    ideas: names of the tables of headers.toml.  unexplained: how many words name no idea.
    """

    text: str
    words: str
    brackets: tuple[str, ...]
    ideas: frozenset[str]
    unexplained: int

    def says(self, *ideas: str) -> bool:
        """Whether the header names any of `ideas`."""
        return not self.ideas.isdisjoint(ideas)


def plain_words(text: str) -> str:
    """Lower-case words without accents, parted by single blanks; camelCase is parted too."""
    parted = _CAMEL.sub(" ", text.replace("_", " "))
    return _APART.sub(" ", folded(parted)).strip()


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    def one(phrase: str) -> str:
        star = phrase.replace("*", "qqstarqq")
        return re.escape(plain_words(star)).replace("qqstarqq", r"\w*").replace(r"\ ", " ")

    longest_first = sorted((one(phrase) for phrase in phrases), key=lambda p: (-len(p), p))
    return re.compile(rf"(?<![\w'])(?:{'|'.join(longest_first)})(?![\w])")


@cache
def _vocabulary() -> dict[str, dict[str, re.Pattern[str]]]:
    """idea -> language -> what matches it."""
    text = files("trackrecord").joinpath("headers.toml").read_text(encoding="utf-8")
    return {
        idea: {language: _pattern(phrases) for language, phrases in by_language.items()}
        for idea, by_language in tomllib.loads(text).items()
    }


@lru_cache(maxsize=4096)
def _matches(words: str, language: str) -> tuple[tuple[str, int, int], ...]:
    return tuple(
        (idea, *match.span())
        for idea, patterns in _vocabulary().items()
        if (pattern := patterns.get(language))
        for match in pattern.finditer(words)
    )


def language_of(headers: Iterable[str]) -> str:
    """The language most header words belong to; English where it is a tie or nothing is known."""
    score: Counter[str] = Counter()
    for header in headers:
        words = plain_words(header)
        for language in LANGUAGES:
            letters = {i for idea, a, b in _matches(words, language) for i in range(a, b)}
            score[language] += len(letters)
    return max(LANGUAGES, key=lambda language: (score[language], -LANGUAGES.index(language)))


def _bracketed(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without its brackets, and what they hold, innermost first."""
    inside: list[str] = []
    while match := _BRACKETS.search(text):
        inside.append(match[1].strip())
        text = text[: match.start()] + " " + text[match.end() :]
    return text, tuple(inside)


@lru_cache(maxsize=4096)
def header_of(text: str, language: str = "en") -> Header:
    """The header's ideas, in the sheet's language first, then English, then any other.

    Words of another language count only where the sheet's own and English name no idea at all: the
    Spanish "actual" is not the English one.
    """
    outside, inside = _bracketed(text)
    words = plain_words(outside)
    short = [plain_words(part) for part in inside if len(part.split()) <= _LONGEST_BRACKET]
    everything = " | ".join([words, *short])
    found = list(_matches(everything, language))
    if language == "es":
        own = {(a, b) for _, a, b in found}
        found += [m for m in _matches(everything, "en") if m[1:] not in own]
    else:
        found += _matches(everything, "en")
    if all(idea in ("filler", "project", "date", "id") for idea, *_ in found):
        for other in LANGUAGES:
            found += _matches(everything, other)
    covered = {i for _, a, b in found for i in range(a, b)}
    unexplained = sum(
        1
        for match in re.finditer(r"\S+", words)
        if not covered.intersection(range(*match.span()))
        and any(letter.isalpha() for letter in match[0])
    )
    ideas = {idea for idea, *_ in found if idea != "filler"}
    if "%" in text:
        ideas.add("percent")
    if _ONE_YEAR.search(text):
        ideas.add("period")
    return Header(text, words, inside, frozenset(ideas), unexplained)
