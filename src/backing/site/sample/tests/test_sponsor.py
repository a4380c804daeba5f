"""The demo has a sponsor two years in, six wins, nine objections and two overrides (issue 7, X9)."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from backing.conftest import Fill
from backing.people import actions as people
from backing.people.advising import Advice
from backing.people.models import Account, Organisation, OrgUnit
from backing.pushback import alike
from backing.pushback.models import Escalation, Pushback
from backing.rhythm.week import found_for
from backing.scope.models import Charter
from backing.site import sample
from backing.site.sample.company import GROUP, UNITS
from backing.sponsor import found, gate
from backing.sponsor.models import Override, SponsorAssignment, SponsorUpdate, Win, WinShare

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)
TODAY = NOW.date()


def aldmoor() -> None:
    Organisation(pk=1, name=GROUP, invented=True, currency="GBP").save()
    group = OrgUnit.objects.create(name=GROUP)
    for name in UNITS:
        OrgUnit.objects.create(name=name, parent=group)
    for part in (sample.leaders, sample.scope, sample.improvements):
        part.fill(now=NOW)
    for _ in range(2):  # the second time finds it filled
        sample.pushback.fill(now=NOW)
        sample.sponsor.fill(now=NOW)


@pytest.fixture(scope="module")
def filled(filled_once: Fill) -> None:
    filled_once(aldmoor)


@pytest.fixture
def head(filled: None) -> Account:
    return people.head()


def said(head: Account, rule: str) -> list[Advice]:
    return [each for each in found_for(head, TODAY) if each.rule == rule]


def test_nine_objections_of_which_three_are_one_fault(head: Account) -> None:
    everything = list(Pushback.objects.prefetch_related("responses"))
    (fault,) = alike.faults(everything, today=TODAY)

    assert len(everything) == 9
    assert (len(fault.said), fault.by_cause, fault.is_mended) == (3, False, False)
    assert [each.in_confidence for each in everything].count(True) == 1
    assert Counter(each.status for each in everything) == {
        "resolved": 4,
        "answered": 1,
        "disputed": 1,
        "waiting": 3,
    }
    assert Escalation.objects.get().decided_on is None


def test_six_wins_of_which_four_were_told_and_one_lacks_its_owners_word(head: Account) -> None:
    states = Counter(Win.objects.values_list("status", flat=True))
    (candidate,) = Win.objects.filter(status="candidate")

    assert states == {"shared": 4, "confirmed": 1, "candidate": 1}
    assert "Whose result it is has not approved it." in gate.missing(candidate)
    assert not any(gate.missing(win) for win in Win.objects.exclude(pk=candidate.pk))
    assert set(WinShare.objects.values_list("reaction", flat=True)) - {""}
    assert not Win.objects.filter(message__contains="{").exists()


def test_a_win_says_of_its_measure_what_the_measure_says(head: Account) -> None:
    win = Win.objects.get(headline="A change request is answered sooner than before")

    assert win.before.endswith("days")
    assert win.before in win.message
    assert win.after in win.message


def test_what_a_win_was_found_in_is_not_found_again_and_the_rest_is(head: Account) -> None:
    sources = set(Win.objects.exclude(source="").values_list("source", flat=True))
    lying = {each.source for each in found.candidates(head, today=TODAY)}

    assert len(sources) == 3
    assert not sources & lying
    assert any(each.startswith("pushback-") for each in lying)


def test_two_years_with_a_sponsor_who_was_told_and_answered(head: Account) -> None:
    sponsor = SponsorAssignment.objects.get()
    *answered, latest = SponsorUpdate.objects.order_by("made_on")

    assert TODAY - sponsor.since > timedelta(days=600)
    assert sponsor.agreements.count() == 2
    assert all(ask.answer for update in answered for ask in update.asks.all())
    assert [ask.answer for ask in latest.asks.all()] == ["", ""]
    assert Override.objects.count() == 2


def test_the_rules_find_what_is_wrong_in_it(head: Account) -> None:
    charter = Charter.objects.create(
        version=1,
        status=Charter.Status.PROPOSED,
        written_on=TODAY,
        proposed_on=TODAY,
        review_due=TODAY + timedelta(days=300),
    )
    charter.units.set(OrgUnit.objects.filter(name__in=("Digital", "Retail")))

    assert [each.subject for each in said(head, "RULE-13")] != []
    (late,) = said(head, "RULE-12")
    assert "has waited" in late.title
    (waived,) = said(head, "RULE-14")
    assert "You agreed" in waived.do
    (outside,) = said(head, "RULE-19")
    assert "Digital" in outside.title
    assert "Retail" not in outside.title
    assert said(head, "RULE-22") == []  # the last win was told eighteen days ago
