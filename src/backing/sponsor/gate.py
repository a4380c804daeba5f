"""What a win lacks before it may be told (D6): evidence, credit outside the office, its owner's approval."""

from __future__ import annotations

import re
from typing import Final

from backing.people.access import OFFICE
from backing.people.models import Account
from backing.sponsor.models import Win

MOST_WORDS: Final = 80
_OUR_OWN_WORK: Final = re.compile(
    r"\b(templates?|trained|trainings?|workshops?|reports? (?:issued|produced|written|sent))\b",
    re.IGNORECASE,
)


def missing(win: Win) -> tuple[str, ...]:
    """What is not there yet, a sentence each; nothing when it may be told."""
    ours = set(Account.objects.filter(role__in=OFFICE).values_list("person", flat=True))
    credited = {person.pk for person in win.credit_people.all()} - ours
    found = []
    if not win.evidence:
        found.append("What stands behind it is not said.")
    if not credited and not win.credit_units.exists():
        found.append("Nobody outside the project office has the credit.")
    if win.owner is None or win.approved_by_owner_on is None:
        found.append("Whose result it is has not approved it.")
    if win.quote and win.quote_consent_on is None:
        found.append("Whoever is quoted has not consented.")
    if not win.message:
        found.append("The sponsor’s words are not written.")
    if words(win.message) > MOST_WORDS:
        found.append(f"The message has {words(win.message)} words; {MOST_WORDS} is the most.")
    if _OUR_OWN_WORK.search(win.headline):
        found.append(
            "The headline tells what the office did. Say what became different for somebody."
        )
    return tuple(found)


def words(text: str) -> int:
    return len(text.split())
