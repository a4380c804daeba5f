"""What a person may ask of those who write about them: access, objection, a statement of their own (3.12)."""

from __future__ import annotations

import calendar
from datetime import date

from backing.people.models import AccessRequest, Account, OwnStatement, Person
from backing.people.models.sealed import Hidden


def ask_for_access(person: Person, *, received: date) -> AccessRequest:
    """They asked, in whatever words; the answer is due within one month."""
    return AccessRequest.objects.create(
        person=person, received_on=received, due_on=a_month_after(received)
    )


def answer(request: AccessRequest, *, on: date) -> None:
    """They have been given their pack."""
    request.answered_on = on
    request.save()


def object_to(person: Person, *, on: date) -> None:
    """They object: from now on nothing about them is opened or added."""
    person.objection_at = on
    person.save()


def settle_objection(person: Person) -> None:
    """It was looked into, and they were told what came of it."""
    person.objection_at = None
    person.save()


def state(person: Person, words: str, *, entry: str, by: Account, on: date) -> OwnStatement:
    """Keep what they say themselves, beside the entry it is about."""
    return OwnStatement.objects.create(
        person=person,
        entry=entry,
        said_on=on,
        noted_by=by,
        content=Hidden.sealing({"words": words}),
    )


def a_month_after(day: date) -> date:
    """The same day of the next month, or its last one where it is shorter."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
