"""Corrections as a reader takes them in, and how each stands against the current edition.

Read from the mirror of the edition: what it shows is either what a correction makes of a cell (it holds),
what the cell said before (the next edition will take it up) or something else (the source has changed).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from backing.documents.papers.plans import Plans
from backing.evidence.cell_kinds import MAPPED, Field
from backing.evidence.cells import called, in_words, is_of, value_of
from backing.evidence.models import Decision, MirroredProject
from backing.evidence.told import plans_now
from trackrecord.decisions import Correction, Value, from_lines

WITHDRAWN: Final = "withdrawn"
HOLDS: Final = "holds"
SOON: Final = "holds with the next figures"
LAPSED: Final = "lapsed: the source has changed since"
IDLE: Final = "idle: no file has this project now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One correction: whose cell, was and is in words, and how it stands."""

    decision: Decision
    project: str  # its name, else its key
    cell: str
    was: str
    is_: str
    standing: str


def lines(decisions: Iterable[Decision]) -> list[Line]:
    """The corrections among these decisions, in their order."""
    decisions = list(decisions)
    keys = {each.key for each in decisions}
    mirrored = {
        (each.register, each.key): each for each in MirroredProject.objects.filter(key__in=keys)
    }
    plans = plans_now()
    return [
        _line(decision, value, mirrored.get((decision.register, decision.key)), plans)
        for decision in decisions
        for value in from_lines(decision.line)
        if isinstance(value, Correction)
    ]


def _line(
    decision: Decision, value: Correction, project: MirroredProject | None, plans: Plans
) -> Line:
    # A plan that is not said to be one or the other is shown as the first and the current one.
    fields = [each for each in MAPPED.values() if is_of(value, each) and each.stated != "planned"]
    field = next((each for each in fields if _shown(each, project) == value.is_), None) or (
        fields[0] if fields else None
    )
    currency = project.currency if project else ""
    return Line(
        decision=decision,
        project=str(project or decision.key),
        cell=called(field, plans) if field else value.column,
        was=_said(value.was, field, currency),
        is_=_said(value.is_, field, currency),
        standing=_standing(decision, value, fields, project),
    )


def _said(value: Value, field: Field | None, currency: str) -> str:
    return in_words(value, field.form if field else "words", currency)


def _shown(field: Field, project: MirroredProject | None) -> Value:
    """What the current edition has in a cell."""
    return value_of(project.facts.get(field.fact), field, project.currency) if project else None


def _standing(
    decision: Decision, value: Correction, fields: Sequence[Field], project: MirroredProject | None
) -> str:
    if decision.withdrawn_at:
        return WITHDRAWN
    if project is None:
        return IDLE
    shown = [_shown(field, project) for field in fields]
    if value.is_ in shown:
        return HOLDS
    return SOON if value.was in shown else LAPSED
