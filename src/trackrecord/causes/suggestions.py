"""Causes to ask about, read from what people wrote.

A suggestion is a question put to a person, never a cause: it enters no figure until someone who
knows the project confirms it, and that is then a decision (`decisions.CauseAgreed`) of theirs.
Where a text says too little, nothing is suggested.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from trackrecord.causes.keywords import KEYWORDS

if TYPE_CHECKING:
    from trackrecord.causes.text_model import TextModel

Origin = Literal["model", "keywords"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One cause to ask a person about, and what in the text made us ask.

    origin: "model", learnt from the house's own coding, or "keywords", a short word list.
    confidence: the model's calibrated probability; None for keywords, which have none.
    terms: the words that spoke for it.  spans: where they stand in the text, (start, end), in
    order and without overlap, to be highlighted.
    """

    cause: str
    origin: Origin
    confidence: float | None
    terms: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


def suggest(text: str, *, model: TextModel | None = None) -> tuple[Suggestion, ...]:
    """The causes a narrative seems to speak of, those of the model first; empty: too little said.

    model: learnt from coded narratives.  It speaks for the causes that passed its gate, and
    abstains below one half; the word list speaks for the others.
    """
    if model is None:
        return keyword_suggestions(text)
    from trackrecord.causes.text_model import ABSTAIN_BELOW  # numpy stays out of a keyword search

    probabilities = model.probabilities(text)
    learnt = [
        _learnt(text, model, cause, probability)
        for cause, probability in sorted(
            probabilities.items(), key=lambda item: (-item[1], item[0])
        )
        if probability >= ABSTAIN_BELOW
    ]
    rest = {cause: words for cause, words in KEYWORDS.items() if cause not in probabilities}
    return (*learnt, *keyword_suggestions(text, words=rest))


def keyword_suggestions(
    text: str, *, words: Mapping[str, tuple[str, ...]] = KEYWORDS
) -> tuple[Suggestion, ...]:
    """The causes whose keywords stand in the text; most hits first, then in the list's order.

    words: cause to phrases; a trailing * takes any ending.
    """
    found = [
        Suggestion(
            cause=cause,
            origin="keywords",
            confidence=None,
            terms=tuple(dict.fromkeys(text[start:end].casefold() for start, end in spans)),
            spans=spans,
        )
        for cause, phrases in words.items()
        if (spans := _spans(text, phrases))
    ]
    return tuple(sorted(found, key=lambda suggestion: -len(suggestion.spans)))


def _learnt(text: str, model: TextModel, cause: str, probability: float) -> Suggestion:
    terms = model.terms(text, cause)
    return Suggestion(
        cause=cause,
        origin="model",
        confidence=probability,
        terms=terms,
        spans=_spans(text, terms),
    )


def _spans(text: str, phrases: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Where any of the phrases stands, each place once, the longest phrase winning."""
    return tuple(match.span() for match in _pattern(phrases).finditer(text)) if phrases else ()


@lru_cache(maxsize=256)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(
        r"\b(?:" + "|".join(_any_spacing(phrase) for phrase in longest_first) + r")\b",
        re.IGNORECASE,
    )


def _any_spacing(phrase: str) -> str:
    """A phrase as a pattern: its words with anything but letters between them, * for any ending."""
    return r"\W+".join(
        re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word)
        for word in phrase.split()
    )
