"""Persons who may be there twice: found by their names, made one by somebody's decision (issue 4)."""

from __future__ import annotations

import difflib
import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backing.people import merging
from backing.people.likeness import NEAR, SAME, Spelt, alike
from backing.people.merging import Pair, pairs
from backing.people.models import Account, Person
from backing.people.tests.conftest import browser_of


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Dr. José Núñez", "Jose Nunez", SAME),
        ("A. Lima", "Ana Lima", NEAR),
        ("Ana Lima", "Anna Lima", NEAR),
        ("Ana Lima", "Ada Marsh", ""),
        ("", "Ana Lima", ""),
    ],
)
def test_names_are_alike_by_a_title_an_initial_or_a_slip_of_the_pen(
    one: str, other: str, why: str
) -> None:
    assert alike(one, other) == why


def test_the_quick_look_rules_out_nothing_that_is_near() -> None:
    """ "q" and "1" are one bit of the quick look."""
    chance = random.Random(4)
    names = ["".join(chance.choices("aq1 ", k=chance.randint(4, 9))).strip() for _ in range(60)]
    for one in names:
        for other in names:
            near = difflib.SequenceMatcher(None, one, other).ratio() >= 0.86
            assert not near or alike(one, other) or not one or not other


def test_pairs_stand_in_the_order_of_names_and_the_first_was_there_first() -> None:
    names = {4: "Ana Lima", 9: "Anna Lima", 2: "Zoe Marsh", 7: "Zoe Marsh", 8: "Zoe Stone"}
    assert pairs(names) == [Pair(4, 9, NEAR), Pair(2, 7, SAME)]


def test_a_name_that_several_bear_is_paired_with_each_that_is_near_it() -> None:
    names = {5: "Anna Lima", 3: "Ana Lima", 8: "Dr. Ana Lima", 6: "A. Lima"}
    assert pairs(names) == [
        *(Pair(6, 8, NEAR), Pair(3, 5, NEAR), Pair(3, 6, NEAR), Pair(3, 8, SAME)),
        *(Pair(5, 6, NEAR), Pair(5, 8, NEAR)),
    ]


def test_names_are_held_against_each_other_anew_only_once_one_has_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held: list[str] = []

    class Counted(Spelt):
        def __init__(self, name: str) -> None:
            held.append(name)
            super().__init__(name)

    monkeypatch.setattr(merging, "Spelt", Counted)
    names = {34: "Ana Lima", 39: "Anna Lima"}
    assert pairs(names) == pairs(names) == [Pair(34, 39, NEAR)]
    assert held == ["ana lima", "anna lima"]
    assert pairs(names | {39: "Ben Stone"}) == []


@pytest.mark.django_db
def test_one_person_with_two_records_is_shown_and_made_one(ana: Account) -> None:
    first = Person.objects.create(full_name="Cleo Marsh", job_title="Chief executive")
    second = Person.objects.create(full_name="Cleo Marsh", phone="0123")
    head = browser_of(ana)
    with CaptureQueriesContext(connection) as asked:
        page = head.get("/people/persons/duplicates/").content.decode()

    assert "1 pair may be one person each." in page
    assert SAME in page
    assert head.post(f"/people/persons/{second.pk}/merging/{first.pk}/").status_code == 302
    assert Person.objects.get(full_name="Cleo Marsh").phone == "0123"
    for number in range(30):
        Person.objects.create(full_name=f"Bo Lind{number % 3}")
    assert "is there once now" in head.get("/people/persons/").content.decode()
    with CaptureQueriesContext(connection) as again:
        head.get("/people/persons/duplicates/")
    assert len(again) <= len(asked)
