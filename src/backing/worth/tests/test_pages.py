"""S09-b, S10-b, S10-c: the pages, as each role sees them; and no return anywhere before it is earned."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import docx
import openpyxl
import pptx
import pytest
import typst
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from backing.documents.desk import composed_codes, desk
from backing.documents.models import Issue
from backing.documents.work import RENDERERS
from backing.mandate.models import Expected, MandateDecision
from backing.people.access import Role
from backing.people.models import Account, Person
from backing.people.models.audited import past_the_guard
from backing.people.names import Names
from backing.people.tests.conftest import account_of, browser_of
from backing.site.tests.returns import A_RETURN, return_in, text_of
from backing.worth import actions, privacy
from backing.worth.models import BenefitValuation, CostItem, FinanceWord, HourlyRate, KeptApart
from backing.worth.tests.conftest import FIRST, LAST, Values, asks_of_others, benefit, costs
from boardpaper.wording import plain

pytestmark = pytest.mark.django_db

READ_ON_EACH = pytest.mark.any_database(
    "the walk of the leader seeks returns at every address on each, and each document has its own tests"
)
OF_ALL_ROLES = [role for role in Role if role != Role.PMO_HEAD]


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The eleventh of May 2026: the first quarter is over."""
    noon = timezone.make_aware(datetime(2026, 5, 11, 12))
    monkeypatch.setattr(timezone, "now", lambda: noon)


def words(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return text_of(answer.content.decode())


def validated(valuation: BenefitValuation, by: Account) -> None:
    now = timezone.now()
    actions.say(valuation, "validated", by=by, now=now, today=timezone.localdate(now))


def addresses_without_arguments() -> list[str]:
    """Every page that has an address of its own."""

    def under(patterns: list[URLPattern | URLResolver], before: str) -> list[str]:
        found = []
        for each in patterns:
            way = before + str(each.pattern)
            if isinstance(each, URLResolver):
                found += under(each.url_patterns, way)
            elif "<" not in way:
                found.append(f"/{way}")
        return found

    return under(get_resolver().url_patterns, "")


def returns_told(browser: Client, viewer: Account, more: list[str]) -> dict[str, str]:
    """By address or document, a return in per cent that it states."""
    found = {}
    for address in [*addresses_without_arguments(), *more]:
        answer = browser.get(address)
        if answer.status_code != 200:
            continue
        content = b"".join(answer) if answer.streaming else answer.content
        told = return_in(content, answer.headers.get("Content-Type", ""))
        if told:
            found[address] = told
    for code in composed_codes():
        at = desk(viewer, code)
        said = [] if at is None else [plain(each) for each in at.drafted.document.claims()]
        hits = [hit.group() for hit in map(A_RETURN.search, said) if hit]
        if hits:
            found[code] = hits[0]
    return found


@READ_ON_EACH
@pytest.mark.parametrize("state", ["waiting", "rejected", "avoidance"])
def test_s09_b_no_return_in_per_cent_on_any_page_or_document_before_one_is_validated(
    aimed: Account, finn: Account, values: Values, state: str
) -> None:
    costs(100_000)
    asks_of_others()
    valuation = values(kind="avoidance" if state == "avoidance" else "hard")
    if state == "avoidance":
        validated(valuation, finn)
    if state == "rejected":
        actions.say(
            valuation,
            "rejected",
            reason="No",
            by=finn,
            now=timezone.now(),
            today=timezone.localdate(),
        )
    more = [reverse("worth-valuation", args=[valuation.pk])]

    for viewer in (aimed, finn):
        assert returns_told(browser_of(viewer), viewer, more) == {}


@READ_ON_EACH
def test_s09_b_what_finds_a_return_finds_the_one_that_was_earned(
    aimed: Account, finn: Account, values: Values
) -> None:
    costs(100_000)
    asks_of_others()
    validated(values(), finn)

    assert "/worth/" in returns_told(browser_of(aimed), aimed, [])


def returns_on_paper(viewer: Account) -> dict[str, dict[str, str]]:
    """By document and kind of file, a return in per cent that the file states when it is opened."""
    found = {}
    for code in composed_codes():
        at = desk(viewer, code)
        if at is None:
            continue
        document = replace(at.drafted.document, issued_at=timezone.now())
        told = {str(kind): return_in(made(document, Issue())) for kind, made in RENDERERS.items()}
        found[code] = {kind: hit for kind, hit in told.items() if hit}
    return found


@READ_ON_EACH
def test_s09_b_no_file_of_any_document_states_a_return_before_one_is_validated(
    aimed: Account, finn: Account, values: Values
) -> None:
    """RULE-15: paper, slides, text, page and workbook, opened; once it is earned, the review's files tell it."""
    costs(100_000)
    asks_of_others()
    a_review_is_due()
    valuation = values()
    before = returns_on_paper(aimed)
    validated(valuation, finn)
    after = returns_on_paper(aimed)

    assert before.keys() >= {"D1", "D8"}
    assert {code: told for code, told in before.items() if told} == {}
    assert after["D8"].keys() == {"pdf", "pptx", "docx", "html", "xlsx"}


def a_review_is_due() -> None:
    Expected.objects.create(statement="Fewer surprises", on=date(2024, 11, 20))
    MandateDecision.objects.create(
        kind=MandateDecision.Kind.RENEWAL,
        question="Does the office go on?",
        options=["Yes", "No"],
        recommendation="To be told",
        if_not_decided="It ends.",
        needed_by=timezone.localdate() + timedelta(days=30),
    )


@pytest.mark.parametrize("kind", ["sheet", "slide", "text", "list", "paper"])
def test_s09_b_a_return_in_a_cell_is_found_by_the_head_of_its_column(kind: str) -> None:
    """What files hold is read as they show it: 0.35, written as a share, under a head far above."""
    far = [["Year", "Return"], *([f"Q{n} of a year long past", "none yet"] for n in range(9))]
    table = [*far, ["Q1 2026", "0.35"]]

    assert return_in(_file(kind, table), "text/csv" if kind == "list" else "")
    assert return_in(_file(kind, far), "text/csv" if kind == "list" else "") is None


def _file(kind: str, table: list[list[str]]) -> bytes:
    out = io.BytesIO()
    if kind == "list":
        return "\n".join(map(",".join, table)).encode()
    if kind == "sheet":
        book = openpyxl.Workbook()
        for row in table:
            book.worksheets[0].append(row)
        last = book.worksheets[0].cell(len(table), 2)
        if last.value == "0.35":
            last.value, last.number_format = 0.35, "0.0%"
        book.save(out)
    elif kind == "slide":
        deck = pptx.Presentation()
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        cells = slide.shapes.add_table(len(table), 2, 0, 0, 900_000, 900_000).table
        for number, row in enumerate(table):
            for place, words in enumerate(row):
                cells.cell(number, place).text = words
        deck.save(out)
    elif kind == "paper":
        head, *rows = [", ".join(f"[{words}]" for words in row) for row in table]
        source = f"#table(columns: 2, table.header({head}), {', '.join(rows)})"
        return typst.compile(source.encode())
    else:
        paper = docx.Document()
        rows = paper.add_table(len(table), 2).rows
        for held, row in zip(rows, table, strict=True):
            for cell, words in zip(held.cells, row, strict=True):
                cell.text = words
        paper.save(out)
    return out.getvalue()


def test_s09_b_the_page_states_break_even_and_what_is_missing(aimed: Account) -> None:
    costs(825_600)
    asks_of_others()
    said = words(browser_of(aimed), "/worth/")

    assert "prevents 35% of the loss that its work is aimed at" in said
    assert "No return is claimed: finance has validated no saving of hard money." in said
    assert "A saving of hard money that finance has validated." in said
    assert "Nobody is named who would miss one thing more: Stage check." in said


def test_s10_b_every_total_on_the_page_is_the_sum_of_its_rows(
    aimed: Account, finn: Account, values: Values
) -> None:
    costs(333_333)
    asks_of_others(minutes=7, people=13, rate=61)
    validated(values(likely_minor=120_000_01, attribution_share=Decimal("0.333")), finn)
    validated(values("Fewer disputes", likely_minor=110_000_07), finn)
    validated(values("Calmer audits", kind="avoidance"), finn)
    page = browser_of(finn).get("/worth/").content.decode()

    tables = re.findall(r"<table.*?</table>", page, re.DOTALL)
    summed = [each for each in tables if "<tfoot>" in each]
    assert len(summed) == 3
    for table in summed:
        body, foot = table.split("<tfoot>")
        amounts = [cents(row) for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)[1:]]
        assert sum(amounts) == cents(foot)


def cents(row: str) -> int:
    """The last amount in a row."""
    return int(Decimal(re.findall(r"€([\d,.]*\d)", text_of(row))[-1].replace(",", "")) * 100)


def test_the_rows_add_up_to_the_totals_in_a_spreadsheet_too(
    aimed: Account, finn: Account, values: Values
) -> None:
    costs(333_333)
    asks_of_others()
    validated(values(), finn)
    values("Fewer disputes")
    answer = browser_of(finn).get("/worth/rows/")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    year = [Decimal(row["counted"]) for row in rows if row["list"] == "cost of the year"]
    hard = [row["counted"] for row in rows if row["list"] == "validated hard"]

    assert f"€{sum(year):,}".removesuffix(".00") in words(browser_of(finn), "/worth/costs/")
    assert hard == ["60000"]
    assert [row["counted"] for row in rows if row["what"] == "Fewer disputes"] == [""]


def test_the_return_is_told_with_its_formula_and_its_months(
    aimed: Account, finn: Account, values: Values
) -> None:
    costs(730_000)
    asks_of_others()
    validated(values(), finn)
    said = words(browser_of(finn), "/worth/")

    assert "Finance has validated €60,000 for Q1 2026; the office cost €91,775." in said
    assert "a return of −35%, between −46% and −18%: (€60,000 − €91,775.34) ÷ €91,775.34" in said
    assert "It is not multiplied up to a year" in said


def test_s10_c_a_rejected_figure_leaves_the_total_and_stays_listed_with_its_reason(
    aimed: Account, finn: Account, values: Values
) -> None:
    costs(730_000)
    asks_of_others()
    valuation = values()
    validated(valuation, finn)
    browser = browser_of(finn)
    answer = browser.post(
        f"/worth/valuations/{valuation.pk}/word/",
        {"word": "rejected", "reason": "The invoice was reversed"},
    )
    said = words(browser, "/worth/")

    assert answer.status_code == 302
    assert "No hard money is validated" in said
    assert "Rejected or withdrawn; not counted" in said
    assert "rejected by Finn on 11 May 2026: The invoice was reversed" in said


def test_s10_c_a_rejection_without_a_reason_is_asked_for_one_and_loses_nothing(
    aimed: Account, finn: Account, values: Values
) -> None:
    valuation = values()
    answer = browser_of(finn).post(
        f"/worth/valuations/{valuation.pk}/word/", {"word": "rejected", "reason": ""}
    )

    assert answer.status_code == 422
    assert "Say why, in a sentence" in text_of(answer.content.decode())
    assert '<option value="rejected" selected>' in answer.content.decode()
    assert not FinanceWord.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.FINANCE])
def test_s10_c_nobody_but_finance_validates(aimed: Account, values: Values, role: Role) -> None:
    valuation = values()
    who = aimed if role == Role.PMO_HEAD else account_of("Olga", role)
    browser = browser_of(who)

    assert browser.get("/worth/finance/").status_code == 404
    answer = browser.post(f"/worth/valuations/{valuation.pk}/word/", {"word": "validated"})
    assert answer.status_code == 404
    assert not FinanceWord.objects.exists()


@pytest.mark.parametrize("role", [Role.FINANCE, Role.SPONSOR, Role.LEADER, Role.PROJECT_MANAGER])
def test_nobody_but_the_office_writes_costs(aimed: Account, role: Role) -> None:
    found = costs(1)
    browser = browser_of(account_of("Olga", role))

    for address in ("/worth/costs/new/", f"/worth/costs/{found.pk}/", "/worth/hours/new/"):
        assert browser.get(address).status_code == 404
    assert browser.post(f"/worth/costs/{found.pk}/removal/").status_code == 404
    assert browser.get("/worth/valuations/new/").status_code == 404


@pytest.mark.parametrize("role", [Role.LEADER, Role.PROJECT_MANAGER])
def test_others_are_told_that_it_is_not_for_them_and_no_amount(aimed: Account, role: Role) -> None:
    costs(100_000)
    browser = browser_of(account_of("Olga", role))
    said = words(browser, "/worth/")

    assert "told to those who pay for it" in said
    assert "€" not in said
    for address in ("/worth/costs/", "/worth/rows/", "/worth/estimate/"):
        assert browser.get(address).status_code == 404


@pytest.mark.parametrize("role", [Role.SPONSOR, Role.DPO, Role.PMO_MEMBER])
def test_whoever_answers_for_it_or_checks_it_reads_the_page(aimed: Account, role: Role) -> None:
    costs(100_000)

    assert "€" in words(browser_of(account_of("Olga", role)), "/worth/")


def test_the_office_enters_a_cost_an_hour_and_a_valuation(aimed: Account) -> None:
    browser = browser_of(aimed)
    cost = {
        "what": "Four posts",
        "kind": "staff",
        "first_day": "2026-01-01",
        "last_day": "2026-12-31",
        "amount": "412800.50",
        "basis": "Ledger",
    }
    hour = {"role": "project_manager", "people": "10", "rate": "60", "source": "Finance"}
    valuation = {
        "benefit": str(benefit("Smaller overruns").pk),
        "kind": "hard",
        "first_day": FIRST.isoformat(),
        "last_day": LAST.isoformat(),
        "low": "100000",
        "likely": "120000",
        "high": "150000.25",
        "basis": "Readings",
        "attribution_share": "0.4",
        "attribution_reason": "Others too",
        "error_adjust": "0",
    }

    assert browser.post("/worth/costs/new/", cost).status_code == 302
    assert browser.post("/worth/hours/new/", hour).status_code == 302
    assert browser.post("/worth/valuations/new/", valuation).status_code == 302
    assert CostItem.objects.get().amount_minor == 412_800_50
    assert HourlyRate.objects.get().rate_minor == 60_00
    kept = BenefitValuation.objects.get()
    assert (kept.high_minor, kept.noted_by, kept.currency) == (150_000_25, aimed, "EUR")
    shown = browser.get(f"/worth/valuations/{kept.pk}/figures/").content.decode()
    assert 'value="150000.25"' in shown


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"attribution_share": "1"}, "name somebody outside the office"),
        ({"attribution_share": "1.5"}, "A share lies between 0 and 1"),
        ({"likely": "90000"}, "Most likely lies between the least and the most."),
        ({"first_day": "2026-04-01"}, "Select a valid choice"),
        ({"error_adjust": "1"}, "From 0 for none to less than 1"),
        ({"attribution_reason": ""}, "This field is required."),
    ],
)
def test_a_valuation_that_cannot_be_gets_a_sentence_and_loses_nothing(
    aimed: Account, wrong: dict[str, str], says: str
) -> None:
    given = {
        "benefit": str(benefit("Smaller overruns").pk),
        "kind": "hard",
        "first_day": FIRST.isoformat(),
        "last_day": LAST.isoformat(),
        "low": "100000",
        "likely": "120000",
        "high": "150000",
        "basis": "Readings of May",
        "attribution_share": "0.4",
        "attribution_reason": "Others too",
        "error_adjust": "0",
        **wrong,
    }
    answer = browser_of(aimed).post("/worth/valuations/new/", given)

    assert answer.status_code == 422
    assert says in text_of(answer.content.decode())
    assert "Readings of May" in answer.content.decode()
    assert not BenefitValuation.objects.exists()


def test_two_that_may_count_the_same_money_are_kept_apart_on_the_page(
    aimed: Account, finn: Account, values: Values
) -> None:
    costs(100_000)
    asks_of_others()
    one, other = values(), values()
    validated(one, finn)
    validated(other, finn)
    browser = browser_of(finn)
    before = words(browser, "/worth/")
    given = {"one": one.pk, "other": other.pk, "why": "One is Retail, one is Property"}
    browser.post("/worth/kept-apart/", given)

    assert "Money that may be counted twice" in before
    assert A_RETURN.search(before) is None
    assert KeptApart.objects.get().why == "One is Retail, one is Property"
    assert A_RETURN.search(words(browser, "/worth/"))


def test_what_must_come_true_is_labelled_by_its_assumption(aimed: Account) -> None:
    costs(825_600)
    asks_of_others()
    said = words(browser_of(aimed), "/worth/estimate/")

    assert "On the house assumption the office pays for itself in fewer than one" in said
    assert "This is an assumption, and not a return" in said
    assert "20,000 draws, seed 0" in said
    assert "in fewer than one of a hundred draws" in said


def test_before_anything_is_recorded_the_pages_say_where_to_begin(aimed: Account) -> None:
    browser = browser_of(aimed)

    assert "What the office costs is not recorded yet." in words(browser, "/worth/")
    assert "not recorded yet" in words(browser, "/worth/costs/")
    assert "cannot be told before" in words(browser, "/worth/estimate/")


def test_a_person_who_is_erased_leaves_the_words_of_others(
    aimed: Account, finn: Account, values: Values
) -> None:
    olga = Person.objects.create(full_name="Olga Brandt")
    valuation = values(attribution_reason="Olga Brandt did the rest", second_person=olga)
    told = [
        entry.says
        for section in privacy.export_of(olga, aimed, timezone.now())
        for entry in section.entries
    ]
    privacy.erase(olga, Names.of(olga))
    valuation.refresh_from_db()

    assert told == [(("you say that all of it is the office’s", "Smaller overruns"),)]
    assert "Olga" not in valuation.attribution_reason
    history = past_the_guard(BenefitValuation.history.model)
    assert not [row for row in history if "Olga" in row.attribution_reason]
