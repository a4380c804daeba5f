"""What is left of a pulse in the files of an office, once it is over and the worker has been there (3.8)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any, Final

from backing.conftest import Office, wait_until
from backing.site.tests.opened import files_with

ANSWER: Final = """
from datetime import timedelta
from django.utils import timezone
from backing.people.models import Account
from backing.rhythm.models import PulseTicket
from backing.rhythm.pulses import answer, open_pulse

then = timezone.now() - timedelta(days=10)
by = Account.objects.first()
closes = timezone.localdate(then) + timedelta(days=7)
_, tickets = open_pulse({"leaders": 8}, closes=closes, by=by, now=then)
found = [PulseTicket.opened_by(each, now=then) for each in tickets["leaders"]]
for ticket in found[:7]:
    answer(ticket, {"knows": 5}, to_stop=f"Zebrafink{ticket.pk}")
answer = [[ticket.digest for ticket in found], [each.split(".")[1].split(":")[0] for each in tickets["leaders"]]]
"""


def test_once_it_is_over_no_file_joins_an_answer_to_a_ticket(office: Office) -> None:
    """Database, its log and free pages, job store, files: no ticket, and no count but the last."""
    with closing(sqlite3.connect(office.home / "office.sqlite3")) as beside:
        beside.execute("SELECT count(*) FROM rhythm_pulse").fetchone()  # so that its log stays
        digests, secrets = office.python(ANSWER)
        assert files_with(office.home, digests[0])  # the search finds what is still there
        assert files_with(office.home, _counts(4))

    office.worker()
    wait_until(lambda: office.rows("SELECT 1 FROM rhythm_pulse WHERE cleared_on IS NOT NULL"))
    wait_until((office.home / "jobs.sqlite3").exists)

    assert office.rows("SELECT answered, marks FROM rhythm_pulsegroup") == [
        (7, f'{{"knows": {_counts(7)}}}')
    ]
    earlier = map(_counts, range(1, 7))
    assert files_with(office.home, *digests, *secrets, *earlier) == []
    assert _written_in_jobs(office, "Zebrafink") == []
    (words,) = {name.removesuffix("-wal") for name in files_with(office.home, "Zebrafink")}
    assert words == "office.sqlite3"


def _counts(number: int) -> str:
    return f"[0, 0, 0, 0, {number}]"


def _written_in_jobs(office: Office, word: str) -> list[Any]:
    """Rows of the job store that hold a word, of any table."""
    with closing(sqlite3.connect(office.home / "jobs.sqlite3", timeout=30)) as store:
        tables = [
            name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        assert tables
        rows = [row for table in tables for row in store.execute(f'SELECT * FROM "{table}"')]
    return [row for row in rows if any(word in str(cell) for cell in row)]
