"""Whether the sponsor's say reaches every unit of the charter's scope (S23-d, RULE-19)."""

from __future__ import annotations

from collections.abc import Iterable

from backing.people.models import OrgUnit
from backing.scope.models import Charter
from backing.sponsor.models import SponsorAssignment


def outside(sponsors: Iterable[SponsorAssignment]) -> list[OrgUnit]:
    """Units of the charter that lie in no sponsor's span, by name."""
    charter = Charter.objects.current()
    if charter is None:
        return []
    within = {unit.pk for each in sponsors for unit in each.span.all()}
    return [
        unit
        for unit in charter.units.select_related("parent").order_by("name")
        if unit.pk not in within and not {above.pk for above in unit.above()} & within
    ]
