"""What the office owes the people it writes about (requirements.md 3.12, RULE-25, D9b, D13)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backing.leaders import privacy as leaders_privacy
from backing.leaders.actions.conversations import capture
from backing.leaders.actions.listing import put_on_the_list, take_off_the_list
from backing.leaders.actions.opinions import assess_stance, note_listening
from backing.leaders.keeping import MayNotKeep
from backing.leaders.models import Heard, Leader, StanceAssessment, Touchpoint
from backing.people import key, pack, retention, rights, sensitive
from backing.people.access import Confidentiality
from backing.people.advice import advice
from backing.people.advising import Advice, Office
from backing.people.models import (
    AccessLog,
    AccessRequest,
    Account,
    LegitimateInterests,
    OwnStatement,
    Person,
    Sealed,
)
from backing.people.tests.conftest import MAY, browser_of

pytestmark = pytest.mark.django_db
DAY = MAY.date()
DEFAULTS = Office({})


@pytest.fixture(autouse=True)
def key_file(tmp_path: Path, settings: object) -> None:
    settings.BACKING_KEY_FILE = tmp_path / "key"  # type: ignore[attr-defined]
    key.make(tmp_path / "key")


@pytest.fixture
def dev(ana: Account) -> Leader:
    person = Person.objects.create(full_name="Dev Stone", job_title="Head of Property")
    return put_on_the_list(person, owner=ana, on=DAY)


def thought(leader: Leader, words: str, *, by: Account, on: date = DAY) -> StanceAssessment:
    return assess_stance(leader, level="neutral", basis="said_to_me", evidence=words, on=on, by=by)


def heard(leader: Leader, words: str, *, by: Account, at: datetime = MAY) -> Touchpoint:
    return capture([leader.person], kind=Touchpoint.Kind.ONE_TO_ONE, at=at, by=by, words=words)


def about(found: Iterable[Advice], subject: str) -> list[Advice]:
    return [each for each in found if each.subject.startswith(subject)]


# The grounds.


def test_nothing_is_kept_before_the_head_has_answered_four_questions(
    ana: Account, dev: Leader
) -> None:
    LegitimateInterests.objects.all().delete()
    browser = browser_of(ana)
    with pytest.raises(MayNotKeep, match="Four short answers"):
        thought(dev, "asked for dates", by=ana)

    page = browser.get("/people/care/grounds/").content.decode()
    assert "Before the first note" in page
    answers = dict.fromkeys(("purpose", "necessity", "balance", "safeguards"), "Weighed.")
    assert browser.post("/people/care/grounds/", answers).status_code == 302

    thought(dev, "asked for dates", by=ana)
    assert StanceAssessment.objects.count() == 1


def test_the_data_protection_officer_reads_the_grounds_and_the_log_and_no_names_of_requests(
    ana: Account, dev: Leader
) -> None:
    from backing.people.tests.conftest import account_of

    rights.ask_for_access(dev.person, received=DAY)
    officer = browser_of(account_of("Olu", "dpo"))

    assert "Purpose" in officer.get("/people/care/grounds/").content.decode()
    assert officer.get("/people/care/log/").status_code == 200
    assert "Dev Stone" not in officer.get("/people/care/").content.decode()
    assert officer.get(f"/people/persons/{dev.person_id}/data/").status_code == 404


# The notice.


def test_d9b_is_made_from_the_purpose_of_the_office_and_kept_nowhere(ana: Account) -> None:
    answer = browser_of(ana).post("/people/care/notice/html/")

    words = answer.content.decode()
    assert LegitimateInterests.objects.get().purpose[:40] in words
    assert answer.headers["Cache-Control"] == "no-store"


def test_rule_25_asks_for_the_notice_after_thirty_days_and_is_quiet_once_it_is_given(
    ana: Account, dev: Leader
) -> None:
    thought(dev, "asked for dates", by=ana)

    def asked(on: date) -> list[Advice]:
        return about(advice(DEFAULTS, ana, on), "notice-")

    assert asked(DAY + timedelta(days=30)) == []
    assert [each.title for each in asked(DAY + timedelta(days=31))] == [
        "Dev Stone has not been told that you keep notes."
    ]
    browser_of(ana).post(f"/people/persons/{dev.person_id}/telling/", {"on": DAY.isoformat()})
    assert asked(DAY + timedelta(days=31)) == []


# Access.


def test_an_access_request_is_due_in_a_month_and_rule_25_speaks_ten_days_before(
    ana: Account, dev: Leader
) -> None:
    asked = rights.ask_for_access(dev.person, received=date(2026, 1, 31))

    assert asked.due_on == date(2026, 2, 28)
    assert about(advice(DEFAULTS, ana, date(2026, 2, 17)), "request-") == []
    (found,) = about(advice(DEFAULTS, ana, date(2026, 2, 18)), "request-")
    assert found.due == date(2026, 2, 28)
    browser_of(ana).post(f"/people/requests/{asked.pk}/answer/")
    assert about(advice(DEFAULTS, ana, date(2026, 2, 18)), "request-") == []


def test_d13_holds_all_that_is_kept_of_a_person_and_nobody_elses_name(
    ana: Account, dev: Leader
) -> None:
    gil = Person.objects.create(full_name="Gil Roe")
    stance = thought(dev, "said that Gil Roe doubts the dates", by=ana)
    heard(dev, "Roe will ask him for budget", by=ana)
    note_listening(dev, gil, strength="strong", basis="seen", on=DAY, by=ana)
    rights.state(
        dev.person, "I never said so", entry=f"StanceAssessment {stance.pk}", by=ana, on=DAY
    )
    AccessLog.objects.all().delete()

    answer = browser_of(ana).post(f"/people/persons/{dev.person_id}/pack/json/")

    words = answer.content.decode()
    assert all(said in words for said in ("doubts the dates", "budget", "I never said so"))
    assert "Gil" not in words
    assert "Roe" not in words
    assert "Ana" not in words
    assert "no-store" in answer.headers["Cache-Control"]
    told = {log.what for log in AccessLog.objects.all()}
    assert {"StanceAssessment", "Heard", "InfluenceLink", "OwnStatement", pack.WHAT} <= told


def test_d13_says_on_paper_what_it_says_to_a_machine(ana: Account, dev: Leader) -> None:
    thought(dev, "asked for dates before budget", by=ana)
    browser = browser_of(ana)

    paper = browser.post(f"/people/persons/{dev.person_id}/pack/html/").content.decode()
    page = browser.post(f"/people/persons/{dev.person_id}/reading/")

    assert "asked for dates before budget" in paper
    assert "asked for dates before budget" in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    made = pack.document(pack.of(dev.person, ana, MAY), organisation="Aldmoor", invented=True)
    assert made.klass == Confidentiality.RELATIONSHIP.name


def test_a_member_of_the_office_makes_no_pack(ben: Account, dev: Leader) -> None:
    for way in ("pack/json/", "reading/", "objection/", "erasure/"):
        answer = browser_of(ben).post(f"/people/persons/{dev.person_id}/{way}")
        assert answer.status_code == 404


# Objection and rectification.


def test_an_objection_locks_what_is_noted_until_it_is_settled(ana: Account, dev: Leader) -> None:
    browser = browser_of(ana)
    browser.post(f"/people/persons/{dev.person_id}/objection/")
    dev.person.refresh_from_db()

    with pytest.raises(MayNotKeep, match="objected"):
        thought(Leader.objects.get(pk=dev.pk), "asked for dates", by=ana)
    browser.post(f"/people/persons/{dev.person_id}/settling/")
    thought(Leader.objects.get(pk=dev.pk), "asked for dates", by=ana)


def test_a_statement_of_their_own_is_sealed_and_stands_beside_the_entry(
    ana: Account, dev: Leader
) -> None:
    stance = thought(dev, "asked for dates", by=ana)
    entry = f"StanceAssessment {stance.pk}"
    browser_of(ana).post(
        f"/people/persons/{dev.person_id}/statement/",
        {"entry": f"Stance assessment {stance.pk}", "words": "Not my words."},
    )

    made = pack.of(dev.person, ana, MAY)
    assert made.statements[entry] == ("Not my words.",)
    called = {each.name: each.called for section in made.sections for each in section.entries}
    assert called[entry] == f"Stance assessment {stance.pk}"
    assert "Not my words." not in str(OwnStatement.objects.values())


# Retention.


def test_what_is_past_its_time_is_listed_and_then_erased(ana: Account, dev: Leader) -> None:
    heard(dev, "two years ago", by=ana, at=MAY - timedelta(days=731))
    heard(dev, "last week", by=ana)

    (due,) = retention.review_list(DEFAULTS, DAY)
    assert (due.code, due.count, due.person_id) == ("heard", 1, dev.person_id)
    assert about(advice(DEFAULTS, ana, DAY), "retention")

    assert retention.forget([due], DEFAULTS, DAY) == 1
    assert Heard.objects.count() == 1
    assert retention.review_list(DEFAULTS, DAY) == []
    assert about(advice(DEFAULTS, ana, DAY), "retention") == []


def test_notes_go_ninety_days_after_somebody_has_left_the_role(ana: Account, dev: Leader) -> None:
    thought(dev, "asked for dates", by=ana)
    take_off_the_list(dev, on=DAY)

    assert retention.review_list(DEFAULTS, DAY + timedelta(days=89)) == []
    (due,) = retention.review_list(DEFAULTS, DAY + timedelta(days=90))
    retention.forget([due], DEFAULTS, DAY + timedelta(days=90))

    assert not StanceAssessment.objects.exists()


def test_the_access_log_is_kept_two_years(ana: Account) -> None:
    for days in (729, 731):
        at = MAY - timedelta(days=days)
        AccessLog.objects.create(who=ana, what="Heard", count=1, purpose="brief", at=at)

    (due,) = retention.review_list(DEFAULTS, DAY)
    retention.forget([due], DEFAULTS, DAY)

    assert AccessLog.objects.count() == 1


def test_the_review_list_erases_what_was_ticked_and_nothing_else(ana: Account, dev: Leader) -> None:
    heard(dev, "long ago", by=ana, at=timezone.now() - timedelta(days=800))
    browser = browser_of(ana)

    assert "Dev Stone" in browser.get("/people/care/review/").content.decode()
    browser.post("/people/care/review/", {"due": []})
    assert Heard.objects.exists()
    browser.post("/people/care/review/", {"due": [f"leaders/heard/{dev.person_id}"]})
    assert not Heard.objects.exists()


def test_the_log_says_about_whom_each_reading_was_by_name_and_in_the_file_by_number(
    ana: Account, dev: Leader
) -> None:
    thought(dev, "asked for the numbers", by=ana)
    StanceAssessment.objects.open_sealed(viewer=ana, purpose="brief", now=MAY)
    browser = browser_of(ana)

    assert "Dev Stone" in browser.get("/people/care/log/").content.decode()
    lines = b"".join(browser.get("/people/care/log.csv")).decode()
    assert f",{dev.person_id},brief" in lines
    assert "Dev Stone" not in lines


def test_every_sealed_record_says_whom_it_is_about() -> None:
    """Asked of the models: a way that leads nowhere, or to no person, fails."""
    for model in Sealed.__subclasses__():
        if model.__module__.startswith("backing.site.tests"):
            continue
        assert model.whose
        for way in model.whose:
            field: Any = None
            of: Any = model
            for step in way.split("__"):
                field = of._meta.get_field(step)
                of = field.related_model
            assert of is Person, f"{model.__name__}: {way}"


def test_whether_something_is_due_costs_the_same_for_many_who_left(ana: Account) -> None:
    def queries(people: int) -> int:
        for number in range(people):
            person = Person.objects.create(full_name=f"Person {number}")
            leader = put_on_the_list(person, owner=ana, on=DAY)
            take_off_the_list(leader, on=DAY - timedelta(days=200))
        with CaptureQueriesContext(connection) as asked:
            assert not leaders_privacy.is_due(DEFAULTS, DAY)
        return len(asked)

    assert queries(2) == queries(20)


# Words.


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("He is ill and lazy", ["health", "insult"]),
        ("Asked for two named dates before budget", []),
        ("member of the union, votes-for nobody", ["trade union", "politics"]),
        ("The business unions", ["trade union"]),
        ("A trade reunion", []),
    ],
)
def test_words_that_do_not_belong_in_a_note_are_pointed_out(text: str, topics: list[str]) -> None:
    assert [found.topic for found in sensitive.found_in(text)] == topics


def test_a_note_with_such_a_word_is_looked_at_again_before_it_is_kept(
    ana: Account, dev: Leader
) -> None:
    browser, way = browser_of(ana), f"/leaders/{dev.pk}/stance/"
    today = timezone.localdate().isoformat()
    sent = {"level": "neutral", "basis": "said_to_me", "evidence": "He is lazy.", "on": today}

    first = browser.post(way, sent)
    assert first.status_code == 422
    assert "Look again at “lazy”" in first.content.decode()
    assert not StanceAssessment.objects.exists()

    browser.post(way, {**sent, "meant": "on"})
    assert StanceAssessment.objects.count() == 1


def test_thirty_seconds_after_a_talk_are_enough_to_look_again(ana: Account, dev: Leader) -> None:
    browser, way = browser_of(ana), f"/leaders/{dev.pk}/contact/"
    sent = {
        "kind": "one_to_one",
        "said": "Is on maternity leave",
        "on": timezone.localdate().isoformat(),
    }

    assert "keep it as it is" in browser.post(way, sent).content.decode()
    browser.post(way, {**sent, "meant": "on"})
    assert Heard.objects.count() == 1


def test_rule_25_points_at_a_note_with_such_a_word_and_never_says_which(
    ana: Account, dev: Leader
) -> None:
    heard(dev, "seemed depressed", by=ana)

    (found,) = about(advice(DEFAULTS, ana, DAY), "heard-")

    assert found.confidentiality is Confidentiality.RELATIONSHIP
    assert "depressed" not in json.dumps([found.title, *found.because, found.do])


def test_rule_25_opens_a_note_once_for_it_and_one_with_such_a_word_each_time(
    ana: Account, dev: Leader
) -> None:
    heard(dev, "agreed to the stage check", by=ana)
    heard(dev, "seemed depressed", by=ana)
    looked = AccessLog.objects.filter(what="Heard").order_by("pk").values_list("count", flat=True)

    for _ in range(3):
        assert len(about(advice(DEFAULTS, ana, DAY), "heard-")) == 1
    assert list(looked) == [2, 1, 1]


def test_every_reading_is_in_the_log_that_the_head_can_take_out(ana: Account, dev: Leader) -> None:
    AccessRequest.objects.all().delete()
    pack.of(dev.person, ana, MAY)

    page = browser_of(ana).get("/people/care/log/").content.decode()
    csv = b"".join(browser_of(ana).get("/people/care/log.csv").streaming_content)  # type: ignore[attr-defined]

    assert "Stance assessment" in page
    assert b"StanceAssessment" in csv
