"""The pulse: few questions, no names, groups of five or more (requirements.md 3.8, S07-b)."""

from __future__ import annotations

import gzip
import json
import logging
import re
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.staticfiles import finders
from django.core import serializers
from django.test import Client
from django.utils import timezone

from backing.people.access import Role
from backing.people.models import Account
from backing.rhythm.models import Pulse, PulseGroup, PulseTicket, Report
from backing.rhythm.papers.pulse import pulse_section
from backing.rhythm.pulse_forms import OpenPulseForm
from backing.rhythm.pulses import (
    WORDS_KEPT,
    answer,
    clear_up,
    open_pulse,
    said_in_pulses,
    stop,
)
from backing.rhythm.tests.conftest import account, browser_of
from boardpaper.blocks import Statement, Table

pytestmark = pytest.mark.django_db

PMS, LEADERS = PulseGroup.Who.PROJECT_MANAGERS, PulseGroup.Who.LEADERS


def opened(ana: Account, *, days: int = 7, **asked: int) -> dict[str, list[str]]:
    now = timezone.now()
    closes = timezone.localdate(now) + timedelta(days=days)
    return open_pulse(asked or {PMS: 7}, closes=closes, by=ana, now=now)[1]


def sent(token: str, **fields: Any) -> Any:
    fields = fields or {"knows": 4, "easier": 2}
    return Client().post(f"/keep-it/pulses/answer/{token}/sent/", fields)


def after(days: int = 8) -> date:
    return timezone.localdate() + timedelta(days=days)


def test_pulse_phone_page_two_taps_and_a_button_without_script_under_fifty_kilobytes(
    ana: Account,
) -> None:
    token = opened(ana)[PMS][0]
    answered = Client().get(f"/keep-it/pulses/answer/{token}/")
    page = answered.content
    files = [
        Path(str(finders.find(each.decode())))
        for each in re.findall(rb'(?:href|src)="/static/[^/]+/([^"]+)"', page)
    ]

    assert len(re.findall(rb'type="radio"', page)) == 10
    assert len(re.findall(rb'type="text"', page)) == 2
    assert re.findall(rb"<(?:input|textarea)[^>]* required", page) == []
    assert b"<script" not in page
    assert len(files) > 3
    assert len(gzip.compress(page)) + sum(each.stat().st_size for each in files) < 50_000
    assert answered.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answered.headers["Cache-Control"] == "no-store"
    assert sent(token).headers["Location"] == "/keep-it/pulses/answered/"


def test_with_four_answers_nothing_is_shown_with_five_they_are(ana: Account) -> None:
    tickets = opened(ana)[PMS]
    for each in tickets[:4]:
        sent(each, knows=5, to_stop="The weekly report")
    (few,) = said_in_pulses(ana, today=after())[0].groups
    assert (few.answered, few.questions, few.to_stop) == (None, (), ())

    sent(tickets[4], knows=3)
    (enough,) = said_in_pulses(ana, today=after())[0].groups
    assert (enough.answered, enough.asked) == (5, 7)
    (only,) = enough.questions  # the other was left out by all
    assert (only.counts, only.n) == ((0, 0, 1, 0, 4), 5)


def test_nothing_is_shown_while_it_runs_not_even_how_many_answered(ana: Account) -> None:
    browser = browser_of(ana)
    tickets = opened(ana)[PMS]
    before = re.sub(rb"[A-Za-z0-9]{64}", b"", browser.get("/keep-it/pulses/").content)
    for each in tickets[:6]:
        sent(each, knows=5, to_stop="The weekly report")

    assert said_in_pulses(ana, today=after(7)) == ()
    now = re.sub(rb"[A-Za-z0-9]{64}", b"", browser.get("/keep-it/pulses/").content)
    assert now == before


def test_a_small_group_cannot_be_worked_out_from_a_larger_one(ana: Account) -> None:
    tickets = opened(ana, **{PMS: 6, LEADERS: 5})
    for each in (*tickets[PMS], *tickets[LEADERS][:2]):
        sent(each)
    by_who = {each.who: each for each in said_in_pulses(ana, today=after())[0].groups}

    assert by_who["Project managers"].answered == 6
    assert by_who["Leaders"].answered is None


def test_a_question_that_few_of_the_group_answered_is_not_shown(ana: Account) -> None:
    for n, each in enumerate(opened(ana)[PMS][:6]):
        sent(each, **({"knows": 4, "easier": 1} if n < 4 else {"knows": 4}))
    (group,) = said_in_pulses(ana, today=after())[0].groups
    assert [each.n for each in group.questions] == [6]


ANSWERS = (
    {"knows": 1, "easier": 5, "to_stop": "Zebrafink", "to_start": ""},
    {"knows": 3, "easier": 1, "to_stop": "Aardvark", "to_start": "Meerkat"},
    {"knows": 5, "easier": 2, "to_stop": "Marmoset", "to_start": "Bandicoot"},
)


def test_whoever_answers_first_the_database_holds_the_same(ana: Account) -> None:
    """Order, keys and times of rows say nothing: they are the same whoever sent what, and when."""
    held = set()
    for order in permutations(ANSWERS):
        group = PulseGroup.objects.create(
            pulse=Pulse.objects.create(opens=date(2026, 1, 5), closes=date(2026, 1, 9)),
            who=PMS,
            asked=5,
        )
        for each in order:
            ticket, _ = PulseTicket.make(
                by=ana, now=timezone.now(), lasts=timedelta(days=1), group=group
            )
            marks = {"knows": each["knows"], "easier": each["easier"]}
            answer(ticket, marks, to_stop=str(each["to_stop"]), to_start=str(each["to_start"]))  # type: ignore[arg-type]
        row = dict(PulseGroup.objects.values().get(pk=group.pk))
        held.add(json.dumps({k: v for k, v in row.items() if k not in ("id", "pulse_id")}))
    assert len(held) == 1


def test_no_table_holds_the_time_or_the_ticket_of_an_answer(ana: Account) -> None:
    tickets = opened(ana)[PMS]
    before = _rows()
    sent(tickets[3], knows=2, to_stop="Zebrafink")
    after_it = _rows()

    gone = {key for key in before if key not in after_it}
    changed = {key for key in after_it if before.get(key) != after_it[key]}
    assert {key[0] for key in gone} == {"rhythm.pulseticket"}
    assert len(gone) == 1
    assert {key[0] for key in changed} == {"rhythm.pulsegroup"}
    dated = {f.name for f in PulseGroup._meta.concrete_fields if "Date" in type(f).__name__}
    assert dated == set()
    pointing = {f.related_model for f in PulseGroup._meta.concrete_fields if f.is_relation}
    assert pointing == {Pulse}


def _rows() -> dict[tuple[str, Any], str]:
    """Every row of every table that Django knows."""
    return {
        (model._meta.label_lower, each.pk): serializers.serialize("json", [each])
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
        for each in model._base_manager.all()
    }


def test_neither_log_nor_cookie_nor_session_names_a_ticket_or_an_answer(
    ana: Account, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.handler.addFilter(lambda record: not record.name.startswith("django.db"))
    token = opened(ana)[PMS][0]
    browser = Client()
    way = f"/keep-it/pulses/answer/{token}/"
    browser.get(way)
    browser.post(f"{way}sent/", {"knows": 9, "to_stop": "Zebrafink"})
    browser.post(f"{way}sent/", {"knows": 1, "to_stop": "Zebrafink"})
    browser.get(way)

    assert dict(browser.cookies) == {}
    secret = token.split(":")[0]
    for word in (token, secret, "Zebrafink"):
        assert word not in caplog.text


def test_a_ticket_lets_one_answer_in_and_a_second_tap_alarms_nobody(ana: Account) -> None:
    token = opened(ana)[PMS][0]
    first, second = sent(token), sent(token, knows=1)

    assert first.headers["Location"] == second.headers["Location"] == "/keep-it/pulses/answered/"
    assert Client().get(f"/keep-it/pulses/answer/{token}/").status_code == 302
    assert PulseGroup.objects.get().answered == 1


def test_two_at_once_by_one_ticket_are_one_answer(ana: Account) -> None:
    token = opened(ana)[PMS][0]
    once, again = (PulseTicket.opened_by(token, now=timezone.now()) for _ in range(2))
    assert once is not None
    assert again is not None
    assert [answer(once, {"knows": 1}), answer(again, {"knows": 5})] == [True, False]
    assert PulseGroup.objects.get().marks == {"knows": [1, 0, 0, 0, 0]}


def test_it_opens_until_its_last_day_is_over_and_not_longer(ana: Account) -> None:
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    token = open_pulse({PMS: 5}, closes=date(2026, 3, 6), by=ana, now=now)[1][PMS][0]
    assert PulseTicket.opened_by(token, now=datetime(2026, 3, 6, 21, tzinfo=UTC)) is not None
    assert PulseTicket.opened_by(token, now=datetime(2026, 3, 7, 12, tzinfo=UTC)) is None


def test_stopped_it_is_never_shown_so_that_nobody_stops_it_at_a_good_moment(ana: Account) -> None:
    tickets = opened(ana)[PMS]
    for each in tickets[:6]:
        sent(each, knows=5, to_stop="Zebrafink")
    pulse = Pulse.objects.get()
    assert browser_of(ana).post(f"/keep-it/pulses/{pulse.pk}/stopping/").status_code == 302

    assert said_in_pulses(ana, today=after(400)) == ()
    assert PulseGroup.objects.values_list("answered", "marks", "to_stop").get() == (0, {}, [])
    sent(tickets[6])
    assert PulseGroup.objects.get().answered == 0


def test_words_go_a_year_after_the_close_and_the_counts_stay(
    ana: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "backing.rhythm.pulses.clean_free_pages", lambda: None
    )  # not in a test’s transaction
    for each in opened(ana)[PMS]:
        sent(each, knows=5, to_stop="Zebrafink")
    late = timezone.localdate() + timedelta(days=8) + WORDS_KEPT
    (group,) = said_in_pulses(ana, today=late)[0].groups
    assert (group.answered, group.to_stop) == (7, ())
    clear_up(today=late)
    assert PulseGroup.objects.values_list("answered", "to_stop").get() == (7, [])


def test_what_was_written_in_words_is_for_the_office_alone(ana: Account) -> None:
    for each in opened(ana)[PMS]:
        sent(each, knows=5, to_stop="Zebrafink")
    (group,) = said_in_pulses(account("Sofia", Role.SPONSOR), today=after())[0].groups
    assert (group.answered, group.to_stop) == (7, ())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({PMS: "4", "closes": "2026-03-06"}, "Ask five or more, or none."),
        ({"closes": "2026-03-06"}, "Say how many are asked."),
        ({PMS: "5", "closes": "2026-03-01"}, "Give a day from today up to 1 April 2026"),
        ({PMS: "5", "closes": "2026-06-01"}, "Give a day from today up to 1 April 2026"),
    ],
)
def test_a_pulse_that_could_show_nothing_is_refused_with_a_sentence(
    given: dict[str, str], said: str
) -> None:
    assert said in str(OpenPulseForm(given, today=date(2026, 3, 2)).errors)


def test_an_empty_answer_costs_no_ticket(ana: Account) -> None:
    token = opened(ana)[PMS][0]
    assert "Give one answer at least" in sent(token, knows="").content.decode()
    assert sent(token).status_code == 302


def test_the_links_are_shown_once_to_the_office_only(ana: Account) -> None:
    given = {PMS: "6", "closes": after(3).isoformat()}
    answered = browser_of(ana).post("/keep-it/pulses/new/", given)
    assert len(set(re.findall(rb"/pulses/answer/([^/]+)/", answered.content))) == 6
    assert answered.headers["Cache-Control"] == "no-store"
    for role in (Role.SPONSOR, Role.LEADER, Role.PROJECT_MANAGER):
        browser = browser_of(account(f"A {role}", role))
        assert browser.post("/keep-it/pulses/new/", given).status_code == 404
        assert browser.get("/keep-it/pulses/").status_code == 404


def test_d7_says_n_and_how_the_answers_spread_and_nothing_of_fewer_than_five(ana: Account) -> None:
    now = datetime(2026, 5, 4, 9, tzinfo=UTC)
    pulse, tickets = open_pulse({PMS: 6, LEADERS: 5}, closes=date(2026, 5, 8), by=ana, now=now)
    for each in (*tickets[PMS], *tickets[LEADERS][:4]):
        ticket = PulseTicket.opened_by(each, now=now)
        assert ticket is not None
        answer(ticket, {"knows": 4}, to_stop="Zebrafink")
    may = Report(first_day=date(2026, 5, 1), last_day=date(2026, 5, 31))
    (section,) = pulse_section(ana, may)
    table, fewer = section.blocks
    assert isinstance(table, Table)
    assert isinstance(fewer, Statement)

    assert [row[2:] for row in table.rows] == [("6", "6", "0", "0", "0", "6", "0")]
    assert "Zebrafink" not in repr(section)
    assert "leaders" in str(fewer.claims[0].slots)
    june = Report(first_day=date(2026, 6, 1), last_day=date(2026, 6, 30))
    assert list(pulse_section(ana, june)) == []
    stop(pulse, on=date(2026, 5, 5))
    assert list(pulse_section(ana, may)) == []
