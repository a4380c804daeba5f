"""Columns of words: keys, ratings, states, people, currencies and plain text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from trackrecord.layout import ColumnMapping
from trackrecord.problem import Problem
from trackrecord.readers.source import Cell, Sheet
from trackrecord.values.cells import Column, Reading, shown
from trackrecord.values.currencies import unit_of
from trackrecord.values.gaps import Fault, Gap, gap, suspects
from trackrecord.values.people import person_id
from trackrecord.values.ratings import Scale, four_colours, legend_of, rating_of, scale_of
from trackrecord.values.states import state_of

_ROWS_NAMED = 5
_NOT_A_RATING: Final = Fault("not-a-rating", "Green, Amber or Red", "Correct the rating, or leave the cell empty.")  # fmt: skip
_WHICH_END: Final = Fault(
    "rating-direction",
    "a colour, or a header that says what the numbers mean",
    "Say in the header what the numbers mean, for example (1 = Green, 2 = Amber, 3 = Red).",
)
_NOT_A_CURRENCY: Final = Fault("not-a-currency", "a currency such as EUR", "Write the currency's three letters.")  # fmt: skip


def read_text(sheet: Sheet, header: str) -> Column[str]:
    """Text as it stands, trimmed; words that mean nothing is known are missing."""
    cells = _cells(sheet, header)
    if not {str, type(None)}.issuperset(map(type, cells)):
        return _read(sheet, header, shown)
    texts = [cell for cell in dict.fromkeys(cells) if isinstance(cell, str)]
    # Ids are all distinct: a call for each would take longer than all the rest of reading them.
    reading: Reading[str] = dict(zip(texts, map(str.strip, texts), strict=True))
    asked: list[Cell] = [*suspects(texts), *([None] if None in cells else [])]
    reading |= {cell: none for cell in asked if (none := gap(cell))}
    return Column(sheet, header, cells, reading)


def read_people(sheet: Sheet, header: str, salt: str) -> Column[str]:
    """Opaque ids of the people named."""
    return _read(sheet, header, lambda cell: person_id(shown(cell), salt))


def read_currencies(sheet: Sheet, header: str) -> Column[str]:
    """Currency codes, from codes, signs or names."""

    def currency(cell: Cell) -> str | Fault:
        unit = unit_of(shown(cell))
        return (unit.currency if unit else None) or _NOT_A_CURRENCY

    return _read(sheet, header, currency)


def read_states(sheet: Sheet, header: str) -> Column[str]:
    """ "open", "finished" or "cancelled"; a word that says none is one Problem, naming its rows."""
    unknown = Gap("state not understood")
    done = _read(sheet, header, lambda cell: state_of(shown(cell)) or unknown)
    for cell, read in done.reading.items():
        if read is unknown:
            done.notices.append(_unknown_state(done, cell))
    return done


def _unknown_state(done: Column[str], cell: Cell) -> Problem:
    rows = [row for row, each in zip(done.sheet.rows, done.cells, strict=True) if each == cell]
    named = ", ".join(map(str, rows[:_ROWS_NAMED]))
    further = f" and {len(rows) - _ROWS_NAMED} more" if len(rows) > _ROWS_NAMED else ""
    return done.problem(
        row=rows[0],
        found=cell,
        expected="a word for open, finished or cancelled",
        todo=f"Say it in a common word, for example Open, Completed or Cancelled (row{'s' if len(rows) > 1 else ''} {named}{further}); until then the state is missing.",
        code="unknown-state",
    )


def read_ratings(sheet: Sheet, header: str) -> Column[str]:
    """Ratings by their canonical words; numbers only where the header says what they mean."""
    cells = {cell for cell in _cells(sheet, header) if isinstance(cell, str)}
    legend, special = legend_of(header), four_colours(cells)

    def rating(cell: Cell) -> str | Fault:
        text = shown(cell)
        if text.isdigit():
            return legend.get(text, _WHICH_END)
        return special.get(text) or rating_of(text) or _NOT_A_RATING

    return _read(sheet, header, rating)


def one_rating(
    columns: Sequence[Column[str]], mappings: Sequence[ColumnMapping]
) -> tuple[list[str | None], Scale, list[Problem]]:
    """Several rating columns as one, the scale they share, and the rows where they contradict.

    The filled one is taken; where two are filled and differ, neither is.
    """
    scales = {
        mapping.rating_scale
        or scale_of(
            mapping.header, {read for read in column.reading.values() if isinstance(read, str)}
        )
        for column, mapping in zip(columns, mappings, strict=True)
    }
    scale: Scale = "5" if "5" in scales else "3"
    if len(columns) == 1:
        return columns[0].values, scale, []
    merged: list[str | None] = []
    problems = []
    for position, ratings in enumerate(zip(*(column.values for column in columns), strict=True)):
        filled = dict.fromkeys(rating for rating in ratings if rating)
        merged.append(next(iter(filled)) if len(filled) == 1 else None)
        if len(filled) > 1:
            column = columns[0]
            problems.append(
                column.problem(
                    row=column.sheet.rows[position],
                    found=" and ".join(filled),
                    expected="one rating",
                    todo="Two rating columns differ: leave the one that does not hold empty.",
                    code="ratings-differ",
                )
            )
    return merged, scale, problems


def _cells(sheet: Sheet, header: str) -> Sequence[Cell]:
    return sheet.columns[sheet.header.index(header)]


def _read(sheet: Sheet, header: str, meaning: Callable[[Cell], str | Gap | Fault]) -> Column[str]:
    cells = _cells(sheet, header)
    reading = {cell: gap(cell) or meaning(cell) for cell in dict.fromkeys(cells)}
    return Column(sheet, header, cells, reading)
