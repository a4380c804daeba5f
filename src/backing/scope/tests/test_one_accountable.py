"""S20-d: at most one is accountable for an activity on any day; the database has the last word."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import Error, IntegrityError, connection, transaction

from backing.scope.models import RaciAssignment
from backing.scope.models.raci import ONE_ACCOUNTABLE
from backing.scope.tests.conftest import Company

Part = RaciAssignment.Part
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


@pytest.mark.parametrize(
    ("begins", "until"),
    [
        (date(2026, 5, 31), None),  # its first day is the last of the other
        (date(2026, 4, 1), date(2026, 5, 1)),
        (date(2026, 5, 10), date(2026, 5, 10)),
        (date(2026, 1, 1), None),
    ],
)
def test_a_second_accountable_on_one_day_is_refused(
    company: Company, begins: date, until: date | None
) -> None:
    tracking = company.does(company.office, "Benefits tracking")
    part = {"activity": tracking, "role": Part.ACCOUNTABLE}
    RaciAssignment.objects.create(unit=company.office, begins=MAY, until=date(2026, 5, 31), **part)

    with pytest.raises(IntegrityError, match=ONE_ACCOUNTABLE), transaction.atomic():
        RaciAssignment.objects.create(unit=company.finance, begins=begins, until=until, **part)


def test_the_next_begins_the_day_after_and_others_do_their_parts_beside(company: Company) -> None:
    tracking = company.does(company.office, "Benefits tracking")
    reports = company.does(company.office, "Status reports")
    part = {"activity": tracking, "role": Part.ACCOUNTABLE}
    RaciAssignment.objects.create(unit=company.office, begins=MAY, until=date(2026, 5, 31), **part)
    RaciAssignment.objects.create(unit=company.finance, begins=JUNE, **part)
    RaciAssignment.objects.create(
        activity=tracking, unit=company.finance, role=Part.RESPONSIBLE, begins=MAY
    )
    RaciAssignment.objects.create(
        activity=reports, unit=company.finance, role=Part.ACCOUNTABLE, begins=MAY
    )

    assert RaciAssignment.objects.accountable().on(date(2026, 5, 31)).count() == 2
    assert [a.party for a in tracking.assignments.accountable().on(JUNE)] == ["Finance"]


def test_a_change_that_makes_two_accountable_is_refused(company: Company) -> None:
    tracking = company.does(company.office, "Benefits tracking")
    RaciAssignment.objects.create(
        activity=tracking, unit=company.office, role=Part.ACCOUNTABLE, begins=MAY
    )
    other = RaciAssignment.objects.create(
        activity=tracking, unit=company.finance, role=Part.RESPONSIBLE, begins=MAY
    )

    other.role = Part.ACCOUNTABLE
    with pytest.raises(IntegrityError, match=ONE_ACCOUNTABLE), transaction.atomic():
        other.save()


def test_the_one_accountable_may_be_written_again(company: Company) -> None:
    tracking = company.does(company.office, "Benefits tracking")
    kept = RaciAssignment.objects.create(
        activity=tracking, unit=company.office, role=Part.ACCOUNTABLE, begins=MAY
    )

    kept.until = JUNE
    kept.save()

    assert tracking.assignments.get().until == JUNE


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_at_once_one_is_refused(company: Company) -> None:
    tracking = company.does(company.office, "Benefits tracking")
    together, wrote = threading.Barrier(2), []

    def write(unit: int) -> None:
        together.wait()
        try:
            with transaction.atomic():
                RaciAssignment.objects.create(
                    activity=tracking, unit_id=unit, role=Part.ACCOUNTABLE, begins=MAY
                )
            wrote.append(unit)
        except Error:
            pass
        finally:
            connection.close()

    writers = [
        threading.Thread(target=write, args=(unit.pk,))
        for unit in (company.office, company.finance)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert tracking.assignments.accountable().count() == len(wrote) == 1


@pytest.mark.django_db
def test_every_database_that_all_migrations_made_still_holds_it() -> None:
    kept = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
        "postgresql": "SELECT conname FROM pg_constraint WHERE conname LIKE %s",
    }
    with connection.cursor() as cursor:
        cursor.execute(kept[connection.vendor], [f"{ONE_ACCOUNTABLE}%"])
        found = cursor.fetchall()

    assert len(found) == {"sqlite": 2, "postgresql": 1}[connection.vendor]
