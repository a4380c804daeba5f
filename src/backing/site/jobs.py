"""Getting long work done, by a worker that may be killed at any moment.

The only module that knows DBOS.  How it fits together (design.md 7):

- A row is written first (`site/work.py`).  After its commit the web process tells the job store that
  there is work by the name `import-7-1`; a name is taken once, so telling twice starts nothing twice.
- The worker looks for waiting rows when it starts and every minute, so a crash between commit and telling
  loses nothing, and for running rows that the store has forgotten, so a lost store loses nothing.
- Work is a sequence of steps, each safe to run again (`site/steps.py`).  DBOS remembers the steps that
  are over: after a kill the worker goes on with the one in flight.
- The store holds names, ids and short words only (`site/plain.py`).  A later release takes up what an
  earlier one left, because the application version never changes.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from django.db import connections, transaction
from django.utils.module_loading import autodiscover_modules

from backing.site import steps
from backing.site.plain import Plain
from backing.site.settings import WORKSPACE
from backing.site.work import UNFINISHED, LongWork, attempts_at

if TYPE_CHECKING:
    from dbos import DBOSClient, DBOSConfig, Serializer

logger = logging.getLogger(__name__)

APPLICATION, QUEUE, WORKFLOW = "backing", "long-work", "long-work"
AT_ONCE = 2  # a small piece of work need not wait behind a large one
SWEEP_SECONDS = 60.0
LOOK_SECONDS = 1.0  # how often it looks whether the store is still there
MOST_RECOVERIES = 200  # of one attempt: work that kills its worker would else do so for ever
MOST_ATTEMPTS = 3  # that the worker makes of itself
OVER = frozenset({"SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"})


def start(work: LongWork) -> None:
    """Tell the job store of a waiting row, once the transaction that wrote it has committed."""
    transaction.on_commit(functools.partial(_tell, work))


def warm_up() -> None:
    """Load the library before the first request needs it: that takes a second."""
    import dbos

    del dbos


def _tell(work: LongWork) -> None:
    """Telling may fail without harm: the worker finds the row by itself within a minute."""
    try:
        with _client() as client:
            _enqueue(client, work)
    except FileNotFoundError:
        return  # no worker has run here yet; it looks when it starts
    except Exception:  # noqa: BLE001  # a full disk, a missing store, a store just being made
        logger.warning(
            "The job store could not be told of %s; the worker will look.", work.job_name
        )


def _enqueue(client: DBOSClient, work: LongWork) -> None:
    client.enqueue(
        {"workflow_name": WORKFLOW, "queue_name": QUEUE, "workflow_id": work.job_name},
        work.kind,
        work.pk,
        work.attempt,
    )


def run(stop: threading.Event) -> None:
    """The worker: does long work until told to stop, or until the job store is taken away."""
    from dbos import DBOS

    autodiscover_modules("work")
    threading.Thread(target=steps.warm_up, daemon=True).start()
    _launch()
    opened = _identity(WORKSPACE.job_store)
    sweep_at = 0.0
    while _identity(WORKSPACE.job_store) == opened:
        if time.monotonic() >= sweep_at:
            sweep()
            sweep_at = time.monotonic() + SWEEP_SECONDS
        if stop.wait(LOOK_SECONDS):
            DBOS.destroy()
            return
    logger.warning("The job store was taken away; starting again with a new one.")


def _launch() -> None:
    from dbos import DBOS

    config: DBOSConfig = {
        "name": APPLICATION,
        "system_database_url": _url(),
        "application_version": "1",  # never changes: else an upgrade strands what was running
        "executor_id": "worker",
        "serializer": _plain(),
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.workflow(name=WORKFLOW, max_recovery_attempts=MOST_RECOVERIES)(_carry_out)
    DBOS.launch()
    DBOS.register_queue(QUEUE, worker_concurrency=AT_ONCE, polling_interval_sec=0.2)


def _carry_out(kind: str, pk: int, attempt: int) -> str:
    """The workflow: every answer is remembered, so after a kill it goes on with the step in flight."""
    from dbos import DBOS

    answer = DBOS.run_step({"name": "begin"}, steps.begin, kind, pk, attempt)
    for step in steps.jobs[kind].steps:
        if answer == steps.ON:
            answer = DBOS.run_step({"name": step.__name__}, steps.take, step, kind, pk, attempt)
    return DBOS.run_step({"name": "end"}, steps.end, kind, pk, attempt, answer)


def sweep() -> None:
    """Tell the store of every row that waits, or is due, or that it has forgotten or holds for over."""
    steps.ask_for_what_is_due(datetime.now(UTC))
    with _client() as client:
        for job in steps.jobs.values():
            for work in attempts_at(job.model).filter(state__in=UNFINISHED).order_by("pk"):
                _see_to(client, work)
    connections.close_all()


def _see_to(client: DBOSClient, work: LongWork) -> None:
    known = client.list_workflows(workflow_ids=[work.job_name])
    if not known:
        _enqueue(client, work)
        return
    work.refresh_from_db()  # it may have ended since
    if known[0].status not in OVER or not work.is_unfinished:
        return
    work.this_attempt().begin(datetime.now(UTC))
    if work.attempt >= MOST_ATTEMPTS:
        steps.finish(work, steps.GAVE_UP)
    elif work.again(now=datetime.now(UTC)):
        _enqueue(client, work)


@contextlib.contextmanager
def _client() -> Iterator[DBOSClient]:
    """A client of the job store, for one conversation; raises FileNotFoundError where there is none."""
    from dbos import DBOSClient

    if not WORKSPACE.job_store.exists():
        raise FileNotFoundError(WORKSPACE.job_store)  # else SQLite would leave an empty one behind
    client = DBOSClient(
        system_database_url=_url(),
        serializer=_plain(),
        application_name=APPLICATION,
        retry_connection_errors=False,
    )
    try:
        yield client
    finally:
        client.destroy()


def _url() -> str:
    return f"sqlite:///{WORKSPACE.job_store}"


def _plain() -> Serializer:
    return cast("Serializer", Plain())


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file this is, whatever it is called; None where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
