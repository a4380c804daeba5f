"""The pages of Keep it: measures, baselines, targets, claims, and the verdict for a layman (S22-b, RULE-11)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from backing.evidence.measuring import fix_baseline
from backing.evidence.models import Measure, MeasureReading
from backing.people.access import Role
from backing.people.models import Account, OrgUnit
from backing.rhythm import claims
from backing.rhythm.judging import judge
from backing.rhythm.models import Improvement, ImprovementTarget, LoggedVerdict, Look
from backing.rhythm.tests.conftest import account, browser_of
from backing.rhythm.tests.test_claims import (
    BEFORE_THE_START,
    NOW,
    WIGGLE,
    claim,
    measure,
    months,
    readings,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(ana: Account) -> Client:
    return browser_of(ana)


@pytest.fixture
def decided_faster(ana: Account) -> Measure:
    of = measure(ana)
    days = months(date(2023, 7, 1), 33)
    readings(of, ana, days, [(40 if n < 18 else 24) + WIGGLE[n % 12] for n in range(33)])
    fix_baseline(
        of,
        first_day=days[0],
        last_day=date(2024, 12, 20),
        because="All there was.",
        by=ana,
        now=BEFORE_THE_START,
    )
    return of


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_an_empty_office_says_what_a_measure_needs(head: Client) -> None:
    page = text_of(head, "/keep-it/")
    assert "Nothing is watched yet" in page
    assert "Watch something" in page


def test_s22_from_a_measure_to_a_baseline_a_target_and_a_claim_by_hand(
    head: Client, ana: Account
) -> None:
    answer = head.post(
        "/keep-it/measures/new/",
        {
            "name": "Days to a decision",
            "unit": "days",
            "direction": "down_good",
            "definition": "From a request to its answer.",
            "source": "Minutes",
            "owner_name": "Mara Quist",
            "point": "per_month",
            "refresh_days": 31,
            "decision_it_feeds": "Whether the board meets weekly.",
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    of = Measure.objects.get()
    here = f"/keep-it/measures/{of.pk}/"
    assert str(of.owner) == "Mara Quist"
    assert "No baseline yet, so nothing can be called better." in text_of(head, here)

    file = SimpleUploadedFile("r.csv", b"Date,Value,n\n2024-01-31,41,7\n2024-02-29,39,\nsoon,3,\n")
    page = head.post(f"{here}file/", {"file": file}).content.decode()
    assert "2 readings kept; 1 thing to look at" in page
    assert "r.csv, row 4: “soon” is no day." in page
    assert head.post(f"{here}readings/", {"at": "2024-03-31", "value": "43"}).status_code == 302
    assert MeasureReading.objects.standing().count() == 3

    fixed = {"first_day": "2024-01-01", "last_day": "2024-03-31", "because": "Before."}
    assert head.post(f"{here}baseline/", fixed).status_code == 302
    assert of.baseline is not None
    assert of.baseline.value == 41

    today = of.baseline.fixed_on
    asked = {
        "target": "20",
        "start": today.isoformat(),
        "due": (today + timedelta(days=300)).isoformat(),
        "owner_name": "Mara Quist",
    }
    refused = head.post(f"{here}target/", asked)
    assert refused.status_code == 422
    assert "Choose a later start" in refused.content.decode()
    asked["start"] = (today + timedelta(days=1)).isoformat()
    assert head.post(f"{here}target/", asked).status_code == 302
    assert ImprovementTarget.objects.get().baseline == of.baseline

    registered = {
        "what_was_done": "The board meets weekly",
        "start": (today + timedelta(days=1)).isoformat(),
        "least_effect": "4",
        "rival_causes": "Fewer requests",
        "contribution": "No request waits a month.",
    }
    assert head.post(f"{here}improvement/", registered).status_code == 302
    assert Look.objects.get().improvement == Improvement.objects.get()
    for address in ("/keep-it/", here, f"/keep-it/improvements/{Improvement.objects.get().pk}/"):
        text_of(head, address)


def test_a_target_without_a_baseline_needs_the_label(head: Client, ana: Account) -> None:
    of = measure(ana)
    asked = {"target": "20", "start": "2026-01-01", "due": "2026-12-31", "owner_name": "Ana"}
    refused = head.post(f"/keep-it/measures/{of.pk}/target/", asked)
    assert "say that there is none yet" in refused.content.decode()
    asked["no_baseline_yet"] = "on"
    assert head.post(f"/keep-it/measures/{of.pk}/target/", asked).status_code == 302
    assert "no baseline yet" in text_of(head, "/keep-it/")


def test_the_verdict_page_says_the_word_the_range_why_and_what_would_change_it(
    head: Client, ana: Account, decided_faster: Measure
) -> None:
    made = claims.register(
        claim(decided_faster, day_worth_minor=400_000, currency="EUR", day_worth_said_by="Finance"),
        by=ana,
        now=NOW,
    )
    judge(made, now=NOW)
    page = text_of(head, f"/keep-it/improvements/{made.pk}/")
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))

    assert "Consistent with improvement" in plain
    assert re.search(r"1\d days lower since the start; between \d+ days lower and \d+ days", plain)
    assert "At €4,000 a day, as Finance said, each time" in plain
    assert "A line that crosses no change leaves both ways open." in plain
    assert re.search(r"What was seen is 1\d days lower, between \d+ days lower and", page)
    assert {"no change", "← better"} <= set(re.findall(r"<text[^>]*>([^<]+)</text>", page))
    assert re.search(r"What was seen 1\d days lower", plain)
    assert "Worth having 4 days lower" in plain
    assert "What is missing is somebody to compare with" in plain
    assert "Somebody to compare with" in plain
    assert "Fewer requests" in plain
    before_the_appendix = plain.partition("Appendix")[0].lower()
    for word in (r"p-value", r"\bsignifican", r"\be 2"):
        assert not re.search(word, before_the_appendix)
    assert not re.search(r"\bprove", plain.lower())
    for_statisticians = plain.partition("Appendix")[2]
    assert re.search(r"Effect on the scale that is compared \(d\) -1\d\.\d", for_statisticians)
    assert "Needed on each side, were it looked at once" in for_statisticians
    assert "p, the shift of the series 0.001" in for_statisticians
    assert "0.001" not in before_the_appendix


def test_no_evidence_yet_is_printed_calmly_with_its_date(head: Client, ana: Account) -> None:
    of = measure(ana)
    days = months(date(2023, 1, 1), 30)
    readings(of, ana, days, [40.0 + WIGGLE[n % 12] for n in range(30)])
    fix_baseline(
        of,
        first_day=days[0],
        last_day=days[23],
        because="All.",
        by=ana,
        now=BEFORE_THE_START,
    )
    made = claims.register(claim(of), by=ana, now=NOW)
    judge(made, now=NOW)
    page = text_of(head, f"/keep-it/improvements/{made.pk}/")
    assert "That is not a bad result" in page
    assert "In money: not known. Nobody has said yet what a day is worth." in page
    assert "it could be claimed by about" in page
    assert "could be claimed by about" in text_of(head, "/keep-it/")


def test_a_verdict_is_withdrawn_with_its_reason_and_stays_to_be_read(
    head: Client, ana: Account, decided_faster: Measure
) -> None:
    made = claims.register(claim(decided_faster), by=ana, now=NOW)
    said = judge(made, now=NOW)
    assert said is not None
    assert head.post(f"/keep-it/verdicts/{said.pk}/withdrawal/", {"because": ""}).status_code == 422
    head.post(f"/keep-it/verdicts/{said.pk}/withdrawal/", {"because": "April was wrong."})
    page = text_of(head, f"/keep-it/improvements/{made.pk}/")
    assert "Not looked at yet" in page
    assert "April was wrong." in page


def test_a_measure_that_a_claim_rests_on_is_not_retired(
    head: Client, ana: Account, decided_faster: Measure
) -> None:
    made = claims.register(claim(decided_faster), by=ana, now=NOW)
    here = f"/keep-it/measures/{decided_faster.pk}/retirement/"
    head.post(here)
    decided_faster.refresh_from_db()
    assert decided_faster.retired_on is None
    head.post(f"/keep-it/improvements/{made.pk}/giving-up/", {"because": "Monthly again."})
    head.post(here)
    decided_faster.refresh_from_db()
    assert decided_faster.retired_on is not None


def test_what_cannot_be_registered_is_said_on_the_form(head: Client, ana: Account) -> None:
    of = measure(ana, unit="share", figure="cost_overrun_median")
    here = f"/keep-it/measures/{of.pk}/improvement/"
    told = {
        "what_was_done": "Checks",
        "starts_by": "Retail soon",
        "least_effect": "0.1",
        "contribution": "So.",
    }
    page = head.post(here, told)
    assert page.status_code == 422
    assert "does not end in a day" in page.content.decode()
    told["starts_by"] = "Retail 2026-01-15"
    assert "what else may have moved" in head.post(here, told).content.decode()
    told["asked"] = "Retail"
    told["comparison"] = "nothing at all"
    assert "is no filter" in head.post(here, told).content.decode()
    told["comparison"] = ""
    assert head.post(here, told).status_code == 302
    made = Improvement.objects.get()
    assert made.starts_by == {"Retail": "2026-01-15"}
    registered = head.get(f"/keep-it/improvements/{made.pk}/").content.decode()
    assert "from 15 January 2026" in registered


def test_a_leader_reads_measures_of_the_whole_and_changes_nothing(
    ana: Account, decided_faster: Measure
) -> None:
    estates = OrgUnit.objects.create(name="Estates")
    other = measure(ana, name="Estates only", org_unit=estates)
    made = claims.register(claim(decided_faster), by=ana, now=NOW)
    said = judge(made, now=NOW)
    assert said is not None
    rafe = browser_of(account("Rafe", Role.LEADER))

    assert "Estates only" not in text_of(rafe, "/keep-it/")
    text_of(rafe, f"/keep-it/improvements/{made.pk}/")
    assert rafe.get(f"/keep-it/measures/{other.pk}/").status_code == 404
    for address in (
        f"/keep-it/measures/{decided_faster.pk}/readings/",
        f"/keep-it/measures/{decided_faster.pk}/baseline/",
        f"/keep-it/improvements/{made.pk}/look/",
        f"/keep-it/verdicts/{said.pk}/withdrawal/",
    ):
        assert rafe.post(address).status_code == 404
    assert rafe.get("/keep-it/report/").status_code == 404
    assert Client().get("/keep-it/").status_code in (302, 404)


def test_readings_go_out_as_csv_and_come_in_again_without_a_change(
    head: Client, ana: Account, decided_faster: Measure
) -> None:
    here = f"/keep-it/measures/{decided_faster.pk}/"
    answer = head.get(f"{here}readings.csv")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    before = list(decided_faster.readings.order_by("at").values_list("at", "value", "n", "note"))
    head.post(f"{here}file/", {"file": SimpleUploadedFile("readings.csv", content)})
    standing = decided_faster.readings.standing().order_by("at")
    assert list(standing.values_list("at", "value", "n", "note")) == before
    assert decided_faster.readings.count() == len(before)


def test_rule_11_a_share_of_few_is_told_as_a_count(head: Client, ana: Account) -> None:
    of = measure(ana, name="On time", unit="share", direction=Measure.Direction.HIGHER)
    MeasureReading.objects.create(
        measure=of, at=date(2026, 3, 31), value=Decimal(7) / 9, n=9, made_at=NOW
    )
    assert "7 of 9" in text_of(head, f"/keep-it/measures/{of.pk}/")
    assert LoggedVerdict.objects.count() == 0


def test_of_a_share_it_is_said_that_days_and_money_are_not_known(
    head: Client, ana: Account
) -> None:
    of = measure(ana, name="Reports in time", unit="share", direction=Measure.Direction.HIGHER)
    days = months(date(2023, 1, 1), 30)
    readings(of, ana, days, [0.6 + WIGGLE[n % 12] / 100 for n in range(30)])
    fix_baseline(
        of, first_day=days[0], last_day=days[23], because="All.", by=ana, now=BEFORE_THE_START
    )
    made = claims.register(claim(of, least_effect=Decimal("0.1")), by=ana, now=NOW)
    judge(made, now=NOW)
    page = text_of(head, f"/keep-it/improvements/{made.pk}/")

    assert "In days and money: not known. The measure counts neither." in page
