"""Files of the office's documents in the workspace: written once, under a name made of their content."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from backing.site.settings import WORKSPACE

TEMPLATES: Final = "templates"
ISSUES: Final = "issues"
_UNFINISHED: Final = ".unfinished-"


class Lost(Exception):
    """A kept file is not there any more, or is not what it was."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is kept.  stored_as: below the workspace's `documents/`."""

    digest: str
    size: int
    stored_as: str


def keep(folder: str, content: bytes, ending: str) -> Kept:
    """Write content below a folder of `documents/`, synced to the disk before it has its name."""
    digest = hashlib.sha256(content).hexdigest()
    stored_as = f"{folder}/{digest}.{ending}"
    path = WORKSPACE.documents / stored_as
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=_UNFINISHED)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(unfinished).replace(path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
    return Kept(digest, len(content), stored_as)


def kept(stored_as: str, digest: str) -> bytes:
    """The bytes of a kept file; raises Lost where they are not those that were written."""
    try:
        content = path_of(stored_as).read_bytes()
    except OSError as error:
        raise Lost(stored_as) from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise Lost(stored_as)
    return content


def path_of(stored_as: str) -> Path:
    """Where a kept file lies."""
    return WORKSPACE.documents / stored_as


def stored_as(path: Path) -> str:
    """What a row calls the file at a path: `path_of`, backwards."""
    return path.relative_to(WORKSPACE.documents).as_posix()


def sweep(folder: str) -> None:
    """Take away what a writer that was killed left unfinished."""
    for unfinished in (WORKSPACE.documents / folder).glob(f"{_UNFINISHED}*"):
        unfinished.unlink(missing_ok=True)


def forget(folder: str) -> None:
    """Take a folder of `documents/` away with all that is in it."""
    shutil.rmtree(WORKSPACE.documents / folder, ignore_errors=True)
