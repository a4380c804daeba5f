"""What the records of the scope refuse, whoever writes them."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from backing.scope.models import Charter, DataRequest, RaciAssignment, ScopeItem
from backing.scope.tests.conftest import Company


def refused(**item: object) -> bool:
    try:
        with transaction.atomic():
            ScopeItem.objects.create(
                statement="We do not own budgets", reason="Finance does", **item
            )
    except IntegrityError:
        return True
    return False


def test_s19_b_a_wont_names_who_does_it_or_says_that_nobody_does(company: Company) -> None:
    assert refused(kind="wont")
    assert refused(kind="wont", instead=company.finance, nobody_instead=True)
    assert not refused(kind="wont", instead=company.finance)
    assert not refused(kind="wont", nobody_instead=True)


def test_a_not_yet_says_from_when(company: Company) -> None:
    assert refused(kind="not_yet")
    assert not refused(kind="not_yet", from_on=date(2026, 9, 1))


@pytest.mark.parametrize(("review", "kept"), [(date(2027, 5, 4), True), (date(2027, 5, 5), False)])
def test_a_charter_is_reviewed_within_twelve_months(
    company: Company, review: date, kept: bool
) -> None:
    charter = Charter(version=1, written_on=date(2026, 5, 4), review_due=review)
    try:
        with transaction.atomic():
            charter.save()
    except IntegrityError:
        assert not kept
    else:
        assert kept


def test_a_charter_in_force_counts_its_twelve_months_from_the_day_it_is_in_force(
    company: Company,
) -> None:
    Charter.objects.create(
        version=1,
        written_on=date(2026, 5, 4),
        effective=date(2026, 7, 1),
        review_due=date(2027, 7, 1),
    )

    assert Charter.objects.get().review_due == date(2027, 7, 1)


def test_a_charter_that_nobody_decided_on_is_not_agreed(company: Company) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Charter.objects.create(
            version=1,
            status="agreed",
            written_on=date(2026, 5, 4),
            proposed_on=date(2026, 5, 4),
            review_due=date(2027, 5, 4),
        )


def test_a_part_is_done_by_a_unit_or_a_person(company: Company) -> None:
    activity = company.does(company.office, "Benefits tracking")
    with pytest.raises(IntegrityError), transaction.atomic():
        RaciAssignment.objects.create(activity=activity, role="R", begins=date(2026, 5, 4))


def test_a_role_or_a_person_is_asked(company: Company) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        DataRequest.objects.create(what="Status", minutes_each=10, begins=date(2026, 5, 4))
