"""Long work is a row first.

A row that inherits `LongWork` is the truth about a piece of work: whether it waits, runs or has ended, how
far it has come, what went wrong.  The job store only makes sure that somebody does it (`site/jobs.py`);
lose the store and the rows still say what is to be done.  All changes of state are single conditional
updates, so two processes cannot both win.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q


class State(models.TextChoices):
    WAITING = "waiting", "waiting its turn"
    RUNNING = "running", "running"
    DONE = "done", "done"
    STOPPED = "stopped", "stopped"
    FAILED = "failed", "failed"


UNFINISHED = (State.WAITING, State.RUNNING)


class LongWork(models.Model):
    """A piece of work for the worker.  A subclass names its `kind`; `jobs.register` says how it is done."""

    State = State
    kind: ClassVar[str]

    state = models.CharField(max_length=8, choices=State, default=State.WAITING, editable=False)
    attempt = models.PositiveIntegerField(default=1, editable=False)
    done = models.PositiveBigIntegerField(default=0, editable=False)
    total = models.PositiveBigIntegerField(default=0, editable=False)  # 0: not yet known
    error = models.SlugField(max_length=40, blank=True, editable=False)  # a code; the page words it
    asked_at = models.DateTimeField(editable=False)
    began_at = models.DateTimeField(null=True, editable=False)
    stop_asked_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(done__lte=F("total")), name="%(class)s_is_done_at_most_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job_name}: {State(self.state).label}"

    @property
    def job_name(self) -> str:
        """How the job store knows this attempt."""
        return f"{self.kind}-{self.pk}-{self.attempt}"

    @property
    def per_cent(self) -> int:
        """Whole per cent, rounded down: 100 is for what has ended."""
        if self.state == State.DONE:
            return 100
        return min(99, 100 * self.done // self.total) if self.total else 0

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    def stop(self, *, now: datetime) -> None:
        """Ask for it to stop: at once where it waits, else as soon as the worker looks up."""
        mine = self.this_attempt()
        if not mine.waiting().update(state=State.STOPPED, stop_asked_at=now, ended_at=now):
            mine.to_go_on().update(stop_asked_at=now)
        self.refresh_from_db()

    def again(self, *, now: datetime) -> bool:
        """Put it back in the queue as a new attempt; False when it is not there to be taken up."""
        fresh = {"done": 0, "total": 0, "error": "", "asked_at": now}
        blank = dict.fromkeys(("began_at", "stop_asked_at", "ended_at"))
        put = self.this_attempt().exclude(state__in=(State.WAITING, State.DONE))
        put_back = put.update(state=State.WAITING, attempt=F("attempt") + 1, **fresh, **blank) == 1
        self.refresh_from_db()
        return put_back

    def this_attempt(self) -> LongWorkQuerySet[Self]:
        """This row, as long as no later attempt has begun."""
        return attempts_at(type(self)).attempt_at(self.pk, self.attempt)


W = TypeVar("W", bound=LongWork)


class LongWorkQuerySet(models.QuerySet[W]):
    def waiting(self) -> Self:
        return self.filter(state=State.WAITING)

    def running(self) -> Self:
        return self.filter(state=State.RUNNING)

    def to_go_on(self) -> Self:
        """Running, and nobody has asked for it to stop."""
        return self.running().filter(stop_asked_at=None)

    def attempt_at(self, pk: int, attempt: int) -> Self:
        """One attempt at one piece of work; empty once a later attempt has begun."""
        return self.filter(pk=pk, attempt=attempt)

    def begin(self, now: datetime) -> bool:
        """The worker takes it up, for the first time or again after it was killed."""
        self.waiting().update(state=State.RUNNING, began_at=now)
        return self.running().exists()

    def come_to(self, done: int, total: int) -> bool:
        """Say how far it has come; False when it should not go on.

        A share that is less than the one shown (a step taken up again counts from its start) changes
        nothing: progress never goes backwards.
        """
        self.running().alias(ahead=done * F("total") - total * F("done")).filter(
            ahead__gte=0
        ).update(done=done, total=total)
        return self.to_go_on().exists()

    def end(self, state: State, now: datetime, error: str = "") -> bool:
        """It has ended; done means all of it."""
        ended: dict[str, Any] = {"state": state, "ended_at": now, "error": error}
        if state == State.DONE:
            ended["done"] = F("total")
        return self.running().update(**ended) == 1


def attempts_at(model: type[W]) -> LongWorkQuerySet[W]:
    """All rows of a kind of work; its manager is made from `LongWorkQuerySet` or a child of it."""
    queryset: LongWorkQuerySet[W] = model._default_manager.all()  # type: ignore[assignment]
    return queryset
