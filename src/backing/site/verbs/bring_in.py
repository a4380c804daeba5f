"""`backing import FILE...`: the files become part of the evidence, as if they had been dropped on the page.

Where `backing serve` runs, its worker does the work; else this process does it itself, by the same steps.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from backing.site.refusal import Refused
from backing.site.verbs import doing
from backing.site.verbs.office import held_workspace, set_up_django
from backing.site.workspace import Workspace

if TYPE_CHECKING:
    from backing.evidence.models import DroppedFile
    from backing.evidence.parsing import Understood
    from backing.site.work import LongWork


def run(options: argparse.Namespace) -> int:
    """Import the files, or with --dry-run only say what was understood of them."""
    for path in options.files:
        with path.open("rb"):
            pass  # a file that is not there stops it before anything is kept
    mapping = options.mapping.read_text("utf-8") if options.mapping else ""
    if mapping:
        _check(mapping, options.mapping)
    if options.dry_run:
        return _look(options.files, mapping)
    return _bring_in(options.files, mapping)


def _check(mapping: str, path: Path) -> None:
    from trackrecord.mapping_file import from_toml

    from_toml(mapping, file=str(path))


def _look(files: Sequence[Path], mapping: str) -> int:
    """Read the files as an import would, and keep nothing."""
    from backing.evidence import parsing

    found = []
    with tempfile.TemporaryDirectory(prefix="backing-") as nowhere:
        for path in files:
            order = parsing.Order(path=path, name=path.name, mapping=mapping, record=nowhere)
            found.append((path.name, parsing.parse(order, lambda _done, _of: None)))
    for name, understood in found:
        _say("\n".join(_in_words(name, understood)))
    _say("Nothing was kept. Leave out --dry-run to import.")
    return 0 if any(understood.rows_taken for _, understood in found) else 2


def _bring_in(files: Sequence[Path], mapping: str) -> int:
    workspace = Workspace.here()
    if not workspace.version_file.exists():
        with held_workspace():
            from backing.site import upgrade

            upgrade.open_workspace(workspace)
    set_up_django()
    from backing.evidence import actions
    from backing.evidence.uploads import OnDisk
    from backing.people.actions import head

    now = datetime.now(UTC)
    reading = actions.drop([OnDisk(path) for path in files], by=head(), now=now, mapping=mapping)
    _do(workspace, reading)
    for file in reading.files.all():
        _say("\n".join(_in_words(file.name, file)))
    if not reading.files.exclude(take="").exists():
        return 2
    made = actions.take_in(reading, by=reading.by, now=datetime.now(UTC))
    _do(workspace, made)
    _say(f"Imported. {_edition()} Undo it on the Imports page of `backing serve`.")
    return 0


def _do(workspace: Workspace, work: LongWork) -> None:
    """Have a piece of work done; raises Refused where it ends otherwise."""
    if not doing.do(workspace, work):
        raise Refused(
            f"The import ended early ({work.error or work.get_state_display()}); nothing was changed. "
            "The Imports page of `backing serve` says more."
        )


def _in_words(name: str, understood: Understood | DroppedFile) -> Iterator[str]:
    if understood.trouble:
        yield understood.trouble
        return
    left = understood.rows_in - understood.rows_taken
    rest = f"{left:,} with problems" if left else "all of them taken"
    yield f"{name}: {understood.rows_in:,} rows in, {understood.rows_taken:,} taken, {rest}."
    for problem in understood.problems[:5]:
        rows = ", ".join(map(str, problem["rows"][:5]))
        where = f" ({'rows' if problem['count'] > 1 else 'row'} {rows})" if rows else ""
        column = " ".join(problem["column"].split())
        yield f"  {problem['count']:,} x {column or problem['code']}{where}: {problem['todo']}"


def _edition() -> str:
    from backing.evidence.models import Edition

    edition = Edition.objects.current()
    if edition is None:
        return "Nothing counts yet."
    return f"The evidence is {edition.projects:,} projects in {edition.rows_taken:,} rows, edition {edition.name[:12]}."


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
