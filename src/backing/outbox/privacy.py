"""Letters to a person, and letters that speak of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from backing.outbox.models import Letter
from backing.outbox.sealing import Words, seal
from backing.outbox.told import sending_of, standing
from backing.people.advising import Office
from backing.people.held import Counts, Due, Entry, Section
from backing.people.models import Account, Person
from backing.people.names import Names
from backing.people.retention import LETTERS

APP: Final = "outbox"


def export_of(person: Person, viewer: Account, now: datetime) -> Iterator[Section]:
    """What was written to them, and where it is."""
    del viewer, now
    yield Section(
        title="Letters to you",
        why="To ask you, or to tell you something.",
        seen_by="The project office.",
        kept="The words some weeks after a letter left; that there was one, until you are erased.",
        entries=tuple(map(_entry, _to(person))),
    )


def erase(person: Person, names: Names) -> Counts:
    """Letters to them go; in letters to others the stub stands in the place of their name."""
    theirs = _to(person)
    gone = theirs.count()
    theirs.delete()
    reworded = 0
    for letter in Letter.objects.exclude(content=None):
        words = letter.words
        if words is None:
            continue
        after = Words(*map(names.out_of, words))
        if after != words:
            letter.content = seal(after)
            letter.save(update_fields=["content"])
            reworded += 1
    return {"letters": gone, "letters re-worded": reworded}


def is_due(office: Office, today: date) -> bool:
    return _old(office, today).exists()


def due(office: Office, today: date) -> Iterator[Due]:
    """Letters that left long ago, or lay here for as long, and still have their words."""
    old = _old(office, today).order_by("worded_at")
    first = old.first()
    if first is not None:
        yield Due(
            app=APP,
            code="words",
            person_id=None,
            what="Words of letters",
            count=old.count(),
            since=first.worded_at.date(),
        )


def forget(due: Due, office: Office, today: date) -> int:
    """Take the words out; that a letter left stays, with its fingerprint."""
    del due
    return _old(office, today).update(content=None)


def _to(person: Person) -> QuerySet[Letter]:
    by_address = Q(address__iexact=person.email) if person.email else Q(pk=None)
    return Letter.objects.filter(Q(to=person) | by_address)


def _old(office: Office, today: date) -> QuerySet[Letter]:
    limit = datetime.combine(today - timedelta(days=office[LETTERS]), time.min)
    before = timezone.make_aware(limit)
    left = Q(handed_at__lt=before) | Q(sending__taken_at__lt=before)
    lying = Q(handed_at=None, sending=None, worded_at__lt=before)
    found = Letter.objects.filter(left | lying).exclude(content=None)
    return Letter.objects.filter(pk__in=found.values("pk"))


def _entry(letter: Letter) -> Entry:
    words = letter.words
    said = words if words is not None else Words("", "taken out when their time was over")
    return Entry(
        name=f"Letter {letter.pk}",
        on=letter.worded_at.date(),
        says=(
            ("what it is", letter.kind),
            ("e-mail", letter.address),
            ("where it is", standing(letter, sending_of(letter))),
            ("subject", said.subject),
            ("text", said.text),
        ),
        source="The project office wrote it.",
    )
