"""A workspace in one file, and back.

A backup holds a snapshot of the database and then the files it names, in that order: files are written
once, under a name made of their content, before the database speaks of them.  It never holds the job
store, the key, or the secret that signs links.
"""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from django.db import connections

from backing.people import erasing
from backing.site import snapshot, upgrade
from backing.site.refusal import Refused
from backing.site.workspace import Workspace

FOLDERS = ("record", "files", "documents")


def save(workspace: Workspace, path: Path) -> int:
    """Write a backup, whole or not at all; returns how many files it holds beside the database."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder:
        database, unfinished = Path(folder) / "database", Path(folder) / "backup"
        snapshot.save(database)
        with zipfile.ZipFile(unfinished, "x", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("backup.json", json.dumps({"needs": upgrade.needs(workspace)}))
            archive.write(database, "database")
            count = 0
            for file in _files(workspace):
                # Parquet and office files are compressed already.
                name = file.relative_to(workspace.home).as_posix()
                archive.write(file, name, zipfile.ZIP_STORED)
                count += 1
        with unfinished.open("r+b") as written:
            os.fsync(written.fileno())
        unfinished.replace(path)
    return count


def restore(workspace: Workspace, path: Path) -> str:
    """Make an empty workspace what the backup holds; returns what there is to say.

    Raises Refused when the workspace is in use, or the file is no backup, or a newer one.
    """
    if workspace.version_file.exists():
        raise Refused(
            f"There is a workspace in {workspace.home} already. Name an empty folder with BACKING_HOME, "
            "or move that one away."
        )
    workspace.make()
    try:
        with (
            zipfile.ZipFile(path) as archive,
            tempfile.TemporaryDirectory(dir=workspace.home) as folder,
        ):
            needed = json.loads(archive.read("backup.json"))["needs"]
            upgrade.refuse_newer("This backup", needed)
            archive.extract("database", folder)
            for name in archive.namelist():
                if _is_ours(name):
                    archive.extract(name, workspace.home)
            snapshot.load(Path(folder) / "database")
    except (zipfile.BadZipFile, KeyError, json.JSONDecodeError) as error:
        raise Refused(f"{path} is not a backup that Backing made, or it is damaged.") from error
    said = upgrade.open_workspace(workspace)
    upgrade.write_needs(workspace)
    erased = erasing.replay(workspace.erasure_list, on=datetime.now(UTC))
    if erased:
        erasing.clean_free_pages()
    connections.close_all()
    if erased:
        said += f" {erased} people who were erased since the backup were erased again."
    return said.strip()


def _files(workspace: Workspace) -> list[Path]:
    found = (file for folder in FOLDERS for file in (workspace.home / folder).rglob("*"))
    return sorted(file for file in found if file.is_file())


def _is_ours(name: str) -> bool:
    """A file in one of our folders, and nowhere else, whatever its name pretends."""
    parts = PurePosixPath(name).parts
    return len(parts) > 1 and parts[0] in FOLDERS and ".." not in parts and "\\" not in name
