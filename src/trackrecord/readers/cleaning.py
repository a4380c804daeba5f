"""Makes the cells of one raw column what `Sheet` promises, a column at a time for speed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from trackrecord.readers.source import Cell

ERRORS: Final = frozenset(
    "#REF! #N/A #DIV/0! #VALUE! #NAME? #NUM! #NULL! #SPILL! #CALC! #FIELD! #BLOCKED! #CONNECT!"
    " #GETTING_DATA #BEZUG! #NV #WERT! #ZAHL! #N/D #VALEUR! #NOM? #NOMBRE! #¡REF! #¡VALOR!"
    " #¿NOMBRE? #¡NUM! #¡DIV/0! #VERW! #N/B #WAARDE! #NAAM? #GETAL! #REFERENS! #SAKNAS! #VÄRDEFEL!"
    " #NAMN? #OGILTIGT! #VERDI! #NAVN? Err:502 Err:504 Err:508 Err:509 Err:511 Err:522".split()
)
"""What a spreadsheet shows where a formula failed, in the languages our users' Excel speaks."""

_EXACT: Final = 2.0**53  # beyond it a float no longer tells one whole number from the next


@dataclass(frozen=True, slots=True)
class Column:
    """The cells of one column.

    errors: index and text of each cell that showed a failed formula and is now None.
    durations: whether cells were lengths of time, which are now hours.
    """

    cells: list[Cell]
    errors: tuple[tuple[int, str], ...] = ()
    durations: bool = False


def cleaned(raw: Sequence[Any]) -> Column:
    """Text stripped, blanks None, whole numbers whole, failed formulas emptied.

    A spreadsheet keeps 1001 as 1001.0; a key must read as its user reads it, so a column whose
    numbers are all whole becomes one of integers.
    """
    types = set(map(type, raw))
    cells: list[Any]
    if types == {str}:
        cells = list(map(str.strip, raw))
        if "" in cells:
            cells = [cell or None for cell in cells]
    elif str in types:
        cells = [(cell.strip() or None) if cell.__class__ is str else cell for cell in raw]
    else:
        cells = list(raw)
    errors: tuple[tuple[int, str], ...] = ()
    if str in types and not ERRORS.isdisjoint(cells):
        errors = tuple((at, cell) for at, cell in enumerate(cells) if cell in ERRORS)
        for at, _ in errors:
            cells[at] = None
    if float in types:
        cells = _whole_where_all_are(cells)
    if timedelta in types:
        cells = [_hours(cell) if cell.__class__ is timedelta else cell for cell in cells]
    return Column(cells, errors, durations=timedelta in types)


def _whole_where_all_are(cells: list[Any]) -> list[Any]:
    numbers = [cell for cell in cells if cell.__class__ is float]
    if not all(map(float.is_integer, numbers)) or max(map(abs, numbers)) >= _EXACT:
        return cells
    return [int(cell) if cell.__class__ is float else cell for cell in cells]


def _hours(length: timedelta) -> float:
    return length / timedelta(hours=1)
