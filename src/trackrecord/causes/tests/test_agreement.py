"""Cohen's kappa against answers that others published (methods.md 3.1)."""

from __future__ import annotations

import pytest

from trackrecord.causes.agreement import cohens_kappa

# Fleiss, Levin & Paik (2003), Table 18.1: two raters, 100 diagnoses.
FLEISS = {
    ("psychotic", "psychotic"): 75,
    ("psychotic", "neurotic"): 1,
    ("psychotic", "organic"): 4,
    ("neurotic", "psychotic"): 5,
    ("neurotic", "neurotic"): 4,
    ("neurotic", "organic"): 1,
    ("organic", "organic"): 10,
}
# The same observed agreement, 60 of 100, and margins that make it worth more or less.
YES_NO_1 = {("y", "y"): 45, ("y", "n"): 15, ("n", "y"): 25, ("n", "n"): 15}
YES_NO_2 = {("y", "y"): 25, ("y", "n"): 35, ("n", "y"): 5, ("n", "n"): 35}


def pairs(table: dict[tuple[str, str], int]) -> list[tuple[str, str]]:
    return [pair for pair, count in table.items() for _ in range(count)]


def test_kappa_and_its_interval_agree_with_fleiss_levin_paik_table_18_1() -> None:
    found = cohens_kappa(pairs(FLEISS))

    assert found.observed == 0.89
    assert found.expected == pytest.approx(0.66, abs=0.005)
    assert found.value == pytest.approx(0.68, abs=0.005)
    assert found.low == pytest.approx(0.68 - 1.96 * 0.087, abs=0.01)
    assert found.high == pytest.approx(0.68 + 1.96 * 0.087, abs=0.01)


@pytest.mark.parametrize(("table", "kappa"), [(YES_NO_1, 0.1304), (YES_NO_2, 0.2593)])
def test_the_same_agreement_is_worth_less_where_chance_gives_more(
    table: dict[tuple[str, str], int], kappa: float
) -> None:
    assert cohens_kappa(pairs(table)).value == pytest.approx(kappa, abs=5e-5)


def test_it_does_not_matter_who_is_called_first() -> None:
    there = cohens_kappa(pairs(FLEISS))
    back = cohens_kappa([(other, one) for one, other in pairs(FLEISS)])

    assert (back.value, back.low, back.high) == pytest.approx((there.value, there.low, there.high))


def test_five_projects_that_agree_do_not_make_the_coders_sure() -> None:
    found = cohens_kappa([("skills", "skills")] * 3 + [("estimate", "estimate")] * 2)

    assert (found.value, found.high) == (1.0, 1.0)
    assert found.low is not None
    assert found.low < 0.4


@pytest.mark.parametrize("given", [[], [("skills", "skills")] * 9])
def test_without_projects_or_with_one_cause_only_kappa_is_undefined(
    given: list[tuple[str, str]],
) -> None:
    found = cohens_kappa(given)

    assert (found.value, found.low, found.high, found.n) == (None, None, None, len(given))


def test_coders_who_always_differ_agree_less_than_chance() -> None:
    found = cohens_kappa([("skills", "estimate"), ("estimate", "skills")] * 10)

    assert found.value == pytest.approx(-1)
    assert found.low == -1
