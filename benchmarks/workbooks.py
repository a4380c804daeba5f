"""The workbook of everything typed with many rows: looked through, taken in, written out, looked through again.

    .venv/bin/python benchmarks/workbooks.py [--rows 10000]

Makes a workspace of its own and a workbook with that many new rows: a fifth people, two fifths contacts with
them, two fifths readings of fifty measures.  Takes it in as the page does, writes the workbook of what is there
then, and brings that one back, which must change nothing.  Prints seconds by the clock and the memory that this
process took at most; reading the file is done by another one.  No limit: it may not fail.
"""

from __future__ import annotations

import argparse
import io
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from leaders import open_here

if TYPE_CHECKING:
    from backing.people.models import Account

T = TypeVar("T")

MEASURES: Final = 50
FIRST: Final = date(2016, 1, 1)


def workbook(rows: int) -> bytes:
    """New rows alone, as somebody would type them: no keys."""
    import xlsxwriter

    people, contacts = rows // 5, 2 * rows // 5
    readings = rows - people - contacts - MEASURES
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for title, filled in (
            ("People", _people(people)),
            ("Measures", _measures()),
            ("Readings", _readings(readings)),
            ("Contacts", _contacts(contacts, people)),
        ):
            page = book.add_worksheet(title)
            for number, row in enumerate(filled):
                page.write_row(number, 0, row)
    return out.getvalue()


def _people(count: int) -> Iterator[tuple[str, ...]]:
    yield "Name", "Job title", "E-mail", "Reports to"
    for number in range(count):
        above = f"Person {number // 8}" if number else ""
        yield f"Person {number}", "Manager", f"person{number}@aldmoor.example", above


def _measures() -> Iterator[tuple[str, ...]]:
    yield (
        *("Name", "Unit", "Which way is good", "What exactly is counted"),
        *("Where the readings come from", "Owner", "The decision it feeds"),
    )
    for number in range(MEASURES):
        yield (
            *(f"Measure {number}", "days", "Lower is good", "Calendar days"),
            *("Minutes", f"Person {number}", "Who chairs"),
        )


def _readings(count: int) -> Iterator[tuple[Any, ...]]:
    yield "Measure", "On", "Value"
    for number in range(count):
        day = FIRST + timedelta(days=number // MEASURES)
        yield f"Measure {number % MEASURES}", day.isoformat(), 10 + number % 7 / 4


def _contacts(count: int, people: int) -> Iterator[tuple[str, ...]]:
    yield "With", "When", "Kind"
    for number in range(count):
        day = FIRST + timedelta(days=number % 3000)
        yield f"Person {number % people}", f"{day.isoformat()} {number % 9 + 8:02}:30", "Meeting"


def run(head: Account, rows: int) -> None:
    from backing.people.workbook import dropped, writing

    now = datetime.now(UTC)

    def drop(content: bytes) -> Any:
        return dropped.drop([content], name="office.xlsx", by=head, now=now)

    first = timed("looked through", lambda: drop(workbook(rows)))
    assert first.found["wrong"] == 0, first.found["problems"][:3]
    said = timed("taken in", lambda: dropped.take_in(first, by=head, now=now))
    assert said is not None
    assert said.added == rows, said.added
    made = timed("written out", lambda: writing.write(head, now=now))
    again = timed("looked through again", lambda: drop(made.content))
    assert (again.found["added"], again.found["changed"], again.found["wrong"]) == (0, 0, 0)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{made.rows:,} rows, {len(made.content) / 1e6:.1f} MB; at most {most:,} MB of memory")


def timed(what: str, work: Callable[[], T]) -> T:
    began = time.perf_counter()
    done = work()
    print(f"{what:22} {time.perf_counter() - began:6.1f} s")
    return done


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        open_here(Path(folder))
        from backing.people.actions import head

        run(head(), options.rows)


if __name__ == "__main__":
    main()
