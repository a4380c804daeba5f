"""Measures: readings that are corrected and never lost, baselines that are fixed in writing (S22-b, 3.8)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from backing.evidence.measuring import (
    NotKept,
    Said,
    fix_baseline,
    keep_reading,
    read_the_record,
)
from backing.evidence.models import Edition, Measure, MeasureBaseline, MeasureReading, StoredFigure
from backing.people.access import Role
from backing.people.models import Account, OrgUnit, Person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 11, 9, tzinfo=UTC)


def account(role: str, name: str = "Ana", unit: OrgUnit | None = None) -> Account:
    person = Person.objects.create(full_name=name, org_unit=unit)
    return Account.objects.create(person=person, role=role)


@pytest.fixture
def ana() -> Account:
    return account(Role.PMO_HEAD)


def measure(owner: Account, **told: object) -> Measure:
    given = {
        "name": "Days from request to decision",
        "unit": "days",
        "direction": Measure.Direction.LOWER,
        "definition": "Working days from a request to its answer.",
        "source": "Minutes of the change board",
        "owner": owner.person,
        "decision_it_feeds": "Whether the board meets weekly.",
    }
    return Measure.objects.create(**(given | told))


def read(of: Measure, at: date, value: str, by: Account) -> MeasureReading | None:
    said = Said(at=at, value=Decimal(value))
    return keep_reading(of, said, origin=MeasureReading.Origin.ENTERED, by=by, now=NOW)


def test_a_corrected_reading_takes_the_place_of_the_wrong_one_which_stays(ana: Account) -> None:
    of = measure(ana)
    read(of, date(2026, 1, 31), "41", ana)
    read(of, date(2026, 1, 31), "14", ana)

    assert [each.value for each in of.readings.standing()] == [14]
    assert of.readings.count() == 2
    assert read(of, date(2026, 1, 31), "14", ana) is None


def test_two_readings_of_one_day_cannot_both_stand(ana: Account) -> None:
    of = measure(ana)
    read(of, date(2026, 1, 31), "41", ana)
    with pytest.raises(IntegrityError), transaction.atomic():
        MeasureReading.objects.create(measure=of, at=date(2026, 1, 31), value=3, made_at=NOW)


def test_a_baseline_is_the_middle_reading_of_its_period_and_is_never_changed(ana: Account) -> None:
    of = measure(ana)
    for month, value in enumerate(("30", "50", "40"), start=1):
        read(of, date(2026, month, 28), value, ana)
    fixed = fix_baseline(
        of,
        first_day=date(2026, 1, 1),
        last_day=date(2026, 3, 31),
        because="Before the weekly board.",
        by=ana,
        now=NOW,
    )

    assert (int(fixed.value), fixed.n, fixed.fixed_on) == (40, 3, date(2026, 5, 11))
    assert str(fixed).endswith("from 1 January 2026 to 31 March 2026")
    fixed.value = Decimal(99)
    for forbidden in (
        fixed.save,
        fixed.delete,
        MeasureBaseline.objects.all().delete,
        lambda: MeasureBaseline.objects.update(value=99),
    ):
        with pytest.raises(TypeError, match="fixed in writing"):
            forbidden()
    assert of.baseline is not None
    assert of.baseline.holds_before(date(2026, 5, 12))
    assert not of.baseline.holds_before(date(2026, 5, 11))


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        (date(2025, 1, 1), date(2025, 3, 31), "No reading lies in that period"),
        (date(2026, 5, 1), date(2026, 5, 31), "not over yet"),
        (date(2026, 3, 1), date(2026, 2, 1), "ends before it begins"),
    ],
)
def test_a_baseline_without_readings_or_before_its_time_is_refused_in_a_sentence(
    ana: Account, first: date, last: date, why: str
) -> None:
    with pytest.raises(NotKept, match=why):
        fix_baseline(measure(ana), first_day=first, last_day=last, because="", by=ana, now=NOW)


def test_a_computed_measure_reads_each_edition_once_and_never_over_what_a_person_said(
    ana: Account,
) -> None:
    of = measure(ana, name="Late", unit="share", figure="late_rate", plan="original")
    edition = an_edition("e1", date(2026, 4, 30), 0.25)

    (made,) = read_the_record(edition, now=NOW)
    assert (made.value, made.n, made.at, made.edition) == (
        Decimal("0.25"),
        40,
        date(2026, 4, 30),
        "e1",
    )
    assert read_the_record(edition, now=NOW) == []
    read(of, date(2026, 4, 30), "0.3", ana)
    assert read_the_record(edition, now=NOW) == []
    assert [each.value for each in of.readings.standing()] == [Decimal("0.3")]


def an_edition(name: str, as_at: date, value: float) -> Edition:
    edition = Edition.objects.create(name=name, made_at=NOW, as_at=as_at, is_current=True)
    figure = {
        "measure": "late_rate", "version": 1, "definition": "Late.", "unit": "share",
        "value": value, "reason": None, "n": 40, "baseline": "original", "by": None, "group": None,
        "as_at": as_at.isoformat(), "missing": {},
    }  # fmt: skip
    StoredFigure.objects.create(
        edition=edition, place=0, measure="late_rate", version=1, baseline="original", figure=figure
    )
    return edition


def test_a_leader_sees_measures_of_the_whole_and_of_their_own_area_only(ana: Account) -> None:
    retail, estates = (OrgUnit.objects.create(name=name) for name in ("Retail", "Estates"))
    whole = measure(ana)
    theirs = measure(ana, name="Retail late", org_unit=retail)
    other = measure(ana, name="Estates late", org_unit=estates)
    read(other, date(2026, 1, 31), "3", ana)
    rafe = account(Role.LEADER, "Rafe", retail)

    assert set(Measure.objects.visible_to(rafe)) == {whole, theirs}
    assert not MeasureReading.objects.visible_to(rafe).exists()
    assert not Measure.objects.editable_by(rafe).exists()
    assert Measure.objects.visible_to(account(Role.SPONSOR, "Dee")).count() == 3
