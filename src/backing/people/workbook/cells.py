"""A cell as text: one way of writing each value, so that two cells are the same when their texts are.

Numbers have no superfluous noughts ("0.5"), days are ISO ("2026-05-11"), moments too with their seconds,
truth is "yes" or "no".  What a spreadsheet would run gets an apostrophe in front, and loses it again.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

LONGEST: Final = 32_000  # letters; a cell holds 32,767
TOO_LONG: Final = "(longer than a cell holds: left as it is)"

_RUNS = re.compile(r"'*[=+\-@\t\r]")
_QUOTED = re.compile(r"'+[=+\-@\t\r]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def text_of(value: object) -> str:
    """The text of a value, from the database or from a file."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        plain = (value + timedelta(milliseconds=500)).replace(microsecond=0, tzinfo=None)
        return (
            plain.date().isoformat() if plain.time() == time() else plain.isoformat(" ", "seconds")
        )
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    return _settled(str(value))


def harmless(text: str) -> str:
    """As it is written into a file."""
    return f"'{text}" if _RUNS.match(text) else text


def as_meant(text: str) -> str:
    """As it was before it was made harmless."""
    return text[1:] if _QUOTED.match(text) else text


def _settled(text: str) -> str:
    """One kind of line ends, nothing at either end, no letter that a file cannot hold."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    settled = _CONTROL.sub("", lines).strip()
    return settled if len(settled) <= LONGEST else TOO_LONG
