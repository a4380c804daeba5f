"""What became of the rows that were read, in sentences for whoever ran the command."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from trackrecord.record import Record
from trackrecord.reuse import USED_AGAIN
from trackrecord.taking.sheet import NOT_USED

_COLUMNS_NAMED: Final = 8


def rows(record: Record, *, listed_in: str) -> str:
    """How many rows came in, were taken or not, and where the rest that was noticed is listed.

    listed_in: the file that lists it, or what makes one.
    """
    left = record.rows_with_problems
    taken = f"{record.rows_taken:,} taken, {left:,} not taken" if left else "all of them taken"
    said = f"{record.rows_in:,} {_plural(record.rows_in, 'row')} in, {taken}."
    noticed = sum(each.extent != "row" for each in record.problems)
    listed = [_those(left), f"{noticed:,} {_plural(noticed, 'notice')}" if noticed else ""]
    if any(listed):
        said += f" {listed_in} lists {' and '.join(filter(None, listed))}."
    return said


def asked(record: Record, *, listed_in: str, mapping: str) -> list[str]:
    """What a person should look at, a sentence each; mapping: where columns are given a meaning."""
    return [*_used_again(record, listed_in), *_not_used(record, mapping)]


def _used_again(record: Record, listed_in: str) -> Iterator[str]:
    again = sum(each.code == USED_AGAIN for each in record.problems)
    if again:
        ids = "1 id seems" if again == 1 else f"{again:,} ids seem"
        counted = "to have been given to another project later; the two are counted apart"
        yield f"{ids} {counted}. {listed_in} says which, and what to do."


def _not_used(record: Record, mapping: str) -> Iterator[str]:
    unused = (each.column for each in record.problems if each.code == NOT_USED)
    columns = list(dict.fromkeys(" ".join(column.split()) for column in unused))
    if columns:
        count = len(columns)
        looks = "1 column that looks" if count == 1 else f"{count:,} columns that look"
        further = f"; and {count - _COLUMNS_NAMED:,} more" if count > _COLUMNS_NAMED else ""
        named = "; ".join(columns[:_COLUMNS_NAMED]) + further
        was = "was" if count == 1 else "were"
        yield f"{looks} like dates or money {was} not used: {named}. Say what {'it means' if count == 1 else 'they mean'} in {mapping}."


def _those(rows: int) -> str:
    return "" if not rows else "that row" if rows == 1 else f"those {rows:,} rows"


def _plural(count: int, one: str) -> str:
    return one if count == 1 else f"{one}s"
