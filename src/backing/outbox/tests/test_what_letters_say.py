"""Every letter of the office goes through the outbox, and none says of anybody where they stand (3.11, S24)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from backing.evidence import owners
from backing.evidence.models import MirroredProject
from backing.leaders.actions.listing import put_on_the_list
from backing.leaders.actions.opinions import assess_stance
from backing.leaders.tests.conftest import MAY
from backing.mandate.actions import touch
from backing.mandate.models import ChangeProposal
from backing.outbox.models import Letter
from backing.outbox.privacy import due, erase, export_of, forget
from backing.outbox.tests.test_letters import letter_to
from backing.people.advising import Office
from backing.people.models import AccessLog, Account, OrgUnit, Person
from backing.people.names import Names
from backing.people.retention import review_list
from backing.people.tests.conftest import browser_of
from backing.pushback.actions import Said, raise_pushback
from backing.scope import charters
from backing.scope.actions import begin_hand_over
from backing.scope.models import Activity, HandOver, ScopeItem
from backing.scope.tests.test_charter import put
from backing.sponsor.actions import assign
from backing.sponsor.models import SponsorUpdate

pytestmark = pytest.mark.django_db
DEFAULTS = Office({})


@pytest.fixture
def alba(ana: Account) -> Person:
    """A leader of whom something is said that may stand nowhere else."""
    person = Person.objects.create(full_name="Alba Stone", email="alba@aldmoor.example")
    unit = OrgUnit.objects.create(name="Property", head=person)
    person.org_unit = unit
    person.save()
    leader = put_on_the_list(person, owner=ana, on=MAY)
    assess_stance(
        leader,
        level="resistant",
        basis="said_to_me",
        evidence="Quagglewort, she said.",
        on=MAY,
        by=ana,
    )
    return person


def rows(ana: Account, alba: Person) -> str:
    project = MirroredProject.objects.create(
        project="p/1", register="p", key="1", name="Tills", manager="Alba Stone", facts={}
    )
    owners.assign([project], full_name=alba.full_name, email=alba.email or "")
    return f"/evidence/owners/{alba.pk}/message/"


def charter(ana: Account, alba: Person) -> str:
    for kind in ("will", "wont"):
        ScopeItem.objects.create(kind=kind, statement=kind, reason="Agreed", nobody_instead=True)
    charters.begin(on=timezone.localdate())
    put(ana)
    return f"/scope/charter/ask/{alba.pk}/"


def hand_over(ana: Account, alba: Person) -> str:
    giver, receiver = alba.org_unit, OrgUnit.objects.create(name="Office")
    assert giver is not None
    made = begin_hand_over(
        HandOver(
            activity=Activity.objects.create(name="Reports", org_unit=giver, noted_on=MAY),
            giver=giver,
            receiver=receiver,
            giving_ends=MAY,
            taking_starts=MAY,
        )
    )
    return f"/scope/hand-overs/{made.pk}/message/giver/"


def update(ana: Account, alba: Person) -> str:
    assignment = assign(alba, origin="assigned", since=MAY, span=[])
    made = SponsorUpdate.objects.create(
        assignment=assignment, headline="Nine days", bad="Late", made_on=MAY
    )
    return f"/sponsor/updates/{made.pk}/link/"


def say(ana: Account, alba: Person) -> str:
    return "/pushback/links/new/"


def follow(ana: Account, alba: Person) -> str:
    raised, _ = raise_pushback(
        Said(text="Hours.", request="Report", raised_by=alba), now=timezone.now()
    )
    return f"/pushback/{raised.pk}/link/"


def page(ana: Account, alba: Person) -> str:
    rows(ana, alba)
    return f"/pushback/pages/{alba.pk}/letter/"


def area(ana: Account, alba: Person) -> str:
    change = ChangeProposal.objects.create(title="One form", what_changes="One for all", why="Five")
    assert alba.org_unit is not None
    return f"/pushback/areas/{touch(change, alba.org_unit, degree='high').pk}/letter/"


WAYS: dict[str, Any] = {
    each.__name__: each for each in (rows, charter, hand_over, update, say, follow, page, area)
}


@pytest.mark.parametrize("what", WAYS)
def test_each_letter_of_the_office_is_a_row_with_a_link_that_opens_and_nothing_sealed(
    ana: Account, alba: Person, what: str
) -> None:
    address = WAYS[what](ana, alba)
    logged = AccessLog.objects.count()
    answer = browser_of(ana).post(address, {"about": "Report"})

    letter = Letter.objects.get()
    words = letter.words
    assert answer.headers["Location"] == f"/outbox/{letter.pk}/"
    assert words is not None
    assert letter.address == ("" if what == "say" else "alba@aldmoor.example")
    assert letter.personal == (what != "say")
    (link,) = re.findall(r"http://testserver(/\S+)", words.text)
    assert Client().get(link).status_code == 200
    assert not re.search(r"Quagglewort|resistant", f"{words} {letter.kind} {letter.about} {link}")
    assert AccessLog.objects.count() == logged


def test_of_what_came_in_confidence_no_letter_is_kept(ana: Account) -> None:
    raised, _ = raise_pushback(
        Said(text="Hours.", request="Report", in_confidence=True), now=timezone.now()
    )
    page = browser_of(ana).post(f"/pushback/{raised.pk}/link/").content.decode()

    assert "no letter is kept" in page
    assert not Letter.objects.exists()


# A person's own.


def test_3_12_a_person_is_shown_every_letter_to_them(ana: Account, alba: Person) -> None:
    letter_to(alba, ana)
    (section,) = export_of(alba, ana, timezone.now())
    (entry,) = section.entries

    assert dict(entry.says)["subject"] == "Is this right – or not?"
    assert "secret" in str(dict(entry.says)["text"])


def test_erasing_takes_letters_to_a_person_and_their_name_out_of_the_others(
    ana: Account, alba: Person
) -> None:
    other = Person.objects.create(full_name="Bert Roe")
    letter_to(alba, ana)
    to_her_address = letter_to(None, ana, about="free")
    Letter.objects.filter(pk=to_her_address.pk).update(address="alba@aldmoor.example")
    about_her = letter_to(other, ana, text="Alba Stone will call you.", about="other")

    found = erase(alba, Names.of(alba))

    assert found == {"letters": 2, "letters re-worded": 1}
    about_her.refresh_from_db()
    words = about_her.words
    assert words is not None
    assert words.text == "Someone who left will call you.\n"


def test_the_words_of_a_letter_go_when_their_time_is_over_and_that_it_left_stays(
    ana: Account, alba: Person
) -> None:
    letter = letter_to(alba, ana)
    now = timezone.now()
    Letter.objects.filter(pk=letter.pk).update(handed_at=now, handed_as="draft")
    today = timezone.localdate(now)

    assert not list(due(DEFAULTS, today + timedelta(days=89)))
    later = today + timedelta(days=92)
    (old,) = due(DEFAULTS, later)
    assert old in review_list(DEFAULTS, later)
    assert forget(old, DEFAULTS, later) == 1
    page = browser_of(ana).get(f"/outbox/{letter.pk}/").content.decode()
    assert "taken out when their time was over" in page
    assert "taken as a draft" in page
