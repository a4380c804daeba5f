"""The line of sight with 60 and with 400 steps: seconds and queries a page, and of the printed page.

    .venv/bin/python benchmarks/line_of_sight.py [--times 40]

Makes a workspace of its own for each size and draws an invented map in it: 60 steps and 83 links, and 400
steps and 560 links, with owners, some of them missing, and a goal that nothing reaches.  Then asks, as the
head of the office and as a leader, for the map with its list and for the part of one goal, of one change
and of one activity, in this process and without a network, and says how long the server took, by the clock
and of the processor, and how many queries it asked.  D3 is composed and rendered too, first and again.  The
limit is 200 ms at the 95th percentile for a page, and the same number of queries for both sizes.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from leaders import open_here
from pages import ask, printed

if TYPE_CHECKING:
    from backing.people.models import Account

SEED: Final = 20_261_126
# By layer: activities, outputs, capabilities, changes, outcomes, benefits, goals; then links.
SIZES: Final = {60: ((22, 8, 0, 9, 7, 9, 5), 83), 400: ((100, 70, 20, 60, 50, 70, 30), 560)}
FIRMNESS: Final = ("assumed", "plausible", "plausible", "evidenced")
WORDS: Final = (
    "checked business cases for new projects held before money is committed with a range".split()
)


def fill(steps: int) -> tuple[Account, Account, dict[str, int]]:
    """The head of the office and a leader who sees a part; by layer, the key of one step."""
    from backing.benefits import models
    from backing.people.access import Role
    from backing.people.models import Account, OrgUnit, Person
    from backing.scope.models import Activity, OurUnit

    chance, today = random.Random(SEED), datetime.now(UTC).date()
    office, finance = (OrgUnit.objects.create(name=name) for name in ("Project office", "Finance"))
    OurUnit.objects.create(pk=1, unit=office)
    head = Account.objects.create(
        person=Person.objects.create(full_name="Ana Castro", org_unit=office), role=Role.PMO_HEAD
    )
    owner = Person.objects.create(
        full_name="Ines Duarte", job_title="Head of Finance", org_unit=finance
    )
    leader = Account.objects.create(person=owner, role=Role.LEADER)
    models.Sight.hold(on=today)

    def name(number: int) -> str:
        return f"{' '.join(chance.sample(WORDS, 4)).capitalize()} {number}"

    def made(model: Any, count: int, **fields: Any) -> list[Any]:
        called = "title" if model is models.BenefitProfile else "name"
        return [
            model.objects.create(
                **{called: name(at)}, **{key: value(at) for key, value in fields.items()}
            )
            for at in range(count)
        ]

    counts, links = SIZES[steps]
    noted = {"noted_on": lambda _: today}
    layers = [
        made(Activity, counts[0], org_unit=lambda _: office, **noted),
        made(models.Output, counts[1]),
        made(models.Capability, counts[2]),
        made(models.BusinessChange, counts[3], owner=lambda at: owner if at % 8 else None),
        made(models.Outcome, counts[4]),
        made(models.BenefitProfile, counts[5], owner=lambda _: owner, **noted),
        made(models.StrategyGoal, counts[6], source=lambda _: "Strategy, page 4", **noted),
    ]
    _draw(chance, [layer for layer in layers if layer], links)
    names = ("activity", "output", "capability", "change", "outcome", "benefit", "goal")
    keys = {each: rows[0].pk for each, rows in zip(names, layers, strict=True) if rows}
    return head, leader, keys


def _draw(chance: random.Random, layers: list[list[Any]], links: int) -> None:
    """Mostly from one layer to the next; the last goal stays without a line."""
    from backing.benefits.actions.lines import layer_of
    from backing.benefits.models import ContributionLink

    layers = [*layers[:-1], layers[-1][:-1]]
    drawn = set()
    while len(drawn) < links:
        at = chance.randrange(len(layers) - 1)
        to = min(len(layers) - 1, at + (2 if chance.random() < 0.07 else 1))
        source, target = chance.choice(layers[at]), chance.choice(layers[to])
        ends = (layer_of(source).value, source.pk, layer_of(target).value, target.pk)
        if ends in drawn:
            continue
        drawn.add(ends)
        firm = chance.choice(FIRMNESS)
        ContributionLink.objects.create(
            confidence=firm,
            rationale="The board funds only what has passed.",
            evidence="14 of 19 cases passed." if firm == "evidenced" else "",
            **{f"source_{ends[0]}": source, f"target_{ends[2]}": target},
        )


def printed_page(head: Account) -> None:
    """D3: composing it and making the file of it, the first time and again."""
    from backing.benefits.papers import line_of_sight_paper
    from boardpaper.render import pdf

    for turn in ("first", "again"):
        began = time.perf_counter()
        paper = line_of_sight_paper(head, now=datetime(2026, 11, 26, tzinfo=UTC))
        composed = time.perf_counter()
        file = pdf.render(paper)
        done = time.perf_counter()
        print(
            f"D3 {turn}: composed in {composed - began:.2f} s, "
            f"{len(file) / 1024:.0f} KB in {done - composed:.2f} s",
            flush=True,
        )


def one_size(steps: int, times: int) -> None:
    """Fill an office of its own and ask."""
    with tempfile.TemporaryDirectory() as folder:
        open_here(Path(folder))
        head, leader, keys = fill(steps)
        parts = [
            f"/benefits/?node={layer}-{keys[layer]}" for layer in ("goal", "change", "activity")
        ]
        for who, account in (("head", head), ("leader", leader)):
            print(f"\n{steps} steps, {who}")
            printed(ask(account, page, times) for page in ("/benefits/", *parts))
        printed_page(head)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--steps", type=int, choices=sorted(SIZES), help="one size only")
    options = parser.parse_args()
    if options.steps:
        one_size(options.steps, options.times)
        return
    for steps in SIZES:  # a process each: a process opens one workspace
        again = [sys.executable, __file__, "--steps", str(steps), "--times", str(options.times)]
        subprocess.run(again, check=True)


if __name__ == "__main__":
    main()
