"""What the mandate holds about a person: that they commissioned, decide, agree or stand in the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from django.utils import timezone

from backing.mandate.models import (
    BlockPlan,
    ChangeProposal,
    Expected,
    ImpactCorrection,
    MandateDecision,
    MandateOrigin,
)
from backing.people.held import Counts, Entry, Section
from backing.people.models import Account, Person
from backing.people.models.audited import past_the_guard
from backing.people.names import Names

_OURS: Final = "The project office’s own papers."


def export_of(person: Person, viewer: Account, now: datetime) -> Iterator[Section]:
    """Their part in decisions, and plans about them."""
    del viewer, now
    origins = MandateOrigin.objects.filter(commissioned_by=person)
    decisions = MandateDecision.objects.filter(deciders=person)
    asked = ChangeProposal.objects.filter(required=person)
    plans = BlockPlan.objects.filter(person=person)
    yield Section(
        title="Your part in decisions",
        why="To keep who asked for the office, and who decides what.",
        seen_by="Management.",
        kept="As long as the decision stands; then under your former post.",
        entries=(
            *(
                _entry("MandateOrigin", one.pk, one.on, "asked for the office", one.in_their_words)
                for one in origins
            ),
            *(
                _entry("MandateDecision", one.pk, one.needed_by, "decides", one.question)
                for one in decisions
            ),
            *(
                _entry("ChangeProposal", one.pk, one.start, "asked to agree", one.title)
                for one in asked
            ),
            *(
                _entry("Expected", one.pk, one.on, "expected of the office", one.statement)
                for one in Expected.objects.filter(said_by=person)
            ),
        ),
    )
    yield Section(
        title="What you corrected about a change",
        why="To know what a change means for your unit, and to answer you.",
        seen_by="The project office.",
        kept="Until you are erased; what you corrected stays without your name.",
        entries=tuple(
            Entry(
                name=f"ImpactCorrection {one.pk}",
                on=timezone.localdate(one.said_at),
                says=(("about", str(one.impact)), ("you said", one.words), ("we said", one.answer)),
                source="You told us.",
            )
            for one in ImpactCorrection.objects.filter(said_by=person)
        ),
    )
    yield Section(
        title="What is planned about your objection to a change",
        why="To speak with you before a decision, not after it.",
        seen_by="The project office.",
        kept="Until you are erased.",
        entries=tuple(
            _entry("BlockPlan", one.pk, one.due, f"about {one.change}", one.action) for one in plans
        ),
    )


def erase(person: Person, names: Names) -> Counts:
    """Plans about them go; decisions stay, by the holder of a post; corrections without their name."""
    for rows in (past_the_guard(ImpactCorrection), ImpactCorrection.history.all()):
        rows.filter(said_by=person).update(said_by=None)
        for row in rows.iterator():
            words, answer = names.out_of(row.words)[:300], names.out_of(row.answer)[:300]
            if (words, answer) != (row.words, row.answer):
                rows.filter(pk=row.pk).update(words=words, answer=answer)
    plans = BlockPlan.objects.filter(person=person)
    found = {"plans": plans.count()}
    plans.delete()
    BlockPlan.history.filter(person=person).delete()
    return found


def _entry(model: str, pk: int, on: date | None, what: str, words: str) -> Entry:
    return Entry(name=f"{model} {pk}", on=on, says=((what, words),), source=_OURS)
