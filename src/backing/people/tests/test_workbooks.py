"""What a workbook may and may not do to the office: bad cells, histories, the forgotten, who may see."""

from __future__ import annotations

import io
import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from backing.evidence.models import Measure, MeasureBaseline
from backing.leaders.models import Commitment, Leader, Touchpoint
from backing.mandate.models import MandateDecision
from backing.people import actions, erasing, key
from backing.people.access import Role
from backing.people.models import AccessLog, Account, OrgUnit, Person, RowKey, Workbook
from backing.people.tests.conftest import MAY, account_of, browser_of
from backing.people.workbook import cells, dropped, taking, writing
from backing.people.workbook.declared import sheets
from backing.people.workbook.office import Here
from backing.people.workbook.said import Said
from backing.rhythm.claims import Claim, register
from backing.scope.models import Activity, HandOver, OverlapTalk, RaciAssignment
from backing.worth.models import CostItem

pytestmark = pytest.mark.django_db
Cells = dict[str, list[list[str]]]
TODAY = MAY.date()


def written(viewer: Account, folder: Path) -> Cells:
    path = folder / "office.xlsx"
    path.write_bytes(writing.write(viewer, now=MAY).content)
    return dropped.read(path, name=path.name).sheets


def look(viewer: Account, title: str, *rows: list[str], header: list[str]) -> Said:
    return taking.look({title: [header, *rows]}, viewer=viewer, now=MAY)


def take(viewer: Account, title: str, *rows: list[str], header: list[str]) -> Said:
    return taking.take({title: [header, *rows]}, viewer=viewer, now=MAY)


def says(said: Said) -> list[tuple[str, int, str, str]]:
    return [(each.sheet, each.row, each.column, each.says) for each in said.problems]


@pytest.fixture
def unit() -> OrgUnit:
    return OrgUnit.objects.create(name="Property")


# What a cell may hold.


@pytest.mark.parametrize(
    "text", ["=1+1", "+44 20", "-5 days", "@cmd", "'=1", "''@x", "=HYPERLINK(1)"]
)
def test_round_trip_what_a_program_would_run_is_harmless_in_the_file_and_the_same_when_it_is_back(
    ana: Account, tmp_path: Path, text: str
) -> None:
    OrgUnit.objects.create(name=text)
    content = writing.write(ana, now=MAY).content
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Units"]

    assert sheet["B2"].data_type == "s"
    assert sheet["B2"].value[0] == "'"
    assert written(ana, tmp_path)["Units"][1][1] == text
    assert taking.look(written(ana, tmp_path), viewer=ana, now=MAY).changed == 0


def test_round_trip_no_formula_and_no_web_address_stands_in_any_sheet(ana: Account) -> None:
    OrgUnit.objects.create(name="https://example.com/x")
    book = openpyxl.load_workbook(io.BytesIO(writing.write(ana, now=MAY).content))
    found = [cell for page in book for row in page.iter_rows() for cell in row]

    assert [cell.coordinate for cell in found if cell.data_type == "f"] == []
    outside = [cell.hyperlink.target for cell in found if cell.hyperlink and cell.hyperlink.target]
    assert outside == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("0.500000000"), "0.5"),
        (Decimal(1200), "1200"),
        (0.1, "0.1"),
        (3.0, "3"),
        (True, "yes"),
        (date(2026, 5, 11), "2026-05-11"),
        (datetime(2026, 5, 11, 9, 0, 0, 999_999), "2026-05-11 09:00:01"),
        (" two\r\nlines ", "two\nlines"),
        ("a\x01b", "ab"),
        (None, ""),
    ],
)
def test_a_value_has_one_text(value: object, text: str) -> None:
    assert cells.text_of(value) == text


def test_round_trip_digits_beyond_a_spreadsheets_numbers_are_kept(
    ana: Account, tmp_path: Path
) -> None:
    CostItem.objects.create(
        what="Posts", first_day=TODAY, last_day=TODAY, amount_minor=12345678901234567,
        currency="EUR", basis="Ledger", noted_on=TODAY,
    )  # fmt: skip
    header, row = written(ana, tmp_path)["Costs"]

    assert row[header.index("Amount")] == "123456789012345.67"
    assert look(ana, "Costs", row, header=header).same == 1


def test_money_is_written_in_its_currency_and_read_back_to_the_minor_unit(ana: Account) -> None:
    header = ["What", "Kind", "From", "To", "Amount", "Currency", "Where the number comes from"]
    for row in (
        ["Posts", "staff", "2026-01-01", "2026-12-31", "402000.05", "EUR", "Ledger"],
        ["Tokyo", "staff", "2026-01-01", "2026-12-31", "402000", "JPY", "Ledger"],
    ):
        assert says(take(ana, "Costs", row, header=header)) == []

    assert list(CostItem.objects.order_by("pk").values_list("amount_minor", flat=True)) == [
        402_000_05,
        402_000,
    ]


def test_an_amount_is_read_anew_where_its_currency_changes(ana: Account, tmp_path: Path) -> None:
    CostItem.objects.create(
        what="Posts", first_day=TODAY, last_day=TODAY, amount_minor=5000, currency="EUR",
        basis="Ledger", noted_on=TODAY,
    )  # fmt: skip
    header, row = written(ana, tmp_path)["Costs"]
    row[header.index("Currency")] = "JPY"

    assert take(ana, "Costs", row, header=header).changed == 1
    assert CostItem.objects.get().amount_minor == 50


# What is wrong is said: where, and what to do.


@pytest.mark.parametrize(
    ("cell", "column", "said"),
    [
        ("next spring", "From", "is not a day"),
        ("a lot", "Amount", "is no number"),
        ("1,5", "Amount", "is no number"),
        ("1.005", "Amount", "finer than the currency"),
        ("-3", "Amount", "a cost costs something"),
        ("gold", "Kind", "is none of the list"),
        ("", "Where the number comes from", "cannot do without it"),
        ("euros", "Currency", "at most 3 characters"),
        ("2025-01-01", "To", "a cost ends after it begins"),
    ],
)
def test_bad_input_names_sheet_row_and_column_and_nothing_is_kept(
    ana: Account, cell: str, column: str, said: str
) -> None:
    header = ["What", "Kind", "From", "To", "Amount", "Currency", "Where the number comes from"]
    good = ["Posts", "staff", "2026-01-01", "2026-12-31", "400", "EUR", "Ledger"]
    bad = [cell if name == column else value for name, value in zip(header, good, strict=True)]

    found = take(ana, "Costs", good, bad, header=header)

    assert [(each.sheet, each.row) for each in found.problems] == [("Costs", 3)]
    assert said in found.problems[0].says
    assert found.problems[0].column in (column, "")
    assert not CostItem.objects.exists()


def test_a_name_that_nothing_has_or_two_have_is_said(ana: Account) -> None:
    for email in ("one@aldmoor.example", "two@aldmoor.example"):
        Person.objects.create(full_name="Jo Bell", email=email)
    none = look(ana, "Units", ["Estates", "Jo Nobody"], header=["Name", "Head"])
    two = look(ana, "Units", ["Estates", "Jo Bell"], header=["Name", "Head"])
    one = Person.objects.get(email="two@aldmoor.example")

    assert "People has no row called “Jo Nobody”" in none.problems[0].says
    assert "2 rows of People are called “Jo Bell”" in two.problems[0].says
    named = f"Jo Bell [{one.opaque_id}]"
    assert says(take(ana, "Units", ["Estates", named], header=["Name", "Head"])) == []
    assert OrgUnit.objects.get().head == one


def test_the_same_row_twice_is_said(ana: Account, unit: OrgUnit, tmp_path: Path) -> None:
    header, row = written(ana, tmp_path)["Units"]

    assert "the same row as row 2" in look(ana, "Units", row, row, header=header).problems[0].says
    both = look(ana, "Units", ["New"], ["new"], header=["Name"])
    assert "Units" not in [each.sheet for each in both.problems] or both.problems


def test_what_the_database_holds_is_said_as_a_sentence(ana: Account, unit: OrgUnit) -> None:
    activity = Activity.objects.create(name="Reports", org_unit=unit, noted_on=TODAY)
    RaciAssignment.objects.create(activity=activity, unit=unit, role="A", begins=TODAY)
    header = ["Activity", "Person", "Part", "First day"]

    found = look(
        ana, "Who does what", ["Reports", "Ana", "Accountable", "2026-06-01"], header=header
    )

    assert "one is accountable on any day" in found.problems[0].says
    assert RaciAssignment.objects.count() == 1


def test_a_unit_under_itself_is_refused(ana: Account, unit: OrgUnit, tmp_path: Path) -> None:
    header, row = written(ana, tmp_path)["Units"]
    row[header.index("Parent")] = "Property"

    assert "cannot stand under itself" in look(ana, "Units", row, header=header).problems[0].says


def test_sheets_and_columns_that_are_not_ours_are_said_and_not_read(
    ana: Account, unit: OrgUnit
) -> None:
    given = {"Units": [["Name", "My notes"], ["Property", "nice"]], "Sheet1": [["x"]]}
    found = taking.look(given, viewer=ana, now=MAY)

    assert found.problems == []
    assert (found.same, found.changed) == (1, 0)
    assert len(found.notes) == 2


def test_a_new_row_needs_no_key_and_bringing_it_twice_makes_it_once(ana: Account) -> None:
    header, row = ["With", "When", "Kind"], ["Ana", "2026-05-04 10:00", "Meeting"]
    for _ in range(2):
        assert says(take(ana, "Contacts", row, header=header)) == []

    touchpoint = Touchpoint.objects.get()
    assert touchpoint.by == ana  # whoever brings it in, where nobody is named
    assert list(touchpoint.people.all()) == [ana.person]


# What stands.


def a_measure(owner: Account) -> Measure:
    return Measure.objects.create(
        name="Days to decide", unit="days", direction="down_good", definition="Calendar days",
        source="Minutes", owner=owner.person, decision_it_feeds="Who chairs",
    )  # fmt: skip


def test_rule_20_how_good_a_measure_is_goes_the_round_trip(ana: Account, tmp_path: Path) -> None:
    measure = a_measure(ana)
    measure.quality, measure.valid_until = Measure.Quality.RECOLLECTION, TODAY
    measure.save()
    header, row = written(ana, tmp_path)["Measures"]
    again = [*row]
    again[header.index("Where the readings come from")] = "What the board remembers"

    assert not take(ana, "Measures", row, header=header).problems
    assert not take(ana, "Measures", again, header=header).problems
    measure.refresh_from_db()
    assert (measure.source, measure.quality) == ("What the board remembers", "recollection")
    assert measure.valid_until == TODAY


def test_a_history_is_added_to_and_never_overwritten(ana: Account, tmp_path: Path) -> None:
    MeasureBaseline.objects.create(
        measure=a_measure(ana), value=10, first_day=TODAY, last_day=TODAY, n=3, fixed_on=TODAY,
        fixed_by=ana, chosen_because="The year before",
    )  # fmt: skip
    header, row = written(ana, tmp_path)["Baselines"]
    row[header.index("Value")] = "12"
    added = ["", *row[1:]]

    found = take(ana, "Baselines", row, header=header)
    assert "fixed in writing" in found.problems[0].says
    assert "“Value”" in found.problems[0].says
    assert take(ana, "Baselines", added, header=header).added == 1
    assert {each.value for each in MeasureBaseline.objects.all()} == {10, 12}


def test_a_decision_is_changed_until_it_is_taken(ana: Account, tmp_path: Path) -> None:
    decision = MandateDecision.objects.create(
        kind="change", question="Do we check?", options=["Yes", "No"], recommendation="Yes",
        if_not_decided="Late again", needed_by=TODAY,
    )  # fmt: skip
    header, row = written(ana, tmp_path)["Mandate decisions"]
    row[header.index("Outcome")], row[header.index("Decided on")] = "Yes", "2026-05-10"
    assert take(ana, "Mandate decisions", row, header=header).changed == 1

    row[header.index("Outcome")] = "No"
    found = take(ana, "Mandate decisions", row, header=header)

    assert "stands as it is" in found.problems[0].says
    decision.refresh_from_db()
    assert decision.outcome == "Yes"
    row[header.index("Outcome")], row[header.index("Deciders")] = "Yes", "Ana"
    assert "stands as it is" in take(ana, "Mandate decisions", row, header=header).problems[0].says
    assert not decision.deciders.exists()


def test_what_was_registered_is_added_by_no_workbook(ana: Account, tmp_path: Path) -> None:
    claim = Claim(
        measure=a_measure(ana), what_was_done="Weekly board", start=TODAY + timedelta(days=9),
        least_effect=Decimal(2), rival_causes=["A new chair"], contribution="Shorter waits",
    )  # fmt: skip
    register(claim, by=ana, now=MAY)
    header, row = written(ana, tmp_path)["Improvements"]
    other = ["", *row[1:]]
    other[header.index("What was done")] = "Another board"

    found = take(ana, "Improvements", other, header=header)

    assert (found.added, found.problems) == (0, [])
    assert "believed where it was made" in found.left[0].says


def test_the_word_of_somebody_else_is_typed_into_no_workbook(
    ana: Account, unit: OrgUnit, tmp_path: Path
) -> None:
    office = OrgUnit.objects.create(name="The office")
    activity = Activity.objects.create(name="Reports", org_unit=unit, noted_on=TODAY)
    HandOver.objects.create(
        activity=activity, giver=unit, receiver=office, giving_ends=TODAY, taking_starts=TODAY
    )
    header, row = written(ana, tmp_path)["Hand-overs"]
    row[header.index("Receiver accepted on")] = "2026-05-10"
    typed = ["", *row[1:]]
    typed[header.index("Giver")], typed[header.index("Receiver")] = "The office", "Property"

    changed = look(ana, "Hand-overs", row, header=header)
    added = look(ana, "Hand-overs", typed, header=header)

    assert "somebody else's word" in changed.problems[0].says
    assert "Leave it blank" in added.problems[0].says
    assert added.problems[0].column == "Receiver accepted on"


# Who was forgotten.


@pytest.fixture
def forgetting(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.BACKING_KEY_FILE = tmp_path / "key"
    key.make(tmp_path / "key")
    monkeypatch.setenv("BACKING_ERASURES", str(tmp_path / "erasures.jsonl"))
    return tmp_path / "erasures.jsonl"


def an_office_with_dev(ana: Account) -> Person:
    dev = Person.objects.create(
        full_name="Dev Stone", job_title="Head of Property", email="dev@aldmoor.example"
    )
    OrgUnit.objects.create(name="Property", head=dev)
    Leader.objects.create(person=dev, owner=ana, listed_on=TODAY)
    Commitment.objects.create(
        promised_by=ana.person, promised_to=dev, what="Send dev stone the dates", due=TODAY
    )
    Touchpoint.objects.create(at=MAY, kind="meeting", by=ana).people.set([dev, ana.person])
    return dev


def test_who_was_forgotten_does_not_come_back_with_an_old_workbook(
    ana: Account, tmp_path: Path, forgetting: Path
) -> None:
    dev = an_office_with_dev(ana)
    old = written(ana, tmp_path)
    erasing.forget(dev, on=MAY, erasure_list=forgetting)
    left = Touchpoint.objects.get().people.count()

    said = taking.take(old, viewer=ana, now=MAY)

    assert says(said) == []
    assert "forgotten" in said.left[0].says
    assert (said.changed, said.added) == (0, 0)
    dev.refresh_from_db()
    assert (dev.full_name, dev.email) == ("Former Head of Property", None)
    assert not Leader.objects.filter(person=dev).exists()
    assert Touchpoint.objects.get().people.count() == left
    assert everything_says("Stone", ana, tmp_path) == []


def test_nor_in_another_workspace_on_the_same_machine(
    ana: Account, tmp_path: Path, forgetting: Path
) -> None:
    dev = an_office_with_dev(ana)
    old = written(ana, tmp_path)
    forgetting.write_text(f'{{"person": "{dev.opaque_id}", "on": "2026-05-01"}}\n')
    Commitment.objects.all().delete()
    Leader.objects.all().delete()
    Touchpoint.objects.all().delete()
    OrgUnit.objects.all()[0].delete()
    dev.delete()

    said = taking.take(old, viewer=ana, now=MAY)

    assert says(said) == []
    assert {each.sheet for each in said.left} == {"People", "Leaders", "Promises"}
    assert OrgUnit.objects.get().head is None
    assert list(Touchpoint.objects.get().people.all()) == [ana.person]
    assert everything_says("Stone", ana, tmp_path) == []


def test_a_stub_goes_along_as_a_stub(ana: Account, tmp_path: Path, forgetting: Path) -> None:
    dev = an_office_with_dev(ana)
    erasing.forget(dev, on=MAY, erasure_list=forgetting)
    sheet_cells = written(ana, tmp_path)

    assert taking.look(sheet_cells, viewer=ana, now=MAY).same
    header, *rows = sheet_cells["People"]
    stub = next(row for row in rows if row[0] == str(dev.opaque_id))
    stub[header.index("Name")] = "Dev Stone"
    assert "stands as it is" in look(ana, "People", stub, header=header).problems[0].says


def everything_says(word: str, viewer: Account, folder: Path) -> list[str]:
    found = written(viewer, folder)
    return [cell for rows in found.values() for row in rows for cell in row if word in cell]


def test_erasing_takes_workbooks_that_wait(ana: Account, tmp_path: Path, forgetting: Path) -> None:
    dev = an_office_with_dev(ana)
    dropped.drop([writing.write(ana, now=MAY).content], name="o.xlsx", by=ana, now=MAY)
    erasing.forget(dev, on=MAY, erasure_list=forgetting)

    assert not Workbook.objects.exists()


# Who may see.


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.PMO_HEAD, Role.PMO_MEMBER)])
def test_x6_no_row_is_written_out_for_who_may_not_see_it(ana: Account, role: Role) -> None:
    dev = an_office_with_dev(ana)
    other = account_of("Olu", role)
    here = Here(other)
    rows = [row for each in here.rows.values() for row in each.values()]

    assert not [row for row in rows if isinstance(row, Account | Leader | Touchpoint)]
    for sheet in here.sheets:
        model: Any = sheet.model
        if hasattr(model.objects.all(), "visible_to"):
            seen = set(model.objects.visible_to(other).values_list("pk", flat=True))
            assert set(here.rows[sheet.label]) <= seen
    header = ["Name"]
    assert look(other, "Units", ["Mine"], header=header).added == 0
    assert dev.pk
    client = browser_of(other)
    for address in ("/workbooks/", "/workbooks/1/"):
        assert client.get(address).status_code == 404
    assert client.post("/workbooks/file/").status_code == 404


def test_a_member_gets_no_overlap_of_which_nobody_has_spoken(
    ana: Account, ben: Account, unit: OrgUnit, tmp_path: Path
) -> None:
    one, other = (
        Activity.objects.create(name=name, org_unit=unit, noted_on=TODAY) for name in "ab"
    )
    OverlapTalk.objects.create(one=one, other=other, marked_on=TODAY, noted_by=ana)

    assert len(written(ana, tmp_path)["Overlaps"]) == 2
    assert len(written(ben, tmp_path)["Overlaps"]) == 1


def test_an_account_that_came_with_a_workbook_lets_nobody_in_until_it_is_invited(
    ana: Account,
) -> None:
    people = [["Name", "E-mail"], ["Cy Dale", "cy@aldmoor.example"]]
    accounts = [["Person", "Role"], ["Cy Dale", "Member of the PMO"]]
    said = taking.take({"People": people, "Accounts": accounts}, viewer=ana, now=MAY)
    assert says(said) == []
    made = Account.objects.get(person__full_name="Cy Dale")
    assert (made.is_active, made.has_password, made.email) == (False, False, None)

    invited, _ = actions.invite(
        full_name="Cy Dale", email="cy@aldmoor.example", role=Role.PMO_MEMBER, now=MAY
    )

    assert (invited.pk, invited.is_active) == (made.pk, True)


def test_nobody_is_made_head_by_a_workbook(ana: Account, ben: Account, tmp_path: Path) -> None:
    header, *rows = written(ana, tmp_path)["Accounts"]
    row = next(row for row in rows if row[1] == "Ben")
    row[2] = "Head of the PMO"

    assert "Settings, People" in look(ben, "Accounts", row, header=header).problems[0].says


# The pages.


def test_writing_out_is_logged_and_kept_in_no_cache(ana: Account) -> None:
    answer = browser_of(ana).post("/workbooks/file/")

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    line = AccessLog.objects.get(what=writing.LOGGED_AS)
    assert (line.who, line.about) == (ana, [])
    assert browser_of(ana).get("/workbooks/file/").status_code == 405


def posted(viewer: Account, content: bytes, name: str = "office.xlsx") -> Any:
    file = SimpleUploadedFile(name, content)
    return browser_of(viewer).post("/workbooks/", {"file": file}, follow=True)


def a_file(sheets_: Cells) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for title, rows in sheets_.items():
            page = book.add_worksheet(title)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return out.getvalue()


def test_it_is_shown_before_it_is_taken_in_and_then_taken_in_as_shown(ana: Account) -> None:
    page = posted(ana, a_file({"Units": [["Name"], ["Estates"], ["Property"]]}))
    found = Workbook.objects.get()

    assert "2 rows would be new" in page.content.decode()
    assert not OrgUnit.objects.exists()
    assert not RowKey.objects.exists()  # looking keeps nothing at all
    done = browser_of(ana).post(f"/workbooks/{found.pk}/taking/", follow=True)
    assert "2 rows are new" in done.content.decode()
    assert OrgUnit.objects.count() == 2
    found.refresh_from_db()
    assert found.sheets == {}
    assert "Estates" not in str(found.found)
    again = browser_of(ana).post(f"/workbooks/{found.pk}/taking/", follow=True)
    assert again.status_code == 200
    assert OrgUnit.objects.count() == 2


def test_what_changed_meanwhile_is_shown_first(ana: Account) -> None:
    posted(ana, a_file({"Units": [["Name"], ["Estates"]]}))
    OrgUnit.objects.create(name="Estates")
    found = Workbook.objects.get()

    page = browser_of(ana).post(f"/workbooks/{found.pk}/taking/", follow=True).content.decode()

    assert "look again" in page
    assert "nothing would change" in page
    assert OrgUnit.objects.count() == 1


def test_a_row_that_somebody_changed_since_says_so(
    ana: Account, unit: OrgUnit, tmp_path: Path
) -> None:
    header, row = written(ana, tmp_path)["Units"]
    row[header.index("Kind")] = "Team"
    early = MAY - timedelta(days=9000)
    later = datetime.now(MAY.tzinfo) + timedelta(days=1)
    said = taking.look({"Units": [header, row]}, viewer=ana, now=later, written_at=early)

    assert said.changes[0].since


def test_with_a_problem_there_is_no_button_to_take_it_in(ana: Account) -> None:
    page = posted(ana, a_file({"Units": [["Name", "Kind"], ["Estates", "Galaxy"]]}))
    found = Workbook.objects.get()

    assert "1 thing to put right" in page.content.decode()
    assert "/taking/" not in page.content.decode()
    browser_of(ana).post(f"/workbooks/{found.pk}/taking/")
    assert not OrgUnit.objects.exists()


def test_one_that_waits_is_shown_to_who_dropped_it_alone(ana: Account, ben: Account) -> None:
    posted(ana, a_file({"Units": [["Name"], ["Estates"]]}))
    found = Workbook.objects.get()

    assert browser_of(ben).get(f"/workbooks/{found.pk}/").status_code == 404
    assert browser_of(ben).post(f"/workbooks/{found.pk}/taking/").status_code == 404
    assert "waits for Ana" in browser_of(ben).get("/workbooks/").content.decode()
    browser_of(ana).post(f"/workbooks/{found.pk}/throwing-away/")
    assert not Workbook.objects.exists()


@pytest.mark.parametrize(
    ("content", "says_"),
    [
        (b"name;unit\nAnn;Property\n", "is no Excel workbook"),
        (b"PK\x03\x04 broken", "is no Excel workbook"),
        (a_file({"Sheet1": [["a"]]}), "no sheet that the office knows"),
    ],
)
def test_a_file_that_is_no_such_workbook_gets_a_sentence(
    ana: Account, content: bytes, says_: str
) -> None:
    page = posted(ana, content)

    assert page.status_code == 422
    assert says_ in page.content.decode()
    assert not Workbook.objects.exists()


def test_each_sheet_says_who_may_read_it(ana: Account) -> None:
    book = openpyxl.load_workbook(io.BytesIO(writing.write(ana, now=MAY).content))
    cover = "\n".join(
        str(cell.value) for row in book[writing.COVER].iter_rows() for cell in row if cell.value
    )

    assert "For the project office" in cover
    for sheet in sheets():
        assert sheet.title in cover
        assert book[sheet.title].oddHeader.right.text == sheet.confidentiality.label


def test_a_key_is_of_one_row_and_a_person_keeps_the_id_they_are_known_by(ana: Account) -> None:
    opaque = str(uuid.uuid4())
    take(ana, "People", [opaque, "Cy Dale"], header=["Key", "Name"])

    assert str(Person.objects.get(full_name="Cy Dale").opaque_id) == opaque
    assert not RowKey.objects.filter(key=opaque).exists()
