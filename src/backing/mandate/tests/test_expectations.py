"""What was expected of the office: written down, and judged with what shows it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from backing.mandate import public
from backing.mandate.models import Expected
from backing.people.models import Account, Person
from backing.people.tests.conftest import browser_of

pytestmark = pytest.mark.django_db


def test_one_is_written_down_and_later_judged(ana: Account) -> None:
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
    ana: Account, given: dict[str, str], said: str
) -> None:
    whole = {"statement": "Fewer", "on": "2024-11-20", "outcome": "open", "shows": ""}
    answer = browser_of(ana).post("/why/expectations/new/", whole | given)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Expected.objects.exists()


def test_the_database_itself_asks_what_shows_it(ana: Account) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Expected.objects.create(statement="Fewer", on=date(2024, 11, 20), outcome="met")


def test_others_than_the_office_find_nothing_there(eve: Account) -> None:
    assert browser_of(eve).get("/why/expectations/").status_code == 404
    assert browser_of(eve).post("/why/expectations/new/", {}).status_code == 404


def test_who_said_it_finds_it_in_their_own_pack(ana: Account) -> None:
    from backing.mandate.privacy import export_of

    said_by = Person.objects.create(full_name="Margaret")
    Expected.objects.create(statement="Fewer surprises", on=date(2024, 11, 20), said_by=said_by)
    entries = [each for part in export_of(said_by, ana, timezone.now()) for each in part.entries]

    assert any("Fewer surprises" in str(each) for each in entries)
