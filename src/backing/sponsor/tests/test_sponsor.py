"""The sponsor: compared, asked, agreed with, within reach (S23, S24-a, RULE-14, RULE-19, D11)."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta

import pikepdf
import pytest
from django.test import Client
from django.utils import timezone

from backing.leaders.tests.conftest import MAY
from backing.people.access import Confidentiality
from backing.people.advising import Advice, Office
from backing.people.legitimate_interests import record_as_offered
from backing.people.models import AccessLog, Account, LegitimateInterests, OrgUnit, Person
from backing.people.models.audited import past_the_guard
from backing.people.names import Names
from backing.people.tests.conftest import browser_of
from backing.scope.models import Charter
from backing.sponsor import actions, privacy
from backing.sponsor.advice import THRESHOLDS, advice
from backing.sponsor.criteria import CRITERIA
from backing.sponsor.models import (
    Override,
    SponsorAssignment,
    SponsorCandidate,
    SponsorRequest,
)
from backing.sponsor.papers import sponsor_request
from backing.sponsor.public import sponsor_now

pytestmark = pytest.mark.django_db
NOON = timezone.make_aware(datetime(2026, 5, 11, 12))


def found(viewer: Account, rule: str, today: date = MAY) -> list[Advice]:
    return [each for each in advice(Office({}), viewer, today) if each.rule == rule]


def assigned(person: Person, *units: OrgUnit, days_ago: int = 10) -> SponsorAssignment:
    since = MAY - timedelta(days=days_ago)
    return actions.assign(person, origin="assigned", since=since, span=units)


def compared(name: str, by: Account, why: str = "they decide") -> Person:
    person = Person.objects.create(full_name=name)
    record_as_offered(by=by, on=MAY)
    actions.compare(person, dict.fromkeys(CRITERIA, (2, why)), by=by, on=MAY)
    return person


def test_s23_a_assigned_sought_or_none(ana: Account, sue: Account) -> None:
    assert sponsor_now(ana, today=MAY).status == "none"
    compared("Olga", ana)
    assert sponsor_now(ana, today=MAY).status == "sought"
    assigned(sue.person)
    assert sponsor_now(ana, today=MAY).status == "assigned"


def test_who_follows_takes_over_on_the_day(ana: Account, sue: Account) -> None:
    first = assigned(sue.person, days_ago=400)
    assigned(Person.objects.create(full_name="Olga"), days_ago=0)

    first.refresh_from_db()
    assert first.until == MAY
    assert sponsor_now(ana, today=MAY).names == ("Olga",)


def test_s23_b_a_comparison_is_opened_by_a_click_logged_and_kept_from_members(
    ana: Account, ben: Account, sue: Account
) -> None:
    compared("Olga", ana, why="the board listens to her")
    browser = browser_of(ana)
    masked = browser.get("/sponsor/candidates/")
    shown = browser.post("/sponsor/candidates/")

    assert "the board listens" not in masked.content.decode()
    assert "the board listens" in shown.content.decode()
    assert shown.headers["Cache-Control"] == "no-store"
    assert AccessLog.objects.filter(what="SponsorCandidate", count=1).exists()
    for other in (ben, sue):
        assert browser_of(other).post("/sponsor/candidates/").status_code == 404


def test_nothing_is_compared_before_it_is_recorded_why_it_may_be(ana: Account) -> None:
    past_the_guard(LegitimateInterests).all().delete()
    person = Person.objects.create(full_name="Olga")
    given = dict.fromkeys(CRITERIA, 1) | {f"{name}_why": "so" for name in CRITERIA}
    answer = browser_of(ana).post("/sponsor/candidates/new/", {"person": person.pk, **given})

    assert answer.status_code == 422
    assert not SponsorCandidate.objects.exists()


def test_d11_is_one_page_and_holds_nothing_of_the_comparison(ana: Account) -> None:
    from boardpaper.render import html, pdf

    person = compared("Olga", ana, why="Quagglewort")
    asked = SponsorRequest.objects.create(
        to=person,
        why_you="Most of what we touch is yours.",
        hours_a_month=2,
        behaviours=["Be seen", "Bring peers", "Say why"],
        what_you_get="Dates that hold",
        we_promise="Bad news from us first",
        asked_on=MAY,
    )
    document = sponsor_request(asked, now=NOON)
    with pikepdf.open(io.BytesIO(pdf.render(document))) as paper:
        assert len(paper.pages) == 1
    said = html.render(document).decode()
    assert "2 hours a month" in said
    assert "Quagglewort" not in said


def test_s24_a_the_agreement_is_offered_with_its_override_rule(ana: Account, sue: Account) -> None:
    one = assigned(sue.person)
    browser = browser_of(ana)
    page = browser.get(f"/sponsor/assignments/{one.pk}/agreement/").content.decode()
    assert "we talk first" in page

    given = {
        "cadence_days": 14,
        "channel": "In person",
        "sponsor_will": "Speak up",
        "pmo_will": "One page",
        "no_surprises": "We tell first.",
        "override_rule": "We talk first.",
    }
    browser.post(f"/sponsor/assignments/{one.pk}/agreement/", given)
    assert "We talk first." in browser.get("/sponsor/").content.decode()


def test_rule_14_two_overrides_in_a_quarter_for_the_head_alone(
    ana: Account, ben: Account, sue: Account
) -> None:
    for days in (1, 90):
        Override.objects.create(
            request="Stage check", waived_by=sue.person, on=MAY - timedelta(days=days)
        )
    assert found(ana, "RULE-14") == []

    Override.objects.create(
        request="Weekly report", waived_by=sue.person, on=MAY - timedelta(days=89)
    )
    (one,) = found(ana, "RULE-14")
    assert one.confidentiality == Confidentiality.RELATIONSHIP
    assert one.do.startswith("Agree the override rule")
    assert found(ben, "RULE-14") == []

    assigned(sue.person).agreements.create(
        cadence_days=14, no_surprises="", override_rule="We talk first.", agreed_on=MAY
    )
    (one,) = found(ana, "RULE-14")
    assert "You agreed on 11 May 2026: “We talk first.”" in one.do


def test_rule_19_a_unit_of_the_charter_outside_the_sponsors_area(
    ana: Account, sue: Account
) -> None:
    group = OrgUnit.objects.create(name="Group")
    retail = OrgUnit.objects.create(name="Retail", parent=group)
    shops = OrgUnit.objects.create(name="Shops", parent=retail)
    it = OrgUnit.objects.create(name="Retail IT")
    charter = Charter.objects.create(
        version=1,
        status="proposed",
        written_on=MAY,
        proposed_on=MAY,
        review_due=MAY + timedelta(days=300),
    )
    assert found(ana, "RULE-19") == []
    one = assigned(sue.person, retail)
    charter.units.set([retail, shops])
    assert found(ana, "RULE-19") == []

    charter.units.add(it)
    (advised,) = found(ana, "RULE-19")
    assert advised.title == "Your scope includes Retail IT, outside your sponsor’s area."
    assert "Retail IT" in browser_of(ana).get("/sponsor/").content.decode()

    one.span.add(it)
    assert found(ana, "RULE-19") == []


def test_rule_23_a_sponsor_for_whom_nobody_stands_in(ana: Account, sue: Account) -> None:
    assert found(ana, "RULE-23") == []
    one = assigned(sue.person)
    (said,) = found(ana, "RULE-23")
    assert said.title == "Nobody stands in for your sponsor."

    one.deputy = Person.objects.create(full_name="Olga")
    one.save()
    assert found(ana, "RULE-23") == []


def test_others_see_only_what_was_told(eve: Account, sue: Account) -> None:
    assigned(sue.person)
    Override.objects.create(request="Stage check", waived_by=sue.person, on=MAY)
    for other in (eve, sue):
        assert "Stage check" not in browser_of(other).get("/sponsor/").content.decode()
        assert [*advice(Office({}), other, MAY)] == []
    assert Client().get("/sponsor/").status_code == 404


def test_every_threshold_says_why_and_can_be_told_from_the_others() -> None:
    assert all(each.why.endswith(".") for each in THRESHOLDS)
    assert len({each.key for each in THRESHOLDS}) == len(THRESHOLDS)


def test_3_12_a_comparison_is_shown_to_whom_it_is_about_and_goes_with_them(ana: Account) -> None:
    olga = compared("Olga", ana, why="the board listens")
    first, _ = privacy.export_of(olga, ana, NOON)
    assert first.entries[0].says[0][1] == "2: the board listens"

    assert privacy.erase(olga, Names.of(olga)) == {"comparisons": 1}
    assert not SponsorCandidate.objects.exists()
