"""Causes coded together: blind, compared, settled, agreed by the project (S21-c, issue 3 item 6)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from backing.evidence import agreed, coding, owners, suggested
from backing.evidence.agreed import Coded
from backing.evidence.models import (
    Coding,
    Decision,
    MirroredNarrative,
    MirroredProject,
    OwnCause,
    Ownership,
    SettledCoding,
)
from backing.people.access import Role
from backing.people.models import Account
from backing.people.tests.conftest import account_of, browser_of
from trackrecord.decisions import CauseAgreed, from_lines
from trackrecord.keys import Key

pytestmark = pytest.mark.django_db

SUPPLIER, SKILLS = "supplier performance", "skills"
TOLD = "The supplier missed nine weeks of milestones. The steering group met without a quorum."


@pytest.fixture
def ana() -> Account:
    return account_of("Ana", Role.PMO_HEAD)


@pytest.fixture
def ben() -> Account:
    return account_of("Ben", Role.PMO_MEMBER)


def told(key: str, text: str = TOLD, **fields: Any) -> MirroredNarrative:
    MirroredProject.objects.create(
        project=f"projects/{key}",
        register="projects",
        key=key,
        name=f"Project {key}",
        facts={"cost_actual": 987_654.0},
    )
    return MirroredNarrative.objects.create(
        project=f"projects/{key}", register="projects", key=key, text=text, **fields
    )


def code(by: Account, key: str, main: str, *also: str) -> Any:
    return browser_of(by).post(
        "/evidence/coding/saved/", {"project": f"projects/{key}", "main": main, "also": also}
    )


def page(by: Account, key: str = "") -> str:
    query = {"project": f"projects/{key}"} if key else {}
    return browser_of(by).get("/evidence/coding/", query).content.decode()


def causes() -> dict[str, bool]:
    lines = Decision.objects.standing().values_list("line", flat=True)
    return {
        each.cause: each.agreed
        for line in lines
        for each in from_lines(line)
        if isinstance(each, CauseAgreed)
    }


# Reading and coding.


def test_the_words_that_suggest_a_cause_are_marked_and_decide_nothing(ana: Account) -> None:
    told("A1")
    shown = page(ana)

    assert "<mark>supplier missed</mark>" in shown
    assert "suggested by “supplier missed”" in shown
    assert " checked" not in shown.split('id="pick"')[1].split("</table>")[0]


def test_the_marked_stretches_joined_are_the_narrative() -> None:
    pieces = suggested.stretches(TOLD)

    assert "".join(each.text for each in pieces) == TOLD
    assert next(each.text for each in pieces if each.is_telling) == "supplier missed"


def test_every_cause_has_a_key_of_its_own_and_n_stays_free(ana: Account) -> None:
    OwnCause.objects.create(name="strike", label="strike")
    keys = [each.key for each in suggested.picks(TOLD)]

    assert len(set(keys)) == len(keys) == 14
    assert "n" not in keys


def test_a_coder_is_not_shown_what_it_cost(ana: Account) -> None:
    told("A1")

    assert "987" not in page(ana)


def test_saving_keeps_main_and_contributing_and_goes_to_the_next(ana: Account) -> None:
    told("A1")
    told("A2")
    answer = code(ana, "A1", SUPPLIER, SKILLS)

    saved = {each.cause: each.weight for each in Coding.objects.all()}
    assert saved == {SUPPLIER: "primary", SKILLS: "contributing"}
    assert Coding.objects.filter(cause=SUPPLIER).get().evidence == "supplier missed"
    assert "Project A2" in browser_of(ana).get(answer.headers["Location"]).content.decode()


def test_a_coding_enters_no_figure_before_the_project_agrees(ana: Account) -> None:
    told("A1")
    code(ana, "A1", SUPPLIER)

    assert not Decision.objects.exists()


def test_the_queue_holds_what_has_words_and_no_cause_yet(ana: Account) -> None:
    told("A1", "")
    told("A2", stated=[SKILLS], is_coded=True)
    told("A3")

    assert [each.key for each in coding.queue(ana, ana.person)] == ["A3"]
    code(ana, "A3", SUPPLIER)
    assert "nothing left" in page(ana)


def test_without_a_main_cause_nothing_is_kept_and_the_page_says_so(ana: Account) -> None:
    told("A1")
    answer = browser_of(ana).post(
        "/evidence/coding/saved/", {"project": "projects/A1", "also": [SKILLS]}
    )

    assert answer.status_code == 422
    assert "Choose the main cause, or unknown." in answer.content.decode()
    assert not Coding.objects.exists()


# Two coders.


def test_one_project_in_five_waits_for_a_second_coder_and_others_do_not(
    ana: Account, ben: Account
) -> None:
    told("A1", twice=True)
    told("A2")
    code(ana, "A1", SUPPLIER)
    code(ana, "A2", SUPPLIER)

    assert [each.key for each in coding.queue(ben, ben.person)] == ["A1"]


def test_a_coder_does_not_see_the_others_coding_before_their_own_is_saved(
    ana: Account, ben: Account
) -> None:
    told("A1", twice=True)
    code(ana, "A1", SUPPLIER, SKILLS)
    before = page(ben, "A1")
    assert "Ana</b>" not in before
    assert " checked" not in before.split('id="pick"')[1].split("</table>")[0]
    assert "They agree" not in before

    code(ben, "A1", SKILLS)
    assert "Ana</b>" in page(ben, "A1")
    assert "You differ" in page(ben, "A1")


def test_once_both_have_saved_neither_changes_their_own_nor_does_a_third_code(
    ana: Account, ben: Account
) -> None:
    told("A1", twice=True)
    code(ana, "A1", SUPPLIER)
    code(ana, "A1", SKILLS)  # alone so far: still hers to change
    code(ben, "A1", SUPPLIER)
    code(ana, "A1", SUPPLIER)
    code(account_of("Cleo", Role.PMO_MEMBER), "A1", SUPPLIER)

    found = {each.coder.full_name: each.cause for each in Coding.objects.all()}
    assert found == {"Ana": SKILLS, "Ben": SUPPLIER}


def test_every_coding_that_was_changed_can_be_looked_back_on(ana: Account) -> None:
    told("A1")
    code(ana, "A1", SUPPLIER)
    code(ana, "A1", SKILLS)

    assert set(Coding.history.values_list("cause", flat=True)) == {SUPPLIER, SKILLS}


def test_the_comparison_says_kappa_with_its_range_and_n_and_where_they_differ(
    ana: Account, ben: Account
) -> None:
    mains = [(SUPPLIER, SUPPLIER)] * 3 + [(SKILLS, SKILLS)] * 2 + [(SKILLS, SUPPLIER)]
    for number, (one, other) in enumerate(mains):
        told(f"A{number}", twice=True)
        code(ana, f"A{number}", one)
        code(ben, f"A{number}", other)
    shown = browser_of(ana).get("/evidence/coding/comparison/").content.decode()

    ((_, _, found),) = coding.kappas(coding.compared())
    assert found.value == pytest.approx(2 / 3)
    assert found.low is not None
    assert f"{found.value:.2f}<small>{found.low:.2f} to" in shown
    assert "Of 6 projects coded by two, they differ on 1." in shown
    assert "Project A5" in shown
    assert "Project A4" not in shown


def test_settling_keeps_both_codings_so_that_kappa_stays_what_it_was(
    ana: Account, ben: Account
) -> None:
    told("A1", twice=True)
    code(ana, "A1", SUPPLIER)
    code(ben, "A1", SKILLS)
    before = coding.kappas(coding.compared())
    browser_of(ben).post(
        "/evidence/coding/settlement/", {"project": "projects/A1", "main": SUPPLIER}
    )

    assert SettledCoding.objects.get().causes == [[SUPPLIER, "primary"]]
    assert coding.kappas(coding.compared()) == before
    assert agreed.holding(Key("projects", "A1")) == (Coded(SUPPLIER, "primary"),)


def test_nothing_is_settled_before_two_have_saved(ana: Account) -> None:
    told("A1", twice=True)
    code(ana, "A1", SUPPLIER)
    browser_of(ana).post("/evidence/coding/settlement/", {"project": "projects/A1", "main": SKILLS})

    assert not SettledCoding.objects.exists()


# Agreed by the project.


def test_what_the_office_writes_down_as_agreed_names_who_and_refuses_what_the_register_said(
    ana: Account,
) -> None:
    told("A1", stated=[SKILLS], is_coded=True)
    code(ana, "A1", SUPPLIER)
    browser_of(ana).post(
        "/evidence/coding/agreement/",
        {"project": "projects/A1", "main": SUPPLIER, "agreed_by": "Olga Reyes"},
    )

    assert causes() == {SUPPLIER: True, SKILLS: False}
    assert {each.by.full_name for each in Decision.objects.all()} == {"Olga Reyes"}


def test_agreeing_without_a_name_keeps_nothing(ana: Account) -> None:
    told("A1")
    code(ana, "A1", SUPPLIER)
    answer = browser_of(ana).post(
        "/evidence/coding/agreement/", {"project": "projects/A1", "main": SUPPLIER}
    )

    assert answer.status_code == 422
    assert "Name who of the project agrees." in answer.content.decode()
    assert not Decision.objects.exists()


def test_the_owner_is_shown_the_offices_coding_by_their_link_and_agrees_it(ana: Account) -> None:
    told("A1")
    code(ana, "A1", SUPPLIER)
    owners.assign(MirroredProject.objects.all(), full_name="Owen", email="")
    (token,) = owners.ask(Ownership.objects.all(), by=ana, now=timezone.now())
    assert SUPPLIER.encode() in Client().get(f"/evidence/row/{token}/").content

    Client().post(f"/evidence/row/{token}/confirmation/")

    assert causes() == {SUPPLIER: True}


def test_agreeing_again_takes_back_what_was_agreed_before(ana: Account) -> None:
    told("A1")
    key, now = Key("projects", "A1"), timezone.now()
    agreed.agree(key, [Coded(SUPPLIER, "primary")], by=ana.person, now=now)
    agreed.agree(key, [Coded(SKILLS, "primary")], by=ana.person, now=now)
    agreed.agree(key, [Coded(SKILLS, "primary")], by=ana.person, now=now)

    assert causes() == {SKILLS: True}
    assert Decision.objects.count() == 2


def test_unknown_is_a_coding_and_no_cause_to_agree(ana: Account) -> None:
    told("A1")
    code(ana, "A1", "unknown")
    agreed.agree(
        Key("projects", "A1"), [Coded("unknown", "primary")], by=ana.person, now=timezone.now()
    )

    assert Coding.objects.get().cause == "unknown"
    assert not Decision.objects.exists()


# The office's own causes, and who may come in.


def test_a_cause_of_ones_own_joins_the_list_once(ana: Account) -> None:
    told("A1")
    new = {"project": "projects/A1", "label": "Works council", "meaning": "It took its time."}
    browser_of(ana).post("/evidence/coding/own-cause/", new)
    again = browser_of(ana).post("/evidence/coding/own-cause/", new)
    taken = browser_of(ana).post("/evidence/coding/own-cause/", new | {"label": "Skills"})

    assert (again.status_code, taken.status_code) == (422, 422)
    assert code(ana, "A1", "works council").status_code == 302
    assert Coding.objects.get().cause == "works council"


def test_script_text_in_a_narrative_is_only_text(ana: Account) -> None:
    told("A1", "<script>alert('supplier missed')</script>", stated=["<b>bold</b>"])
    shown = page(ana)

    assert "<script>alert" not in shown
    assert "<b>bold" not in shown


@pytest.mark.parametrize("role", [role for role in Role.values if not role.startswith("pmo")])
def test_coding_is_the_offices_alone(ana: Account, role: str) -> None:
    told("A1")
    eve = account_of("Eve", role)

    assert browser_of(eve).get("/evidence/coding/").status_code == 404
    assert browser_of(eve).get("/evidence/coding/comparison/").status_code == 404
    assert code(eve, "A1", SKILLS).status_code == 404
    assert Client().get("/evidence/coding/").status_code == 404
    assert not Coding.objects.exists()


def test_the_page_costs_the_same_few_queries_for_two_projects_and_for_forty(
    ana: Account, django_assert_max_num_queries: Any
) -> None:
    for number in range(40):
        told(f"A{number}")
    office = browser_of(ana)

    with django_assert_max_num_queries(20):
        shown = office.get("/evidence/coding/").content.decode()
    assert re.search(r"40 to read", shown)
