"""Where the evidence lies: the Record's store, the files as they were dropped, and the salt of persons' ids."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from backing.site.settings import WORKSPACE


def record_place() -> str:
    """The folder of the Record's store, or the URI that the environment names."""
    return os.environ.get("BACKING_RECORD") or str(WORKSPACE.record)


def uploads() -> Path:
    """Below here lie the files as they were dropped."""
    return WORKSPACE.files


def salt() -> str:
    """What goes into the opaque ids of persons: one for the life of a workspace, and in its backups.

    Were it to change, a person would be two to the Record.
    """
    file = WORKSPACE.record / "salt"
    if not file.exists():
        fresh = file.with_name(f"salt.{secrets.token_hex(4)}.tmp")
        with fresh.open("x", encoding="ascii") as out:
            out.write(secrets.token_hex(16))
            out.flush()
            os.fsync(out.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(fresh, file)  # whole or not at all, and only the first
        fresh.unlink()
    return file.read_text("ascii")
