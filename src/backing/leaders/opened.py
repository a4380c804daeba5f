"""What the office makes of its leaders, opened for one viewer in one run, each time logged.

Nothing here goes round the door: every record passes `open_sealed`, which lets a head read all, a member
read of the leaders they look after, and nobody else anything.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final, Self

from django.db.models import F

from backing.leaders import levels
from backing.leaders.levels import Authority, Basis, Level, Quadrant
from backing.leaders.models import (
    Assessment,
    Heard,
    InfluenceLink,
    Position,
    StanceAssessment,
)
from backing.people.access import Role
from backing.people.models import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """Where someone stood, on what evidence, as assessed on a day."""

    on: date
    level: Level
    basis: Basis
    evidence: str

    @property
    def means(self) -> str:
        return levels.LEVELS_MEAN[self.level]

    def is_stale(self, today: date) -> bool:
        unheard = self.basis in (Basis.REPORTED, Basis.ASSUMED)
        return today - self.on > (levels.STALE_UNHEARD if unheard else levels.STALE)

    @property
    def is_known(self) -> bool:
        return self.level != Level.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """How much someone matters and to what.  cadence_days: agreed; None where the usual one holds."""

    on: date | None = None
    influence: int | None = None
    interest: int | None = None
    budget_authority: Authority | None = None
    can_help: str = ""
    can_block: str = ""
    legitimacy: bool | None = None
    urgency: bool | None = None
    desired_level: Level | None = None
    cadence_days: int | None = None
    channel: str = ""
    no_contact_until: date | None = None

    @property
    def quadrant(self) -> Quadrant | None:
        return levels.quadrant(self.influence, self.interest)

    @property
    def every(self) -> int:
        """Days between two-way contacts."""
        return self.cadence_days or levels.usual_cadence(self.influence, self.interest)

    @property
    def wanted(self) -> Level:
        """The level that the office needs; support, unless another was named."""
        return self.desired_level or Level.SUPPORTIVE

    @property
    def influence_means(self) -> str:
        return levels.INFLUENCE_MEANS[self.influence] if self.influence else ""

    @property
    def interest_means(self) -> str:
        return levels.INTEREST_MEANS[self.interest] if self.interest else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where someone stands on one change, as far as the office knows."""

    on: date
    value: str  # of StatedPosition.Value, or "unknown"
    basis: Basis
    evidence: str
    condition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listens:
    """One person listens to another."""

    listener: int  # Person
    to: int  # Person
    strength: levels.Listening
    basis: levels.LinkBasis


NOT_ASSESSED: Final = Assessed()
LATEST_ONLY: Final = date.max
ALL: Final = date.min


class Opened:
    """Sealed records by leader; a leader of whom the viewer may read nothing is in none of them.

    Each kind is opened, and logged, when it is first asked for: what nobody asks for stays closed.
    Whatever asks may raise backing.people.key.NoKey.
    """

    def __init__(self, door: _Door, since: date) -> None:
        self._door = door
        self._since = since

    @classmethod
    def to(
        cls,
        viewer: Account,
        *,
        purpose: str,
        now: datetime,
        leaders: Collection[int] | None = None,
        since: date = LATEST_ONLY,
    ) -> Self:
        """leaders: whose; None for all.  since: from when on stances are opened beside the latest before."""
        return cls(_Door(viewer, purpose, now, leaders), since)

    @cached_property
    def assessed(self) -> Mapping[int, Assessed]:
        """The latest of each."""
        found = self._door.open(
            Assessment.objects.latest_of_each(), "leader_id", "made_on", "no_contact_until"
        )
        return {one.leader_id: _assessed(one, said) for one, said in found}

    @cached_property
    def stances(self) -> Mapping[int, tuple[Stance, ...]]:
        """The latest first."""
        stances: dict[int, list[Stance]] = {}
        found = self._door.open(
            StanceAssessment.objects.since(self._since), "leader_id", "assessed_on"
        )
        for one, said in found:
            stances.setdefault(one.leader_id, []).append(_stance(one, said))
        return {leader: tuple(theirs) for leader, theirs in stances.items()}

    @cached_property
    def stands(self) -> Mapping[tuple[int, int], Stand]:
        """By leader and change, the latest."""
        stands: dict[tuple[int, int], Stand] = {}
        found = self._door.open(Position.objects.all(), "leader_id", "change_id", "noted_on")
        for one, said in found:
            stands.setdefault((one.leader_id, one.change_id), _stand(one, said))
        return stands

    def of(self, leader: int) -> Assessed:
        return self.assessed.get(leader, NOT_ASSESSED)

    def stance(self, leader: int) -> Stance | None:
        """The latest; None where there is none."""
        return next(iter(self.stances.get(leader, ())), None)

    def level(self, leader: int) -> Level:
        stance = self.stance(leader)
        return stance.level if stance else Level.UNKNOWN


def who_listens(
    viewer: Account, *, purpose: str, now: datetime, leaders: Collection[int] | None = None
) -> tuple[Listens, ...]:
    """The links that hold: of two about the same people the later one, if it was not withdrawn."""
    latest: dict[tuple[int, int], Listens | None] = {}
    opened = _Door(viewer, purpose, now, leaders).open(
        InfluenceLink.objects.annotate(listener=F("leader__person")), "listener", "to_id"
    )
    for link, said in opened:
        pair = (link.listener, link.to_id)
        if pair not in latest:
            latest[pair] = _listens(pair, said) if said.get("strength") else None
    return tuple(found for _, found in sorted(latest.items()) if found)


def words_heard(
    viewer: Account, touchpoints: Collection[int], *, purpose: str, now: datetime
) -> dict[int, str]:
    """What was heard, by touchpoint."""
    records = Heard.objects.filter(touchpoint__in=touchpoints)
    opened = records.open_sealed(viewer=viewer, purpose=purpose, now=now)
    words: dict[int, list[str]] = {}
    for heard, said in opened:
        words.setdefault(heard.touchpoint_id, []).append(said["words"])
    return {touchpoint: " ".join(reversed(found)) for touchpoint, found in words.items()}


def may_open(viewer: Account, owner_id: int) -> bool:
    """Whether this viewer reads what is thought of a leader whom that account looks after."""
    return viewer.role == Role.PMO_HEAD or (
        viewer.role == Role.PMO_MEMBER and viewer.pk == owner_id
    )


@dataclass(frozen=True, slots=True)
class _Door:
    viewer: Account
    purpose: str
    now: datetime
    leaders: Collection[int] | None

    def open(self, records: Any, *fields: str) -> list[tuple[Any, dict[str, Any]]]:
        # An objection locks what is thought of a person until it has been looked into.
        records = records.filter(leader__person__objection_at=None, leader__left_on=None)
        if self.leaders is not None:
            records = records.filter(leader__in=self.leaders)
        found: list[tuple[Any, dict[str, Any]]] = records.open_sealed_rows(
            *fields, viewer=self.viewer, purpose=self.purpose, now=self.now
        )
        return found


def _assessed(one: Any, said: dict[str, Any]) -> Assessed:
    authority, desired = said.get("budget_authority"), said.get("desired_level")
    return Assessed(
        on=one.made_on,
        influence=said.get("influence"),
        interest=said.get("interest"),
        budget_authority=Authority(authority) if authority else None,
        can_help=said.get("can_help") or "",
        can_block=said.get("can_block") or "",
        legitimacy=said.get("legitimacy"),
        urgency=said.get("urgency"),
        desired_level=Level(desired) if desired else None,
        cadence_days=said.get("cadence_days"),
        channel=said.get("channel") or "",
        no_contact_until=one.no_contact_until,
    )


def _stance(one: Any, said: dict[str, Any]) -> Stance:
    return Stance(
        on=one.assessed_on,
        level=Level(said["level"]),
        basis=Basis(said["basis"]),
        evidence=said.get("evidence") or "",
    )


def _stand(one: Any, said: dict[str, Any]) -> Stand:
    return Stand(
        on=one.noted_on,
        value=said["value"],
        basis=Basis(said["basis"]),
        evidence=said.get("evidence") or "",
        condition=said.get("condition") or "",
    )


def _listens(pair: tuple[int, int], said: dict[str, Any]) -> Listens:
    return Listens(
        listener=pair[0],
        to=pair[1],
        strength=levels.Listening(said["strength"]),
        basis=levels.LinkBasis(said["basis"]),
    )
