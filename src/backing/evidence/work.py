"""How the worker reads files, takes them in and renews the evidence: steps, each safe to run again.

One edition is made at a time: it is made of what the database says then, and nothing else may move
"current" in between.  Readings go on beside it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from backing.evidence import actions, keeping, parsing
from backing.evidence.models import DroppedFile, Import, Reading, Renewal, SavedMapping
from backing.site.steps import Pulse, Stop, WorkError, register
from backing.site.work import LongWork

if TYPE_CHECKING:
    from backing.evidence.editions.making import Made

logger = logging.getLogger(__name__)

TOO_LONG: Final = "too_long"
_LOOK_SECONDS: Final = 0.5
_one_at_a_time = threading.Lock()
_last_made: list[Made] = []  # at most one


def read(work: Reading, pulse: Pulse) -> None:
    """Read each file in a process of its own; one that cannot be read leaves the others alone."""
    files = list(work.files.order_by("pk"))
    done, bytes_done = 0, 0
    to_come = sum(file.size for file in files)
    for file in files:
        if not (file.take or file.trouble):  # else an earlier run of this step read it
            told = _Told(work, pulse, before=done, share=file.size / max(1, to_come - bytes_done))
            try:
                understood = parsing.parse(_order(work, file), told)
            except parsing.TooLong:
                raise WorkError(TOO_LONG) from None
            _write_down(file, understood)
        done, bytes_done = done + file.rows_in, bytes_done + file.size
    if done:
        pulse(done, done)


def take_in_at_once(work: Reading, _pulse: Pulse) -> None:
    """Take in what was read, where that was asked for beforehand."""
    if work.at_once and work.files.exclude(take="").exists():
        actions.take_in(work, by=work.by, now=datetime.now(UTC))


def _order(work: Reading, file: DroppedFile) -> parsing.Order:
    saved = {} if file.mapping else dict(SavedMapping.objects.values_list("header", "mapping"))
    return parsing.Order(
        path=keeping.uploads() / file.stored_as,
        name=file.name,
        mapping=file.mapping,
        saved=saved,
        as_at=work.as_at,
        register=work.register,
        salt=keeping.salt(),
        record=keeping.record_place(),
    )


class _Told:
    """Hears of one file's rows and tells of all: those of files to come are judged by their bytes."""

    def __init__(self, work: Reading, pulse: Pulse, *, before: int, share: float) -> None:
        self._work, self._pulse, self._before, self._share = work, pulse, before, share

    def __call__(self, done: int, total: int) -> None:
        if not total:
            _go_on(self._work)
            return
        everything = self._before + max(total, round(total / self._share))
        self._pulse(self._before + done, everything)


def _write_down(file: DroppedFile, understood: parsing.Understood) -> None:
    for name in ("mapping", "take", "rows_in", "rows_taken", "trouble", "problems", "sample"):
        setattr(file, name, getattr(understood, name))
    file.save()


def _go_on(work: LongWork) -> None:
    """Raise Stop where the work should not go on; progress stays where it is."""
    if not work.this_attempt().to_go_on().exists():
        raise Stop


def make(work: Import | Renewal, pulse: Pulse) -> None:
    """Make the edition of what counts now, this import with it, and let it count."""
    from backing.evidence.editions.current import make_current
    from backing.evidence.editions.making import make as make_edition
    from backing.evidence.editions.truth import truth

    with _alone(work):
        now = datetime.now(UTC)
        found = truth(also=work if isinstance(work, Import) else None)
        rows = max(1, found.record.rows_taken)
        pulse(rows // 10, rows)
        made = make_edition(found.record, now=now)
        pulse(rows * 7 // 10, rows)
        make_current(made, found.imports, now=now)
        _keep_for_the_next_step(made)


def list_rows(work: Import | Renewal, _pulse: Pulse) -> None:
    """List the rows behind the current figures, what projects tell, and which look like one.

    Pages say so until it is done.
    """
    from backing.evidence import history
    from backing.evidence.editions import listed
    from backing.evidence.editions.alike import keep_likenesses
    from backing.evidence.editions.making import kept
    from backing.evidence.models import Edition
    from backing.evidence.narratives import mirror_narratives

    with _alone(work):
        edition = Edition.objects.filter(is_current=True, has_rows=False).first()
        if edition is None:
            return
        try:
            last = _last_made.pop() if _last_made else None
            made = last if last and last.edition == edition else kept(edition)
            mirror_narratives(made.record)
            keep_likenesses(made.record)
            if made.basis is not None:
                listed.keep_values(edition.name, made.basis)
                listed.keep_lists(edition, made.basis)
                history.write(made.record)
            made.close()
            Edition.objects.filter(pk=edition.pk).update(has_rows=True)
        except OSError:
            # The import counts already; to call it failed for this would be untrue.
            logger.exception("%s: the rows behind its figures could not be listed", work.job_name)


def _keep_for_the_next_step(made: Made) -> None:
    """Loading and settling a Record takes seconds; after a kill the next step does that itself."""
    while _last_made:
        _last_made.pop().close()
    _last_made.append(made)


def tidy(work: LongWork, _pulse: Pulse) -> None:
    """Take away what nobody claims."""
    from backing.evidence.editions import tidying

    try:
        tidying.tidy(now=datetime.now(UTC))
    except OSError:
        logger.exception("%s: what nobody claims could not be taken away", work.job_name)


def take_out(work: Import) -> None:
    """An import that was stopped or failed does not count, however far it had come."""
    if Import.objects.counting().filter(pk=work.pk).exists():
        actions.undo(work, by=work.by, now=datetime.now(UTC))


@contextmanager
def _alone(work: LongWork) -> Iterator[None]:
    """Wait for one's turn to make an edition, and stop waiting when asked to."""
    while not _one_at_a_time.acquire(timeout=_LOOK_SECONDS):
        _go_on(work)
    try:
        yield
    finally:
        _one_at_a_time.release()


def warm_up() -> None:
    """Load the engine and the readers before the first file comes: that takes seconds."""
    from backing.evidence.editions import warming

    parsing.warm_up()
    warming.warm_up()


register(Reading, read, take_in_at_once, tidy, warm_up=warm_up)
register(Import, make, list_rows, tidy, clear=take_out)
register(Renewal, make, list_rows, tidy, unasked=actions.list_again)
