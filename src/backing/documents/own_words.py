"""What somebody writes into a document themselves: sentences, each a claim in state "judgement".

A number comes in as the name of a figure in braces: "{late_rate:of} projects were late." is worded with
the figure of that name, against the first baseline unless ".current" is said.  What cannot be a claim is
handed back with the reason, to be shown beside the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from backing.documents.papers.grounds import Grounds
from boardpaper.claim import Claim, ClaimError
from boardpaper.wording import STYLES
from trackrecord.figure import Baseline, Figure

_SENTENCES: Final = re.compile(r"(?<=[.!?…])\s+|\s*\n\s*")
_SLOT: Final = re.compile(
    r"\{\s*(?P<measure>[a-z][a-z0-9_]*)(?:\.(?P<baseline>\w+))?\s*(?::(?P<style>[a-z ]*))?\}"
)
_BASELINES: Final[dict[str, Baseline]] = {"original": "original", "current": "current"}
_DIGITS: Final = re.compile(r"\d\S*")


@dataclass(frozen=True, slots=True)
class Refused:
    """A sentence that cannot stand in a document.  why: one sentence that says what to do."""

    words: str
    why: str


def sentences(text: str, grounds: Grounds) -> Iterator[Claim | Refused]:
    """The sentences of a text, in order."""
    for words in _SENTENCES.split(text.strip()):
        if words:
            yield sentence(words, grounds)


def sentence(words: str, grounds: Grounds) -> Claim | Refused:
    """One sentence as a claim in state judgement."""
    slots: dict[str, Figure] = {}
    parts: list[str] = []
    end = 0
    for found in _SLOT.finditer(words):
        figure = _figure(found["measure"], found["baseline"], grounds)
        style = (found["style"] or "").strip()
        if figure is None:
            return Refused(words, f"There is no figure {found[0]}. Take a name from the list.")
        if style not in STYLES:
            known = ", ".join(style for style in STYLES if style)
            return Refused(words, f"A figure cannot be worded “{style}”. Choose from: {known}.")
        name = f"figure_{'abcdefghijklmnopqrstuvwxyz'[len(slots) % 26]}{'_' * (len(slots) // 26)}"
        slots[name] = figure
        parts += [_literal(words[end : found.start()]), f"{{{name}:{style}}}"]
        end = found.end()
    parts.append(_literal(words[end:]))
    try:
        return Claim("".join(parts), state="judgement", klass="OPEN", **slots)
    except ClaimError:
        number = _DIGITS.search(re.sub(r"“[^”]*”", "", words))
        said = f"“{number[0]}”" if number else "A number"
        return Refused(
            words,
            f"{said} has no figure behind it. Name a figure in braces, or quote who said it: “…”.",
        )


def names(grounds: Grounds, figures: tuple[Figure, ...]) -> tuple[tuple[str, Figure], ...]:
    """How these figures are called in a sentence; those that have no such name are left out."""
    named: dict[str, Figure] = {}
    for figure in figures:
        name = f"{{{figure.measure}{'.current' if figure.baseline == 'current' else ''}}}"
        if figure.group is None and _figure(figure.measure, figure.baseline, grounds) == figure:
            named.setdefault(name, figure)
    return tuple(named.items())


def _figure(measure: str, baseline: str | None, grounds: Grounds) -> Figure | None:
    if baseline is None:
        return grounds.get(measure) or grounds.get(measure, "original")
    known = _BASELINES.get(baseline)
    return grounds.get(measure, known) if known is not None else None


def _literal(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")
