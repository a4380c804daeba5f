"""The import pages: dropping files, looking over what was understood, taking in, undoing (S21-a, 4.2)."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from backing.evidence import keeping, uploads
from backing.evidence.models import (
    Decision,
    DroppedFile,
    Import,
    Reading,
    Renewal,
    SavedMapping,
)
from backing.evidence.parsing import Order, understand
from backing.evidence.readings import understanding_of
from backing.people.access import Role
from backing.people.models import Account, Person
from backing.site import steps
from backing.site.work import State
from trackrecord.decisions import Correction, from_lines
from trackrecord.layout import header_digest
from trackrecord.mapping_file import from_toml
from trackrecord.record import Record
from trackrecord.store import Store

pytestmark = pytest.mark.django_db

MAY = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)
HEADER = "Proj No,Title,Dept,Original budget,Final cost,Original end,End,State"
REGISTER = "\n".join(
    [
        HEADER,
        "PR-1,Depot scanners <script>alert(1)</script>,Logistics,420000,498210,02/05/2024,03/04/2024,Closed",
        "PR-2,=cmd(),Group IT,96000,tbc,04/02/2024,05/04/2024,Closed",
        ",No number,Wholesale,1000,900,08/05/2024,06/04/2024,Closed",
        'PR-4,Till,Retail,5000,"=1+1 pounds",09/05/2024,07/04/2024,Stopped',
    ]
)
Read = Callable[..., Reading]


def account_of(name: str, role: str) -> Account:
    return Account.objects.create(person=Person.objects.create(full_name=name), role=role)


def browser_of(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture(autouse=True)
def _a_place_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKING_RECORD", str(tmp_path / "record"))
    monkeypatch.setattr(keeping, "uploads", lambda: tmp_path / "files")


@pytest.fixture
def ana() -> Account:
    return account_of("Ana", Role.PMO_HEAD)


@pytest.fixture
def office(ana: Account) -> Client:
    """A browser in which the head of the office is signed in."""
    return browser_of(ana)


@pytest.fixture
def read(ana: Account, tmp_path: Path) -> Read:
    """Files as the worker leaves them once they are read; the reader is the real one."""

    def read(**files: str) -> Reading:
        reading = Reading.objects.create(by=ana, asked_at=MAY)
        for stem, text in files.items():
            name = f"{stem.replace('_', '-')}.csv"
            path = tmp_path / name
            path.write_text(text, "utf-8")
            order = Order(path=path, name=name, record=keeping.record_place())
            understood = understand(order, lambda done, total: None)
            reading.files.create(
                name=name, size=len(text), digest="0" * 64, stored_as=name, **asdict(understood)
            )
        done: Reading = now_in(reading, State.DONE)
        return done

    return read


def now_in(work: Any, state: State, **fields: object) -> Any:
    """The work as it is once the worker got this far."""
    type(work).objects.filter(pk=work.pk).update(state=state, **fields)
    return type(work).objects.get(pk=work.pk)


def page_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_dropping_files_leaves_a_reading_that_can_be_found_again(office: Client) -> None:
    upload = SimpleUploadedFile("closed-2025.csv", REGISTER.encode())
    answer = office.post("/evidence/import/", {"file": [upload]})

    reading = Reading.objects.get()
    assert answer.headers["Location"] == f"/evidence/import/{reading.pk}/"
    assert "Waiting its turn" in page_of(office, f"/evidence/import/{reading.pk}/")
    assert "closed-2025.csv" in page_of(office, "/evidence/import/")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([], "Choose at least one file."),
        ([("empty.csv", b"")], "empty.csv is empty."),
        ([(f"{number}.csv", b"a") for number in range(41)], "At most 40 files at once."),
        ([(f"{number}.csv", b"a") for number in range(120)], "At most 40 files at once."),
    ],
    ids=["none", "empty", "many", "too many to parse"],
)
def test_what_cannot_be_dropped_is_refused_in_a_sentence(
    office: Client, files: list[tuple[str, bytes]], said: str
) -> None:
    answer = office.post(
        "/evidence/import/", {"file": [SimpleUploadedFile(*each) for each in files]}
    )

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Reading.objects.exists()


def test_too_large_an_upload_is_refused_by_what_it_says_of_itself(office: Client) -> None:
    answer = office.post(
        "/evidence/import/",
        {"file": SimpleUploadedFile("a.csv", b"a")},
        CONTENT_LENGTH=str(uploads.MOST_TOGETHER + 1),
    )

    assert answer.status_code == 422
    assert "larger than 512 MB together" in answer.content.decode()


def test_files_dropped_from_another_site_are_refused(ana: Account) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ana)
    answer = strict.post("/evidence/import/", {"file": SimpleUploadedFile("a.csv", b"a,b\n1,2")})

    assert answer.status_code == 403
    assert not Reading.objects.exists()


@pytest.mark.parametrize(
    "role", [role for role in Role.values if role not in (Role.PMO_HEAD, Role.PMO_MEMBER)]
)
def test_imports_are_the_offices_and_nobody_else_learns_of_them(role: str, read: Read) -> None:
    reading = read(closed=REGISTER)
    browser = browser_of(account_of("Eve", role))

    for address in ("", f"{reading.pk}/", f"{reading.pk}/problems.csv", f"{reading.pk}/undo/"):
        assert browser.get(f"/evidence/import/{address}").status_code == 404
    assert browser.post(f"/evidence/import/{reading.pk}/taking/").status_code == 404


def test_s21_a_the_finding_stands_first_and_the_rows_are_named(office: Client, read: Read) -> None:
    page = page_of(office, f"/evidence/import/{read(closed=REGISTER).pk}/")

    assert "3 of 4 rows can be taken. One row needs you; two columns need a look." in page
    assert "Take in 3 rows" in page
    assert "Row 4" in page
    assert "Nothing settles which number is the day" in page


def test_script_text_in_a_cell_is_only_text(office: Client, read: Read) -> None:
    page = page_of(office, f"/evidence/import/{read(closed=REGISTER).pk}/")

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_correction_is_read_again_and_says_by_whom(office: Client, read: Read) -> None:
    reading = read(closed=REGISTER)
    file = reading.files.get()
    (sheet,) = from_toml(file.mapping).sheets
    place = sheet.header.index("End")

    office.post(
        f"/evidence/import/{reading.pk}/columns/",
        {"sheet": f"{file.pk}-0", f"order-{place}": "day-first"},
    )

    file.refresh_from_db()
    reading.refresh_from_db()
    (column,) = from_toml(file.mapping).sheets[0].with_field("finished")
    assert (column.date_order, column.because) == ("day-first", "chosen by Ana")
    assert (reading.state, reading.attempt) == (State.WAITING, 2)


def test_a_correction_that_cannot_be_is_shown_again_as_it_was_said(
    office: Client, read: Read
) -> None:
    reading = read(closed=REGISTER)
    file = reading.files.get()
    answer = office.post(
        f"/evidence/import/{reading.pk}/columns/", {"sheet": f"{file.pk}-0", "field-1": "key"}
    )

    assert answer.status_code == 422
    assert "cannot both be “Project number”" in answer.content.decode()
    assert answer.content.decode().count('<option value="key" selected>') == 2
    assert Reading.objects.get().state == State.DONE


def test_columns_known_from_an_earlier_file_say_from_which(office: Client, read: Read) -> None:
    SavedMapping.objects.create(
        header=header_digest(HEADER.split(",")), mapping="", file="closed-2024.csv", used_at=MAY
    )
    page = page_of(office, f"/evidence/import/{read(closed=REGISTER).pk}/")

    assert "These columns are known from <i>closed-2024.csv</i>" in page


def test_the_day_is_asked_where_the_register_has_other_exports_and_nothing_says_it(
    office: Client, read: Read
) -> None:
    asked = "say which day this one speaks of"

    assert asked not in page_of(office, f"/evidence/import/{read(closed=REGISTER).pk}/")
    both = read(closed_2024=REGISTER, closed_2025=REGISTER)
    assert asked in page_of(office, f"/evidence/import/{both.pk}/")
    (first, _) = both.files.all()
    office.post(
        f"/evidence/import/{both.pk}/columns/", {"sheet": f"{first.pk}-0", "as_at": "2024-12-31"}
    )
    first.refresh_from_db()
    assert "as_at = 2024-12-31" in first.mapping


def test_a_file_that_cannot_be_read_says_why_and_the_others_can_be_taken(
    office: Client, read: Read
) -> None:
    page = page_of(office, f"/evidence/import/{read(closed=REGISTER, empty='').pk}/")

    assert "one file could not be read" in page
    assert "empty.csv: the file is empty" in page
    assert "Take in 3 rows" in page


def test_nothing_to_take_in_offers_nothing_to_take_in(office: Client, read: Read) -> None:
    reading = read(empty="")
    page = page_of(office, f"/evidence/import/{reading.pk}/")

    assert "Nothing in these files can be taken." in page
    assert "Take in" not in page
    office.post(f"/evidence/import/{reading.pk}/taking/")
    assert not Import.objects.exists()


def test_progress_is_in_rows_and_per_cent_and_says_how_long_it_takes(
    office: Client, ana: Account
) -> None:
    reading = Reading.objects.create(by=ana, asked_at=MAY)
    began = datetime.now(UTC) - timedelta(seconds=60)
    now_in(reading, State.RUNNING, done=6_000, total=18_000, began_at=began)

    address = f"/evidence/import/{reading.pk}/"
    assert "<b>6,000 of 18,000 rows</b>, 33%" in page_of(office, address)
    part = office.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "About 2 minutes to go" in part
    assert "<html" not in part


def test_the_page_is_made_anew_once_there_is_no_more_progress_to_show(
    office: Client, read: Read
) -> None:
    address = f"/evidence/import/{read(closed=REGISTER).pk}/"

    assert office.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_a_reading_can_be_stopped_and_begun_again(office: Client, ana: Account) -> None:
    reading = Reading.objects.create(by=ana, asked_at=MAY)
    address = f"/evidence/import/{reading.pk}/"

    office.post(f"{address}stop/")
    assert "Stopped. Nothing was kept." in page_of(office, address)
    office.post(f"{address}attempt/")
    reading.refresh_from_db()
    assert (reading.state, reading.attempt) == (State.WAITING, 2)


@pytest.mark.parametrize(
    ("code", "said"),
    [(steps.DISK_FULL, "The disk of the machine is full."), ("never_heard_of", "please report it")],
)
def test_what_failed_says_why_and_what_to_do(
    office: Client, ana: Account, code: str, said: str
) -> None:
    reading = now_in(Reading.objects.create(by=ana, asked_at=MAY), State.FAILED, error=code)

    page = page_of(office, f"/evidence/import/{reading.pk}/")
    assert said in page
    assert "Read them again" in page


def test_taking_in_twice_takes_in_once(office: Client, read: Read) -> None:
    reading = read(closed=REGISTER)
    for _ in range(2):
        office.post(f"/evidence/import/{reading.pk}/taking/")

    assert Import.objects.get().reading == reading
    assert "Taking in" in page_of(office, f"/evidence/import/{reading.pk}/")


def taken_in(reading: Reading, ana: Account) -> Import:
    made = Import.objects.create(reading=reading, by=ana, asked_at=MAY)
    done: Import = now_in(made, State.DONE, counts=True)
    return done


def test_what_is_in_leads_to_the_figures_and_to_undoing_it(
    office: Client, ana: Account, read: Read
) -> None:
    reading = read(closed=REGISTER)
    taken_in(reading, ana)

    page = page_of(office, f"/evidence/import/{reading.pk}/")
    assert "3 rows are in. The figures are there." in page
    assert 'href="/evidence/"' in page
    assert f"/evidence/import/{reading.pk}/undo/" in page


def test_undo_says_what_goes_and_stays_then_shows_its_progress(
    office: Client, ana: Account, read: Read
) -> None:
    reading = read(closed=REGISTER)
    address = f"/evidence/import/{reading.pk}/"
    made = taken_in(reading, ana)

    page = page_of(office, f"{address}undo/")
    assert "The 3 rows taken in by Ana" in page
    assert "Nothing was built on these rows" in page
    office.post(f"{address}undo/")
    assert "Undoing: the figures are made anew" in page_of(office, address)

    now_in(Renewal.objects.get(), State.FAILED, error=steps.DISK_FULL)
    assert "This import is to be undone, and still counts." in page_of(office, address)
    office.post(f"{address}attempt/")
    assert Renewal.objects.get().state == State.WAITING

    now_in(Renewal.objects.get(), State.DONE)
    now_in(made, State.DONE, counts=False)
    assert "This import was undone. Its 3 rows no longer count." in page_of(office, address)
    assert "undone by Ana" in page_of(office, "/evidence/import/")


def test_what_is_not_in_cannot_be_undone(office: Client, read: Read) -> None:
    reading = read(closed=REGISTER)

    assert office.get(f"/evidence/import/{reading.pk}/undo/").status_code == 302


def test_the_history_says_who_when_and_how_many_rows(
    office: Client, ana: Account, read: Read
) -> None:
    taken_in(read(closed=REGISTER), ana)
    page = page_of(office, "/evidence/import/")

    assert "Ana, <time" in page
    for name, number in (("Rows in", 4), ("Taken", 3), ("With problems", 1)):
        assert f'data-th="{name}" class="r num">{number}</td>' in page


def test_the_history_costs_the_same_queries_for_two_imports_and_for_twenty(
    office: Client, ana: Account, read: Read, django_assert_num_queries: Any
) -> None:
    def dropped(times: int) -> None:
        for _ in range(times):
            reading = Reading.objects.create(by=ana, asked_at=MAY)
            DroppedFile.objects.create(
                reading=reading, name="a.csv", size=1, digest="0" * 64, stored_as="a", rows_in=9
            )
            taken_in(now_in(reading, State.DONE), ana)

    for times in (2, 18):
        dropped(times)
        with django_assert_num_queries(9):
            office.get("/evidence/import/")


def test_a_day_that_is_amiss_is_written_as_people_write_days(office: Client, read: Read) -> None:
    finished_first = "Project ID,Actual start,Actual finish\nP1,2024-05-01,2024-03-14\nP2,2024-05-01,2024-09-30\n"
    page = page_of(office, f"/evidence/import/{read(days=finished_first).pk}/")

    assert "“14 March 2024”" in page
    assert "not before the start, 1 May 2024" in page


def test_ten_thousand_problems_and_three_hundred_columns_make_a_page_of_bounded_size(
    office: Client, read: Read
) -> None:
    header = ",".join(["Project ID", "Final cost", *(f"Extra {n}" for n in range(298))])
    rows = (f"P{n},{n},{','.join('x' for _ in range(298))}" for n in range(30))
    reading = read(wide="\n".join([header, *rows]))
    said = {"code": "not-a-number", "column": "Final cost", "extent": "cell", "found": "about 5"}
    kind: dict[str, object] = {**said, "expected": "a number", "count": 1, "rows": [7]}
    reading.files.update(problems=[{**kind, "todo": f"Ask number {n}."} for n in range(10_000)])

    page = page_of(office, f"/evidence/import/{reading.pk}/")
    assert len(page) < 500_000
    assert page.count("<select name=") < 130
    assert "240 further columns" in page
    assert "9,950 more kinds of problem" in page


def test_the_sheet_to_send_round_is_a_download_in_which_nothing_runs(
    office: Client, read: Read
) -> None:
    address = f"/evidence/import/{read(closed=REGISTER).pk}/problems"
    workbook, csv = office.get(f"{address}.xlsx"), office.get(f"{address}.csv")

    for answer in (workbook, csv):
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    cells = [
        cell
        for row in openpyxl.load_workbook(io.BytesIO(workbook.content)).active.iter_rows()
        for cell in row
    ]
    assert "=1+1 pounds" in {cell.value for cell in cells}
    assert "f" not in {cell.data_type for cell in cells}
    assert "'=1+1 pounds" in csv.getvalue().decode()


def test_problems_that_are_no_longer_kept_say_so(office: Client, read: Read) -> None:
    reading = read(closed=REGISTER)
    reading.files.update(take="0" * 64)

    answer = office.get(f"/evidence/import/{reading.pk}/problems.csv", follow=True)
    assert "Drop the files again" in answer.content.decode()


UNREAD = "\n".join(
    [
        "Proj No,Title,Dept,Original budget (GBP),Final cost (GBP),Original end,End,State",
        "PR-1,Depot scanners,Logistics,420000,498210,2024-05-14,2024-04-23,Closed",
        "PR-2,Wide area network,Group IT,96000,see note,2024-02-24,2024-04-25,Closed",
        "PR-3,Till <b>renewal</b>,Retail,5000,6000,2024-02-24,31/31/2024,Closed",
        ",No number,Wholesale,1000,900,2024-02-24,2024-04-25,Closed",
        *(
            f"PR-{n},Yard {n},Estates,{n}000,{n}100,2024-02-24,2024-04-25,Closed"
            for n in range(4, 12)
        ),
    ]
)


def cells_of(reading: Reading) -> dict[str, str]:
    """Column -> id of the cell that can be put right there; each has one."""
    return {
        str(kind.column): cell.id
        for kind in understanding_of(reading).first_kinds
        for cell in kind.cells
    }


def corrections() -> list[Correction]:
    rows = Decision.objects.standing().filter(kind=Decision.Kind.CORRECTION)
    return [
        value for row in rows for value in from_lines(row.line) if isinstance(value, Correction)
    ]


def test_a_cell_is_put_right_on_the_page_and_is_a_correction(
    office: Client, ana: Account, read: Read
) -> None:
    reading = read(closed=UNREAD)
    address = f"/evidence/import/{reading.pk}/"
    cell = cells_of(reading)["Final cost (GBP)"]

    answer = office.post(f"{address}cell/", {"cell": cell, "value": "101,500"})

    assert answer.headers["Location"] == f"{address}#cell-{cell}"
    (said,) = corrections()
    assert (said.project.key, said.table, said.column) == ("PR-2", "projects", "cost_actual")
    assert (said.was, said.is_, said.by) == (None, 10_150_000, str(ana.person.opaque_id))
    assert "Was “see note”, is <b>GBP 101,500</b>" in page_of(office, address)
    assert not Renewal.objects.exists()  # nothing counts yet, so no figure waits for it
    assert "Wide area" not in page_of(office, "/evidence/corrections/")  # no edition has it yet


def test_the_correction_holds_in_the_edition_that_takes_the_file_in(
    office: Client, read: Read
) -> None:
    reading = read(closed=UNREAD)
    cells = cells_of(reading)
    address = f"/evidence/import/{reading.pk}/cell/"
    office.post(address, {"cell": cells["Final cost (GBP)"], "value": "101500"})
    office.post(address, {"cell": cells["End"], "value": "31 March 2024"})
    take = Store(keeping.record_place()).take(reading.files.get().take)

    rows = Record(takes=(take,), decisions=tuple(corrections())).tables()["projects"].to_pylist()

    held = {row["key"]: (row["cost_actual"], row["finished"]) for row in rows}
    assert held["PR-2"] == (10_150_000, date(2024, 4, 25))
    assert held["PR-3"] == (600_000, date(2024, 3, 31))


def test_what_means_nothing_is_refused_in_place_and_what_was_typed_stays(
    office: Client, read: Read
) -> None:
    reading = read(closed=UNREAD)
    address = f"/evidence/import/{reading.pk}/cell/"
    said = {"cell": cells_of(reading)["End"], "value": "<i>soon</i>"}

    answer = office.post(address, said, headers={"HX-Request": "true"})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "This is not a day" in page
    assert 'value="&lt;i&gt;soon&lt;/i&gt;"' in page
    assert "<html" not in page
    assert "This is not a day" in office.post(address, said, follow=True).content.decode()
    assert corrections() == []


def test_a_cell_put_right_can_be_put_right_again_and_taken_back(office: Client, read: Read) -> None:
    reading = read(closed=UNREAD)
    address = f"/evidence/import/{reading.pk}/cell/"
    cell = cells_of(reading)["Final cost (GBP)"]
    for value in ("1", "2"):
        office.post(address, {"cell": cell, "value": value})
    assert [said.is_ for said in corrections()] == [200]

    office.post(address, {"cell": cell, "take-back": ""})

    assert corrections() == []
    assert Decision.objects.count() == 2


def test_a_row_that_was_not_taken_has_nothing_to_put_right_here(office: Client, read: Read) -> None:
    reading = read(closed=UNREAD)
    page = page_of(office, f"/evidence/import/{reading.pk}/")

    assert set(cells_of(reading)) == {"Final cost (GBP)", "End"}
    assert page.count("Put right here") == 2 * 2  # each with its words for those who hear it
    assert page.count('name="value"') == 2


def test_of_two_blank_plans_in_one_row_neither_can_be_put_right_here(read: Read) -> None:
    header = (
        "Project ID,Original finish,Current finish,Original budget,Current budget,Actual finish"
    )
    reading = read(
        plans="\n".join(
            [
                header,
                "A,2024-05-14,2024-06-14,10,20,2024-06-14",
                "B,soon,soon,10,20,2024-06-14",
                "C,soon,2024-06-15,10,20,2024-06-15",
                *(f"D{n},2024-05-{n},2024-06-{n},10,20,2024-06-{n}" for n in range(10, 28)),
            ]
        )
    )

    kinds = understanding_of(reading).first_kinds
    assert {kind.column: [cell.row for cell in kind.cells] for kind in kinds} == {
        "Original finish": [4],
        "Current finish": [],
    }


def test_a_saved_mapping_is_set_aside_and_the_columns_guessed_afresh(
    office: Client, read: Read
) -> None:
    reading = read(closed=REGISTER)
    file = reading.files.get()
    header = header_digest(HEADER.split(","))
    SavedMapping.objects.create(header=header, mapping=file.mapping, file="a.csv", used_at=MAY)
    SavedMapping.objects.create(header="0" * 64, mapping="", file="other.csv", used_at=MAY)
    address = f"/evidence/import/{reading.pk}/"
    assert f'formaction="{address}guess/"' in page_of(office, address)

    office.post(f"{address}guess/", {"sheet": f"{file.pk}-0"})

    file.refresh_from_db()
    reading.refresh_from_db()
    assert (file.mapping, reading.state) == ("", State.WAITING)
    assert [saved.file for saved in SavedMapping.objects.all()] == ["other.csv"]
