"""A narrative with the words that suggest a cause set apart, and the causes as a coder picks them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from backing.evidence.taxonomy import in_use
from trackrecord.causes.suggestions import Suggestion, suggest
from trackrecord.causes.taxonomy import UNKNOWN

# One key a cause: the digits, then letters; n is for the next project and u for unknown.
KEYS: Final = "1234567890qwertyiopasdfghjklzxcvbm"
UNKNOWN_KEY: Final = "u"


class Stretch(NamedTuple):
    """A piece of a narrative; whether it is one of the words that suggest a cause."""

    text: str
    is_telling: bool


@dataclass(frozen=True, slots=True)
class Pick:
    """One cause to pick: its key, its family, and the words of the narrative that speak for it."""

    cause: str
    family: str
    key: str
    words: tuple[str, ...]


def stretches(text: str) -> list[Stretch]:
    """The narrative in pieces, in order; joined they are the narrative."""
    ends = sorted(span for each in suggest(text) for span in each.spans)
    found, at = [], 0
    for start, end in ends:
        if end <= at:
            continue
        found.append(Stretch(text[at : max(at, start)], is_telling=False))
        found.append(Stretch(text[max(at, start) : end], is_telling=True))
        at = end
    return [each for each in (*found, Stretch(text[at:], is_telling=False)) if each.text]


def picks(text: str) -> list[Pick]:
    """Every cause in use and "unknown", in their one order, so that a key means one cause always."""
    suggested = {each.cause: each for each in suggest(text)}
    taxonomy = in_use()
    found = [
        Pick(cause.name, cause.family, key, _words(suggested.get(cause.name)))
        for cause, key in zip(taxonomy.causes, _keys(len(taxonomy.causes)), strict=True)
    ]
    return [*found, Pick(UNKNOWN, "", UNKNOWN_KEY, ())]


def words_for(text: str, causes: Sequence[str]) -> str:
    """The words of a narrative that suggest these causes, as a coder's evidence."""
    words = [word for each in suggest(text) if each.cause in causes for word in each.terms]
    return ", ".join(dict.fromkeys(words))


def _words(suggestion: Suggestion | None) -> tuple[str, ...]:
    return suggestion.terms if suggestion else ()


def _keys(number: int) -> list[str]:
    return [*KEYS[:number], *([""] * (number - len(KEYS)))]
