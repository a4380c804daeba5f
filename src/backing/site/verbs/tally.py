"""What became of the rows that were read, in sentences for whoever ran the command."""

from __future__ import annotations

from trackrecord.record import Record
from trackrecord.reuse import USED_AGAIN


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


def asked(record: Record, *, listed_in: str) -> list[str]:
    """What a person should look at, a sentence each."""
    again = sum(each.code == USED_AGAIN for each in record.problems)
    if not again:
        return []
    ids = "1 id seems" if again == 1 else f"{again:,} ids seem"
    counted = "to have been given to another project later; the two are counted apart"
    return [f"{ids} {counted}. {listed_in} says which, and what to do."]


def _those(rows: int) -> str:
    return "" if not rows else "that row" if rows == 1 else f"those {rows:,} rows"


def _plural(count: int, one: str) -> str:
    return one if count == 1 else f"{one}s"
