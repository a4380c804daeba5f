"""Money, hours, lengths and shares as people write them (S21-a)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trackrecord.layout import ColumnMapping, SheetMapping
from trackrecord.mapping import guess
from trackrecord.readers.source import Cell
from trackrecord.tests.sheets import one_column, sheet
from trackrecord.values import Typed, typed


def read_as(field: str, *cells: Cell, header: str = "Figure", **said: Any) -> Typed:
    """The cells read as a column of `field`."""
    column = ColumnMapping(header=header, field=field, **said)
    mapping = SheetMapping(register="r", level="projects", columns=(column,))
    return typed(one_column(header, *cells), mapping)


def minor(*cells: Cell, **said: Any) -> list[int | None]:
    found: list[int | None] = (
        read_as("planned_cost", *cells, **said).columns["planned_cost"].to_pylist()
    )
    return found


@pytest.mark.parametrize(
    ("cell", "pence"),
    [
        ("£2,013.02", 201_302),
        ("$6,279,429", 627_942_900),
        ("-£2,595", -259_500),
        ("£-2,595", -259_500),
        ("(1,234.50)", -123_450),
        ("£(1,234.50)", -123_450),
        ("1,234.50-", -123_450),
        ("1.2m", 120_000_000),
        ("£1.234m", 123_400_000),
        ("£3bn", 300_000_000_000),
        ("2 Mrd. EUR", 200_000_000_000),
        ("450k", 45_000_000),
        ("TEUR 450", 45_000_000),
        ("450 T€", 45_000_000),
        ("1,2 Mio. €", 120_000_000),
        ("€ 1.234.567,89", 123_456_789),
        ("1 234 567,89 €", 123_456_789),
        ("1\u00a0234\u202f567,89", 123_456_789),
        ("CHF 1'234'567.89", 123_456_789),
        ("1’234’567.89", 123_456_789),
        ("kr 1 200 000", 120_000_000),
        ("1000,-", 100_000),
        ("12,34,567.50", 123_456_750),
        ("1.5E6", 150_000_000),
        ("Nil", 0),
        (0, 0),
        (1234.5, 123_450),
        ("\u22125", -500),
        ("GBP 12.50", 1_250),
        ("US$ 3 million", 300_000_000),
    ],
)
def test_an_amount_is_read_however_it_is_written(cell: Cell, pence: int) -> None:
    assert minor(cell) == [pence]


@pytest.mark.parametrize(
    ("cells", "first"),
    [
        (("1.234", "2.345,50"), 123_400),
        (("1,234", "2,345.50"), 123_400),
        (("1.234", "0,75"), 123_400),
        (("1,234", "12.5"), 123_400),
        (("1.234", "7.25"), 123),
        (("1,234", "7,25"), 123),
        (("1.234",), 123_400),
        (("1,234",), 123_400),
    ],
)
def test_the_whole_column_settles_the_decimal_mark(cells: tuple[str, ...], first: int) -> None:
    assert minor(*cells)[0] == first


def test_a_column_that_settles_no_mark_follows_its_sheet() -> None:
    register = sheet(
        ("Project ID", "Effort actual (hours)", "Budget (€)"),
        ("A", "1,234", "10,5"),
        ("B", "2,345", "99,75"),
    )
    read = typed(register, guess(register))

    assert read.columns["effort_actual"].to_pylist() == [1.234, 2.345]


def test_cells_that_prove_both_marks_are_read_as_they_say_and_noticed() -> None:
    read = read_as("planned_cost", "1.234,50", "1,234.50", "1.234,75")

    assert read.columns["planned_cost"].to_pylist() == [123_450, 123_450, 123_475]
    assert [problem.code for problem in read.problems] == ["both-decimal-marks"]


def test_the_middle_of_a_stated_range_is_taken_and_the_rest_kept_in_words() -> None:
    text = "Low: £10.0m, Mid: £20.5m, High: £31m"
    read = read_as("planned_cost", text, "£3m")

    assert read.columns["planned_cost"].to_pylist() == [2_050_000_000, 300_000_000]
    assert read.words["Figure"].to_pylist() == [text, None]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("10 - 20", "range"),
        ("£10m to £20m", "range"),
        ("about right", "not-a-number"),
        ("5 apples", "not-a-number"),
        ("12 %", "not-a-number"),
        ("1.2.3", "not-a-number"),
        ("01.02.2020", "not-a-number"),
        (True, "not-a-number"),
        ("1e300", "not-an-amount"),
    ],
)
def test_what_is_no_amount_is_a_problem_of_its_cell(cell: Cell, code: str) -> None:
    read = read_as("planned_cost", 5, cell)

    assert read.columns["planned_cost"].to_pylist() == [500, None]
    assert [(p.code, p.row, p.extent) for p in read.problems] == [(code, 3, "cell")]


@pytest.mark.parametrize(
    ("header", "currency", "minor_units"),
    [
        ("Budget (£m)", "GBP", 150_000_000),
        ("Budget £k", "GBP", 150_000),
        ("Budget (£'000)", "GBP", 150_000),
        ("Budget £000s", "GBP", 150_000),
        ("Budget (k€)", "EUR", 150_000),
        ("Budget in TEUR", "EUR", 150_000),
        ("Budget [Mio. EUR]", "EUR", 150_000_000),
        ("Budget (M€)", "EUR", 150_000_000),
        ("Budget (in thousands of euros)", "EUR", 150_000),
        ("Budget (USD millions)", "USD", 150_000_000),
        ("Budget (x 1.000 EUR)", "EUR", 150_000),
        ("Budget (MNOK)", "NOK", 150_000_000),
        ("Budget (mJPY)", "JPY", 1_500_000),
        ("Budget (KWD)", "KWD", 1_500),
        ("Budget ($)", "$", 150),
        ("Budget", None, 150),
    ],
)
def test_units_are_read_from_the_header(header: str, currency: str, minor_units: int) -> None:
    register = one_column(header, "1.5", "22.25")
    read = typed(register, guess(register))

    assert read.columns["planned_cost"].to_pylist()[0] == minor_units
    assert read.columns["currency"].to_pylist()[0] == currency


def test_a_unit_above_the_table_counts_for_all_amounts() -> None:
    register = sheet(
        ("Project ID", "Budget", "Actual cost"), ("A", 1.5, 2), title=("All figures in £m",)
    )

    assert typed(register, guess(register)).columns["cost_actual"].to_pylist() == [200_000_000]


def test_a_unit_in_the_cell_goes_before_that_of_the_header() -> None:
    assert minor("£1.5bn", "20", scale=1e6, currency="GBP") == [150_000_000_000, 2_000_000_000]


def test_each_row_keeps_its_currency_and_two_in_one_row_are_a_problem() -> None:
    register = sheet(
        ("Project ID", "Budget", "Actual cost"),
        ("A", "€5", "€6"),
        ("B", "£5", "£6"),
        ("C", "€5", "£6"),
        ("D", "5", "£6"),
    )
    read = typed(register, guess(register))

    assert read.columns["currency"].to_pylist() == ["EUR", "GBP", "EUR", "GBP"]
    assert read.columns["cost_actual"].to_pylist() == [600, 600, None, 600]
    assert [(p.code, p.row) for p in read.problems] == [("two-currencies", 4)]


def test_a_column_of_currencies_counts() -> None:
    register = sheet(
        ("Project ID", "Currency", "Budget"), ("A", "EUR", 5), ("B", "jpy", 5), ("C", "£", 5)
    )
    read = typed(register, guess(register))

    assert read.columns["currency"].to_pylist() == ["EUR", "JPY", "GBP"]
    assert read.columns["planned_cost"].to_pylist() == [500, 5, 500]


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("Exempt under Section 43 of the Freedom of Information Act 2000", "withheld"),
        ("Withheld", "withheld"),
        ("Commercial in confidence", "withheld"),
        ("vertraulich", "withheld"),
        ("N/A", "not applicable"),
        ("entfällt", "not applicable"),
        ("sans objet", "not applicable"),
        ("n.v.t.", "not applicable"),
        ("tbc", "missing"),
        ("NA", "missing"),
        ("-", "missing"),
        ("–", "missing"),
        ("unbekannt", "missing"),
        ("Data Not Provided", "missing"),
        ("The project is not in a position to provide this information.", "missing"),
        (None, "missing"),
        (float("nan"), "missing"),
    ],
)
def test_words_for_no_value_are_missing_with_their_reason(word: Cell, reason: str) -> None:
    read = read_as("planned_cost", 5, word)

    assert read.columns["planned_cost"].to_pylist() == [500, None]
    assert read.problems == ()
    assert read.missing == {"planned_cost": {reason: 1}}


@pytest.mark.parametrize(
    ("header", "cells", "shares"),
    [
        ("% complete", ("47", "100", "0"), [0.47, 1.0, 0.0]),
        ("% complete", (0.12, 1.0, 0.5), [0.12, 1.0, 0.5]),
        ("Percent complete", ("12 %", "47%", "100 %"), [0.12, 0.47, 1.0]),
        ("Progress", (0.25, 0.5, 1), [0.25, 0.5, 1.0]),
        ("% complete", ("12,5 %", "7,25 %"), [0.125, 0.0725]),
        ("% complete", ("12%", 0.5), [0.12, 0.5]),
    ],
)
def test_shares_are_fractions_whether_written_as_per_cents_or_not(
    header: str, cells: tuple[Cell, ...], shares: list[float]
) -> None:
    register = one_column(header, *cells)

    assert typed(register, guess(register)).columns[
        "percent_complete"
    ].to_pylist() == pytest.approx(shares)


def test_a_share_above_the_whole_is_a_problem() -> None:
    read = read_as("percent_complete", "120 %", "50 %")

    assert [problem.code for problem in read.problems] == ["not-a-share"]


@pytest.mark.parametrize(
    ("header", "cell", "length"),
    [
        ("Duration", 10, 10.0),
        ("Duration (weeks)", 2, 14.0),
        ("Duration (months)", "2", 60.875),
        ("Duration", "3 weeks", 21.0),
        ("Dauer (Tage)", "12", 12.0),
        ("Durée (mois)", "2", 60.875),
        ("Cycle time days", -1, -1.0),
    ],
)
def test_lengths_are_days(header: str, cell: Cell, length: float) -> None:
    register = one_column(header, cell, cell)

    assert typed(register, guess(register)).columns["duration_days"].to_pylist()[0] == length


@pytest.mark.parametrize(
    ("header", "cell", "hours"),
    [
        ("Actual effort", 8, 8.0),
        ("Actual effort (person days)", 2, 16.0),
        ("Ist-Aufwand (PT)", "2,5", 20.0),
        ("Actual effort (person months)", 1, 152.0),
        ("Actual effort", "3 days", 24.0),
    ],
)
def test_work_is_hours(header: str, cell: Cell, hours: float) -> None:
    register = one_column(header, cell, cell)

    assert typed(register, guess(register)).columns["effort_actual"].to_pylist()[0] == hours


def _written(amount: int, way: str) -> str:
    pounds = f"{abs(amount) // 100:,}.{abs(amount) % 100:02}"
    marks = {"english": ",.", "german": ".,", "french": "\u202f,", "swiss": "'."}[way]
    swapped = pounds.replace(",", "T").replace(".", marks[1]).replace("T", marks[0])
    return f"-{swapped}" if amount < 0 else swapped


@settings(max_examples=80, deadline=None)
@given(
    amounts=st.lists(st.integers(-(10**13), 10**13), min_size=1, max_size=6),
    way=st.sampled_from(["english", "german", "french", "swiss"]),
    around=st.sampled_from(["{}", "€ {}", "{} €", "EUR {}"]),
)
def test_money_written_in_any_way_reads_back_to_the_penny(
    amounts: list[int], way: str, around: str
) -> None:
    assert minor(*(around.format(_written(amount, way)) for amount in amounts)) == amounts


PLANNED_MINUS_ACTUAL = sheet(
    ("Project ID", "Baseline cost (£k)", "Actual cost (£k)", "Cost variance (£k)"),
    ("A", 100, 120, -20),
    ("B", 200, 190, 10),
    ("C", 300, 345, -45),
    ("D", 80, 80, 0),
)


def test_a_variance_published_as_planned_minus_actual_is_turned() -> None:
    mapping = guess(PLANNED_MINUS_ACTUAL)
    column = mapping.with_field("cost_variance")[0]

    assert column.sign == -1
    assert "planned_cost minus cost_actual, so its sign is turned" in column.because
    assert typed(PLANNED_MINUS_ACTUAL, mapping).columns["cost_variance"].to_pylist() == [
        2_000_000,
        -1_000_000,
        4_500_000,
        0,
    ]


def test_a_variance_published_as_actual_minus_planned_stands() -> None:
    register = sheet(
        ("Project ID", "Baseline finish", "Actual finish", "Schedule variance (days)"),
        ("A", "2021-01-01", "2021-01-11", 10),
        ("B", "2021-01-01", "2020-12-30", -2),
        ("C", "2021-01-01", "2021-02-01", 31),
    )
    mapping = guess(register)

    assert mapping.with_field("finish_variance_days")[0].sign == 1
    assert typed(register, mapping).columns["finish_variance_days"].to_pylist() == [10, -2, 31]


def test_a_variance_without_a_sign_takes_it_from_the_columns_it_comes_from() -> None:
    register = sheet(
        ("Project ID", "Baseline finish", "Actual finish", "Schedule variance (days)"),
        ("A", "2021-01-01", "2021-01-11", 10),
        ("B", "2021-01-01", "2020-12-30", 2),
        ("C", "2021-01-01", "2021-02-01", 31),
        ("D", "2021-01-01", "2020-12-01", 31),
    )
    mapping = guess(register)

    assert mapping.with_field("finish_variance_days")[0].magnitude
    assert typed(register, mapping).columns["finish_variance_days"].to_pylist() == [10, -2, 31, -31]


def test_a_variance_that_is_of_other_columns_is_left_as_it_stands() -> None:
    register = sheet(
        ("Project ID", "Baseline cost", "Actual cost", "Cost variance"),
        ("A", 100, 120, 7),
        ("B", 200, 190, -3),
        ("C", 300, 345, 1),
    )
    column = guess(register).with_field("cost_variance")[0]

    assert (column.sign, column.magnitude) == (None, False)
