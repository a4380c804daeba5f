"""What pushback holds about a person: what they raised with their name, and what was brought to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from django.db import models
from django.db.models import Q

from backing.people.held import Counts, Entry, Section
from backing.people.models import Account, Person
from backing.people.models.audited import past_the_guard
from backing.people.names import Names
from backing.pushback.models import AreaLink, Escalation, PageLink, Pushback, PushbackResponse

_WORDS: Final[Mapping[Any, tuple[str, ...]]] = {
    Pushback: ("text", "instead", "condition", "request", "known_as"),
    PushbackResponse: ("text", "what_changes", "removed", "raiser_words"),
    Escalation: ("facts", "effect", "tried", "recommendation", "outcome"),
}


def export_of(person: Person, viewer: Account, now: datetime) -> Iterator[Section]:
    """What they raised, and what they were asked to settle.  What was raised in confidence names nobody."""
    del viewer, now
    raised = Pushback.objects.filter(_raised_by(person)).prefetch_related("responses")
    asked = Escalation.objects.filter(to=person)
    yield Section(
        title="What you objected to",
        why="To answer you, and to put right what you found.",
        seen_by="The project office.",
        kept="Until you are erased; what you raised stays without your name.",
        entries=tuple(
            Entry(
                name=f"Pushback {one.pk}",
                on=one.received,
                says=(
                    ("about", one.subject),
                    ("your words", one.text),
                    ("you would rather have", one.instead),
                    ("you would agree if", one.condition),
                    ("reason, as we understood it", one.get_cause_display() if one.cause else ""),
                    *(("our answer", each.text) for each in one.responses.all()),
                    *(("your words on it", each.raiser_words) for each in one.responses.all()),
                ),
                source="You told us.",
            )
            for one in raised
        ),
    )
    yield Section(
        title="Questions brought to you",
        why="To have them settled by somebody who can.",
        seen_by="The project office.",
        kept="As long as the question is of use; then under your former post.",
        entries=tuple(
            Entry(
                name=f"Escalation {one.pk}",
                on=one.raised_on,
                says=(("about", one.subject), ("your decision", one.outcome)),
                source="The project office’s own papers.",
            )
            for one in asked
        ),
    )


def erase(person: Person, names: Names) -> Counts:
    """The objection stays, without who raised it; their name goes out of every text."""
    raised = past_the_guard(Pushback).filter(_raised_by(person))
    found = {"objections": raised.count()}
    past = Pushback.history.filter(_raised_by(person))
    for rows in (raised, past):
        rows.update(raised_by=None, known_as="")
    PageLink.objects.filter(person=person).delete()
    AreaLink.objects.filter(person=person).delete()
    for model, fields in _WORDS.items():
        for manager in (past_the_guard(model), model.history.all()):
            _take_out(manager, fields, names)
    return found


def _raised_by(person: Person) -> Q:
    return Q(raised_by=person) | Q(known_as__iexact=person.full_name)


def _take_out(rows: models.QuerySet[Any], fields: tuple[str, ...], names: Names) -> None:
    for row in rows.iterator():
        said = {name: getattr(row, name) for name in fields}
        clean = {name: names.out_of(words) for name, words in said.items()}
        if clean != said:
            width = {name: row._meta.get_field(name).max_length for name in fields}
            rows.filter(pk=row.pk).update(
                **{name: words[: width[name]] for name, words in clean.items()}
            )
