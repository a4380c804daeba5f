"""The keys of rows: what a row is known by in every workbook, whatever it is called by then.

A person's key is the one under which the erasure list would know them.  Any other row gets one when it is
first written out, or keeps the one that it came with.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from django.db import models

from backing.people.models import Person, RowKey

# No vowel, so that no key is a word, and no digit, so that none is taken for a number.
_LETTERS: Final = "bcdfghjklmnpqrstvwxz"
_LENGTH: Final = 10
_AT_ONCE: Final = 500


class Keys:
    """Keys by row and rows by key, for each model by its label."""

    def __init__(self) -> None:
        self._of: dict[str, dict[int, str]] = {}
        self._row: dict[str, dict[str, int]] = {}

    def learn(self, label: str, rows: Iterable[models.Model]) -> None:
        """The keys of these rows, made where there is none yet."""
        rows = list(rows)
        there = {row.pk for row in rows}
        of, row_by = self._of.setdefault(label, {}), self._row.setdefault(label, {})
        for row in rows:
            if isinstance(row, Person):
                self.note(label, row.pk, str(row.opaque_id))
        for pk, key in RowKey.objects.filter(label=label).order_by("pk").values_list("row", "key"):
            if pk in there:
                of[pk], row_by[key] = key, pk
        self._write(label, {pk: _new_key() for pk in sorted(there - of.keys())})

    def keep(self, label: str, came: Mapping[int, str]) -> None:
        """Note keys that rows came with; one whose row is gone here goes to the row that came back."""
        for some in _batches(list(came.values())):
            RowKey.objects.filter(label=label, key__in=some).delete()
        self._write(label, came)

    def _write(self, label: str, new: Mapping[int, str]) -> None:
        RowKey.objects.bulk_create(
            [RowKey(label=label, row=pk, key=key) for pk, key in new.items()], batch_size=_AT_ONCE
        )
        for pk, key in new.items():
            self.note(label, pk, key)

    def of(self, label: str, pk: int) -> str:
        return self._of.get(label, {}).get(pk, "")

    def row(self, label: str, key: str) -> int | None:
        return self._row.get(label, {}).get(key)

    def note(self, label: str, pk: int, key: str) -> None:
        self._of.setdefault(label, {})[pk] = key
        self._row.setdefault(label, {})[key] = pk


def _batches(keys: list[str]) -> Iterator[list[str]]:
    return (keys[first : first + _AT_ONCE] for first in range(0, len(keys), _AT_ONCE))


def as_opaque(key: str) -> uuid.UUID | None:
    """The id of a person that a key is, if it is one."""
    try:
        return uuid.UUID(key)
    except ValueError:
        return None


def _new_key() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
