"""A year in the life, in the workspace that BACKING_HOME names.

    python -m backing.site.tests.year --days 365 --folder FOLDER [--every 1] [--walk 6] [--whole 7] [--seed 7] [--papers]

--every: look in on every so many days only; what is due once a month comes at the first of them.
--whole: at every so manieth look, and at the last, everything is looked at: once a week by default.
--papers: at the end the case, the report, the review, the update and a win are put beside FOLDER.
What is looked at each day, and what at a whole look, is said by `ledger` and `walk`.
Prints what was done, and each promise that was broken with the day it broke; ends with 1 where one was.
"""

from __future__ import annotations

import argparse
import json
import random
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
    parser.add_argument("--whole", type=int, default=7)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--papers", action="store_true")
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
    from backing.site.tests.year import cast, ledger, life, office
    from backing.site.tests.year.visitor import Astray
    from backing.site.tests.year.walk import Walk

    office.make()
    everybody = cast.Cast(random.Random(wanted.seed))  # a story, not a secret
    everybody.come_in()
    year = life.Year(wanted.folder, everybody, begins=BEGINS)
    walk, kept = Walk(everybody), ledger.Ledger(everybody.chance, word=cast.SECRET)
    broken, looks = list[str](), 0
    for number in range(0, wanted.days, wanted.every):
        today = BEGINS + timedelta(days=number)
        last = number + wanted.every >= wanted.days
        everything = last or (looks + 1) % wanted.whole == 0
        with _at(today):
            wrong = year.day(today)
            wrong += walk.all_kinds() if everything else walk.some(wanted.walk)
            wrong += [*year.look(today), *kept.look(all_of_it=everything)]
            broken += [f"{today} {each}" for each in wrong]
            if wanted.papers and last:
                try:
                    year.papers(today)
                except Astray as astray:
                    broken.append(f"{today} its papers: {astray}")
        looks += 1
        sys.stderr.write("".join(f"{each}\n" for each in (f"{today}:", *wrong)))
    return {"done": year.done, "looks": looks, "broken": broken}


if __name__ == "__main__":
    sys.exit(main())
