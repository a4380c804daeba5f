"""Dates as people write them, and what a column settles about them (S21-a)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trackrecord.layout import ColumnMapping, SheetMapping
from trackrecord.mapping import guess
from trackrecord.readers.source import Cell
from trackrecord.tests.sheets import one_column, sheet
from trackrecord.values import Typed, typed

HEADER = "Baseline finish"


def finishes(*cells: Cell) -> Typed:
    """The cells as a column of planned finishes, guessed."""
    register = one_column(HEADER, *cells)
    return typed(register, guess(register))


def days(read: Typed) -> list[date | None]:
    found: list[date | None] = read.columns["planned_finish"].to_pylist()
    return found


def codes(read: Typed) -> list[tuple[str, str]]:
    return [(problem.extent, problem.code) for problem in read.problems]


def test_one_column_may_mix_every_way_of_writing_a_date() -> None:
    read = finishes(
        "2021-03-05", "25/03/2021", "05/03/2021 5:00:00 PM", "March 5, 2021", "5. mars 2021", "1er mars 2021", "5 de marzo de 2021",
        "2-Nov-04", "05.03.2021", "20210305", date(2021, 3, 5), datetime(2021, 3, 5, 17), 44260, "Friday, 5 March 2021", "Fri 05/03/21", "5 maart 2021", "2021/03/05", "5-Mär-2021",
    )  # fmt: skip

    assert days(read) == [
        date(2021, 3, 5), date(2021, 3, 25), date(2021, 3, 5), date(2021, 3, 5), date(2021, 3, 5), date(2021, 3, 1), date(2021, 3, 5),
        date(2004, 11, 2), *[date(2021, 3, 5)] * 10,
    ]  # fmt: skip
    assert read.problems == ()


def test_the_row_that_settles_day_or_month_is_named() -> None:
    register = one_column(HEADER, "05/04/2021", "06/04/2021", "04/25/2021")
    column = guess(register).with_field("planned_finish")[0]

    assert column.date_order == "month-first"
    assert "row 4 has 04/25/2021" in column.because
    assert days(typed(register, guess(register)))[0] == date(2021, 5, 4)


def test_an_undecided_column_is_reported_with_both_readings_and_not_guessed() -> None:
    read = finishes("05/04/2021", "06/04/2021", "07/07/2021", "2021-08-30")

    assert days(read) == [None, None, date(2021, 7, 7), date(2021, 8, 30)]
    (problem,) = read.problems
    assert (problem.extent, problem.code, problem.row) == ("column", "day-or-month", 2)
    assert problem.expected == "5 April 2021 (day first) or 4 May 2021 (month first)"
    assert read.missing["planned_finish"] == {"day or month undecided": 2}


def test_a_column_follows_the_others_of_its_sheet_and_says_which() -> None:
    register = sheet(
        ("Project ID", "Start date", "Baseline finish"),
        ("A", "01/04/2021", "25/12/2021"),
        ("B", "01/05/2021", "24/12/2021"),
    )
    start = guess(register).with_field("started")[0]

    assert start.date_order == "day-first"
    assert "as in 'Baseline finish'" in start.because


def test_a_column_that_proves_both_orders_gives_only_what_can_be_read_one_way() -> None:
    read = finishes("25/12/2021", "12/25/2021", "05/04/2021")

    assert days(read) == [date(2021, 12, 25), date(2021, 12, 25), None]
    assert codes(read) == [("column", "day-or-month")]
    assert "row 2 is day first, row 3 month first" in read.problems[0].expected


def test_an_order_said_in_the_mapping_settles_the_column() -> None:
    register = one_column(HEADER, "05/04/2021")
    said = ColumnMapping(header=HEADER, field="planned_finish", date_order="month-first")
    mapping = SheetMapping(register="r", level="projects", columns=(said,))

    assert days(typed(register, mapping)) == [date(2021, 5, 4)]


def test_dotted_dates_are_day_first() -> None:
    assert days(finishes("05.04.2021", "06.04.2021")) == [date(2021, 4, 5), date(2021, 4, 6)]


def test_days_and_months_swapped_by_a_spreadsheet_are_noticed() -> None:
    swapped = [datetime(2021, month, 3) for month in range(1, 8)]
    read = finishes(*swapped, "25/03/2021", "30/03/2021")

    assert ("column", "days-months-swapped") in codes(read)


def test_whole_real_dates_are_not_called_swapped() -> None:
    real = [datetime(2021, month, 20) for month in range(1, 8)]

    assert codes(finishes(*real, "25/03/2021", "30/03/2021")) == []


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("31/02/2021", "impossible-date"),
        ("31.02.2021", "impossible-date"),
        ("01/01/1900", "impossible-date"),
        ("31/12/9999", "impossible-date"),
        (date(1900, 1, 1), "impossible-date"),
        ("soon", "not-a-date"),
        ("Q3 2023", "not-a-full-date"),
        ("2023-24", "not-a-full-date"),
        ("2023", "not-a-full-date"),
    ],
)
def test_what_is_no_day_is_a_problem_of_its_cell(cell: Cell, code: str) -> None:
    read = finishes("2021-03-05", "2021-03-06", cell)

    assert codes(read) == [("cell", code)]
    assert read.problems[0].row == 4
    assert days(read)[2] is None


def test_a_month_alone_is_its_last_day_for_a_finish_and_is_noticed() -> None:
    read = finishes("2021-03-05", "Feb 2024")

    assert days(read)[1] == date(2024, 2, 29)
    assert codes(read) == [("column", "month-without-day")]


def test_a_bare_number_is_a_day_only_where_the_column_is_dates() -> None:
    mapped = ColumnMapping(header=HEADER, field="planned_finish")
    mapping = SheetMapping(register="r", level="projects", columns=(mapped,))

    numbers = typed(one_column(HEADER, 44260, 44261, "2021-03-05"), mapping)
    dates = typed(one_column(HEADER, 44260, "2021-03-06", "2021-03-07"), mapping)

    assert codes(numbers) == [("cell", "not-a-date")] * 2
    assert days(dates)[0] == date(2021, 3, 5)


def test_items_keep_the_hour() -> None:
    tasks = sheet(
        ("Task ID", "Project code", "Started on"),
        ("T1", "A", "30/03/2016 5:00:00 PM"),
        ("T2", "A", "31/03/2016 12:00:00 AM"),
        ("T3", "A", "31/03/2016 08:15"),
    )
    read = typed(tasks, guess(tasks))

    assert read.columns["started"].to_pylist() == [
        datetime(2016, 3, 30, 17),
        datetime(2016, 3, 31),
        datetime(2016, 3, 31, 8, 15),
    ]


MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "no": "januar februar mars april mai juni juli august september oktober november desember",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
}


def _in_words(months: list[str]) -> Callable[[date], Cell]:
    return lambda d: f"{d.day}. {months[d.month - 1]} {d.year}"


WAYS: dict[str, Callable[[date], Cell]] = {
    "iso": lambda d: d.isoformat(),
    "slashed": lambda d: f"{d:%d/%m/%Y}",
    "unpadded": lambda d: f"{d.day}/{d.month}/{d.year}",
    "dashed": lambda d: f"{d:%d-%m-%Y}",
    "dotted": lambda d: f"{d.day}.{d.month}.{d.year}",
    "with a time": lambda d: f"{d:%d/%m/%Y} 5:00:00 PM",
    "american words": lambda d: f"{d:%B} {d.day}, {d.year}",
    "short": lambda d: f"{d.day}-{d:%b}-{d:%y}",
    "serial": lambda d: (d - date(1899, 12, 30)).days,
    "cell": lambda d: d,
    **{f"words in {language}": _in_words(names.split()) for language, names in MONTHS.items()},
}


@settings(max_examples=60, deadline=None)
@given(
    day=st.dates(date(1970, 1, 1), date(2060, 12, 31)),
    way=st.sampled_from(sorted(WAYS)),
)
def test_a_date_written_in_any_way_reads_back_in_a_decided_column(day: date, way: str) -> None:
    settling = ["25/12/2021", "26/12/2021", "2021-01-20"]
    read = finishes(WAYS[way](day), *settling)

    assert days(read)[0] == day


@settings(max_examples=30, deadline=None)
@given(st.lists(st.dates(date(1970, 1, 1), date(2060, 12, 31)), min_size=1, max_size=8))
def test_no_ambiguous_date_is_ever_read_without_a_proof(wanted: list[date]) -> None:
    written = [f"{day:%d/%m/%Y}" for day in wanted]
    proved = any(day.day > 12 for day in wanted)

    for day, read in zip(wanted, days(finishes(*written, "2020-01-15")), strict=False):
        assert read == (day if proved or day.day == day.month else None)


def test_a_date_of_two_digits_lies_between_1969_and_2068() -> None:
    assert days(finishes("1-Jan-69", "31-Dec-68", "2020-01-15"))[:2] == [
        date(1969, 1, 1),
        date(2068, 12, 31),
    ]


def test_the_day_after_a_month_ends_is_not_read_as_another_month() -> None:
    read = finishes("30/02/2024", f"{date(2024, 2, 28) + timedelta(days=1):%d/%m/%Y}", "2024-01-31")

    assert days(read)[:2] == [None, date(2024, 2, 29)]
