"""The causes in use here: the house's twelve, and those the office added."""

from __future__ import annotations

from collections.abc import Iterable

from backing.evidence.models import OwnCause
from trackrecord.causes.taxonomy import HOUSE, UNKNOWN, Taxonomy


def in_use() -> Taxonomy:
    """The house taxonomy and the office's own causes after it."""
    taxonomy = HOUSE
    for own in OwnCause.objects.order_by("pk"):
        taxonomy = taxonomy.with_cause(own.label)
    return taxonomy


def choices(*, beside: Iterable[str] = ()) -> list[tuple[str, list[tuple[str, str]]]]:
    """Causes under their families, as a list to choose from.

    beside: causes that a register names and no taxonomy has; "unknown" is nobody's choice here.
    """
    taxonomy = in_use()
    grouped = [
        (family, [(each.name, each.name) for each in taxonomy.causes if each.family == family])
        for family in taxonomy.families
    ]
    strange = [cause for cause in beside if cause not in taxonomy.names and cause != UNKNOWN]
    return [*grouped, *([("As the register says", [(c, c) for c in strange])] if strange else [])]
