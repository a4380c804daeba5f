"""From files dropped to figures and back, with a real worker (issue 3)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from backing.conftest import Office, wait_until
from backing.evidence.tests.importing import (
    act,
    current,
    drop,
    finish,
    imported,
    mirrored,
    register,
    renewed,
    state,
    take_in,
)


@pytest.fixture(scope="module")
def running(shared_office: Office) -> Office:
    """An office whose worker runs; its tests follow one another."""
    shared_office.worker()
    return shared_office


def test_what_was_dropped_is_read_taken_in_and_becomes_figures(
    running: Office, tmp_path: Path
) -> None:
    reading = drop(running, register(tmp_path, "register-2024.csv", 30))
    finish(running, "reading", reading)
    ((taken, rows_in, rows_taken, trouble, mapping, sample),) = running.rows(
        "SELECT take, rows_in, rows_taken, trouble, mapping, sample FROM evidence_droppedfile "
        "WHERE reading_id = ?",
        reading,
    )

    assert (bool(taken), rows_in, rows_taken, trouble) == (True, 30, 30, "")
    assert 'field = "original_finish"' in mapping or 'field = "planned_finish"' in mapping
    assert json.loads(sample)[0]["rows"][0][0] == "P00001"
    assert running.rows("SELECT count(*) FROM evidence_edition") == [(0,)]  # nothing counts yet

    number = take_in(running, reading)
    finish(running, "import", number)

    assert current(running)[1:] == (30, True)
    assert len(mirrored(running)) == 30
    ((name, unit, manager, facts, values),) = running.rows(
        "SELECT name, org_unit, manager, facts, values_of FROM evidence_mirroredproject "
        "WHERE key = 'P00001'"
    )
    assert (name, unit, manager) == ("Project 1", "Estates", "Ana Lima")
    assert json.loads(facts)["original_cost"] == 1000
    assert json.loads(values)["cost_overrun_median|original"] == pytest.approx(0.1)


def test_a_figure_lists_the_rows_it_was_made_from(running: Office) -> None:
    wrong = act(
        running,
        "from backing.evidence.figures import Figures\n"
        "from backing.evidence import behind\n"
        "import trackrecord as tr\n"
        "from backing.evidence.editions.truth import store\n"
        "edition = Edition.objects.current()\n"
        "record = store().load(edition.name)\n"
        "basis = tr.basis_of(record, by=edition.breakdowns)\n"
        "figures = list(Figures.of(edition))\n"
        "whole = [f for f in figures if f.by not in edition.breakdowns]\n"
        "answer = []\n"
        "for figure in [*whole, *figures[::17]]:  # each takes a query\n"
        "    meant = tr.rows(basis, figure).to_pylist()\n"
        "    rows = behind.rows(edition, figure)\n"
        "    same = sorted([(r.project, r.row, r.value, r.base) for r in rows], key=str) == "
        "sorted([(m['project'], m['row'], m['value'], m.get('base')) for m in meant], key=str)\n"
        "    if not same: answer.append((figure.measure, figure.by, figure.group, len(rows), len(meant)))",
    )

    assert wrong == []


def test_importing_the_same_file_again_changes_nothing(running: Office, tmp_path: Path) -> None:
    before = current(running)

    imported(running, register(tmp_path, "register-2024.csv", 30))

    assert current(running) == before
    assert running.rows("SELECT count(*) FROM evidence_edition") == [(1,)]


def test_two_imports_at_once_both_count_and_an_undo_takes_back_the_whole_of_one(
    running: Office, tmp_path: Path
) -> None:
    first, _, _ = current(running)
    readings = [
        drop(running, register(tmp_path, "a-2024.csv", 5, first=101)),
        drop(running, register(tmp_path, "b-2024.csv", 5, first=201)),
    ]
    finish(running, "reading", *readings)
    numbers = act(
        running,
        f"answer = [actions.take_in(r, by=by, now=now).pk "
        f"for r in Reading.objects.filter(pk__in={readings}).order_by('pk')]",
    )
    finish(running, "import", *numbers)

    assert len(mirrored(running)) == 40
    assert current(running)[1] == 40

    for number in numbers:
        act(running, f"actions.undo(Import.objects.get(pk={number}), by=by, now=now)")
    renewed(running)

    assert current(running)[0] == first
    assert len(mirrored(running)) == 30
    assert running.rows("SELECT counts FROM evidence_import WHERE id = ?", numbers[0]) == [(0,)]


def test_a_bad_file_gets_one_sentence_and_the_others_go_on(running: Office, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    reading = drop(running, broken, register(tmp_path, "c-2024.csv", 4, first=301))
    finish(running, "reading", reading)

    found = running.rows(
        "SELECT name, trouble, rows_taken FROM evidence_droppedfile WHERE reading_id = ? ORDER BY id",
        reading,
    )

    assert found[0][0] == "broken.xlsx"
    assert found[0][1].startswith("broken.xlsx")
    assert found[1] == ("c-2024.csv", "", 4)


def test_a_correction_holds_until_its_source_changes_and_lapses_then(
    running: Office, tmp_path: Path
) -> None:
    number = imported(running, register(tmp_path, "d-2024-03-31.csv", 3, first=401, late=5))
    act(
        running,
        "from trackrecord.decisions import Correction\n"
        "from trackrecord.keys import Key\n"
        "project = MirroredProject.objects.get(key='P00401')\n"
        "was = date.fromisoformat(project.facts['finished'])\n"
        "value = Correction(project=Key(project.register, project.key), table='projects', "
        "column='finished', was=was, is_=date(2024, 12, 24), by='p1', on=date(2025, 1, 1))\n"
        "actions.decide(value, by=by.person, now=now)",
    )
    renewed(running)
    finished = "SELECT finished FROM evidence_mirroredproject WHERE key = 'P00401'"
    assert running.rows(finished) == [("2024-12-24",)]
    stays = act(running, f"answer = actions.what_stays(Import.objects.get(pk={number}))")
    assert [line for line in stays if "1 decision" in line and "idle" in line]

    imported(running, register(tmp_path, "d-2024-06-30.csv", 3, first=401, late=6))

    lapsed = act(
        running,
        "from backing.evidence.editions.truth import truth\nanswer = len(truth().record.lapsed)",
    )
    assert lapsed == 1
    assert running.rows(finished) != [("2024-12-24",)]


def test_a_mapping_that_was_taken_in_is_offered_for_the_next_export(
    running: Office, tmp_path: Path
) -> None:
    headers = "Code,Bezeichnung,Verfasser\nK1,Kran,Ana\nK2,Tor,Ben\n"
    (tmp_path / "odd.csv").write_text(headers)
    reading = drop(running, tmp_path / "odd.csv")
    wait_until(lambda: state(running, "reading", reading) == "done")
    act(
        running,
        "from trackrecord.mapping_file import from_toml, to_toml\n"
        "from trackrecord.layout import ColumnMapping, Mapping, SheetMapping\n"
        f"file = DroppedFile.objects.get(reading={reading})\n"
        "columns = tuple(ColumnMapping(header=h, field=f) for h, f in "
        "(('Code', 'key'), ('Bezeichnung', 'name'), ('Verfasser', 'manager')))\n"
        "right = to_toml(Mapping(sheets=(SheetMapping(register='odd', level='projects', "
        "columns=columns),)))\n"
        f"actions.read_again(Reading.objects.get(pk={reading}), {{file.pk: right}}, now=now)",
    )
    finish(running, "reading", reading)
    number = take_in(running, reading)
    finish(running, "import", number)
    (tmp_path / "odd-again.csv").write_text(headers + "K3,Dach,Cem\n")

    again = drop(running, tmp_path / "odd-again.csv")
    finish(running, "reading", again)

    ((mapping, taken),) = running.rows(
        "SELECT mapping, rows_taken FROM evidence_droppedfile WHERE reading_id = ?", again
    )
    assert 'field = "manager"' in mapping
    assert taken == 3
