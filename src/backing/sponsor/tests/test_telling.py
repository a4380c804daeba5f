"""Wins and the sponsor's update: the gate, the pack, the link on a phone (S24-b to d, RULE-22, D5, D6)."""

from __future__ import annotations

import io
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.contrib.staticfiles import finders
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pptx import Presentation

from backing.leaders.actions.promises import keep, promise
from backing.leaders.tests.conftest import MAY
from backing.people.advising import Advice, Office
from backing.people.models import Account, OrgUnit, Person
from backing.people.tests.conftest import browser_of
from backing.pushback import actions as pushback
from backing.scope.models import DataRequest
from backing.sponsor import actions, found, gate
from backing.sponsor.actions import Asked
from backing.sponsor.advice import advice
from backing.sponsor.models import (
    SharedWin,
    SponsorUpdate,
    UpdateAsk,
    UpdateLink,
    Win,
    WinShare,
)
from backing.sponsor.papers import win_slide, win_to_share
from backing.sponsor.public import wins_told

pytestmark = pytest.mark.django_db
NOON = timezone.make_aware(datetime(2026, 5, 11, 12))
WORDS = "I was glad to see Logistics stop the second scanner project in week six, not month nine."


def advised(viewer: Account, today: date = MAY) -> list[Advice]:
    return [each for each in advice(Office({}), viewer, today) if each.rule == "RULE-22"]


def a_win(**fields: Any) -> Win:
    """All that the gate asks for, but for what is given."""
    owner = Person.objects.get_or_create(full_name="Lena Okoro")[0]
    given: dict[str, Any] = {
        "headline": "Logistics stopped the second scanner project in week six",
        "what_changed": "Its own analysts asked the questions of the stage check.",
        "for_whom": "Logistics",
        "evidence": "Minutes of 2 April.",
        "happened_on": MAY - timedelta(days=30),
        "owner": owner,
        "approved_by_owner_on": MAY,
        "message": WORDS,
        **fields,
    }
    win: Win = Win.objects.create(**given)
    win.credit_units.add(OrgUnit.objects.get_or_create(name="Logistics")[0])
    return win


def sponsored(sue: Account, days_ago: int = 700) -> Any:
    return actions.assign(
        sue.person, origin="assigned", since=MAY - timedelta(days=days_ago), span=[]
    )


def an_update(sue: Account, *, asks: int = 2, win: Win | None = None) -> SponsorUpdate:
    update = SponsorUpdate(
        assignment=sponsored(sue),
        headline="The board decides on the charter in nine days.",
        number="33 days late at the median; 61 before.",
        win=win,
        bad="Intake numbers are three days late. Our fault.",
        made_on=MAY,
    )
    asked = [
        Asked(question=f"Ask {n}?", suggested="Yes.", by=MAY + timedelta(days=4))
        for n in range(asks)
    ]
    return actions.write_update(update, asked)


def sent(update: SponsorUpdate, by: Account, *, days_ago: int = 0) -> str:
    now = timezone.now() - timedelta(days=days_ago)
    return f"/sponsor/for/{actions.send_update(update, by=by, now=now)}/"


@pytest.mark.parametrize(
    ("lacks", "says"),
    [
        ({"evidence": ""}, "What stands behind it"),
        ({"approved_by_owner_on": None}, "has not approved"),
        ({"quote": "It helped."}, "has not consented"),
        ({"message": "word " * 81}, "81 words"),
        ({"message": ""}, "words are not written"),
        ({"headline": "Forty people trained in the method"}, "what the office did"),
    ],
)
def test_d6_the_gate_says_what_a_win_lacks(lacks: dict[str, Any], says: str) -> None:
    win = a_win(**lacks)
    assert any(says in each for each in gate.missing(win))
    with pytest.raises(actions.NotYet, match=says):
        actions.confirm(win, on=MAY)


def test_d6_credit_to_the_office_alone_is_none(ana: Account) -> None:
    win = a_win()
    assert gate.missing(win) == ()
    win.credit_units.clear()
    win.credit_people.add(ana.person)
    assert gate.missing(win) == ("Nobody outside the project office has the credit.",)


def test_what_has_not_passed_the_gate_cannot_be_shared_and_the_database_agrees(
    ana: Account,
) -> None:
    win = a_win(approved_by_owner_on=None)
    with pytest.raises(actions.NotYet):
        actions.share(win, by=ana.person, to="Board", channel="mail", on=MAY)
    win.status = Win.Status.CONFIRMED
    with pytest.raises(IntegrityError), transaction.atomic():
        win.save()


def test_a_shared_win_is_open_to_all_in_the_words_in_which_it_was_told(
    ana: Account, eve: Account
) -> None:
    win = a_win()
    actions.confirm(win, on=MAY)
    assert wins_told(eve) == ()
    actions.share(win, by=ana.person, to="Executive committee", channel="mail", on=MAY)

    assert [each.message for each in wins_told(eve)] == [WORDS]
    assert WORDS in browser_of(eve).get("/sponsor/").content.decode()
    assert browser_of(ana).get(f"/sponsor/wins/{win.pk}/words/").status_code == 404


def test_s24_c_candidates_lie_in_kept_promises_and_in_pushback_that_was_dealt_with(
    ana: Account,
) -> None:
    now = timezone.now()
    today = timezone.localdate(now)
    lena = Person.objects.create(full_name="Lena Okoro")
    kept = promise(by=lena, to=ana.person, what="Name an owner for each project", due=today)
    keep(kept, on=today)
    ours = promise(by=ana.person, to=lena, what="Send the dates", due=today)
    keep(ours, on=today)
    raised, _ = pushback.raise_pushback(
        pushback.Said(text="Three hours a month.", request="Status report"), now=now
    )
    pushback.answer(
        raised, kind="accept_change", text="Yes.", what_changes="Quarterly.", by=ana, now=now
    )
    pushback.say_of_the_answer(raised, "resolved", words="", now=now)

    lying = found.candidates(ana, today=today)
    assert {each.source for each in lying} == {f"promise-{kept.pk}", f"pushback-{raised.pk}"}

    browser_of(ana).post("/sponsor/wins/from-record/", {"source": lying[0].source})
    assert Win.objects.get().source not in {
        each.source for each in found.candidates(ana, today=today)
    }


def test_s24_c_a_request_that_is_retired_is_found_once_it_has_ended(ana: Account) -> None:
    asked = DataRequest.objects.create(
        what="Monthly narrative",
        to_role="project_manager",
        minutes_each=60,
        begins=MAY - timedelta(days=300),
        retire_on=MAY + timedelta(days=1),
    )
    assert found.candidates(ana, today=MAY) == []

    (one,) = found.candidates(ana, today=MAY + timedelta(days=1))
    assert (one.source, one.after) == (f"request-{asked.pk}", "nothing")
    assert "60 minutes each time, every month" in one.what_changed


def test_d6_is_one_page_and_one_slide_with_the_credit_outside_first(ana: Account) -> None:
    from boardpaper.render import pdf, pptx

    win = a_win(before="9 months (1 project, 2024)", after="6 weeks (1 project, 2026)")
    win.credit_people.add(ana.person)
    with pikepdf.open(io.BytesIO(pdf.render(win_to_share(win, now=NOON)))) as paper:
        assert len(paper.pages) == 1
    (slide,) = Presentation(io.BytesIO(pptx.render(win_slide(win, now=NOON)))).slides
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    told = {row.cells[0].text: row.cells[1].text for row in table.rows}
    assert told["Credit to"] == "Logistics and Ana"
    assert told["After"] == "6 weeks (1 project, 2026)"


def test_the_pack_is_of_confirmed_wins_only(ana: Account) -> None:
    win = a_win()
    browser = browser_of(ana)
    assert browser.post(f"/sponsor/wins/{win.pk}/pack/pdf/").status_code == 404
    browser.post(f"/sponsor/wins/{win.pk}/confirmation/")
    assert browser.post(f"/sponsor/wins/{win.pk}/pack/pdf/").status_code == 200
    assert browser.post(f"/sponsor/wins/{win.pk}/pack/pptx/").content[:2] == b"PK"


def test_rule_22_after_thirty_days_and_urgent_after_sixty(ana: Account, sue: Account) -> None:
    assert advised(ana) == []
    win = a_win()
    sponsored(sue)
    assert "700 days" in advised(ana)[0].title
    actions.confirm(win, on=MAY)
    actions.share(win, by=sue.person, to="Board", channel="mail", on=MAY)

    assert advised(ana, MAY + timedelta(days=30)) == []
    (amber,) = advised(ana, MAY + timedelta(days=31))
    (red,) = advised(ana, MAY + timedelta(days=61))
    assert red.order < amber.order


def test_rule_22_a_confirmed_win_that_lies_for_over_a_week(ana: Account, sue: Account) -> None:
    sponsored(sue, days_ago=1)
    actions.confirm(a_win(), on=MAY)
    assert advised(ana, MAY + timedelta(days=7)) == []
    assert "lain untold" in advised(ana, MAY + timedelta(days=8))[0].title


def test_d5_an_update_of_more_than_three_hundred_words_is_refused(sue: Account) -> None:
    update = SponsorUpdate(
        assignment=sponsored(sue),
        headline="One",
        number="a " * 50,
        bad="b " * 149,
        next="c " * 100,
        made_on=MAY,
    )
    actions.write_update(update, [])
    update.next += "more"
    with pytest.raises(actions.TooLong, match="301 words"):
        actions.write_update(update, [])


def test_d5_a_fourth_ask_does_not_fit(sue: Account) -> None:
    update = an_update(sue, asks=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        UpdateAsk.objects.create(update_of=update, place=4, question="?", suggested="", by=MAY)


def test_d5_one_ask_is_one_tap_and_is_answered_once(ana: Account, sue: Account) -> None:
    update = an_update(sue, asks=1)
    address = sent(update, ana)
    (ask,) = update.asks.all()
    page = Client().get(address).content.decode()
    assert len(re.findall(rf'<button name="ask-{ask.pk}"', page)) == 3
    assert "<script" not in page

    Client().post(f"{address}answers/", {f"ask-{ask.pk}": "talk"})
    Client().post(f"{address}answers/", {f"ask-{ask.pk}": "no"})
    assert update.asks.get().answer == "talk"
    assert "You said: <b>talk to me</b>" in Client().get(address).content.decode()


def test_answers_to_another_update_or_of_no_such_word_change_nothing(
    ana: Account, sue: Account
) -> None:
    update = an_update(sue)
    address = sent(update, ana)
    other = UpdateAsk.objects.create(
        update_of=SponsorUpdate.objects.create(
            assignment=update.assignment, headline="h", bad="b", made_on=MAY
        ),
        place=1,
        question="Other?",
        suggested="Yes",
        by=MAY,
    )
    first = update.asks.first()
    assert first is not None
    Client().post(f"{address}answers/", {f"ask-{other.pk}": "yes", f"ask-{first.pk}": "maybe"})
    assert set(UpdateAsk.objects.values_list("answer", flat=True)) == {""}


def test_s24_d_the_sponsor_says_that_they_passed_it_on_once(ana: Account, sue: Account) -> None:
    win = a_win()
    actions.confirm(win, on=MAY)
    address = sent(an_update(sue, win=win), ana)
    page = Client().get(address).content.decode()
    assert "mailto:?subject=" in page

    Client().post(f"{address}passed-on/")
    Client().post(f"{address}passed-on/")
    assert WinShare.objects.get().by == sue.person
    assert SharedWin.objects.count() == 1


def test_looking_changes_nothing_for_mail_programs_look_too(ana: Account, sue: Account) -> None:
    address = sent(an_update(sue), ana)
    before = list(UpdateAsk.objects.values()) + list(UpdateLink.objects.values())
    Client().get(address)
    Client().head(address)
    assert list(UpdateAsk.objects.values()) + list(UpdateLink.objects.values()) == before


def test_the_page_is_small_unkept_unindexed_and_its_address_says_nothing(
    ana: Account, sue: Account
) -> None:
    address = sent(an_update(sue, asks=3), ana)
    answer = Client().get(address)
    asked_for = re.findall(rb'(?:href|src)="/static/[^/]+/([^"]+)"', answer.content)
    files = [Path(str(finders.find(each.decode()))) for each in asked_for]

    assert re.fullmatch(r"/sponsor/for/\d+\.[\w-]+:[\w-]+/", address)
    assert len(files) > 4
    assert len(answer.content) + sum(each.stat().st_size for each in files) < 50_000
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_the_head_writes_sends_and_reads_the_answer(ana: Account, sue: Account) -> None:
    one = sponsored(sue)
    browser = browser_of(ana)
    given = {
        "headline": "Nine days to the board.",
        "number": "",
        "win": "",
        "bad": "We are late.",
        "question_1": "Open the item yourself?",
        "suggested_1": "Yes.",
        "by_1": "2026-05-15",
    }
    without = browser.post(f"/sponsor/assignments/{one.pk}/update/", given | {"by_1": ""})
    assert without.status_code == 422

    browser.post(f"/sponsor/assignments/{one.pk}/update/", given)
    update = SponsorUpdate.objects.get()
    page = browser.post(f"/sponsor/updates/{update.pk}/link/", follow=True).content.decode()
    address = re.search(r"/sponsor/for/[^<\s\"]+", page)
    assert address
    Client().post(f"{address[0]}answers/", {f"ask-{update.asks.get().pk}": "yes"})
    assert "<b>Yes.</b>" in browser.get("/sponsor/").content.decode()
