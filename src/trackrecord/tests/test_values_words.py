"""Ratings, states, people and filters (S21-a)."""

from __future__ import annotations

import pytest

from trackrecord.errors import MappingError
from trackrecord.layout import ColumnMapping, Filter, SheetMapping
from trackrecord.mapping import guess
from trackrecord.readers.source import Cell
from trackrecord.tests.sheets import one_column, sheet
from trackrecord.values import Typed, person_id, typed


def rated(*cells: Cell, header: str = "RAG") -> Typed:
    register = one_column(header, *cells)
    return typed(register, guess(register))


@pytest.mark.parametrize(
    ("cell", "rating"),
    [
        ("G", "Green"), ("green", "Green"), ("GREEN ", "Green"), ("grün", "Green"), ("vert", "Green"), ("verde", "Green"), ("groen", "Green"),
        ("grønn", "Green"), ("grön", "Green"), ("🟢", "Green"), ("On track", "Green"),
        ("A", "Amber"), ("Yellow", "Amber"), ("gelb", "Amber"), ("orange", "Amber"), ("ámbar", "Amber"), ("oranje", "Amber"), ("gul", "Amber"), ("🟡", "Amber"), ("At risk", "Amber"),
        ("R", "Red"), ("rot", "Red"), ("rouge", "Red"), ("rojo", "Red"), ("rood", "Red"), ("rød", "Red"), ("röd", "Red"), ("🔴", "Red"),
        ("A/G", "Amber/Green"), ("Amber/Green", "Amber/Green"), ("Green/Amber", "Amber/Green"), ("amber-green", "Amber/Green"), ("AG", "Amber/Green"),
        ("A/R", "Amber/Red"), ("Amber/red", "Amber/Red"), ("Amber / Red", "Amber/Red"), ("Red-Amber", "Amber/Red"),
    ],
)  # fmt: skip
def test_a_rating_is_read_in_letters_colours_and_signs(cell: str, rating: str) -> None:
    read = rated("Green", "Red", "Amber", cell)

    assert read.columns["rag"].to_pylist()[3] == rating
    assert read.problems == ()


@pytest.mark.parametrize(
    ("header", "cells", "scale"),
    [
        ("RAG", ("Green", "Amber", "Red"), "3"),
        ("RAG", ("Green", "Amber/Red", "Red"), "5"),
        ("Rating (five-point scale)", ("Green", "Amber", "Red"), "5"),
        ("Rating (three-point scale)", ("Green", "Amber", "Red"), "3"),
        ("RAG", ("green", "yellow", "orange", "red"), "5"),
    ],
)
def test_the_scale_is_named(header: str, cells: tuple[str, ...], scale: str) -> None:
    assert set(rated(*cells, header=header).columns["rag_scale"].to_pylist()) == {scale}


def test_numbers_are_ratings_only_where_the_header_says_what_they_mean() -> None:
    said = rated("1", "3", 2, header="RAG (1 = Green, 2 = Amber, 3 = Red)")
    unsaid = rated("1", "3", header="RAG")

    assert said.columns["rag"].to_pylist() == ["Green", "Red", "Amber"]
    assert unsaid.columns["rag"].to_pylist() == [None, None]
    assert {problem.code for problem in unsaid.problems} == {"rating-direction"}


TWO_RATINGS = sheet(
    ("Project ID", "IPA Delivery Confidence Assessment", "SRO Delivery Confidence Assessment"),
    ("A", "Green", None),
    ("B", "NA", "Amber"),
    ("C", "Red", "Red"),
    ("D", "Red", "Green"),
    ("E", "Exempt under Section 26", "NA"),
)


def test_two_rating_columns_are_one_and_where_they_differ_neither_holds() -> None:
    read = typed(TWO_RATINGS, guess(TWO_RATINGS))

    assert read.columns["rag"].to_pylist() == ["Green", "Amber", "Red", None, None]
    assert [(p.code, p.row, p.found) for p in read.problems] == [
        ("ratings-differ", 5, "Red and Green")
    ]
    assert read.missing["rag"]["withheld"] == 1


def test_ratings_of_one_aspect_stand_behind_an_overall_one() -> None:
    register = sheet(
        ("Project ID", "Cost RAG", "Overall RAG", "Schedule RAG"),
        ("A", "Red", "Green", "Amber"),
        ("B", "Green", "Amber", "Red"),
    )
    mapping = guess(register)

    assert [c.header for c in mapping.with_field("rag")] == ["Overall RAG"]


def test_a_silent_header_over_ratings_is_a_rating() -> None:
    assert "rag" in rated("Green", "Amber", "Red", "Green", header="Column 7").columns


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("Closed", "finished"), ("COMPLETED", "finished"), ("Completed (behind schedule)", "finished"), ("4 - Closed", "finished"), ("Abgeschlossen", "finished"),
        ("Terminé", "finished"), ("Finalizado", "finished"), ("Afgerond", "finished"), ("Avsluttet", "finished"), ("Avslutad", "finished"), ("RELEASED", "finished"),
        ("CANCELLED", "cancelled"), ("Terminated", "cancelled"), ("Abgebrochen", "cancelled"), ("Abandonné", "cancelled"), ("Cancelado", "cancelled"),
        ("Geannuleerd", "cancelled"), ("Avbrutt", "cancelled"), ("Nedlagd", "cancelled"),
        ("In progress", "open"), ("On hold", "open"), ("In_Progress", "open"), ("Laufend", "open"), ("En cours", "open"), ("En curso", "open"), ("In uitvoering", "open"),
        ("Pågår", "open"), ("Pågående", "open"), ("ESTIMATED", "open"), ("Behind schedule", "open"),
    ],
)  # fmt: skip
def test_a_state_is_read_in_the_words_of_registers(word: str, state: str) -> None:
    register = one_column("Status", "Closed", "Open", "Cancelled", word)

    assert typed(register, guess(register)).columns["state"].to_pylist()[3] == state


def test_an_unknown_state_is_one_problem_that_names_its_rows() -> None:
    register = one_column("Status", "Closed", "Chronicle", "Open", "Chronicle")
    read = typed(register, guess(register))

    (problem,) = read.problems
    assert (problem.code, problem.row, problem.found) == ("unknown-state", 3, "Chronicle")
    assert "rows 3, 5" in problem.todo
    assert read.columns["state"].to_pylist() == ["finished", None, "open", None]


def test_phases_that_never_end_say_nothing_of_the_state() -> None:
    register = one_column("Current phase", "Design", "Construction", "Design")

    assert not guess(register).has("state")


def test_people_are_opaque_and_the_same_person_is_the_same() -> None:
    assert person_id("Ana  Lima ", "salt") == person_id("ana lima", "salt")
    assert person_id("Ana Lima", "salt") != person_id("Ana Lima", "other salt")
    assert len(person_id("Ana Lima", "salt")) == 16


REGION = sheet(
    ("Project ID", "Region"), ("A", "North"), ("B", " South"), ("C", None), (4, "East, West")
)


@pytest.mark.parametrize(
    ("filter_", "keep"),
    [
        (Filter(header="Region", values=("North", "South")), [True, True, False, False]),
        (Filter(header="Region", values=("North",), negated=True), [False, True, True, True]),
        (Filter(header="Region", values=("",)), [False, False, True, False]),
        (Filter(header="Project ID", values=("4",)), [False, False, False, True]),
        (Filter(header="Region", values=("East, West",)), [False, False, False, True]),
    ],
)
def test_a_filter_compares_trimmed_text(filter_: Filter, keep: list[bool]) -> None:
    mapping = SheetMapping(register="r", level="projects", columns=(), where=(filter_,))

    assert typed(REGION, mapping).keep.to_pylist() == keep


def test_a_filter_value_that_no_row_has_is_noticed() -> None:
    filter_ = Filter(header="Region", values=("Nort", "South"))
    mapping = SheetMapping(register="r", level="projects", columns=(), where=(filter_,))

    (problem,) = typed(REGION, mapping).problems
    assert (problem.code, problem.found, problem.extent) == (
        "filter-without-rows",
        "Nort",
        "column",
    )


@pytest.mark.parametrize(
    "columns",
    [
        (ColumnMapping(header="Budget", field="planned_cost"),),
        (ColumnMapping(header="Region", field="plannedcost"),),
        (ColumnMapping(header="Division", group=True),),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(columns: tuple[ColumnMapping, ...]) -> None:
    with pytest.raises(MappingError, match=r"has no column|is no field"):
        typed(REGION, SheetMapping(register="r", level="projects", columns=columns))


def test_groups_and_unmapped_columns_are_strings() -> None:
    columns = (
        ColumnMapping(header="Project ID", field="key"),
        ColumnMapping(header="Region", group=True),
    )
    read = typed(REGION, SheetMapping(register="r", level="projects", columns=columns))

    assert read.columns["key"].to_pylist() == ["A", "B", "C", "4"]
    assert read.groups["Region"].to_pylist() == ["North", "South", None, "East, West"]
    assert read.words["Region"].to_pylist() == ["North", "South", None, "East, West"]
