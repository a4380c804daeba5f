"""D7: the report is put together from the measures and cannot hide what got worse (S29-b, S29-c, RULE-30)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from backing.documents.traced import traced
from backing.evidence.measuring import fix_baseline
from backing.evidence.models import Measure
from backing.people.models import Account
from backing.rhythm import claims
from backing.rhythm.judging import judge
from backing.rhythm.models import Report
from backing.rhythm.papers.report import not_better_in, report_of
from backing.rhythm.periods import current_report, last_month, last_quarter
from backing.rhythm.progress import progress
from backing.rhythm.tests.conftest import browser_of
from backing.rhythm.tests.test_claims import NOW, WIGGLE, claim, measure, months, readings
from boardpaper.blocks import Ask
from boardpaper.gate import gate
from boardpaper.limits import page_count
from boardpaper.wording import measure as word
from boardpaper.wording import plain

pytestmark = pytest.mark.django_db


def watched(ana: Account, name: str, before: float, after: float, **told: object) -> Measure:
    """A measure with eighteen readings before its baseline was fixed and fifteen after."""
    of = measure(ana, name=name, **told)
    days = months(date(2023, 7, 1), 33)
    readings(of, ana, days, [(before if n < 18 else after) + WIGGLE[n % 12] for n in range(33)])
    fix_baseline(
        of,
        first_day=days[0],
        last_day=date(2024, 12, 20),
        because="All there was.",
        by=ana,
        now=datetime(2024, 12, 28, tzinfo=UTC),
    )
    return of


@pytest.fixture
def mixed(ana: Account) -> dict[str, Measure]:
    """One that is better, one that reads as worse, one without a baseline."""
    found = {
        "better": watched(ana, "Days to a decision", 40, 24),
        "worse": watched(ana, "Minutes asked", 50, 70, unit="minutes"),
        "open": measure(ana, name="Reports in time", unit="share"),
    }
    judge(claims.register(claim(found["better"]), by=ana, now=NOW), now=NOW)
    return found


def report() -> Report:
    return Report(first_day=date(2026, 5, 1), last_day=date(2026, 5, 31))


def test_s29c_what_got_worse_or_did_not_move_is_named_first_what_got_worse(
    ana: Account, mixed: dict[str, Measure]
) -> None:
    found = {each.measure.name: each.standing for each in progress(ana)}
    assert found == {
        "Days to a decision": "better",
        "Minutes asked": "worse",
        "Reports in time": "unmoved",
    }
    document = report_of(ana, report())
    assert document is not None
    assert not_better_in(document) == ["Minutes asked", "Reports in time"]


def test_only_a_verdict_makes_a_measure_better(ana: Account) -> None:
    watched(ana, "Days to a decision", 40, 24)
    (found,) = progress(ana)
    assert (found.standing, found.word) == ("unmoved", "Not claimed")


def test_the_report_passes_the_claim_gate_and_keeps_to_its_pages(
    ana: Account, mixed: dict[str, Measure]
) -> None:
    document = report_of(ana, report())
    assert document is not None
    assert [each for each in gate(document) if each.blocks] == []
    assert page_count(document) <= 3


def test_its_headings_say_what_was_found(ana: Account, mixed: dict[str, Measure]) -> None:
    document = report_of(ana, report())
    assert document is not None

    leads = {each.kicker: plain(each.lead) for each in document.sections}

    assert leads["Measures"] == "Of 1 of 3 measures it was registered beforehand what to expect"
    assert leads["Run charts: pictures, and not the verdict"].startswith("Minutes asked went from ")
    assert leads["What we did"] == "Of 1 things that were done differently, 1 can be upheld"
    assert leads["Promises and objections"] == "No promise of ours to a leader fell due"


def test_every_count_of_it_leads_to_what_was_counted(
    ana: Account, mixed: dict[str, Measure]
) -> None:
    document, browser = report_of(ana, report()), browser_of(ana)
    assert document is not None
    counted = {word(each) for each in document.figures() if each.measure.startswith("report_")}
    found = [each for each in traced(document, ana) if each.what in counted]

    assert {each.what for each in found} >= {
        "measures better",
        "measures worse",
        "objections waiting",
    }
    pages = {each.page for each in found}
    assert len(pages) > 1
    assert [page for page in pages if not page or browser.get(page).status_code != 200] == []


def test_what_is_asked_stands_on_the_first_page(ana: Account, mixed: dict[str, Measure]) -> None:
    asking = report()
    asking.ask, asking.next_steps = "Say who decides on late answers.", "The checks open in Retail."
    document = report_of(ana, asking)
    assert document is not None
    asked = {
        section.kicker: [block for block in section.blocks if isinstance(block, Ask)]
        for section in document.sections
    }
    assert [kicker for kicker, found in asked.items() if found] == ["In short"]


def test_it_never_says_that_anything_is_proved(ana: Account, mixed: dict[str, Measure]) -> None:
    from boardpaper.render import html

    document = report_of(ana, report())
    assert document is not None
    words = re.sub(
        r"<style>.*?</style>|<[^>]+>", " ", html.render(document).decode(), flags=re.DOTALL
    )
    assert not re.search(r"\bprove[dns]?\b|p-value|\bsignificant", words.lower())
    assert "Minutes asked" in words


def test_where_nothing_is_measured_there_is_no_report(ana: Account) -> None:
    assert report_of(ana, report()) is None
    assert browser_of(ana).get("/documents/D7/").status_code == 200


def test_s29b_a_report_takes_one_page_of_answers(ana: Account, mixed: dict[str, Measure]) -> None:
    head = browser_of(ana)
    page = head.get("/keep-it/report/").content.decode()
    assert "Minutes asked: why, as far as you know?" in page
    answer = head.post(
        "/keep-it/report/",
        {
            "kind": "month",
            "first_day": "2026-05-01",
            "last_day": "2026-05-31",
            f"why_{mixed['worse'].pk}": "Two requests for the audit.",
            "next_steps": "The audit ends in June.",
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    kept = Report.objects.get()
    assert kept.explanations == {str(mixed["worse"].pk): "Two requests for the audit."}
    document = report_of(ana, kept)
    assert document is not None
    assert "Two requests for the audit." in repr(document)


def test_readings_after_the_period_are_not_in_its_report(
    ana: Account, mixed: dict[str, Measure]
) -> None:
    readings(mixed["worse"], ana, [date(2026, 6, 15)], [98765])
    document = report_of(ana, report())
    assert document is not None
    assert "98765" not in repr(document)


@pytest.mark.parametrize(
    ("today", "month", "quarter"),
    [
        (date(2026, 1, 3), (date(2025, 12, 1), date(2025, 12, 31)), (date(2025, 10, 1), date(2025, 12, 31))),
        (date(2026, 5, 11), (date(2026, 4, 1), date(2026, 4, 30)), (date(2026, 1, 1), date(2026, 3, 31))),
    ],
)  # fmt: skip
def test_the_period_is_the_last_whole_one(
    today: date, month: tuple[date, date], quarter: tuple[date, date]
) -> None:
    assert last_month(today) == month
    assert last_quarter(today) == quarter
    assert current_report(today).first_day == month[0]
    assert current_report(today + timedelta(days=40)).pk is None


def test_a_leader_does_not_write_reports(client: Client) -> None:
    assert client.get("/keep-it/report/").status_code in (302, 404)


@pytest.mark.usefixtures("mixed")
class TestRule20:
    """A measure says how good its readings are, and until when they may be relied on."""

    def keep(self, browser: Client, of: Measure, **told: str) -> None:
        address = f"/keep-it/measures/{of.pk}/words/"
        form = browser.get(address).context["form"]
        said = {name: form[name].value() for name in form.fields}
        answer = browser.post(
            address, {name: value for name, value in (said | told).items() if value is not None}
        )
        assert answer.status_code == 302, answer.content.decode()

    def test_what_is_out_of_date_stops_the_report_until_somebody_looks(self, ana: Account) -> None:
        of, browser = Measure.objects.get(name="Minutes asked"), browser_of(ana)
        self.keep(browser, of, valid_until="2020-03-31")

        stopped = browser.get("/documents/D7/").content.decode()
        assert "could be relied on until 31 March 2020" in stopped

        self.keep(browser, of, valid_until="2099-03-31")
        assert "could be relied on until" not in browser.get("/documents/D7/").content.decode()

    def test_what_is_remembered_prints_so_and_does_not_stop_it(self, ana: Account) -> None:
        of, browser = Measure.objects.get(name="Minutes asked"), browser_of(ana)
        self.keep(browser, of, quality="recollection")

        page = browser.get("/documents/D7/").content.decode()

        assert "(from memory)" in page
        assert "Better is what was kept at the time." in page
        assert "ready to be issued" in page
        assert "from memory" in browser.get(f"/keep-it/measures/{of.pk}/").content.decode()
