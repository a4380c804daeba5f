"""`backing workbook FILE.xlsx`: everything typed into one workbook; with --bring-in, back from it."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from backing.site.refusal import Refused
from backing.site.verbs.office import set_up_django
from backing.site.workspace import Workspace

if TYPE_CHECKING:
    from backing.people.workbook.said import Said

_SHOWN = 20


def run(options: argparse.Namespace) -> int:
    """Works beside a running `serve`, as the head of the office."""
    workspace = Workspace.here()
    if not workspace.version_file.exists():
        raise Refused(f"There is no workspace in {workspace.home}. Name one with BACKING_HOME.")
    if options.dry_run and not options.bring_in:
        raise Refused("--dry-run goes with --bring-in: writing a workbook changes nothing.")
    set_up_django()
    return (
        _bring_in(options.file, dry=options.dry_run) if options.bring_in else _write(options.file)
    )


def _write(path: Path) -> int:
    if path.exists():
        raise Refused(f"{path} is there already. Name another file, or move that one away.")
    from backing.people.actions import head
    from backing.people.workbook.writing import write

    made = write(head(), now=datetime.now(UTC))
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    with os.fdopen(handle, "wb") as out:
        out.write(made.content)
    Path(name).replace(path)
    _say(f"{path} holds {made.rows:,} rows. It is for the project office alone.")
    return 0


def _bring_in(path: Path, *, dry: bool) -> int:
    with path.open("rb"):
        pass  # a file that is not there is refused before anything else
    from backing.people.actions import head
    from backing.people.apart import Unreadable
    from backing.people.workbook import dropped, taking

    try:
        book = dropped.read(path, name=path.name)
    except Unreadable as reason:
        raise Refused(str(reason)) from None
    step = taking.look if dry else taking.take
    said = step(
        book.sheets,
        viewer=head(),
        now=datetime.now(UTC),
        written_at=dropped.moment(book.written_at),
    )
    for line in _in_words(said):
        _say(line)
    if said.problems:
        raise Refused("Nothing was changed. Put the rows above right, and run it again.")
    _say("Nothing was kept. Leave out --dry-run to take it in." if dry else "Taken in.")
    return 0


def _in_words(said: Said) -> Iterator[str]:
    yield f"{said.added:,} rows new, {said.changed:,} changed, {said.same:,} as they were."
    for one in (*said.problems[:_SHOWN], *said.left[:_SHOWN]):
        column = f", {one.column}" if one.column else ""
        yield f"  {one.sheet}, row {one.row}{column}: {one.says}"
    if len(said.problems) > _SHOWN:
        yield f"  and {len(said.problems) - _SHOWN:,} more to put right."
    for note in said.notes[:_SHOWN]:
        yield f"  {note}"


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
