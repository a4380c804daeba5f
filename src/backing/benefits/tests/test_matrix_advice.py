"""RULE-27: a cause with much behind it and nobody against it; work that is against none and for no goal."""

from __future__ import annotations

import pytest

from backing.benefits.advice import advice
from backing.benefits.matrix_advice import MUCH
from backing.benefits.tests.conftest import TODAY, Company
from backing.documents.tests.conftest import current
from backing.people.advising import Advice, Office
from backing.scope import matrix
from backing.scope.models import Activity
from trackrecord.figure import Figure

SCOPE, SKILLS = "uncontrolled scope change", "skills"


DEFAULTS = Office({})


def found(company: Company, office: Office = DEFAULTS) -> list[Advice]:
    return [each for each in advice(office, company.head, TODAY) if each.rule == "RULE-27"]


def lost(**shares: float) -> None:
    """The register says of each cause which share of the money lies behind it."""
    current(
        [
            Figure(
                measure="cause_share_fractional",
                version=1,
                definition="Share of the money over plan.",
                unit="share",
                value=share,
                n=24,
                baseline="original",
                by="cause",
                group=cause.replace("_", " "),
            )
            for cause, share in shares.items()
        ],
        name="e" * 64,
    )


@pytest.fixture
def check(company: Company) -> Activity:
    """What we do, with a line to a goal."""
    company.line()
    return Activity.objects.get()


def test_rule_27_a_cause_that_nothing_is_aimed_at_is_named_with_what_lies_behind_it(
    company: Company, check: Activity
) -> None:
    lost(uncontrolled_scope_change=0.57, skills=0.43)
    matrix.aim(SCOPE, {check: ""}, on=TODAY)

    (said,) = found(company)

    assert said.title == "Nothing the PMO does is aimed at “skills”."
    assert said.because == ("43% of the money lost lies behind it.",)
    assert said.href == "/scope/matrix/cause/?cause=skills"


@pytest.mark.parametrize(("share", "fires"), [(0.1499, False), (0.15, True)])
def test_rule_27_from_fifteen_per_cent_of_the_money_on(
    company: Company, check: Activity, share: float, fires: bool
) -> None:
    lost(uncontrolled_scope_change=1 - share, skills=share)
    matrix.aim(SCOPE, {check: ""}, on=TODAY)

    assert bool(found(company)) is fires
    assert found(company, Office({MUCH.key: 0.2})) == []


@pytest.mark.parametrize("answer", ["aimed at", "left"])
def test_rule_27_is_quiet_of_a_cause_that_has_an_answer(
    company: Company, check: Activity, answer: str
) -> None:
    lost(skills=0.9)
    assert len(found(company)) == 1

    if answer == "left":
        matrix.leave(SKILLS, "Training is with Human Resources", on=TODAY)
    else:
        matrix.aim(SKILLS, {check: ""}, on=TODAY)

    assert found(company) == []


def test_rule_27_work_for_no_cause_and_no_goal_is_named_until_rule_07_does(
    company: Company, check: Activity
) -> None:
    lost(skills=0.1)
    young = company.does("Weekly audit", noted_on=TODAY)
    company.does("Monthly audit")  # waits for a line so long that RULE-07 names it
    company.does("Statutory report", purpose="mandatory", noted_on=TODAY)

    (said,) = found(company)
    matrix.aim(SKILLS, {young: ""}, on=TODAY)

    assert said.title == "“Weekly audit” is aimed at no cause and leads to no goal."
    assert found(company) == []


def test_rule_27_is_quiet_while_no_cause_is_coded(company: Company, check: Activity) -> None:
    company.does("Weekly audit", noted_on=TODAY)

    assert found(company) == []
