"""People and who reports to whom, from a list: seen first, taken in at once, undone at once (X2, issue 4)."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from backing.people.models import Account, OrgUnit, Person, Roster
from backing.people.rosters import cells, columns, headers, taking
from backing.people.rosters.understood import understand
from backing.people.tests.conftest import browser_of

pytestmark = pytest.mark.django_db

ORGANOGRAMS = Path(__file__).resolve().parents[4].parent / "shared" / "data" / "organograms-open"
LIST = """Full name,Job title,Department,Line manager,E-mail,Start date
Cleo Marsh,Chief executive,Board,,cleo@aldmoor.example,2019-02-01
"Stone, Dev",Head of Property,Property,Cleo Marsh,dev@aldmoor.example,01/09/2021
Fay Lund,Surveyor,Property,Dev Stone,fay(at)aldmoor,31.31.2020
Vacant,Surveyor,Property,Dev Stone,,
Gil Roe,Clerk,Property,Nobody Known,,
"""


def roster(
    header: list[str], rows: list[tuple[int, list[str]]], by: Account, **more: object
) -> Roster:
    return Roster.objects.create(
        by=by,
        read_at=timezone.now(),
        name="people.csv",
        digest="0" * 64,
        header=header,
        rows=rows,
        columns=headers.guess(header, columns.FIELDS),
        **more,
    )


def listed(text: str, by: Account) -> Roster:
    import csv

    header, *rows = list(csv.reader(text.splitlines()))
    return roster(header, list(enumerate(rows, start=2)), by)


def drop(browser: Client, text: str) -> Roster:
    file = SimpleUploadedFile("people.csv", text.encode())
    assert browser.post("/people/rosters/", {"file": file}).status_code == 302
    return Roster.objects.latest("pk")


def test_a_list_is_read_in_a_process_of_its_own_and_shown_before_it_counts(ana: Account) -> None:
    browser = browser_of(ana)

    found = drop(browser, LIST)
    page = browser.get(f"/people/rosters/{found.pk}/").content.decode()

    assert "4 of 5 rows give a person" in page
    assert "No name stands here" in page
    assert "is no e-mail address" in page
    assert "“Nobody Known” is not on the list" in page
    assert Person.objects.count() == 1


def test_what_is_no_list_is_refused_in_a_sentence(ana: Account) -> None:
    file = SimpleUploadedFile("people.xlsx", b"PK\x03\x04 nothing of the kind")

    answer = browser_of(ana).post("/people/rosters/", {"file": file})

    assert answer.status_code == 422
    assert "people.xlsx" in answer.content.decode()
    assert not Roster.objects.exists()


def test_taken_in_they_stand_under_one_another_with_their_units(ana: Account) -> None:
    found = listed(LIST, ana)

    assert taking.take_in(found, by=ana, now=timezone.now()) == 4

    dev = Person.objects.get(full_name="Dev Stone")
    assert (dev.reports_to, dev.in_post_from) == (
        Person.objects.get(full_name="Cleo Marsh"),
        timezone.datetime(2021, 9, 1).date(),  # type: ignore[attr-defined]
    )
    assert {one.full_name for one in dev.reports.all()} == {"Fay Lund"}
    assert OrgUnit.objects.get(name="Board").head == dev.reports_to
    assert dev.history.count() == 1
    assert Roster.objects.get(pk=found.pk).rows == []


def test_undone_all_is_as_before_but_for_what_somebody_has_built_on(ana: Account) -> None:
    found = listed(LIST, ana)
    taking.take_in(found, by=ana, now=timezone.now())
    dev = Person.objects.get(full_name="Dev Stone")
    Account.objects.create(person=dev, role="leader")

    undone = taking.undo(found, now=timezone.now())

    assert (undone.gone, undone.kept) == (3, 1)
    assert set(Person.objects.values_list("full_name", flat=True)) == {"Ana", "Dev Stone"}
    assert not Person.history.filter(full_name="Cleo Marsh").exists()
    assert [unit.name for unit in OrgUnit.objects.all()] == ["Property"]


def test_one_known_by_e_mail_is_brought_up_to_date_and_put_back_by_undo(ana: Account) -> None:
    dev = Person.objects.create(
        full_name="Dev Stone", email="dev@aldmoor.example", job_title="Clerk"
    )
    found = listed(LIST, ana)

    taking.take_in(found, by=ana, now=timezone.now())
    dev.refresh_from_db()
    assert dev.job_title == "Head of Property"

    taking.undo(found, now=timezone.now())
    dev.refresh_from_db()
    assert (dev.job_title, dev.org_unit, dev.in_post_from) == ("Clerk", None, None)


def test_one_who_is_only_alike_is_never_merged_without_a_decision(ana: Account) -> None:
    dev = Person.objects.create(full_name="Dév Stone")
    found = listed(LIST, ana)
    line = next(line for line in understand(found).lines if line.name == "Dev Stone")
    assert line.is_open
    assert line.like == ((dev.pk, "the same name"),)
    assert taking.take_in(found, by=ana, now=timezone.now()) == 3

    again = listed(LIST, ana)
    again.decided = {"3": str(dev.pk)}
    again.save()
    taking.take_in(again, by=ana, now=timezone.now())

    dev.refresh_from_db()
    assert (dev.full_name, dev.job_title) == ("Dév Stone", "Head of Property")
    assert Person.objects.filter(full_name__in=["Dev Stone", "Dév Stone"]).count() == 1


def test_a_ring_of_superiors_is_a_problem_and_not_a_hang(ana: Account) -> None:
    found = listed("Name,Reports to\nAna One,Ben Two\nBen Two,Ana One\n", ana)

    said = understand(found)

    assert all("ring" in " ".join(line.problems) for line in said.lines)
    assert said.chart.roots == ()


@pytest.mark.parametrize(
    ("file", "posts", "widest", "depth", "named"),
    [
        ("hmt", 401, 26, 6, 93),
        ("co", 1167, 50, 6, 281),
        ("dfe", 857, 20, 7, 144),
        ("decc", 454, 14, 5, 130),
    ],
)
def test_real_organograms_have_one_root_no_orphans_and_their_spans(
    ana: Account, file: str, posts: int, widest: int, depth: int, named: int
) -> None:
    path = ORGANOGRAMS / f"{file}.csv"
    if not path.exists():
        pytest.skip("the open organograms are not beside this checkout (../shared/data)")
    read = cells.read(path, name=path.name, shape="")

    said = understand(roster(read.header, read.rows, ana))

    assert (len(said.lines), len(said.chart.roots), said.chart.orphans) == (posts, 1, ())
    assert (max(said.chart.spans.values()), said.chart.depth) == (widest, depth)
    at = read.header.index("name")
    assert sum(bool(row[at]) for _, row in read.rows) == named
    placeholders = {"N/D", "Vacant", "Eliminated", "VACANT"}
    people = [row[at] for _, row in read.rows if row[at] and row[at] not in placeholders]
    assert sum(bool(line.name) for line in said.lines) == len(people)


def test_five_thousand_people_are_taken_in_by_a_steady_number_of_queries(
    ana: Account, django_assert_max_num_queries: object
) -> None:
    lines = ["Name,Job title,Unit,Reports to,E-mail", "Top One,Chief,Board,,top@aldmoor.example"]
    lines += [
        f"Given{n} Family{n},Clerk,Unit {n % 40},Top One,p{n}@aldmoor.example" for n in range(5000)
    ]
    found = listed("\n".join(lines), ana)

    with django_assert_max_num_queries(500):  # type: ignore[operator]
        assert taking.take_in(found, by=ana, now=timezone.now()) == 5001
    browser = browser_of(ana)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert browser.get("/people/persons/?q=Family49").status_code == 200
