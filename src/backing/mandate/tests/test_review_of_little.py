"""D8: the mandate review of an office of which little is known (4.5, RULE-15)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from backing.mandate.models import Expected, MandateDecision
from backing.mandate.papers.review import mandate_review
from backing.mandate.tests.test_review import review, section, words
from backing.people.models import Account, Organisation
from backing.people.tests.conftest import browser_of
from backing.scope.tests.test_matrix import figures, office
from boardpaper.blocks import Ask
from boardpaper.wording import en

__all__ = ["figures", "office"]

pytestmark = pytest.mark.django_db


def decision_of_renewal(*, needed_by: date | None = None) -> None:
    MandateDecision.objects.create(
        kind=MandateDecision.Kind.RENEWAL,
        question="Does the office go on?",
        options=["Yes", "No"],
        recommendation="To be told",
        if_not_decided="It ends.",
        needed_by=needed_by or timezone.localdate() + timedelta(days=30),
    )


def test_a_cause_that_nobody_works_on_is_named(office: Account) -> None:
    decision_of_renewal()

    assert "Nobody works on " in words(review(office))


def test_rule_15_without_validated_money_it_claims_no_return(ana: Account) -> None:
    Organisation(pk=1, name="Aldmoor", currency="GBP").save()
    Expected.objects.create(statement="Fewer surprises", on=date(2024, 11, 20))
    decision_of_renewal()
    document = review(ana)

    assert "return" not in words(document).lower().replace("what a return waits for", "")
    assert "Whether it pays is not known" in words(document)


@pytest.mark.parametrize("days", [30, -3])
def test_what_was_needed_by_a_day_that_has_passed_is_not_asked_by_it(
    ana: Account, days: int
) -> None:
    day = timezone.localdate() + timedelta(days=days)
    decision_of_renewal(needed_by=day)
    found = review(ana)

    asked = section(found, "What we recommend").blocks
    assert [block.by for block in asked if isinstance(block, Ask)] == [day if days > 0 else None]
    late = f"It was needed by {en.day(day)}. As long as nothing is decided:"
    assert (late in words(found)) is (days < 0)


def test_without_origin_and_decision_there_is_no_review(ana: Account) -> None:
    assert mandate_review(ana) is None
    assert browser_of(ana).get("/documents/D8/").status_code == 200
