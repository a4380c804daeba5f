"""When the part "Scope" is done: it says what is in, what is out and who does it, without a gap (S14-a, S19)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backing.people.models import Account
from backing.people.steps import Step
from backing.scope.public import activities, charter, hand_overs, our_unit, scope_items


def steps(viewer: Account, today: date) -> Iterator[Step]:
    ours = activities(viewer, ours=True)
    kinds = [each.kind for each in scope_items(viewer)]
    current = charter(viewer)
    gaps = sum(each.gap is not None for each in hand_overs(viewer, today=today))
    missing = []
    if our_unit(viewer) is None:
        missing.append("which unit the office is, is not said")
    if not ours:
        missing.append("no activities")
    if "will" not in kinds:
        missing.append("nothing that the office will do")
    if "wont" not in kinds:
        missing.append("no exclusions")
    if gaps:
        missing.append(f"{gaps} hand-over{'s' if gaps > 1 else ''} with a gap")
    if current is None:
        missing.append("no charter was put before anyone")
    elif not current.agreed:
        missing.append("the charter is proposed and not agreed")
    has = [
        *([f"{len(ours)} activities"] if ours else []),
        *([f"{len(kinds)} sentences of scope"] if kinds else []),
        *([f"charter {current.version}"] if current else []),
    ]
    yield Step(part="scope", has=_listed(has), missing=tuple(missing))


def _listed(parts: list[str]) -> str:
    *first, last = parts or [""]
    return f"{', '.join(first)} and {last}" if first else last
