"""A year in the life, in the workspace that BACKING_HOME names.

    python -m backing.site.tests.year --days 365 --folder FOLDER [--every 1] [--walk 6] [--seed 7]

--every: look in on every so many days only; what is due once a month comes at the first of them.
Prints what was done, and each promise that was broken with the day it broke; ends with 1 where one was.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import django
import time_machine

BEGINS = date(
    2025, 1, 6
)  # all of it lies in the past: what is stored bears the time of this machine


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--walk", type=int, default=6)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folder", type=Path, required=True)
    wanted = parser.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    with _at(BEGINS):
        django.setup()
        answer = _lived(wanted)
    sys.stdout.write(f"ANSWER {json.dumps(answer)}\n")
    return 1 if answer["broken"] else 0


def _at(day: date) -> time_machine.travel:
    return time_machine.travel(datetime.combine(day, time(9), tzinfo=UTC), tick=True)


def _lived(wanted: argparse.Namespace) -> dict[str, object]:
    from backing.site.tests.year import ledger, life, office
    from backing.site.tests.year.visitor import Astray

    office.make()
    year = life.Year(wanted.folder, seed=wanted.seed, begins=BEGINS)
    year.open_the_door()
    kept, broken = ledger.Ledger(), list[str]()
    for number in range(0, wanted.days, wanted.every):
        today = BEGINS + timedelta(days=number)
        with _at(today):
            try:
                year.day(today)
            except Astray as astray:
                broken.append(str(astray))
            wrong = year.walk(wanted.walk) if today.weekday() < 5 else []
            broken += [f"{today} {each}" for each in (*wrong, *kept.look())]
        sys.stderr.write(f"{today}: {len(broken)} promises broken\n")
    broken += [f"{life.SECRET} can be read in {place}" for place in ledger.readable(life.SECRET)]
    return {"done": year.done, "broken": broken}


if __name__ == "__main__":
    sys.exit(main())
