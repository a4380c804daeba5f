"""Overlaps with other units as the viewer may see them (S20-c, RULE-09).

Before the other unit was spoken with, an overlap is a suspicion about a colleague: only the head of the
office sees it.  Afterwards it is shown to whom the two activities are shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from backing.people.access import Role
from backing.people.models import Account, OrgUnit
from backing.scope.models import Activity, HandOver, OurUnit, OverlapTalk, RaciAssignment
from backing.scope.overlapping import WORDS_SHARED, Doubled, Parallel, Stretch, Work, doubled

Key = tuple[int, int, int]  # the earlier activity, the later or 0, the second unit or 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SameWork:
    """Two units do the same, or may.  other: the second activity, "" where it is one.

    units: of the first activity and the other one, by name.  last: None for no end.  head: of the other
    unit, "" where not known.  spoken_on: None until the other unit was spoken with.
    """

    key: Key
    name: str
    other: str
    units: tuple[str, str]
    certainty: str
    first: date
    last: date | None
    because: str
    head: str
    head_person: int | None
    spoken_on: date | None
    spoken_with: str
    outcome: str
    agreed: str

    @property
    def is_settled(self) -> bool:
        return self.outcome != OverlapTalk.Outcome.OPEN


def same_work(
    viewer: Account, *, today: date, words_shared: float = WORDS_SHARED
) -> tuple[SameWork, ...]:
    """What is doubled from today on, the certain first.  Pairs found to be different work are left out."""
    office = OurUnit.ours()
    if office is None:
        return ()
    talks = {key_of_talk(talk): talk for talk in OverlapTalk.objects.select_related("spoken_with")}
    marked = frozenset(
        frozenset((one, other))
        for (one, other, _), talk in talks.items()
        if talk.marked_on and other
    )
    works = _works(Activity.objects.visible_to(viewer).live())
    found = doubled(
        works,
        ours=office,
        parallel=_parallel(),
        marked=marked,
        today=today,
        words_shared=words_shared,
    )
    units = OrgUnit.objects.select_related("head").in_bulk(
        {unit for each in found for unit in each.units}
    )
    values = (_value(each, talks.get(_key(each)), units, today) for each in found)
    return tuple(
        each
        for each in values
        if each.outcome != OverlapTalk.Outcome.DIFFERENT
        and (viewer.role == Role.PMO_HEAD or each.spoken_on is not None)
    )


def key_of_talk(talk: OverlapTalk) -> Key:
    return (talk.one_id, talk.other_id or 0, talk.unit_id or 0)


def _value(
    each: Doubled, talk: OverlapTalk | None, units: dict[int, OrgUnit], today: date
) -> SameWork:
    one, other = (units[unit] for unit in each.units)
    return SameWork(
        key=_key(each),
        name=each.one.name,
        other=each.other.name if each.other else "",
        units=(one.name, other.name),
        certainty=each.certainty,
        first=max(each.first, today),
        last=None if each.last == date.max else each.last,
        because=each.because,
        head=str(other.head or ""),
        head_person=other.head_id,
        spoken_on=talk.spoken_on if talk else None,
        spoken_with=str(talk.spoken_with or "") if talk else "",
        outcome=talk.outcome if talk else OverlapTalk.Outcome.OPEN,
        agreed=talk.agreed if talk else "",
    )


def _key(each: Doubled) -> Key:
    if each.other is None:
        return (each.one.pk, 0, each.units[1])
    first, second = sorted((each.one.pk, each.other.pk))
    return (first, second, 0)


def _works(activities: Iterable[Activity]) -> list[Work]:
    found = list(activities)
    parts: dict[int, list[Stretch]] = defaultdict(list)
    doing = RaciAssignment.objects.doing().filter(activity__in=[each.pk for each in found])
    for part in doing.select_related("person"):
        unit = part.unit_id or (part.person.org_unit_id if part.person else None)
        if unit is not None:
            parts[part.activity_id].append(
                Stretch(
                    unit=unit,
                    first=part.begins,
                    last=part.until or date.max,
                    accountable=part.role == RaciAssignment.Part.ACCOUNTABLE,
                )
            )
    return [
        Work(
            pk=each.pk,
            name=each.name,
            unit=each.org_unit_id,
            code=each.code,
            first=each.begins or date.min,
            last=each.until or date.max,
            done=tuple(parts[each.pk]),
        )
        for each in found
    ]


def _parallel() -> list[Parallel]:
    """Until when an agreed hand-over lets two units do one activity."""
    return [
        Parallel(
            activity=each.activity_id,
            units=frozenset((each.giver_id, each.receiver_id)),
            until=each.parallel_until or each.giving_ends,
        )
        for each in HandOver.objects.standing()
    ]
