"""What the rhythm holds about a person: measures, targets and claims that they answer for, or what they tell others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from backing.evidence.models import Measure
from backing.people.held import Counts, Entry, Section
from backing.people.models import Account, Person
from backing.people.names import Names
from backing.rhythm.models import (
    CalendarLink,
    CommunicationPlanItem,
    Improvement,
    ImprovementTarget,
    WeeklyDigest,
)

_OURS: Final = "The project office’s own papers."


def export_of(person: Person, viewer: Account, now: datetime) -> Iterator[Section]:
    """What they answer for; numbers of the business, none of them about the person."""
    del viewer, now
    measures = Measure.objects.filter(owner=person)
    targets = ImprovementTarget.objects.filter(owner=person)
    to_tell = CommunicationPlanItem.objects.filter(owner=person)
    agreed = Improvement.objects.filter(agreed_by_owner=person)
    yield Section(
        title="What you answer for",
        why="So that every number has somebody who can be asked.",
        seen_by="Management.",
        kept="As long as the number is kept; then under your former post.",
        entries=(
            *(_entry("Measure", one.pk, None, "you answer for", one.name) for one in measures),
            *(
                _entry("ImprovementTarget", one.pk, one.due, "you answer for", str(one))
                for one in targets
            ),
            *(
                _entry("CommunicationPlanItem", one.pk, one.last_sent, "you tell others", str(one))
                for one in to_tell
            ),
            *(
                _entry("Improvement", one.pk, one.agreed_on, "you agreed with", one.contribution)
                for one in agreed
            ),
        ),
    )


def erase(person: Person, names: Names) -> Counts:
    """The secret addresses of their calendar, and their weekly digest."""
    del names
    addresses = CalendarLink.objects.filter(made_by__person=person)
    wishes = WeeklyDigest.objects.filter(account__person=person)
    return {"calendar addresses": addresses.delete()[0], "digests": wishes.delete()[0]}


def _entry(model: str, pk: int, on: date | None, what: str, words: str) -> Entry:
    return Entry(name=f"{model} {pk}", on=on, says=((what, words),), source=_OURS)
