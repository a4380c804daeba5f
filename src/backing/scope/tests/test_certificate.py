"""D14: the certificate of a hand-over says yes only to what both sides said yes to."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from backing.people.access import Role
from backing.people.models import Account, OrgUnit, Person
from backing.people.tests.conftest import account_of
from backing.scope.changing_hands import ChangingHands, hand_overs
from backing.scope.models import Activity, HandOver, HandOverItem
from backing.scope.papers.hand_over import certificate
from boardpaper.blocks import Document
from boardpaper.gate import may_be_issued
from boardpaper.limits import page_count
from boardpaper.wording import plain

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)
JUNE_30, JULY_1, JULY_15 = date(2026, 6, 30), date(2026, 7, 1), date(2026, 7, 15)


@pytest.fixture
def ana() -> Account:
    return account_of("Ana", Role.PMO_HEAD)


def going(**more: object) -> HandOver:
    giver, receiver = (OrgUnit.objects.create(name=name) for name in ("Finance", "Project office"))
    activity = Activity.objects.create(
        name="Benefits tracking", org_unit=giver, noted_on=NOW.date()
    )
    days = {"giving_ends": JUNE_30, "taking_starts": JULY_1}
    return HandOver.objects.create(
        activity=activity, giver=giver, receiver=receiver, **{**days, **more}
    )


def found(ana: Account) -> ChangingHands:
    (one,) = hand_overs(ana, today=NOW.date())
    return one


def words(document: Document) -> str:
    return "\n".join(plain(claim) for claim in document.claims())


def test_days_on_which_nobody_does_it_stand_in_the_certificate(ana: Account) -> None:
    going(taking_starts=JULY_15)
    document = certificate(found(ana), now=NOW)

    assert "; from 1 July 2026 to 14 July 2026 nobody does it." in words(document)
    assert "Not said yes yet: Finance and Project office." in words(document)


def test_it_is_done_when_both_said_yes_and_nothing_is_open(ana: Account) -> None:
    ines = Person.objects.create(full_name="Ines")
    yes = {
        f"{side}_accepted_{what}": value
        for side in ("giver", "receiver")
        for what, value in (("on", NOW.date()), ("by", ines))
    }
    hand_over = going(**yes)
    line = HandOverItem.objects.create(hand_over=hand_over, item="Data", done_on=NOW.date())
    before = certificate(found(ana), now=NOW)
    line.accepted_on = NOW.date()
    line.save()
    after = certificate(found(ana), now=NOW)

    assert "Some lines of the checklist are open." in words(before)
    assert "goes from Finance to Project office on 1 July 2026; nothing is open." in words(after)
    gone = certificate(found(ana), now=datetime(2026, 7, 1, 9, 0, tzinfo=UTC))
    assert "has gone from Finance to Project office; nothing is open." in words(gone)
    assert "Both sides have said yes." in words(after)


def test_who_did_it_until_a_day_that_has_passed_does_it_no_more(ana: Account) -> None:
    going(parallel_until=JULY_15)
    before, after = (
        words(certificate(found(ana), now=datetime(2026, 7, day, 9, 0, tzinfo=UTC)))
        for day in (15, 16)
    )

    assert "Until 15 July 2026 both do it, as agreed." in before
    assert "Finance did it until 30 June 2026." in after
    assert "Until 15 July 2026 both did it, as agreed." in after


def test_it_is_one_page_that_may_be_given_out(ana: Account) -> None:
    hand_over = going()
    for item in ("Data", "Access", "Templates", "Open items", "Contacts", "Knowledge", "Capacity"):
        HandOverItem.objects.create(hand_over=hand_over, item=item, done_by="Ben")
    document = certificate(found(ana), now=NOW)

    assert may_be_issued(document)
    assert page_count(document) == 1
