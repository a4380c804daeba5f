"""What `verdicts.py` was seen to do, kept as a small table: `verdicts.csv`, one row a world and stretch.

A world that is run again takes the place of what it was seen to do before.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path

KEPT = Path(__file__).with_name("verdicts.csv")


@dataclass(frozen=True, kw_only=True)
class Seen:
    """How often each word was ever said in a world, over its looks.

    part: "nothing changes", "one look", "wrong procedures", "true changes" (of formulas), "nothing
    changes, whole path", "each complication, whole path", "true cut, whole path", "help costs, whole path" (of companies).
    how: "formulas", "outcomes" (from outcomes to the word), "checked" (the same, with every claim and a
    draw of the other looks from CSV as well), "command" (from CSV to the word, by the
    command's own function) or "program" (from CSV to the word, by the command itself).
    units, a_month, cut: of a company; 0 where there is none.  every: months between two looks.
    written: of "checked", how many looks of all runs went through CSV as well.
    expected: the claims a power floor asks for, as a share; 0 where there is none.
    """

    part: str
    id: str
    world: str
    how: str
    units: int = 0
    a_month: float = 0.0
    cut: float = 0.0
    looks: int
    every: int = 1
    runs: int
    improved: int
    consistent: int = 0
    worse: int
    expected: float = 0.0
    written: int = 0

    @property
    def key(self) -> tuple[object, ...]:
        return self.part, self.id, self.world, self.how, self.units, self.looks, self.every


def read(path: Path = KEPT) -> list[Seen]:
    if not path.exists():
        return []
    types = {
        field.name: {"int": int, "float": float, "str": str}[str(field.type)]
        for field in fields(Seen)
    }
    with path.open(newline="", encoding="utf-8") as file:
        return [
            Seen(**{name: types[name](text) for name, text in row.items()})
            for row in csv.DictReader(file)
        ]


def keep(seen: Iterable[Seen], path: Path = KEPT) -> None:
    rows = {each.key: each for each in read(path)}
    rows.update({each.key: each for each in seen})
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(field.name for field in fields(Seen))
        out.writerows(astuple(each) for each in rows.values())
