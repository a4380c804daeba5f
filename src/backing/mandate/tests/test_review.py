"""D8: the mandate review says what failed and that one may stop, and can leave out neither (4.5, RULE-15)."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from pptx import Presentation

from backing.benefits.models import BenefitProfile
from backing.conftest import Fill
from backing.demo import mandate as told
from backing.demo.benefits import GAINS
from backing.documents.actions import draft_of, leave_out
from backing.documents.desk import desk
from backing.documents.traced import traced
from backing.mandate.papers.review import mandate_review
from backing.people import actions as people
from backing.people.models import Account, Organisation, OrgUnit
from backing.people.tests.conftest import browser_of
from backing.pushback.models import Pushback, PushbackResponse
from backing.rhythm.models import PulseTicket
from backing.rhythm.pulses import answer, open_pulse
from backing.site import sample
from backing.site.sample.company import GROUP, UNITS
from boardpaper.blocks import Document, Section, Table
from boardpaper.gate import gate
from boardpaper.limits import page_count
from boardpaper.render import html, pptx
from boardpaper.wording import measure, plain

pytestmark = pytest.mark.django_db

MUST = ("what-failed", "the-case-for-stopping", "the-case-for-going-on", "options")


def two_years_of_it() -> None:
    """The invented office, as it stands after two years."""
    now = datetime.now(UTC)
    Organisation(pk=1, name=GROUP, invented=True, currency="GBP", fiscal_year_starts=4).save()
    for name in (GROUP, *UNITS):
        OrgUnit.objects.create(name=name)
    sample.leaders.fill(now=now)
    sample.scope.fill(now=now)
    for gain in GAINS:
        BenefitProfile.objects.create(title=gain.title, noted_on=now.date())
    sample.worth.fill(now=now)


@pytest.fixture(scope="module")
def filled(filled_once: Fill) -> None:
    filled_once(two_years_of_it)


@pytest.fixture(autouse=True)
def key_file(filled: None) -> Path:
    """The key of what was filled, not one for each test."""
    path: Path = settings.BACKING_KEY_FILE
    return path


@pytest.fixture
def aldmoor(filled: None) -> Account:
    return people.head()


def review(viewer: Account) -> Document:
    found = mandate_review(viewer)
    assert found is not None
    return found


def section(document: Document, kicker: str) -> Section:
    return next(each for each in document.sections if each.kicker == kicker)


def words(document: Document) -> str:
    page = html.render(document).decode()
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL).split())


def test_it_opens_with_the_words_of_the_start_beside_what_became_of_each(aldmoor: Account) -> None:
    document = review(aldmoor)
    came = section(document, "What was expected, what happened")
    (table,) = (block for block in came.blocks if isinstance(block, Table))

    assert told.WORDS in words(document)
    assert [row[0] for row in table.rows[: len(told.EXPECTATIONS)]] == [
        each.statement for each in told.EXPECTATIONS
    ]
    assert "Not looked at" in words(document)


def test_what_failed_holds_all_that_did_not_come_in_full(aldmoor: Account) -> None:
    (table,) = section(review(aldmoor), "What failed").blocks[:1]
    assert isinstance(table, Table)
    named = {str(row[0]) for row in table.rows}

    short = {
        each.statement
        for each in told.EXPECTATIONS
        if each.outcome in ("partly", "not_met", "dropped")
    }
    assert len(short) == 3
    assert short <= named
    assert not {each.statement for each in told.EXPECTATIONS if each.outcome == "met"} & named


def test_what_speaks_for_stopping_stands_before_what_speaks_for_going_on(aldmoor: Account) -> None:
    kickers = [each.kicker for each in review(aldmoor).sections]
    stopping, going_on = (
        kickers.index(f"The case for {each}") for each in ("stopping", "going on")
    )

    assert stopping + 1 == going_on < kickers.index("Options")
    assert "It has cost" in words(review(aldmoor))


def test_what_was_said_without_names_stands_in_both_cases_and_never_of_fewer_than_five(
    aldmoor: Account,
) -> None:
    said_before = "Asked without names, "
    assert said_before not in words(review(aldmoor))
    assert "nobody was asked without their name" in words(review(aldmoor))

    then = timezone.now() - timedelta(days=30)
    pulse, tickets = open_pulse(
        {"leaders": 5, "project_managers": 7},
        closes=timezone.localdate(then) + timedelta(days=7),
        by=aldmoor,
        now=then,
    )
    for who, marks in (("project_managers", (1, 2, 3, 4, 5, 5)), ("leaders", (1, 1, 1, 1))):
        for token, mark in zip(tickets[who], marks, strict=False):
            ticket = PulseTicket.opened_by(token, now=then)
            assert ticket is not None
            answer(ticket, {"easier": mark}, to_stop="Zebrafink")
    said = words(review(aldmoor))

    assert "Asked without names, 2 of 6 project managers said that it does not make their" in said
    assert "Asked without names, 3 of 6 project managers said that it makes their" in said
    assert "of 4 leaders" not in said
    assert f"leaders, asked until {pulse.closes.day} {pulse.closes:%B %Y}" in said
    assert "Zebrafink" not in said


def test_what_changed_is_counted_of_what_was_answered_and_not_of_what_came_in(
    aldmoor: Account,
) -> None:
    """Some of what is answered in a year came in before it: "9 of 6" would hold nowhere."""
    assert "In a year no objection was answered" in words(review(aldmoor))

    now = timezone.now()
    for days, said in ((400, "accept_change"), (390, "accept_change"), (60, "decline"), (3, "")):
        came = Pushback.objects.create(
            request="Weekly status",
            text="Takes long",
            received_at=now - timedelta(days=days),
            answer_due=now.date(),
        )
        if said:
            PushbackResponse.objects.create(
                pushback=came,
                kind=said,
                text="Thank you",
                what_changes="Half as often" if said == "accept_change" else "",
                by=aldmoor,
                at=now - timedelta(days=30),
            )
    found = words(review(aldmoor))

    assert "In a year 2 of 3 answers to objections changed what we do" in found
    assert "Received: 2 ; waiting for an answer: 1 ." in found


def test_stopping_is_one_of_four_options_and_says_who_does_what(aldmoor: Account) -> None:
    (table,) = section(review(aldmoor), "Options").blocks
    assert isinstance(table, Table)

    assert [row[0] for row in table.rows] == ["Continue", "Change", "Shrink", "Stop"]
    assert all(str(cell) for row in table.rows for cell in row)


def test_without_figures_it_does_not_say_that_every_cause_is_worked_on(aldmoor: Account) -> None:
    said = words(review(aldmoor))

    assert "Which causes cost the most is not known yet." in said
    assert "somebody working on it" not in said


def test_a_deck_shows_the_option_to_stop_on_the_slide_of_the_others(aldmoor: Account) -> None:
    slides = Presentation(io.BytesIO(pptx.render(review(aldmoor)))).slides
    tables = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]
    first = [[row.cells[0].text for row in table.rows] for table in tables]

    assert ["Option", "Continue", "Change", "Shrink", "Stop"] in first


def test_neither_what_failed_nor_the_option_to_stop_can_be_left_out(aldmoor: Account) -> None:
    for each in MUST:
        leave_out(draft_of("D8"), each)
    at = desk(aldmoor, "D8")
    assert at is not None
    kept = {each.kicker for each in at.drafted.document.sections}

    assert {
        "What failed",
        "The case for stopping",
        "The case for going on",
        "Options",
    } <= kept


def test_it_passes_the_claim_gate_keeps_to_its_pages_and_proves_nothing(aldmoor: Account) -> None:
    document = review(aldmoor)

    assert [each for each in gate(document) if each.blocks] == []
    assert page_count(document) <= 8
    assert not re.search(r"\bprove[dns]?\b|p-value|\bsignificant", words(document).lower())


def test_its_headings_say_what_was_found(aldmoor: Account) -> None:
    leads = {each.kicker: plain(each.lead) for each in review(aldmoor).sections}

    assert re.fullmatch(
        r"Failed, or did not come: \d+; of what was expected at the start \d+", leads["What failed"]
    )
    assert "so far, and finance has validated" in leads["The case for stopping"]
    assert leads["Options"].startswith("To go on as it is costs £")


def test_every_count_of_it_leads_to_what_was_counted(aldmoor: Account) -> None:
    document, browser = review(aldmoor), browser_of(aldmoor)
    counted = {measure(each) for each in document.figures() if each.measure.startswith("review_")}

    pages = {each.page for each in traced(document, aldmoor) if each.what in counted}

    assert len(pages) > 3
    assert [page for page in pages if not page or browser.get(page).status_code != 200] == []
