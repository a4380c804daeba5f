"""Everything typed leaves in one workbook and comes back with no change (issue 5, X8)."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.apps import apps
from django.db import models, transaction

from backing.benefits.models import Capability, StrategyGoal
from backing.conftest import Office
from backing.documents.models import Draft
from backing.evidence.models import Coding, Decision, Measure, OwnCause, Ownership, SettledCoding
from backing.leaders.models import Heard, Leader, LeaderCandidate, StanceAssessment, Touchpoint
from backing.mandate.models import BlockPlan, ChangeProposal, MandateDecision
from backing.outbox.models import QuietHours
from backing.people import actions as people
from backing.people.access import Confidentiality
from backing.people.models import Account, Organisation, OrgUnit, Person, Sealed
from backing.people.models.audited import past_the_guard
from backing.people.models.sealed import Hidden
from backing.people.rights import ask_for_access
from backing.people.workbook import dropped, taking, writing
from backing.people.workbook.columns import Column, Elsewhere, Named, columns
from backing.people.workbook.declared import Sheet, not_typed, sheets
from backing.rhythm.models import Report, SetThreshold
from backing.scope.models import Acknowledgement, CauseLeft, Charter
from backing.site import sample
from backing.site.sample.company import GROUP, UNITS
from backing.sponsor.models import SponsorRequest
from backing.worth.models import BenefitValuation, FinanceWord, KeptApart

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("key_file")]
NOW = datetime(2026, 5, 11, 9, 0, 12, 345678, tzinfo=UTC)
TODAY = NOW.date()
Cells = dict[str, list[list[str]]]


def fill_the_house() -> Account:
    """The demo, and a row of whatever the demo has none of."""
    Organisation(pk=1, name=GROUP, invented=True, currency="GBP", fiscal_year_starts=4).save()
    for name in (GROUP, *UNITS):
        OrgUnit.objects.create(name=name)
    people.head()
    sample.fill_office(now=NOW)
    head = people.head()
    _of_the_evidence(Person.objects.exclude(pk=head.person_id)[0])
    _of_the_rest(head)
    return head


def _of_the_evidence(person: Person) -> None:
    project = {"register": "register-2024", "key": "P-007"}
    Decision.objects.create(
        kind="cause", line='{"cause": "estimate"}', by=person, made_at=NOW, **project
    )
    Ownership.objects.create(person=person, alias="Project Heron", **project)
    Coding.objects.create(
        coder=person, cause="estimate", evidence="=too low", coded_at=NOW, **project
    )
    SettledCoding.objects.create(
        causes=[{"cause": "estimate", "weight": 0.5}], by=person, settled_at=NOW, **project
    )
    OwnCause.objects.create(name="port-strike", label="Port strike")


def _of_the_rest(head: Account) -> None:
    leader = Leader.objects.all()[0].person
    change = ChangeProposal.objects.all()[0]
    ask_for_access(leader, received=TODAY)
    QuietHours(pk=1, begins=time(18, 15), weekends=False).save()
    Draft.objects.create(code="D1", order=["asks"], own_words={"asks": {"words": "Two\r\nlines"}})
    BlockPlan.objects.create(
        change=change, person=leader, action="Speak first", owner=head, due=TODAY
    )
    CauseLeft.objects.create(cause="value-over-price", reason="Procurement does", noted_on=TODAY)
    basis = MandateDecision.objects.all()[0]
    charter = Charter.objects.filter(status="agreed").first() or Charter.objects.create(
        version=1,
        status="agreed",
        basis=basis,
        written_on=TODAY,
        proposed_on=TODAY,
        review_due=TODAY + timedelta(days=300),
        sections={"purpose": "To be of use."},
    )
    charter.units.set(OrgUnit.objects.all()[:2])
    Acknowledgement.objects.get_or_create(
        charter=charter, person=leader, defaults={"asked_on": TODAY}
    )
    LeaderCandidate.objects.create(
        person=Person.objects.create(full_name="Cleo Marsh", email="cleo@aldmoor.example")
    )
    Capability.objects.create(name="Forecasts that hold")
    SetThreshold.objects.create(key="dormant_days", value=45.5, why="We meet less often")
    SponsorRequest.objects.create(
        to=leader,
        why_you="You decide",
        hours_a_month=2,
        behaviours=["Be seen"],
        what_you_get="One number a fortnight",
        we_promise="No surprises",
        asked_on=TODAY,
    )
    Report.objects.create(
        first_day=date(2024, 2, 1),
        last_day=date(2024, 2, 29),
        explanations={str(Measure.objects.all()[0].pk): "Fewer requests, “Q1” closed"},
    )
    one, other = BenefitValuation.objects.order_by("pk")[:2]
    KeptApart.objects.create(one=one, other=other, why="Other budgets", by=head, on=TODAY)


def written(viewer: Account, folder: Path) -> Cells:
    """The workbook as a file, read again."""
    path = folder / "office.xlsx"
    path.write_bytes(writing.write(viewer, now=NOW).content)
    return dropped.read(path, name=path.name).sheets


def database() -> dict[str, list[Any]]:
    """Every row of every table of the office, and what each names."""
    found: dict[str, list[Any]] = {}
    for model in models_of_the_house():
        found[model._meta.label] = [
            {name: each.token() if isinstance(each, Hidden) else each for name, each in row.items()}
            for row in past_the_guard(model).order_by("pk").values()
        ]
        for each in model._meta.many_to_many:
            through: Any = each.remote_field.through
            found[through._meta.label] = sorted(through.objects.values_list())
    return found


def models_of_the_house() -> list[type[models.Model]]:
    """Every model of the office, without those of the tests and the history tables."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("backing.")
        and ".tests." not in model.__module__
        and not model.__name__.startswith("Historical")
    ]


def test_round_trip_every_model_has_a_sheet_or_a_reason_for_having_none() -> None:
    with_a_sheet = {sheet.model for sheet in sheets()}
    without = not_typed()

    missing = [m._meta.label for m in models_of_the_house() if m not in with_a_sheet | set(without)]
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
    tmp_path: Path,
) -> None:
    head = fill_the_house()
    sealed = [m for m in models_of_the_house() if issubclass(m, Sealed)]
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


def test_round_trip_into_the_same_office_changes_nothing(tmp_path: Path) -> None:
    head = fill_the_house()
    sheet_cells = written(head, tmp_path)
    before = database()

    empty = [title for title, rows in sheet_cells.items() if len(rows) < 2]
    said = taking.take(sheet_cells, viewer=head, now=NOW)

    assert empty == []  # so that it is shown of every entity
    assert (said.added, said.changed, said.problems, said.left) == (0, 0, [], [])
    assert said.same == sum(len(rows) - 1 for rows in sheet_cells.values())
    assert database() == before


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


def test_round_trip_every_column_tells_a_change(tmp_path: Path) -> None:
    """Whatever column a cell is changed in, it is a change or a refusal: none is read and dropped."""
    head = fill_the_house()
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


def test_round_trip_adds_what_is_new_and_knows_a_row_by_its_key(tmp_path: Path) -> None:
    head = fill_the_house()
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


def test_round_trip_through_programs_that_save_it_their_own_way(tmp_path: Path) -> None:
    head = fill_the_house()
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
