"""D8: the mandate review says what failed and that one may stop, and can leave out neither (4.5, RULE-15)."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from pptx import Presentation

from backing.benefits.models import BenefitProfile
from backing.demo import mandate as told
from backing.demo.benefits import GAINS
from backing.documents.actions import draft_of, leave_out
from backing.documents.desk import desk
from backing.documents.traced import traced
from backing.mandate import public
from backing.mandate.models import Expected
from backing.mandate.papers.review import mandate_review
from backing.people import actions as people
from backing.people.models import Account, Organisation, OrgUnit, Person
from backing.people.tests.conftest import browser_of
from backing.pushback.models import Pushback, PushbackResponse
from backing.rhythm.models import PulseTicket
from backing.rhythm.pulses import answer, open_pulse
from backing.scope.tests.test_matrix import figures, office
from backing.site import sample
from backing.site.sample.company import GROUP, UNITS
from boardpaper.blocks import Document, Section, Table
from boardpaper.gate import gate
from boardpaper.limits import page_count
from boardpaper.render import html, pptx
from boardpaper.wording import measure

__all__ = ["figures", "office"]

pytestmark = pytest.mark.django_db

MUST = ("what-failed", "the-case-for-stopping", "the-case-for-going-on", "options")


@pytest.fixture
def aldmoor(key_file: object) -> Account:
    """The head of the invented office, two years in."""
    now = datetime.now(UTC)
    Organisation(pk=1, name=GROUP, invented=True, currency="GBP", fiscal_year_starts=4).save()
    for name in (GROUP, *UNITS):
        OrgUnit.objects.create(name=name)
    sample.leaders.fill(now=now)
    sample.scope.fill(now=now)
    for gain in GAINS:
        BenefitProfile.objects.create(title=gain.title, noted_on=now.date())
    sample.worth.fill(now=now)
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


def test_a_cause_that_nobody_works_on_is_named(office: Account) -> None:
    decision_of_renewal()

    assert "Nobody works on " in words(review(office))


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


def test_every_count_of_it_leads_to_what_was_counted(aldmoor: Account) -> None:
    document, browser = review(aldmoor), browser_of(aldmoor)
    counted = {measure(each) for each in document.figures() if each.measure.startswith("review_")}

    pages = {each.page for each in traced(document, aldmoor) if each.what in counted}

    assert len(pages) > 3
    assert [page for page in pages if not page or browser.get(page).status_code != 200] == []


def test_rule_15_without_validated_money_it_claims_no_return(ana: Account) -> None:
    Organisation(pk=1, name="Aldmoor", currency="GBP").save()
    Expected.objects.create(statement="Fewer surprises", on=date(2024, 11, 20))
    decision_of_renewal()
    document = review(ana)

    assert "return" not in words(document).lower().replace("what a return waits for", "")
    assert "Whether it pays is not known" in words(document)


def decision_of_renewal() -> None:
    from backing.mandate.models import MandateDecision

    MandateDecision.objects.create(
        kind=MandateDecision.Kind.RENEWAL,
        question="Does the office go on?",
        options=["Yes", "No"],
        recommendation="To be told",
        if_not_decided="It ends.",
        needed_by=timezone.localdate() + timedelta(days=30),
    )


def test_without_origin_and_decision_there_is_no_review(ana: Account) -> None:
    assert mandate_review(ana) is None
    assert browser_of(ana).get("/documents/D8/").status_code == 200


class TestExpectations:
    """Written down, and judged with what shows it."""

    def test_one_is_written_down_and_later_judged(self, ana: Account) -> None:
        head = browser_of(ana)
        kept = head.post(
            "/why/expectations/new/",
            {"statement": "Fewer surprises", "on": "2024-11-20", "outcome": "open", "shows": ""},
        )
        assert kept.status_code == 302
        (only,) = Expected.objects.all()
        assert only.judged_on is None
        head.post(
            f"/why/expectations/{only.pk}/",
            {
                "statement": only.statement,
                "on": "2024-11-20",
                "outcome": "not_met",
                "shows": "Two surprises since spring",
            },
        )
        only.refresh_from_db()

        assert only.judged_on == timezone.localdate()
        assert only.history.count() == 2
        assert [each.state for each in public.expected(ana)] == ["not_met"]

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"outcome": "met", "shows": ""}, "What shows it?"),
            ({"on": "2999-01-01"}, "That day has not come yet"),
            ({"statement": ""}, "required"),
        ],
    )
    def test_what_lacks_something_is_refused_in_words(
        self, ana: Account, given: dict[str, str], said: str
    ) -> None:
        whole = {"statement": "Fewer", "on": "2024-11-20", "outcome": "open", "shows": ""}
        answer = browser_of(ana).post("/why/expectations/new/", whole | given)

        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert not Expected.objects.exists()

    def test_the_database_itself_asks_what_shows_it(self, ana: Account) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Expected.objects.create(statement="Fewer", on=date(2024, 11, 20), outcome="met")

    def test_others_than_the_office_find_nothing_there(self, eve: Account) -> None:
        assert browser_of(eve).get("/why/expectations/").status_code == 404
        assert browser_of(eve).post("/why/expectations/new/", {}).status_code == 404

    def test_who_said_it_finds_it_in_their_own_pack(self, ana: Account) -> None:
        from backing.mandate.privacy import export_of

        said_by = Person.objects.create(full_name="Margaret")
        Expected.objects.create(statement="Fewer surprises", on=date(2024, 11, 20), said_by=said_by)
        entries = [
            each for part in export_of(said_by, ana, timezone.now()) for each in part.entries
        ]

        assert any("Fewer surprises" in str(each) for each in entries)
