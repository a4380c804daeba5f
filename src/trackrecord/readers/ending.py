"""Rows that are no records: notes below a table, totals, the header once more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from trackrecord.readers.kinds import is_blank
from trackrecord.readers.source import Cell

_LONG: Final = 40  # characters: longer than a key or a name alone in its row
_NOTE: Final = re.compile(
    r"[*†‡©¹²³]|\(?[0-9a-z]\)\s|\[\d\]|(?:notes?|sources?|remarks?|generated|printed|exported|confidential|page|quelle|hinweis"
    r"|anmerkung|stand|seite|remarque|fuente|nota|bron|opmerking|kilde|merknad|källa|anm)\b",
    re.IGNORECASE,
)
_TOTALS: Final = (
        "total", "totals", "grand total", "subtotal", "sub-total", "sub total", "total general",
        "summe", "gesamt", "gesamtsumme", "zwischensumme", "insgesamt", "gesamtergebnis",
        "total général", "sous-total", "totaux", "ensemble",
        "suma", "suma total", "total generaal", "totaal", "subtotaal", "eindtotaal",
        "totalt", "totalsum", "sum", "sum totalt", "delsum", "summa", "totalsumma", "delsumma",
)  # fmt: skip
# Written out, so that a column of a million cells is searched without touching each of them.
_SAID: Final = frozenset(
    cased + end
    for total in _TOTALS
    for cased in (total, total.capitalize(), total.title(), total.upper())
    for end in ("", ":", " :")
)
_KEY_COLUMNS: Final = 3  # a total says so in one of the first columns


def footnotes(rows: Sequence[Sequence[Cell]], *, usual_width: float, gaps: Sequence[int]) -> int:
    """How many of the last rows are notes below the table.

    A note is alone in its row, in a table whose rows have three cells or more, and is long, begins
    as notes do, or stands apart.  gaps: where each row stands, to see blank rows between them.
    """
    if usual_width < 3:
        return 0
    count = 0
    for at in reversed(range(1, len(rows))):
        filled = [cell for cell in rows[at] if not is_blank(cell)]
        if len(filled) != 1 or not isinstance(filled[0], str):
            break
        text = filled[0].strip()
        apart = gaps[at] - gaps[at - 1] > 1
        if not (apart or len(text) > _LONG or _NOTE.match(text)):
            break
        count += 1
    return count


def no_records(names: Sequence[str], columns: Sequence[Sequence[Cell]]) -> dict[int, str]:
    """Index of each row that is a total or repeats the header -> the code of its Problem."""
    found = dict[int, str]()
    for name, cells in zip(names[:_KEY_COLUMNS], columns, strict=False):
        if not _SAID.isdisjoint(cells):
            found |= {
                at: "totals-row"
                for at, cell in enumerate(cells)
                if cell in _SAID and _is_first(at, cells, columns)
            }
        if name and name in cells:
            found |= {
                at: "header-again"
                for at, cell in enumerate(cells)
                if cell == name and _repeats(names, at, columns)
            }
    return found


def _is_first(at: int, cells: Sequence[Cell], columns: Sequence[Sequence[Cell]]) -> bool:
    """Is this the first cell of its row that holds anything?"""
    return next(column for column in columns if column[at] is not None) is cells


def _repeats(names: Sequence[str], at: int, columns: Sequence[Sequence[Cell]]) -> bool:
    """Does the row hold nothing but the names of its columns?"""
    return all(
        column[at] is None or column[at] == name
        for name, column in zip(names, columns, strict=True)
    )
