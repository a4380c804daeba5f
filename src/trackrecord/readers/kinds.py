"""What a cell looks like before anyone knows what its column means.

Used to tell headers from data and rows from columns; values are read elsewhere, once meaning is
known.
"""

from __future__ import annotations

import re
from datetime import date, time
from typing import Final, Literal

from trackrecord.readers.source import Cell

Kind = Literal["blank", "number", "date", "flag", "words", "prose"]

PROSE: Final = 60  # characters; longer text is told, not named

_CODE = r"(?:GBP|EUR|USD|CAD|AUD|NZD|CHF|SEK|NOK|DKK|PLN|INR|JPY|kr\.?|Fr\.)"
_MONTH = (
    r"(?:jan|ene|feb|fév|m[aä]r|mrt|apr|avr|abr|ma[iy]|mei|maj|jun|jui|jul|aug|ago|ao[uû]|sep|oct|okt|out|nov"
    r"|de[czs]|déc|dic)[^\W\d]{0,7}\.?"
)
_NUMBER: Final = re.compile(
    rf"[-+−–(]?\s*(?:[£$€¥₹]|{_CODE})?\s*[-+−–(]?\s*"
    rf"\d[\d.,'’\u00a0\u202f ]*\s*(?:%|‰|k|m|mn|mio\.?|bn)?\s*(?:[£$€]|{_CODE})?\s*\)?",
    re.IGNORECASE,
)
_DATE: Final = re.compile(
    r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}(?:[T ].*)?"
    rf"|(?:\d{{1,2}}[-. ]*(?:de )?)?{_MONTH}[-, ]+(?:\d{{1,2}},? +)?(?:de )?\d{{2,4}}",
    re.IGNORECASE,
)


def kind(cell: Cell) -> Kind:
    """The kind of one cell."""
    if isinstance(cell, str):
        return _kind_of_text(cell.strip())
    if cell is None:
        return "blank"
    if isinstance(cell, bool):
        return "flag"
    return "date" if isinstance(cell, date | time) else "number"


def is_words(cell: Cell) -> bool:
    """Could this be a header?  Text that is neither number nor date, of any length."""
    return kind(cell) in ("words", "prose")


def is_blank(cell: Cell) -> bool:
    """Nothing there, or blanks only."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _kind_of_text(text: str) -> Kind:
    if not text:
        return "blank"
    if len(text) > PROSE:
        return "prose"
    if _NUMBER.fullmatch(text):
        return "number"
    return "date" if _DATE.fullmatch(text) else "words"
