"""What changes the evidence: dropping files, taking them in, undoing that, deciding.

Nothing here computes: each leaves rows, and work for the worker (`evidence/work.py`).
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final, Protocol

from django.db import transaction
from django.db.models import F

from backing.evidence import keeping, uploads
from backing.evidence.models import (
    Decision,
    DroppedFile,
    Edition,
    Import,
    Reading,
    Renewal,
    SavedMapping,
)
from backing.people.models import Account, Person
from backing.site import jobs
from backing.site.work import UNFINISHED, State
from trackrecord import decisions as decided
from trackrecord.errors import EvidenceError
from trackrecord.keys import Key
from trackrecord.layout import Mapping as Layouts
from trackrecord.layout import header_digest
from trackrecord.mapping_file import from_toml, to_toml

_LIST_AGAIN: Final = timedelta(hours=1)
_LONGEST_NAME: Final = 200
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SUFFIX: Final = re.compile(r"(\.[a-z0-9]{1,8}){1,2}$")


class NotNow(EvidenceError):
    """What was asked for does not fit how things stand; the text says how they do."""


class Upload(Protocol):
    """A file as it comes with a request."""

    @property
    def name(self) -> str | None: ...

    def chunks(self) -> Iterable[bytes]: ...


def drop(
    files: Iterable[Upload],
    *,
    by: Account,
    now: datetime,
    as_at: date | None = None,
    register: str = "",
    mapping: str = "",
    at_once: bool = False,
) -> Reading:
    """Keep the files and ask for them to be read.

    mapping: TOML to read them with.  at_once: take in what can be, without anybody looking it over.
    They are written and synced before any row names them; a name leads nowhere, it is text.
    Raises EvidenceError for more than may be dropped at once.
    """
    folder = uuid.uuid4().hex
    try:
        kept = _kept(files, folder)
        with transaction.atomic():
            reading = Reading.objects.create(
                by=by, as_at=as_at, register=register, at_once=at_once, asked_at=now
            )
            for file in kept:
                file.reading, file.mapping = reading, mapping
            DroppedFile.objects.bulk_create(kept)
            jobs.start(reading)
    except BaseException:
        shutil.rmtree(keeping.uploads() / folder, ignore_errors=True)
        raise
    return reading


def _kept(files: Iterable[Upload], folder: str) -> list[DroppedFile]:
    kept: list[DroppedFile] = []
    room = uploads.MOST_TOGETHER
    for place, file in enumerate(files):
        if place >= uploads.MOST_FILES:
            raise NotNow(uploads.too_many())
        name = _told_apart(_plain_name(file.name or ""), [each.name for each in kept])
        suffix = _SUFFIX.search(name.lower())
        stored_as = f"{folder}/{place}{suffix[0] if suffix else ''}"
        size, digest = _write(file, stored_as, room=room)
        room -= size
        kept.append(DroppedFile(name=name, size=size, digest=digest, stored_as=stored_as))
    if not kept:
        raise NotNow("Choose at least one file.")
    return kept


def _write(file: Upload, stored_as: str, *, room: int) -> tuple[int, str]:
    """Stream a file to its place; gives its bytes and their SHA-256."""
    target = keeping.uploads() / stored_as
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with target.open("xb") as out:
        for chunk in file.chunks():
            size += len(chunk)
            if size > room:
                raise NotNow(uploads.too_large())
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return size, digest.hexdigest()


def _plain_name(given: str) -> str:
    """The last part of what the browser said, without what no eye sees."""
    name = _CONTROL.sub("", given.replace("\\", "/").rpartition("/")[2]).strip()
    stem, dot, suffix = name.rpartition(".")
    if len(name) > _LONGEST_NAME:
        name = f"{stem[: _LONGEST_NAME - 12]}{dot}{suffix[:11]}"
    return name or "file"


def _told_apart(name: str, others: list[str]) -> str:
    """The name, with a number where another file of the same drop is called so."""
    stem, dot, suffix = name.rpartition(".")
    number, found = 2, name
    while found in others:
        found = f"{stem} ({number}){dot}{suffix}" if dot else f"{name} ({number})"
        number += 1
    return found


@transaction.atomic
def read_again(
    reading: Reading,
    mappings: Mapping[int, str],
    *,
    now: datetime,
    as_at: date | None = None,
    register: str = "",
) -> None:
    """Read the files again as somebody says they are to be understood.

    mappings: TOML by the number of a DroppedFile; files it does not name are read as before.
    Raises NotNow once the reading was taken in, or while it still waits to be read.
    """
    locked = Reading.objects.select_for_update().get(pk=reading.pk)
    if Import.objects.filter(reading=reading).exists():
        raise NotNow("These files were taken in already. Undo that, then drop them again.")
    if locked.state == State.WAITING:
        raise NotNow("These files are waiting to be read. Correct them when that is done.")
    Reading.objects.filter(pk=reading.pk).update(
        state=State.WAITING,
        attempt=F("attempt") + 1,
        done=0,
        total=0,
        error="",
        asked_at=now,
        began_at=None,
        stop_asked_at=None,
        ended_at=None,
        as_at=as_at,
        register=register,
    )
    for file in reading.files.all():
        file.mapping = mappings.get(file.pk, file.mapping)
        file.take, file.trouble, file.rows_in, file.rows_taken = "", "", 0, 0
        file.problems = []
        file.save()
    reading.refresh_from_db()
    jobs.start(reading)


@transaction.atomic
def guess_afresh(reading: Reading, header: tuple[str, ...], *, now: datetime) -> None:
    """Forget what is remembered of sheets with this header, and read them as if seen for the first time.

    Other sheets stay as they are understood.  What is taken in then is remembered instead.
    Raises NotNow as `read_again` does.
    """
    SavedMapping.objects.filter(header=header_digest(header)).delete()
    others = {
        file.pk: tuple(sheet for sheet in from_toml(file.mapping).sheets if sheet.header != header)
        for file in reading.files.exclude(mapping="")
    }
    mappings = {pk: to_toml(Layouts(sheets=left)) if left else "" for pk, left in others.items()}
    read_again(reading, mappings, now=now, as_at=reading.as_at, register=reading.register)


@transaction.atomic
def take_in(reading: Reading, *, by: Account, now: datetime) -> Import:
    """Ask for what was understood to become part of the evidence; asking twice asks once.

    Raises NotNow while the files are being read, or where no row of them could be taken.
    """
    locked = Reading.objects.select_for_update().get(pk=reading.pk)
    asked = Import.objects.filter(reading=reading).first()
    if asked is not None:
        return asked
    if locked.state != State.DONE and not locked.at_once:
        raise NotNow("These files have not been read yet.")
    if not reading.files.exclude(take="").exists():
        raise NotNow("No row of these files could be taken, so there is nothing to take in.")
    made = Import.objects.create(reading=reading, by=by, asked_at=now)
    jobs.start(made)
    return made


@transaction.atomic
def undo(import_: Import, *, by: Account, now: datetime) -> None:
    """Take a whole import out of the evidence again; one that is not in yet is stopped."""
    locked = Import.objects.select_for_update().get(pk=import_.pk)
    if locked.is_unfinished:
        locked.stop(now=now)
    if locked.undo_asked_at is None and locked.counts:
        Import.objects.filter(pk=import_.pk).update(undo_asked_at=now, undo_asked_by=by)
        _renew(now)
    import_.refresh_from_db()


@transaction.atomic
def decide(
    *decisions: decided.Decision, by: Person, now: datetime, at_once: bool = True
) -> list[Decision]:
    """Write down what somebody decided; an edition that takes it up is made soon.

    at_once: else it is taken up by whichever edition is made next, as rows that do not count yet are.
    """
    made = [_decision(each, by, now) for each in decisions]
    for row in made:
        row.save()
    if made and at_once:
        _renew(now)
    return made


@transaction.atomic
def withdraw(*rows: Decision, by: Person, now: datetime, at_once: bool = True) -> None:
    """Take decisions back; they stay on record as withdrawn.  at_once: as in `decide`."""
    standing = [row for row in rows if row.withdrawn_at is None]
    for row in standing:
        row.withdrawn_at, row.withdrawn_by = now, by
        row.save()
    if standing and at_once:
        _renew(now)


def _decision(value: decided.Decision, by: Person, now: datetime) -> Decision:
    (line,) = decided.to_lines([value]).splitlines()
    key = decided.keys_of(value)[0]
    kind = Decision.Kind(decided.kind_of(value))
    return Decision(kind=kind, register=key.register, key=key.key, line=line, by=by, made_at=now)


def _renew(now: datetime) -> None:
    """See to it that an edition is made after this; one that waits will do.

    The row is locked: the worker cannot begin it before what it is to take up has committed.
    """
    waiting = Renewal.objects.select_for_update().filter(state=State.WAITING).first()
    if waiting is None:
        jobs.start(Renewal.objects.create(asked_at=now))
    else:
        Renewal.objects.filter(pk=waiting.pk).update(asked_at=now)


def list_again(now: datetime) -> None:
    """Ask once an hour for the rows behind the figures, where a full disk kept them from being listed."""
    unlisted = Edition.objects.filter(is_current=True, has_rows=False).exists()
    if not unlisted or Renewal.objects.filter(asked_at__gt=now - _LIST_AGAIN).exists():
        return
    if not any(work.objects.filter(state__in=UNFINISHED).exists() for work in (Import, Renewal)):
        with transaction.atomic():
            _renew(now)


def what_stays(import_: Import) -> list[str]:
    """What an undo leaves behind, in sentences: what others built on these files."""
    own = list(import_.reading.files.exclude(take=""))
    counting = Import.objects.counting().filter(undo_asked_at=None).exclude(pk=import_.pk)
    others = DroppedFile.objects.filter(reading__taken_in__in=counting).exclude(take="")
    return [
        *_same_files(own, others.select_related("reading__taken_in")),
        *_idle(own, others.values_list("take", flat=True)),
    ]


def _same_files(own: list[DroppedFile], others: Iterable[DroppedFile]) -> Iterator[str]:
    digests = {file.digest: file.name for file in own}
    for other in others:
        if other.digest in digests:
            yield (
                f"{digests[other.digest]} was also taken in on {other.reading.asked_at:%d %B %Y}"
                f"{'' if other.name == digests[other.digest] else f' as {other.name}'}; "
                "its rows stay, as that import understood them."
            )


def _idle(own: list[DroppedFile], others: Iterable[str]) -> Iterator[str]:
    """Decisions about projects that only these files speak of."""
    standing = [decided.from_lines(row.line)[0] for row in Decision.objects.standing()]
    if not standing:
        return
    left = set().union(*(_keys_of_take(take) for take in others))
    gone = set().union(*(_keys_of_take(file.take) for file in own)) - left
    idle = sum(any(key in gone for key in decided.keys_of(each)) for each in standing)
    if idle:
        many = idle != 1
        yield (
            f"{idle} {'decisions' if many else 'decision'} about projects that only these files "
            f"speak of {'lie' if many else 'lies'} idle, and {'wake' if many else 'wakes'} when the "
            "file is taken in again."
        )


def _keys_of_take(take: str) -> set[Key]:
    from trackrecord.store import Store

    rows = Store(keeping.record_place()).take(take).tables["projects"]
    pairs = zip(rows["register"].to_pylist(), rows["key"].to_pylist(), strict=True)
    return {Key(*pair) for pair in pairs}
