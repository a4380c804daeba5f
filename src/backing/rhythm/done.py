"""When the part "Keep it" is done: measures have baselines, and targets an owner and a day (S22, S29)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backing.evidence.models import Measure
from backing.people.models import Account
from backing.people.steps import Step
from backing.rhythm.models import Improvement, ImprovementTarget


def steps(viewer: Account, today: date) -> Iterator[Step]:
    del today
    measures = Measure.objects.visible_to(viewer).tracked()
    count = measures.count()
    if not count:
        yield Step(part="keep-it", missing=("nothing is watched",))
        return
    without = measures.filter(baselines=None).count()
    missing = []
    if without:
        have = "has" if without == 1 else "have"
        missing.append(f"{without} of {count} measures {have} no baseline")
    if not ImprovementTarget.objects.visible_to(viewer).standing().exists():
        missing.append("no target is set")
    if not Improvement.objects.visible_to(viewer).standing().exists():
        missing.append("no improvement is registered")
    has = f"{count} measure{'' if count == 1 else 's'}"
    yield Step(part="keep-it", has=has, missing=tuple(missing))
