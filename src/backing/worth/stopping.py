"""What stops if the office closes: its services, its other work, and who would have to take what is required."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from backing.people.models import Account
from backing.scope import public as scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Stops:
    """One thing that the office does.  for_whom: who would miss it.  then: what follows, in words."""

    what: str
    for_whom: str
    then: str
    hours: Decimal  # a month, of the office
    required: bool


def stops(viewer: Account, *, today: date) -> tuple[Stops, ...]:
    """What is required first, then what is done for somebody, then the rest."""
    return tuple(
        sorted(
            _found(viewer, today),
            key=lambda each: (not each.required, not each.for_whom, each.what),
        )
    )


def _found(viewer: Account, today: date) -> Iterator[Stops]:
    served: dict[str, list[str]] = defaultdict(list)
    for offered in scope.services(viewer):
        served[offered.activity].append(offered.for_whom)
    for each in scope.activities(viewer, ours=True):
        if each.status != "running" or not each.will or not each.is_done_on(today):
            continue
        required = each.purpose == "mandatory"
        yield Stops(
            what=each.name,
            for_whom=", ".join(dict.fromkeys(whom for whom in served[each.name] if whom)),
            then=_REQUIRED.format(by=each.required_by or "a rule") if required else "It ends.",
            hours=each.hours_per_month or Decimal(0),
            required=required,
        )


_REQUIRED: Final = "It has to be done all the same ({by}); nobody else is named for it."
