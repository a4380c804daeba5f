"""`backing document D1 --to DIR`: issues a document and writes its files, as the studio would."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from backing.site.refusal import Refused
from backing.site.verbs import doing
from backing.site.verbs.office import set_up_django
from backing.site.workspace import Workspace

if TYPE_CHECKING:
    from backing.documents.models import Issue


def run(options: argparse.Namespace) -> int:
    """Issue the document; returns the exit code."""
    workspace = Workspace.here()
    if not workspace.version_file.exists():
        raise Refused(
            f"There is no workspace in {workspace.home}. Name one with BACKING_HOME, or make one with "
            "`backing import`."
        )
    set_up_django()
    made = _issue(options.code.upper(), _formats(options.format))
    if not doing.do(workspace, made):
        raise Refused(
            f"The issue was not written ({made.error or made.get_state_display()}); nothing of it was kept."
        )
    names = _write(made, options.to)
    sys.stdout.write(f"{made} is kept. Written to {options.to}: {', '.join(names)}.\n")
    return 0


def _formats(wanted: str | None) -> tuple[str, ...]:
    from backing.documents.actions import FORMATS

    if not wanted:
        return FORMATS
    formats = tuple(part.strip().lower() for part in wanted.split(",") if part.strip())
    unknown = [part for part in formats if part not in FORMATS]
    if unknown or not formats:
        named = ", ".join(unknown) or "nothing"
        raise Refused(f"--format names {named}. Choose from {', '.join(FORMATS)}.")
    return formats


def _issue(code: str, formats: tuple[str, ...]) -> Issue:
    from backing.documents import actions
    from backing.documents.desk import composed_codes, desk, issued_on
    from backing.people.actions import head

    if code not in composed_codes():
        known = ", ".join(composed_codes())
        raise Refused(f"{code} cannot be issued yet. So far there is {known}.")
    if issued_on(code):
        raise Refused(
            f"{code} is issued on its own page, which asks for more than its text: `backing serve`, "
            "then open it there."
        )
    by = head()
    at = desk(by, code)
    if at is None:
        raise Refused(
            "There are no figures to compose it from. Import a register first: backing import FILE"
        )
    try:
        return actions.issue(at.drafted, at.draft, by=by, now=datetime.now(UTC), formats=formats)
    except actions.Stopped as stopped:
        found = "".join(f"\n  {each.words}: {each.todo}" for each in stopped.findings)
        raise Refused(f"{stopped}{found}") from stopped
    except actions.NotIssued as reason:
        raise Refused(str(reason)) from reason


def _write(made: Issue, folder: Path) -> list[str]:
    """Copy the issue's files to a folder; each has the issue's number in its name."""
    from backing.documents import files

    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for file in made.files.all():
        unfinished = folder / f".{file.name}.unfinished"
        unfinished.write_bytes(files.kept(file.stored_as, file.digest))
        unfinished.replace(folder / file.name)
        names.append(file.name)
    return names
