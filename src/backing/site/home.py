"""What home says: where we stand with management, this week, promises, decisions, evidence.

Home is seen in meetings: nothing on it is about one person's position, and what rules found about people
is masked (rhythm.shown).  The project office sees all of it; others see why the office exists, and what
was promised and is to be decided, as far as it is theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Self

from django.db.models import Q
from django.urls import reverse

from backing.evidence.addresses import address
from backing.evidence.models import Edition
from backing.evidence.public import Figures
from backing.leaders.models import Commitment, Touchpoint
from backing.mandate import public as mandate
from backing.people.access import OFFICE
from backing.people.models import Account
from backing.pushback.public import OwnArea, own_areas
from backing.rhythm.shown import Shown
from backing.rhythm.standing import Standing
from backing.rhythm.week import this_week
from boardpaper.wording import word
from trackrecord.figure import Baseline

NAMES_TO_BEGIN_WITH: Final = 3
PROMISES, DECISIONS = 7, 5  # on the page, at most
_HEADLINES: Final[tuple[tuple[str, str, Baseline], ...]] = (
    ("Cost over first approval", "cost_overrun_median", "original"),
    ("Days late, first date", "schedule_slip_days_median", "original"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One of the three first things to do."""

    title: str
    because: str
    address: str
    done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """address: where the office says what came of it; empty for others."""

    what: str
    address: str
    between: str
    due: date
    days_late: int

    @property
    def state(self) -> str:
        if self.days_late > 0:
            return f"{self.days_late} day{'' if self.days_late == 1 else 's'} late"
        return "due today" if self.days_late == 0 else "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDecide:
    """heard: how many of the deciders have heard it from us one to one; None where that is not theirs
    to know."""

    question: str
    needed_by: date
    deciders: int
    heard: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """One figure of the evidence, in words."""

    name: str
    address: str
    value: str
    spread: str
    known: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """standing, things: None and empty for whoever is not of the office."""

    origin: mandate.Origin | None
    standing: Standing | None
    steps: tuple[Step, ...]
    things: tuple[Shown, ...]
    promises: tuple[Promise, ...]
    decisions: tuple[ToDecide, ...]
    evidence: tuple[Headline, ...]
    areas: tuple[OwnArea, ...]

    @classmethod
    def of(cls, viewer: Account, *, today: date, now: datetime) -> Self:
        origin = mandate.origin(viewer)
        office = viewer.is_office
        standing = Standing.of(viewer, today=today, now=now) if office else None
        return cls(
            origin=origin,
            standing=standing,
            steps=_first_steps(viewer, origin, standing) if standing else (),
            things=tuple(Shown.on_home(each) for each in this_week(viewer, today))
            if office
            else (),
            promises=_promises(viewer, today),
            decisions=_decisions(viewer),
            evidence=_evidence(viewer),
            areas=own_areas(viewer),
        )

    @property
    def begins(self) -> bool:
        """Whether one of the first steps is still to be taken."""
        return not all(step.done for step in self.steps)

    @property
    def late(self) -> int:
        return sum(1 for promise in self.promises if promise.days_late > 0)


def _first_steps(
    viewer: Account, origin: mandate.Origin | None, standing: Standing
) -> tuple[Step, ...]:
    return (
        Step(
            title="Write down who asked for this office",
            because="In their words, with the day: it stands at the head of all that management reads.",
            address=reverse("origin"),
            done=origin is not None,
        ),
        Step(
            title="Name three leaders who matter",
            because="Names will do. Where each stands is unknown until somebody has said or done something.",
            address=reverse("leaders"),
            done=standing.leaders >= NAMES_TO_BEGIN_WITH,
        ),
        Step(
            title="Keep one conversation",
            because="With whom, what it was, one line of what was said: thirty seconds.",
            address=reverse("contact"),
            done=standing.now.spoken > 0 or Touchpoint.objects.visible_to(viewer).exists(),
        ),
    )


def _promises(viewer: Account, today: date) -> tuple[Promise, ...]:
    """Open ones between the office and leaders, the most urgent first."""
    ours = Q(promised_by__account__role__in=OFFICE)
    found = (
        Commitment.objects.visible_to(viewer)
        .filter(ours | Q(promised_to__account__role__in=OFFICE))
        .filter(status=Commitment.Status.OPEN)
        .order_by("due", "pk")
        .values_list(
            *("pk", "what", "due", "promised_by__full_name", "promised_to__full_name"),
            "promised_by__account__role",
        )[:PROMISES]
    )
    return tuple(
        Promise(
            what=what,
            address=reverse("promise-outcome", args=[pk]) if viewer.is_office else "",
            between=f"The office, to {to}" if role in OFFICE else f"{by}, to the office",
            due=due,
            days_late=(today - due).days,
        )
        for pk, what, due, by, to, role in found
    )


def _decisions(viewer: Account) -> tuple[ToDecide, ...]:
    waiting = mandate.open_decisions(viewer)[:DECISIONS]
    heard = _heard([each.pk for each in waiting]) if viewer.is_office and waiting else None
    return tuple(
        ToDecide(
            question=each.question,
            needed_by=each.needed_by,
            deciders=len(each.deciders),
            heard=None
            if heard is None
            else sum((each.pk, person) in heard for person, _ in each.deciders),
        )
        for each in waiting
    )


def _heard(decisions: Sequence[int]) -> set[tuple[int | None, int | None]]:
    """Decision and person, where they have heard of it from us one to one."""
    talks = Touchpoint.objects.filter(
        decision__in=decisions, kind=Touchpoint.Kind.ONE_TO_ONE, two_way=True
    )
    return set(talks.order_by().values_list("decision", "people"))


def _evidence(viewer: Account) -> tuple[Headline, ...]:
    edition = Edition.current_to(viewer)
    figures = Figures.of(edition, measures=[measure for _, measure, _ in _HEADLINES])
    found = []
    for name, measure, baseline in _HEADLINES:
        figure = figures.known(measure, baseline)
        if figure is not None:
            found.append(
                Headline(
                    name=name,
                    address=address(figure),
                    value=word(figure, "signed"),
                    spread=word(figure, "range") if figure.low is not None else "",
                    known=word(figure, "known"),
                )
            )
    return tuple(found)
