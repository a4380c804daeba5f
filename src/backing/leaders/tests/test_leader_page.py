"""One leader's page, and the thirty seconds after a conversation (S04, S16, S27-b, design.md 4)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from backing.leaders.actions import asks, opinions, promises
from backing.leaders.actions.conversations import record_act
from backing.leaders.actions.listing import bring_into_focus, put_on_the_list, take_off_the_list
from backing.leaders.levels import FOCUS_AT_MOST
from backing.leaders.models import (
    Ask,
    Assessment,
    Commitment,
    Heard,
    Leader,
    LeaderCandidate,
    StanceAssessment,
    SupportAct,
    Touchpoint,
)
from backing.leaders.tests.conftest import leader_called
from backing.people.models import AccessLog, Account, OwnStatement, Person
from backing.people.models.sealed import Hidden
from backing.people.tests.conftest import browser_of

pytestmark = pytest.mark.django_db

WORDS = "month-end will not lose a day"


def today(days: int = 0) -> Any:
    return timezone.localdate() + timedelta(days=days)


def stands(leader: Leader, level: str, by: Account, *, days_ago: int = 0, **said: str) -> None:
    said = {"basis": "said_to_me", "evidence": WORDS} | said
    opinions.assess_stance(leader, level=level, on=today(-days_ago), by=by, **said)


def spoke(browser: Client, leader: Leader, **said: str) -> Any:
    given = {"kind": "one_to_one", "said": WORDS, "on": str(today()), "whose": "ours"} | said
    return browser.post(f"/leaders/{leader.pk}/contact/", given)


def opened(browser: Client, leader: Leader) -> Any:
    return browser.post(f"/leaders/{leader.pk}/opening/")


def test_three_answers_keep_a_conversation_and_its_promise(ana: Account, finn: Leader) -> None:
    answer = spoke(browser_of(ana), finn, promise="intake numbers", due=str(today(4)))

    assert answer.status_code == 302
    kept = Touchpoint.objects.get()
    assert (kept.kind, kept.two_way, list(kept.people.all())) == ("one_to_one", True, [finn.person])
    promise = Commitment.objects.get()
    assert (promise.promised_by, promise.promised_to) == (ana.person, finn.person)
    assert promise.touchpoint == kept


def test_a_message_that_nobody_answered_is_no_conversation(ana: Account, finn: Leader) -> None:
    spoke(browser_of(ana), finn, kind="message")
    assert not Touchpoint.objects.get().two_way


def test_what_was_heard_is_masked_until_it_is_asked_for_and_the_look_is_logged(
    ana: Account, finn: Leader
) -> None:
    browser = browser_of(ana)
    spoke(browser, finn)

    assert WORDS not in browser.get(f"/leaders/{finn.pk}/").content.decode()
    assert not AccessLog.objects.exists()

    answer = opened(browser, finn)

    assert WORDS in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    logged = AccessLog.objects.filter(what="Heard", who=ana, purpose="page")
    assert [(each.count, each.about) for each in logged] == [(1, [finn.person_id])]


def test_a_member_opens_only_the_leaders_they_look_after(
    ana: Account, ben: Account, finn: Leader
) -> None:
    own = leader_called("Olga", owner=ben)
    stands(finn, "neutral", ana)
    stands(own, "neutral", ben)
    browser = browser_of(ben)

    assert opened(browser, own).status_code == 200
    assert browser.get(f"/leaders/{finn.pk}/").status_code == 200
    assert opened(browser, finn).status_code == 404
    assert browser.get(f"/leaders/{finn.pk}/stance/").status_code == 404


def test_a_member_keeps_no_words_about_a_leader_of_another(ben: Account, finn: Leader) -> None:
    answer = spoke(browser_of(ben), finn)

    assert answer.status_code == 422
    assert "Ana looks after Finn" in answer.content.decode()
    assert not Touchpoint.objects.exists()
    assert not Heard.objects.exists()


def test_somebody_met_for_the_first_time_is_proposed_for_the_list(
    ana: Account, finn: Leader
) -> None:
    spoke(browser_of(ana), finn, others="Nadia Novak")

    assert str(LeaderCandidate.objects.get()) == "Nadia Novak"
    assert {str(each) for each in Touchpoint.objects.get().people.all()} == {"Finn", "Nadia Novak"}


def test_of_two_people_of_one_name_none_is_taken_for_the_other(ana: Account, finn: Leader) -> None:
    for _ in range(2):
        Person.objects.create(full_name="Nadia Novak")

    answer = spoke(browser_of(ana), finn, others="nadia novak")

    assert answer.status_code == 422
    assert "More than one person is called" in answer.content.decode()
    assert not Touchpoint.objects.exists()


def test_what_they_did_for_us_is_an_act(ana: Account, finn: Leader) -> None:
    spoke(browser_of(ana), finn, kind="acted", said="held back two cases")
    assert SupportAct.objects.get().what == "held back two cases"


def test_s04_support_is_a_dated_history_never_overwritten(ana: Account, finn: Leader) -> None:
    stands(finn, "supportive", ana, days_ago=30, evidence="spoke up in March")
    stands(finn, "neutral", ana, evidence="asked to wait in May")

    page = opened(browser_of(ana), finn).content.decode()

    assert "spoke up in March" in page
    assert "asked to wait in May" in page
    assert StanceAssessment.objects.count() == 2


def test_s04_after_90_days_without_evidence_the_level_is_stale(ana: Account, finn: Leader) -> None:
    stands(finn, "neutral", ana, days_ago=91)

    page = opened(browser_of(ana), finn).content.decode()

    since = today(-91)
    assert f"Neutral: stale – last evidence {since.day} {since:%B %Y}" in page


def test_s32_support_in_words_only_is_told_from_support_in_deeds(
    ana: Account, finn: Leader
) -> None:
    stands(finn, "supportive", ana)
    browser = browser_of(ana)
    assert "Supportive – no act recorded" in opened(browser, finn).content.decode()

    record_act(finn, what="held back two cases", on=today())

    assert "no act recorded" not in opened(browser, finn).content.decode()


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"level": "neutral", "basis": "said_to_me", "evidence": ""}, False),
        ({"level": "neutral", "basis": "assumed", "evidence": ""}, True),
        ({"level": "unknown", "basis": "said_to_me", "evidence": ""}, True),
        ({"level": "leading", "basis": "said_to_me", "evidence": "promised it"}, False),
        ({"level": "leading", "basis": "observed_act", "evidence": "opened the meeting"}, True),
    ],
)
def test_a_level_rests_on_evidence_and_leading_on_an_act(
    ana: Account, finn: Leader, said: dict[str, str], kept: bool
) -> None:
    answer = browser_of(ana).post(f"/leaders/{finn.pk}/stance/", said | {"on": str(today())})

    assert answer.status_code == (302 if kept else 422)
    assert StanceAssessment.objects.exists() is kept


def test_no_level_is_of_a_day_to_come(ana: Account, finn: Leader) -> None:
    said = {"level": "neutral", "basis": "assumed", "evidence": "", "on": str(today(1))}
    answer = browser_of(ana).post(f"/leaders/{finn.pk}/stance/", said)

    assert answer.status_code == 422
    assert "has not come yet" in answer.content.decode()


def test_nobody_is_given_a_bare_number(ana: Account, finn: Leader) -> None:
    page = browser_of(ana).get(f"/leaders/{finn.pk}/assessment/").content.decode()

    assert "Can fund or close the office" in page
    assert "Most of their goals depend on projects we touch" in page


def test_an_assessment_is_changed_only_after_it_was_shown(ana: Account, finn: Leader) -> None:
    opinions.assess(finn, on=today(), by=ana, can_block="the budget gate")
    browser, address = browser_of(ana), f"/leaders/{finn.pk}/assessment/"

    assert "budget gate" not in browser.get(address).content.decode()
    assert "budget gate" in browser.post(address, {"show": "yes"}).content.decode()
    browser.post(address, {"influence": "5", "can_block": "the budget gate"})

    assert Assessment.objects.count() == 2
    assert "Can fund or close the office" in opened(browser, finn).content.decode()


def test_who_objected_is_written_about_no_more(ana: Account, finn: Leader) -> None:
    finn.person.objection_at = today()
    finn.person.save()

    answer = browser_of(ana).post(
        f"/leaders/{finn.pk}/stance/",
        {"level": "neutral", "basis": "assumed", "evidence": "", "on": str(today())},
    )

    assert "has objected" in answer.content.decode()
    assert not StanceAssessment.objects.exists()


def test_what_they_say_to_an_entry_stands_beside_it_once_opened(ana: Account, finn: Leader) -> None:
    said = Hidden.sealing({"words": "that is not what I said"})
    OwnStatement.objects.create(person=finn.person, said_on=today(), noted_by=ana, content=said)
    browser = browser_of(ana)

    assert "not what I said" not in browser.get(f"/leaders/{finn.pk}/").content.decode()
    assert "not what I said" in opened(browser, finn).content.decode()


def test_without_the_key_the_page_opens_and_the_sealed_part_says_what_to_do(
    ana: Account, finn: Leader, key_file: Any
) -> None:
    stands(finn, "neutral", ana)
    key_file.unlink()

    answer = opened(browser_of(ana), finn)

    assert answer.status_code == 200
    assert "recovery phrase" in answer.content.decode()


def test_a_promise_moved_to_another_day_ends_and_begins_anew(ana: Account, finn: Leader) -> None:
    promise = promises.promise(by=ana.person, to=finn.person, what="numbers", due=today(-1))

    browser_of(ana).post(
        f"/leaders/promises/{promise.pk}/outcome/",
        {"outcome": "renegotiated", "due": str(today(7))},
    )

    assert list(Commitment.objects.values_list("status", "due").order_by("due")) == [
        ("renegotiated", today(-1)),
        ("open", today(7)),
    ]


def test_a_promise_to_one_who_left_the_list_is_still_closed(ana: Account, finn: Leader) -> None:
    promise = promises.promise(by=ana.person, to=finn.person, what="numbers", due=today(-1))
    take_off_the_list(finn, on=today())
    address = f"/leaders/promises/{promise.pk}/outcome/"

    page = browser_of(ana).get(address).content.decode()
    closed = browser_of(ana).post(address, {"outcome": "kept"}, follow=True)

    assert f"/leaders/{finn.pk}/" not in page
    assert closed.status_code == 200
    assert Commitment.objects.get(pk=promise.pk).status == Commitment.Status.KEPT


def test_a_leader_sees_their_own_promises_asks_and_words_and_never_a_level(
    ana: Account, eve: Account, finn: Leader
) -> None:
    leader = put_on_the_list(eve.person, owner=ana, on=today())
    stands(leader, "resistant", ana)
    promises.promise(by=ana.person, to=eve.person, what="numbers by unit", due=today(3))
    promises.promise(by=ana.person, to=finn.person, what="for Finn only", due=today(3))
    ask = Ask.objects.create(of=eve.person, what="Open the meeting", why="the vote", by=today(5))
    draft = Ask.objects.create(of=eve.person, what="Not yet said", why="later", by=today(5))
    asks.send(ask, on=today())
    browser = browser_of(eve)

    page = browser.get("/leaders/").content.decode()

    assert "numbers by unit" in page
    assert "Open the meeting" in page
    for hidden in ("for Finn only", draft.what, "esistant", WORDS, "Finn"):
        assert hidden not in page
    assert browser.get(f"/leaders/{leader.pk}/").status_code == 404
    assert opened(browser, leader).status_code == 404


def test_the_sponsor_sees_no_list_and_no_level(ana: Account, sue: Account, finn: Leader) -> None:
    stands(finn, "resistant", ana)
    browser = browser_of(sue)

    assert "Finn" not in browser.get("/leaders/").content.decode()
    assert opened(browser, finn).status_code == 404


def test_s16_the_thirteenth_in_focus_asks_whom_to_leave_out(ana: Account, finn: Leader) -> None:
    others = [leader_called(f"Leader {n:02}", owner=ana) for n in range(FOCUS_AT_MOST)]
    for each in others:
        bring_into_focus(each)
    browser = browser_of(ana)

    answer = browser.post(f"/leaders/{finn.pk}/focus/")
    assert answer.status_code == 422
    assert "Who makes room for Finn?" in answer.content.decode()

    browser.post(f"/leaders/{finn.pk}/focus/", {"instead_of": others[0].pk})

    in_focus = set(Leader.objects.filter(focus=True).values_list("pk", flat=True))
    assert finn.pk in in_focus
    assert others[0].pk not in in_focus
    assert len(in_focus) == FOCUS_AT_MOST
