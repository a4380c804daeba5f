"""Ratings as small numbers, which millions of status reports hold in a byte each.

A rating is one of five words, on a scale of three or of five or on one that is not stated.  An amber of
three is not an amber of five, so each has a code of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import ibis.expr.types as ir

SCALES: Final[Mapping[str, tuple[str, ...]]] = {
    "3": ("Green", "Amber", "Red"),
    "5": ("Green", "Amber/Green", "Amber", "Amber/Red", "Red"),
}
_WORDS: Final = SCALES["5"]
_RATINGS: Final = tuple((scale, word) for scale in ("3", "5", None) for word in _WORDS)
GREEN: Final = tuple(code for code, (_, word) in enumerate(_RATINGS) if word == "Green")


def code(rag: ir.StringColumn, scale: ir.StringColumn) -> ir.Column:
    """The code of a rating; null where there is none."""
    word = rag.cases(*((word, place) for place, word in enumerate(_WORDS)))
    first = scale.cases(("3", 0), ("5", len(_WORDS)), else_=2 * len(_WORDS))
    return (word + first).cast("int8")


def rag(code: ir.Column) -> ir.Column:
    """The word of a rating's code."""
    return code.cases(*((number, word) for number, (_, word) in enumerate(_RATINGS)))


def scale(code: ir.Column) -> ir.Column:
    """The scale of a rating's code; null where it is not stated."""
    stated = ((number, scale) for number, (scale, _) in enumerate(_RATINGS) if scale)
    return code.cases(*stated)


def named(code: int) -> tuple[str | None, str]:
    """The scale and the word of a code."""
    return _RATINGS[code]
