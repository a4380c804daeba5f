"""How a slot is worded, and a claim becomes a sentence.

    word(figure)                  "18%"        the value with its unit
    word(figure, "range")         "11% to 23%"
    sentence(claim)               Text("Projects cost "), FigureRun("18%", figure), Text(" more ...")

Renderers ask here and nowhere else, so that a figure reads the same in page, paper, deck and mail,
and bears its dotted underline in each.
"""

from __future__ import annotations

import string
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from boardpaper.blocks import Cell
from boardpaper.chart import Scale
from boardpaper.claim import Claim, Name, Person, Slot
from boardpaper.wording import en
from trackrecord.errors import UnknownName
from trackrecord.figure import Confidentiality, Figure

_LANGUAGES: Final = ("en",)
_COUNTS: Final = (
    "none one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()


@dataclass(frozen=True, slots=True)
class Text:
    """Words of a sentence that need no backing."""

    text: str


@dataclass(frozen=True, slots=True)
class FigureRun:
    """A figure in a sentence: its words, and the figure that stands behind them."""

    text: str
    figure: Figure


Run = Text | FigureRun

# What a figure's style says of it.  Where the figure is undefined, the styles that need its value say
# why; the others still say how many values there are.
_STYLES: Final[dict[str, Callable[[Figure, float], str]]] = {
    # 18% · 61 days · £12.4 million · 60 projects
    "": en.value,
    # +18% · +61 days
    "signed": lambda figure, value: en.value(figure, value, signed=True),
    # 18%, whatever the sign
    "abs": lambda figure, value: en.value(figure, abs(value)),
    # £12.4m, for tables
    "short": lambda figure, value: en.value(figure, value, short=True),
    # £12,380,000, for sums that are added up or subtracted
    "full": en.full,
    # 18 · 61 · 60: without the unit
    "plain": en.bare,
    "count": en.bare,
    # 11% to 23%
    "range": lambda figure, _: en.span(figure),
    # 61 days late · 3 days early · on the day
    "late": en.late,
    # 37 of 60, where it is a share of counted things; else how many values it rests on, 57 of 64
    "of": lambda figure, value: (
        en.k_of_n(figure)
        or (en.value(figure, value) if figure.measure.endswith("_rate") else en.known(figure))
    ),
}
_STYLES_OF_N: Final[dict[str, Callable[[Figure], str]]] = {
    # 57
    "n": lambda figure: f"{figure.n:,}",
    # 57 of 64
    "known": en.known,
    # 7
    "missing": lambda figure: f"{figure.missing_total:,}",
    # 7 not stated
    "not stated": en.not_stated,
}
STYLES: Final = tuple(sorted({*_STYLES, *_STYLES_OF_N}))


def word(slot: Slot, style: str = "", language: str = "en") -> str:
    """The words of a slot: a figure in a style, a date, a name, a person.

    style: one of STYLES; only a figure has any but "".  Raises UnknownName for another.
    """
    _known_language(language)
    if isinstance(slot, Figure):
        return _figure(slot, style)
    if style:
        raise UnknownName(kind="style of a name or date", name=style, known=[""])
    if isinstance(slot, Name):
        return slot.text
    if isinstance(slot, Person):
        return slot.shown
    return en.day(slot)


def _figure(figure: Figure, style: str) -> str:
    if of_n := _STYLES_OF_N.get(style):
        return of_n(figure)
    if style not in _STYLES:
        raise UnknownName(kind="style", name=style, known=list(STYLES))
    if figure.value is not None:
        words = _STYLES[style](figure, float(figure.value))
        return f"{words} ({en.FROM_MEMORY})" if figure.from_memory else words
    if style == "of":
        return en.known(figure)
    return en.span(figure) if style == "range" else en.undefined(figure.reason)


def sentence(claim: Claim, language: str = "en") -> tuple[Run, ...]:
    """A claim as runs of text and figures; a sentence begins with a capital."""
    runs: list[Run] = []
    for literal, name, style, _ in string.Formatter().parse(claim.text):
        if literal:
            runs.append(Text(literal))
        if name is None:
            continue
        slot = claim.slots[name]
        words = word(slot, style or "", language)
        if not runs:
            words = words[:1].upper() + words[1:]
        runs.append(FigureRun(words, slot) if isinstance(slot, Figure) else Text(words))
    return tuple(runs)


def ended(words: str) -> str:
    """What somebody typed as a sentence of its own: with a full stop, where it has no end yet."""
    words = words.strip()
    return words if not words or words.endswith((".", "?", "!", "”")) else f"{words}."


def in_words(count: int) -> str:
    """A count as a sentence says it: "none" to "twenty" in words, beyond that in figures."""
    return _COUNTS[count] if count < len(_COUNTS) else f"{count:,}"


def plain(words: Claim | str, language: str = "en") -> str:
    """A claim as one string, for titles, alternatives and plain text."""
    if isinstance(words, str):
        return words
    return "".join(run.text for run in sentence(words, language))


def cell(content: Cell, style: str = "", language: str = "en") -> tuple[Run, ...]:
    """A table's cell as runs: figures short, counts without their noun (the column says it)."""
    if content is None:
        return ()
    if isinstance(content, str):
        return (Text(content),)
    if isinstance(content, Claim):
        return sentence(content, language)
    if isinstance(content, date):
        return (Text(word(content, "", language)),)
    if not style:
        style = "count" if en.is_count(content.unit) else "short"
    return (FigureRun(word(content, style, language), content),)


def state(claim: Claim, language: str = "en") -> str:
    """The state printed beside a claim: "our judgement", "no evidence yet", or nothing.

    A sentence that asserts nothing of degree ("this part is empty on purpose") needs no mark.
    """
    _known_language(language)
    if claim.state == "judgement" and not asserts(claim.text, language):
        return ""
    return en.state(claim.state)


def asserts(text: str, language: str = "en") -> str:
    """The first word of degree in a text ("faster", "fewer", "all"), or "" (RULE-20)."""
    _known_language(language)
    words = (piece.strip(".,;:!?()“”‘’'\"").lower() for piece in text.split())
    return next((piece for piece in words if piece in en.COMPARATIVES), "")


def says_who(figure: Figure, language: str = "en") -> tuple[tuple[str, str], ...]:
    """What stands behind a figure: definition, n of N, missing, range, as at, confirmed, edition."""
    _known_language(language)
    return tuple(en.facts(figure))


def says_who_in_a_list(figure: Figure, language: str = "en") -> str:
    """The same in one line, without what a list of figures says once: definition, date, edition."""
    _known_language(language)
    return "; ".join(en.facts_in_a_list(figure))


def measure(figure: Figure, language: str = "en") -> str:
    """What a figure measures, in words, with its baseline."""
    _known_language(language)
    return en.measure(figure.measure, figure.baseline)


def confidentiality(klass: Confidentiality, language: str = "en") -> str:
    """A class as the footer words it."""
    _known_language(language)
    return en.CLASSES[klass]


def short_hash(digest: str) -> str:
    """A digest as people read it out: its first eight digits, "7f3a 19c2"."""
    return en.short_hash(digest)


def position(value: float, scale: Scale, unit: str = "", language: str = "en") -> str:
    """A position on a chart's axis in words: "+18%", "61 days", "Apr 2026"."""
    _known_language(language)
    match scale:
        case "share":
            return en.share(value, signed=True)
        case "days":
            return f"{en.number(value, signed=True)} {en.noun('days', value)}"
        case "money":
            return en.money(value, unit, short=True)
        case "date":
            return en.day(date.fromordinal(round(value)))
        case "ratio":
            return en.number(value, 2)
        case "count":
            return en.number(value)


def _known_language(language: str) -> None:
    if language not in _LANGUAGES:
        raise UnknownName(kind="language", name=language, known=sorted(_LANGUAGES))
