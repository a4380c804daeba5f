"""What nobody claims any more is taken away once it is a day old."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from typing import Final

from backing.evidence import keeping
from backing.evidence.editions import listed
from backing.evidence.editions.truth import store
from backing.evidence.models import DroppedFile, Edition, Reading
from backing.site.settings import WORKSPACE
from backing.site.work import UNFINISHED

KEPT: Final = timedelta(days=1)
_GONE: Final = (
    "{name} was not taken in within a day of being read, so it was not kept. Drop it again."
)


def tidy(*, now: datetime) -> None:
    """Forget readings that nobody took in, uploads without a row, and listings of editions long past."""
    before = now - KEPT
    _forget_readings(before)
    _forget_uploads(before)
    _forget_listings(before)
    store().sweep(before=before, claimed=Edition.objects.values_list("name", flat=True))


def _forget_readings(before: datetime) -> None:
    old = Reading.objects.filter(taken_in=None, asked_at__lt=before)
    for file in DroppedFile.objects.filter(reading__in=old.exclude(state__in=UNFINISHED)):
        if (keeping.uploads() / file.stored_as).exists():
            (keeping.uploads() / file.stored_as).unlink(missing_ok=True)
            file.take, file.trouble, file.sample = "", _GONE.format(name=file.name), []
            file.rows_taken = 0
            file.save()


def _forget_uploads(before: datetime) -> None:
    """Folders that a crash left before their rows were written, or whose files are gone."""
    known = {path.split("/")[0] for path in DroppedFile.objects.values_list("stored_as", flat=True)}
    for folder in keeping.uploads().iterdir():
        old = folder.stat().st_mtime < before.timestamp()
        if old and folder.is_dir() and (folder.name not in known or not any(folder.iterdir())):
            shutil.rmtree(folder, ignore_errors=True)


def _forget_listings(before: datetime) -> None:
    keep = set(Edition.objects.filter(is_current=True).values_list("name", flat=True))
    beside = WORKSPACE.record / "behind"
    for folder in beside.iterdir() if beside.is_dir() else ():
        if folder.name not in keep and folder.stat().st_mtime < before.timestamp():
            Edition.objects.filter(name=folder.name).update(has_rows=False)
            listed.forget(folder.name)
