"""Columns that are reckoned whole, because all their cells are plain, come to the same cell by cell."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from trackrecord.layout import ColumnMapping, SheetMapping, Sign
from trackrecord.readers.source import Cell
from trackrecord.tests.sheets import one_column, sheet
from trackrecord.values import Typed, typed
from trackrecord.values.plain_money import read_plain_money
from trackrecord.values.word_columns import read_text

NONE_BUT_TEXT = "n/a"  # a word for no value: beside it no column is plain, and nothing else changes
BESIDE: tuple[Cell, ...] = (None, "5", "€5", "£5", "¥5", "n/a")

numbers = st.one_of(
    st.none(),
    st.integers(-(2**70), 2**70),
    st.integers(-(10**6), 10**6).map(lambda cents: cents / 100),
    st.floats(allow_nan=False),
)
texts = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(-(10**9), 10**9).map("{:,}".format),
    st.sampled_from(["£1.2m", "1.234,50 €", "n/a", " ", "-", "TBC", "(120)", "12 %", "1e5"]),
)


def priced(
    cells: list[Cell],
    beside: list[Cell],
    *,
    currency: str | None,
    scale: float | None,
    sign: Sign | None,
) -> Typed:
    """A column of money as cost, beside amounts that may state other currencies."""
    register = sheet(("Cost", "Paid"), *zip(cells, beside, strict=True))
    cost = ColumnMapping(
        header="Cost", field="planned_cost", currency=currency, scale=scale, sign=sign
    )
    paid = ColumnMapping(header="Paid", field="cost_actual")
    return typed(register, SheetMapping(register="r", level="projects", columns=(cost, paid)))


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.tuples(numbers, st.sampled_from(BESIDE)), max_size=8),
    currency=st.sampled_from([None, "GBP", "EUR", "JPY", "KWD", "£"]),
    scale=st.sampled_from([None, 1e3, 1e6, 0.01]),
    sign=st.sampled_from([None, 1, -1]),
)
@example(rows=[(0.5, None), (1.5, None), (-2.5, None)], currency="JPY", scale=None, sign=None)
@example(rows=[(2.0**62, None), (1e300, None)], currency="GBP", scale=1e6, sign=-1)
@example(rows=[(12, "€5"), (0.125, None)], currency="GBP", scale=None, sign=None)
def test_bare_money_comes_to_the_same_as_money_read_cell_by_cell(
    rows: list[tuple[Cell, Cell]], currency: str | None, scale: float | None, sign: Sign | None
) -> None:
    cells, beside = [cell for cell, _ in rows], [cell for _, cell in rows]
    whole = priced([*cells, None], [*beside, None], currency=currency, scale=scale, sign=sign)
    single = priced(
        [*cells, NONE_BUT_TEXT], [*beside, None], currency=currency, scale=scale, sign=sign
    )

    assert {name: column.to_pylist() for name, column in whole.columns.items()} == {
        name: column.to_pylist() for name, column in single.columns.items()
    }
    assert set(whole.problems) == set(single.problems)


@settings(max_examples=100, deadline=None)
@given(cells=st.lists(numbers | texts, max_size=8))
def test_a_column_with_any_text_is_never_reckoned_as_bare_money(cells: list[Cell]) -> None:
    register = one_column("Cost", *cells)
    plain = read_plain_money(register, ColumnMapping(header="Cost", field="planned_cost"))

    assert plain is None or not any(isinstance(cell, str) for cell in cells)


@settings(max_examples=150, deadline=None)
@given(cells=st.lists(texts, max_size=8))
def test_plain_text_comes_to_the_same_as_text_read_cell_by_cell(cells: list[Cell]) -> None:
    """A number among texts is read by itself, and so is then every other cell."""
    whole = read_text(one_column("Unit", *cells, "7"), "Unit")
    single = read_text(one_column("Unit", *cells, 7), "Unit")

    assert whole.values == single.values
    assert list(whole.faults) == list(single.faults)
    keep = [True] * (len(cells) + 1)
    assert whole.gaps(keep) == single.gaps(keep)
