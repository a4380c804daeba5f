"""What is held about somebody as a sponsor, a candidate for one, or one who has the credit for a win."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from backing.people.held import Counts, Entry, Section
from backing.people.models import Account, Person
from backing.people.models.audited import past_the_guard
from backing.people.names import Names
from backing.sponsor.criteria import CRITERIA
from backing.sponsor.models import (
    Override,
    SharedWin,
    SponsorAssignment,
    SponsorCandidate,
    SponsorRequest,
    SponsorUpdate,
    Win,
    WinShare,
)

PURPOSE: Final = "access request: all that is held about a person"
_OURS: Final = "The project office’s own papers."
_WORDS: Final[tuple[tuple[Any, tuple[str, ...]], ...]] = (
    (Win, ("headline", "what_changed", "evidence", "quote", "quote_by", "message", "caveat")),
    (SharedWin, ("headline", "message")),
    (SponsorUpdate, ("headline", "bad", "next")),
    (Override, ("request", "reason")),
    (WinShare, ("to", "reaction")),
)


def export_of(person: Person, viewer: Account, now: datetime) -> Iterator[Section]:
    compared = SponsorCandidate.objects.filter(person=person)
    opened = compared.open_sealed(viewer=viewer, purpose=PURPOSE, now=now)
    yield Section(
        title="How you would do as a sponsor of the project office",
        why="To choose whom to ask.",
        seen_by="The head of the project office alone.",
        kept="Ninety days after you leave your post.",
        entries=tuple(
            Entry(
                name=f"SponsorCandidate {one.pk}",
                on=one.noted_on,
                says=tuple(
                    (CRITERIA[name], f"{said['score']}: {said['why']}")
                    for name, said in content.items()
                    if name in CRITERIA
                ),
                source="What the head of the project office thinks.",
            )
            for one, content in opened
        ),
    )
    sponsored = SponsorAssignment.objects.filter(person=person)
    waived = Override.objects.filter(waived_by=person)
    asked = SponsorRequest.objects.filter(to=person)
    yield Section(
        title="You as a sponsor of the project office",
        why="To work together, and to keep what was agreed.",
        seen_by="The project office.",
        kept="As long as the office is; then under your former post.",
        entries=(
            *(_entry(one, one.since, "your success", one.personal_success) for one in sponsored),
            *(_entry(one, one.on, "waived", one.request) for one in waived),
            *(_entry(one, one.asked_on, "asked", one.why_you) for one in asked),
        ),
    )


def erase(person: Person, names: Names) -> Counts:
    """What was thought of them goes; what they did stays, by the holder of a post."""
    compared = past_the_guard(SponsorCandidate).filter(person=person)
    found = {"comparisons": compared.count()}
    compared.delete()
    for model in (SponsorAssignment, SponsorAssignment.history.model):
        past_the_guard(model).filter(person=person).update(personal_success="")
    for model, fields in _WORDS:
        _take_out(model, fields, names)
        if hasattr(model, "history"):
            _take_out(model.history.model, fields, names)
    return found


def _take_out(model: Any, fields: tuple[str, ...], names: Names) -> None:
    rows = past_the_guard(model)
    for row in rows.iterator():
        said = {name: getattr(row, name) for name in fields}
        clean = {name: names.out_of(words) for name, words in said.items()}
        if clean != said:
            width = {name: row._meta.get_field(name).max_length for name in fields}
            rows.filter(pk=row.pk).update(
                **{name: words[: width[name]] for name, words in clean.items()}
            )


def _entry(record: Any, on: Any, what: str, words: str) -> Entry:
    name = f"{type(record).__name__} {record.pk}"
    return Entry(name=name, on=on, says=((what, words),), source=_OURS)
