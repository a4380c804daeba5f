"""What a register is called when only the name of a file says so."""

from __future__ import annotations

import re
from typing import Final

_SUFFIXES: Final = re.compile(r"(\.[A-Za-z]{1,8})+$")
_MONTHS: Final = (
    r"jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?"
    r"|oct(ober)?|nov(ember)?|dec(ember)?"
)
_OF_ONE_EXPORT: Final = re.compile(
    rf"(?<![^\W_])(v|q|fy|h|kw|cw)?\d+(st|nd|rd|th)?(?![^\W_])|\d+|(?<![^\W_])({_MONTHS})(?![^\W_])",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(r"[\s_\-.,()\[\]]+")


def register_named(file: str) -> str:
    """The file's name without what tells one export from the next: dates, years, numbers.

    "gmpp_2019_20.csv" and "gmpp_2020_21.csv" are both "gmpp".  A name with nothing else stays whole.
    """
    stem = _SUFFIXES.sub("", file.rpartition("/")[2])
    words = [word for word in _BETWEEN.split(_OF_ONE_EXPORT.sub(" ", stem)) if word]
    return "-".join(words) or stem
