"""What leaders want and what improves for it (S17-b), and the page that says why you (S06-a)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from backing.benefits.models import BenefitProfile
from backing.benefits.tests.conftest import TODAY, Company
from backing.benefits.wanted import wanting
from backing.benefits.why_you import why_you
from backing.documents.models import Printed
from backing.leaders.actions.asks import send
from backing.leaders.models import Ask, Expectation, Interest, Leader
from backing.mandate.actions import tell_origin
from backing.mandate.models import ChangeProposal
from backing.people.access import Role
from backing.people.models import Account, Person
from boardpaper.limits import page_count
from boardpaper.render import html


@pytest.fixture
def leader(company: Company) -> Leader:
    return Leader.objects.create(
        person=company.owner, focus=True, listed_on=TODAY, owner=company.head
    )


def says(leader: Leader, statement: str) -> Interest:
    return Interest.objects.create(
        leader=leader, statement=statement, source="told_us", noted_on=TODAY
    )


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def page(company: Company) -> str:
    answer = signed_in(company.head).get(reverse("wanted"))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_s17_what_they_want_stands_beside_what_improves_and_what_is_missing(
    company: Company, leader: Leader
) -> None:
    care = says(leader, "Month-end on time")
    benefit = BenefitProfile.objects.create(title="Fewer days to close", noted_on=TODAY)

    (found,) = wanting(company.head)
    assert not found.served
    assert found.wants[0].gap.startswith("Nothing yet")

    benefit.interests.add(care)
    (found,) = wanting(company.head)
    assert found.served
    assert [offer.title for offer in found.wants[0].offers] == ["Fewer days to close"]
    assert found.wants[0].gap == (
        "It could not be shown if it came. Nobody in the business answers for it. "
        "Nobody said when it is felt."
    )

    benefit.measured_by, benefit.owner, benefit.first_visible = (
        "Days to close",
        company.owner,
        TODAY,
    )
    benefit.save()
    assert wanting(company.head)[0].wants[0].gap == "No target yet."


@pytest.mark.parametrize(
    ("in_charter", "offered", "gap"),
    [
        ("yes", "In the charter.", ""),
        ("partly", "Partly in the charter.", "Tell them which part is not."),
        ("no", "", "Not in the charter: tell them, or put it in."),
        ("unknown", "", "Nobody has held it against the charter yet."),
    ],
)
def test_s17_what_they_expect_is_held_against_the_charter(
    company: Company, leader: Leader, in_charter: str, offered: str, gap: str
) -> None:
    Expectation.objects.create(leader=leader, benefit_expected="One list", in_charter=in_charter)
    ((want,),) = (each.wants for each in wanting(company.head))
    assert (want.words, want.offered, want.gap) == ("One list", offered, gap)


def test_s17_the_page_names_in_its_title_how_many_are_not_answered(
    company: Company, leader: Leader
) -> None:
    assert "Nothing is known yet of what leaders want." in page(company)

    care = says(leader, "Month-end on time")
    assert "One of one leaders wants something, and no benefit answers it." in page(company)

    benefit = BenefitProfile.objects.create(title="Fewer days to close", noted_on=TODAY)
    benefit.interests.add(care)
    assert "Each of these leaders said what they want, and a benefit answers it." in page(company)


def test_who_is_not_of_the_office_does_not_find_it(company: Company, leader: Leader) -> None:
    says(leader, "Month-end on time")
    theirs = Account.objects.create(person=company.owner, role=Role.LEADER)
    assert signed_in(theirs).get(reverse("wanted")).status_code == 404
    answer = signed_in(theirs).post(reverse("print-why-you", args=[leader.pk]))
    assert answer.status_code == 404


def text_of(leader: Leader, head: Account) -> str:
    document = why_you(leader, head, now=timezone.now())
    assert page_count(document) == 1
    return html.render(document).decode()


def test_s06_one_page_has_origin_problem_their_area_what_they_want_and_one_ask(
    company: Company, leader: Leader
) -> None:
    tell_origin(
        commissioned_by=[Person.objects.create(full_name="Margaret")],
        on=date(2025, 6, 3),
        in_their_words="I want to stop finding out in March.",
        problem="Dates move, and the board hears of it last",
        expected_results="",
        review_due=None,
    )
    change = ChangeProposal.objects.create(title="One gate", what_changes="Checked before money")
    change.required.add(company.owner)
    care = says(leader, "Month-end on time")
    benefit = BenefitProfile.objects.create(title="Fewer days to close", noted_on=TODAY)
    benefit.interests.add(care)

    page = text_of(leader, company.head)
    for each in (
        "I want to stop finding out in March.",
        "Dates move, and the board hears of it last",
        "What it means for Finance",
        "One gate",
        "Month-end on time",
        "Fewer days to close",
        "If this office works, what is different for you in twelve months?",
    ):
        assert each in page, each

    first, later = (
        Ask.objects.create(
            of=company.owner, what=what, why="It decides the date", by=TODAY + timedelta(days=days)
        )
        for what, days in (("Name a deputy", 7), ("Speak at the board", 30))
    )
    send(later, on=TODAY)
    send(first, on=TODAY)
    page = text_of(leader, company.head)
    assert "Name a deputy. It decides the date." in page
    assert "Speak at the board" not in page


def test_s06_it_stands_on_one_side_however_much_there_is(company: Company, leader: Leader) -> None:
    long = "What is to be different, said at the full length that a field takes. " * 2
    for number in range(8):
        change = ChangeProposal.objects.create(
            title=f"Change {number}", what_changes=(long * 3)[:400]
        )
        change.required.add(company.owner)
        care = says(leader, f"{number} {long}"[:200])
        for each in range(3):
            benefit = BenefitProfile.objects.create(title=f"Less {number}{each}", noted_on=TODAY)
            benefit.interests.add(care)
    text_of(leader, company.head)


def test_s06_the_office_prints_it_and_that_it_did_is_kept(company: Company, leader: Leader) -> None:
    answer = signed_in(company.head).post(reverse("print-why-you", args=[leader.pk]))
    assert answer.content.startswith(b"%PDF")
    assert Printed.objects.get().about == company.owner
