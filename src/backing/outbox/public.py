"""What other parts of the office may know of the outbox: values, for a viewer."""

from __future__ import annotations

from backing.outbox.models import Letter
from backing.people.models import Account


def to_decide(viewer: Account) -> int:
    """How many letters did not leave, or may not have, and wait for somebody's decision."""
    return Letter.objects.visible_to(viewer).troubled().count()
