"""Numbers as people write them: signs, thousands marks, decimal commas, "1.2m", "Low / Mid / High".

Whether a comma or a dot is the decimal mark is settled by the whole column: one cell that can mean
one thing only is enough.  A cell that speaks for itself is always read as it says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from math import isfinite
from typing import Final, NamedTuple

from trackrecord.layout import DecimalMark
from trackrecord.readers.source import Cell
from trackrecord.values.currencies import unit_of
from trackrecord.values.gaps import Fault, Gap, gap

_BLANKS: Final = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\u2212": "-", "\u2013": "-", "\u2014": "-", "\u2019": "'"}
)  # fmt: skip
_SHAPE: Final = re.compile(
    r"^(?P<open>\(?)(?P<before>[^\d.,+()-]*)(?P<sign>[-+]?)\s*(?P<between>[^\d.,+()-]*)(?P<open2>\(?)"
    r"(?P<digits>\d[\d.,' ]*|[.,]\d+)(?P<exponent>e[-+]?\d+)?(?P<after>.*?)$",
    re.IGNORECASE | re.DOTALL,
)
_DIGITS = r"\d+(?:[.,]\d+)?|[.,]\d+|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,2}(?:,\d\d)+,\d{3}(?:\.\d+)?"
_GOOD: Final = re.compile(_DIGITS)
_PLAIN: Final = re.compile(rf"([-+]?)([£€$]?)({_DIGITS})(%?)")
_RANGE: Final = re.compile(
    r"\d\s*(?:[a-z%£$€]*\s*)(?:-|to|bis|a|à|tot|til|till|hasta|/|\.\.+)\s*[£$€]?\s*\d",
    re.IGNORECASE,
)
_MIDDLE: Final = re.compile(
    r"\b(?:mid|middle|medium|central|most likely|likely|expected|base|p50|mittel|mittlere?r?s?|moyenne?|median|medio|media|midden|middels|mellan)\b\s*[:=]?\s*"
    r"(?P<value>\(?[^\s;|,:\d]?\s?[-+]?\d(?:[\d.,' ]*\d)?(?:\s?(?:[a-z]{1,3}\b|[€£$%]))?)",
    re.IGNORECASE,
)
_ENDS: Final = re.compile(
    r"\b(?:low|lower|min|minimum|high|upper|max|maximum|p10|p90|niedrig|hoch|bas|haut|bajo|alto|laag|hoog|lav|hoy|lag|hog)\b",
    re.IGNORECASE,
)
_LONGEST: Final = 200  # letters, enough for a range in words
_GROUPED: Final = re.compile(r"^\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?$")


class Scanned(NamedTuple):
    """One number as written: digits with their dots and commas, sign, and what stands beside it."""

    digits: str
    negative: bool
    unit: str
    exponent: str = ""
    middle: bool = False


class Number(NamedTuple):
    """A number and the unit its cell states; `middle` when it is the middle of a stated range."""

    value: float
    unit: str = ""
    middle: bool = False


NOT_A_NUMBER: Final = Fault(
    "not-a-number", "a number", "Write a plain number, or leave the cell empty."
)
RANGE: Final = Fault(
    "range", "one number, not a range", "Write the one number that was decided on."
)


def _quick(text: str) -> Scanned | None:
    """The parts of a number without ornament; most are."""
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    sign, currency, digits, percent = match.groups()
    return Scanned(digits, sign == "-", currency or percent)


def scan(text: str) -> Scanned | Fault:
    """The parts of one written number."""
    if len(text) > _LONGEST:
        return NOT_A_NUMBER
    if quick := _quick(text):
        return quick
    plain = text.translate(_BLANKS).strip()
    if plain.casefold() == "nil":
        return Scanned("0", negative=False, unit="")
    middle = _MIDDLE.search(plain) if _ENDS.search(plain) else None
    if middle:
        inner = scan(middle["value"].strip().rstrip(","))
        return inner if isinstance(inner, Fault) else inner._replace(middle=True)
    plain = re.sub(r"[.,]-+$", "", plain)  # "1000,-" is how shops in the north write a round sum
    match = _SHAPE.match(plain)
    if match is None:
        return NOT_A_NUMBER
    after = match["after"].strip()
    closed = after.endswith(")") and bool(match["open"] or match["open2"])
    after = after[:-1].strip() if closed else after
    trailing_minus = after == "-"
    digits = match["digits"].strip().rstrip(".,'")
    if " " in digits or "'" in digits:
        if not _GROUPED.match(digits):
            return RANGE if _RANGE.search(plain) else NOT_A_NUMBER
        digits = digits.replace(" ", "").replace("'", "")
    if not _GOOD.fullmatch(digits):
        return NOT_A_NUMBER
    unit = " ".join(
        part.strip()
        for part in (match["before"], match["between"], "" if trailing_minus else after)
        if part.strip()
    )
    if any(character.isdigit() for character in unit):
        return RANGE if _RANGE.search(plain) else NOT_A_NUMBER
    negative = closed or trailing_minus or match["sign"] == "-"
    return Scanned(digits, negative, unit, match["exponent"] or "")


def mark_of(digits: str) -> DecimalMark | None:
    """The decimal mark that the digits prove by themselves; None where they could mean two things."""
    dots, commas = digits.count("."), digits.count(",")
    if dots and commas:
        return "." if digits.rfind(".") > digits.rfind(",") else ","
    if dots + commas == 0:
        return None
    mark, other = (".", ",") if dots else (",", ".")
    if dots + commas > 1:
        return other  # type: ignore[return-value]
    whole, _, part = digits.partition(mark)
    if len(part) != 3 or len(whole) > 3 or whole in ("", "0") or whole.startswith("0"):
        return mark  # type: ignore[return-value]
    return None


def decimal_of(scanned: Iterable[Scanned]) -> tuple[DecimalMark | None, bool]:
    """The decimal mark a column proves, and whether its cells contradict one another."""
    return _majority(mark_of(each.digits) for each in scanned)


def _majority(marks: Iterable[DecimalMark | None]) -> tuple[DecimalMark | None, bool]:
    seen = Counter(mark for mark in marks if mark)
    if not seen:
        return None, False
    return max(sorted(seen), key=lambda mark: seen[mark]), len(seen) > 1


def _value(scanned: Scanned, mark: DecimalMark) -> float:
    digits = scanned.digits
    if not digits.isdigit():
        digits = digits.replace("," if mark == "." else ".", "")
        digits = digits.replace(mark, "." if digits.count(mark) == 1 else "")
    number = float(digits + scanned.exponent)
    return -number if scanned.negative else number


def read_numbers(
    cells: Iterable[Cell],
    decimal: DecimalMark | None,
    *,
    thousands: bool,
    otherwise: DecimalMark | None = None,
) -> tuple[dict[Cell, Number | Gap | Fault], DecimalMark | None, bool]:
    """Every distinct cell as a number, the decimal mark used, and whether the column contradicts itself.

    decimal: the mark the mapping states.  otherwise: the mark of the sheet's other columns, for a
    column that proves none.
    thousands: how to read 1.234 or 1,234 where nothing settles it: as 1234 (money has no third
    decimal), or as machines write it (a dot is decimal, a comma is not).
    """
    found: dict[Cell, Number | Gap | Fault] = {}
    written: list[tuple[str, Scanned, DecimalMark | None]] = []
    for cell in cells:
        kind = type(cell)
        if kind is str:
            text = str(cell)
            scanned = _quick(text) or gap(text) or scan(text)
            if isinstance(scanned, Scanned):
                written.append((text, scanned, mark_of(scanned.digits)))
            else:
                found[cell] = scanned
        elif (kind is float or kind is int) and isfinite(cell):  # type: ignore[arg-type]
            found[cell] = Number(float(cell))  # type: ignore[arg-type]
        else:
            found[cell] = gap(cell) or NOT_A_NUMBER
    settled, mixed = _majority(mark for _, _, mark in written)
    decimal = decimal or settled or otherwise
    for text, scanned, mark in written:
        value = _value(scanned, mark or decimal or _unsettled(scanned, thousands=thousands))
        found[text] = Number(value, scanned.unit, scanned.middle)
    return found, decimal, mixed


def _unsettled(scanned: Scanned, *, thousands: bool) -> DecimalMark:
    """The mark of a cell where nothing in its column settles one; "1.234m" is no thousand million."""
    if "." not in scanned.digits or not thousands:
        return "."
    unit = unit_of(scanned.unit) if scanned.unit else None
    return "." if unit and unit.factor else ","
