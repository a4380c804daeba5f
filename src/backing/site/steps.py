"""How a kind of long work is done: steps, each safe to run again.

An app says it in its `work.py`:

    register(Import, take, compute, make_current, clear=remove_unclaimed_files)

and a step is a function of the row and a `Pulse`:

    def take(work: Import, pulse: Pulse) -> None:
        for rows_read, ... in ...:
            pulse(rows_read, rows_in_all)

A step answers the job store with one short word: on, stopped, or the code of an error.
"""

from __future__ import annotations

import errno
import functools
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db import connections

from backing.site.work import LongWork, State, attempts_at

logger = logging.getLogger(__name__)

W = TypeVar("W", bound=LongWork)

TELL_SECONDS = 0.25  # how often progress is written, at most
ON, STOPPED = "on", "stopped"
GAVE_UP, DISK_FULL, NO_MEMORY, FAULT = "gave_up", "disk_full", "no_memory", "fault"


class WorkError(Exception):
    """Work that cannot be done, for a reason the user can do something about; `code` is for the page."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Stop(Exception):
    """Somebody asked the work to stop.  `Pulse` raises it; a step need not catch it."""


@dataclass(slots=True)
class Pulse:
    """What a step holds to say how far it has come: `pulse(rows_read, rows_in_all)`.

    Raises Stop when the work should not go on.  Cheap: it writes a few times a second at most.
    """

    work: LongWork
    _told_at: float = field(default=0.0, init=False)

    def __call__(self, done: int, total: int) -> None:
        if done < total and time.monotonic() < self._told_at + TELL_SECONDS:
            return
        self._told_at = time.monotonic()
        if not self.work.this_attempt().come_to(done, total):
            raise Stop


Step = Callable[[W, Pulse], None]


@dataclass(frozen=True, slots=True)
class Job:
    """How one kind of work is done."""

    model: type[LongWork]
    steps: tuple[Step[Any], ...]
    clear: Callable[[Any], None] | None
    warm_up: Callable[[], None] | None
    unasked: Callable[[datetime], None] | None


jobs: dict[str, Job] = {}


def register(
    model: type[W],
    *steps: Step[W],
    clear: Callable[[W], None] | None = None,
    warm_up: Callable[[], None] | None = None,
    unasked: Callable[[datetime], None] | None = None,
) -> None:
    """Say how a kind of work is done.

    steps: in order; the worker remembers which are over and runs the one in flight again.
    clear: takes away what the steps have made so far, when the work is stopped or fails.
    warm_up: loads what the steps will need, once, when the worker starts.
    unasked: makes a row where one is due though nobody asked for it; called every minute, with the time.
    """
    jobs[model.kind] = Job(model, steps, clear, warm_up, unasked)


def follow(model: type[W], *steps: Step[W]) -> None:
    """Say what an app further up does after a kind of work: steps taken when its own are over."""
    job = jobs[model.kind]
    jobs[model.kind] = replace(job, steps=(*job.steps, *steps))


def warm_up() -> None:
    """Load what work will need before there is any."""
    for job in jobs.values():
        if job.warm_up is not None:
            job.warm_up()


def ask_for_what_is_due(now: datetime) -> None:
    """Make the rows that nobody asked for."""
    for job in jobs.values():
        if job.unasked is not None:
            job.unasked(now)


def _alone_with_the_database(step: Callable[..., str]) -> Callable[..., str]:
    """Leave no connection behind: the worker's threads come and go."""

    @functools.wraps(step)
    def wrapped(*args: Any) -> str:
        try:
            return step(*args)
        finally:
            connections.close_all()

    return wrapped


@_alone_with_the_database
def begin(kind: str, pk: int, attempt: int) -> str:
    """Take the row up, where it is still there to be taken up."""
    mine = attempts_at(jobs[kind].model).attempt_at(pk, attempt)
    return ON if mine.begin(datetime.now(UTC)) else STOPPED


@_alone_with_the_database
def take(step: Step[Any], kind: str, pk: int, attempt: int) -> str:
    """Take one step; whatever goes wrong comes back as a word."""
    work = attempts_at(jobs[kind].model).attempt_at(pk, attempt).to_go_on().first()
    if work is None:
        return STOPPED
    try:
        step(work, Pulse(work))
    except Stop:
        return STOPPED
    except WorkError as error:
        return error.code
    except Exception as error:
        logger.exception("%s: the step %s failed", work.job_name, step.__name__)
        return _code(error)
    return ON


@_alone_with_the_database
def end(kind: str, pk: int, attempt: int, answer: str) -> str:
    """Write into the row how it went."""
    work = attempts_at(jobs[kind].model).attempt_at(pk, attempt).running().first()
    if work is not None:
        finish(work, answer)
    return answer


def finish(work: LongWork, answer: str) -> None:
    """End this attempt with the word it answered."""
    now, mine = datetime.now(UTC), work.this_attempt()
    if answer == ON:
        mine.end(State.DONE, now)
        return
    clear = jobs[work.kind].clear
    if clear is not None:
        clear(work)
    if answer == STOPPED:
        mine.end(State.STOPPED, now)
    else:
        mine.end(State.FAILED, now, answer)


def _code(error: BaseException) -> str:
    """The machine's own troubles have names; anything else is a fault of ours."""
    if isinstance(error, MemoryError):
        return NO_MEMORY
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    return DISK_FULL if full or "disk is full" in str(error) else FAULT
