"""Pairs that may be one project: how each side reads, what somebody answered, and taking that back.

An answer is a decision like any other: it takes effect in the next edition, and can be taken back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from backing.evidence import actions
from backing.evidence.models import Decision, Likeness, MirroredProject, Renewal
from backing.people.models import Account
from backing.site.work import UNFINISHED
from boardpaper.wording import en
from trackrecord.decisions import NotSameProject, SameProject, from_lines
from trackrecord.keys import Key

SAME: Final = "same"
NOT_SAME: Final = "not-same"
KINDS: Final = (Decision.Kind.SAME, Decision.Kind.NOT_SAME)
# What a fact is called beside another project's, and where it is mirrored; dates and money are worded.
_FACTS: Final = (
    ("Started", "started", "day"),
    ("Planned finish", "original_finish", "day"),
    ("Finished", "finished", "day"),
    ("Budget", "original_cost", "money"),
    ("Cost so far", "cost_actual", "money"),
)


@dataclass(frozen=True, slots=True)
class Beside:
    """One fact of two projects, side by side; blank where it is not stated."""

    label: str
    a: str
    b: str

    @property
    def differs(self) -> bool:
        """Whether both state it, and not alike."""
        return bool(self.a and self.b) and self.a.casefold() != self.b.casefold()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two projects that may be one, as a person compares them."""

    likeness: Likeness
    names: tuple[str, str]
    facts: tuple[Beside, ...]

    @property
    def per_cent(self) -> int:
        """How alike they are, of a hundred."""
        return round(self.likeness.alike * 100)


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody decided about two Keys, and how that stands against the current edition."""

    decision: Decision
    names: tuple[str, str]
    is_same: bool
    standing: str


def digest(a: Key, b: Key) -> str:
    """What names two Keys on a page, whichever comes first."""
    return hashlib.sha256(json.dumps(sorted([a, b])).encode()).hexdigest()[:32]


def pairs(likenesses: Iterable[Likeness]) -> list[Pair]:
    """The pairs with what is known of their projects, in their order."""
    likenesses = list(likenesses)
    ids = {each for one in likenesses for each in (one.project_a, one.project_b)}
    known = {each.project: each for each in MirroredProject.objects.filter(project__in=ids)}
    return [_pair(one, known) for one in likenesses]


def _pair(one: Likeness, known: Mapping[str, MirroredProject]) -> Pair:
    a, b = known.get(one.project_a), known.get(one.project_b)
    facts = [
        Beside("Number", one.key_a, one.key_b),
        Beside("Register", one.register_a, one.register_b),
        Beside("Unit", a.org_unit if a else "", b.org_unit if b else ""),
        *(
            Beside(label, _fact(a, name, form), _fact(b, name, form))
            for label, name, form in _FACTS
        ),
    ]
    return Pair(
        likeness=one,
        names=((a and a.name) or one.key_a, (b and b.name) or one.key_b),
        facts=tuple(each for each in facts if each.a or each.b),
    )


def _fact(project: MirroredProject | None, name: str, form: str) -> str:
    value: Any = project.facts.get(name) if project else None
    if value is None or project is None:
        return ""
    if form == "day":
        return en.day(date.fromisoformat(str(value)[:10]))
    return en.money(float(value), project.currency, short=True)


@transaction.atomic
def answer(answers: Mapping[str, str], *, by: Account, now: datetime) -> list[Decision]:
    """Decide about pairs; gives what was decided.

    answers: SAME or NOT_SAME by the digest of a pair.  Pairs that are asked about no longer are left out.
    """
    asked = list(Likeness.objects.filter(pair__in=answers).surest_first().select_for_update())
    decided = [
        _decision(each, answers[each.pair], by=by, on=timezone.localdate(now)) for each in asked
    ]
    Likeness.objects.filter(pk__in=[each.pk for each in asked]).delete()
    return actions.decide(*decided, by=by.person, now=now)


def _decision(one: Likeness, said: str, *, by: Account, on: date) -> SameProject | NotSameProject:
    kind = SameProject if said == SAME else NotSameProject
    a, b = Key(one.register_a, one.key_a), Key(one.register_b, one.key_b)
    return kind(a=a, b=b, by=str(by.person.opaque_id), on=on)


def decided() -> set[str]:
    """The digests of all pairs about which somebody decided."""
    lines = Decision.objects.standing().filter(kind__in=KINDS).values_list("line", flat=True)
    return {digest(*_keys(line)) for line in lines}


def answered(decisions: Iterable[Decision]) -> list[Answer]:
    """What was decided about pairs, with both names, in the order given."""
    decisions = list(decisions)
    keys = {each: _keys(each.line) for each in decisions}
    ids = {key.project for both in keys.values() for key in both}
    names = dict(MirroredProject.objects.filter(project__in=ids).values_list("project", "name"))
    renewing = Renewal.objects.filter(state__in=UNFINISHED).exists()
    return [
        Answer(
            decision=each,
            names=(_named(a, names), _named(b, names)),
            is_same=each.kind == Decision.Kind.SAME,
            standing=_standing(each, b, names, renewing=renewing),
        )
        for each, (a, b) in keys.items()
    ]


def _standing(each: Decision, b: Key, names: Mapping[str, str], *, renewing: bool) -> str:
    """A project goes by its smallest Key: as long as the larger of two has one of its own, they are two."""
    if each.withdrawn_at:
        return "taken back"
    if each.kind == Decision.Kind.NOT_SAME:
        return "counted apart"
    if b.project not in names:
        return "counted as one"
    return "with the next figures" if renewing else "counted apart: other answers keep them so"


def _named(key: Key, names: Mapping[str, str]) -> str:
    name = names.get(key.project)
    return f"{name} ({key.key})" if name else key.key


def _keys(line: str) -> tuple[Key, Key]:
    (value,) = from_lines(line)
    assert isinstance(value, SameProject | NotSameProject)
    return value.a, value.b
