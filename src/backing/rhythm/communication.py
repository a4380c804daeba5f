"""What the communication plan says of today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backing.people.models import Account
from backing.rhythm.models import CommunicationPlanItem


@dataclass(frozen=True, slots=True)
class ToTell:
    """One line of the plan, as it stands on a day."""

    item: CommunicationPlanItem
    today: date

    @property
    def is_due(self) -> bool:
        return self.item.next_due <= self.today

    @property
    def late(self) -> int:
        """Days since it was due; zero on the day itself and before."""
        return max(0, (self.today - self.item.next_due).days)


def plan(viewer: Account, *, today: date) -> tuple[ToTell, ...]:
    """The next due first."""
    items = CommunicationPlanItem.objects.visible_to(viewer).standing().select_related("owner")
    found = [ToTell(each, today) for each in items]
    return tuple(sorted(found, key=lambda each: (each.item.next_due, each.item.pk)))
