"""Opening a workspace that another release of Backing may have left.

A workspace says which release it needs: the one that last changed its tables.  A newer Backing copies the
database aside, changes the tables, checks what came out, and says where the copy is; when anything fails
the copy is put back.  An older one refuses, and says which release it needs.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from backing.site import release, snapshot
from backing.site.refusal import Refused
from backing.site.workspace import Workspace


def open_workspace(workspace: Workspace) -> str:
    """Make the workspace ready for this release; returns what there is to say, mostly nothing.

    The caller holds the workspace.  Raises Refused, and then the database is as it was.
    """
    workspace.make()
    refuse_newer(f"The workspace {workspace.home}", needs(workspace))
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return ""
    if not executor.loader.applied_migrations:
        _migrate()
        write_needs(workspace)
        return ""
    copy = _free_name(workspace.home, datetime.now(UTC))
    snapshot.save(copy)
    try:
        _migrate()
        _check()
    except Exception as error:
        snapshot.load(copy)
        raise Refused(
            f"The workspace could not be upgraded to Backing {release.VERSION} "
            f"({type(error).__name__}); it is as it was, and {copy} holds another copy. "
            "Go on with the release you had, and please report this."
        ) from error
    write_needs(workspace)
    return (
        f"The workspace was upgraded to Backing {release.VERSION}. The database as it was lies in {copy}; "
        "delete it when all is well."
    )


def needs(workspace: Workspace) -> str:
    """The oldest release that opens the workspace; empty where it does not say."""
    try:
        said = json.loads(workspace.version_file.read_text("utf-8"))
    except FileNotFoundError:
        return ""
    return str(said["needs"])


def refuse_newer(what: str, needed: str) -> None:
    """Raise Refused when `what` needs a later release than this one."""
    if needed and release.as_numbers(needed) > release.as_numbers(release.VERSION):
        raise Refused(
            f"{what} needs Backing {needed} or later; this is Backing {release.VERSION}. Install the "
            "newer one, or name another workspace with BACKING_HOME."
        )


def _migrate() -> None:
    call_command("migrate", interactive=False, verbosity=0)


def _check() -> None:
    """Raise an exception when the database is not whole."""
    connection.check_constraints()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise RuntimeError("some tables were not changed")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            if cursor.fetchall() != [("ok",)]:
                raise RuntimeError("the database file is damaged")


def write_needs(workspace: Workspace) -> None:
    beside = workspace.version_file.with_suffix(".new")
    with beside.open("w", encoding="utf-8") as file:
        json.dump({"needs": release.VERSION}, file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(workspace.version_file)


def _free_name(folder: Path, now: datetime) -> Path:
    stem = f"before-{release.VERSION}-{now:%Y-%m-%d}"
    names = (f"{stem}{f'-{count}' if count else ''}.database" for count in range(1000))
    return next(folder / name for name in names if not (folder / name).exists())
