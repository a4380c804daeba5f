"""From files to a Record in one call: filters, columns to compare by, and what stops it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

import trackrecord as tr
from trackrecord import mapping
from trackrecord.errors import MappingError, NoRowsTaken, UnreadableSource
from trackrecord.layout import Mapping
from trackrecord.reading import read, source_of, take_of
from trackrecord.record import Record

REGISTER = """\
Project ID,Project name,Department,Project manager,Region,Status,Approved budget (GBP),Actual cost (GBP)
P1,Harbour crane,Ports,Ana Lima,North,Completed,100,120
P2,Road bridge,Roads,Ben Okoro,South,Cancelled,200,50
P3,Tax portal,Tax,Ana Lima,North,Completed,300,290
"""


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "register-2022.csv"
    path.write_text(REGISTER, encoding="utf-8")
    return path


def keys(record: Record) -> list[str]:
    found: list[str] = record.tables()["projects"]["key"].to_pylist()
    return found


def test_a_register_is_read_with_no_mapping_file(register: Path) -> None:
    record = tr.read(register)
    projects = record.tables()["projects"]

    assert keys(record) == ["P1", "P2", "P3"]
    assert projects["cost_actual"].to_pylist() == [12_000, 5_000, 29_000]
    assert projects["state"].to_pylist() == ["finished", "cancelled", "finished"]
    assert projects["register"].to_pylist() == ["register"] * 3


def test_several_exports_of_a_register_are_one_history(register: Path, tmp_path: Path) -> None:
    later = tmp_path / "register-2023.csv"
    later.write_text(REGISTER.replace(",120", ",130"), encoding="utf-8")
    record = tr.read(register, str(later))

    assert record.tables()["links"].num_rows == 3
    assert tr.read(later, register).edition == record.edition


@pytest.mark.parametrize(
    ("where", "kept"),
    [
        ("Status=Completed", ["P1", "P3"]),
        ("Status!=Completed", ["P2"]),
        (["Region=North", "Department!=Tax,Roads"], ["P1"]),
        ("status=Completed,Cancelled", ["P1", "P2", "P3"]),
    ],
)
def test_a_filter_keeps_the_rows_it_names(
    register: Path, where: str | list[str], kept: list[str]
) -> None:
    assert keys(tr.read(register, where=where)) == kept


def test_a_filter_on_a_column_that_is_not_there_names_those_that_are(register: Path) -> None:
    with pytest.raises(MappingError, match=r"no column 'Phase'. It has: Project ID; Project name"):
        tr.read(register, where="Phase=Build")


def test_a_filter_that_leaves_nothing_says_so(register: Path) -> None:
    with pytest.raises(MappingError, match="left none of its 3 rows"):
        tr.read(register, where="Status=Done")


def test_a_filter_spelt_otherwise_is_told_the_values_and_how_to_write_it(register: Path) -> None:
    with pytest.raises(
        MappingError,
        match=r"none has 'completed' in 'Status', which has Completed; Cancelled\. "
        r"Write it as the file does: Status=Completed\.$",
    ):
        tr.read(register, where="Status=completed")


def test_filters_that_exclude_each_other_are_not_blamed_on_their_values(register: Path) -> None:
    with pytest.raises(MappingError, match="each value it names is there"):
        tr.read(register, where=["Region=South", "Department=Tax"])


def test_a_filter_that_names_one_value_too_many_is_told_the_others(register: Path) -> None:
    (said,) = tr.read(register, where="Department!=Rail,Tax").problems

    assert said.found == "Rail"
    assert said.expected == "a value of this column: Ports; Roads; Tax"
    assert said.todo == "Write a value that is there, for example Department!=Ports."


def test_a_column_to_compare_by_is_kept_as_groups(register: Path) -> None:
    groups = tr.read(register, by="region").tables()["groups"]

    assert groups["column"].to_pylist() == ["Region"] * 3
    assert groups["value"].to_pylist() == ["North", "South", "North"]


def test_figures_are_not_compared_by_person(register: Path) -> None:
    with pytest.raises(MappingError, match="not compared by person"):
        tr.read(register, by="Project manager")


def test_figures_are_not_compared_by_a_column_of_words(tmp_path: Path) -> None:
    path = tmp_path / "register-2022.csv"
    rows = "".join(f"P{n},Project {n},Remark {n % 9},{n % 3}\n" for n in range(10))
    path.write_text(f"Project ID,Project name,Remark,Region\n{rows}")

    with pytest.raises(
        MappingError,
        match=r"^register-2022.csv: 'Remark' has 9 different values in 10 rows, so it is free text",
    ):
        tr.read(path, by="Remark")
    assert tr.read(path, by="Region").tables()["groups"].num_rows == 10


def test_many_values_are_words_however_often_each_stands(tmp_path: Path) -> None:
    path = tmp_path / "register-2022.csv"
    rows = "".join(f"P{n},Project {n},{n % 61}\n" for n in range(300))
    path.write_text(f"Project ID,Project name,Room\n{rows}")

    with pytest.raises(MappingError, match="'Room' has 61 different values in 300 rows"):
        tr.read(path, by="Room")


def test_the_mapping_that_was_used_reads_the_file_the_same_way_again(
    register: Path, tmp_path: Path
) -> None:
    record = tr.read(register)
    saved = tmp_path / "mapping.toml"
    saved.write_text(mapping.to_toml(record.mappings), encoding="utf-8")

    assert tr.read(register, mapping=saved).edition == record.edition


def test_a_mapping_that_cannot_be_read_is_refused(register: Path, tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="cannot be read"):
        tr.read(register, mapping=tmp_path / "nowhere.toml")


def test_a_file_that_gives_no_row_stops_the_reading(register: Path, tmp_path: Path) -> None:
    nameless = tmp_path / "nameless.csv"
    header, *rows = REGISTER.splitlines()
    nameless.write_text("\n".join([header, *(f",,{row.split(',', 2)[2]}" for row in rows)]))
    with pytest.raises(NoRowsTaken, match=r"nameless.csv: none of its 3 rows"):
        tr.read(register, nameless)


def test_a_file_that_cannot_be_read_stops_the_reading(register: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.touch()
    with pytest.raises(UnreadableSource, match=r"empty.csv"):
        tr.read(register, empty)


def test_two_files_called_alike_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    paths = [tmp_path / year / "register.csv" for year in ("2021", "2022")]
    for path in paths:
        path.parent.mkdir()
        path.write_text(REGISTER.replace("Harbour", path.parent.name), encoding="utf-8")
    projects = tr.read(*paths).tables()["projects"].sort_by("export_order")

    assert projects["export"].unique().to_pylist() == ["2021/register.csv", "2022/register.csv"]
    assert set(projects["register"].to_pylist()) == {"register"}


def test_the_day_given_is_the_day_the_files_speak_of(register: Path) -> None:
    record = tr.read(register, as_at=date(2022, 12, 31))

    assert record.as_at == date(2022, 12, 31)
    assert record.tables()["projects"]["export"].unique().to_pylist() == ["2022-12-31"]


def test_a_file_kept_under_another_name_is_read_as_the_one_it_is_called(tmp_path: Path) -> None:
    text = "Project ID,Planned finish,Actual finish\nP1,2024-01-31,2024-02-28\n"
    (tmp_path / "register-2024-12-31.csv").write_text(text)
    (tmp_path / "0.csv").write_text(text)

    (meant,) = read(tmp_path / "register-2024-12-31.csv").takes
    heard: list[tuple[int, int]] = []
    source = source_of(tmp_path / "0.csv", name="register-2024-12-31.csv")
    taken = take_of(source, Mapping(), told=lambda *far: heard.append(far))

    assert taken.name == meant.name
    assert taken.tables["projects"].equals(meant.tables["projects"])
    assert heard[-1] == (1, 1)
    assert heard == sorted(heard)


def test_what_cannot_be_read_is_called_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "0.csv").write_text("")

    with pytest.raises(UnreadableSource, match=r"^register\.csv: the file is empty"):
        source_of(tmp_path / "0.csv", name="register.csv")


def test_a_mapping_as_it_was_used_keeps_the_day_of_each_sheet(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "register.xlsx"))
    for year in (2023, 2024):
        sheet = book.add_worksheet(f"Year {year}")
        sheet.write_row(0, 0, [f"Projects as at 31 December {year}"])
        sheet.write_row(1, 0, ["Project ID", "Planned finish", "Actual finish"])
        sheet.write_row(2, 0, ["P1", f"{year}-01-31", f"{year}-02-28"])
    book.close()

    source = source_of(tmp_path / "register.xlsx", name="register.xlsx")
    first = take_of(source, Mapping())
    again = take_of(source, first.mapping)

    assert [sheet.as_at for sheet in again.mapping.sheets] == [
        date(2023, 12, 31),
        date(2024, 12, 31),
    ]
    assert again.name == first.name
