"""When the part "Why" is done: why the office exists is told, and its mandate is decided (S03, S31)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backing.mandate.models import MandateDecision
from backing.mandate.public import decided, origin
from backing.people.models import Account
from backing.people.steps import Step


def steps(viewer: Account, today: date) -> Iterator[Step]:
    del today
    told = origin(viewer) is not None
    mandate = bool(decided(viewer, MandateDecision.Kind.MANDATE))
    has = [*(["the origin"] if told else []), *(["a decision on the mandate"] if mandate else [])]
    missing = []
    if not told:
        missing.append("who asked for the office, and in what words, is not recorded")
    if not mandate:
        missing.append("no decision on the mandate")
    yield Step(part="why", has=" and ".join(has), missing=tuple(missing))
