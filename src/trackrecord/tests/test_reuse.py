"""An id that is used again for another project is asked about, and chained into no history meanwhile."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

import trackrecord as tr
from trackrecord.decisions import NotSameProject, SameProject
from trackrecord.keys import Key
from trackrecord.likeness import proposals
from trackrecord.record import Record
from trackrecord.take import Take
from trackrecord.tests.registers import Row, take_of

DAYS = tuple(date(year, 3, 31) for year in (2022, 2023, 2024))
CRANE: Row = {
    "key": "P-17",
    "name": "Harbour crane renewal",
    "planned_cost": 100,
    "planned_finish": date(2022, 12, 31),
}
PORTAL: Row = {
    "key": "P-17",
    "name": "Tax portal",
    "planned_cost": 900,
    "planned_finish": date(2025, 6, 30),
}
BRIDGE: Row = {"key": "P-18", "name": "Road bridge", "planned_cost": 50}
FIRST, SECOND = Key("register", "P-17"), Key("register", "P-17 (project 2)")


def exports(*rows: Row) -> list[Take]:
    """One export a year, in which P-17 is this project."""
    return [
        take_of([{**BRIDGE, "as_at": day}, {**row, "as_at": day}], file=f"{day.year}.csv")
        for day, row in zip(DAYS, rows, strict=False)
    ]


def keys(record: Record) -> list[str]:
    rows = record.tables()["projects"].sort_by("export_order").to_pylist()
    return [row["key"] for row in rows if row["key"] != "P-18"]


def test_an_id_used_again_is_two_projects_and_a_problem() -> None:
    record = Record(takes=tuple(exports(CRANE, PORTAL, PORTAL)))
    (said,) = record.problems

    assert keys(record) == ["P-17", "P-17 (project 2)", "P-17 (project 2)"]
    assert (said.file, said.row, said.column, said.code) == ("2023.csv", 3, "key", "id-used-again")
    assert said.found == "P-17: Tax portal"
    assert said.expected == "the project of this id in 2022.csv, row 3: Harbour crane renewal"


def test_figures_count_the_two_apart() -> None:
    figures = tr.figures(Record(takes=tuple(exports(CRANE, PORTAL))))
    found = {(each.measure, each.group): each.value for each in figures}

    assert found["projects", None] == 3
    assert found["linked", None] == 1
    assert found["joined", "2023-03-31"] == found["left", "2023-03-31"] == 1


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Harbour cranes: renewal"},
        {"planned_cost": 105},
        {"planned_finish": date(2023, 1, 20)},
        {"planned_cost": None},
        {"planned_finish": None},
        {"name": None},
        {"name": "P-17"},
    ],
)
def test_what_stays_alike_or_is_not_stated_keeps_the_history_whole(change: Row) -> None:
    record = Record(takes=tuple(exports(CRANE, {**PORTAL, **change})))

    assert keys(record) == ["P-17", "P-17"]
    assert record.problems == ()


def test_the_same_actual_start_is_the_same_project() -> None:
    started: Row = {"started": date(2021, 5, 4)}

    assert not Record(takes=tuple(exports({**CRANE, **started}, {**PORTAL, **started}))).reuses


def test_an_id_without_a_digit_is_a_name_and_not_given_out_again() -> None:
    named: Row = {"key": "CRANE"}

    assert not Record(takes=tuple(exports({**CRANE, **named}, {**PORTAL, **named}))).reuses


def test_a_slip_in_one_export_does_not_part_the_ones_around_it() -> None:
    record = Record(takes=tuple(exports(CRANE, PORTAL, CRANE)))

    assert keys(record) == ["P-17", "P-17 (project 2)", "P-17"]


@pytest.mark.parametrize("kind", [SameProject, NotSameProject])
def test_once_a_person_has_decided_nobody_is_asked(
    kind: type[SameProject] | type[NotSameProject],
) -> None:
    record = Record(takes=tuple(exports(CRANE, PORTAL)))
    decided = record.with_decision(kind(a=SECOND, b=FIRST, by="p1", on=DAYS[2]))

    assert decided.problems == ()
    one_project = decided.project_of(FIRST) == decided.project_of(SECOND)
    assert one_project == (kind is SameProject)


def test_neither_order_nor_undoing_leaves_a_trace() -> None:
    takes = exports(CRANE, PORTAL, PORTAL)
    records = [Record(takes=tuple(order)) for order in permutations(takes)]

    assert len({(each.edition, each.problems) for each in records}) == 1
    undone = records[0].without_take(takes[0].name)
    assert keys(undone) == ["P-17", "P-17"]
    assert undone == Record(takes=tuple(takes[1:]))


def test_words_go_with_the_project_they_were_written_about() -> None:
    words = Record(takes=tuple(exports(CRANE, PORTAL))).words().to_pylist()
    names = {(row["key"], row["text"]) for row in words if row["column"] == "name"}

    assert names == {
        ("P-17", "Harbour crane renewal"),
        ("P-17 (project 2)", "Tax portal"),
        ("P-18", "Road bridge"),
    }
    assert proposals(Record(takes=tuple(exports(CRANE, PORTAL)))) == ()


def test_two_files_as_a_user_has_them(tmp_path: Path) -> None:
    header = "Project ID,Project name,Approved budget (GBP),Planned finish\n"
    old, new = tmp_path / "register-2022.csv", tmp_path / "register-2023.csv"
    old.write_text(f"{header}17,Harbour crane,1000,2022-12-31\n18,Road bridge,50,2024-01-31\n")
    new.write_text(f"{header}17,Tax portal,9000,2025-06-30\n18,Road bridge,90,2026-01-31\n")
    (said,) = tr.read(old, new).problems

    assert (said.file, said.row, said.column) == ("register-2023.csv", 2, "Project ID")
