"""The three-bound Pareto (methods.md 3.2): what each cause cost, between three bounds."""

from __future__ import annotations

from datetime import date
from time import perf_counter

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trackrecord.causes.pareto import (
    Bound,
    CauseMoney,
    OverlappingShares,
    Pareto,
    count_rate_figures,
    cumulative,
    pareto_order,
    share_figures,
    split,
    three_bound_paretos,
)
from trackrecord.causes.taxonomy import UNKNOWN
from trackrecord.errors import EvidenceError

G4 = {
    "business case": 0.58,
    "environment": 0.19,
    "disputes": 0.16,
    "economic": 0.13,
    "late contractor": 0.12,
    "contract complexity": 0.11,
    "legislation": 0.07,
    "innovation": 0.07,
    "poor contractor": 0.06,
    "project team": 0.04,
    "poor intelligence": 0.04,
}


def overruns(rows: list[tuple[str, int | None, str | None]]) -> pa.Table:
    names, amounts, currencies = zip(*rows, strict=True)
    return pa.table(
        {
            "project": pa.array(names, pa.string()),
            "overrun": pa.array(amounts, pa.int64()),
            "currency": pa.array(currencies, pa.string()),
        }
    )


def coded(rows: list[tuple[str, str, float | None]]) -> pa.Table:
    return pa.table(
        {
            "project": pa.array([row[0] for row in rows], pa.string()),
            "cause": pa.array([row[1] for row in rows], pa.string()),
            "weight": pa.array(["contributing"] * len(rows), pa.string()),
            "share_of_loss": pa.array([row[2] for row in rows], pa.float64()),
        }
    )


ALDMOOR = overruns(
    [("mill", 1000, "GBP"), ("dam", 101, "GBP"), ("quay", 300, "GBP"), ("barn", None, "GBP")]
)
ALDMOOR_CAUSES = coded(
    [
        ("mill", "skills", None),
        ("dam", "skills", None),
        ("dam", "optimistic estimate", None),
        ("dam", "skills", None),
        ("barn", "skills", None),
    ]
)


def the_one(projects: pa.Table, causes: pa.Table) -> Pareto:
    (pareto,) = three_bound_paretos(projects, causes)
    return pareto


def test_each_cause_has_three_bounds_and_the_uncoded_stay_unknown() -> None:
    pareto = the_one(ALDMOOR, ALDMOOR_CAUSES)

    assert (pareto.currency, pareto.total, pareto.n) == ("GBP", 1401, 3)
    assert pareto.missing == {"missing": 1}
    assert pareto.causes == (
        CauseMoney(cause="skills", exclusive=1000, fractional=1050, touched=1101, projects=2),
        CauseMoney(cause=UNKNOWN, exclusive=300, fractional=300, touched=300, projects=1),
        CauseMoney(
            cause="optimistic estimate", exclusive=0, fractional=51, touched=101, projects=1
        ),
    )


registers = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(0, 10**13)),
        st.dictionaries(
            st.sampled_from("abcdef"), st.one_of(st.none(), st.floats(0, 1)), max_size=4
        ),
    ),
    min_size=1,
    max_size=12,
)


@given(registers)
@settings(max_examples=80, deadline=None)
def test_the_bounds_nest_and_the_fractions_sum_to_the_loss_to_the_penny(
    register: list[tuple[int | None, dict[str, float | None]]],
) -> None:
    pareto = the_one(
        overruns([(f"p{i:02}", amount, "EUR") for i, (amount, _) in enumerate(register)])
        if any(amount is not None for amount, _ in register)
        else overruns([("p", 0, "EUR")]),
        coded(
            [
                (f"p{i:02}", cause, share)
                for i, (_, causes) in enumerate(register)
                for cause, share in causes.items()
            ]
        ),
    )

    assert sum(bar.fractional for bar in pareto.causes) == pareto.total
    assert all(bar.exclusive <= bar.fractional <= bar.touched for bar in pareto.causes)


def test_the_order_of_the_rows_changes_nothing() -> None:
    forwards = the_one(ALDMOOR, ALDMOOR_CAUSES)
    turned = [
        pa.Table.from_pylist(t.to_pylist()[::-1], t.schema) for t in (ALDMOOR, ALDMOOR_CAUSES)
    ]

    assert the_one(*turned) == forwards


def test_stated_shares_divide_the_loss_and_what_they_leave_is_unknown() -> None:
    projects = overruns([("dam", 1000, "EUR"), ("mill", 1000, "EUR")])
    causes = coded(
        [
            ("dam", "skills", 0.7),
            ("dam", "supplier", 0.2),
            ("mill", "skills", 0.6),
            ("mill", "x", None),
        ]
    )
    money = {bar.cause: bar.fractional for bar in the_one(projects, causes).causes}

    assert money == {"skills": 1300, "supplier": 200, UNKNOWN: 100, "x": 400}


def test_an_amount_is_divided_to_the_last_unit_whatever_the_order() -> None:
    assert split(100, {"c": 1, "a": 1, "b": 1}) == {"a": 34, "b": 33, "c": 33}
    assert split(10**15 + 1, {"a": 1, "b": 2}) == {"a": 333333333333334, "b": 666666666666667}
    with pytest.raises(EvidenceError):
        split(5, {"a": 0})


def test_currencies_are_never_added_together() -> None:
    projects = overruns([("a", 100, "EUR"), ("b", 900, "NOK"), ("c", 50, None)])
    figures = share_figures(projects, coded([("a", "skills", None), ("b", "skills", None)]))
    fractional = {f.group: f for f in figures if f.measure == "cause_share_fractional"}

    assert {group: figure.value for group, figure in fractional.items()} == {
        "EUR / skills": 1,
        "NOK / skills": 1,
    }
    assert fractional["EUR / skills"].missing == {"unit_mismatch": 1}


def test_the_figures_carry_their_definition_edition_and_what_is_missing() -> None:
    figures = [
        figure
        for of in (share_figures, count_rate_figures)
        for figure in of(ALDMOOR, ALDMOOR_CAUSES, basis="edition", as_at=date(2024, 3, 31))
    ]
    skills = {figure.measure: figure for figure in figures if figure.group == "skills"}

    assert {name: figure.value for name, figure in skills.items()} == pytest.approx(
        {
            "cause_share_exclusive": 1000 / 1401,
            "cause_share_fractional": 1050 / 1401,
            "cause_share_touched": 1101 / 1401,
            "cause_count_rate": 1.0,
        }
    )
    assert all(f.basis == "edition" and f.as_at == date(2024, 3, 31) for f in figures)
    assert (skills["cause_share_touched"].n, skills["cause_share_touched"].missing_total) == (3, 1)
    assert (skills["cause_count_rate"].n, skills["cause_count_rate"].missing_total) == (3, 1)


def test_the_count_rate_is_of_coded_projects_only() -> None:
    causes = coded([("mill", "skills", None), ("dam", "external", None), ("quay", UNKNOWN, None)])
    rates = {figure.group: figure.value for figure in count_rate_figures(ALDMOOR, causes)}

    assert rates == {"external": 0.5, "skills": 0.5}


def test_where_nobody_coded_a_cause_there_is_no_figure_and_where_nothing_was_lost_no_share() -> (
    None
):
    assert share_figures(ALDMOOR, coded([])) == []
    assert count_rate_figures(ALDMOOR, coded([])) == []
    shares = share_figures(overruns([("mill", 0, "GBP")]), ALDMOOR_CAUSES)

    assert [f.reason for f in shares if f.measure == "cause_share_touched"] == ["missing"]


def test_an_under_run_is_not_a_loss() -> None:
    with pytest.raises(EvidenceError, match="0 or more"):
        three_bound_paretos(overruns([("mill", -5, "GBP")]), ALDMOOR_CAUSES)


def test_g4_published_maxima_keep_their_order_and_are_never_stacked() -> None:
    assert pareto_order(G4) == tuple(G4)
    assert sum(G4.values()) == pytest.approx(1.57)
    with pytest.raises(OverlappingShares, match="157%"):
        cumulative(G4, bound="maximum")


@pytest.mark.parametrize("bound", ["touched", "maximum"])
def test_g4_overlapping_shares_are_refused_even_where_they_would_fit(bound: Bound) -> None:
    with pytest.raises(OverlappingShares):
        cumulative({"skills": 0.3, "supplier": 0.2}, bound=bound)


def test_fractional_shares_add_up_in_pareto_order() -> None:
    running = cumulative({"skills": 0.25, "supplier": 0.5, UNKNOWN: 0.25}, bound="fractional")

    assert running == (0.5, 0.75, 1.0)
    with pytest.raises(OverlappingShares):
        cumulative({"skills": 0.7, "supplier": 0.6}, bound="fractional")


def test_many_projects_are_quick() -> None:
    random, n = np.random.default_rng(5), 200_000
    names = np.char.add("p", np.arange(n).astype(str))
    projects = pa.table(
        {
            "project": pa.array(names),
            "overrun": random.integers(0, 10**9, n),
            "currency": pa.array(["EUR"] * n),
        }
    )
    tagged = random.integers(0, n, 2 * n)
    causes = pa.table(
        {
            "project": pa.array(names[tagged]),
            "cause": pa.array(np.array(list("abcdefgh"))[random.integers(0, 8, 2 * n)]),
            "share_of_loss": pa.nulls(2 * n, pa.float64()),
        }
    )
    began = perf_counter()
    pareto = the_one(projects, causes)

    assert sum(bar.fractional for bar in pareto.causes) == pareto.total
    assert perf_counter() - began < 10
