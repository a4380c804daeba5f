"""Money to the smallest unit, and the quarters of a fiscal year."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backing.worth.amounts import Amount, SeveralCurrencies, part_of, to_minor, total
from backing.worth.quarters import Quarter, closed, year_before, year_begun


@pytest.mark.parametrize(
    ("minor", "currency", "words"),
    [
        (42_000_000, "GBP", "£420,000"),
        (10_500_050, "GBP", "£105,000.50"),
        (5, "EUR", "€0.05"),
        (-150, "EUR", "−€1.50"),
        (1_200, "JPY", "¥1,200"),
        (1_005, "KWD", "KWD 1.005"),
        (0, "EUR", "€0"),
    ],
)
def test_an_amount_is_worded_to_its_last_unit(minor: int, currency: str, words: str) -> None:
    assert str(Amount(minor, currency)) == words


def test_two_currencies_are_never_added() -> None:
    with pytest.raises(SeveralCurrencies):
        total([Amount(1, "EUR"), Amount(1, "GBP")], "EUR")


def test_what_is_typed_becomes_minor_units() -> None:
    assert to_minor(Decimal("12.345"), "EUR") == 1235
    assert to_minor(Decimal("12.345"), "KWD") == 12345


@given(
    minor=st.integers(1, 10**12),
    days=st.integers(1, 800),
    cuts=st.lists(st.integers(0, 800), max_size=4),
)
def test_parts_of_neighbouring_stretches_add_up_to_the_amount(
    minor: int, days: int, cuts: list[int]
) -> None:
    first = date(2025, 1, 1)
    last = first + timedelta(days=days - 1)
    ends = sorted({*(first + timedelta(days=cut) for cut in cuts), last + timedelta(days=900)})
    since, found = first - timedelta(days=30), 0
    for until in ends:
        found += part_of(minor, first=first, last=last, since=since, until=until)
        since = until + timedelta(days=1)

    assert found == minor


def test_a_fiscal_year_from_april_has_its_quarters() -> None:
    quarter = Quarter.of(date(2026, 2, 28), starts=4)

    assert (quarter.first, quarter.last) == (date(2026, 1, 1), date(2026, 3, 31))
    assert str(quarter) == "Q4 2025/26"
    assert str(Quarter.of(date(2026, 2, 28), starts=1)) == "Q1 2026"
    assert Quarter.of(date(2026, 1, 31), starts=2).first == date(2025, 11, 1)


def test_a_quarter_is_closed_once_it_is_over() -> None:
    assert [str(each) for each in closed(date(2026, 3, 31), starts=1, back=2)] == [
        "Q4 2025",
        "Q3 2025",
    ]
    assert str(closed(date(2026, 4, 1), starts=1, back=1)[0]) == "Q1 2026"


def test_a_year_back_and_the_year_begun() -> None:
    assert year_before(date(2026, 12, 31)) == date(2026, 1, 1)
    assert year_before(date(2028, 2, 28)) == date(2027, 3, 1) - timedelta(days=1)
    assert year_begun(date(2026, 3, 31), starts=4) == date(2025, 4, 1)
