"""The brief before a conversation and the pack for a new leader (D4, D9, 3.11)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.test import Client
from django.utils import timezone

from backing.documents.models import Issue, Printed
from backing.leaders.actions import listing, opinions, promises
from backing.leaders.actions.conversations import capture
from backing.leaders.models import Ask, Interest, Leader, Touchpoint
from backing.leaders.papers import leader_brief, new_leader_pack, share_safe_brief
from backing.leaders.papers.area import area
from backing.leaders.papers.brief import Meeting
from backing.leaders.papers.talk import LISTENING
from backing.leaders.tests.conftest import leader_called
from backing.mandate.actions import tell_origin
from backing.mandate.models import ChangeProposal, Impact
from backing.people.access import Role
from backing.people.models import Account, OrgUnit, Person
from backing.people.models.sealed import AccessLog
from backing.people.tests.conftest import account_of, browser_of
from boardpaper.blocks import Document
from boardpaper.gate import may_be_issued
from boardpaper.limits import page_count
from boardpaper.render import html

pytestmark = pytest.mark.django_db
PLANTED = ("zzqxstance", "zzqxposition", "zzqxheard", "zzqxgate", "zzqxcondition", "Uma")


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def known(finn: Leader, ana: Account, today: date) -> Leader:
    """Finn, of whom everything is known."""
    tell_origin(
        commissioned_by=[Person.objects.create(full_name="Margaret")],
        on=today - timedelta(days=700),
        in_their_words="I want to stop finding out in March.",
        problem="Dates move.",
    )
    finn.person.org_unit = OrgUnit.objects.create(name="Finance")
    finn.person.save()
    capture(
        [finn.person],
        kind=Touchpoint.Kind.ONE_TO_ONE,
        at=timezone.now() - timedelta(days=9),
        by=ana,
        words="zzqxheard",
    )
    opinions.assess_stance(
        finn, level="resistant", basis="said_to_me", evidence="zzqxstance", on=today, by=ana
    )
    opinions.assess(finn, on=today, by=ana, influence=5, can_block="zzqxgate")
    for number in range(9):
        change = ChangeProposal.objects.create(title=f"Change {number}", what_changes="x", why="y")
        opinions.note_position(
            finn,
            change,
            value="opposes",
            basis="said_to_me",
            evidence="zzqxposition",
            condition="zzqxcondition",
            on=today,
            by=ana,
        )
        Interest.objects.create(
            leader=finn,
            statement="Month-end closes on working day five, and nothing may touch it " * 2,
            source="told_us",
            noted_on=today,
        )
        promises.promise(
            by=ana.person,
            to=finn.person,
            what=f"Numbers {number}",
            due=today + timedelta(days=number),
        )
    uma = Person.objects.create(full_name="Uma")
    opinions.note_listening(finn, uma, strength="strong", basis="seen", on=today, by=ana)
    return finn


def meeting(leader: Leader, viewer: Account, today: date) -> Meeting:
    return Meeting(leader=leader, viewer=viewer, now=timezone.now(), today=today)


def words_of(document: Document) -> str:
    return re.sub(r"<[^>]+>", " ", html.render(document).decode())


def test_d4_says_what_is_known_on_one_page_however_much_that_is(
    known: Leader, ana: Account, today: date
) -> None:
    document = leader_brief(meeting(known, ana, today))
    words = words_of(document)

    assert page_count(document) == 1
    assert [each for each in PLANTED if each not in words] == []
    assert "I want to stop finding out in March." in words
    assert "There are others on their page" in words


def test_d4_is_about_a_person_and_says_so(known: Leader, ana: Account, today: date) -> None:
    document = leader_brief(meeting(known, ana, today))
    assert document.klass == "RELATIONSHIP"
    assert "not to be copied" in words_of(document)


def test_d4_to_share_opens_nothing_and_holds_nothing_that_is_thought(
    known: Leader, ana: Account, today: date
) -> None:
    AccessLog.objects.all().delete()
    document = share_safe_brief(meeting(known, ana, today))
    words = words_of(document)

    assert [each for each in PLANTED if each in words] == []
    assert document.klass == "PMO"
    assert not AccessLog.objects.exists()
    assert "Numbers 0" in words


def test_d4_opens_for_its_purpose_only_and_each_time_it_is_logged(
    known: Leader, ana: Account, today: date
) -> None:
    AccessLog.objects.all().delete()
    leader_brief(meeting(known, ana, today))

    logs = AccessLog.objects.all()
    assert set(logs.values_list("purpose", flat=True)) == {"D4"}
    assert {"StanceAssessment", "Position", "Heard"} <= set(logs.values_list("what", flat=True))


def test_d4_for_someone_never_met_brings_the_three_listening_questions(
    finn: Leader, ana: Account, today: date
) -> None:
    words = words_of(leader_brief(meeting(finn, ana, today)))

    assert in_order(words, LISTENING)
    assert "Reason for commissioning: not recorded." in words
    assert "Where they stand is unknown." in words


def test_d4_asks_one_thing_at_most(finn: Leader, ana: Account, today: date) -> None:
    for what in ("Lend an analyst", "Speak at the board"):
        Ask.objects.create(of=finn.person, what=what, why="x", by=today + timedelta(days=5))
    words = words_of(leader_brief(meeting(finn, ana, today)))

    assert ("Lend an analyst" in words) != ("Speak at the board" in words)


def test_d4_is_streamed_with_its_watermark_and_never_kept(
    known: Leader, ana: Account, today: date
) -> None:
    answer = browser_of(ana).post(
        f"/leaders/{known.pk}/brief/printing/", {"purpose": "The charter", "kind": "html"}
    )
    page = answer.content.decode()
    until = today + timedelta(days=7)

    assert answer.headers["Cache-Control"] == "no-store"
    assert "Finn" not in answer.headers["Content-Disposition"]
    assert f"Ana · until {until.day} {until:%B %Y}" in page
    assert "The charter." in page
    (printed,) = Printed.objects.all()
    assert (printed.code, printed.klass, printed.about, printed.printed_by, printed.expires_on) == (
        "D4",
        "relationship",
        known.person,
        ana,
        until,
    )
    assert not Issue.objects.exists()


def test_d4_as_a_paper(known: Leader, ana: Account) -> None:
    answer = browser_of(ana).post(f"/leaders/{known.pk}/brief/printing/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_a_member_prints_the_full_brief_of_those_they_look_after_alone(
    known: Leader, ben: Account
) -> None:
    browser = browser_of(ben)
    assert browser.post(f"/leaders/{known.pk}/brief/printing/").status_code == 404
    page = browser.get(f"/leaders/{known.pk}/brief/").content.decode()
    assert "Print the brief" not in page

    shared = browser.post(f"/leaders/{known.pk}/brief/printing-to-share/", {"kind": "html"})
    assert not [each for each in PLANTED if each in shared.content.decode()]

    listing.hand_to(known, ben)
    assert browser.post(f"/leaders/{known.pk}/brief/printing/").status_code == 200


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.PMO_HEAD, Role.PMO_MEMBER}))
def test_nobody_else_prints_anything_of_a_leader(known: Leader, role: str) -> None:
    browser: Client = browser_of(account_of("Zoe", role))
    assert browser.get(f"/leaders/{known.pk}/brief/").status_code == 404
    for address in ("brief/printing/", "brief/printing-to-share/", "new-leader-pack/"):
        assert browser.post(f"/leaders/{known.pk}/{address}").status_code == 404


def test_d9_tells_a_successor_why_and_what_was_promised_and_nothing_that_was_thought(
    known: Leader, ana: Account, today: date
) -> None:
    new = leader_called("Nora", owner=ana, on=today)
    known.person.successor = new.person
    known.person.save()
    document = new_leader_pack(new.person, ana, now=timezone.now())
    words = words_of(document)

    assert page_count(document) <= 2
    assert "Numbers 0" in words
    assert "I want to stop finding out in March." in words
    assert [each for each in PLANTED if each in words] == []
    assert document.klass == "MGMT"
    assert may_be_issued(document)


def in_order(text: str, parts: Iterable[str]) -> bool:
    return all(text.index(first) < text.index(second) for first, second in pairwise(parts))


def test_s06_who_heads_the_whole_is_touched_by_what_changes_in_any_part_of_it(
    finn: Leader, ana: Account
) -> None:
    group = OrgUnit.objects.create(name="Group")
    division = OrgUnit.objects.create(name="Operations", parent=group)
    depot = OrgUnit.objects.create(name="Depot", parent=division)
    change = ChangeProposal.objects.create(title="Stage checks", what_changes="A gate", why="Dates")
    Impact.objects.create(change=change, org_unit=depot)

    said = {}
    for unit in (group, division, depot, OrgUnit.objects.create(name="Beside", parent=group)):
        finn.person.org_unit = unit
        said[unit.name] = [type(block).__name__ for block in area(finn.person, ana)]

    assert said == {
        "Group": ["Table"],
        "Operations": ["Table"],
        "Depot": ["Table"],
        "Beside": ["Statement"],
    }
