"""What must hold on every day of the year: histories only grow, no row is lost, nothing sealed is readable."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
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
    }
)

Rows = dict[Any, bytes]


class Ledger:
    """What the tables held the last time somebody looked."""

    def __init__(self) -> None:
        self._counts = _counts()
        self._histories = _histories()
        self._issued: dict[str, str] = {}

    def look(self) -> list[str]:
        """Everything that broke a promise since the last look, in words."""
        return [*self._lost(), *self._rewritten(), *self._issues_changed()]

    def _lost(self) -> Iterator[str]:
        before, self._counts = self._counts, _counts()
        for table, count in before.items():
            if self._counts[table] < count and table not in DISPOSABLE:
                yield f"{table} held {count} rows and holds {self._counts[table]}"

    def _rewritten(self) -> Iterator[str]:
        before, self._histories = self._histories, _histories()
        for table, rows in before.items():
            now = self._histories[table]
            gone = [key for key in rows if key not in now]
            changed = [key for key in rows if key in now and now[key] != rows[key]]
            if gone or changed:
                yield f"{table}: {len(gone)} earlier rows gone, {len(changed)} rewritten"

    def _issues_changed(self) -> Iterator[str]:
        """A document that was issued keeps its claims and its files, to the byte."""
        for issue in Issue.objects.filter(state=Issue.State.DONE).prefetch_related("files"):
            for file in issue.files.all():
                files.kept(file.stored_as, file.digest)  # raises where it is not what was issued
            now = issue.composition_hash
            if self._issued.setdefault(str(issue), now) != now:
                yield f"{issue} says other things than when it was issued"


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


def _tables() -> Mapping[str, type[models.Model]]:
    present = set(connection.introspection.table_names())
    found = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    return {table: model for table, model in sorted(found.items()) if table in present}


def _counts() -> dict[str, int]:
    return {
        table: models.QuerySet(model).count()
        for table, model in _tables().items()
        if not model._meta.auto_created
    }


def _histories() -> dict[str, Rows]:
    """A digest of each row of what is only ever added to, by table and key."""
    return {
        table: {
            row[0]: hashlib.sha256(repr(row[1:]).encode()).digest()
            for row in models.QuerySet(model).values_list("pk", *_fields(model))
        }
        for table, model in _tables().items()
        if _only_grows(model)
    }


def _fields(model: type[models.Model]) -> list[str]:
    """All but ciphertext, which a new key may write anew."""
    return [field.attname for field in model._meta.concrete_fields if field.name != "content"]


def _only_grows(model: type[models.Model]) -> bool:
    return (
        hasattr(model, "history_id") or issubclass(model, Sealed) or model.__name__ == "AccessLog"
    )
