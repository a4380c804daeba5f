"""Recognises a register that stands on its side: projects in columns, fields in rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from trackrecord.readers.kinds import is_blank, is_words, kind
from trackrecord.readers.source import Cell

_FIELDS: Final = (3, 80)  # how many rows such a register may have
_PROJECTS: Final = 3
_SAMPLED: Final = 60
_CLEARER_BY: Final = 0.1


def stands_on_its_side(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether rows, and not columns, hold one kind of value each.

    rows: the whole table without blank rows, its first row the header if it stands upright.
    True when the first column reads like a header (different words throughout), the first row like
    identifiers (different, most of them with a digit), and the kinds of value agree along rows
    clearly better than down columns.
    """
    if not _FIELDS[0] <= len(rows) <= _FIELDS[1]:
        return False
    fields = [row[0] if len(row) else None for row in rows]
    projects = [cell for cell in rows[0][1:] if not is_blank(cell)]
    if len(projects) < _PROJECTS or not all(map(is_words, fields)):
        return False
    if len(set(fields)) < len(fields) or len(set(projects)) < len(projects):
        return False
    if sum(any(map(str.isdigit, str(cell))) for cell in projects) < 0.6 * len(projects):
        return False
    body = [list(row[1 : _SAMPLED + 1]) for row in rows[1:]]
    width = max(map(len, body))
    columns = [[row[at] for row in body if at < len(row)] for at in range(width)]
    return _agreement(body) >= _agreement(columns) + _CLEARER_BY


def _agreement(lines: Sequence[Sequence[Cell]]) -> float:
    """How often, on average, a cell is of the kind that is commonest in its line."""
    shares = []
    for line in lines:
        kinds = Counter(kind(cell) for cell in line if not is_blank(cell))
        if kinds.total() > 1:
            shares.append(kinds.most_common(1)[0][1] / kinds.total())
    return sum(shares) / len(shares) if shares else 0.0
