"""Finds the header of a table in raw rows: title lines above it, bands over it, units below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from statistics import median
from typing import Final

from trackrecord.readers.kinds import is_blank, is_words, kind
from trackrecord.readers.source import Cell

Row = Sequence[Cell]

SEARCHED: Final = 60  # rows in which a header may stand
SAMPLED: Final = 200  # rows that show what the body looks like

_YEAR: Final = re.compile(r"(?:19|20)\d\d(?:[-/]\d{2,4})?")
_UNIT: Final = re.compile(
    r"[(\[]?\s*(?:[£$€¥%]|[£$€¥]?\s?(?:k|m|mn|mio\.?|bn|000s?|'000|tsd\.?|thousands?|millions?|millionen)\s?[£$€¥]?"
    r"|(?:k|m)?(?:GBP|EUR|USD|CAD|AUD|NZD|CHF|SEK|NOK|DKK)|per ?cent|pct|h|hrs?|hours?|d|days?|weeks?|months?|years?"
    r"|tage?|stunden|wochen|monate|jahre|jours?|heures?|mois|ans|años|días|horas|meses|dagen|uren|maanden|jaar"
    r"|dager|timer|måneder|år|dagar|timmar|månader|text|date|number|y/n|yes/no|"
    r"(?:dd|d|mm|m|yyyy|yy|tt|jj|jjjj|aaaa)(?:[-/. ](?:dd|d|mm|m|yyyy|yy|tt|jj|jjjj|aaaa)){1,2})\s*[)\]]?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Where a table begins.

    names: one text a column, "" where it has none; not yet unique.
    first_row: index of the first row of data.  header_row: index of the row that names the columns.
    title: texts above, top to bottom.
    """

    names: tuple[str, ...]
    header_row: int
    first_row: int
    title: tuple[str, ...]


def find(rows: Sequence[Row]) -> Heading | None:
    """The heading of the table in `rows`; None where they hold no table with a header.

    The header is the first row that is about as full as the rows below it and holds words only.
    A row right below it that still names what numbers and dates stand under is the finer half of a
    header in two rows.
    """
    sample = rows[:SAMPLED]
    full = [sum(not is_blank(cell) for cell in row) for row in sample]
    several = [count for count in full if count >= 2]
    if not several:
        return None
    needed = max(2, median(several) / 2)
    for at in range(min(len(sample), SEARCHED)):
        if full[at] >= needed and _names_columns(sample[at]):
            return _heading(sample, at)
    return None


def width_of_body(rows: Sequence[Row]) -> float:
    """How many cells a row of data usually has; 0 where there is none."""
    several = [count for row in rows[:SAMPLED] if (count := sum(not is_blank(c) for c in row)) > 1]
    return median(several) if several else 0.0


def _names_columns(row: Row) -> bool:
    """Words and years nearly throughout, a word at least, and hardly ever the same twice."""
    filled = [cell for cell in row if not is_blank(cell)]
    words = [_text(cell) for cell in filled if is_words(cell) or _YEAR.fullmatch(_text(cell))]
    return (
        any(map(is_words, filled))
        and len(words) >= 0.7 * len(filled)
        and len(set(words)) >= 0.5 * len(words)
    )


def _heading(sample: Sequence[Row], at: int) -> Heading:
    header_row = at + 1 if at + 1 < len(sample) and _still_names(sample, at + 1) else at
    names, band_used = _joined_with_band(sample, header_row)
    above = sample[: header_row - 1 if band_used else header_row]
    first_row = header_row + 1
    if first_row < len(sample) and _states_units(sample[first_row]):
        names = _with_units(names, sample[first_row])
        first_row += 1
    return Heading(
        names=tuple(names),
        header_row=header_row,
        first_row=first_row,
        title=tuple(_text(cell) for row in above for cell in row if not is_blank(cell)),
    )


def _still_names(sample: Sequence[Row], at: int) -> bool:
    """Is this row words only, over columns that hold numbers and dates from the next row on?"""
    row, body = sample[at], sample[at + 1 : at + 21]
    filled = [cell for cell in row if not is_blank(cell)]
    if len(filled) < 2 or not all(map(is_words, filled)) or _states_units(row):
        return False
    if all(is_blank(cell) for upper, cell in zip_longest(sample[at - 1], row) if is_blank(upper)):
        return False  # the row above names every column by itself
    over_values = sum(
        _holds_values([other[column] for other in body if column < len(other)])
        for column, cell in enumerate(row)
        if not is_blank(cell)
    )
    return over_values >= max(1, 0.3 * len(filled))


def _holds_values(cells: Sequence[Cell]) -> bool:
    kinds = [kind(cell) for cell in cells if not is_blank(cell)]
    return len(kinds) > 0 and sum(one in ("number", "date") for one in kinds) >= 0.8 * len(kinds)


def _joined_with_band(sample: Sequence[Row], at: int) -> tuple[list[str], bool]:
    """The names in a row, each with what stands above it where that is needed to tell them apart.

    A band ("Baseline" over Start, Finish and Cost) is put before all its names once one of them
    occurs under another band too; a band that only groups columns is left to the title.  Where the
    row itself is blank, the cell above is the name (a header merged over two rows).
    """
    above = sample[at - 1] if at else ()
    if sum(map(is_words, above)) < 2 or not all(is_blank(cell) or is_words(cell) for cell in above):
        return [_text(cell) for cell in sample[at]], False
    pairs = [(_text(upper), _text(lower)) for upper, lower in zip_longest(above, sample[at])]
    bands, band = list[str](), ""
    for upper, lower in pairs:
        if upper:
            band = upper if lower else ""
        bands.append(band)
    times = Counter(lower for _, lower in pairs if lower)
    telling = {band for band, (_, lower) in zip(bands, pairs, strict=True) if times[lower] > 1} - {
        ""
    }
    names = [
        f"{band} {lower}" if band in telling and lower else lower or upper
        for band, (upper, lower) in zip(bands, pairs, strict=True)
    ]
    return names, bool(telling) or any(upper and not lower for upper, lower in pairs)


def _text(cell: Cell) -> str:
    """A cell as its user reads it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _states_units(row: Row) -> bool:
    filled = [cell for cell in row if not is_blank(cell)]
    return len(filled) > 0 and all(
        isinstance(cell, str) and _UNIT.fullmatch(cell.strip()) for cell in filled
    )


def _with_units(names: Sequence[str], units: Row) -> list[str]:
    stripped = [_text(unit).strip(" ()[]") for unit in units]
    return [
        f"{name} ({unit})" if name and unit else name
        for name, unit in zip_longest(names, stripped[: len(names)], fillvalue="")
    ]
