"""Tables in text form: whatever the encoding and the delimiter, nothing is lost without a word."""

from __future__ import annotations

import csv
import gzip
import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trackrecord.problem import Problem
from trackrecord.readers import read
from trackrecord.readers.source import Sheet


def sheet_of(folder: Path, content: str | bytes, name: str = "register.csv") -> Sheet:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (sheet,) = read(path).sheets
    return sheet


def problems_of(folder: Path, content: str | bytes) -> list[Problem]:
    path = folder / "register.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read(path).problems)


GERMAN = "Schlüssel;Größe;Kosten\nP1;groß;1.234,50\nP2;„klein“;2,5\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_any_common_encoding_gives_the_same_table(tmp_path: Path, encoding: str) -> None:
    sheet = sheet_of(tmp_path, GERMAN.encode(encoding))

    assert sheet.header == ("Schlüssel", "Größe", "Kosten")
    assert sheet.columns == (["P1", "P2"], ["groß", "„klein“"], ["1.234,50", "2,5"])


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Проект;Отдел;Стоимость\n" + "Новая система учёта;Финансы;100\n" * 20),
        ("cp1250", "Projekt;Dział;Koszt\n" + "Zażółć gęślą jaźń;Księgowość;100\n" * 20),
    ],
)
def test_an_encoding_from_further_east_is_recognised(
    tmp_path: Path, encoding: str, text: str
) -> None:
    sheet = sheet_of(tmp_path, text.encode(encoding))

    header, first, *_ = (line.split(";") for line in text.splitlines())
    assert sheet.header == tuple(header)
    assert [column[0] for column in sheet.columns] == first


def test_a_stray_byte_is_replaced_and_reported_with_its_row_and_column(tmp_path: Path) -> None:
    content = "ID,Name\nP1,Café £5\nP2,Quantum prison\n".encode("cp1252")
    content = content.replace(b"Quantum", b"Quantum\x9d")
    (problem,) = problems_of(tmp_path, content)

    assert (problem.row, problem.column, problem.code) == (3, "Name", "stray-byte")
    assert problem.found.startswith("byte 0x9D in Quantum\ufffd prison")
    assert sheet_of(tmp_path, content).columns[1] == ["Café £5", "Quantum\ufffd prison"]


def test_a_few_bad_bytes_do_not_make_utf_8_another_encoding(tmp_path: Path) -> None:
    content = ("ID,Name\n" + "P1,Müller & Söhne\n" * 9).encode() + b"P2,M\xfcller\n"
    sheet = sheet_of(tmp_path, content)

    assert sheet.columns[1][0] == "Müller & Söhne"
    assert sheet.columns[1][9] == "M\ufffdller"
    assert [problem.row for problem in problems_of(tmp_path, content)] == [11]


def test_nul_bytes_are_taken_out_and_reported(tmp_path: Path) -> None:
    content = "ID,Name,Cost\nP1,Al\0pha,5\nP2,Beta,6\n"

    assert sheet_of(tmp_path, content).columns[1] == ["Alpha", "Beta"]
    assert [(p.row, p.column, p.found[:9]) for p in problems_of(tmp_path, content)] == [
        (2, "Name", "byte 0x00")
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_beside_quoted_ones(tmp_path: Path, delimiter: str) -> None:
    rows = [["ID", "Name", "Cost"], ["P1", '"a, b; c\tand | d"', "5"], ["P2", "Beta", "6"]]

    assert sheet_of(tmp_path, "\n".join(map(delimiter.join, rows))).columns[1] == [
        "a, b; c\tand | d",
        "Beta",
    ]


def test_decimal_commas_do_not_pass_for_delimiters(tmp_path: Path) -> None:
    rows = "".join(f"P{n};{n},5;{n},25\n" for n in range(1, 30))

    assert sheet_of(tmp_path, "ID;Plan;Ist\n" + rows).header == ("ID", "Plan", "Ist")


def test_rows_that_came_apart_do_not_make_a_bar_in_each_name_the_delimiter(tmp_path: Path) -> None:
    rows = "".join(f"P{n},Works | Phase {n},2020,{n},a\n" for n in range(1, 30))
    header = "ID,Programme | Name,Year,Cost,Unit\n"

    assert len(sheet_of(tmp_path, header + rows + "P30,One | Two, Three,2020,5,a\n").header) == 5


def test_excels_own_line_about_the_delimiter_is_no_row(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "sep=;\nID;Name\nP1;Alpha\n")

    assert sheet.header == ("ID", "Name")
    assert list(sheet.rows) == [3]


def test_a_quoted_line_break_stays_in_its_cell_and_rows_are_counted_as_in_a_spreadsheet(
    tmp_path: Path,
) -> None:
    sheet = sheet_of(tmp_path, 'ID,Note\r\nP1,"first\r\nsecond"\r\n\r\nP2,plain\r\n')

    assert sheet.columns[1] == ["first\r\nsecond", "plain"]
    assert list(sheet.rows) == [2, 4]


def test_line_ends_of_old_macintoshes_are_read(tmp_path: Path) -> None:
    assert sheet_of(tmp_path, "ID,Name\rP1,Alpha\rP2,Beta").columns[1] == ["Alpha", "Beta"]


def test_a_row_that_came_apart_is_left_out_and_said_with_what_to_do(tmp_path: Path) -> None:
    content = "ID,Name,Cost\nP1,Alpha,5\nP2,Beta, Gamma and Co,6\n" + "P3,Delta,7\n" * 9

    (problem,) = problems_of(tmp_path, content)
    assert (problem.extent, problem.row, problem.code) == ("row", 3, "too-many-cells")
    assert len(sheet_of(tmp_path, content).rows) == 10


def test_a_short_row_is_taken_and_its_missing_cells_are_reported(tmp_path: Path) -> None:
    content = "ID,Name,Cost\nP1,Alpha\n" + "P2,Beta,6\n" * 9

    (problem,) = problems_of(tmp_path, content)
    assert (problem.extent, problem.row, problem.column) == ("cell", 2, "Cost")
    assert sheet_of(tmp_path, content).columns[2][0] is None


def test_blank_cells_beyond_the_header_are_no_problem(tmp_path: Path) -> None:
    assert problems_of(tmp_path, "ID,Name,,\nP1,Alpha,,\nP2,Beta,,,,\n") == []


def test_an_open_quotation_mark_costs_its_own_row_and_not_all_below(tmp_path: Path) -> None:
    content = 'ID,Name\nP1,Alpha\nP2,"Beta\nP3,Gamma\nP4,Delta\n'

    (problem,) = problems_of(tmp_path, content)
    assert (problem.extent, problem.row, problem.code) == ("row", 3, "open-quote")
    sheet = sheet_of(tmp_path, content)
    assert (sheet.columns[0], list(sheet.rows)) == (["P1", "P3", "P4"], [2, 4, 5])


def test_a_gzipped_table_is_read_as_it_is_inside(tmp_path: Path) -> None:
    packed = gzip.compress(GERMAN.encode("cp1252"))

    assert sheet_of(tmp_path, packed, "register.csv.gz").header[0] == "Schlüssel"


def test_a_narrative_longer_than_csvs_own_limit_is_read(tmp_path: Path) -> None:
    story = "The supplier was late. " * 10_000

    assert sheet_of(tmp_path, f'ID,Note\nP1,"{story}"\n').columns[1] == [story.strip()]


def test_digest_and_reader_name_the_bytes_and_the_code(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text("ID,Name\nP1,Alpha\n")
    source = read(path)

    assert source.reader == "text/1"
    assert source.digest == hashlib.sha256(b"ID,Name\nP1,Alpha\n").hexdigest()


# Python's own writer leaves a lone carriage return unquoted; no reader can put that right.
CELL = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=("Cs", "Cc"),
        include_characters="\n\t\f\x0b\x1c",
        exclude_characters="\ufffd",
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(
    cells=st.lists(st.tuples(CELL, CELL), min_size=1, max_size=6),
    delimiter=st.sampled_from([",", ";", "\t"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_whatever_a_csv_writer_wrote_is_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    cells: list[tuple[str, str]],
    delimiter: str,
    end: str,
) -> None:
    path = tmp_path_factory.mktemp("written") / "register.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator=end)
        writer.writerow(["ID", "Project", "Story", "Budget"])
        writer.writerows([f"P{at}", *pair, "5"] for at, pair in enumerate(cells))

    (sheet,) = read(path).sheets
    assert sheet.columns[0] == [f"P{at}" for at in range(len(cells))]
    told = [(sheet.columns[1][at], sheet.columns[2][at]) for at in range(len(cells))]
    assert told == [(first.strip() or None, second.strip() or None) for first, second in cells]
