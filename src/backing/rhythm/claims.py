"""Claims: registered with a day and a hash before the data are looked at, agreed with, and given up.

A measure that is computed from the Record is judged over its projects (`trackrecord.verdict`); any other
over its own readings, month by month.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, Literal, cast

from django.db import transaction
from django.utils import timezone

from backing.evidence.models import Edition, Measure
from backing.mandate.models import ChangeProposal
from backing.people.models import Account, Person
from backing.rhythm.models import Improvement, LoggedVerdict, Look
from backing.site import jobs
from trackrecord.compare.registration import Only, Registration

# By figure of the Record: what of each project is compared.
COMPARED: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("cost_overrun_median", "cost_overrun_p80", "cost_overrun_total", "over_budget_rate"),
        "cost_overrun",
    ),
    "schedule_overrun_median": "schedule_overrun",
    **dict.fromkeys(
        ("schedule_slip_days_median", "schedule_slip_days_p80", "late_rate"), "schedule_slip_days"
    ),
    **dict.fromkeys(("duration_days_median", "duration_days_mean"), "duration_days"),
    "benefit_shortfall_median": "benefit_shortfall",
    "rag_count": "rag",
}
IN_WORDS: Final[Mapping[str, str]] = {
    "cost_overrun": "each project’s cost against its first approved cost",
    "schedule_overrun": "the time each project took against the time first planned",
    "schedule_slip_days": "the days by which each project missed its first planned finish",
    "duration_days": "the time each project took",
    "benefit_shortfall": "the benefit each project brought against the benefit promised",
    "rag": "the share of ratings that are not green",
}
# Those whose outcome is good when it is high, and those whose effect is in days.
_HIGHER: Final = ("benefit_shortfall",)
IN_DAYS: Final = ("schedule_slip_days",)


class NotRegistered(Exception):
    """The claim cannot be registered; the text says why, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What somebody wants to register: see `Improvement`."""

    measure: Measure
    what_was_done: str
    start: date | None = None
    starts_by: Mapping[str, date] = field(default_factory=dict)
    unit_column: str = ""
    where: Sequence[str] = ()
    comparison: Sequence[str] = ()
    selection: str = ""
    least_effect: Decimal
    rival_causes: Sequence[str] = ()
    asked: str = ""
    contribution: str
    change: ChangeProposal | None = None
    day_worth_minor: int | None = None
    currency: str = ""
    day_worth_said_by: str = ""


def compared_as(measure: Measure) -> str:
    """What of each project is compared; "" for a measure that is judged over its readings."""
    return COMPARED.get(measure.figure, "")


def good_way(measure: Measure) -> str:
    """Which way is good, of what is compared."""
    compared = compared_as(measure)
    if compared:
        return "higher" if compared in _HIGHER else "lower"
    return "higher" if measure.direction == Measure.Direction.HIGHER else "lower"


@transaction.atomic
def register(claim: Claim, *, by: Account, now: datetime) -> Improvement:
    """Write it down with its day and hash, and let the worker look for the first time.

    Raises NotRegistered, and trackrecord.RegistrationError for what cannot be compared.
    """
    if (claim.start is None) == (not claim.starts_by):
        raise NotRegistered("Give one start for all, or a start for each unit.")
    if not claim.rival_causes and not claim.asked:
        raise NotRegistered(
            "Name what else may have moved the measure; where nobody knows of anything, whom you asked."
        )
    if claim.measure.direction == Measure.Direction.RANGE:
        raise NotRegistered(
            "A measure that is good within a range is watched, not compared. Choose another measure."
        )
    edition = Edition.objects.current()
    said = registration(claim, on=timezone.localdate(now))
    made = Improvement.objects.create(
        measure=claim.measure,
        what_was_done=claim.what_was_done,
        change=claim.change,
        direction=good_way(claim.measure),
        start=claim.start,
        starts_by={unit: day.isoformat() for unit, day in sorted(claim.starts_by.items())},
        unit_column=claim.unit_column,
        where=list(claim.where),
        comparison=list(claim.comparison),
        selection=claim.selection,
        least_effect=claim.least_effect,
        day_worth_minor=claim.day_worth_minor,
        currency=claim.currency,
        day_worth_said_by=claim.day_worth_said_by,
        registered_at=now,
        registered_by=by,
        registration=said,
        hash=hash_of(said),
        edition=edition.name if edition else "",
        rival_causes=list(claim.rival_causes),
        asked=claim.asked,
        contribution=claim.contribution,
    )
    look(made, now=now)
    return made


def registration(claim: Claim, *, on: date) -> dict[str, Any]:
    """The claim as it is hashed and kept.  Raises RegistrationError."""
    said: dict[str, Any] = {
        "direction": good_way(claim.measure),
        "least_effect": float(claim.least_effect),
        "registered": on.isoformat(),
    }
    if claim.start is not None:
        said["since"] = claim.start.isoformat()
    if not compared_as(claim.measure):
        if claim.start is None or claim.comparison:
            raise NotRegistered(
                "Readings of one measure are compared before and after one day. Give one start for all, and "
                "no comparison group."
            )
        return said | {"readings_of": claim.measure.pk, "name": claim.measure.name}
    said |= {
        "measure": compared_as(claim.measure),
        "since_by": {unit: day.isoformat() for unit, day in sorted(claim.starts_by.items())},
        "unit": claim.unit_column or None,
        "where": list(claim.where),
        "comparison": list(claim.comparison),
        "selection": claim.selection or None,
    }
    as_registered(said)
    return said


def as_registered(said: Mapping[str, Any]) -> Registration:
    """The Registration that was written down, for `trackrecord.verdict`."""
    since = said.get("since")
    return Registration(
        measure=said["measure"],
        direction=cast('Literal["lower", "higher"]', said["direction"]),
        since=date.fromisoformat(since) if since else None,
        since_by={unit: date.fromisoformat(day) for unit, day in said["since_by"].items()},
        unit=said["unit"],
        where=tuple(Only.of(each) for each in said["where"]),
        comparison=tuple(Only.of(each) for each in said["comparison"]),
        selection=said["selection"],
        least_effect=said["least_effect"],
        registered_on=date.fromisoformat(said["registered"]),
    )


def hash_of(said: Mapping[str, Any]) -> str:
    """SHA-256 of a registration: the library's own where there is one, so that `backing verdict` agrees."""
    if "measure" in said:
        return as_registered(said).hash
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def look(improvement: Improvement, *, now: datetime) -> Look:
    """Ask the worker to look at the evidence for it; asked twice, it looks once."""
    waiting = Look.objects.waiting().filter(improvement=improvement).first()
    if waiting is not None:
        return waiting
    asked = Look.objects.create(improvement=improvement, asked_at=now)
    jobs.start(asked)
    return asked


def look_at_all(*, now: datetime) -> None:
    """After new evidence: every claim that stands is looked at again."""
    for improvement in Improvement.objects.standing().order_by("pk"):
        look(improvement, now=now)


def look_at_claims_about(measure: Measure, *, now: datetime) -> None:
    """After new readings: what is claimed about them is looked at again."""
    for improvement in Improvement.objects.standing().filter(measure=measure).order_by("pk"):
        look(improvement, now=now)


@transaction.atomic
def withdraw(verdict: LoggedVerdict, *, because: str, by: Account, now: datetime) -> None:
    """It is not said any longer; it stays in the log with the reason."""
    verdict.withdrawn_at, verdict.withdrawn_by, verdict.withdrawn_because = now, by, because
    verdict.save()


def agree(improvement: Improvement, *, owner: Person, on: date) -> None:
    """Whoever answers for the measure agrees with the words of the contribution."""
    improvement.agreed_by_owner, improvement.agreed_on = owner, on
    improvement.save()


def give_up(improvement: Improvement, *, because: str, on: date) -> None:
    """The claim is not upheld any longer; what was registered stays to be read."""
    improvement.given_up_on, improvement.given_up_because = on, because
    improvement.save()


def latest(improvement: Improvement) -> LoggedVerdict | None:
    """The verdict that is said today: the last that is not withdrawn."""
    found = LoggedVerdict.objects.standing().filter(improvement=improvement)
    return found.order_by("-judged_at", "-pk").first()
