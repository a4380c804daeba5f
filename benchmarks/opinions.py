"""How often the second opinions of a verdict stand against an effect: by chance, rightly, or against the truth.

    .venv/bin/python benchmarks/opinions.py [--replications 2000] [--only TEXT] [--keep FILE]

The worlds are those of `trackrecord.compare.tests.opinions`: months that lean on each other, with seasons, a
trend or a level that drifts; one unit beside 15 to 38 others; then true changes.  Each opinion is asked twice:
of every world at its last look, whatever its range says, and at the first look at which a range lies on one
side of no change with enough behind it (of months also the bootstrap), which is where a reader sees it.

With --keep what was seen is kept as a table, one row a world and opinion; a world that is run again takes the
place of what it was seen to do before.  Seeds are known.  A second opinion decides nothing, so nothing here is
held to a limit: it is measured, with exact limits (Clopper and Pearson, two-sided 95 %).
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from trackrecord.compare.tests import opinions
from trackrecord.compare.tests.opinions import Asked, Opinion

COLUMNS = ("part", "world", "opinion", "asked", "against", "claims", "claims_against")


def run(replications: int, only: str, kept: Path | None) -> None:
    for seed, world in enumerate(opinions.all_worlds()):
        if only not in f"{world.part}: {world.what}":
            continue
        found = world.run(np.random.default_rng([20_242, seed]), replications)
        for name, said in found.items():
            print(f"{world.part:16} {world.what:38} {name:29} {_told(said)}", flush=True)
        if kept:
            _keep(world, [(name, said) for name, said in found.items()], kept)


def _told(said: Opinion) -> str:
    low, high = said.interval
    beside = f"beside a claim {said.claims_against} of {said.claims}"
    limits = f" ({low:.1%} to {high:.1%})" if said.claims else ""
    return f"against {said.against / said.asked:6.1%} of {said.asked}; {beside}{limits}"


def _keep(world: Asked, found: list[tuple[str, Opinion]], path: Path) -> None:
    rows = {row[:3]: row for row in _read(path)}
    for name, said in found:
        counts = (said.asked, said.against, said.claims, said.claims_against)
        rows[world.part, world.what, name] = (world.part, world.what, name, *map(str, counts))
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerows([COLUMNS, *rows.values()])


def _read(path: Path) -> Iterator[tuple[str, ...]]:
    if path.exists():
        with path.open(newline="", encoding="utf-8") as file:
            yield from (tuple(row) for row in list(csv.reader(file))[1:])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--replications", type=int, default=2_000)
    parser.add_argument("--only", default="", help="worlds whose part or name holds this text")
    parser.add_argument("--keep", type=Path, help="the table to keep what was seen in")
    options = parser.parse_args()
    run(options.replications, options.only, options.keep)
