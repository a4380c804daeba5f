"""ARFF, as Weka's manual has it and as people write it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from trackrecord.readers import read
from trackrecord.readers.source import Source


def source_of(folder: Path, text: str) -> Source:
    path = folder / "set.arff"
    path.write_text(text, encoding="utf-8-sig")
    return read(path)


def test_quoted_names_missing_values_dates_and_nominals(tmp_path: Path) -> None:
    (sheet,) = source_of(
        tmp_path,
        "% a comment\n@RELATION 'my set'\n\n@attribute 'Unit ' {IT,'Human resources'} % note\n"
        '@attribute started date "YYYY-MM-DD"\n@attribute seen date\n@attribute effort numeric\n'
        "@attribute note string\n@data\n"
        "IT,1996-12-10,2001-04-03T12:12:12,485,'it\\'s, well, done'\n% between\n"
        "'Human resources',?,?,?,\"b\"\n",
    ).sheets

    assert sheet.title == ("my set",)
    assert sheet.header == ("Unit", "started", "seen", "effort", "note")
    assert sheet.columns == (
        ["IT", "Human resources"],
        [date(1996, 12, 10), None],
        [datetime(2001, 4, 3, 12, 12, 12), None],
        [485, None],
        ["it's, well, done", "b"],
    )
    assert list(sheet.rows) == [10, 12]


def test_what_a_sparse_row_leaves_out_is_zero_or_the_first_nominal(tmp_path: Path) -> None:
    (sheet,) = source_of(
        tmp_path,
        "@relation s\n@attribute a numeric\n@attribute b {x,y}\n@attribute c numeric\n@data\n"
        "{1 y, 2 7}\n{0 3}\n",
    ).sheets

    assert sheet.columns == ([0, 3], ["y", "x"], [7, 0])


def test_a_line_that_does_not_fit_is_a_row_with_a_problem(tmp_path: Path) -> None:
    source = source_of(
        tmp_path, "@relation s\n@attribute a numeric\n@attribute b string\n@data\n1,x\n2,y,z\n3\n"
    )

    assert [(p.row, p.extent, p.found) for p in source.problems] == [
        (6, "row", "3 values: 2,y,z"),
        (7, "row", "1 values: 3"),
    ]
    assert list(source.sheets[0].rows) == [5]
