"""What past projects say, who says so, and to whom it is said (issue 3 item 4; requirements.md 3.11, S21-d)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from lxml import html
from pytest_django import DjangoAssertNumQueries
from pytest_django.plugin import DjangoDbBlocker

from backing.evidence.models import (
    Decision,
    Edition,
    Import,
    MirroredProject,
    Ownership,
    Reading,
    StoredFigure,
)
from backing.evidence.tests.finished_register import (
    FILE,
    NOW,
    REGISTER,
    RUNS_IN_A_BROWSER,
    RUNS_IN_A_SPREADSHEET,
    make_evidence,
)
from backing.people.access import Role
from backing.people.models import Account, OrgUnit
from backing.people.tests.conftest import account_of, browser_of
from boardpaper.render.ink import chart_rules
from trackrecord.decisions import Confirmed, to_lines
from trackrecord.keys import Key

pytestmark = pytest.mark.django_db

COST = "/evidence/figures/cost_overrun_median/?against=original"
EVERY_PAGE = (
    "/evidence/",
    "/evidence/compared/",
    "/evidence/compared/kind/",
    "/evidence/why/",
    "/evidence/reports/",
    "/evidence/quality/",
    "/evidence/projects/",
    f"/evidence/project/?of={REGISTER}/P-002",
    COST,
    "/evidence/figures/cost_overrun_median/rows/?against=original",
)


@pytest.fixture(scope="module")
def evidence(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Edition]:
    """Forty finished projects, made once; every test goes back to them."""
    with django_db_blocker.unblock():
        edition = make_evidence(tmp_path_factory.mktemp("register"))
    yield edition
    with django_db_blocker.unblock():
        Edition.objects.all().delete()
        MirroredProject.objects.all().delete()


@pytest.fixture
def ana() -> Account:
    return account_of("Ana", Role.PMO_HEAD)


@pytest.fixture
def office(evidence: Edition, ana: Account) -> Client:
    return browser_of(ana)


@pytest.fixture
def sponsor(evidence: Edition) -> Client:
    return browser_of(account_of("Sam", Role.SPONSOR))


@pytest.fixture
def leader(evidence: Edition) -> Client:
    """Lea leads Retail."""
    lea = account_of("Lea", Role.LEADER)
    unit = OrgUnit(name="Retail")
    unit.save()
    lea.person.org_unit = unit
    lea.person.save()
    return browser_of(lea)


def page(browser: Client, address: str, status: int = 200) -> str:
    """The words of a page."""
    answer = browser.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def words(html: str) -> str:
    """What a page says, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def rows_of(browser: Client, address: str) -> list[dict[str, str]]:
    answer = browser.get(address)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text)))


class TestNothingYet:
    def test_the_office_is_asked_to_drop_files_and_others_are_not(self, ana: Account) -> None:
        eve = account_of("Eve", Role.LEADER)

        assert "Drop files" in page(browser_of(ana), "/evidence/")
        assert "Drop files" not in page(browser_of(eve), "/evidence/")

    @pytest.mark.parametrize("address", EVERY_PAGE[:7])
    def test_every_page_says_that_there_is_nothing(self, ana: Account, address: str) -> None:
        assert "There is no evidence yet" in page(browser_of(ana), address)


class TestFindings:
    def test_figures_are_without_files_only_until_their_rows_count(
        self, office: Client, ana: Account
    ) -> None:
        reading = Reading(by=ana, asked_at=NOW)
        reading.save()
        taken_in = Import(reading=reading, by=ana, asked_at=NOW)
        taken_in.save()
        assert "These figures are without them" in page(office, "/evidence/")

        taken_in.counts = True
        taken_in.save()
        assert "These figures are without them" not in page(office, "/evidence/")

    def test_the_headline_is_the_finding_and_its_figures_say_who(self, office: Client) -> None:
        found = page(office, "/evidence/")
        (headline,) = re.findall(r"<h1>(.*?)</h1>", found, re.DOTALL)

        assert "20%" in words(headline)
        assert f'href="{COST}"' in headline

    def test_every_project_is_a_dot_against_its_first_and_its_current_plan(
        self, office: Client
    ) -> None:
        found = page(office, "/evidence/")
        (cost,) = re.findall(r'aria-labelledby="cost-d-t cost-d-d".*?</svg>', found, re.DOTALL)

        assert cost.count("<circle") == 39 + 39
        assert f"P-039: +39% ({FILE}, row 40)" in cost

    def test_a_group_under_five_is_words_and_no_figure(self, office: Client) -> None:
        found = page(office, "/evidence/compared/")

        assert "Fewer than five projects, so no share is given: Legal (2)" in words(found)
        assert "group=Legal" not in found
        assert "group=Retail" in found

    def test_groups_stand_by_number_of_projects(self, office: Client) -> None:
        found = page(office, "/evidence/compared/")
        (first, *_) = re.findall(r"<tbody>(.*?)</tbody>", found, re.DOTALL)

        assert re.findall(r'<th scope="row">(.*?)</th>', first) == [
            "Retail",
            "Group IT",
            "Logistics",
        ]

    def test_causes_stand_between_three_bounds(self, office: Client) -> None:
        found = words(page(office, "/evidence/why/"))

        assert "Only this cause" in found
        assert "optimistic estimate" in found
        assert "Any it touched" in found

    def test_what_is_missing_is_said_by_reason(self, office: Client) -> None:
        found = words(page(office, "/evidence/quality/"))

        assert "39 of 40 1 not stated" in found
        assert "latest day that any row speaks of" in found or "no row says of which day" in found

    def test_an_edition_whose_rows_are_being_listed_says_so_and_shows_its_figures(
        self, office: Client
    ) -> None:
        Edition.objects.update(has_rows=False, name="0" * 64)
        found = words(page(office, "/evidence/"))

        assert "still being listed" in found
        assert "20%" in found
        assert "still being listed" in words(page(office, COST))
        assert "still being written out" in words(
            page(office, f"/evidence/project/?of={REGISTER}/P-001")
        )

    def test_an_undefined_figure_says_why_in_words(self, office: Client) -> None:
        figure = StoredFigure.objects.get(measure="cost_overrun_median", baseline="original", by="")
        figure.figure |= {"value": None, "low": None, "high": None, "reason": "too_few"}
        figure.save()

        assert "not known: too few projects" in words(page(office, COST))


class TestSaysWho:
    def test_what_home_states_has_its_backing_behind_it(self, office: Client) -> None:
        home = html.fromstring(office.get("/").content)
        addresses = home.xpath("//a[@class='fig']/@href")

        assert COST in addresses
        assert [office.get(each).status_code for each in addresses] == [200] * len(addresses)

    def test_a_fragment_for_the_page_that_asks_and_a_page_without_script(
        self, office: Client
    ) -> None:
        fragment = office.get(COST, headers={"HX-Request": "true"})
        whole = office.get(COST)

        assert "<html" not in fragment.content.decode()
        assert "<html" in whole.content.decode()
        assert "HX-Request" in fragment["Vary"]

    def test_s21_d_it_names_definition_n_missing_range_half_day_and_edition(
        self, office: Client, evidence: Edition
    ) -> None:
        found = words(page(office, COST))

        for said in (
            "Definition",
            "n 39 of 40",
            "1, not stated. Not counted as zero.",
            "95% interval",
            "Half lie between 10% and 30%",
            "none of 39 by their owners yet",
            f"Edition {evidence.name[:4]} {evidence.name[4:8]}",
        ):
            assert said in found

    def test_rows_come_largest_first_with_file_and_row(self, office: Client) -> None:
        found = words(page(office, COST))

        assert "Rows, largest first: 6 of 39" in found
        assert f"Secret plan 39 {FILE}, row 40 +39%" in found

    def test_its_sentence_bears_its_source(self, office: Client, evidence: Edition) -> None:
        (sentence,) = re.findall(r'id="sentence">(.*?)</p>', page(office, COST))

        assert re.fullmatch(
            r"Cost overrun, median, .*: 20% \(n 39 of 40; range .*; Backing, edition "
            rf"{evidence.name[:4]} {evidence.name[4:8]}\)\.",
            sentence,
        )

    def test_all_rows_are_paged_and_go_into_a_file(self, office: Client) -> None:
        found = words(page(office, "/evidence/figures/cost_overrun_median/rows/?against=original"))
        rows = rows_of(office, "/evidence/figures/cost_overrun_median/rows.csv?against=original")

        assert "39 rows behind 20%" in found
        assert [row["in words"] for row in rows] == [f"+{n}%" for n in range(39, 0, -1)]
        assert (rows[0]["file"], rows[0]["row"]) == (FILE, "40")

    def test_rows_of_a_rate_say_what_made_them_count(self, office: Client) -> None:
        rows = rows_of(office, "/evidence/figures/late_rate/rows.csv?against=original")

        assert rows[0]["in words"] == "+80 days"
        assert rows[-1]["in words"] == "−39 days"

    def test_a_figure_that_is_not_there_is_no_page(self, office: Client) -> None:
        page(
            office,
            "/evidence/figures/cost_overrun_median/?against=original&by=org_unit&group=X",
            404,
        )
        page(office, "/evidence/figures/guess/", 404)


class TestNames:
    def test_the_office_sees_names_and_others_numbers_until_the_owner_has_confirmed(
        self, office: Client, sponsor: Client, ana: Account
    ) -> None:
        assert "Secret plan 3" in page(office, "/evidence/projects/")
        assert "Secret plan" not in page(sponsor, "/evidence/projects/")

        confirm("P-003", ana)

        theirs = page(sponsor, "/evidence/projects/")
        assert "Secret plan 3<" in theirs
        assert "Secret plan 4<" not in theirs

    @pytest.mark.parametrize("address", [*EVERY_PAGE, f"/evidence/project/?of={REGISTER}/P-003"])
    def test_no_page_shows_the_sponsor_a_name_or_a_manager(
        self, sponsor: Client, address: str
    ) -> None:
        found = page(sponsor, address)

        assert "Secret plan" not in found
        assert "Ana Lima" not in found

    def test_nobody_finds_by_a_name_what_they_may_not_see_by_name(
        self, office: Client, sponsor: Client
    ) -> None:
        assert "38 projects found" in words(page(office, "/evidence/projects/?q=secret"))
        assert "0 projects found" in words(page(sponsor, "/evidence/projects/?q=secret"))

    def test_an_alias_stands_in_for_a_name(self, sponsor: Client, ana: Account) -> None:
        Ownership(register=REGISTER, key="P-003", person=ana.person, alias="Project Heron").save()

        assert "Project Heron" in page(sponsor, "/evidence/projects/")


class TestOwnArea:
    def test_a_leader_sees_the_totals_and_only_their_own_projects(self, leader: Client) -> None:
        assert "20%" in words(page(leader, "/evidence/"))
        assert "19 projects you may see" in words(page(leader, "/evidence/projects/"))
        page(leader, f"/evidence/project/?of={REGISTER}/P-001", 200)
        page(leader, f"/evidence/project/?of={REGISTER}/P-002", 404)

    def test_dots_of_other_areas_bear_no_number_and_no_row(self, leader: Client) -> None:
        found = page(leader, "/evidence/")

        assert found.count("<circle") > 100
        assert "P-002" not in found
        assert "row 40" not in found

    def test_rows_behind_a_total_are_ones_own_in_every_form(self, leader: Client) -> None:
        own = {f"P-{n:03}" for n in range(1, 38) if n % 4 in (0, 1)}
        rows = rows_of(leader, "/evidence/figures/cost_overrun_median/rows.csv?against=original")

        assert {row["project"] for row in rows} == own
        assert "your own only" in page(leader, COST)

    def test_another_units_figure_is_no_page(self, leader: Client) -> None:
        page(leader, f"{COST}&by=org_unit&group=Retail", 200)
        page(leader, f"{COST}&by=org_unit&group=Logistics", 404)
        assert "Logistics" not in page(leader, "/evidence/compared/")

    def test_a_project_manager_sees_their_own_projects_and_no_unit(self, evidence: Edition) -> None:
        pat = account_of("Pat", Role.PROJECT_MANAGER)
        Ownership(register=REGISTER, key="P-003", person=pat.person).save()
        browser = browser_of(pat)

        assert "1 project you may see" in words(page(browser, "/evidence/projects/"))
        page(browser, f"{COST}&by=org_unit&group=Retail", 404)


class TestProject:
    def test_it_tells_its_whole_history_with_file_and_row(
        self, office: Client, ana: Account
    ) -> None:
        confirm("P-010", ana)
        found = words(page(office, f"/evidence/project/?of={REGISTER}/P-010"))

        assert "Cost +10% +5%" in found
        assert f"{FILE}, row 11" in found
        assert "Original plan finish 20 January 2025; cost €100,000" in found
        assert "Confirmed by its owner its figures stand decided by Ana" in found

    def test_a_project_of_no_register_is_no_page(self, office: Client) -> None:
        page(office, "/evidence/project/?of=nowhere/P-010", 404)

    def test_lists_are_narrowed_and_paged(self, office: Client) -> None:
        assert "9 projects found" in words(page(office, "/evidence/projects/?org_unit=Logistics"))
        assert "No project fits." in words(page(office, "/evidence/projects/?q=zzz"))

    def test_a_list_costs_the_same_queries_for_two_projects_and_for_forty(
        self, office: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(12):
            assert "2 projects found" in words(
                page(office, "/evidence/projects/?org_unit=Legal&q=P-03")
            )
        with django_assert_num_queries(12):
            page(office, "/evidence/projects/?kind=IT")


class TestTakenAway:
    @pytest.mark.parametrize("address", EVERY_PAGE)
    def test_script_text_in_a_cell_is_inert(self, office: Client, address: str) -> None:
        assert RUNS_IN_A_BROWSER not in page(office, address)

    def test_no_cell_of_a_file_runs_as_a_formula(self, office: Client) -> None:
        rows = rows_of(office, "/evidence/figures/cost_overrun_median/rows.csv?against=original")

        assert rows[-1]["project"] == f"'{RUNS_IN_A_SPREADSHEET}"
        assert not [
            cell for row in rows for cell in row.values() if cell.startswith(("=", "@", "\t"))
        ]

    @pytest.mark.parametrize("name", ["cost", "time", "causes", "cost.{}?by=org_unit"])
    def test_each_chart_is_to_be_had_as_svg_png_and_csv(self, office: Client, name: str) -> None:
        address = f"/evidence/charts/{name if '{}' in name else name + '.{}'}"
        svg, png, table = (office.get(address.format(form)) for form in ("svg", "png", "csv"))

        assert svg.content.startswith(b"<svg xmlns=")
        assert b"var(--" not in svg.content
        assert png.content.startswith(b"\x89PNG")
        assert len(list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))) > 3
        assert all("attachment" in each["Content-Disposition"] for each in (svg, png, table))

    def test_a_chart_in_no_known_form_is_no_page(self, office: Client) -> None:
        page(office, "/evidence/charts/cost.exe", 404)
        page(office, "/evidence/charts/guess.svg", 404)


def test_the_pages_style_of_charts_is_the_papers() -> None:
    sheet = Path(__file__).parents[1] / "static" / "evidence" / "charts.css"

    assert sheet.read_text("utf-8").partition("\n")[2] == chart_rules(None, "svg ") + "\n"


def confirm(key: str, by: Account) -> None:
    """What an owner's answer leaves, before the next edition."""
    made = Confirmed(project=Key(REGISTER, key), by=str(by.person.opaque_id), on=date(2026, 5, 11))
    Decision(
        kind=Decision.Kind.CONFIRMED,
        register=REGISTER,
        key=key,
        line=to_lines([made]).strip(),
        by=by.person,
        made_at=NOW,
    ).save()
