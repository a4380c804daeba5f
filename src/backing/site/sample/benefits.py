"""The goals and lines of the invented company: through the actions that a user goes through."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils import timezone

from backing.benefits.actions.goals import note_goals
from backing.benefits.actions.lines import Typed, draw_line
from backing.benefits.models import BenefitProfile, BusinessChange, StrategyGoal
from backing.demo import benefits as told
from backing.evidence.models import Measure
from backing.leaders.models import Interest
from backing.people.models import Organisation
from backing.people.named import person_named
from backing.scope.models import Activity

_BEGUN: Final = 60  # days ago
_TESTS: Final = ("is_described", "is_observed", "is_attributed", "is_measured")


@transaction.atomic
def fill(*, now: datetime) -> None:
    """Fill in goals and lines, once, when there is work to draw them from."""
    if (
        not Organisation.ours().invented
        or StrategyGoal.objects.exists()
        or not Activity.objects.exists()
    ):
        return
    today = timezone.localdate(now)
    on = today - timedelta(days=_BEGUN)
    _goals(on)
    for gain in told.GAINS:
        _benefit(gain, today, on)
    for run in told.LINES:
        _line(run, on)


def _goals(on: date) -> None:
    note_goals((goal.name for goal in told.GOALS), source=told.STRATEGY, on=on)
    for each in told.GOALS:
        goal = StrategyGoal.objects.get(name=each.name)
        goal.owner = person_named(each.owner)
        goal.wanted, goal.no_contribution_reason = each.wanted, each.not_ours
        goal.save()


def _benefit(gain: told.Gain, today: date, on: date) -> None:
    measure = Measure.objects.filter(name=gain.measure).first()
    profile = BenefitProfile(
        title=gain.title,
        description=gain.described,
        owner=person_named(gain.owner),
        measure=measure,
        baseline=measure.baseline if measure else None,
        measured_by=gain.measured_by or ("" if measure else gain.measure),
        target=Decimal(gain.target) if gain.target and measure else None,
        target_date=today + timedelta(days=gain.first + 120),
        first_visible=today + timedelta(days=gain.first),
        noted_on=on,
        status=BenefitProfile.Status.TRACKING if measure else BenefitProfile.Status.EXPECTED,
    )
    for test in _TESTS[: gain.tests]:
        setattr(profile, test, True)
    profile.save()
    profile.interests.set(Interest.objects.filter(leader__person__full_name__in=gain.answers))


def _line(run: told.Run, on: date) -> None:
    typed = Typed(
        activity=run.activity,
        output=run.output,
        change=run.change,
        owner=run.owner,
        outcome=run.outcome,
        benefit=run.benefit,
        goal=run.goal,
        rationale=run.why,
        confidence=run.firm,
        evidence=run.shows,
    )
    draw_line(typed, on=on)
    if run.owner and run.agreed:
        change = BusinessChange.objects.get(name=run.change)
        change.agreed = True
        change.save()
