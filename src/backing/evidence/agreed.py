"""Causes that hold of a project: agreed with it, else as the office coded them, else as its register says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from backing.evidence import actions
from backing.evidence.models import Coding, Decision, MirroredNarrative, SettledCoding
from backing.people.models import Person
from trackrecord.causes.taxonomy import UNKNOWN
from trackrecord.decisions import CauseAgreed, Weight, from_lines
from trackrecord.keys import Key


class Coded(NamedTuple):
    """One cause of a project, and whether it is the main one."""

    cause: str
    weight: Weight


def holding(project: Key) -> tuple[Coded, ...]:
    """The causes that a reader is shown for a project, the main one first."""
    refused = {each.cause for _, each in _decided(project) if not each.agreed}
    left = tuple(each for each in stated(project) if each.cause not in refused)
    return agreed_with(project) or coded_by_office(project) or left


def agreed_with(project: Key) -> tuple[Coded, ...]:
    """The causes that somebody of the project agreed."""
    agreed = (each for _, each in _decided(project) if each.agreed)
    return _main_first(Coded(each.cause, each.weight or "contributing") for each in agreed)


def coded_by_office(project: Key) -> tuple[Coded, ...]:
    """What the office makes of it: what was settled, else what all coders say; none while they differ."""
    here = {"register": project.register, "key": project.key}
    if settled := SettledCoding.objects.filter(**here).first():
        return tuple(Coded(cause, weight) for cause, weight in settled.causes)
    by_coder: dict[int, set[Coded]] = {}
    for each in Coding.objects.filter(**here):
        by_coder.setdefault(each.coder_id, set()).add(Coded(each.cause, weight_of(each.weight)))
    codings = list(by_coder.values())
    alike = codings and all(coding == codings[0] for coding in codings)
    return _main_first(codings[0]) if alike else ()


def stated(project: Key) -> tuple[Coded, ...]:
    """The causes that the register names, refused or not."""
    told = MirroredNarrative.objects.filter(register=project.register, key=project.key).first()
    causes: Sequence[str] = told.stated if told else ()
    return tuple(Coded(cause, "contributing") for cause in causes)


def agree(project: Key, causes: Sequence[Coded], *, by: Person, now: datetime) -> None:
    """Somebody of the project says that these are its causes, and that others stated for it are not.

    What was agreed before and is not among them is taken back.  "Unknown" is no cause to agree: it only
    refuses the others.
    """
    wanted = {each.cause: each for each in causes if each.cause != UNKNOWN}
    refused = {each.cause for each in stated(project)} - set(wanted)
    for decision, earlier in _decided(project):
        now_said = wanted.get(earlier.cause)
        if earlier.agreed and now_said and earlier.weight == now_said.weight:
            del wanted[earlier.cause]
        elif not earlier.agreed and earlier.cause in refused:
            refused.remove(earlier.cause)
        else:
            actions.withdraw(decision, by=by, now=now)
    for each in wanted.values():
        _decide(project, each, agreed=True, by=by, now=now)
    for cause in sorted(refused):
        _decide(project, Coded(cause, "contributing"), agreed=False, by=by, now=now)


def weight_of(text: str) -> Weight:
    """The weight that a row keeps as text."""
    return "primary" if text == "primary" else "contributing"


def _decide(project: Key, coded: Coded, *, agreed: bool, by: Person, now: datetime) -> None:
    decided = CauseAgreed(
        project=project,
        cause=coded.cause,
        weight=coded.weight if agreed else None,
        by=str(by.opaque_id),
        on=timezone.localdate(now),
        agreed=agreed,
    )
    actions.decide(decided, by=by, now=now)


def _decided(project: Key) -> list[tuple[Decision, CauseAgreed]]:
    standing = Decision.objects.standing().filter(
        kind=Decision.Kind.CAUSE, register=project.register, key=project.key
    )
    return [
        (decision, value)
        for decision in standing.order_by("made_at", "pk")
        for value in from_lines(decision.line)
        if isinstance(value, CauseAgreed)
    ]


def _main_first(causes: Iterable[Coded]) -> tuple[Coded, ...]:
    return tuple(sorted(causes, key=lambda each: (each.weight != "primary", each.cause)))
