"""What the office makes of a leader, written down: always added, never changed, always sealed (S04-a)."""

from __future__ import annotations

from datetime import date
from typing import Any

from backing.leaders.keeping import seal
from backing.leaders.models import (
    Assessment,
    InfluenceLink,
    Leader,
    Position,
    StanceAssessment,
    StatedPosition,
)
from backing.mandate.models import ChangeProposal
from backing.people.models import Account, Person


def assess_stance(
    leader: Leader, *, level: str, basis: str, evidence: str, on: date, by: Account
) -> StanceAssessment:
    content = {"level": level, "basis": basis, "evidence": evidence}
    return StanceAssessment.objects.create(
        leader=leader,
        assessed_on=on,
        assessed_by=by,
        content=seal(content, about=[leader.person], by=by),
    )


def assess(
    leader: Leader,
    *,
    on: date,
    by: Account,
    no_contact_until: date | None = None,
    **content: Any,
) -> Assessment:
    """content: as `Assessment` says."""
    return Assessment.objects.create(
        leader=leader,
        made_on=on,
        made_by=by,
        no_contact_until=no_contact_until,
        content=seal(content, about=[leader.person], by=by),
    )


def note_position(
    leader: Leader,
    change: ChangeProposal,
    *,
    value: str,
    basis: str,
    evidence: str,
    condition: str,
    on: date,
    by: Account,
) -> Position:
    content = {"value": value, "basis": basis, "evidence": evidence, "condition": condition}
    return Position.objects.create(
        leader=leader,
        change=change,
        noted_on=on,
        noted_by=by,
        content=seal(content, about=[leader.person], by=by),
    )


def state_position(
    leader: Leader, change: ChangeProposal, *, value: str, words: str, condition: str, on: date
) -> StatedPosition:
    """They said it for the record: management may read it."""
    return StatedPosition.objects.create(
        leader=leader, change=change, value=value, in_their_words=words, condition=condition, on=on
    )


def note_listening(
    leader: Leader, to: Person, *, strength: str, basis: str, on: date, by: Account
) -> InfluenceLink:
    """A link without strength withdraws the one before."""
    return InfluenceLink.objects.create(
        leader=leader,
        to=to,
        noted_on=on,
        noted_by=by,
        content=seal({"strength": strength, "basis": basis}, about=[leader.person, to], by=by),
    )
