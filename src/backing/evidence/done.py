"""When the part "Evidence" is done: past projects are in, and why they went as they did is known (S21)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backing.evidence.figures import Figures
from backing.evidence.models import Edition
from backing.people.models import Account
from backing.people.steps import Step

_MEASURES = ("cost_overrun_median", "schedule_slip_days_median", "cause_count_rate")


def steps(viewer: Account, today: date) -> Iterator[Step]:
    del today
    edition = Edition.objects.visible_to(viewer).current()
    if edition is None:
        yield Step(part="evidence", missing=("no past projects are in",))
        return
    figures = Figures.of(edition, measures=_MEASURES)
    missing = []
    if not any(figures.known(name, "original") for name in _MEASURES[:2]):
        missing.append("no project states both its plan and its outcome")
    if not figures.groups("cause_count_rate", by="cause"):
        missing.append("no cause is coded")
    count = edition.projects
    has = f"a record of {count:,} project{'' if count == 1 else 's'}"
    yield Step(part="evidence", has=has, missing=tuple(missing))
