"""Where we stand with management: counts of leaders in words, and what happened, by date.

Nobody's own position can be read off it.  What leaders think is counted only in groups of five and more,
and a group is not counted exactly where the rest would so be known.  There is no per cent: of the leaders
whom nobody has looked at, the office knows nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Self

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from backing.leaders.levels import STALE, Level
from backing.leaders.listed import A_QUARTER, leaders_met_lately
from backing.leaders.models import (
    Commitment,
    Leader,
    StanceAssessment,
    SupportAct,
    Touchpoint,
)
from backing.leaders.public import on_the_list
from backing.mandate.models import MandateDecision
from backing.people.access import OFFICE, Role
from backing.people.key import NoKey
from backing.people.models import Account
from boardpaper.wording import in_words

LEAST_COUNTED: Final = 5
A_FEW: Final = "a few"
FIVE_OR_MORE: Final = "five or more"
QUARTER: Final = A_QUARTER
PURPOSE: Final = "home"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """What happened in ninety days.  Leaders, unless said otherwise.

    looked_at: with evidence of where they stand from within it.  kept, due: promises of ours.
    """

    acted: int
    spoken: int
    looked_at: int
    kept: int
    due: int
    decisions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """leaders: on the list.  unknown: of those, nobody has evidence from the last ninety days.

    levels: of those that the viewer may read about, how many stand where; only as `told`.
    closed: why the levels could not be opened.
    """

    leaders: int
    unknown: int
    now: Quarter
    before: Quarter
    levels: tuple[tuple[Level, str], ...]
    only_own: bool
    closed: str = ""

    @classmethod
    def of(cls, viewer: Account, *, today: date, now: datetime) -> Self:
        listed = Leader.objects.visible_to(viewer).on_the_list()
        leaders = len(on_the_list(viewer))
        latest, before = _quarters(listed, viewer, today)
        known, closed = latest.looked_at, ""
        levels: dict[Level, int] = {}
        try:
            levels = _levels(viewer, today, now)
        except NoKey as error:
            closed = str(error)
        else:
            if (
                viewer.role == Role.PMO_HEAD
            ):  # a member may not open what tells "unknown" from a level
                known = sum(levels.values())
        return cls(
            leaders=leaders,
            unknown=leaders - known,
            now=latest,
            before=before,
            levels=told(levels),
            only_own=viewer.role == Role.PMO_MEMBER,
            closed=closed,
        )


def told(counts: Mapping[Level, int]) -> tuple[tuple[Level, str], ...]:
    """The levels that five leaders or more stand at, with how many, in words.

    Where the others are fewer than five, the smallest of these is told as "five or more": else the
    others could be reckoned from it.
    """
    large = [level for level in Level if counts.get(level, 0) >= LEAST_COUNTED]
    if not large:
        return ()
    rest = sum(counts.values()) - sum(counts[level] for level in large)
    vague = min(large, key=lambda level: counts[level]) if rest < LEAST_COUNTED else None
    return tuple(
        (level, FIVE_OR_MORE if level is vague else in_words(counts[level])) for level in large
    )


def few_in_words(count: int) -> str:
    """A count of leaders who did something: under five, "a few"."""
    return A_FEW if 0 < count < LEAST_COUNTED else in_words(count)


def _levels(viewer: Account, today: date, now: datetime) -> dict[Level, int]:
    """How many stand where, on evidence that is not stale; each record opened is logged."""
    fresh = StanceAssessment.objects.latest_of_each().filter(
        leader__left_on=None,
        leader__person__objection_at=None,
        assessed_on__gte=today - STALE,
    )
    counts: dict[Level, int] = {}
    for _, said in fresh.open_sealed_rows(viewer=viewer, purpose=PURPOSE, now=now):
        level = Level(said["level"])
        if level is not Level.UNKNOWN:
            counts[level] = counts.get(level, 0) + 1
    return counts


def _quarters(listed: QuerySet[Leader], viewer: Account, today: date) -> tuple[Quarter, Quarter]:
    """The last ninety days, and the ninety before them."""
    ours = (
        Commitment.objects.visible_to(viewer)
        .filter(promised_by__account__role__in=OFFICE)
        .exclude(status=Commitment.Status.RENEGOTIATED)
        .exclude(due=today, kept_on=None)
    )
    acts = SupportAct.objects.visible_to(viewer).filter(leader__in=listed)
    decisions = MandateDecision.objects.visible_to(viewer)
    looks = StanceAssessment.objects.filter(leader__in=listed)
    counted = {
        "acted": _in_each(acts, "on", _days(today), "leader"),
        "spoken": _spoken(viewer, today),
        "looked_at": _in_each(looks, "assessed_on", _days(today), "leader"),
        **_promises(ours, today),
        "decisions": _in_each(decisions, "decided_on", _days(today), "pk"),
    }
    latest, before = (
        Quarter(**{name: found[which] for name, found in counted.items()}) for which in (0, 1)
    )
    return latest, before


def _promises(ours: QuerySet[Commitment], today: date) -> dict[str, tuple[int, int]]:
    """Those kept and all that were due, in the latest quarter and in the one before."""
    began, turned, ends = _days(today)
    in_time, lately, earlier = Q(kept_on__lte=F("due")), Q(due__gte=turned), Q(due__lt=turned)
    counted = ours.filter(due__gte=began, due__lt=ends).aggregate(
        all_now=Count("pk", filter=lately),
        all_before=Count("pk", filter=earlier),
        kept_now=Count("pk", filter=lately & in_time),
        kept_before=Count("pk", filter=earlier & in_time),
    )
    return {
        "due": (counted["all_now"], counted["all_before"]),
        "kept": (counted["kept_now"], counted["kept_before"]),
    }


def _spoken(viewer: Account, today: date) -> tuple[int, int]:
    """With how many leaders both sides spoke; the latest quarter is what the rules ask for too.

    Looked up by time alone: asked for the leaders' own, the database goes through ten years of each.
    """
    began, turned, _ = (timezone.make_aware(datetime.combine(day, time())) for day in _days(today))
    listed = [each.person for each in on_the_list(viewer)]
    talks = Touchpoint.objects.visible_to(viewer).filter(two_way=True, at__gte=began, at__lt=turned)
    before = talks.each_with(listed).values("person").distinct().count()
    return len(leaders_met_lately(viewer, today)), before


def _days(today: date) -> tuple[date, date, date]:
    """Where the quarter before begins, where the latest begins, and the day after it ends."""
    return today - 2 * QUARTER, today - QUARTER, today + timedelta(days=1)


def _in_each(
    records: QuerySet[Any], day: str, bounds: Sequence[date], count: str
) -> tuple[int, int]:
    """How many different ones there are in the latest quarter and in the one before."""
    began, turned, ends = bounds
    records = records.filter(**{f"{day}__gte": began, f"{day}__lt": ends})
    found = records.order_by().aggregate(
        now=Count(count, distinct=True, filter=Q(**{f"{day}__gte": turned})),
        before=Count(count, distinct=True, filter=Q(**{f"{day}__lt": turned})),
    )
    return found["now"], found["before"]
