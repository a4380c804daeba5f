"""Long work: the row is the truth, the job store is disposable (design.md 7)."""

from __future__ import annotations

import contextlib
import functools
import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest

from backing.conftest import Office, wait_until


@pytest.fixture(scope="module")
def running(shared_office: Office) -> Office:
    """An office whose worker runs and has swept: what is begun now, it must be told of."""
    shared_office.worker()
    wait_until(lambda: store_is_open(shared_office))
    return shared_office


def begin(office: Office, *counts: dict[str, Any]) -> list[int]:
    """Write rows as a page would, and tell the store of them; gives their numbers."""
    answer: list[int] = office.python(
        "from datetime import UTC, datetime\n"
        "from backing.site import jobs\n"
        "from backing.site.tests.counting.models import Count\n"
        f"rows = [Count.objects.create(asked_at=datetime.now(UTC), **one) for one in {list(counts)!r}]\n"
        "for row in rows: jobs.start(row)\n"
        "answer = [row.pk for row in rows]"
    )
    return answer


def leave(office: Office, *, to: int, pause: float) -> int:
    """Write a row and die before the store hears of it; gives its number."""
    with closing(sqlite3.connect(office.home / "office.sqlite3")) as database, database:
        written = database.execute(
            "INSERT INTO counting_count (state, attempt, done, total, error, asked_at, 'to', pause, fault) "
            "VALUES ('waiting', 1, 0, 0, '', ?, ?, ?, '')",
            (datetime.now(UTC).isoformat(" "), to, pause),
        )
        assert written.lastrowid is not None
        return written.lastrowid


def row(office: Office, pk: int) -> tuple[str, int, int, int, str]:
    query = "SELECT state, attempt, done, total, error FROM counting_count WHERE id = ?"
    ((state, attempt, done, total, error),) = office.rows(query, pk)
    return state, attempt, done, total, error


def counted(office: Office, pk: int) -> list[int]:
    query = "SELECT number FROM counting_counted WHERE count_id = ? ORDER BY number"
    return [number for (number,) in office.rows(query, pk)]


def kept(office: Office) -> bytes:
    """All that lies in the workspace; SQLite's journals come and go while we look."""
    found = b""
    for file in office.home.rglob("*"):
        with contextlib.suppress(FileNotFoundError, IsADirectoryError):
            found += file.read_bytes()
    return found


def is_over(office: Office, pk: int) -> bool:
    return row(office, pk)[0] in {"done", "failed", "stopped"}


def store_is_open(office: Office) -> bool:
    """Whether the worker has made its store, queue and all."""
    store = office.home / "jobs.sqlite3"
    if not store.exists():
        return False
    with closing(sqlite3.connect(store)) as database:
        try:
            return bool(
                database.execute("SELECT 1 FROM queues WHERE name = 'long-work'").fetchall()
            )
        except sqlite3.OperationalError:
            return False


def test_the_worker_is_told_at_once_and_does_two_pieces_of_work_side_by_side(
    running: Office,
) -> None:
    long, short = begin(running, {"to": 400, "pause": 0.05}, {"to": 5})

    wait_until(lambda: is_over(running, short), patience=30)  # the sweep alone would take a minute

    assert row(running, short) == ("done", 1, 5, 5, "")
    assert row(running, long)[0] == "running"


def test_work_asked_to_stop_stops_and_clears_what_it_made(running: Office) -> None:
    (pk,) = begin(running, {"to": 400, "pause": 0.05})
    wait_until(lambda: row(running, pk)[2] >= 5)

    running.python(
        "from datetime import UTC, datetime\n"
        "from backing.site.tests.counting.models import Count\n"
        "for row in Count.objects.running(): row.stop(now=datetime.now(UTC))\n"
        "answer = None"
    )
    wait_until(lambda: is_over(running, pk))

    assert row(running, pk)[0] == "stopped"
    assert counted(running, pk) == []


def test_an_error_is_a_code_and_its_words_are_kept_nowhere(running: Office) -> None:
    faults = ("refused", "disk", "fault")
    pks = begin(running, *({"to": 4, "fault": fault} for fault in faults))
    wait_until(lambda: all(is_over(running, pk) for pk in pks))

    ends = [(row(running, pk)[0], row(running, pk)[4], counted(running, pk)) for pk in pks]
    assert ends == [("failed", code, []) for code in ("odd_number", "disk_full", "fault")]
    assert b"secret from a cell" not in kept(running)


def test_the_job_store_holds_ids_counts_and_codes_and_no_pickle(running: Office) -> None:
    (pk,) = begin(running, {"to": 4})
    wait_until(lambda: is_over(running, pk))
    name = f"count-{pk}-1"

    with closing(sqlite3.connect(running.home / "jobs.sqlite3")) as store:
        workflows = store.execute(
            "SELECT name, serialization FROM workflow_status WHERE workflow_uuid = ?", [name]
        ).fetchall()
        steps = store.execute(
            "SELECT function_name, output, serialization FROM operation_outputs "
            "WHERE workflow_uuid = ? ORDER BY function_id",
            [name],
        ).fetchall()

    assert workflows == [("long-work", "plain")]
    assert steps == [(step, '"on"', "plain") for step in ("begin", "count", "check", "end")]


def test_kill_9_at_random_moments_loses_and_doubles_nothing_and_progress_never_goes_back(
    office: Office,
) -> None:
    draw = random.Random(7)
    pk = leave(office, to=60, pause=0.05)
    seen = [0]

    def progress_past(mark: int) -> bool:
        state, _, done, _, _ = row(office, pk)
        seen.append(done)
        return done >= mark or state == "done"

    for mark in sorted(draw.sample(range(5, 55), 2)):
        worker = office.worker()
        wait_until(functools.partial(progress_past, mark))
        worker.kill()
        worker.wait()
    office.worker()
    wait_until(functools.partial(progress_past, 61))

    assert row(office, pk) == ("done", 1, 60, 60, "")
    assert counted(office, pk) == list(range(1, 61))
    assert seen == sorted(seen)


def test_the_job_store_deleted_in_mid_work_loses_nothing(office: Office) -> None:
    pk = leave(office, to=40, pause=0.05)
    worker = office.worker()
    wait_until(lambda: row(office, pk)[2] >= 10)

    worker.kill()
    worker.wait()
    for file in office.home.glob("jobs.sqlite3*"):
        file.unlink()
    office.worker()
    wait_until(lambda: is_over(office, pk))

    assert row(office, pk) == ("done", 1, 40, 40, "")
    assert counted(office, pk) == list(range(1, 41))


def test_a_worker_whose_job_store_is_taken_away_ends_to_be_started_again(office: Office) -> None:
    pk = leave(office, to=400, pause=0.05)
    worker = office.worker()
    wait_until(lambda: row(office, pk)[2] >= 5)

    (office.home / "jobs.sqlite3").unlink()

    assert worker.wait(timeout=15) == 0
    assert row(office, pk)[0] == "running"
