"""Which influential person does what by when for a change, and who only said so (S32)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from backing.leaders.actions.asks import answer, send
from backing.leaders.carrying import carriers
from backing.leaders.models import Ask, AskSent, Leader, SupportAct
from backing.leaders.tests.conftest import leader_called
from backing.mandate.models import ChangeProposal
from backing.people.access import Role
from backing.people.models import Account
from backing.people.tests.conftest import account_of, browser_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 4)


def ask_of(leader: Leader, what: str, change: ChangeProposal, *, days: int) -> Ask:
    by = TODAY + timedelta(days=days)
    return Ask.objects.create(of=leader.person, what=what, why="The board", by=by, change=change)


def told(viewer: Account, change: ChangeProposal) -> list[tuple[str, list[str], bool]]:
    return [
        (each.name, [f"{deed.what}: {deed.state} {deed.on}" for deed in each.deeds], each.acted)
        for each in carriers(viewer, change.pk)
    ]


def test_s32_a_change_lists_its_carriers_and_their_acts() -> None:
    ana = account_of("Ana", Role.PMO_HEAD)
    bo, cleo = leader_called("Bo", owner=ana), leader_called("Cleo", owner=ana)
    gate, other = (
        ChangeProposal.objects.create(title=title, what_changes="x", why="y")
        for title in ("One gate", "Another")
    )
    assert told(ana, gate) == []

    ask_of(bo, "Name a deputy", gate, days=9)
    speak = send(ask_of(bo, "Speak at the board", gate, days=3), on=TODAY)
    ask_of(cleo, "Free two people", other, days=3)
    assert told(ana, gate) == [
        (
            "Bo",
            [
                "Speak at the board: asked, by 2026-05-07",
                "Name a deputy: to be asked, by 2026-05-13",
            ],
            False,
        )
    ]

    answer(speak, AskSent.Status.DONE, on=TODAY + timedelta(days=1))
    SupportAct.objects.create(leader=cleo, what="Paid for it", on=TODAY, change=gate)
    assert told(ana, gate) == [
        (
            "Bo",
            ["Speak at the board: done 2026-05-05", "Name a deputy: to be asked, by 2026-05-13"],
            True,
        ),
        ("Cleo", ["Paid for it: done 2026-05-04"], True),
    ]


def test_s32_the_page_of_a_change_says_that_nobody_carries_it_and_a_leader_sees_no_draft() -> None:
    ana = account_of("Ana", Role.PMO_HEAD)
    bo = leader_called("Bo", owner=ana)
    gate = ChangeProposal.objects.create(title="One gate", what_changes="x", why="y")
    address = reverse("change", args=[gate.pk])
    assert "Nobody carries it yet" in browser_of(ana).get(address).content.decode()

    ask_of(bo, "Name a deputy", gate, days=9)
    assert "no act so far" in browser_of(ana).get(address).content.decode()
    theirs = Account.objects.create(person=bo.person, role=Role.LEADER)
    assert "Name a deputy" not in browser_of(theirs).get(address).content.decode()
