"""What was understood of a file, as a page words it, and as a person corrects it (S21-a)."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from django.http import QueryDict

from backing.evidence.column_choices import A_PART, Choice, part_of
from backing.evidence.field_words import WORDS
from backing.evidence.forms.imports import ColumnsForm
from backing.evidence.models import DroppedFile
from backing.evidence.problems import COLUMNS, lines
from backing.evidence.readings import Understanding
from backing.evidence.understood import (
    UnderstoodColumn,
    UnderstoodSheet,
    corrected,
    sheets_of,
)
from backing.site.spreadsheet import csv_lines, workbook
from trackrecord.layout import FIELDS, ColumnMapping, Mapping, SheetMapping
from trackrecord.mapping_file import from_toml, to_toml
from trackrecord.problem import Problem

REGISTER = SheetMapping(
    register="closed",
    level="projects",
    file="closed-2025.xlsx",
    columns=(
        ColumnMapping(header="Proj No", field="key", confidence=0.95, because="an id"),
        ColumnMapping(header="Budget", field="planned_cost", confidence=0.4, because="a cost"),
        ColumnMapping(header="End", field="finished", confidence=0.9, because="a date"),
        ColumnMapping(header="Colour", because="kept as words"),
    ),
)
DAY_OR_MONTH = {
    "code": "day-or-month",
    "column": "End",
    "extent": "column",
    "expected": "3 April 2024 (day first) or 4 March 2024 (month first)",
    "todo": "Say which.",
    "count": 1,
    "rows": [7],
    "found": "03/04/2024",
}


def dropped(*sheets: SheetMapping, pk: int = 1, **what: object) -> DroppedFile:
    """A file that was read with these mappings."""
    mapping = to_toml(Mapping(sheets=sheets)) if sheets else ""
    return DroppedFile(pk=pk, name=f"file-{pk}.xlsx", mapping=mapping, **what)


def said(**fields: str) -> QueryDict:
    """What a form sends; `field_1` stands for `field-1`."""
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data[name if name == "as_at" else name.replace("_", "-")] = value
    return data


def the_sheet(file: DroppedFile) -> UnderstoodSheet:
    (sheet,) = sheets_of(file)
    return sheet


def test_every_field_has_one_name_in_the_words_of_the_trade() -> None:
    assert set(WORDS) == set(FIELDS)
    assert len(set(WORDS.values())) == len(WORDS)


def test_a_column_that_asks_or_is_unsure_needs_a_look_and_comes_first() -> None:
    sheet = the_sheet(dropped(REGISTER, problems=[DAY_OR_MONTH]))
    part = part_of(sheet, None)

    assert [choice.column.header for choice in part.doubtful] == ["Budget", "End"]
    assert [choice.column.header for choice in part.used] == ["Proj No"]
    assert [choice.column.header for choice in part.unused] == ["Colour"]


def test_three_hundred_columns_come_a_part_at_a_time_and_none_is_lost() -> None:
    columns = tuple(ColumnMapping(header=f"Column {number}") for number in range(300))
    sheet = the_sheet(dropped(replace(REGISTER, columns=columns)))

    shown: list[int] = []
    start: int | None = 0
    while start is not None:
        part = part_of(sheet, str(start))
        shown += [choice.column.place for choice in part.unused]
        assert len(part.unused) <= A_PART
        start = part.after

    assert sorted(shown) == list(range(300))


@pytest.mark.parametrize("start", ["", "x", "-3", "999999", "99999999999999999999"])
def test_a_part_that_is_not_there_is_the_first(start: str) -> None:
    assert part_of(the_sheet(dropped(REGISTER)), start).start == 0


def test_a_corrected_column_says_by_whom_and_the_others_stay_as_they_were() -> None:
    sheet = the_sheet(dropped(REGISTER))
    form = ColumnsForm(sheet, said(field_1="current_cost", currency_1="gbp"), by="Ana")

    assert form.is_valid()
    assert form.mapping.columns[1] == ColumnMapping(
        header="Budget",
        field="current_cost",
        currency="GBP",
        confidence=1.0,
        because="chosen by Ana",
    )
    assert form.mapping.columns[0] == REGISTER.columns[0]


def test_an_order_of_day_and_month_settles_the_column() -> None:
    file = dropped(REGISTER, problems=[DAY_OR_MONTH])
    form = ColumnsForm(the_sheet(file), said(order_2="month-first", as_at="2025-03-31"), by="Ana")

    assert form.mapping.columns[2].date_order == "month-first"
    assert form.mapping.as_at == date(2025, 3, 31)


def test_two_columns_cannot_both_be_the_project_number() -> None:
    form = ColumnsForm(the_sheet(dropped(REGISTER)), said(field_3="key"), by="Ana")

    (sentence,) = form.errors
    assert sentence.startswith("“Proj No” and “Colour” cannot both be “Project number”")
    assert form.as_said.columns[3].mapping.field == "key"


@pytest.mark.parametrize(
    "wrong", [{"currency_1": "pounds"}, {"as_at": "31 March"}], ids=["currency", "day"]
)
def test_what_cannot_be_meant_is_said_in_a_sentence(wrong: dict[str, str]) -> None:
    form = ColumnsForm(the_sheet(dropped(REGISTER)), said(**wrong), by="Ana")

    (sentence,) = form.errors
    assert sentence.endswith(".")
    assert form.mapping == REGISTER


def test_a_field_nobody_knows_changes_nothing() -> None:
    form = ColumnsForm(the_sheet(dropped(REGISTER)), said(field_1="<script>"), by="Ana")

    assert form.mapping == REGISTER


def test_a_correction_holds_for_every_file_with_the_same_header_but_not_its_day() -> None:
    other = replace(REGISTER, file="closed-2024.xlsx", as_at=date(2024, 3, 31))
    third = replace(REGISTER, columns=REGISTER.columns[:2], file="other.xlsx")
    files = [dropped(REGISTER), dropped(other, pk=2), dropped(third, pk=3), dropped(pk=4)]
    form = ColumnsForm(
        the_sheet(files[0]), said(field_1="current_cost", as_at="2025-03-31"), by="Ana"
    )

    changed = corrected(files, the_sheet(files[0]), form.mapping)

    assert set(changed) == {1, 2}
    (second,) = from_toml(changed[2]).sheets
    assert (second.columns[1].field, second.as_at) == ("current_cost", date(2024, 3, 31))


@pytest.mark.parametrize(
    ("rows", "taken", "headline"),
    [
        (64, 60, "60 of 64 rows can be taken. Four rows need you; two columns need a look."),
        (64, 64, "All 64 rows can be taken. Two columns need a look."),
        (12_000, 0, "None of the 12,000 rows can be taken. Two columns need a look."),
    ],
)
def test_the_headline_is_the_finding(rows: int, taken: int, headline: str) -> None:
    file = dropped(REGISTER, problems=[DAY_OR_MONTH], rows_in=rows, rows_taken=taken)

    assert Understanding(files=[file]).headline == headline


def test_a_file_that_cannot_be_read_is_named_beside_those_that_can() -> None:
    read = dropped(replace(REGISTER, columns=REGISTER.columns[:1]), rows_in=1, rows_taken=1)
    locked = dropped(pk=2, trouble="locked.xlsx: a password is needed. Save it without one.")

    assert Understanding(files=[read, locked]).headline == (
        "The one row can be taken. One file could not be read."
    )
    assert Understanding(files=[locked]).headline == "Nothing in these files can be taken."


def test_kinds_of_problems_name_some_rows_and_count_the_rest() -> None:
    many = {**DAY_OR_MONTH, "extent": "cell", "count": 412, "rows": list(range(10, 30))}
    (kind,) = Understanding(files=[dropped(REGISTER, problems=[many])]).kinds

    assert kind.where == "Rows 10, 11, 12, 13, 14, 15, 16, 17 and 404 more"


def test_what_was_noticed_alike_of_many_columns_is_one_kind() -> None:
    one = {**DAY_OR_MONTH, "code": "no-meaning", "rows": [], "todo": "Say it in the mapping."}
    kinds = [{**one, "column": f"Cost {number}"} for number in range(295)]
    (kind,) = Understanding(files=[dropped(REGISTER, problems=kinds)]).kinds

    assert (kind.where, kind.todo) == ("295 columns", "Say it under Columns.")
    assert kind.column == "Cost 0, Cost 1, Cost 2, Cost 3 and 291 more"


def test_ten_thousand_kinds_of_problems_show_the_largest_and_say_how_many_are_left() -> None:
    cell = {**DAY_OR_MONTH, "extent": "cell"}
    kinds = [
        {**cell, "todo": f"Do {number}.", "code": "x", "count": number} for number in range(10_000)
    ]
    seen = Understanding(files=[dropped(REGISTER, problems=kinds)])

    assert (len(seen.first_kinds), seen.kinds_left) == (50, 9_950)
    assert seen.first_kinds[0].count == 9_999


EVIL = Problem(file="a.csv", row=7, column="Cost", found='=cmd|"/c calc"!A1', todo="Correct it.")


def test_a_cell_that_looks_like_a_formula_is_harmless_in_the_csv() -> None:
    text = b"".join(csv_lines(list(COLUMNS), lines([EVIL]))).decode("utf-8-sig")

    (row,) = list(csv.DictReader(io.StringIO(text)))
    assert row["Found"] == '\'=cmd|"/c calc"!A1'
    assert row["Row"] == "7"


def test_a_cell_that_looks_like_a_formula_is_a_word_in_the_workbook() -> None:
    sheet = openpyxl.load_workbook(
        io.BytesIO(workbook("To correct", COLUMNS, lines([EVIL])))
    ).active
    head, row = list(sheet.iter_rows())

    cells = {name.value: cell for name, cell in zip(head, row, strict=True)}
    assert (cells["Found"].data_type, cells["Found"].value) == ("s", EVIL.found)
    assert (cells["Row"].value, cells["Right value"].value) == (7, None)


def test_a_column_of_millions_says_so_in_words() -> None:
    cost = ColumnMapping(header="Cost (£m)", field="cost_actual", currency="GBP", scale=1e6)
    choice = Choice(UnderstoodColumn(place=0, mapping=cost))

    assert choice.settings_now == "GBP, in millions"
    (amounts,) = [each for each in choice.settings if each.name == "scale-0"]
    assert '<option value="1000000" selected>in millions' in amounts.options
