"""What the evidence consists of: read from the database whenever an edition is made, so nothing is lost.

An edition is never "the one before and this import": two imports at once would each forget the other.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from backing.evidence import keeping
from backing.evidence.models import Decision, DroppedFile, Import
from trackrecord import decisions as decided
from trackrecord.record import Record
from trackrecord.store import Store


@dataclass(frozen=True, slots=True)
class Truth:
    """The Record as it is to be, and the imports it was made of."""

    record: Record
    imports: tuple[int, ...]


def store() -> Store:
    """The Record's store."""
    return Store(keeping.record_place())


def truth(also: Import | None = None) -> Truth:
    """All imports that count and are not to be undone, with one more; all decisions that stand.

    A later import of the same file goes before an earlier one.
    """
    wanted = Q(counts=True) | Q(pk=also.pk if also else None)
    imports = tuple(
        Import.objects.filter(wanted, undo_asked_at=None)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    files = DroppedFile.objects.filter(reading__taken_in__in=imports).exclude(take="")
    shelf, record = store(), Record()
    for take in files.order_by("reading__taken_in", "pk").values_list("take", flat=True):
        record = record.with_take(shelf.take(take))
    lines = "\n".join(Decision.objects.standing().order_by("pk").values_list("line", flat=True))
    return Truth(record.with_decision(*decided.from_lines(lines)), imports)
