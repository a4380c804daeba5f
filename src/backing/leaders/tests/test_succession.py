"""Whoever follows a leader: the pack drafts itself, waits where it is seen, and goes nowhere by itself (4.10, D9)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from backing.documents.models import Printed
from backing.leaders.actions.listing import put_on_the_list, take_off_the_list
from backing.leaders.advice import advice
from backing.leaders.models import Leader
from backing.outbox.models import Letter
from backing.people.access import Role
from backing.people.actions import hand_over
from backing.people.advising import Advice, Office
from backing.people.models import Account, Person
from backing.people.tests.conftest import account_of, browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def nora(finn: Leader) -> Person:
    """Who follows Finn from today on, and is on no list."""
    person = Person.objects.create(full_name="Nora Quill")
    hand_over(finn.person, to=person, on=timezone.localdate())
    return person


def waiting(ana: Account, *, today: date | None = None) -> list[Advice]:
    found = advice(Office({}), ana, today or timezone.localdate())
    return [each for each in found if each.subject.startswith("pack-")]


def test_a_successor_is_told_of_with_a_draft_that_waits_until_it_is_printed(
    ana: Account, finn: Leader, nora: Person
) -> None:
    (told,) = waiting(ana)
    assert told.rule == "RULE-31"
    assert told.title == f"Nora Quill follows {finn}. The pack for them is drafted."
    assert told.do.startswith("Put them on the list")
    office = browser_of(ana)
    assert (
        "Read it: the draft of the pack for Nora Quill"
        in office.get("/documents/").content.decode()
    )

    draft = office.get(f"/leaders/welcome/{nora.pk}/")
    assert "Welcome from the project office" in draft.content.decode()
    assert draft.headers["Cache-Control"] == "no-store"
    assert waiting(ana), "to read it prints nothing"

    assert office.post(f"/leaders/welcome/{nora.pk}/printing/").content.startswith(b"%PDF")
    assert not waiting(ana)
    assert "pack for Nora Quill" not in office.get("/documents/").content.decode()
    assert Printed.objects.get().about == nora


def test_nothing_is_sent_to_anybody(ana: Account, nora: Person) -> None:
    waiting(ana)
    browser_of(ana).get("/documents/")

    assert not Letter.objects.exists()
    assert not Printed.objects.exists()
    assert not Leader.objects.filter(person=nora).exists()


def test_it_waits_too_when_whoever_came_before_has_left_the_list(
    ana: Account, finn: Leader, nora: Person
) -> None:
    take_off_the_list(finn, on=timezone.localdate())
    put_on_the_list(nora, owner=ana, on=timezone.localdate())
    (told,) = waiting(ana)

    assert told.do.startswith("Read the two pages")


def test_who_is_not_known_to_be_in_post_since_a_day_is_new_from_the_day_the_one_before_left(
    ana: Account, finn: Leader, nora: Person
) -> None:
    """As a workbook brings them: who left, when, and who follows."""
    take_off_the_list(finn, on=timezone.localdate())
    nora.in_post_from = None
    nora.save()

    assert [each.title for each in waiting(ana)] == [
        f"Nora Quill follows {finn}. The pack for them is drafted."
    ]
    assert not waiting(ana, today=timezone.localdate() + timedelta(days=61))


def test_nobody_is_told_twice_of_one_successor(ana: Account, nora: Person) -> None:
    put_on_the_list(nora, owner=ana, on=timezone.localdate())

    assert len(waiting(ana)) == 1


def test_after_two_months_in_post_it_is_quiet(ana: Account, nora: Person) -> None:
    assert waiting(ana, today=timezone.localdate() + timedelta(days=60))
    assert not waiting(ana, today=timezone.localdate() + timedelta(days=61))


def test_whoever_follows_somebody_who_was_no_leader_gets_none(ana: Account) -> None:
    gone, new = (Person.objects.create(full_name=name) for name in ("Gus", "Nell"))
    hand_over(gone, to=new, on=timezone.localdate())
    office = browser_of(ana)

    assert not waiting(ana)
    assert office.get(f"/leaders/welcome/{new.pk}/").status_code == 404
    assert "pack for Nell" not in office.get("/documents/").content.decode()


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.PMO_HEAD, Role.PMO_MEMBER}))
def test_no_other_role_reads_or_prints_it(nora: Person, role: str) -> None:
    browser = browser_of(account_of("Zoe", role))

    assert browser.get(f"/leaders/welcome/{nora.pk}/").status_code == 404
    assert browser.post(f"/leaders/welcome/{nora.pk}/printing/").status_code == 404
    assert "pack for Nora" not in browser.get("/documents/").content.decode()
