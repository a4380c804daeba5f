"""S20-c, RULE-09: what is doubled, how sure that is, and when an agreed parallel run is over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from backing.scope.overlapping import Doubled, Parallel, Stretch, Work, doubled
from backing.scope.similar import overlap

OFFICE, PROCUREMENT, FINANCE = 1, 2, 3
TODAY, MAY = date(2026, 4, 20), date(2026, 5, 1)
REPORTS = Work(
    pk=1, name="Supplier status reporting", unit=OFFICE, code="monitoring.suppliers", first=MAY
)


def found(
    *works: Work, parallel: Iterable[Parallel] = (), marked: Iterable[frozenset[int]] = ()
) -> list[Doubled]:
    return doubled(works, ours=OFFICE, parallel=parallel, marked=frozenset(marked), today=TODAY)


def test_the_same_code_on_the_same_days_is_certain() -> None:
    theirs = Work(pk=2, name="Vendor scorecards", unit=PROCUREMENT, code="monitoring.suppliers")

    (only,) = found(REPORTS, theirs)

    assert (only.certainty, only.first, only.units) == ("certain", MAY, (OFFICE, PROCUREMENT))


def test_the_same_code_on_other_days_is_nothing() -> None:
    theirs = Work(
        pk=2,
        name="Vendor scorecards",
        unit=PROCUREMENT,
        code="monitoring.suppliers",
        last=date(2026, 4, 30),
    )

    assert found(REPORTS, theirs) == []


def test_half_the_words_in_common_are_possible_and_fewer_are_not() -> None:
    alike = Work(pk=2, name="Status reports on vendors", unit=PROCUREMENT)
    unlike = Work(pk=3, name="Payment of invoices", unit=FINANCE)

    assert [each.certainty for each in found(REPORTS, alike, unlike)] == ["possible"]


def test_rule_09_half_of_the_words_are_enough_and_a_third_is_not() -> None:
    ours = Work(pk=1, name="Risk register", unit=OFFICE)
    half = Work(pk=2, name="Risk register of suppliers and costs", unit=PROCUREMENT)
    third = Work(pk=3, name="Risk review", unit=FINANCE)

    assert overlap(ours.name, half.name) == 0.5
    assert overlap(ours.name, third.name) < 0.5
    sure = [each for each in found(ours, half, third) if each.certainty == "possible"]
    assert [each.other for each in sure] == [half]


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("Supplier status reporting", "Status reports on vendors", 1.0),
        ("Benefits tracking", "Tracking of benefits", 1.0),
        ("Risk review", "Risk register", 1 / 3),
        ("", "Risk register", 0.0),
    ],
)
def test_names_are_compared_by_what_their_words_mean(one: str, other: str, share: float) -> None:
    assert overlap(one, other) == pytest.approx(share)


def test_what_a_person_marked_is_possible_whatever_it_is_called() -> None:
    theirs = Work(pk=2, name="Friday mail", unit=PROCUREMENT)

    assert found(REPORTS, theirs) == []
    assert [each.certainty for each in found(REPORTS, theirs, marked=[frozenset({1, 2})])] == [
        "possible"
    ]


def test_names_alike_in_their_letters_are_a_suggestion_only() -> None:
    ours = Work(pk=1, name="Portfolio prioritisation", unit=OFFICE)
    theirs = Work(pk=2, name="Portfolios and their priorities", unit=FINANCE)

    assert [each.certainty for each in found(ours, theirs)] == ["suggested"]


def test_two_units_on_one_activity_are_doubled_once_the_parallel_run_is_over() -> None:
    both = (Stretch(unit=FINANCE, last=date(2026, 8, 31)), Stretch(unit=OFFICE, first=MAY))
    tracking = Work(pk=1, name="Benefits tracking", unit=OFFICE, done=both)
    agreed = Parallel(activity=1, units=frozenset({OFFICE, FINANCE}), until=date(2026, 6, 30))

    (only,) = found(tracking, parallel=[agreed])

    assert (only.first, only.last, only.other) == (date(2026, 7, 1), date(2026, 8, 31), None)


def test_one_unit_that_does_it_and_another_that_answers_for_it_are_no_doubling() -> None:
    both = (Stretch(unit=FINANCE), Stretch(unit=OFFICE, accountable=True))

    assert found(Work(pk=1, name="Benefits tracking", unit=OFFICE, done=both)) == []


def test_a_parallel_run_that_ends_in_time_is_nothing() -> None:
    both = (Stretch(unit=FINANCE, last=date(2026, 6, 30)), Stretch(unit=OFFICE, first=MAY))
    tracking = Work(pk=1, name="Benefits tracking", unit=OFFICE, done=both)
    agreed = Parallel(activity=1, units=frozenset({OFFICE, FINANCE}), until=date(2026, 6, 30))

    assert found(tracking, parallel=[agreed]) == []


def test_two_accountable_at_once_are_doubled_in_a_parallel_run_too() -> None:
    ours = Work(
        pk=1,
        name="Benefits tracking",
        unit=OFFICE,
        code="strategic.benefits",
        done=(Stretch(unit=OFFICE, first=MAY, accountable=True),),
    )
    theirs = Work(
        pk=2,
        name="Value assurance",
        unit=FINANCE,
        code="strategic.benefits",
        done=(Stretch(unit=FINANCE, last=date(2026, 6, 30), accountable=True),),
    )
    agreed = Parallel(activity=1, units=frozenset({OFFICE, FINANCE}), until=date(2026, 6, 30))

    assert [each.first for each in found(ours, theirs, parallel=[agreed])] == [MAY]


def test_what_is_over_is_not_told_any_more() -> None:
    theirs = Work(
        pk=2, name="Old list", unit=PROCUREMENT, code="monitoring.suppliers", last=date(2026, 4, 19)
    )
    ours = Work(pk=1, name="Reports", unit=OFFICE, code="monitoring.suppliers")

    assert found(ours, theirs) == []


def test_neighbours_among_themselves_are_none_of_our_business() -> None:
    one = Work(pk=2, name="Value assurance", unit=FINANCE, code="strategic.benefits")
    other = Work(pk=3, name="Benefit review", unit=PROCUREMENT, code="strategic.benefits")

    assert found(one, other) == []
