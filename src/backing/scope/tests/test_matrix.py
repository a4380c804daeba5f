"""S22-a, RULE-15, RULE-27: causes against activities, with the money behind each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import trackrecord as tr
from backing.documents.tests.conftest import current
from backing.evidence.models import MirroredProject
from backing.people.access import Role
from backing.people.models import Account, OrgUnit
from backing.people.tests.conftest import account_of, browser_of
from backing.scope import addressable, matrix
from backing.scope.models import Activity, OurUnit, ScopeItem
from trackrecord.figure import Figure

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 11)
SCOPE, SKILLS = "uncontrolled scope change", "skills"


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> list[Figure]:
    """24 projects that ended in three years: 6.3 million over, of which 3.6 went to growing scope."""
    lines = ["Project ID,Original budget (EUR),Actual cost (EUR),Actual finish,Status,Cause"]
    for number in range(24):
        over, cause = (300_000, "scope creep") if number < 12 else (225_000, "skills")
        finish = date(2023 + number % 3, 6, 1 + number % 28)
        lines.append(f"P{number:02},1000000,{1_000_000 + over},{finish},Closed,{cause}")
    path = Path(tmp_path_factory.mktemp("register")) / "projects.csv"
    path.write_text("\n".join(lines) + "\n")
    return list(tr.figures(tr.basis_of(tr.read(path))))


@pytest.fixture
def ana() -> Account:
    return account_of("Ana", Role.PMO_HEAD)


@pytest.fixture
def office(ana: Account, figures: list[Figure]) -> Account:
    """An office that is a unit, with the evidence of the 24 projects."""
    OurUnit(pk=1, unit=OrgUnit.objects.create(name="Project office")).save()
    current(figures, name="e" * 64)
    MirroredProject.objects.bulk_create(
        MirroredProject(
            project=f"r/P{number}",
            register="r",
            key=f"P{number}",
            finished=date(2023 + number % 3, 6, 1),
        )
        for number in range(24)
    )
    return ana


def activity(name: str) -> Activity:
    unit = OrgUnit.objects.get(name="Project office")
    return Activity.objects.create(name=name, org_unit=unit, noted_on=TODAY)


def test_rule_15_the_break_even_share_comes_out_of_the_matrix(office: Account) -> None:
    """Cost 420 k; overspend 6.3 m over 3 years, of which 3.6 m addressable: 1.2 m a year, 35%."""
    matrix.aim(SCOPE, {activity("Stage check"): "No stage begins before scope is agreed"}, on=TODAY)

    found = matrix.cause_matrix(office)
    money = {row.cause: row.behind.money.value for row in found.rows if row.behind.money}
    cost = addressable.cost_a_year(420_000_00, "EUR")
    share = addressable.break_even(cost, found.a_year)
    assert money == {SCOPE: 3_600_000.0, SKILLS: 2_700_000.0}
    assert found.a_year is not None
    assert found.a_year.value == 1_200_000.0
    assert share is not None
    assert share.value == pytest.approx(0.35)


def test_nothing_is_addressable_before_an_activity_is_aimed_at_a_cause(office: Account) -> None:
    activity("Stage check")

    found = matrix.cause_matrix(office)
    assert found.a_year is None
    assert addressable.break_even(addressable.cost_a_year(1, "EUR"), found.a_year) is None


def test_a_cost_in_another_currency_has_no_break_even(office: Account) -> None:
    matrix.aim(SCOPE, {activity("Stage check"): ""}, on=TODAY)

    cost = addressable.cost_a_year(420_000_00, "GBP")
    assert addressable.break_even(cost, matrix.cause_matrix(office).a_year) is None


def test_rule_27_a_cause_nobody_addresses_is_open_until_it_is_aimed_at_or_left(
    office: Account,
) -> None:
    check = activity("Stage check")
    before = [row.cause for row in matrix.cause_matrix(office).open_causes]
    matrix.aim(SCOPE, {check: ""}, on=TODAY)
    matrix.leave(SKILLS, "Training is with Human Resources", on=TODAY)
    settled = matrix.cause_matrix(office)
    matrix.leave(SKILLS, "", on=TODAY)

    assert before == [SCOPE, SKILLS]
    assert settled.open_causes == ()
    assert [row.cause for row in matrix.cause_matrix(office).open_causes] == [SKILLS]


def test_to_aim_at_a_cause_takes_back_that_it_was_left(office: Account) -> None:
    matrix.leave(SKILLS, "Training is with Human Resources", on=TODAY)
    matrix.aim(SKILLS, {activity("Coaching"): ""}, on=TODAY)

    row = next(row for row in matrix.cause_matrix(office).rows if row.cause == SKILLS)
    assert (row.left, list(row.how.values())) == ("", [""])


def test_rule_27_an_activity_without_a_cause_is_idle_unless_a_rule_requires_it(
    office: Account,
) -> None:
    activity("Weekly audit")
    required = activity("Statutory report")
    required.purpose = Activity.Purpose.MANDATORY
    required.save()

    assert [each.name for each in matrix.cause_matrix(office).idle] == ["Weekly audit"]


def test_an_activity_that_is_left_for_later_addresses_nothing_yet(office: Account) -> None:
    coaching = activity("Coaching")
    item = ScopeItem.objects.create(
        kind="not_yet", statement="Coach", reason="Nobody to do it", from_on=date(2027, 1, 1)
    )
    item.activities.add(coaching)
    matrix.aim(SKILLS, {coaching: ""}, on=TODAY)

    found = matrix.cause_matrix(office)
    assert found.activities == ()
    assert SKILLS in [row.cause for row in found.open_causes]


def test_the_page_says_who_addresses_what_and_finds_what_nobody_does(office: Account) -> None:
    check = activity("Stage check")
    activity("Weekly audit")
    browser = browser_of(office)
    kept = browser.post(
        f"/scope/matrix/cause/?cause={SCOPE}",
        {f"by_{check.pk}": "on", f"how_{check.pk}": "No stage begins before scope is agreed"},
    )
    page = browser.get("/scope/matrix/").content.decode()

    assert kept.status_code == 302
    assert "Stage check: No stage begins before scope is agreed" in page
    assert "€1.2 million a year" in page
    assert f"Nobody addresses <b>{SKILLS}</b>" in page
    assert "<b>Weekly audit</b> is aimed at no cause" in page


def test_a_cause_is_not_both_addressed_and_left(office: Account) -> None:
    check = activity("Stage check")
    answer = browser_of(office).post(
        f"/scope/matrix/cause/?cause={SKILLS}", {f"by_{check.pk}": "on", "left": "Not ours"}
    )

    assert answer.status_code == 422
    assert [row.cause for row in matrix.cause_matrix(office).open_causes] == [SCOPE, SKILLS]


def test_the_matrix_is_for_the_office_alone(office: Account) -> None:
    leader = account_of("Ines", Role.LEADER)

    assert browser_of(leader).get("/scope/matrix/").status_code == 404
    assert browser_of(office).get("/scope/matrix/cause/?cause=nothing").status_code == 404
