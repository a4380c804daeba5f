"""The workspace: the one folder in which an office lives, and the few things that must lie outside it.

    BACKING_HOME/
      workspace.json    the oldest Backing that can open it
      office.sqlite3    the office's own records, unless DATABASE_URL names PostgreSQL
      jobs.sqlite3      the job store; may be deleted at any time
      secret            signs links and sessions; in no backup
      record/ files/    editions, and the files they were made from
      documents/        issues of documents, and the organisation's templates
      serve.lock worker.lock

Outside it: the key file and the erasure list, in the platform's configuration folder.  This module knows
no Django: the command asks it before Django starts, and Django's settings ask it while they load.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from backing.site.refusal import Refused


@dataclass(frozen=True, slots=True)
class Workspace:
    home: Path
    key_file: Path
    erasure_list: Path
    database_url: str  # empty: SQLite in `home`

    @classmethod
    def here(cls, environ: Mapping[str, str] = os.environ) -> Workspace:
        """The workspace that the environment names, or the user's own."""
        home = environ.get("BACKING_HOME") or platformdirs.user_data_dir("backing", appauthor=False)
        outside = Path(platformdirs.user_config_dir("backing", appauthor=False))
        return cls(
            home=Path(home).expanduser().absolute(),
            key_file=Path(environ.get("BACKING_KEY_FILE") or outside / "key").expanduser(),
            erasure_list=Path(environ.get("BACKING_ERASURES") or outside / "erasures.jsonl"),
            database_url=environ.get("DATABASE_URL", ""),
        )

    @property
    def version_file(self) -> Path:
        return self.home / "workspace.json"

    @property
    def database(self) -> Path:
        return self.home / "office.sqlite3"

    @property
    def job_store(self) -> Path:
        return self.home / "jobs.sqlite3"

    @property
    def record(self) -> Path:
        return self.home / "record"

    @property
    def files(self) -> Path:
        return self.home / "files"

    @property
    def documents(self) -> Path:
        return self.home / "documents"

    @property
    def secret_file(self) -> Path:
        return self.home / "secret"

    def secret(self) -> str:
        """What signs links and sessions.  Where there is none yet, one that lasts this process."""
        try:
            return self.secret_file.read_text("utf-8").strip()
        except FileNotFoundError:
            return secrets.token_urlsafe(48)

    def make(self) -> None:
        """Make the folder, for this user's eyes, and its secret, where they are missing."""
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        for folder in (self.record, self.files, self.documents):
            folder.mkdir(exist_ok=True)
        with contextlib.suppress(FileExistsError):
            handle = os.open(self.secret_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(secrets.token_urlsafe(48))

    @contextlib.contextmanager
    def held(self, by: str = "serve") -> Iterator[None]:
        """Hold the workspace; raises Refused while another process does.

        The system lets go of the lock however the holder ends.
        """
        with (self.home / f"{by}.lock").open("a") as handle:
            try:
                _lock(handle.fileno())
            except OSError as error:
                raise Refused(
                    f"The workspace {self.home} is open in another `backing` process. Stop that one "
                    "first, or name another workspace with BACKING_HOME."
                ) from error
            yield


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
