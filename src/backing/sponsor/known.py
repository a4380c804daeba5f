"""What an update can say already, before anybody has written a word of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from backing.people.models import Account
from backing.rhythm.public import Progress, progress
from backing.sponsor.models import Win

_ORDER: Final = {"worse": 0, "better": 1, "unmoved": 2}  # bad news first
_LENGTH: Final = 240


def update(viewer: Account) -> dict[str, Any]:
    """A win that is not told yet, and one number."""
    untold = Win.objects.visible_to(viewer).filter(status=Win.Status.CONFIRMED).first()
    return {"win": untold.pk if untold else None, "number": number(progress(viewer))}


def number(measured: Iterable[Progress]) -> str:
    """The measure that moved most clearly, with where it stood before; "" where none has a baseline."""
    stand = [each for each in measured if each.stood_at and each.stands_at]
    best = min(stand, key=lambda each: (_ORDER[each.standing], each.measure.name), default=None)
    if best is None:
        return ""
    words = f"{best.measure.name}: {best.stands_at} now, {best.stood_at} before. {best.word}."
    return words[:_LENGTH]
