"""S25-a, S28: one scroll shows what happened with the office, within what each may see, and where it was quiet."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backing.mandate.actions import tell_origin
from backing.mandate.models import MandateDecision
from backing.people.access import Role
from backing.people.happenings import happenings
from backing.people.models import Account, Organisation, OrgUnit, Person
from backing.pushback.models import Pushback
from backing.rhythm.public import thresholds_as_set
from backing.rhythm.tests.conftest import account, browser_of
from backing.rhythm.timeline import QUIET, Year, year_of
from backing.scope.models import Charter
from backing.site import sample
from backing.sponsor.models import SharedWin, SponsorAssignment, Win

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 30)


@pytest.fixture
def helena() -> Person:
    return Person.objects.create(full_name="Helena Ravensworth")


def begun(helena: Person, on: date = date(2025, 11, 3)) -> None:
    tell_origin(
        commissioned_by=[helena],
        on=on,
        in_their_words="Tell me before it is late.",
        problem="Late news",
    )


def told(headline: str, on: date) -> SharedWin:
    win = Win.objects.create(
        headline=headline,
        what_changed="Fewer",
        for_whom="Retail",
        happened_on=on,
        evidence="Rows",
        owner=Person.objects.create(full_name="Otto Lind"),
        approved_by_owner_on=on,
        status="shared",
    )
    return SharedWin.objects.create(win=win, headline=headline, message="It helped.", shared_on=on)


def story(viewer: Account, year: int | None = None) -> Year:
    found = year_of(viewer, thresholds_as_set(), year=year, today=TODAY)
    assert found is not None
    return found


def things(year: Year) -> list[tuple[date, str, str]]:
    return [(each.on, each.kind, each.what) for month in year.months for each in month.things]


def test_s25_the_latest_first_a_year_at_a_time(ana: Account, helena: Person) -> None:
    begun(helena)
    decision = MandateDecision.objects.create(
        kind="mandate",
        question="Shall there be an office?",
        options=["Yes", "No"],
        recommendation="Yes",
        if_not_decided="It goes on",
        needed_by=date(2025, 12, 1),
        outcome="Yes, for two years.",
        decided_on=date(2025, 12, 9),
    )
    decision.deciders.add(helena)
    SponsorAssignment.objects.create(person=helena, origin="assigned", since=date(2026, 1, 5))
    told("Four weeks less waiting", date(2026, 1, 20))

    early, late = story(ana, 2025), story(ana)
    assert [kind for _, kind, _ in things(early)] == ["Decision", "The beginning"]
    assert early.months[0].things[0].words == "Yes, for two years."
    assert (late.year, late.years) == (2026, (2026, 2025))
    assert [(on, kind) for on, kind, _ in things(late) if kind != QUIET] == [
        (date(2026, 1, 20), "Win told"),
        (date(2026, 1, 5), "Sponsor"),
    ]
    assert story(ana, 1999).year == 2026


def test_s28_a_stretch_in_which_leaders_were_given_nothing_is_named_with_its_days(
    ana: Account, helena: Person
) -> None:
    begun(helena, on=date(2026, 2, 1))
    told("Within thirty days", date(2026, 3, 3))  # 30 days on: not quiet yet
    told("After thirty-one", date(2026, 4, 3))  # 31 days on

    assert [(each.days, each.until, each.lasts) for each in story(ana).quiet] == [
        (88, TODAY, True),
        (31, date(2026, 4, 3), False),
    ]
    assert (TODAY, QUIET, "88 days without anything for leaders to read") in things(story(ana))
    assert [kind for _, kind, _ in things(story(ana))].count(QUIET) == 2


def test_s28_whoever_began_this_month_is_not_quiet(ana: Account, helena: Person) -> None:
    begun(helena, on=TODAY - timedelta(days=20))
    assert story(ana).quiet == ()


def test_each_sees_what_is_open_to_them_and_no_gap_in_a_part_of_it(
    ana: Account, helena: Person
) -> None:
    begun(helena)
    told("Four weeks less waiting", date(2026, 1, 20))
    Pushback.objects.create(
        request="Weekly status",
        text="Takes long",
        in_confidence=True,
        answer_due=TODAY,
        received_at=datetime(2026, 2, 2, 9, tzinfo=UTC),
    )
    sponsor, leader = account("Dee", Role.SPONSOR), account("Lea", Role.LEADER)

    assert "Pushback" in {kind for _, kind, _ in things(story(ana))}
    for other in (sponsor, leader):
        assert {kind for _, kind, _ in things(story(other))} == {"Win told"}
        assert story(other).quiet == ()
        page = browser_of(other).get("/keep-it/timeline/").content.decode()
        assert "Weekly status" not in page
        assert "given nothing" not in page


def test_the_page_says_where_to_begin_when_nothing_happened_yet(ana: Account) -> None:
    answer = browser_of(ana).get("/keep-it/timeline/?year=abc")
    assert "Nothing has happened yet that is written down" in answer.content.decode()


def test_the_invented_company_tells_of_every_kind(ana: Account) -> None:
    now = datetime(2026, 5, 11, 9, tzinfo=UTC)
    Organisation(pk=1, name=sample.company.GROUP, invented=True, currency="GBP").save()
    for name in (sample.company.GROUP, *sample.company.UNITS):
        OrgUnit.objects.create(name=name)
    sample.fill_office(now=now)

    found = happenings(ana)
    assert {each.kind for each in found} >= {
        *("The beginning", "Decision", "Charter", "Sponsor", "Win told", "Override", "Pushback"),
        *("Talks", "Finance", "Claim written down"),
    }
    assert list(found) == sorted(found, key=lambda each: each.on, reverse=True)
    browser = browser_of(ana)
    ways = {each.way for each in found if each.way}
    assert {way: browser.get(way).status_code for way in ways} == dict.fromkeys(ways, 200)


def test_its_queries_do_not_grow_with_the_years(ana: Account, helena: Person) -> None:
    begun(helena)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            story(ana)
        return len(asked)

    few = queries()
    for n in range(40):
        told(f"Win {n}", date(2026, 1, 1) + timedelta(days=n))
        Charter.objects.create(
            version=n + 1,
            status="superseded",
            written_on=date(2026, 1, 1),
            proposed_on=date(2026, 1, 1),
            review_due=date(2026, 12, 1),
        )
        Pushback.objects.create(
            request="Weekly status",
            text="Takes long",
            answer_due=TODAY,
            received_at=datetime(2026, 2, 2, 9, tzinfo=UTC),
        )
    assert queries() - few <= 1  # the answers to objections, once there are any
