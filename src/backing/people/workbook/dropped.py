"""A workbook that was dropped: looked through, taken in as a whole, or thrown away."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from backing.people.models import Account, Workbook
from backing.people.workbook import reading, taking
from backing.people.workbook.declared import sheets
from backing.people.workbook.said import Said


class NotAsShown(Exception):
    """It would do something else by now than what was shown; nothing was changed."""


def drop(chunks: Iterable[bytes], *, name: str, by: Account, now: datetime) -> Workbook:
    """Read a file and say what it would change.  One of a person's waits at a time; the file is not kept.

    Raises backing.people.apart.Unreadable.
    """
    name = Path(name or "workbook").name[:255]
    digest = hashlib.sha256()
    with tempfile.TemporaryDirectory(prefix="backing-workbook-") as folder:
        path = Path(folder) / "workbook.xlsx"
        with path.open("wb") as out:
            for chunk in chunks:
                digest.update(chunk)
                out.write(chunk)
        book = read(path, name=name)
    said = taking.look(book.sheets, viewer=by, now=now, written_at=moment(book.written_at))
    with transaction.atomic():
        Workbook.objects.waiting().filter(by=by).delete()
        return Workbook.objects.create(
            by=by,
            read_at=now,
            name=name,
            digest=digest.hexdigest(),
            written_at=moment(book.written_at),
            sheets=book.sheets,
            found=said.as_kept(),
        )


def read(path: Path, *, name: str) -> reading.Book:
    """Raises backing.people.apart.Unreadable."""
    return reading.read(path, name=name, titles=frozenset(sheet.title for sheet in sheets()))


def take_in(workbook: Workbook, *, by: Account, now: datetime) -> Said | None:
    """Do what was shown; its cells are not kept any longer.  None where that was done before.

    Raises NotAsShown; what it would do now is shown from then on.
    """
    with transaction.atomic():
        locked = Workbook.objects.select_for_update().get(pk=workbook.pk)
        if locked.taken_at is not None:
            return None
        said = taking.take(locked.sheets, viewer=by, now=now, written_at=locked.written_at)
        found = said.as_kept()
        is_as_shown = _plain(found) == _plain(locked.found)
        if is_as_shown and not said.problems:
            locked.sheets, locked.taken_at = {}, now
            locked.found = {key: found[key] for key in ("added", "changed", "same", "left_out")}
            locked.save()
        else:
            transaction.set_rollback(True)
    if not is_as_shown or said.problems:
        Workbook.objects.waiting().filter(pk=workbook.pk).update(found=found)
        raise NotAsShown
    return said


def throw_away(workbook: Workbook) -> None:
    """It was only looked at."""
    Workbook.objects.waiting().filter(pk=workbook.pk).delete()


def moment(said: str) -> datetime | None:
    return timezone.make_aware(datetime.fromisoformat(said)) if said else None


def _plain(found: Any) -> str:
    return json.dumps(found, sort_keys=True)
