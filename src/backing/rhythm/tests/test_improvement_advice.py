"""RULE-11, RULE-21, RULE-24 and RULE-30 about measures and claims: each fires, and each keeps quiet."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from backing.documents.models import Issue
from backing.evidence import advice as of_evidence
from backing.evidence.measuring import fix_baseline
from backing.evidence.models import Edition, Measure, StoredFigure
from backing.people.access import Role
from backing.people.advising import Advice, Office
from backing.people.models import Account
from backing.rhythm import claims
from backing.rhythm.improvement_advice import IN_A_ROW, advice
from backing.rhythm.judging import judge
from backing.rhythm.models import LoggedVerdict, Report
from backing.rhythm.papers.report import report_of
from backing.rhythm.tests.conftest import account
from backing.rhythm.tests.test_claims import WIGGLE, claim, measure, months, readings
from boardpaper.composition import composition, composition_hash

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 20)
NOW = datetime(2026, 4, 20, 9, tzinfo=UTC)


def found(
    viewer: Account,
    rule: str,
    today: date = TODAY,
    office: Office = Office({}),  # noqa: B008
) -> list[Advice]:
    rules = (*advice(office, viewer, today), *of_evidence.advice(office, viewer, today))
    return [each for each in rules if each.rule == rule]


def watched(ana: Account, before: float, after: float, *, fixed: date | None) -> Measure:
    """Readings from July 2023 to March 2026; whatever is claimed began on 1 January 2025."""
    of = measure(ana)
    days = months(date(2023, 7, 1), 33)
    readings(of, ana, days, [(before if n < 18 else after) + WIGGLE[n % 12] for n in range(33)])
    if fixed is not None:
        fix_baseline(
            of,
            first_day=days[0],
            last_day=date(2024, 12, 20),
            because="All.",
            by=ana,
            now=datetime(fixed.year, fixed.month, fixed.day, 12, tzinfo=UTC),
        )
    return of


BEFORE = date(2024, 12, 28)


def test_rule_11_no_baseline_and_what_can_be_said_instead(ana: Account) -> None:
    claims.register(claim(watched(ana, 40, 24, fixed=None)), by=ana, now=NOW)
    (said,) = found(ana, "RULE-11")
    assert said.title == "Cannot say improved: Days to a decision has no baseline."
    assert "You can say: it is" in said.because[0]
    assert "of 33 readings" in said.because[0]


def test_rule_11_a_baseline_fixed_after_the_start_is_named_as_such(ana: Account) -> None:
    claims.register(claim(watched(ana, 40, 24, fixed=date(2025, 3, 1))), by=ana, now=NOW)
    (said,) = found(ana, "RULE-11")
    assert "was fixed after the start" in said.title


def test_rule_11_is_quiet_where_the_baseline_came_first(ana: Account) -> None:
    made = claims.register(claim(watched(ana, 40, 24, fixed=BEFORE)), by=ana, now=NOW)
    judge(made, now=NOW)
    assert found(ana, "RULE-11") == []


def test_rule_11_warns_of_a_start_right_after_the_worst_reading(ana: Account) -> None:
    of = watched(ana, 40, 24, fixed=BEFORE)
    readings(of, ana, [date(2024, 12, 30)], [90])
    claims.register(claim(of), by=ana, now=NOW)
    (said,) = found(ana, "RULE-11")
    assert "right after the worst reading" in said.title


def test_rule_11_bad_news_is_told_first(ana: Account) -> None:
    made = claims.register(claim(watched(ana, 24, 40, fixed=BEFORE)), by=ana, now=NOW)
    judge(made, now=NOW)
    (said,) = found(ana, "RULE-11")
    assert said.title == "Days to a decision got worse by more than chance."


def test_rule_11_says_when_the_named_day_has_come(ana: Account) -> None:
    of = watched(ana, 40, 39, fixed=BEFORE)
    made = claims.register(claim(of), by=ana, now=NOW)
    judge(made, now=NOW)
    LoggedVerdict.objects.filter(improvement=made).update(
        word="No evidence yet", claimable_on=date(2026, 5, 1)
    )
    assert found(ana, "RULE-11") == []
    (said,) = found(ana, "RULE-11", date(2026, 5, 1))
    assert said.title == "By now there could be an answer: Days to a decision."


def test_rule_21_a_reading_older_than_twice_its_interval(ana: Account) -> None:
    watched(ana, 40, 39, fixed=None)  # last read on 15 March 2026
    assert found(ana, "RULE-21", date(2026, 3, 15) + timedelta(days=62)) == []
    (said,) = found(ana, "RULE-21", date(2026, 3, 15) + timedelta(days=63))
    assert said.title == "Days to a decision was last read 63 days ago."


def test_rule_21_an_overrun_against_the_latest_plan_only(ana: Account) -> None:
    measure(ana, name="Overrun", unit="share", figure="cost_overrun_median", plan="current")
    (said,) = found(ana, "RULE-21")
    assert "against the latest plan only" in said.title
    measure(ana, name="First", unit="share", figure="cost_overrun_median", plan="original")
    assert found(ana, "RULE-21") == []


@pytest.mark.parametrize(("value", "count"), [(0.25, 1), (0.0, 0)])
def test_rule_21_status_and_dates_disagree(ana: Account, value: float, count: int) -> None:
    edition = Edition.objects.create(name="e1", made_at=NOW, is_current=True)
    figure = {
        "measure": "green_yet_moving_rate", "version": 1, "definition": "Green.", "unit": "share",
        "value": value, "reason": None, "n": 8, "baseline": None, "by": None, "group": None,
        "as_at": None, "missing": {},
    }  # fmt: skip
    StoredFigure.objects.create(
        edition=edition, place=0, measure="green_yet_moving_rate", version=1, figure=figure
    )
    said = found(ana, "RULE-21")
    assert len(said) == count
    if said:
        assert "2 of 8 projects" in said[0].because[0]


def test_rule_24_no_report_and_no_reading(ana: Account) -> None:
    of = watched(ana, 40, 39, fixed=BEFORE)
    claims.register(claim(of), by=ana, now=NOW)
    assert found(ana, "RULE-24", date(2026, 4, 28)) == []
    late = {each.subject: each.title for each in found(ana, "RULE-24", date(2026, 5, 26))}
    assert late == {
        "report": "36 days since the first claim, and no report.",
        "reading": "No measure has been read for 72 days.",
    }


def test_rule_24_keeps_quiet_up_to_the_day(ana: Account) -> None:
    """35 days without a report and 45 without a reading are in time; the day after is not."""
    of = watched(ana, 40, 39, fixed=BEFORE)  # last read on 15 March 2026
    claims.register(claim(of), by=ana, now=NOW)
    claimed, read = timezone.localdate(NOW), date(2026, 3, 15)

    def subjects(on: date) -> set[str]:
        return {each.subject for each in found(ana, "RULE-24", on)}

    assert "report" not in subjects(claimed + timedelta(days=35))
    assert "report" in subjects(claimed + timedelta(days=36))
    assert "reading" not in subjects(read + timedelta(days=45))
    assert "reading" in subjects(read + timedelta(days=46))


def issued(ana: Account, number: int) -> None:
    """The report of March as it stands, issued."""
    document = report_of(ana, Report(first_day=date(2026, 3, 1), last_day=date(2026, 3, 31)))
    assert document is not None
    Issue.objects.create(
        code="D7",
        number=number,
        title="Report",
        klass="mgmt",
        composition=composition(document).decode(),
        composition_hash=composition_hash(document),
        issued_at=NOW,
        issued_by=ana,
        asked_at=NOW,
        state="done",
    )


def test_rule_30_is_quiet_about_a_report_that_names_what_did_not_move(ana: Account) -> None:
    watched(ana, 40, 39, fixed=BEFORE)
    issued(ana, 1)
    assert found(ana, "RULE-30") == []


def test_rule_30_a_report_with_good_news_only_while_there_is_other(ana: Account) -> None:
    of = watched(ana, 40, 24, fixed=BEFORE)
    judge(claims.register(claim(of), by=ana, now=NOW), now=NOW)
    issued(ana, 1)
    assert found(ana, "RULE-30") == []
    measure(ana, name="Reports in time")
    (said,) = found(ana, "RULE-30")
    assert said.because == (
        "The last report names nothing that did not move; there is Reports in time.",
    )


def test_rule_30_three_reports_in_a_row_with_good_news_only(ana: Account) -> None:
    of = watched(ana, 40, 24, fixed=BEFORE)
    judge(claims.register(claim(of), by=ana, now=NOW), now=NOW)
    for number in (1, 2):
        issued(ana, number)
    assert found(ana, "RULE-30") == []
    issued(ana, 3)
    (said,) = found(ana, "RULE-30")
    assert said.because == ("3 reports in a row have good news only.",)
    assert found(ana, "RULE-30", office=Office({IN_A_ROW.key: 4.0})) == []


def test_nobody_outside_the_office_is_advised(ana: Account) -> None:
    claims.register(claim(watched(ana, 40, 24, fixed=None)), by=ana, now=NOW)
    dee = account("Dee", Role.SPONSOR)
    assert [*advice(Office({}), dee, TODAY), *of_evidence.advice(Office({}), dee, TODAY)] == []
