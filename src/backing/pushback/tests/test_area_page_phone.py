"""What a change means for a unit, by a link to whoever heads it (journey 4.7; S08, S12, X3)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from backing.evidence.models import MirroredProject
from backing.leaders.actions import opinions
from backing.leaders.actions.listing import put_on_the_list
from backing.leaders.actions.promises import keep, promise, renegotiate
from backing.leaders.models import Commitment
from backing.mandate import privacy as mandate_privacy
from backing.mandate.actions import touch
from backing.mandate.models import ChangeProposal, Impact, ImpactCorrection
from backing.outbox.models import Letter
from backing.people.access import Role
from backing.people.advising import Office
from backing.people.models import Account, OrgUnit, Person
from backing.people.names import Names
from backing.people.tests.conftest import account_of, browser_of
from backing.pushback import actions, areas, privacy
from backing.pushback.advice import uncorrected
from backing.pushback.models import AreaLink, Pushback, PushbackResponse
from backing.scope.actions import begin_hand_over, say_which_unit_we_are
from backing.scope.models import Activity, Code, HandOver

pytestmark = pytest.mark.django_db
ONCE = "a-form-of-its-own"


@pytest.fixture(autouse=True)
def _no_guesses_yet() -> None:
    cache.clear()


@pytest.fixture
def helena() -> Person:
    person = Person.objects.create(full_name="Helena Ravensworth", email="h@aldmoor.example")
    person.org_unit = OrgUnit.objects.create(name="Finance", head=person)
    person.save()
    return person


@pytest.fixture
def impact(helena: Person) -> Impact:
    change = ChangeProposal.objects.create(
        title="One intake",
        what_changes="Every new project enters by one page.",
        why="Five doors, and nobody knows what is coming.",
        start=date(2027, 3, 1),
        status="proposed",
    )
    assert helena.org_unit is not None
    return touch(
        change,
        helena.org_unit,
        degree="high",
        stops="The budget request of two pages",
        hours_once=Decimal(8),
        hours_a_month=Decimal("1.5"),
        begins=date(2027, 3, 8),
    )


def sent(impact: Impact, head: Person, by: Account, *, days_ago: int = 0) -> str:
    now = timezone.now() - timedelta(days=days_ago)
    return f"/pushback/area/{areas.link_to_area(impact, head, by=by, now=now)}/"


def words(address: str) -> str:
    page = Client().get(address)
    assert page.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


# What it says.


def test_it_says_until_when_the_link_works(ana: Account, helena: Person, impact: Impact) -> None:
    until = timezone.localdate() + areas.LASTS

    assert f"It works until {until.day} {until:%B %Y}." in words(sent(impact, helena, ana))


def test_s08_it_says_what_changes_for_which_projects_when_what_stops_what_it_takes_and_what_was_promised(
    ana: Account, helena: Person, impact: Impact
) -> None:
    for number, state in enumerate(("open", "open", "finished")):
        place = {"register": "r", "key": f"P{number}", "project": f"r/P{number}", "facts": {}}
        MirroredProject.objects.create(
            name=f"Ledger {number}", org_unit="FINANCE", state=state, **place
        )
    MirroredProject.objects.create(
        name="Tills",
        org_unit="Retail",
        state="open",
        register="r",
        key="T",
        project="r/T",
        facts={},
    )
    promised = promise(
        by=ana.person,
        to=helena,
        what="No form in month-end",
        due=date(2027, 2, 1),
        change=impact.change,
    )
    keep(promised, on=date(2027, 1, 20))
    page = words(sent(impact, helena, ana))

    for part in (
        "“One intake”: what it means for Finance",
        "Every new project enters by one page.",
        "Five doors",
        "two of your projects: Ledger 0, Ledger 1",
        "8 March 2027 for you; elsewhere 1 March 2027",
        "The budget request of two pages",
        "8 hours to begin with, 1.5 hours a month",
        "No form in month-end kept on 20 January 2027",
    ):
        assert part in page
    assert "Ledger 2" not in page
    assert "Tills" not in page


def test_what_nobody_has_said_yet_is_said_so(ana: Account, helena: Person, impact: Impact) -> None:
    change = ChangeProposal.objects.create(title="Second", what_changes="More", why="Because")
    assert helena.org_unit is not None
    page = words(sent(touch(change, helena.org_unit, degree="low"), helena, ana))

    for part in ("no open project of yours", "no day is set yet", "not said yet", "nothing yet"):
        assert part in page


def test_3_11_promises_to_others_about_others_and_between_others_are_not_on_it(
    ana: Account, helena: Person, impact: Impact
) -> None:
    rafe = Person.objects.create(full_name="Rafe Dunmore")
    other = ChangeProposal.objects.create(title="Other", what_changes="More", why="Because")
    due = date(2027, 2, 1)
    promise(by=ana.person, to=rafe, what="To another", due=due, change=impact.change)
    promise(by=ana.person, to=helena, what="Of another change", due=due, change=other)
    promise(by=rafe, to=helena, what="By a colleague", due=due, change=impact.change)
    moved = promise(by=ana.person, to=helena, what="Her own", due=due, change=impact.change)
    renegotiate(moved, due=date(2027, 2, 9))
    page = words(sent(impact, helena, ana))

    assert page.count("Her own") == 1
    assert "Her own due 9 February 2027" in page
    for kept_back in ("To another", "Of another change", "By a colleague"):
        assert kept_back not in page


def test_nothing_of_where_anybody_stands_is_on_it_nor_that_work_is_done_twice(
    ana: Account, helena: Person, impact: Impact
) -> None:
    """4.7: "be told 'resistant'; find their activity listed as duplicated before anyone asked them"."""
    today = timezone.localdate()
    leader = put_on_the_list(helena, owner=ana, on=today)
    opinions.assess_stance(
        leader,
        level="resistant",
        basis="said_to_me",
        evidence="Quagglewort, she said.",
        on=today,
        by=ana,
    )
    office = OrgUnit.objects.create(name="The office itself")
    say_which_unit_we_are(office)
    for unit in (office, impact.org_unit):
        Activity.objects.create(
            name="Budget gatekeeping", org_unit=unit, code=Code.METHOD, noted_on=today
        )
    page = words(sent(impact, helena, ana))

    for kept_back in ("Quagglewort", "resistant", "Resistant", "gatekeeping", "duplicat", "twice"):
        assert kept_back not in page


def test_s20_work_that_changes_hands_shows_both_sides_of_the_checklist(
    ana: Account, helena: Person, impact: Impact
) -> None:
    office = OrgUnit.objects.create(name="Project office")
    today = timezone.localdate()
    going = begin_hand_over(
        HandOver(
            activity=Activity.objects.create(
                name="Starts list", org_unit=impact.org_unit, noted_on=today
            ),
            giver=impact.org_unit,
            receiver=office,
            giving_ends=today,
            taking_starts=today + timedelta(days=1),
        )
    )
    first = going.items.all()[0]
    first.done_on = date(2026, 5, 4)
    first.save()
    page = words(sent(impact, helena, ana))

    assert "“Starts list” goes from Finance to Project office" in page
    assert f"{first.item} 4 May not yet" in page


# What is said from it.


def test_one_tap_says_that_it_is_right(ana: Account, helena: Person, impact: Impact) -> None:
    address = sent(impact, helena, ana)
    assert Client().post(f"{address}right/").status_code == 302
    impact.refresh_from_db()

    assert impact.confirmed_by_head_on == timezone.localdate()
    assert "You looked at it on" in words(address)


def correct(address: str, **said: str) -> None:
    given = {"words": "Nearer nine hours.", "once": ONCE, **said}
    assert Client().post(f"{address}correction/", given).status_code == 302


def test_a_correction_that_is_taken_changes_the_impact_and_they_see_it(
    ana: Account, helena: Person, impact: Impact
) -> None:
    address = sent(impact, helena, ana)
    correct(address, hours_a_month="9")
    assert "An answer is due" in words(address)
    office = browser_of(ana)
    assert "Nearer nine hours." in office.get("/pushback/").content.decode()
    said = ImpactCorrection.objects.get()
    office.post(
        f"/why/corrections/{said.pk}/answer/",
        {"outcome": "taken", "answer": "Yes, we had not counted the store request."},
    )
    impact.refresh_from_db()
    page = words(address)

    assert (impact.hours_once, impact.hours_a_month, impact.degree) == (8, 9, "high")
    assert impact.confirmed_by_head_on == timezone.localdate()
    assert "8 hours to begin with, 9 hours a month" in page
    assert "Corrected as they say. Yes, we had not counted the store request." in page


def test_one_that_is_declined_needs_a_reason_and_changes_nothing(
    ana: Account, helena: Person, impact: Impact
) -> None:
    address = sent(impact, helena, ana)
    correct(address, degree="low", hours_once="1")
    way = f"/why/corrections/{ImpactCorrection.objects.get().pk}/answer/"
    office = browser_of(ana)
    assert office.post(way, {"outcome": "declined", "answer": ""}).status_code == 422
    office.post(way, {"outcome": "declined", "answer": "The page takes five minutes; we timed it."})
    impact.refresh_from_db()

    assert (impact.hours_once, impact.degree, impact.confirmed_by_head_on) == (8, "high", None)
    assert "Left as it was. The page takes five minutes; we timed it." in words(address)
    assert office.post(way, {"outcome": "taken", "answer": "Yes"}).status_code == 404  # said once


def test_the_same_form_twice_is_one_correction_and_a_flood_waits(
    ana: Account, helena: Person, impact: Impact
) -> None:
    address = sent(impact, helena, ana)
    correct(address)
    correct(address)
    assert ImpactCorrection.objects.count() == 1
    for number in range(19):
        correct(address, once=f"{ONCE}-{number}")
    given = {"words": "Once more.", "once": f"{ONCE}-again"}
    refused = Client().post(f"{address}correction/", given)

    assert refused.status_code == 422
    assert "Try in an hour" in refused.content.decode()


def test_rule_12_a_correction_left_waiting_stands_in_this_week_and_an_answered_one_does_not(
    ana: Account, helena: Person, impact: Impact
) -> None:
    correct(sent(impact, helena, ana), hours_a_month="9")
    today = timezone.localdate()
    assert not list(uncorrected(Office({}), ana, today + timedelta(days=7)))
    (late,) = uncorrected(Office({}), ana, today + timedelta(days=14))
    assert "Finance corrected what “One intake” means there" in late.title
    browser_of(ana).post(
        f"/why/corrections/{ImpactCorrection.objects.get().pk}/answer/",
        {"outcome": "declined", "answer": "We timed it."},
    )

    assert not list(uncorrected(Office({}), ana, today + timedelta(days=14)))


def object_to(address: str, **said: str) -> str:
    given = {"text": "Month-end reporting clashes.", "once": ONCE, **said}
    answer = Client().post(f"{address}objection/", given)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def test_s12_they_object_set_a_condition_and_see_what_was_changed_and_taken_away(
    ana: Account, helena: Person, impact: Impact
) -> None:
    """4.7: "Changed: date moved to the 8th for your area. Removed: your own status template"."""
    address = sent(impact, helena, ana)
    follow = object_to(
        address, condition="The close is spared", instead="After the close", cause="lack_of_time"
    )
    raised = Pushback.objects.get()
    assert (raised.raised_by, raised.unit, raised.change) == (
        helena,
        impact.org_unit,
        impact.change,
    )
    assert (raised.condition, raised.cause) == ("The close is spared", "lack_of_time")
    assert "An answer is due" in words(address)
    office = browser_of(ana)
    assert "They would agree if: “The close is spared”" in (
        office.get(f"/pushback/{raised.pk}/").content.decode()
    )
    office.post(
        f"/pushback/{raised.pk}/answer/",
        {
            "kind": "accept_change",
            "text": "Month-end comes first.",
            "what_changes": "Date moved to the 8th for your area.",
            "removed": "Your own status template, from 1 June.",
        },
    )

    for page in (words(address), words(follow)):
        assert "Date moved to the 8th for your area." in page
        assert "Removed: Your own status template, from 1 June." in page
    assert "You said: “Month-end reporting clashes.” Changed: Date moved" in words(address)


def test_what_is_declined_takes_nothing_away(ana: Account, helena: Person, impact: Impact) -> None:
    object_to(sent(impact, helena, ana))
    actions.answer(
        Pushback.objects.get(),
        kind=PushbackResponse.Kind.DECLINE,
        text="The close is in another week.",
        what_changes="",
        removed="Your template",
        by=ana,
        now=timezone.now(),
    )
    page = words(sent(impact, helena, ana))

    assert "No, and this is why. The close is in another week." in page
    assert "Removed" not in page


def test_in_confidence_neither_she_nor_her_unit_is_kept(
    ana: Account, helena: Person, impact: Impact
) -> None:
    address = sent(impact, helena, ana)
    before = list(AreaLink.objects.values())
    object_to(address, in_confidence="on")
    raised = Pushback.objects.get()

    assert (raised.raised_by, raised.unit, raised.known_as) == (None, None, "")
    assert {each.history_user for each in Pushback.history.all()} == {None}
    assert list(AreaLink.objects.values()) == before
    assert "Month-end" not in words(address)


def test_without_words_nothing_is_sent_and_the_page_says_so(
    ana: Account, helena: Person, impact: Impact
) -> None:
    address = sent(impact, helena, ana)
    for way in ("correction", "objection"):
        refused = Client().post(f"{address}{way}/", {"once": ONCE})
        assert refused.status_code == 422
        assert "Nothing is sent yet." in refused.content.decode()
    assert not Pushback.objects.exists()
    assert not ImpactCorrection.objects.exists()


# The link.


def test_it_opens_only_as_long_as_they_head_the_unit(
    ana: Account, helena: Person, impact: Impact
) -> None:
    address = sent(impact, helena, ana)
    impact.org_unit.head = Person.objects.create(full_name="Nora Quill")
    impact.org_unit.save()

    assert Client().get(address).status_code == 404
    for way in ("right", "correction", "objection"):
        given = {"text": "No.", "words": "No.", "once": ONCE}
        assert Client().post(f"{address}{way}/", given).status_code == 404
    assert not Pushback.objects.exists()


def test_of_a_change_that_was_dropped_it_says_so_and_asks_nothing(
    ana: Account, helena: Person, impact: Impact
) -> None:
    address = sent(impact, helena, ana)
    impact.change.status = "dropped"
    impact.change.save()
    page = words(address)

    assert "was dropped. Nothing changes for Finance." in page
    assert "That is right" not in page


def test_x3_it_is_under_fifty_kilobytes_and_needs_no_script_nor_cookie(
    ana: Account, helena: Person, impact: Impact
) -> None:
    for number in range(30):
        place = {"register": "r", "key": f"P{number}", "project": f"r/P{number}", "facts": {}}
        MirroredProject.objects.create(
            name=f"A long name of a project, number {number}",
            org_unit="Finance",
            state="open",
            **place,
        )
    browser = Client()
    answer = browser.get(sent(impact, helena, ana))
    files = re.findall(rb'(?:href|src)="/static/[^/]+/([^"]+)"', answer.content)
    sizes = [Path(str(finders.find(each.decode()))).stat().st_size for each in files]

    assert len(sizes) > 4
    assert len(answer.content) + sum(sizes) < 50_000  # before any compression
    assert b"<script" not in answer.content
    assert not browser.cookies
    assert "and 18 more" in answer.content.decode()


# With an account.


@pytest.fixture
def helenas(helena: Person) -> Client:
    """Her browser, signed in."""
    account = Account(person=helena, email=helena.email, role=Role.LEADER)
    account.set_unusable_password()
    account.save()
    return browser_of(account)


def test_who_is_signed_in_comes_from_home_to_the_page_that_the_link_opens(
    ana: Account, helena: Person, impact: Impact, helenas: Client
) -> None:
    home = helenas.get("/").content.decode()
    assert "One change touches what you head" in home
    (own,) = re.findall(r'href="(/pushback/my-areas/\d+/)"', home)
    page = helenas.get(own)
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))

    assert page.headers["Cache-Control"] == "no-store"
    by_link = words(sent(impact, helena, ana))
    assert by_link[by_link.index("“One intake”") : by_link.index("Only the project office")] in text


def test_signed_in_they_confirm_correct_and_object_as_by_the_link(
    impact: Impact, helena: Person, helenas: Client
) -> None:
    own = f"/pushback/my-areas/{impact.pk}/"
    helenas.post(f"{own}right/")
    helenas.post(f"{own}correction/", {"words": "Nearer nine hours.", "once": ONCE})
    answer = helenas.post(f"{own}objection/", {"text": "Month-end clashes.", "once": ONCE})
    impact.refresh_from_db()
    raised = Pushback.objects.get()

    assert impact.confirmed_by_head_on == timezone.localdate()
    assert ImpactCorrection.objects.get().said_by == helena
    assert (raised.raised_by, raised.unit) == (helena, impact.org_unit)
    assert Client().get(answer.headers["Location"]).status_code == 200
    assert helenas.post(f"{own}correction/", {"words": "", "once": "x"}).status_code == 422


def test_signed_in_in_confidence_neither_they_nor_their_unit_is_kept(
    impact: Impact, helenas: Client
) -> None:
    said = {"text": "It clashes.", "once": ONCE, "in_confidence": "on"}
    helenas.post(f"/pushback/my-areas/{impact.pk}/objection/", said)
    raised = Pushback.objects.get()

    assert (raised.raised_by, raised.unit) == (None, None)


def test_it_opens_to_the_one_who_heads_the_unit_and_to_nobody_else(
    ana: Account, helena: Person, impact: Impact, helenas: Client
) -> None:
    colleague = account_of("Rafe", Role.LEADER)
    colleague.person.org_unit = impact.org_unit  # in it, and not its head
    colleague.person.save()
    other = account_of("Cleo", Role.LEADER)
    OrgUnit.objects.create(name="Retail", head=other.person)
    roles = [account_of(f"R {role.value}", role) for role in Role]
    for browser in (Client(), *map(browser_of, (ana, colleague, other, *roles))):
        assert browser.get(f"/pushback/my-areas/{impact.pk}/").status_code == 404
        for act in ("right", "correction", "objection"):
            said = {"words": "x", "text": "x", "once": ONCE}
            address = f"/pushback/my-areas/{impact.pk}/{act}/"
            assert browser.post(address, said).status_code == 404
        assert "my-areas" not in browser.get("/").content.decode()
    assert helenas.get(f"/pushback/my-areas/{impact.pk}/").status_code == 200
    impact.org_unit.head = None
    impact.org_unit.save()

    assert helenas.get(f"/pushback/my-areas/{impact.pk}/").status_code == 404
    assert not ImpactCorrection.objects.exists()


def test_its_forms_signed_in_are_taken_from_this_office_alone(
    impact: Impact, helenas: Client
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = helenas.cookies

    assert strict.post(f"/pushback/my-areas/{impact.pk}/right/").status_code == 403


def test_a_change_that_was_dropped_is_not_on_home(impact: Impact, helenas: Client) -> None:
    impact.change.status = "dropped"
    impact.change.save()

    assert "my-areas" not in helenas.get("/").content.decode()


# For the office.


def test_the_office_fills_it_in_looks_at_it_and_writes_the_letter(
    ana: Account, helena: Person, impact: Impact
) -> None:
    office = browser_of(ana)
    change = f"/why/changes/{impact.change_id}/"
    form = office.get(f"{change}?unit={impact.org_unit_id}").content.decode()
    assert 'value="The budget request of two pages"' in form
    office.post(
        f"{change}impact/",
        {
            "org_unit": impact.org_unit_id,
            "degree": "low",
            "stops": "Two forms",
            "hours_a_month": "0.5",
        },
    )
    impact.refresh_from_db()
    assert (impact.stops, impact.hours_once, impact.hours_a_month) == (
        "Two forms",
        None,
        Decimal("0.5"),
    )
    preview = office.get(f"/pushback/areas/{impact.pk}/").content.decode()
    assert "Two forms" in preview
    assert "That is right" not in preview

    office.post(f"/pushback/areas/{impact.pk}/letter/")
    assert Letter.objects.get().to == helena
    assert "their link opens until" in office.get(change).content.decode()


def test_a_promise_names_its_change_on_its_form(
    ana: Account, helena: Person, impact: Impact
) -> None:
    leader = put_on_the_list(helena, owner=ana, on=timezone.localdate())
    due = (timezone.localdate() + timedelta(days=9)).isoformat()
    browser_of(ana).post(
        f"/leaders/{leader.pk}/promise/",
        {"whose": "ours", "what": "No form", "due": due, "change": impact.change_id},
    )

    assert Commitment.objects.get().change == impact.change


def test_no_one_else_looks_writes_answers_or_closes(
    ana: Account, helena: Person, impact: Impact
) -> None:
    address = sent(impact, helena, ana)
    correct(address)
    said = ImpactCorrection.objects.get()
    for browser in (Client(), browser_of(account_of("Pam", Role.PROJECT_MANAGER))):
        assert browser.get(f"/pushback/areas/{impact.pk}/").status_code == 404
        for act in ("letter", "withdrawal"):
            assert browser.post(f"/pushback/areas/{impact.pk}/{act}/").status_code == 404
        assert browser.post(f"/why/corrections/{said.pk}/answer/").status_code == 404
    assert Client().get(address).status_code == 200


def test_3_12_erased_what_they_corrected_stays_without_their_name(
    ana: Account, helena: Person, impact: Impact
) -> None:
    address = sent(impact, helena, ana)
    correct(address, words="Helena Ravensworth counted nine.")
    (told,) = [
        each
        for each in mandate_privacy.export_of(helena, ana, timezone.now())
        if each.title == "What you corrected about a change"
    ]
    assert ("you said", "Helena Ravensworth counted nine.") in told.entries[0].says
    for app in (privacy, mandate_privacy):
        app.erase(helena, Names.of(helena))
    said = ImpactCorrection.objects.get()

    assert said.said_by is None
    assert "Helena" not in said.words
    assert not ImpactCorrection.history.filter(words__contains="Helena").exists()
    assert not AreaLink.objects.exists()
    assert Client().get(address).status_code == 404
