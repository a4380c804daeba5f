"""RULE-24 speaks when leaders hear nothing, and is quiet when they do (S28)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from backing.documents.models import Printed
from backing.leaders.models import Touchpoint
from backing.mandate.actions import tell_origin
from backing.people.advising import Office
from backing.people.happenings import happenings
from backing.people.models import Account
from backing.people.tests.conftest import browser_of
from backing.rhythm.advice import DOCUMENT_WITHIN, advice
from backing.rhythm.tests.test_timeline import told
from backing.scope.models import Charter
from backing.sponsor.actions import assign
from backing.sponsor.models import SponsorUpdate

pytestmark = pytest.mark.django_db
MAY = date(2026, 5, 11)


def commissioned(by: Account, days_ago: int) -> None:
    tell_origin(
        commissioned_by=[by.person],
        on=MAY - timedelta(days=days_ago),
        in_their_words="I want to hear of it first.",
        problem="Dates move.",
    )


def printed(by: Account, code: str, days_ago: int) -> None:
    at = datetime(2026, 5, 11, 12, tzinfo=UTC) - timedelta(days=days_ago)
    Printed.objects.create(
        code=code, klass="mgmt", composition_hash="", printed_at=at, printed_by=by
    )


def subjects(viewer: Account, office: Office = Office({})) -> list[str]:  # noqa: B008  # frozen
    return [each.subject for each in advice(office, viewer, MAY)]


def test_it_is_quiet_in_an_office_that_has_just_begun(ana: Account) -> None:
    assert subjects(ana) == []
    commissioned(ana, 30)
    assert subjects(ana) == []


def test_after_a_month_without_anything_to_read_it_speaks(ana: Account) -> None:
    commissioned(ana, 31)
    (found,) = advice(Office({}), ana, MAY)
    assert "31 days" in found.title


def test_after_31_quiet_days_home_says_so_and_what_to_do_in_fifteen_minutes(ana: Account) -> None:
    """S28: nobody does anything for a month but open home each morning."""
    office_began = datetime(2026, 5, 11, 9, tzinfo=UTC)
    with time_machine.travel(office_began):
        tell_origin(
            commissioned_by=[ana.person],
            on=office_began.date(),
            in_their_words="I want to hear of it first.",
            problem="Dates move.",
        )
    mornings = []
    for day in range(32):
        with time_machine.travel(office_began + timedelta(days=day)):
            mornings.append(browser_of(ana).get("/").content.decode())

    assert ["ticking along" in home for home in mornings] == [False] * 31 + [True]
    assert "The office has been ticking along for 31 days." in mornings[-1]
    assert "Fifteen minutes now" in mornings[-1]


def test_something_to_read_quiets_it_but_does_not_say_why_the_office_exists(ana: Account) -> None:
    commissioned(ana, 400)
    printed(ana, "D1", 10)
    assert subjects(ana) == ["origin"]


@pytest.mark.parametrize(("days", "says"), [(90, []), (91, ["origin"])])
def test_rule_24_the_reason_was_shown_within_a_quarter(
    ana: Account, days: int, says: list[str]
) -> None:
    commissioned(ana, 400)
    printed(ana, "D12", days)
    printed(ana, "D1", 10)

    assert subjects(ana) == says


def test_a_brief_for_the_office_is_nothing_for_leaders_to_read(ana: Account) -> None:
    commissioned(ana, 31)
    printed(ana, "D4", 1)
    assert subjects(ana) == ["document"]


def test_the_card_or_a_briefing_says_why(ana: Account) -> None:
    commissioned(ana, 400)
    printed(ana, "D12", 20)
    assert subjects(ana) == []

    Printed.objects.all().delete()
    at = datetime(2026, 4, 1, 12, tzinfo=UTC)
    Touchpoint.objects.create(at=at, kind="briefing", two_way=True, by=ana)
    assert subjects(ana) == ["document"]


@pytest.mark.parametrize(("days", "says"), [(0, []), (1, ["charter"])])
def test_rule_24_the_day_of_the_charters_review_has_passed(
    ana: Account, days: int, says: list[str]
) -> None:
    due = MAY - timedelta(days=days)
    Charter.objects.create(
        version=1,
        status="proposed",
        written_on=due - timedelta(days=300),
        proposed_on=due - timedelta(days=300),
        review_due=due,
    )

    assert subjects(ana) == says


def test_its_threshold_can_be_set(ana: Account) -> None:
    commissioned(ana, 31)
    assert subjects(ana, Office({DOCUMENT_WITHIN.key: 60})) == []


def test_what_went_to_the_sponsor_is_something_for_a_leader_and_is_in_the_story(
    ana: Account,
) -> None:
    commissioned(ana, 60)
    sponsor = assign(ana.person, origin="sought", since=MAY - timedelta(days=50), span=[])
    update = SponsorUpdate.objects.create(
        assignment=sponsor, headline="Two moved", bad="One slips.", made_on=MAY
    )
    assert subjects(ana) == ["document"]  # written, and not sent

    update.sent_at = datetime(2026, 5, 6, 12, tzinfo=UTC)
    update.save()
    assert subjects(ana) == []
    (told,) = [each for each in happenings(ana) if each.reached_leaders]
    assert (told.on, told.kind, told.what) == (date(2026, 5, 6), "Sponsor told", "Two moved")


def test_a_win_that_was_told_is_something_for_leaders(ana: Account) -> None:
    commissioned(ana, 60)
    told("Two projects no longer meet", MAY - timedelta(days=31))
    assert subjects(ana) == ["document"]
    told("One depot less", MAY - timedelta(days=30))
    assert subjects(ana) == []


def test_what_was_printed_for_leaders_is_in_the_story_and_what_is_about_one_is_not(
    ana: Account,
) -> None:
    printed(ana, "D12", 5)
    printed(ana, "D4", 3)
    assert [(each.on, each.what) for each in happenings(ana)] == [
        (MAY - timedelta(days=5), "Why it was needed, printed")
    ]
