"""What left one office in a workbook comes into another, and by the command (issue 5, X8)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from django.db import transaction

from backing.conftest import Office
from backing.leaders.models import Touchpoint
from backing.people import actions as people
from backing.people.models import Person
from backing.people.workbook import taking
from backing.people.workbook.columns import Elsewhere, columns
from backing.people.workbook.declared import Sheet, sheets
from backing.site.tests.full_house import NOW, Cells, fill_the_house, written
from backing.worth.models import FinanceWord


def here_only(cells: Cells) -> Cells:
    """Without what no workbook holds, as an office reads it that has none of that."""
    return {sheet.title: _here_only(sheet, cells[sheet.title]) for sheet in sheets()}


def _here_only(sheet: Sheet, rows: list[list[str]]) -> list[list[str]]:
    elsewhere = {each.heading for each in columns(sheet.label) if isinstance(each, Elsewhere)}
    names, *lines = rows
    return [
        names,
        *(
            ["" if name in elsewhere else cell for name, cell in zip(names, line, strict=True)]
            for line in lines
        ),
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("key_file")
def test_round_trip_into_an_empty_office_gives_the_same_sheets(tmp_path: Path) -> None:
    with transaction.atomic():
        original = written(fill_the_house(), tmp_path)
        transaction.set_rollback(True)
    assert not Person.objects.exists()
    head = people.head()

    said = taking.take(original, viewer=head, now=NOW + timedelta(days=30))
    again = written(head, tmp_path)

    assert [str(each) for each in said.problems] == []
    left = {title for title, rows in here_only(original).items() if rows != again[title]}
    assert any("“Issue 1 of D2” (Issue) is not here" in note for note in said.notes)
    assert left == {sheet.title for sheet in sheets() if sheet.only_here}
    assert {each.sheet for each in said.left} == left
    assert taking.look(original, viewer=head, now=NOW).changed == 0
    assert Person.objects.get(full_name="Cleo Marsh").email == "cleo@aldmoor.example"
    assert Touchpoint.objects.exists()
    assert not FinanceWord.objects.exists()  # nobody says it for finance


def test_round_trip_by_the_command(office: Office, tmp_path: Path) -> None:
    office.make()
    file = tmp_path / "out" / "office.xlsx"
    made = office.run("workbook", str(file))
    again = office.run("workbook", str(file))
    same = office.run("workbook", str(file), "--bring-in")
    book = openpyxl.load_workbook(file)
    book["Units"].append([None, "Estates"])
    book.save(file)
    dry = office.run("workbook", str(file), "--bring-in", "--dry-run")
    assert office.rows("SELECT count(*) FROM people_orgunit") == [(0,)]
    taken = office.run("workbook", str(file), "--bring-in")
    book["Units"].append([None, "Property", None, None, "Galaxy"])
    book.save(file)
    bad = office.run("workbook", str(file), "--bring-in")
    none = office.run("workbook", str(tmp_path / "none.xlsx"), "--bring-in")

    assert made.returncode == 0, made.stderr
    assert (again.returncode, "is there already" in again.stderr) == (2, True)
    assert same.stdout.startswith("0 rows new, 0 changed")
    assert "Nothing was kept" in dry.stdout
    assert (taken.returncode, "Taken in." in taken.stdout) == (0, True), taken.stderr
    assert (bad.returncode, "Units, row 3, Kind" in bad.stdout) == (2, True)
    assert "Nothing was changed" in bad.stderr
    assert (none.returncode, "was not found" in none.stderr) == (2, True)
    assert office.rows("SELECT name FROM people_orgunit") == [("Estates",)]
