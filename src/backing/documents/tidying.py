"""Files that no issue and no template claims are taken away once they are a day old.

A worker or a server that is killed between writing a file and claiming it leaves one behind.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from backing.documents import files
from backing.documents.models import IssuedFile, Template

KEPT: Final = timedelta(days=1)


def tidy(*, now: datetime) -> None:
    """Forget kept files without a row, and the folders that this empties."""
    before = (now - KEPT).timestamp()
    old = list(_written_before(before))
    claimed = {
        *IssuedFile.objects.values_list("stored_as", flat=True),
        *Template.objects.values_list("stored_as", flat=True),
    }
    for path in old:
        if files.stored_as(path) not in claimed:
            path.unlink(missing_ok=True)
            with contextlib.suppress(OSError):  # something lies there still
                path.parent.rmdir()


def _written_before(before: float) -> Iterator[Path]:
    for folder in (files.ISSUES, files.TEMPLATES):
        for path in files.path_of(folder).rglob("*"):
            if path.is_file() and path.stat().st_mtime < before:
                yield path
