"""What the name of a file and the lines above a table say: which register, and as at which day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import PurePath
from typing import Final

from trackrecord.readers.source import Sheet
from trackrecord.values.dates import Kind, read_date
from trackrecord.values.gaps import folded

_PACKED: Final = frozenset({".gz", ".bz2", ".xz", ".zip"})
_MONTH_NAMES = (
    "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september "
    "october november december januar februar marz mai juni juli oktober dezember okt dez janvier fevrier mars avril "
    "juin juillet aout septembre octobre novembre decembre enero febrero marzo abril mayo junio julio agosto "
    "septiembre octubre noviembre diciembre januari februari maart mei augustus desember maj augusti"
).split()
_DATED: Final = re.compile(
    r"(?:19|20)\d{6}|\d{1,4}(?:[-_. ]+\d{1,4})+|\d{4}|\d{2,}$|(?<![^\W\d_])(?:fy|q|v|w|kw|rev)\s?\d+(?![^\W_])"
    r"|(?<![^\W_])\d+(?![^\W_])"
)
_FULL_DATES: Final = (
    re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<!\d)(\d{1,2})[-_. ]([A-Za-z]{3,9})[-_. ]((?:19|20)\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)(?!\d)"),
)
_IN_TEXT: Final = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
    r"|\d{1,2}(?:st|nd|rd|th|er|\.)?[\s-]+(?:de |of )?[^\W\d_]{3,12}\.?,?[\s-]+(?:de )?\d{4}"
    r"|[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}"
)
_SPEAKS_OF: Final = re.compile(
    r"as at|as of|asof|status|stand|stichtag|situation|arrete|a fecha|fecha|corte|peildatum|per|pr\.?|snapshot|report|data|position|"
    r"bericht|rapport|date|dato|datum|etat|extract"
)


def register_of(file: str) -> str:
    """The register a file is an export of: its name without years, dates and numbers.

    "gmpp_2019_20.csv" and "GMPP 2021-22.xlsx" are both "gmpp".
    """
    stem = _stem(file)
    words = [
        word
        for word in re.split(r"[-_.,\s()]+", _DATED.sub(" ", folded(stem).replace("_", " ")))
        if word and word not in _MONTH_NAMES and word not in ("final", "copy", "draft", "fy")
    ]
    return "-".join(words) or "register"


def as_at_of(sheet: Sheet) -> tuple[date, str] | None:
    """The one day the whole sheet speaks of, and where that is written; None where nothing says it.

    A line above the table goes before the sheet's name, and that before the file's.
    """
    for line in sheet.title:
        if (day := _in_line(line)) is not None:
            return day, f"the line above the table says {line.strip()[:60]!r}"
    if (day := _in_name(sheet.name)) is not None:
        return day, f"the sheet is called {sheet.name!r}"
    if (day := _in_name(_stem(sheet.file))) is not None:
        return day, f"the file is called {sheet.file!r}"
    return None


def _stem(file: str) -> str:
    path = PurePath(PurePath(file.replace("\\", "/")).name)
    if path.suffix.lower() in _PACKED:
        path = PurePath(path.stem)
    return path.stem


def _day(text: str) -> date | None:
    read = read_date(text)
    return read.when.date() if read.kind is Kind.DAY and read.when else None


def _one(days: Iterable[date | None]) -> date | None:
    """The day, where there is exactly one."""
    distinct = {day for day in days if day}
    return distinct.pop() if len(distinct) == 1 else None


def _in_line(line: str) -> date | None:
    after = _SPEAKS_OF.search(folded(line))
    dates = [match[0] for match in _IN_TEXT.finditer(line)]
    return _one(_day(text) for text in dates) if after or len(line) <= 40 else None


def _in_name(name: str) -> date | None:
    days: list[date | None] = []
    for pattern in _FULL_DATES:
        for match in pattern.finditer(name):
            parts = match.groups()
            text = "-".join(parts) if len(parts[0]) == 4 else ".".join(parts)
            days.append(_day(text if parts[1].isdigit() else " ".join(parts)))
    return _one(days)


def latest(days: Iterable[datetime | None]) -> datetime | None:
    """The latest of some days, or None."""
    return max((day for day in days if day), default=None)
