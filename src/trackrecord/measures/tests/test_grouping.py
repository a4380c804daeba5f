"""What figures may be broken down by."""

from __future__ import annotations

import pytest

from trackrecord.errors import EvidenceError, UnknownName
from trackrecord.figure import Figure
from trackrecord.measures import figures
from trackrecord.measures.tests.canonical import figure, tables
from trackrecord.measures.tests.everything import everything

PROJECTS = [
    {"key": "A", "org_unit": "retail", "currency": "GBP", "manager": "p1"},
    {"key": "B", "org_unit": "Bank", "currency": "GBP", "manager": "p2"},
    {"key": "C", "currency": "JPY", "manager": "p1"},
]


def groups_of(found: list[Figure], measure: str) -> dict[str | None, float | int | None]:
    return {
        each.group: each.value for each in found if each.measure == measure and each.by != "export"
    }


def test_groups_stand_in_order_of_name_and_what_is_not_stated_comes_last() -> None:
    found = figures(tables(projects=PROJECTS), by="org_unit")

    assert list(groups_of(found, "projects")) == [None, "Bank", "retail", "not stated"]


@pytest.mark.parametrize("person", ["manager", "Sponsor", "owner", "project manager"])
def test_nobody_is_judged_by_a_breakdown(person: str) -> None:
    with pytest.raises(EvidenceError, match="judge a person"):
        figures(tables(projects=PROJECTS), by=person)


def test_free_text_is_no_breakdown() -> None:
    many = [{"key": str(number), "org_unit": f"Unit {number}"} for number in range(61)]

    with pytest.raises(EvidenceError, match="61 different values"):
        figures(tables(projects=many), by="org_unit")


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    asked = [{"key": "A", "column": "Region", "value": "East"}]

    with pytest.raises(UnknownName, match=r"org_unit.*Region"):
        figures(tables(projects=PROJECTS, groups=asked), by="Colour")


def test_a_column_the_user_asked_for_takes_its_latest_value() -> None:
    asked = [
        {"key": "A", "export": "2024", "column": "Region", "value": "West"},
        {"key": "A", "export": "2023", "column": "Region", "value": "East"},
        {"key": "B", "export": "2023", "column": "Region", "value": "East"},
    ]
    found = figures(tables(projects=PROJECTS, groups=asked), by="Region")

    assert groups_of(found, "projects") == {None: 3, "East": 1, "West": 1, "not stated": 1}


def test_sizes_are_bands_of_the_original_budget_in_its_own_currency() -> None:
    """5m pounds are 500m pence; 5m yen have no smaller coin."""
    plans = [
        {"key": "A", "stated": "original", "cost": 500_000_000, "currency": "GBP"},
        {"key": "C", "stated": "original", "cost": 5_000_000, "currency": "JPY"},
    ]
    found = figures(tables(projects=PROJECTS, baselines=plans), by="size")

    assert groups_of(found, "projects") == {None: 3, "1m to 10m": 2, "not stated": 1}


def test_an_item_has_its_own_kind_and_its_projects_unit() -> None:
    items = [
        {"key": "A", "item_id": "1", "kind": "bug", "actual": 1.0},
        {"key": "A", "item_id": "2", "kind": "task", "actual": 2.0},
        {"key": "B", "item_id": "3", "kind": "bug", "actual": 4.0},
    ]
    found = figures(tables(projects=PROJECTS, items=items), by=("kind", "org_unit"))
    hours = {each.group: each.value for each in found if each.measure == "hours_actual_total"}

    assert hours == {None: 7, "bug": 5, "task": 2, "Bank": 4, "retail": 3}


def test_two_breakdowns_at_once_say_what_each_says_alone() -> None:
    both = figures(everything(), by=("kind", "size"))
    alone = figures(everything(), by="size")

    assert [each for each in both if each.by in (None, "size")] == [
        each for each in alone if each.by in (None, "size")
    ]
    assert figure(both, "late_rate", baseline="original", group="IT").n > 0
