"""The pages of the scope, walked as their users walk them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from backing.people.access import Role
from backing.people.models import Account, OrgUnit
from backing.scope.models import (
    Activity,
    ActivityList,
    DataRequest,
    HandOver,
    OurUnit,
    OverlapTalk,
    RaciAssignment,
    ScopeItem,
    Service,
)
from backing.scope.tests.conftest import Company


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def head(company: Company) -> Client:
    return signed_in(company.head)


def words(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_an_office_that_says_which_unit_it_is_goes_on_to_its_activities(company: Company) -> None:
    OurUnit.objects.get().delete()
    head = signed_in(company.head)
    assert "Say first which unit the office is." in words(head, "scope")

    answer = head.post(reverse("create-our-unit"), {"name": "PMO"}, follow=True)

    assert OurUnit.objects.get().unit == OrgUnit.objects.get(name="PMO")
    assert answer.redirect_chain[-1][0] == reverse("activities")


def test_activities_are_typed_one_a_line(company: Company, head: Client) -> None:
    names = "Status reports\nGate reviews\n\nGate reviews"
    head.post(reverse("create-activities"), {"unit": company.office.pk, "names": names})

    assert [each.name for each in Activity.objects.ours()] == ["Gate reviews", "Status reports"]
    assert "The office does two things" in words(head, "activities")


def test_an_activity_gets_its_kind_and_its_hours(company: Company, head: Client) -> None:
    found = company.does(company.office, "Status reports")
    said = {
        "name": "Status reports",
        "org_unit": company.office.pk,
        "code": "monitoring.status",
        "purpose": "mandatory",
        "required_by": "Group rule 7",
        "hours_per_month": "14",
        "status": "running",
    }

    head.post(reverse("activity", args=[found.pk]), said)

    found.refresh_from_db()
    assert (found.code, found.purpose, found.hours_per_month) == (
        "monitoring.status",
        "mandatory",
        Decimal(14),
    )


def test_s14_taking_the_last_wont_out_turns_the_step_back(company: Company, head: Client) -> None:
    from backing.scope.done import steps

    item = {
        "kind": "wont",
        "statement": "Own budgets",
        "reason": "Lines do",
        "nobody_instead": "on",
    }
    head.post(reverse("create-scope-item"), item)
    (before,) = steps(company.head, timezone.localdate())
    assert "no exclusions" not in before.missing

    head.post(reverse("scope-item-removal", args=[ScopeItem.objects.get().pk]))

    (after,) = steps(company.head, timezone.localdate())
    assert "no exclusions" in after.missing


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"kind": "wont"}, "Say who does it instead, or that nobody does."),
        ({"kind": "not_yet"}, "Say from when"),
    ],
)
def test_a_sentence_that_lacks_something_is_sent_back(
    head: Client, said: dict[str, str], sentence: str
) -> None:
    more = {"statement": "Own budgets", "reason": "Lines do"}

    answer = head.post(reverse("create-scope-item"), said | more)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_s19_a_wont_with_nobody_is_shown_as_a_gap(company: Company, head: Client) -> None:
    ScopeItem.objects.create(
        kind="wont", statement="Own budgets", reason="Lines do", nobody_instead=True
    )

    page = words(head, "scope-items")

    assert "One of what we won’t do is done by nobody." in page
    assert "Nobody does it." in page


def test_a_second_accountable_is_refused_in_words(company: Company, head: Client) -> None:
    activity = company.does(company.office, "Benefits tracking")
    said = {"activity": activity.pk, "role": "A", "begins": "2026-05-01"}
    head.post(reverse("create-part"), said | {"party": "Project office"})

    answer = head.post(reverse("create-part"), said | {"party": "Ines Duarte"})

    assert answer.status_code == 422
    assert "Project office is accountable from 1 May 2026" in answer.content.decode()
    assert RaciAssignment.objects.count() == 1


def test_who_does_what_is_shown_as_it_is_on_a_day(company: Company, head: Client) -> None:
    activity = company.does(company.office, "Benefits tracking")
    RaciAssignment.objects.create(
        activity=activity, unit=company.finance, role="A", begins=date(2026, 5, 1)
    )

    assert "nobody is accountable on 30 April 2026" in words(head, "who-does-what", on="2026-04-30")
    assert "Every activity has one" in words(head, "who-does-what", on="2026-05-01")
    assert words(head, "who-does-what", on="2026-99-99")


def test_a_part_is_ended(company: Company, head: Client) -> None:
    activity = company.does(company.office, "Benefits tracking")
    part = RaciAssignment.objects.create(
        activity=activity, unit=company.finance, role="A", begins=date(2024, 5, 1)
    )

    head.post(reverse("part-end", args=[part.pk]))

    part.refresh_from_db()
    assert part.until == timezone.localdate() - timedelta(days=1)


@pytest.fixture
def hand_over(company: Company, head: Client) -> HandOver:
    activity = company.does(company.finance, "Benefits tracking")
    said = {
        "activity": activity.pk,
        "giver": company.finance.pk,
        "receiver": company.office.pk,
        "giving_ends": "2027-06-30",
        "taking_starts": "2027-07-15",
    }
    head.post(reverse("create-hand-over"), said)
    return HandOver.objects.get()


def test_s20_b_the_gap_is_shown_on_the_list_and_the_page(hand_over: HandOver, head: Client) -> None:
    assert "1 July to 14 July" in words(head, "hand-overs")
    assert "From 1 to 14 July 2027 nobody does it" in words(head, "hand-over", hand_over.pk)
    assert "nobody does it for 14 days" in words(head, "scope")


def link_to(head: Client, hand_over: HandOver, side: str) -> str:
    answer = head.post(reverse("hand-over-message", args=[hand_over.pk, side]), follow=True)
    text: str = answer.context["words"].text
    return next(line for line in text.splitlines() if "/word/" in line).split("testserver")[1]


def test_s20_b_a_side_says_yes_by_a_link_without_an_account(
    hand_over: HandOver, head: Client
) -> None:
    address = link_to(head, hand_over, "giver")
    phone = Client(enforce_csrf_checks=True)
    first = phone.get(address)
    assert "Do you agree?" in first.content.decode()
    assert first.headers["Cache-Control"] == "no-store"
    item = hand_over.items.first()
    assert item is not None

    answer = phone.post(f"{address}answer/", {"answer": "yes", "items": [item.pk]}, follow=True)

    hand_over.refresh_from_db()
    item.refresh_from_db()
    assert "You agree." in answer.content.decode()
    assert str(hand_over.giver_accepted_by) == "Ines Duarte"
    assert item.done_on == timezone.localdate()
    assert not hand_over.accepted


def test_a_side_that_says_no_is_asked_for_a_line(hand_over: HandOver, head: Client) -> None:
    address = link_to(head, hand_over, "giver")
    phone = Client()

    sent = phone.post(f"{address}answer/", {"answer": "no"})
    phone.post(f"{address}answer/", {"answer": "no", "words": "Not before the audit"})

    assert sent.status_code == 422
    assert "no: “Not before the audit”" in words(head, "hand-over", hand_over.pk)


def test_a_link_for_one_side_opens_no_more_once_another_was_made(
    hand_over: HandOver, head: Client
) -> None:
    first = link_to(head, hand_over, "giver")
    link_to(head, hand_over, "giver")

    assert Client().get(first).status_code == 404
    assert Client().get("/scope/hand-overs/word/guess/").status_code == 404


def test_a_unit_without_a_head_is_said_to_have_none(hand_over: HandOver, head: Client) -> None:
    answer = head.post(reverse("hand-over-message", args=[hand_over.pk, "receiver"]), follow=True)

    assert "Nobody is known to head Project office." in answer.content.decode()


def test_the_ask_ledger_says_what_a_project_manager_gives(company: Company, head: Client) -> None:
    said = {
        "what": "Weekly RAG",
        "to_role": Role.PROJECT_MANAGER,
        "minutes_each": "15",
        "frequency": "weekly",
        "begins": "2026-01-05",
    }
    head.post(reverse("create-data-request"), said)

    assert "We ask each project manager for 65 minutes a month." in words(head, "asks-of-others")
    manager = signed_in(company.account("Alice Penhale", Role.PROJECT_MANAGER))
    assert "asks one thing of you" in words(manager, "asks-of-others")

    head.post(reverse("data-request-retirement", args=[DataRequest.objects.get().pk]))

    assert "What we stopped asking for" in words(head, "asks-of-others")


def test_an_ask_is_of_a_role_or_of_a_person(head: Client) -> None:
    said = {"what": "RAG", "minutes_each": "15", "frequency": "weekly", "begins": "2026-01-05"}

    answer = head.post(reverse("create-data-request"), said)

    assert answer.status_code == 422
    assert "choose one of the two" in answer.content.decode()


@pytest.fixture
def doubled(company: Company) -> Company:
    company.does(company.office, "Supplier status reporting", code="monitoring.suppliers")
    company.does(company.procurement, "Vendor scorecards", code="monitoring.suppliers")
    return company


def test_s20_c_only_the_head_sees_an_overlap_until_the_other_unit_was_spoken_with(
    doubled: Company,
) -> None:
    head = signed_in(doubled.head)
    member = signed_in(doubled.account("Tove Brandt", Role.PMO_MEMBER, doubled.office))
    assert "Vendor scorecards" in words(head, "overlaps")
    for page in ("overlaps", "scope"):
        assert "Vendor scorecards" not in words(member, page)
    one, other = sorted(Activity.objects.values_list("pk", flat=True))
    talk = reverse("overlap-talk", args=[one, other, 0])
    assert member.get(talk).status_code == 404

    head.post(
        talk,
        {
            "spoken_on": timezone.localdate().isoformat(),
            "with_whom": "Marcus Odell",
            "outcome": "open",
            "agreed": "We look at both in June",
        },
    )

    assert OverlapTalk.objects.get().spoken_with is not None
    assert "Vendor scorecards" in words(member, "overlaps")


def test_two_are_marked_as_the_same_by_a_person(company: Company, head: Client) -> None:
    ours = company.does(company.office, "Gate reviews")
    theirs = company.does(company.finance, "Friday mail")

    head.post(reverse("mark-overlap"), {"ours": ours.pk, "theirs": theirs.pk})

    assert "Friday mail" in words(head, "overlaps")


LIST = """Activity,Kind of work,Hours per month,From
Vendor scorecards,Status of suppliers and contracts,12,2026-05-01
,Status of suppliers and contracts,3,
Contract register,Herding cats,lots,soon
Vendor scorecards,,,
"""


def drop(client: Client, unit: OrgUnit) -> ActivityList:
    file = SimpleUploadedFile("procurement.csv", LIST.encode())
    client.post(reverse("activity-lists"), {"file": file, "unit": unit.pk})
    return ActivityList.objects.get()


def test_a_neighbours_list_is_seen_first_taken_in_and_undone(
    company: Company, head: Client
) -> None:
    found = drop(head, company.procurement)
    page = words(head, "activity-list", found.pk)
    assert "2 of 4 rows give an activity of Procurement" in page
    for sentence in (
        "No activity is named.",
        "“Herding cats” is no kind of work",
        "Row 2 says the same.",
    ):
        assert sentence in page
    assert not Activity.objects.exists()

    head.post(reverse("activity-list-taking", args=[found.pk]))

    scorecards = Activity.objects.get(name="Vendor scorecards")
    assert (scorecards.code, scorecards.hours_per_month, scorecards.begins) == (
        "monitoring.suppliers",
        Decimal(12),
        date(2026, 5, 1),
    )
    assert scorecards.org_unit == company.procurement
    assert scorecards.history.count() == 1
    ScopeItem.objects.create(
        kind="wont", statement="x", reason="y", nobody_instead=True
    ).activities.add(scorecards)

    answer = head.post(reverse("activity-list-undoing", args=[found.pk]), follow=True)

    assert "1 activities are gone again. 1 stay" in answer.content.decode()
    assert [each.name for each in Activity.objects.all()] == ["Vendor scorecards"]


def test_undoing_a_list_puts_back_what_it_changed(company: Company, head: Client) -> None:
    known = company.does(company.procurement, "Vendor scorecards", hours_per_month=3)
    found = drop(head, company.procurement)
    head.post(reverse("activity-list-taking", args=[found.pk]))
    known.refresh_from_db()
    assert known.hours_per_month == 12

    head.post(reverse("activity-list-undoing", args=[found.pk]))

    known.refresh_from_db()
    assert (known.hours_per_month, known.code, known.begins) == (Decimal(3), "", None)


def test_a_leader_reads_what_we_will_and_wont_do_and_changes_nothing(company: Company) -> None:
    ScopeItem.objects.create(
        kind="wont", statement="Own budgets", reason="Lines do", instead=company.finance
    )
    ours = company.does(company.office, "Gate reviews")
    Service.objects.create(
        activity=ours,
        name="Gate review",
        for_whom="sponsors",
        pain_addressed="p",
        benefit="b",
        how_to_request="h",
        inputs_needed="i",
    )
    leader = signed_in(company.account("Lena Marsh", Role.LEADER, company.finance))

    assert "Own budgets" in words(leader, "scope")
    assert "Gate review" in words(leader, "services")
    for name in ("activities", "who-does-what", "hand-overs", "asks-of-others", "scope-items"):
        assert words(leader, name)
    assert leader.post(reverse("create-scope-item"), {}).status_code == 404
    assert leader.get(reverse("overlaps")).status_code == 404
    assert "Gate reviews" not in words(leader, "activities")
