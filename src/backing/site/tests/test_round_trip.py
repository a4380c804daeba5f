"""Everything typed leaves in one workbook and comes back with no change (issue 5, X8)."""

from __future__ import annotations

import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from backing.benefits.models import StrategyGoal
from backing.conftest import Fill
from backing.leaders.models import Heard, StanceAssessment
from backing.people import actions as people
from backing.people.access import Confidentiality
from backing.people.models import Account, OrgUnit, Sealed
from backing.people.tests.test_access import our_models
from backing.people.workbook import dropped, taking, writing
from backing.people.workbook.columns import Column, Named, columns
from backing.people.workbook.declared import not_typed, sheets
from backing.site.tests.full_house import (
    NOW,
    TODAY,
    database,
    fill_the_house,
    written,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def filled(filled_once: Fill) -> None:
    filled_once(fill_the_house)


@pytest.fixture
def head(filled: None) -> Account:
    return people.head()


def test_round_trip_every_model_has_a_sheet_or_a_reason_for_having_none() -> None:
    with_a_sheet = {sheet.model for sheet in sheets()}
    without = not_typed()

    missing = [m._meta.label for m in our_models() if m not in with_a_sheet | set(without)]
    both = [m._meta.label for m in with_a_sheet & set(without)]

    assert missing == [], "say it in the app's sheets.py: a Sheet, or why it is not typed by hand"
    assert both == []
    assert all(without.values())


def test_round_trip_every_field_is_a_column_or_has_a_reason_for_being_none() -> None:
    for sheet in sheets():
        kept = [column.name for column in columns(sheet.label)]
        meta = sheet.model._meta
        fields = {f.name for f in (*meta.concrete_fields, *meta.many_to_many) if not f.primary_key}
        assert fields == set(kept) | set(sheet.without), sheet.title
        assert not set(kept) & set(sheet.without), sheet.title
        said = (
            *sheet.heads,
            *sheet.labels,
            *sheet.same,
            *sheet.stands_once,
            *sheet.never,
            *sheet.theirs,
        )
        assert set(said) <= fields, sheet.title


def test_round_trip_sheets_and_columns_have_names_of_their_own() -> None:
    titles = [sheet.title for sheet in sheets()]

    assert len({title.casefold() for title in (*titles, writing.COVER)}) == len(titles) + 1
    assert max(map(len, titles)) <= 31  # more no workbook takes
    for sheet in sheets():
        heads = [writing.KEY, *(column.heading for column in columns(sheet.label))]
        assert len({head.casefold() for head in heads}) == len(heads), sheet.title


def test_round_trip_what_a_row_cannot_do_without_stands_in_a_sheet_before_it() -> None:
    place = {sheet.label: number for number, sheet in enumerate(sheets())}
    needed = [
        (sheet.title, column.heading)
        for sheet in sheets()
        for column in columns(sheet.label)
        if isinstance(column, Named)
        and not column.field.null
        and place[column.of._meta.label] >= place[sheet.label]
    ]

    assert needed == []


def test_round_trip_what_is_about_a_person_has_no_sheet_and_no_word_of_it_is_in_the_file(
    head: Account, tmp_path: Path
) -> None:
    sealed = [m for m in our_models() if issubclass(m, Sealed)]
    said = [
        content.get("words") or content.get("evidence") or ""
        for rows in (Heard.objects.all(), StanceAssessment.objects.all())
        for _, content in rows.open_sealed(viewer=head, purpose="test", now=NOW)
    ]
    everything = "\n".join(
        cell for rows in written(head, tmp_path).values() for row in rows for cell in row
    )

    assert sealed
    assert not {sheet.model for sheet in sheets()} & set(sealed)
    assert all(s.confidentiality is not Confidentiality.RELATIONSHIP for s in sheets())
    assert sum(len(words) > 20 for words in said) > 20
    assert [words for words in said if len(words) > 20 and words in everything] == []


def test_round_trip_into_the_same_office_changes_nothing(head: Account, tmp_path: Path) -> None:
    sheet_cells = written(head, tmp_path)
    before = database()

    empty = [title for title, rows in sheet_cells.items() if len(rows) < 2]
    said = taking.take(sheet_cells, viewer=head, now=NOW)

    assert empty == []  # so that it is shown of every entity
    assert (said.added, said.changed, said.problems, said.left) == (0, 0, [], [])
    assert said.same == sum(len(rows) - 1 for rows in sheet_cells.values())
    assert database() == before


@pytest.mark.any_database("what is read of a cell is; that rows come back equal is tried on each")
def test_round_trip_every_column_tells_a_change(head: Account, tmp_path: Path) -> None:
    """Whatever column a cell is changed in, it is a change or a refusal: none is read and dropped."""
    original = written(head, tmp_path)
    silent = []
    for place in range(1, max(len(columns(sheet.label)) for sheet in sheets()) + 1):
        tried = [sheet for sheet in sheets() if place <= len(columns(sheet.label))]
        changed = {}
        for sheet in tried:
            header, first = original[sheet.title][:2]
            other = _other(columns(sheet.label)[place - 1], first[place])
            changed[sheet.title] = [header, [*first[:place], other, *first[place + 1 :]]]
        said = taking.look(changed, viewer=head, now=NOW)
        told = {each.sheet for each in said.problems} | {each.sheet for each in said.changes}
        silent += [(sheet.title, place) for sheet in tried if sheet.title not in told]

    assert silent == []


def _other(column: Column, cell: str) -> str:
    if column.choices:
        return next((each for each in column.choices if each != cell), "none of them")
    try:
        return str(Decimal(cell) + 1)
    except ArithmeticError:
        return (
            "2031-03-04" if cell[:4].isdigit() and cell[4:5] == "-" else f"{cell} of {column.field}"
        )


def test_round_trip_adds_what_is_new_and_knows_a_row_by_its_key(
    head: Account, tmp_path: Path
) -> None:
    cells = written(head, tmp_path)
    units, goals = cells["Units"], cells["Goals"]
    renamed, was = units[1], units[1][1]
    renamed[1] = "Renamed Unit"
    pk = OrgUnit.objects.get(name=was).pk
    goals.append(["", "A goal typed in Excel", *[""] * 4, "Strategy 2027, p. 4", "", "", ""])

    said = taking.take({"Units": units, "Goals": goals}, viewer=head, now=NOW)

    assert said.problems == []
    assert (said.added, said.changed) == (1, 1)
    assert OrgUnit.objects.get(pk=pk).name == "Renamed Unit"
    assert OrgUnit.objects.get(pk=pk).history.count() >= 2
    typed = StrategyGoal.objects.get(name="A goal typed in Excel")
    assert typed.noted_on == TODAY
    assert taking.look({"Units": units, "Goals": goals}, viewer=head, now=NOW).added == 0


@pytest.mark.any_database("what other programs do to a file is")
def test_round_trip_through_programs_that_save_it_their_own_way(
    head: Account, tmp_path: Path
) -> None:
    path = tmp_path / "office.xlsx"
    path.write_bytes(writing.write(head, now=NOW).content)
    openpyxl.load_workbook(path).save(tmp_path / "saved.xlsx")
    saved = [tmp_path / "saved.xlsx"]
    if office := shutil.which("soffice"):
        out = tmp_path / "out"
        command = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
        subprocess.run(
            [*command, "--convert-to", "xlsx", "--outdir", str(out), str(path)],
            check=True,
            capture_output=True,
            timeout=180,
        )
        saved.append(out / "office.xlsx")

    for each in saved:
        said = taking.look(dropped.read(each, name=each.name).sheets, viewer=head, now=NOW)
        assert (said.added, said.changed, said.problems) == (0, 0, [])
        assert said.same > 600
