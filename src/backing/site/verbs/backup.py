"""`backing backup FILE` and `backing restore FILE`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from backing.site.refusal import Refused
from backing.site.verbs.office import held_workspace, set_up_django
from backing.site.workspace import Workspace


def back_up(options: argparse.Namespace) -> int:
    """Works beside a running `serve`: the database gives one view, and files never change."""
    workspace = Workspace.here()
    if not workspace.version_file.exists():
        raise Refused(f"There is no workspace in {workspace.home}. Name one with BACKING_HOME.")
    set_up_django()
    from backing.site import backup

    count = backup.save(workspace, options.file)
    sys.stdout.write(
        f"{options.file} holds the database and {count} files of {workspace.home}.\n"
        f"It does not hold the key: keep {workspace.key_file} or the recovery phrase elsewhere.\n"
    )
    if record := os.environ.get("BACKING_RECORD"):
        sys.stdout.write(f"Nor does it hold the record in {record}: back that up where it lies.\n")
    return 0


def restore(options: argparse.Namespace) -> int:
    path: Path = options.file
    if not path.is_file():
        raise Refused(f"{path} was not found. Check the name and the folder.")
    with held_workspace() as workspace:
        from backing.site import backup

        said = backup.restore(workspace, path)
        sys.stdout.write(f"{workspace.home} is as {path} holds it. {said}".rstrip() + "\n")
        if not workspace.key_file.exists():
            sys.stdout.write(
                f"The key {workspace.key_file} is not on this machine: put it there, or write it anew "
                "with backing serve --recover-key.\n"
            )
    return 0
