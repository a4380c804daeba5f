"""Rows confirmed by their owners: by a link, without an account (S21-a, issue 3 item 5)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from backing.evidence import naming, owners
from backing.evidence.models import Decision, MirroredNarrative, MirroredProject, Ownership, RowLink
from backing.people.access import Role
from backing.people.models import Account, Person
from backing.people.tests.conftest import account_of, browser_of
from trackrecord.decisions import CauseAgreed, Confirmed, Correction, from_lines

pytestmark = pytest.mark.django_db

FACTS = {
    "file": "register-2024.xlsx",
    "sheet": "Projects",
    "row": 118,
    "org_unit": "Retail",
    "state": "finished",
    "original_cost": 1_000_000.0,
    "cost_actual": 1_250_000.0,
    "original_finish": "2023-03-31",
    "finished": "2024-05-01",
}
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _no_guesses_yet() -> None:
    cache.clear()


@pytest.fixture
def ana() -> Account:
    return account_of("Ana", Role.PMO_HEAD)


@pytest.fixture
def till() -> MirroredProject:
    return project("P1", name="Till renewal")


def project(key: str, **fields: Any) -> MirroredProject:
    given = {"name": key, "manager": "Owen", "currency": "GBP", "facts": FACTS, **fields}
    return MirroredProject.objects.create(
        project=f"projects/{key}", register="projects", key=key, **given
    )


def ask(
    asked: MirroredProject, by: Account, *, days_ago: int = 0, owner: str = "Owen"
) -> tuple[Ownership, str]:
    """The ownership, and the address of its link."""
    owners.assign([asked], full_name=owner, email="")
    ownership = Ownership.objects.get(key=asked.key)
    (token,) = owners.ask([ownership], by=by, now=timezone.now() - timedelta(days=days_ago))
    return ownership, f"/evidence/row/{token}/"


def typed(**changes: str) -> dict[str, str]:
    """The form as the page shows it, with some of it typed over."""
    stands = {
        "org_unit": "Retail",
        "state": "finished",
        "original_cost": "1,000,000",
        "cost_actual": "1,250,000",
        "original_finish": "2023-03-31",
        "finished": "2024-05-01",
        "cause": "",
    }
    return stands | changes


def standing(kind: type[Any]) -> list[Any]:
    lines = Decision.objects.standing().values_list("line", flat=True)
    return [each for line in lines for each in from_lines(line) if isinstance(each, kind)]


# Looking, confirming, correcting.


def test_the_page_says_the_row_in_plain_words_to_somebody_without_an_account(
    ana: Account, till: MirroredProject
) -> None:
    _, address = ask(till, ana)
    page = Client().get(address).content.decode()

    for words in ("Till renewal", "Retail", "GBP 1,250,000", "31 March 2023", "1 May 2024"):
        assert words in page
    assert "register-2024.xlsx, Projects, row 118" in page
    assert "nav" not in page.split("<main")[0].split("<body")[1]  # nothing of the office around it


def test_looking_changes_nothing_for_mail_programs_look_too(
    ana: Account, till: MirroredProject
) -> None:
    ownership, address = ask(till, ana)
    Client().get(address)
    Client().head(address)

    assert not Decision.objects.exists()
    assert ownership.links.get().answered_at is None


def test_this_is_right_is_a_confirmation_with_who_and_when(
    ana: Account, till: MirroredProject
) -> None:
    ownership, address = ask(till, ana)

    assert Client().post(f"{address}confirmation/").status_code == 302
    (confirmed,) = standing(Confirmed)
    assert confirmed.project == ("projects", "P1")
    assert confirmed.by == str(ownership.person.opaque_id)
    assert confirmed.on == timezone.localdate()


def test_a_corrected_cell_becomes_was_is_by_on_and_the_source_stays(
    ana: Account, till: MirroredProject
) -> None:
    ownership, address = ask(till, ana)
    answer = Client().post(
        f"{address}corrections/", typed(cost_actual="£1.3m", original_finish="2023-06-30")
    )

    assert answer.status_code == 302
    cost, finish = sorted(standing(Correction), key=lambda each: each.column)
    assert (cost.table, cost.column, cost.was, cost.is_) == (
        "projects",
        "cost_actual",
        125_000_000,
        130_000_000,
    )
    assert (finish.table, finish.column) == ("baselines", "finish")
    assert (finish.was, finish.is_) == (date(2023, 3, 31), date(2023, 6, 30))
    assert finish.by == str(ownership.person.opaque_id)
    assert standing(Confirmed)  # what they left, they stand by
    till.refresh_from_db()
    assert till.facts == FACTS


def test_the_corrected_row_is_shown_at_once_beside_what_the_register_says(
    ana: Account, till: MirroredProject
) -> None:
    _, address = ask(till, ana)
    page = Client().post(f"{address}corrections/", typed(cost_actual="1,300,000"), follow=True)

    assert "GBP 1,300,000" in page.content.decode()
    assert "the register says GBP 1,250,000" in page.content.decode()


def test_the_same_link_changes_the_answer_and_every_answer_is_kept(
    ana: Account, till: MirroredProject
) -> None:
    _, address = ask(till, ana)
    owner = Client()
    owner.post(f"{address}corrections/", typed(cost_actual="1,300,000"))
    owner.post(f"{address}corrections/", typed(cost_actual="1,400,000"))

    (holds,) = standing(Correction)
    assert (holds.was, holds.is_) == (125_000_000, 140_000_000)
    assert Decision.objects.filter(kind="correction").count() == 2
    owner.post(f"{address}corrections/", typed(cost_actual="1,250,000"))
    assert standing(Correction) == []
    assert Decision.objects.filter(kind="correction").count() == 2


def test_a_correction_that_the_figures_already_took_up_is_changed_from_what_the_source_says(
    ana: Account, till: MirroredProject
) -> None:
    _, address = ask(till, ana)
    owner = Client()
    owner.post(f"{address}corrections/", typed(cost_actual="1,300,000"))
    till.facts = FACTS | {"cost_actual": 1_300_000.0}
    till.save()
    owner.post(f"{address}corrections/", typed(cost_actual="1,400,000"))

    (holds,) = standing(Correction)
    assert (holds.was, holds.is_) == (125_000_000, 140_000_000)


@pytest.mark.parametrize(
    ("cell", "bad", "says"),
    [
        ("cost_actual", "about a million", "Write one number"),
        ("cost_actual", "EUR 5", "The register counts in GBP"),
        ("cost_actual", "-5", "not below zero"),
        ("cost_actual", "1e30", "number of noughts"),
        ("finished", "sometime in May", "not a day"),
        ("finished", "05/04/2024", "Write the month as a word"),
        ("state", "sleeping", "Select a valid choice"),
        ("state", "open", "a day on which it finished"),
        ("org_unit", "x" * 121, "at most 120 letters"),
        ("cause", "the weather gods", "Select a valid choice"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence_and_nothing_is_kept(
    ana: Account, till: MirroredProject, cell: str, bad: str, says: str
) -> None:
    _, address = ask(till, ana)
    answer = Client().post(f"{address}corrections/", typed(**{cell: bad}))

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Decision.objects.exists()


def test_a_blank_cell_can_be_filled_and_a_filled_one_emptied(
    ana: Account,
) -> None:
    _, address = ask(project("P2", facts=FACTS | {"original_cost": None}), ana)
    Client().post(f"{address}corrections/", typed(original_cost="900,000", cost_actual=""))

    found = {each.column: (each.was, each.is_) for each in standing(Correction)}
    assert found == {"cost": (None, 90_000_000), "cost_actual": (125_000_000, None)}


def test_the_owner_agrees_the_causes_shown_or_names_another(
    ana: Account, till: MirroredProject
) -> None:
    MirroredNarrative.objects.create(
        project=till.project, register="projects", key="P1", text="", stated=["skills"]
    )
    _, address = ask(till, ana)
    Client().post(f"{address}confirmation/")
    (agreed,) = standing(CauseAgreed)
    assert (agreed.cause, agreed.agreed) == ("skills", True)

    Client().post(f"{address}corrections/", typed(cause="supplier performance"))
    found = {each.cause: each.agreed for each in standing(CauseAgreed)}
    assert found == {"supplier performance": True, "skills": False}


# Links that open nothing.


def altered(address: str) -> list[str]:
    token = address.split("/")[3]
    swapped = "A" if token[-1] != "A" else "B"
    return [token[:-1] + swapped, "9" + token, token.rpartition(":")[0], token.swapcase(), "guess"]


def test_an_altered_or_guessed_link_gets_the_page_of_what_never_was(
    ana: Account, till: MirroredProject
) -> None:
    _, address = ask(till, ana)
    nowhere = Client().get("/there/never/was/this/")

    for token in altered(address):
        answer = Client().get(f"/evidence/row/{token}/")
        assert (answer.status_code, answer.content) == (404, nowhere.content)
    assert b"ask whoever sent it for another" in nowhere.content
    assert Client().get(address).status_code == 200  # and the true one still opens


@pytest.mark.parametrize("way", ["", "confirmation/", "corrections/"])
def test_an_expired_or_withdrawn_link_reveals_nothing_and_takes_nothing(
    ana: Account, till: MirroredProject, way: str
) -> None:
    _, expired = ask(till, ana, days_ago=22)
    ownership, withdrawn = ask(project("P3"), ana)
    owners.withdraw(ownership, now=timezone.now())

    for address in (expired, withdrawn):
        browser = Client()
        answer = browser.post(f"{address}{way}", typed()) if way else browser.get(address)
        assert answer.status_code == 404
        assert b"Till" not in answer.content
    assert not Decision.objects.exists()


def test_a_link_with_our_signature_and_another_secret_opens_nothing(
    ana: Account, till: MirroredProject
) -> None:
    ownership, _ = ask(till, ana)
    forged = ownership.links.get().carrying("another-secret")

    assert Client().get(f"/evidence/row/{forged}/").status_code == 404


def test_a_link_of_another_kind_opens_no_row(ana: Account, till: MirroredProject) -> None:
    from backing.people import actions as people

    ask(till, ana)
    token = people.new_link(ana, now=timezone.now())

    assert Client().get(f"/evidence/row/{token}/").status_code == 404


def test_asking_again_closes_the_link_before(ana: Account, till: MirroredProject) -> None:
    _, earlier = ask(till, ana)
    _, later = ask(till, ana)

    assert Client().get(earlier).status_code == 404
    assert Client().get(later).status_code == 200


def test_a_project_that_gets_another_owner_closes_the_first_ones_link(
    ana: Account, till: MirroredProject
) -> None:
    _, address = ask(till, ana)
    owners.assign([till], full_name="Olga", email="olga@aldmoor.example")

    assert Client().get(address).status_code == 404


def test_guesses_must_wait_and_a_neighbours_true_link_need_not(
    ana: Account, till: MirroredProject
) -> None:
    _, address = ask(till, ana)
    answers = [Client().get(f"/evidence/row/guess{n}/").status_code for n in range(7)]

    assert answers == [404] * 5 + [429] * 2
    assert Client().get(address).status_code == 200


def test_the_database_never_holds_what_a_link_carries(ana: Account, till: MirroredProject) -> None:
    _, address = ask(till, ana)

    secret = address.split("/")[3].split(".", 1)[1].split(":")[0]
    assert secret not in str(list(RowLink.objects.values_list()))


def test_the_page_sets_no_cookie_and_tells_no_other_site_its_address(
    ana: Account, till: MirroredProject
) -> None:
    _, address = ask(till, ana)
    browser = Client(enforce_csrf_checks=True)
    answer = browser.get(address)

    assert not browser.cookies
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert browser.post(f"{address}confirmation/").status_code == 302


def test_script_text_in_any_cell_is_only_text(ana: Account) -> None:
    evil = project("P4", name=SCRIPT, manager=SCRIPT, facts=FACTS | {"org_unit": SCRIPT})
    _, address = ask(evil, ana, owner=SCRIPT)
    Client().post(f"{address}corrections/", typed(org_unit="<img src=x onerror=alert(1)>"))
    pages = [
        Client().get(address),
        browser_of(ana).get("/evidence/owners/"),
        browser_of(ana).get("/evidence/corrections/"),
    ]

    for page in pages:
        assert page.status_code == 200
        assert b"<script>alert" not in page.content
        assert b"<img" not in page.content


# The office.


def test_owners_are_proposed_from_the_managers_a_register_names(ana: Account) -> None:
    for number in range(3):
        project(f"P{number}")
    office = browser_of(ana)
    assert b"Owen" in office.get("/evidence/owners/").content

    office.post(
        "/evidence/owners/assignment/",
        {"manager": "Owen", "full_name": "Owen Ashe", "email": "Owen@Aldmoor.example"},
    )

    assert Ownership.objects.count() == 3
    assert Person.objects.get(email="owen@aldmoor.example").full_name == "Owen Ashe"
    assert owners.proposed() == []


def test_the_message_carries_a_link_for_each_project_of_an_owner_that_opens(ana: Account) -> None:
    owen = owners.assign([project("P1"), project("P2")], full_name="Owen", email="")
    answer = browser_of(ana).post(f"/evidence/owners/{owen.pk}/message/", follow=True)
    page = answer.content.decode()

    text = page.partition("<pre")[2].partition("</pre>")[0]
    addresses = re.findall(r"http://testserver(/evidence/row/[^/\s]+/)", text)
    assert len(addresses) == 2
    assert [Client().get(address).status_code for address in addresses] == [200, 200]


def test_the_office_sees_who_answered_who_waits_and_whose_time_is_over(ana: Account) -> None:
    _, confirmed = ask(project("P1"), ana)
    _, corrected = ask(project("P2"), ana)
    ask(project("P3"), ana)
    ask(project("P4"), ana, days_ago=30)
    owners.assign([project("P5")], full_name="Owen", email="")
    Client().post(f"{confirmed}confirmation/")
    Client().post(f"{corrected}corrections/", typed(cost_actual="7"))
    page = browser_of(ana).get("/evidence/owners/").content.decode()

    assert "2 of 5 projects are confirmed or corrected" in page
    for answer in ("confirmed", "corrected", "waiting", "expired", "not-asked"):
        only = browser_of(ana).get(f"/evidence/owners/?answer={answer}").content.decode()
        assert len(re.findall(r'aria-label="Alias of', only)) == 1


def test_a_withdrawn_link_opens_no_more_and_the_owner_can_be_asked_again(
    ana: Account, till: MirroredProject
) -> None:
    ownership, address = ask(till, ana)
    browser_of(ana).post(f"/evidence/owners/{ownership.pk}/withdrawal/")

    assert Client().get(address).status_code == 404
    assert b"Ask" in browser_of(ana).get("/evidence/owners/").content


def test_corrections_are_listed_with_how_they_stand_and_can_be_taken_back(
    ana: Account, till: MirroredProject
) -> None:
    _, address = ask(till, ana)
    Client().post(f"{address}corrections/", typed(cost_actual="1,300,000"))
    office = browser_of(ana)
    seen = []
    for cost in (1_250_000.0, 1_300_000.0, 1_700_000.0):
        MirroredProject.objects.update(facts=FACTS | {"cost_actual": cost})
        seen.append(office.get("/evidence/corrections/").content.decode())
    MirroredProject.objects.all().delete()
    seen.append(office.get("/evidence/corrections/").content.decode())

    for page, words in zip(
        seen, ("holds with the next figures", ">holds<", "lapsed", "idle"), strict=True
    ):
        assert words in page
    assert "1,250,000" in seen[0]
    office.post(f"/evidence/corrections/{Decision.objects.get(kind='correction').pk}/withdrawal/")
    assert standing(Correction) == []
    assert b"withdrawn by Ana" in office.get("/evidence/corrections/").content


@pytest.mark.parametrize("role", [role for role in Role.values if not role.startswith("pmo")])
def test_owners_and_corrections_are_the_offices_alone(
    ana: Account, till: MirroredProject, role: str
) -> None:
    ownership, _ = ask(till, ana)
    other = browser_of(account_of("Eve", role))

    assert other.get("/evidence/owners/").status_code == 404
    assert other.get("/evidence/corrections/").status_code == 404
    assert other.post(f"/evidence/owners/{ownership.pk}/withdrawal/").status_code == 404
    assert other.post(f"/evidence/owners/{ownership.person_id}/message/").status_code == 404
    assert Client().post(f"/evidence/owners/{ownership.pk}/withdrawal/").status_code == 404


def test_the_list_costs_the_same_few_queries_for_two_projects_and_for_forty(
    ana: Account, django_assert_max_num_queries: Any
) -> None:
    for number in range(40):
        ask(project(f"P{number}", manager=f"M{number}"), ana, owner=f"M{number}")

    office = browser_of(ana)

    with django_assert_max_num_queries(13):
        office.get("/evidence/owners/")


# What a project is called.


def test_s21_a_project_goes_by_an_alias_where_it_is_shared_until_its_owner_confirmed(
    ana: Account, till: MirroredProject
) -> None:
    ownership, address = ask(till, ana)
    assert naming.shown_name(till) == "P1"
    assert naming.shown_name(till, viewer=ana) == "Till renewal"

    browser_of(ana).post(f"/evidence/owners/{ownership.pk}/alias/", {"alias": "The shop project"})
    assert naming.shown_name(till) == "The shop project"
    Client().post(f"{address}confirmation/")
    assert naming.shown_name(till) == "Till renewal"


def test_whoever_owns_a_project_reads_its_name_and_others_do_not(
    ana: Account, till: MirroredProject
) -> None:
    owner, eve = account_of("Owen", Role.PROJECT_MANAGER), account_of("Eve", Role.LEADER)
    owners.assign([till], full_name="Owen", email="owen@aldmoor.example")

    assert naming.shown_name(till, viewer=owner) == "Till renewal"
    assert naming.shown_name(till, viewer=eve) == "P1"
