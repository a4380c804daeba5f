"""When the part "Scope" is done: it says what is in and what is out, causes have answers, and it is put (S14)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backing.people.models import Account
from backing.people.steps import Step
from backing.scope.matrix import cause_matrix
from backing.scope.models import Charter, ScopeItem


def steps(viewer: Account, today: date) -> Iterator[Step]:
    del today
    items = ScopeItem.objects.visible_to(viewer)
    matrix = cause_matrix(viewer)
    open_causes = [row for row in matrix.open_causes if row.is_material]
    charter = Charter.objects.visible_to(viewer).current()
    missing = []
    if not items.wont().exists():
        missing.append("no exclusions")
    if not items.will().exists():
        missing.append("nothing that the office will do")
    if open_causes:
        several = len(open_causes) > 1
        missing.append(
            f"{len(open_causes)} cause{'s' if several else ''} with much behind "
            f"{'them' if several else 'it'} and no answer"
        )
    if charter is None:
        missing.append("no charter put before leaders")
    counts = {kind: items.filter(kind=kind).count() for kind in ScopeItem.Kind}
    has = [f"{count} {kind.label.lower()}" for kind, count in counts.items() if count]
    if charter is not None:
        has.append(f"charter {charter.version}, {'in force' if charter.basis_id else 'proposed'}")
    yield Step(part="scope", has=", ".join(has), missing=tuple(missing))
