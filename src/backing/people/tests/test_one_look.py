"""Facts are fetched once a look, and never kept beyond it."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse

from backing.people.models import Organisation
from backing.people.one_look import a_page_is_one_look, once_a_look, one_look

asked: list[tuple[int, str]] = []


@once_a_look
def fact(number: int, *, of: str = "one") -> tuple[int, str]:
    asked.append((number, of))
    return number, of


def fail_after_asking() -> None:
    with one_look():
        fact(1)
        raise ValueError("no such page")


@pytest.fixture(autouse=True)
def _nobody_asked() -> None:
    asked.clear()


def test_outside_a_look_every_call_asks() -> None:
    assert fact(1) == fact(1) == (1, "one")
    assert len(asked) == 2


def test_within_a_look_each_question_is_asked_once() -> None:
    with one_look():
        assert [fact(1), fact(1), fact(2), fact(1, of="two")] == [
            (1, "one"),
            (1, "one"),
            (2, "one"),
            (1, "two"),
        ]
        assert len(asked) == 3


def test_nothing_found_is_an_answer_too() -> None:
    nothing = once_a_look(lambda: asked.append((0, "")))
    with one_look():
        nothing()
        nothing()
    assert len(asked) == 1


def test_a_look_within_a_look_is_the_same_look_and_the_outer_one_ends_it() -> None:
    with one_look():
        with one_look():
            fact(1)
        fact(1)
    fact(1)
    assert len(asked) == 2


def test_a_look_that_fails_is_over() -> None:
    with pytest.raises(ValueError, match="no such page"):
        fail_after_asking()
    fact(1)
    assert len(asked) == 2


@pytest.mark.parametrize(("method", "times"), [("GET", 1), ("HEAD", 1), ("POST", 2)])
def test_a_page_is_one_look_and_a_change_is_none(method: str, times: int) -> None:
    def page(request: HttpRequest) -> HttpResponse:
        del request
        fact(1)
        fact(1)
        return HttpResponse()

    request = HttpRequest()
    request.method = method
    a_page_is_one_look(page)(request)
    assert len(asked) == times


@pytest.mark.django_db
def test_what_was_written_between_two_looks_is_seen_in_the_second() -> None:
    with one_look():
        assert Organisation.ours().name == ""
    Organisation(pk=1, name="Aldmoor").save()
    with one_look():
        assert Organisation.ours().name == "Aldmoor"
