"""How far verdicts can be trusted: worlds in which nothing changes, wrong procedures, true changes, size.

    .venv/bin/python benchmarks/verdicts.py formulas [--replications 2000]
    .venv/bin/python benchmarks/verdicts.py companies [--seeds 200] [--every 1] [--by WAY] [--only TEXT] [--go-on]
    .venv/bin/python benchmarks/verdicts.py size [--projects 1000,10000,100000]

    formulas    A1 to A16, W1 to W9 and the power floor of methods.md 5.7 and 5.8: how often a claim for the
                better, and for the worse, was ever made over 24 looks
    companies   registers of invented companies from outcomes to the word, over 24 and 36 looks: worst units
                first, easier work, open, cancelled and re-planned projects; then true cuts of 5, 10 and 20 %
                at half, one, two and four projects a unit and month in 12 and 24 units.  --by command
                writes each look to CSV, and it goes through the command's own function; --by program
                starts `backing verdict` for each; --by checked judges each look from its outcomes, and
                those where a claim is possible, and a draw of the others, by the command's function too
    size        seconds and memory of a verdict with every test, by number of projects

With --keep FILE what was seen is kept as a table (verdicts_record.py), from which docs/verdicts.svg is
drawn (verdicts_chart.py).  --only takes the worlds whose part or name holds the text, such as "nothing changes"
or "20% less, 2 a month"; given twice, both.  --go-on adds seeds to those that the table holds, so that a long run may be cut into short
ones: --seeds is how many there are to be in the end.

Seeds are known.  Limits: neither rate above 5 % and two Monte Carlo standard errors where nothing changes;
every wrong procedure above it; power within five points; 10,000 projects in 10 seconds and 1 GB.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from verdicts_record import Seen, keep, read

from trackrecord.compare.material import of_outcomes
from trackrecord.compare.registration import Registration
from trackrecord.compare.tests import worlds
from trackrecord.compare.tests.companies import COMPLICATIONS, SINCE, Company, World, company
from trackrecord.compare.verdict import Verdict, judged

CLAIM = Registration(measure="schedule_overrun", since_column=SINCE)
TEMPTATIONS = {
    "worst units first": World(lasting=0.2),
    "units alike, worst first": World(lasting=0.0),
    "worst first, easier work": World(lasting=0.2, easier=0.8),
    "few projects, all temptations": World(
        a_month=0.5, lasting=0.05, easier=0.8, replanned=0.3, cancelled=0.05
    ),
    "month shocks, drift, new plans": World(shock=0.15, drift=-0.1, replanned=0.3),
    # Of our own making: the rules were not written for these.
    "own: units drift apart by what they are": World(lasting=0.4, wave=6),
    "own: noisy trade, a year's wait": World(sd=0.8, cancelled=0.2),
    "own: half of all late plans moved": World(replanned=0.6, easier=0.7),
}


def formulas(replications: int, kept: Path | None) -> None:
    groups = (
        ("nothing changes", worlds.null_worlds()),
        ("one look", worlds.one_look()),
        ("wrong procedures", worlds.wrong_procedures()),
        ("true changes", worlds.true_changes()),
    )
    for title, found in groups:
        print(f"\n{title}: ever better, ever worse, of {replications}")
        for seed, world in enumerate(found):
            rates = world.run(np.random.default_rng([20_241, seed]), replications)
            ok = _as_it_should(title, world, rates, replications)
            line = f"{world.id:7} {world.what:48} {rates.better:6.1%} {rates.worse:6.1%}"
            print(f"{line}  {'' if ok else 'NOT AS IT SHOULD BE'}", flush=True)
            if kept:
                keep([_seen(title, world, rates, replications)], kept)


def _seen(title: str, world: worlds.World, rates: worlds.Rates, replications: int) -> Seen:
    return Seen(
        part=title,
        id=world.id,
        world=world.what,
        how="formulas",
        looks=1 if title == "one look" else worlds.LOOKS,
        runs=replications,
        improved=round(rates.better * replications),
        worse=round(rates.worse * replications),
        expected=world.power or 0.0,
    )


def _as_it_should(title: str, world: worlds.World, rates: worlds.Rates, replications: int) -> bool:
    allowed = worlds.allowed(replications)
    if title == "one look":
        return rates.either <= 0.075 + 2 * (0.075 * 0.925 / replications) ** 0.5
    if world.wrong:
        return rates.either > allowed
    if world.power is not None:
        return abs(rates.better - world.power) <= 0.05
    return max(rates.better, rates.worse) <= allowed


@dataclass(frozen=True, kw_only=True)
class Run:
    """How companies are to be run: the options of the command line."""

    seeds: int
    every: int
    by: str
    only: Sequence[str]
    kept: Path | None
    goes_on: bool = False

    def __call__(self, part: str, name: str, world: World) -> None:
        """Run a world, and print and keep how often each word was ever said by looks 24 and 36."""
        what = f"{name}, {world.units} units"
        if not all(text in f"{part}: {what}" for text in self.only):
            return
        counts: dict[int, Counter[str]] = {24: Counter(), 36: Counter()}
        done = self._done(part, name, world, counts)
        for seed in range(done, self.seeds):
            looks = list(_WAYS[self.by](company(world, seed), range(self.every, 37, self.every)))
            for until, counter in counts.items():
                counter.update({look.word for look in looks if look.month <= until})
                counter[_WRITTEN] += sum(look.written for look in looks if look.month <= until)
            self._keep(part, name, world, counts, seed + 1)
        if done >= self.seeds:
            return
        shown = (
            " ".join(f"{counts[until][word] / self.seeds:6.1%}" for until in counts)
            for word in ("Improved", "Consistent with improvement", "Worse")
        )
        print(
            f"{what:48} improved {next(shown)}  consistent {next(shown)}  worse {next(shown)}",
            flush=True,
        )

    def _keep(
        self, part: str, name: str, world: World, counts: dict[int, Counter[str]], runs: int
    ) -> None:
        """Put down what was seen after each seed, so that a run that is stopped can go on."""
        if self.kept:
            seen = (self._seen(part, name, world, until, said) for until, said in counts.items())
            keep((replace(each, runs=runs) for each in seen), self.kept)

    def _done(self, part: str, name: str, world: World, counts: dict[int, Counter[str]]) -> int:
        """How many seeds were run before; what they said is put into the counts."""
        if not (self.goes_on and self.kept):
            return 0
        before = {each.key: each for each in read(self.kept)}
        found = [
            before.get(self._seen(part, name, world, until, said).key)
            for until, said in counts.items()
        ]
        for said, each in zip(counts.values(), found, strict=True):
            if each is not None:
                said["Improved"] += each.improved
                said["Consistent with improvement"] += each.consistent
                said["Worse"] += each.worse
                said[_WRITTEN] += each.written
        return min(each.runs if each else 0 for each in found)

    def _seen(self, part: str, name: str, world: World, until: int, said: Counter[str]) -> Seen:
        return Seen(
            part=f"{part}, whole path",
            id="",
            world=name,
            how=self.by,
            units=world.units,
            a_month=world.a_month,
            cut=world.cut,
            looks=until,
            every=self.every,
            runs=self.seeds,
            improved=said["Improved"],
            consistent=said["Consistent with improvement"],
            worse=said["Worse"],
            written=said[_WRITTEN],
        )


def companies(run: Run) -> None:
    print(f"nothing changes: words ever said, by look 24 and by look 36, of {run.seeds}")
    for (name, world), units in product(TEMPTATIONS.items(), (12, 24)):
        run("nothing changes", name, replace(world, units=units))
    print("\none complication at a time")
    for units, (name, world) in product((12, 24), COMPLICATIONS.items()):
        run("each complication", name, replace(world, units=units))
    print("\ntrue cuts")
    for units, a_month, cut in product((12, 24), (0.5, 1, 2, 4), (0.05, 0.1, 0.2)):
        world = World(units=units, a_month=a_month, cut=cut, replanned=0.3, cancelled=0.05)
        run("true cut", f"{cut:.0%} less, {a_month:g} a month", world)
    print("\nmirrored: help costs")
    for units in (12, 24):
        run("help costs", "25% more, 2 a month", World(units=units, cut=-0.25))


_WRITTEN: Final = "looks through CSV"


class Look(NamedTuple):
    """What was said in a month, and whether it was of a register that was written to CSV and read."""

    month: int
    word: str
    written: bool


def _directly(of: Company, looks: Iterable[int]) -> Iterator[Look]:
    for look in looks:
        yield Look(look, _outright(of, look).verdict, written=False)


def _outright(of: Company, look: int, *, edition: str = "a1") -> Verdict:
    """The verdict on the outcomes of a look.  edition: what any draws of its tests begin with."""
    material = of_outcomes(of.outcomes(look), CLAIM, named={SINCE: SINCE}, edition=edition)
    return judged(material, CLAIM)


def _checked(of: Company, looks: Iterable[int]) -> Iterator[Look]:
    """From outcomes; from CSV where a claim is possible, and in one look drawn for every tenth company.

    Only a range that lies on one side of no change can become a claim, whatever its tests draw, so no
    claim is missed as long as both ways give the same range: where they do not, the run stops.
    """
    drawn = int(np.random.default_rng([of.seed, 36]).integers(1, 37)) if of.seed % 10 == 0 else 0
    for look in looks:
        found = _outright(of, look)
        written = look == drawn or _may_claim(found)
        if written:
            ((_, read),) = _commanded(of, [look])
            outright = _outright(of, look, edition=read.edition)
            if _told(read) != _told(outright):
                sys.exit(f"Seed {of.seed}, look {look}: {read} from CSV, {outright} from outcomes.")
            found = read
        yield Look(look, found.verdict, written)


def _may_claim(found: Verdict) -> bool:
    one_sided = found.low is not None and found.high is not None and found.low * found.high > 0
    return one_sided and found.verdict not in ("Cannot tell", "No worthwhile effect")


def _told(of: Verdict) -> tuple[object, ...]:
    """What two ways to one verdict must agree in; sums in another order differ in the last digits."""
    numbers = (of.value, of.low, of.high, of.detectable_effect)
    return (
        *(None if number is None else float(f"{number:.9g}") for number in numbers),
        *(of.verdict, of.n_before, of.n_after, of.young, of.under_way, of.as_at, of.path),
        *(of.claimable_on, tuple((test.name, test.result) for test in of.guards)),
    )


def _by_command(of: Company, looks: Iterable[int]) -> Iterator[Look]:
    return (Look(look, found.verdict, written=True) for look, found in _commanded(of, looks))


def _commanded(of: Company, looks: Iterable[int]) -> Iterator[tuple[int, Verdict]]:
    """What the command's own function says of the register of each look."""
    from backing.site.verbs.verdict import verdict_of

    for look, path in _written(of, looks):
        options = argparse.Namespace(
            files=[path],
            mapping=None,
            where=[],
            measure=CLAIM.measure,
            since=None,
            since_column=SINCE,
            unit=None,
            registration=None,
        )
        yield look, verdict_of(options)


def _by_program(of: Company, looks: Iterable[int]) -> Iterator[Look]:
    program = Path(sys.executable).with_name("backing")
    for look, path in _written(of, looks):
        claim = ("--measure", CLAIM.measure, "--since-column", SINCE, "--json")
        ran = subprocess.run([program, "verdict", path, *claim], capture_output=True, check=True)
        yield Look(look, json.loads(ran.stdout)["verdict"], written=True)


def _written(of: Company, looks: Iterable[int]) -> Iterable[tuple[int, Path]]:
    """The register of each look, one at a time."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.csv"
        for look in looks:
            of.write(path, look)
            yield look, path


_WAYS = {"outcomes": _directly, "checked": _checked, "command": _by_command, "program": _by_program}


def size(projects: Iterable[int]) -> None:
    for wanted in projects:
        world = World(units=24, a_month=wanted / 24 / 66, cut=0.45, worst_first=False, looks=30)
        of = company(world, 1)
        outcomes = of.outcomes(30)
        began, busy = time.perf_counter(), time.process_time()
        found = judged(of_outcomes(outcomes, CLAIM, named={SINCE: SINCE}, edition="a1"), CLAIM)
        took, busy = time.perf_counter() - began, time.process_time() - busy
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{len(outcomes.project):9,} projects: {took:7.2f} s ({busy:.2f} of the processor), "
            f"{peak:6.0f} MB, {found.verdict}"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("what", choices=("formulas", "companies", "size"))
    parser.add_argument("--replications", type=int, default=2_000)
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--every", type=int, default=1, help="months between two looks")
    parser.add_argument("--by", choices=tuple(_WAYS), default="outcomes")
    parser.add_argument(
        "--only", action="append", default=[], help="worlds whose part or name holds this text"
    )
    parser.add_argument("--keep", type=Path, help="the table to keep what was seen in")
    parser.add_argument(
        "--go-on", action="store_true", help="begin after the seeds that the kept table holds"
    )
    parser.add_argument("--projects", default="1000,10000,100000,1000000")
    options = parser.parse_args()
    if options.what == "formulas":
        formulas(options.replications, options.keep)
    elif options.what == "companies":
        companies(
            Run(
                seeds=options.seeds,
                every=options.every,
                by=options.by,
                only=options.only,
                kept=options.keep,
                goes_on=options.go_on,
            )
        )
    else:
        size(int(each) for each in options.projects.split(","))
