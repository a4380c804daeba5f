"""A list that somebody drops on a page: its field on a form, and what is kept of its file."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile

from backing.people.rosters import cells

MOST_BYTES: Final = 20 << 20


class ListField(forms.FileField):
    """The file of a list.  of: what the list holds, in the plural."""

    def __init__(self, *, of: str, **options: Any) -> None:
        super().__init__(label=f"A list of {of}, CSV or Excel", **options)
        self.of = of

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                f"The file is larger than 20 MB. Save the list of {self.of} alone, as CSV, and drop that."
            )
        return file


@dataclass(frozen=True, slots=True)
class Dropped:
    """name: as the user called the file; never a path.  digest: SHA-256 of its bytes."""

    name: str
    digest: str
    cells: cells.Cells


def read(file: UploadedFile, *, shape: str) -> Dropped:
    """The file itself is not kept: its cells are, until somebody has decided.  Raises cells.Unreadable.

    shape: a sentence that says how such a list looks, for a file that holds no table.
    """
    name = Path(file.name or "list").name[:255]
    digest = hashlib.sha256()
    with tempfile.TemporaryDirectory(prefix="backing-list-") as folder:
        path = Path(folder) / f"list{Path(name).suffix[:8]}"
        with path.open("wb") as out:
            for chunk in file.chunks():
                digest.update(chunk)
                out.write(chunk)
        return Dropped(name, digest.hexdigest(), cells.read(path, name=name, shape=shape))
