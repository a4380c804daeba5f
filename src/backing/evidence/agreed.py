"""Causes that hold of a project: agreed with it, else as the office coded them, else as its register says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from backing.evidence import actions
from backing.evidence.models import Coding, Decision, MirroredNarrative, SettledCoding
from backing.evidence.models.decisions import DecisionQuerySet
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
    return holding_of([project])[project]


def holding_of(projects: Sequence[Key]) -> dict[Key, tuple[Coded, ...]]:
    """The same for many projects, in four queries."""
    keys = {each.key for each in projects}
    decided = _decisions(Decision.objects.filter(key__in=keys))
    settled = {
        Key(each.register, each.key): _settled(each)
        for each in SettledCoding.objects.filter(key__in=keys)
    }
    codings: dict[Key, list[Coding]] = {}
    for each in Coding.objects.filter(key__in=keys):
        codings.setdefault(Key(each.register, each.key), []).append(each)
    told = {
        Key(each.register, each.key): _as_stated(each)
        for each in MirroredNarrative.objects.filter(key__in=keys)
    }
    return {
        project: _holds(
            [each for _, each in decided.get(project, ())],
            settled.get(project) or _alike(codings.get(project, ())),
            told.get(project, ()),
        )
        for project in projects
    }


def agreed_with(project: Key) -> tuple[Coded, ...]:
    """The causes that somebody of the project agreed."""
    return _agreed(each for _, each in _decided(project))


def coded_by_office(project: Key) -> tuple[Coded, ...]:
    """What the office makes of it: what was settled, else what all coders say; none while they differ."""
    here = {"register": project.register, "key": project.key}
    if settled := SettledCoding.objects.filter(**here).first():
        return _settled(settled)
    return _alike(Coding.objects.filter(**here))


def stated(project: Key) -> tuple[Coded, ...]:
    """The causes that the register names, refused or not."""
    told = MirroredNarrative.objects.filter(register=project.register, key=project.key).first()
    return _as_stated(told) if told else ()


def _holds(
    decided: Sequence[CauseAgreed], by_office: tuple[Coded, ...], told: tuple[Coded, ...]
) -> tuple[Coded, ...]:
    """Agreed with the project, else as the office coded it, else what the register says and nobody refused."""
    refused = {each.cause for each in decided if not each.agreed}
    left = tuple(each for each in told if each.cause not in refused)
    return _agreed(decided) or by_office or left


def _agreed(decided: Iterable[CauseAgreed]) -> tuple[Coded, ...]:
    agreed = (each for each in decided if each.agreed)
    return _main_first(Coded(each.cause, each.weight or "contributing") for each in agreed)


def _settled(settled: SettledCoding) -> tuple[Coded, ...]:
    return tuple(Coded(cause, weight) for cause, weight in settled.causes)


def _alike(found: Iterable[Coding]) -> tuple[Coded, ...]:
    """What all coders of one project say; none while they differ."""
    by_coder: dict[int, set[Coded]] = {}
    for each in found:
        by_coder.setdefault(each.coder_id, set()).add(Coded(each.cause, weight_of(each.weight)))
    codings = list(by_coder.values())
    alike = codings and all(coding == codings[0] for coding in codings)
    return _main_first(codings[0]) if alike else ()


def _as_stated(told: MirroredNarrative) -> tuple[Coded, ...]:
    causes: Sequence[str] = told.stated
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
    here = Decision.objects.filter(register=project.register, key=project.key)
    return _decisions(here).get(project, [])


def _decisions(found: DecisionQuerySet) -> dict[Key, list[tuple[Decision, CauseAgreed]]]:
    """What stands of causes among these, by project, in the order in which it was decided."""
    by_project: dict[Key, list[tuple[Decision, CauseAgreed]]] = {}
    standing = found.standing().filter(kind=Decision.Kind.CAUSE)
    for decision in standing.order_by("made_at", "pk"):
        of = by_project.setdefault(Key(decision.register, decision.key), [])
        of += [
            (decision, value)
            for value in from_lines(decision.line)
            if isinstance(value, CauseAgreed)
        ]
    return by_project


def _main_first(causes: Iterable[Coded]) -> tuple[Coded, ...]:
    return tuple(sorted(causes, key=lambda each: (each.weight != "primary", each.cause)))
