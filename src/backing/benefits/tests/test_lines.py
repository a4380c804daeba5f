"""3.4: links run onwards, never round, also when two write at once; the database has the last word."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import Error, IntegrityError, connection, transaction

from backing.benefits.actions.lines import (
    NotALine,
    NotInTheBusiness,
    Typed,
    draw_line,
    link,
)
from backing.benefits.models import (
    BenefitProfile,
    BusinessChange,
    ContributionLink,
    Outcome,
    Output,
    StrategyGoal,
)
from backing.benefits.public import line_of_sight, serves
from backing.benefits.tests.conftest import TODAY, WHOLE, Company


def benefit(title: str) -> BenefitProfile:
    return BenefitProfile.objects.create(title=title, noted_on=TODAY)


def test_a_line_is_drawn_from_one_row_of_names(company: Company) -> None:
    links = company.line()

    assert len(links) == 5
    sight = line_of_sight(company.head)
    (activity,) = (node for node in sight.nodes if node.name == WHOLE.activity)
    assert [sight.by_key[key].name for key in serves(sight, activity.key)] == [WHOLE.goal]
    assert BusinessChange.objects.get().owner == company.owner


def test_a_line_drawn_twice_is_there_once(company: Company) -> None:
    company.line()
    company.line()

    assert ContributionLink.objects.count() == 5
    assert StrategyGoal.objects.count() == 1


def test_the_owner_of_a_change_is_in_the_business(company: Company) -> None:
    with pytest.raises(NotInTheBusiness, match="of the project office"):
        draw_line(Typed(change="Fund less", owner="Petra Lindqvist", output="Cases"), on=TODAY)

    assert not ContributionLink.objects.exists()
    assert not Output.objects.exists()


def test_a_goal_that_no_document_states_is_refused(company: Company) -> None:
    with pytest.raises(NotALine, match="in which document it stands"):
        draw_line(WHOLE, on=TODAY)


def test_a_link_back_is_refused_in_words_and_by_the_database(company: Company) -> None:
    output = Output.objects.create(name="Checked cases")
    outcome = Outcome.objects.create(name="Wrong work stops")

    with pytest.raises(NotALine, match="cannot lead to"):
        link(outcome, output, on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        ContributionLink.objects.create(source_outcome=outcome, target_output=output)


@pytest.mark.parametrize(
    "ends",
    [
        {"source_output": 1},
        {"source_output": 1, "source_outcome": 1, "target_benefit": 1},
        {"source_benefit": 1, "target_benefit": 1},
        {"source_output": 1, "target_output": 1},
        {"source_output": 1, "target_benefit": 1, "confidence": "evidenced"},
    ],
    ids=["one end", "two sources", "itself", "same layer", "evidenced by nothing"],
)
def test_what_is_no_link_is_refused_by_the_database(db: None, ends: dict[str, Any]) -> None:
    records = {
        "output": Output.objects.create(name="Cases"),
        "outcome": Outcome.objects.create(name="Stops"),
        "benefit": benefit("Less slip"),
    }
    given = {
        name: records[name.partition("_")[2]] if "_" in name else value
        for name, value in ends.items()
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        ContributionLink.objects.create(**given)


def test_two_steps_are_linked_once(db: None) -> None:
    output, outcome = Output.objects.create(name="Cases"), Outcome.objects.create(name="Stops")
    ContributionLink.objects.create(source_output=output, target_outcome=outcome)

    with pytest.raises(IntegrityError), transaction.atomic():
        ContributionLink.objects.create(source_output=output, target_outcome=outcome)


def test_a_ring_of_benefits_is_refused(company: Company) -> None:
    one, two, three = (benefit(f"Less {word}") for word in ("slip", "rework", "waiting"))
    link(one, two, on=TODAY)
    link(two, three, on=TODAY)

    with pytest.raises(NotALine, match="in a ring"):
        link(three, one, on=TODAY)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_would_close_a_ring_at_once_one_is_refused(company: Company) -> None:
    one, two = benefit("Less slip"), benefit("Less rework")
    together, wrote = threading.Barrier(2), []

    def write(source: BenefitProfile, target: BenefitProfile) -> None:
        together.wait()
        try:
            link(source, target, on=TODAY)
            wrote.append(source)
        except (NotALine, Error):
            pass
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=ends) for ends in ((one, two), (two, one))]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert ContributionLink.objects.count() == len(wrote) == 1


def test_what_goes_takes_its_links_along(company: Company) -> None:
    company.line()

    BusinessChange.objects.get().delete()

    assert ContributionLink.objects.count() == 3
    assert line_of_sight(company.head).unreached


def test_work_that_we_will_not_do_is_no_part_of_it(company: Company) -> None:
    from backing.scope.models import ScopeItem

    company.line()
    item = ScopeItem.objects.create(
        kind="wont", statement="Checks", reason="Lines do", nobody_instead=True
    )
    item.activities.add(company.does("Budget checks"))

    assert "Budget checks" not in {node.name for node in line_of_sight(company.head).nodes}
