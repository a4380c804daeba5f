"""Keeping measures: readings entered and withdrawn, taken from the Record, and baselines fixed in writing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from statistics import median
from typing import Final

from django.db import transaction
from django.utils import timezone

from backing.evidence.figures import Figures
from backing.evidence.models import Edition, Measure, MeasureBaseline, MeasureReading
from backing.people.models import Account
from trackrecord.figure import Baseline, Figure

Origin = MeasureReading.Origin
PLANS: Final[dict[str, Baseline | None]] = {"": None, "original": "original", "current": "current"}
_PLACES: Final = Decimal("0.000000001")


class NotKept(Exception):
    """What was asked for cannot be kept; the text says why, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A reading as somebody gives it.  source: where it stands, or who said it."""

    at: date
    value: Decimal
    n: int | None = None
    source: str = ""
    note: str = ""


@transaction.atomic
def keep_reading(
    measure: Measure,
    said: Said,
    *,
    origin: str,
    by: Account | None,
    now: datetime,
    edition: str = "",
) -> MeasureReading | None:
    """Keep a reading; one of the same day that says something else is withdrawn and stays to be seen.

    Gives None where the same was kept already.
    """
    there = MeasureReading.objects.standing().filter(measure=measure, at=said.at).first()
    value = said.value.quantize(_PLACES)
    if there is not None:
        if (there.value, there.n, there.note) == (value, said.n, said.note):
            return None
        withdraw(there, by=by, now=now)
    return MeasureReading.objects.create(
        measure=measure,
        at=said.at,
        value=value,
        n=said.n,
        origin=origin,
        source=said.source[:200],
        note=said.note[:300],
        edition=edition,
        by=by,
        made_at=now,
    )


def withdraw(reading: MeasureReading, *, by: Account | None, now: datetime) -> None:
    """It does not count any more, and stays in the list of what was said."""
    reading.withdrawn_at, reading.withdrawn_by = now, by
    reading.save()


def figure_of(measure: Measure, figures: Figures) -> Figure | None:
    """The figure that a computed measure is read from; None where the edition does not have it."""
    unit = measure.org_unit.name if measure.org_unit else None
    return figures.known(
        measure.figure, PLANS[measure.plan], by="org_unit" if unit else None, group=unit
    )


def read_the_record(edition: Edition, *, now: datetime) -> list[MeasureReading]:
    """What an edition says of every measure that is computed; a reading that a person gave stays.

    Safe to run again: the same edition gives the same readings.
    """
    tracked = Measure.objects.tracked().exclude(figure="").select_related("org_unit")
    figures = Figures.of(edition, measures=sorted({each.figure for each in tracked}))
    made = []
    for measure in tracked:
        figure = figure_of(measure, figures)
        if figure is None or figure.value is None:
            continue
        # Registers that name no day speak of the day on which they were taken in.
        at = figure.as_at or edition.as_at or timezone.localdate(edition.made_at)
        if _is_given(measure, at):
            continue
        said = Said(at=at, value=Decimal(repr(figure.value)), n=figure.n, source="The Record")
        kept = keep_reading(
            measure, said, origin=Origin.COMPUTED, by=None, now=now, edition=edition.name
        )
        made += [kept] if kept is not None else []
    return made


def _is_given(measure: Measure, at: date) -> bool:
    given = MeasureReading.objects.standing().filter(measure=measure, at=at)
    return given.exclude(origin=Origin.COMPUTED).exists()


@transaction.atomic
def fix_baseline(
    measure: Measure,
    *,
    first_day: date,
    last_day: date,
    because: str,
    by: Account,
    now: datetime,
) -> MeasureBaseline:
    """Fix in writing what the measure stood at: the middle reading of the period.

    Raises NotKept where there is none, or the period is not over.
    """
    today = timezone.localdate(now)
    if last_day > today:
        raise NotKept("That period is not over yet. Choose one whose last day has passed.")
    if first_day > last_day:
        raise NotKept("That period ends before it begins. Give the first day first.")
    readings = MeasureReading.objects.standing().filter(
        measure=measure, at__gte=first_day, at__lte=last_day
    )
    values = list(readings.values_list("value", flat=True))
    if not values:
        raise NotKept(
            "No reading lies in that period. Enter what there is first, or choose another period."
        )
    return MeasureBaseline.objects.create(
        measure=measure,
        value=Decimal(median(values)).quantize(_PLACES),
        first_day=first_day,
        last_day=last_day,
        n=len(values),
        fixed_on=today,
        fixed_by=by,
        chosen_because=because,
    )


def retire(measure: Measure, *, on: date) -> None:
    """No longer kept; its readings stay."""
    measure.retired_on = on
    measure.save()


def series_of(readings: Iterable[MeasureReading]) -> list[tuple[date, Decimal]]:
    """Readings in the order of their days."""
    return sorted((each.at, each.value) for each in readings)
