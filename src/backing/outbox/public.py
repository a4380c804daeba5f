"""What other parts of the office may know of the outbox: values, for a viewer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from backing.outbox.models import Letter
from backing.outbox.told import sending_of, standing
from backing.people.models import Account, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A letter to somebody.  standing: where it is, in words.  left: the day on which it did."""

    letter_id: int
    standing: str
    left: date | None


def to_decide(viewer: Account) -> int:
    """How many letters did not leave, or may not have, and wait for somebody's decision."""
    return Letter.objects.visible_to(viewer).troubled().count()


def last_written(viewer: Account, *, about: str, to: Person) -> Written | None:
    """The last letter to them about this that the viewer may see."""
    letter = Letter.objects.visible_to(viewer).filter(about=about, to=to).first()
    if letter is None:
        return None
    sending = sending_of(letter)
    left = letter.handed_at or (sending.taken_at if sending is not None else None)
    return Written(
        letter_id=letter.pk,
        standing=standing(letter, sending),
        left=timezone.localdate(left) if left is not None else None,
    )
