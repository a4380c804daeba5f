"""S20-a, S31-a, D2: the charter is versioned, proposed until management decides, and answered by each leader."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from backing.documents.actions import NotIssued
from backing.documents.desk import desk
from backing.documents.models import Issue
from backing.leaders.actions.listing import put_on_the_list
from backing.mandate.models import MandateDecision
from backing.people.access import Role
from backing.people.models import Account, OrgUnit, Person
from backing.people.models.audited import past_the_guard
from backing.people.tests.conftest import account_of, browser_of
from backing.scope import charters
from backing.scope.compared import compared
from backing.scope.models import (
    Acknowledgement,
    Activity,
    Charter,
    DataRequest,
    OurUnit,
    ScopeItem,
    Service,
)
from backing.scope.papers.charter import CHANGE_LOG, composed, on_one_page
from backing.sponsor.actions import assign
from boardpaper.composed import document_from
from boardpaper.gate import gate
from boardpaper.limits import page_count
from boardpaper.wording import plain

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> Account:
    return account_of("Ana", Role.PMO_HEAD)


def scope(kind: str, statement: str, **more: object) -> ScopeItem:
    return ScopeItem.objects.create(kind=kind, statement=statement, reason="It is agreed", **more)


@pytest.fixture
def ready(ana: Account) -> Charter:
    """A first version with something in and something out."""
    scope("will", "Check each stage")
    scope("wont", "Keep timesheets", nobody_instead=True)
    return charters.begin(on=timezone.localdate())


def put(ana: Account) -> Charter:
    version, at = charters.being_written(), desk(ana, "D2")
    assert version is not None
    assert at is not None
    charters.put(version, at.drafted, at.draft, by=ana, now=timezone.now())
    version.refresh_from_db()
    return version


def decided(**more: object) -> MandateDecision:
    return MandateDecision.objects.create(
        kind="charter",
        question="Is this the charter?",
        options=["Yes", "No"],
        recommendation="Yes",
        if_not_decided="it stays proposed",
        needed_by=timezone.localdate(),
        **{"outcome": "Yes, for a year.", "decided_on": timezone.localdate(), **more},
    )


def test_it_cannot_be_put_before_leaders_without_a_wont(ana: Account) -> None:
    scope("will", "Check each stage")
    charters.begin(on=timezone.localdate())
    answer = browser_of(ana).post("/scope/charter/proposal/")

    assert answer.status_code == 409
    assert "Add at least one “won’t”." in answer.content.decode()
    assert Charter.objects.current() is None


def test_a_version_is_stamped_proposed_until_a_decision_rests_under_it(
    ana: Account, ready: Charter
) -> None:
    version = put(ana)
    assert version.issue is not None
    proposed = document_from(version.issue.composition.encode())
    charters.rest_on(version, decided(), on=timezone.localdate())
    version.refresh_from_db()
    agreed = composed(version, ana)

    assert proposed.title.endswith("version 1, proposed")
    assert plain(proposed.sections[0].lead).startswith("Proposed: no decision of management")
    assert agreed.title.endswith("version 1")
    assert "Yes, for a year." in plain(agreed.sections[0].lead)


def test_once_decided_it_is_issued_again_without_the_stamp_also_while_the_next_is_written(
    ana: Account, ready: Charter
) -> None:
    first = put(ana)
    assert first.issue is not None
    Issue.objects.filter(pk=first.issue.pk).update(state="done")
    charters.begin(on=timezone.localdate())
    answer = browser_of(ana).post("/scope/charter/basis/", {"decision": decided().pk})

    first = Charter.objects.get(version=1)
    assert answer.status_code == 302
    assert first.issue is not None
    assert first.issue.number == 2
    assert document_from(first.issue.composition.encode()).title.endswith("version 1")


def test_a_decision_that_is_open_is_no_basis(ana: Account, ready: Charter) -> None:
    version = put(ana)

    with pytest.raises(charters.NotPut, match="not decided yet"):
        charters.rest_on(version, decided(outcome="", decided_on=None), on=timezone.localdate())


@pytest.mark.parametrize(("days", "kept"), [(365, True), (400, False)])
def test_a_review_beyond_twelve_months_is_refused(
    ana: Account, ready: Charter, days: int, kept: bool
) -> None:
    due = ready.written_on + timedelta(days=days)
    answer = browser_of(ana).post("/scope/charter/words/", {"review_due": due.isoformat()})

    ready.refresh_from_db()
    assert answer.status_code == (302 if kept else 422)
    assert (ready.review_due == due) is kept


def test_the_database_refuses_a_review_beyond_twelve_months_too(
    ana: Account, ready: Charter
) -> None:
    ready.review_due = ready.written_on + timedelta(days=400)

    with pytest.raises(IntegrityError), transaction.atomic():
        ready.save()


def test_the_next_version_says_in_words_what_changed(ana: Account, ready: Charter) -> None:
    first = put(ana)
    ScopeItem.objects.get(kind="wont").delete()
    scope("wont", "Manage suppliers", nobody_instead=True)
    second = charters.begin(on=timezone.localdate())
    assert first.issue is not None
    (change,) = (
        each
        for each in compared(
            document_from(first.issue.composition.encode()),
            composed(second, ana),
            without=CHANGE_LOG,
        )
        if each.section.startswith("Will")
    )

    page = browser_of(ana).get("/scope/charter/").content.decode()
    assert second.version == 2
    assert change.new == ("We won’t – Manage suppliers – It is agreed – nobody: an open gap",)
    assert change.gone == ("We won’t – Keep timesheets – It is agreed – nobody: an open gap",)
    assert "What version 2 says otherwise than version 1" in page


def test_a_leader_answers_by_a_link_on_a_phone_without_an_account(
    ana: Account, ready: Charter
) -> None:
    version, ines = put(ana), Person.objects.create(full_name="Ines")
    put_on_the_list(ines, owner=ana, on=timezone.localdate())
    page = browser_of(ana).post(f"/scope/charter/ask/{ines.pk}/", follow=True).content.decode()
    letter = page.partition("<pre")[2].partition("</pre>")[0]
    (way,) = re.findall(r"/scope/charter/answer/[^\s<&]+", letter)
    phone = Client(enforce_csrf_checks=True)
    seen = phone.get(way)
    silent = phone.post(f"{way}word/", {"response": "objects", "note": ""})
    phone.post(f"{way}word/", {"response": "objects", "note": "Not our month-end."})
    objected = Acknowledgement.objects.get(charter=version, person=ines).response
    phone.post(f"{way}word/", {"response": "acknowledged"})

    given = Acknowledgement.objects.get(charter=version, person=ines)
    assert "Keep timesheets" in seen.content.decode()
    assert (seen["Cache-Control"], silent.status_code) == ("no-store", 422)
    assert objected == "objects"
    assert given.response == "acknowledged"
    assert given.history.count() == 3
    assert phone.get("/scope/charter/answer/guessed/").status_code == 404


def test_who_has_not_answered_the_new_version_stands_on_the_page(
    ana: Account, ready: Charter
) -> None:
    first, ines = put(ana), Person.objects.create(full_name="Ines")
    assert first.issue is not None
    put_on_the_list(ines, owner=ana, on=timezone.localdate())
    charters.ask(first, [ines], by=ana, now=timezone.now())
    charters.answer(first.links.get(), response="acknowledged", note="", now=timezone.now())
    before = browser_of(ana).get("/scope/charter/").content.decode()
    Issue.objects.filter(pk=first.issue.pk).update(state="done")
    charters.begin(on=timezone.localdate())
    put(ana)
    after = browser_of(ana).get("/scope/charter/").content.decode()

    assert "1 of 1 leaders have answered version 1" in before
    assert "0 of 1 leaders have answered version 2" in after
    assert "not asked yet" in after


def test_d2_has_twelve_sections_that_pass_the_gate_on_six_pages_and_one(
    ana: Account, ready: Charter
) -> None:
    for number in range(8):
        scope("wont", f"Leave out {number}", nobody_instead=True)
    ready.sections = dict.fromkeys(charters.WRITTEN, "One sentence. And another one.")
    ready.save()
    document = composed(ready, ana)

    assert len(document.sections) == 12
    assert [each for each in gate(document) if each.blocks] == []
    assert page_count(document) <= 6
    assert page_count(on_one_page(ready, ana)) == 1


def test_d2_names_the_sponsor_and_the_deputy(ana: Account, ready: Charter) -> None:
    before = said(ready, ana)
    vale, deputy = (Person.objects.create(full_name=name) for name in ("Conrad Vale", "Ines Roe"))
    assign(vale, origin="assigned", since=timezone.localdate(), span=(), deputy=deputy)

    assert "No sponsor is named yet, nor a deputy." in before
    assert "The sponsor is Conrad Vale; in their absence Ines Roe." in said(ready, ana)


def said(version: Charter, viewer: Account) -> list[str]:
    return [plain(claim) for claim in composed(version, viewer).claims()]


def test_the_headings_of_d2_say_what_was_found(ana: Account, ready: Charter) -> None:
    told = said(ready, ana)
    assert "What can be asked of the office is not described yet." in told
    assert "This is the first version." in told
    assert "We ask nothing of others regularly." in told

    unit = OrgUnit.objects.create(name="Project office")
    OurUnit.objects.create(pk=1, unit=unit)
    today = timezone.localdate()
    work = Activity.objects.create(name="Stage check", org_unit=unit, noted_on=today)
    Service.objects.create(activity=work, name="Stage check", for_whom="sponsors")
    asked(what="Forecast", decision_it_feeds="What starts next")
    idle = asked(what="Rating")
    told = said(ready, ana)

    assert "For one activity nobody answers yet." in told
    assert "One service is there to be asked for." in told
    assert "We ask two things of you; one feeds no decision yet." in told
    idle.delete()
    assert "We ask one thing of you; each feeds a decision." in said(ready, ana)


def asked(**what: str) -> DataRequest:
    return DataRequest.objects.create(
        **what, to_role=Role.SPONSOR, minutes_each=10, begins=timezone.localdate()
    )


def test_a_leader_reads_the_standing_version_and_not_who_answered(
    ana: Account, ready: Charter
) -> None:
    put(ana)
    page = browser_of(account_of("Lea", Role.LEADER)).get("/scope/charter/").content.decode()

    assert "Version 1 is proposed" in page
    assert "have answered" not in page
    assert "Begin the next version" not in page


def test_the_studio_leaves_issuing_to_the_page_of_the_charter(ana: Account, ready: Charter) -> None:
    browser = browser_of(ana)

    assert "It is issued on its own page" in browser.get("/documents/D2/").content.decode()
    assert browser.post("/documents/D2/issue/").status_code == 404


def test_a_year_after_the_29th_of_february_is_the_first_of_march() -> None:
    assert charters.a_year_after(date(2028, 2, 29)) == date(2029, 3, 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_put_one_version_at_once_one_is_refused(ana: Account, ready: Charter) -> None:
    at = desk(ana, "D2")
    assert at is not None
    together, wrote = threading.Barrier(2), []

    def write() -> None:
        together.wait()
        try:
            charters.put(ready, at.drafted, at.draft, by=ana, now=timezone.now())
            wrote.append(ready)
        except (charters.NotPut, NotIssued, Error):
            pass
        finally:
            connection.close()

    at_once(write, write)

    assert Issue.objects.count() == len(wrote) == 1
    assert Charter.objects.get().status == Charter.Status.PROPOSED


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_a_version_at_once_one_version_is_written(ana: Account) -> None:
    together = threading.Barrier(2)

    def write() -> None:
        together.wait()
        try:
            charters.begin(on=timezone.localdate())
        except Error:
            pass
        finally:
            connection.close()

    at_once(write, write)

    assert Charter.objects.get().version == 1


@pytest.mark.django_db(transaction=True)
def test_a_review_beyond_twelve_months_is_refused_where_two_write_at_once(
    ana: Account, ready: Charter
) -> None:
    """The one sees a later start, the other a later review; neither may leave both."""
    start, due = ready.written_on + timedelta(days=30), ready.review_due + timedelta(days=30)
    past_the_guard(Charter).filter(pk=ready.pk).update(effective=start)
    together, refused = threading.Barrier(2), []

    def write(**change: object) -> None:
        together.wait()
        try:
            with transaction.atomic():
                past_the_guard(Charter).filter(pk=ready.pk).update(**change)
        except Error:
            refused.append(change)
        finally:
            connection.close()

    at_once(partial(write, effective=None), partial(write, review_due=due))

    found = Charter.objects.get()
    assert len(refused) == 1
    assert found.review_due <= charters.a_year_after(found.effective or found.written_on)


def at_once(*writing: Callable[[], None]) -> None:
    writers = [threading.Thread(target=each) for each in writing]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
