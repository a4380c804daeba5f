"""What the scope holds about a person: their part in the work, what they answered, what they are asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from django.db import models
from django.db.models import Q

from backing.people.held import Counts, Entry, Section
from backing.people.models import Account, Person
from backing.people.models.audited import past_the_guard
from backing.people.names import Names
from backing.scope.models import (
    Acknowledgement,
    CharterLink,
    DataRequest,
    HandOver,
    HandOverLink,
    OverlapTalk,
    RaciAssignment,
)

_ASKED: Final = ("what", "decision_it_feeds", "used_by", "gives_back")
_OURS: Final = "The project office’s own papers."
_THEIRS: Final = "You answered it, by a link that was sent to you."


def export_of(person: Person, viewer: Account, now: datetime) -> Iterator[Section]:
    """Parts and asks; answers to charter and hand-overs; what was agreed with them."""
    del viewer, now
    yield Section(
        title="Your part in the work",
        why="To have one accountable for each activity, and to know what we ask of you.",
        seen_by="Management.",
        kept="As long as the part or the ask stands; then under your former post.",
        entries=tuple(_parts_and_asks(person)),
    )
    yield Section(
        title="What you answered",
        why="To know whether the charter and the hand-overs stand.",
        seen_by="Management.",
        kept="Your words until you are erased; that your post answered, as long as it stands.",
        entries=tuple(_answers(person)),
    )
    yield Section(
        title="What was agreed with you about work that two units do",
        why="So that one of the two does it.",
        seen_by="The project office.",
        kept="As long as both units do it.",
        entries=tuple(_agreed(person)),
    )


def _parts_and_asks(person: Person) -> Iterator[Entry]:
    for one in RaciAssignment.objects.filter(person=person).select_related("activity"):
        yield _entry(
            "RaciAssignment", one.pk, one.begins, one.get_role_display(), str(one.activity)
        )
    for asked in DataRequest.objects.filter(to_person=person):
        yield _entry("DataRequest", asked.pk, asked.begins, "asked of you", asked.what)


def _answers(person: Person) -> Iterator[Entry]:
    for one in Acknowledgement.objects.filter(person=person).select_related("charter"):
        response = f"{one.charter}: {one.get_response_display().lower()}"
        yield _entry("Acknowledgement", one.pk, one.answered_on, response, one.note, source=_THEIRS)
    theirs = Q(giver_accepted_by=person) | Q(receiver_accepted_by=person)
    accepted = HandOver.objects.filter(theirs).select_related("activity", "giver", "receiver")
    for each in accepted:
        yield _entry(
            "HandOver", each.pk, each.giving_ends, "you said yes to", str(each), source=_THEIRS
        )


def _agreed(person: Person) -> Iterator[Entry]:
    talks = OverlapTalk.objects.filter(spoken_with=person).select_related("one", "other", "unit")
    for one in talks:
        yield _entry("OverlapTalk", one.pk, one.spoken_on, str(one), one.agreed)


def erase(person: Person, names: Names) -> Counts:
    """Links to them and their own words go, and their name out of what is asked; parts and answers stay as
    those of a former post."""
    for rows in (past_the_guard(DataRequest), DataRequest.history.all()):
        _take_out(rows, names)
    links = [model.objects.filter(person=person) for model in (CharterLink, HandOverLink)]
    found = {"links": sum(each.count() for each in links)}
    for each in links:
        each.delete()
    notes = Q(person=person) & ~Q(note="")
    found["answers in their words"] = past_the_guard(Acknowledgement).filter(notes).update(note="")
    Acknowledgement.history.filter(notes).update(note="")
    return found


def _take_out(rows: models.QuerySet[Any], names: Names) -> None:
    """Their name, out of the texts of the ask ledger."""
    for row in rows.iterator():
        said = {name: getattr(row, name) for name in _ASKED}
        clean = {name: names.out_of(words) for name, words in said.items()}
        if clean != said:
            width = {name: row._meta.get_field(name).max_length for name in clean}
            rows.filter(pk=row.pk).update(
                **{name: words[: width[name]] for name, words in clean.items()}
            )


def _entry(
    model: str, pk: int, on: date | None, what: str, words: str, *, source: str = _OURS
) -> Entry:
    return Entry(name=f"{model} {pk}", on=on, says=((what, words),), source=source)
