"""What must hold on every day of the year: histories only grow, no row is lost, nothing sealed is readable.

Each day: how many rows every table has; of every history and log, that its earlier rows are all there, and that
what was added and a sample of what was there before is as it was; every issued document's claims, and the files
of those issued since and of one other; every file that changed, for the sealed word.  On a day of reckoning, once
a week: every row of every history, every file of every issue, every file on the disk and every cell of every table.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.db import connection, models

from backing.documents import files
from backing.documents.models import Issue
from backing.people.models import Sealed
from backing.site.tests.opened import files_with, holds

# Made anew from other rows, or gone by their nature: what they held stands elsewhere.
DISPOSABLE: Final = frozenset(
    {
        "django_session",
        "evidence_mirroredproject",
        "evidence_editionfigures",
        "evidence_figurerows",
        "evidence_likeness",
        "people_failedentry",
        "rhythm_pulseticket",
    }
)
_SAMPLE: Final = 40  # earlier rows of a history that are read again each day
_DATABASES: Final = (".sqlite3", ".sqlite3-wal", ".sqlite3-shm")

Rows = dict[Any, bytes]


class Ledger:
    """What the tables held the last time somebody looked.  word: what was said in confidence."""

    def __init__(self, chance: random.Random, *, word: str) -> None:
        self.chance, self.word = chance, word
        self._counts = _counts()
        self._histories = {table: _digests(model) for table, model in _only_growing().items()}
        self._issued: dict[int, str] = {}
        self._on_disk = _stamps()

    def look(self, *, all_of_it: bool) -> list[str]:
        """Everything that broke a promise since the last look, in words."""
        return [
            *self._lost(),
            *self._rewritten(all_of_it),
            *self._issues_changed(all_of_it),
            *self._readable(all_of_it),
        ]

    def _lost(self) -> Iterator[str]:
        before, self._counts = self._counts, _counts()
        for table, count in before.items():
            if self._counts[table] < count and table not in DISPOSABLE:
                yield f"{table} held {count} rows and holds {self._counts[table]}"

    def _rewritten(self, all_of_it: bool) -> Iterator[str]:
        for table, model in _only_growing().items():
            known = self._histories[table]
            there = set(models.QuerySet(model).values_list("pk", flat=True))
            gone, added = known.keys() - there, there - known.keys()
            earlier = sorted(known.keys() & there)
            again = (
                earlier if all_of_it else self.chance.sample(earlier, min(_SAMPLE, len(earlier)))
            )
            now = _digests(model, {*added, *again})
            changed = [key for key in again if now[key] != known[key]]
            if gone or changed:
                yield f"{table}: {len(gone)} earlier rows gone, {len(changed)} rewritten"
            self._histories[table] = {key: now.get(key) or known[key] for key in there}

    def _issues_changed(self, all_of_it: bool) -> Iterator[str]:
        """A document that was issued keeps its claims and its files, to the byte."""
        done = dict(
            Issue.objects.filter(state=Issue.State.DONE).values_list("pk", "composition_hash")
        )
        yield from (
            f"issue {key} says other things than when it was issued"
            for key, hashed in self._issued.items()
            if done.get(key) != hashed
        )
        read = set(done) if all_of_it or not self._issued else done.keys() - self._issued.keys()
        if self._issued:
            read.add(self.chance.choice(sorted(self._issued)))
        for issue in Issue.objects.filter(pk__in=read).prefetch_related("files"):
            for file in issue.files.all():
                files.kept(file.stored_as, file.digest)  # raises where it is not what was issued
        self._issued = done

    def _readable(self, all_of_it: bool) -> Iterator[str]:
        before, self._on_disk = self._on_disk, _stamps()
        if all_of_it:
            yield from (f"{self.word} can be read in {place}" for place in readable(self.word))
            return
        for path, stamp in self._on_disk.items():
            if before.get(path) != stamp and not path.name.endswith(_DATABASES):
                if holds(path.read_bytes(), self.word):
                    yield f"{self.word} can be read in {path.name}"


def everything() -> dict[str, Rows]:
    """A digest of every row of every table."""
    return {table: _digests(model) for table, model in _tables().items()}


def readable(word: str) -> list[str]:
    """Where a sealed word can be read in what lies on the disk or stands in the database."""
    found = files_with(settings.WORKSPACE.home, word)
    for table, model in _tables().items():
        for row in models.QuerySet(model).values_list():
            if any(_says(cell, word) for cell in row):
                found.append(table)
                break
    return found


def _says(cell: object, word: str) -> bool:
    if isinstance(cell, bytes | memoryview):
        return holds(bytes(cell), word)
    return word in str(cell)


def _stamps() -> dict[Path, tuple[int, int]]:
    """When each file of the workspace was written, and its size."""
    found = {}
    for path in settings.WORKSPACE.home.rglob("*"):
        if path.is_file():
            stamp = path.stat()
            found[path] = (stamp.st_mtime_ns, stamp.st_size)
    return found


def _tables() -> Mapping[str, type[models.Model]]:
    present = set(connection.introspection.table_names())
    found = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    return {table: model for table, model in sorted(found.items()) if table in present}


def _only_growing() -> Mapping[str, type[models.Model]]:
    return {table: model for table, model in _tables().items() if _only_grows(model)}


def _counts() -> dict[str, int]:
    return {
        table: models.QuerySet(model).count()
        for table, model in _tables().items()
        if not model._meta.auto_created
    }


def _digests(model: type[models.Model], keys: Iterable[Any] | None = None) -> Rows:
    """A digest of rows by their keys, of all where none are given."""
    rows: models.QuerySet[Any] = models.QuerySet(model)
    found = rows if keys is None else rows.filter(pk__in=list(keys))
    return {
        row[0]: hashlib.sha256(repr(row[1:]).encode()).digest()
        for row in found.values_list("pk", *_fields(model)).iterator()
    }


def _fields(model: type[models.Model]) -> list[str]:
    """All but ciphertext, which a new key may write anew."""
    return [field.attname for field in model._meta.concrete_fields if field.name != "content"]


def _only_grows(model: type[models.Model]) -> bool:
    return (
        hasattr(model, "history_id") or issubclass(model, Sealed) or model.__name__ == "AccessLog"
    )
