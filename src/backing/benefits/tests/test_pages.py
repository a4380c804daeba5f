"""The pages of the benefits, walked as their users walk them."""

from __future__ import annotations

from importlib.resources import files

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from backing.benefits.models import (
    BenefitProfile,
    BusinessChange,
    ContributionLink,
    GoalList,
    Output,
    StrategyGoal,
)
from backing.benefits.tests.conftest import WHOLE, Company
from backing.benefits.titles import what_is_wrong
from backing.people.access import Role
from backing.people.models import Account, Person
from backing.people.models.audited import past_the_guard
from boardpaper.render.ink import map_rules

LINE = {
    name: getattr(WHOLE, name)
    for name in (
        "activity",
        "output",
        "change",
        "owner",
        "outcome",
        "benefit",
        "goal",
        "confidence",
    )
}


@pytest.fixture
def head(company: Company) -> Client:
    client = Client()
    client.force_login(company.head)
    return client


def words(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_an_office_without_goals_is_asked_for_them(head: Client) -> None:
    assert "Begin with the goals that the leaders already own." in words(head, "benefits")


def test_s18_goals_of_a_pasted_page_are_proposed_and_kept_when_confirmed(head: Client) -> None:
    page = (
        "Our goals\n\n1. Keep our promises to customers;\n- Cut the cost of change by a tenth\n12\n"
    )
    proposed = head.post(reverse("propose-goals"), {"source": "Strategy 2028", "text": page})

    assert not StrategyGoal.objects.exists()
    assert "Keep our promises to customers" in proposed.content.decode()
    kept = {"source": "Strategy 2028", "name": ["Cut the cost of change by a tenth"]}
    head.post(reverse("create-goals"), kept)
    assert StrategyGoal.objects.get().source == "Strategy 2028"
    assert "nothing we do reaches one of them" in words(head, "goals")


def test_s18_goals_come_from_a_list_and_go_again(head: Client) -> None:
    rows = b"Objective,Owner,Period\nKeep our promises,Ines Duarte,2027\nKeep our promises,,\n"
    head.post(
        reverse("goal-lists"),
        {"source": "Strategy 2028", "file": SimpleUploadedFile("goals.csv", rows)},
    )
    found = GoalList.objects.get()
    assert "1 of 2 rows give a new goal." in words(head, "goal-list", found.pk)

    head.post(reverse("goal-list-taking", args=[found.pk]))
    goal = StrategyGoal.objects.get()
    assert (goal.name, str(goal.owner), goal.period) == ("Keep our promises", "Ines Duarte", "2027")

    head.post(reverse("goal-list-undoing", args=[found.pk]))
    assert not StrategyGoal.objects.exists()


def test_s18_a_line_is_drawn_by_typing_and_lights_up(company: Company, head: Client) -> None:
    company.goal()

    answer = head.post(reverse("line"), LINE, follow=True)

    page = answer.content.decode()
    assert "What we do reaches one of one goal." in page
    assert page.count('class="map-step lit"') == 6
    assert "Keep our promises to customers</a> <i>plausible</i>" in page


def test_what_is_wrong_with_a_line_is_said_beside_it(head: Client) -> None:
    answer = head.post(reverse("line"), LINE | {"benefit": "Better projects"})
    assert answer.status_code == 422
    assert "says nothing without a measure" in answer.content.decode()

    answer = head.post(reverse("line"), LINE | {"owner": "Petra Lindqvist"})
    assert "is of the project office" in answer.content.decode()

    answer = head.post(reverse("line"), LINE)
    assert "in which document it stands" in answer.content.decode()
    assert not Output.objects.exists()


def test_s18_a_step_is_followed_both_ways(company: Company, head: Client) -> None:
    company.line()
    change = BusinessChange.objects.get()

    page = words(head, "benefits", node=f"change-{change.pk}")

    assert "What it is for:" in page
    assert "What reaches it:" in page
    assert 'class="d0 on"' in page


def test_goals_and_work_without_a_line_are_findings(company: Company, head: Client) -> None:
    company.line()
    company.goal("Enter two new markets")
    company.does("Weekly resource audit")

    page = words(head, "benefits")

    assert "What we do reaches one of two goals." in page
    assert "One thing we do reaches no goal" in page
    assert page.count(">No line</text>") == 2


@pytest.mark.parametrize("role", [Role.FINANCE, Role.DPO])
def test_who_cannot_change_a_line_is_told_what_is_so_and_not_what_to_do(
    company: Company, role: Role
) -> None:
    reader = Client()
    someone = Person.objects.create(full_name="Freya Lund")
    reader.force_login(Account.objects.create(person=someone, role=role))
    assert "No goal is written down that you may see." in words(reader, "benefits")
    company.line()
    company.does("Weekly resource audit")

    page = words(reader, "benefits")

    assert "reaches no goal: no line is drawn from it to one, and no rule is named" in page
    assert "drop it" not in page


def test_400_steps_are_answered_by_lists_and_say_so(company: Company, head: Client) -> None:
    company.line()
    past_the_guard(Output).bulk_create(Output(name=f"Output {number:03}") for number in range(394))

    whole = words(head, "benefits")
    part = words(head, "benefits", node=f"change-{BusinessChange.objects.get().pk}")

    assert "400 steps are more than one picture can show" in whole
    assert "<svg" not in whole.partition('id="sight"')[2]
    assert whole.partition('class="outline"')[2].count("<li ") == 400
    assert part.count('class="map-step"') == 6
    assert "Output 393" in part


def test_a_link_is_changed_and_taken_out(company: Company, head: Client) -> None:
    found = company.line()[0]
    address = reverse("contribution", args=[found.pk])

    refused = head.post(address, {"confidence": "evidenced"})
    assert "Say what shows it" in refused.content.decode()
    head.post(address, {"confidence": "evidenced", "evidence": "14 of 19 cases passed"})
    found.refresh_from_db()
    assert found.confidence == "evidenced"

    head.post(reverse("contribution-removal", args=[found.pk]))
    assert ContributionLink.objects.count() == 4


def test_s17_a_profile_says_who_gains_and_by_how_much(company: Company, head: Client) -> None:
    said = {
        "title": "Less slip on new projects",
        "kind": "benefit",
        "value_type": "measurable",
        "owner_name": "Ines Duarte",
        "measured_by": "Days late at finish",
        "status": "expected",
        "for_units": [company.finance.pk],
    }
    refused = head.post(
        reverse("create-benefit"), said | {"attribution_share": "0.4", "target": "35"}
    )
    assert "Say why that share" in refused.content.decode()
    assert "A target without a day" in refused.content.decode()

    head.post(reverse("create-benefit"), said)
    found = BenefitProfile.objects.get()
    assert found.has_measure
    assert found.owner == company.owner
    assert "each with a measure" in words(head, "benefit-profiles")


@pytest.mark.parametrize("title", ["Faster approvals", "fewer late projects", "No lost days"])
def test_a_title_begins_with_what_changes(title: str) -> None:
    assert what_is_wrong(title, is_measured=False) == ""


def test_a_title_that_only_says_better_needs_a_measure() -> None:
    assert "nothing without a measure" in what_is_wrong("Improved planning", is_measured=False)
    assert what_is_wrong("Improved planning", is_measured=True) == ""
    assert "Begin with what changes" in what_is_wrong("Planning", is_measured=True)


def test_the_line_of_sight_is_printed_on_a_landscape_page(company: Company, head: Client) -> None:
    company.line()

    answer = head.post(reverse("line-of-sight"))

    assert answer.content.startswith(b"%PDF")


def test_a_project_manager_finds_none_of_it_and_a_leader_only_their_own(company: Company) -> None:
    company.line()
    for role, person in (
        (Role.PROJECT_MANAGER, Person.objects.create(full_name="Tomas Berg")),
        (Role.LEADER, company.owner),
    ):
        client = Client()
        client.force_login(Account.objects.create(person=person, role=role))
        answer = client.get(reverse("benefits"))
        if role == Role.LEADER:
            page = answer.content.decode()
            assert "Checked business cases" not in page
        else:
            assert answer.status_code == 404


def test_the_sheet_of_the_map_says_what_paper_says() -> None:
    sheet = files("backing.benefits").joinpath("static/benefits/map.css").read_text("utf-8")

    assert map_rules(None, ".map ") in sheet


def test_a_leader_is_not_told_that_nothing_reaches_a_goal_which_they_do_not_see_reached(
    company: Company,
) -> None:
    company.line()
    company.goal("Enter two new markets")
    client = Client()
    client.force_login(Account.objects.create(person=company.owner, role=Role.LEADER))

    for name in ("benefits", "goals", "activities", "hand-overs", "changes"):
        page = words(client, name)
        for wrong in (
            "What we do reaches",
            "nothing we do",
            "No line</b>",
            "down yet",
            "proposed yet",
        ):
            assert wrong not in page, name
