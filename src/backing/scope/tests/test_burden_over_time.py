"""4.8: what is asked of a project manager shrinks over time, and the page says so when it does not."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from fractions import Fraction

from django.utils import timezone

from backing.people.access import Role
from backing.people.models import Person
from backing.people.tests.conftest import browser_of
from backing.scope.burden_over_time import Ask, Version, over_time
from backing.scope.models import DataRequest
from backing.scope.public import burden_over_time
from backing.scope.tests.conftest import Company

TODAY = date(2026, 11, 26)


def asked(minutes: int, *, begins: date = date(2024, 1, 1), retired: date | None = None) -> Ask:
    version = Version(since=begins, minutes_a_month=Fraction(minutes))
    return Ask(begins=begins, retired=retired, versions=(version,))


def test_a_retired_request_makes_the_burden_fall_from_the_month_it_ended() -> None:
    found = over_time([asked(60, retired=date(2026, 5, 10)), asked(20)], today=TODAY)

    assert [each.minutes for each in found.points] == [80] * 7 + [20] * 7
    assert (found.then.on, found.now.on) == (date(2025, 11, 1), TODAY)
    assert found.says == "It has fallen: 80 minutes a month in Nov 2025, 20 now."


def test_a_rise_is_called_a_rise() -> None:
    found = over_time([asked(20), asked(15, begins=date(2026, 9, 15))], today=TODAY)

    assert found.has_risen
    assert found.says == "It has risen: 20 minutes a month in Nov 2025, 35 now."


def test_a_fall_that_came_back_in_part_does_not_pass_for_a_fall() -> None:
    asks = [asked(60, retired=date(2026, 2, 10)), asked(20), asked(30, begins=date(2026, 10, 2))]

    assert over_time(asks, today=TODAY).says == (
        "It has fallen: 80 minutes a month in Nov 2025, 50 now. "
        "It was 20 in Oct 2026, and has risen since."
    )


def test_what_never_changed_and_what_never_was_are_said_too() -> None:
    assert over_time([asked(20)], today=TODAY).says == "20 minutes a month, as in Nov 2025."
    assert over_time([], today=TODAY).is_nothing


def test_an_ask_counts_with_the_minutes_it_took_then(company: Company) -> None:
    """Shortened in spring: the months before keep what they bore; so does a slip put right that day."""
    del company
    kept = DataRequest.objects.create(
        what="Forecast",
        to_role=Role.PROJECT_MANAGER,
        minutes_each=200,
        begins=date(2025, 1, 1),
    )
    for minutes in (35, 20):
        kept.minutes_each = minutes
        kept.save()
    days = (TODAY - timedelta(days=500), TODAY - timedelta(days=500), TODAY - timedelta(days=90))
    for past, day in zip(kept.history.order_by("history_id"), days, strict=True):
        at = timezone.make_aware(datetime.combine(day, time(12)))
        kept.history.filter(history_id=past.history_id).update(history_date=at)

    found = burden_over_time(None, today=TODAY)

    assert (found.then.minutes, found.now.minutes) == (35, 20)


def test_who_is_asked_by_name_bears_that_too_and_nobody_else_does(company: Company) -> None:
    pam, oz = (Person.objects.create(full_name=name) for name in ("Pam Hale", "Oz Reed"))
    about = {"minutes_each": 30, "begins": date(2025, 1, 1)}
    DataRequest.objects.create(what="Forecast", to_role=Role.PROJECT_MANAGER, **about)
    DataRequest.objects.create(what="Weekly call", to_person=pam, **about)
    DataRequest.objects.create(what="Head count", to_role=Role.LEADER, **about)

    assert burden_over_time(pam.pk, today=TODAY).now.minutes == 60
    assert burden_over_time(oz.pk, today=TODAY).now.minutes == 30
    assert burden_over_time(None, today=TODAY).now.minutes == 30


def test_the_head_of_the_office_sees_the_months_and_the_sentence(company: Company) -> None:
    DataRequest.objects.create(
        what="Forecast", to_role=Role.PROJECT_MANAGER, minutes_each=30, begins=date(2020, 1, 1)
    )
    browser = browser_of(company.head)
    page = browser.get("/scope/asks/").content.decode()

    assert "30 minutes a month, as in" in page
    assert "<svg" in page
