"""What the office does with pushback: its rules, its answers, what goes to a manager (RULE-12, RULE-13)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from backing.leaders.actions.conversations import record_act
from backing.leaders.models import Leader
from backing.leaders.tests.conftest import MAY, leader_called
from backing.people.access import Confidentiality
from backing.people.advising import Advice, Office
from backing.people.models import Account, OrgUnit, Person
from backing.people.names import Names
from backing.people.tests.conftest import browser_of
from backing.pushback import actions, engaged, privacy, public, working_days
from backing.pushback.actions import Said
from backing.pushback.advice import THRESHOLDS, advice
from backing.pushback.models import Escalation, Pushback
from backing.pushback.papers import escalation_note

pytestmark = pytest.mark.django_db
NOON = timezone.make_aware(datetime(2026, 5, 11, 12))  # MAY, a Monday


def found(viewer: Account, rule: str, today: date = MAY) -> list[Advice]:
    return [each for each in advice(Office({}), viewer, today) if each.rule == rule]


def raised(
    about: str = "Intake form",
    *,
    days_ago: int = 0,
    unit: str = "",
    cause: str = "",
    text: str = "It asks twice.",
) -> Pushback:
    area = OrgUnit.objects.get_or_create(name=unit)[0] if unit else None
    said = Said(text=text, request=about, unit=area)
    made, _ = actions.raise_pushback(said, now=NOON - timedelta(days=days_ago))
    if cause:
        actions.code(made, cause)
    return made


def answered(
    pushback: Pushback, by: Account, kind: str = "accept_change", at: datetime = NOON
) -> None:
    changed = "" if kind == "decline" else "Asked once from June."
    actions.answer(pushback, kind=kind, text="So it is.", what_changes=changed, by=by, now=at)


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        (date(2026, 5, 11), 5, date(2026, 5, 18)),
        (date(2026, 5, 15), 1, date(2026, 5, 18)),
        (date(2026, 5, 16), 5, date(2026, 5, 22)),
        (date(2026, 5, 17), 1, date(2026, 5, 18)),
    ],
)
def test_working_days_leave_out_the_weekend(day: date, number: int, expected: date) -> None:
    assert working_days.after(day, number) == expected
    assert working_days.between(day, expected) == number


@pytest.mark.parametrize(
    ("days_ago", "fires", "drafted"),
    [(7, False, False), (8, True, False), (14, True, False), (15, True, True)],
)
def test_rule_12_late_after_five_working_days_and_drafted_after_ten(
    ana: Account, days_ago: int, fires: bool, drafted: bool
) -> None:
    raised(days_ago=days_ago)
    advised = found(ana, "RULE-12")

    assert bool(advised) is fires
    assert [each.href.endswith("/escalation/") for each in advised] == [drafted] * fires


def test_rule_12_is_quiet_once_it_is_answered_and_speaks_again_when_that_did_not_help(
    ana: Account,
) -> None:
    late = raised(days_ago=20)
    answered(late, ana)
    assert found(ana, "RULE-12") == []

    actions.say_of_the_answer(late, "not_resolved", words="", now=NOON)
    assert found(ana, "RULE-12") == []
    (one,) = found(ana, "RULE-12", MAY + timedelta(days=8))
    assert "last answer did not deal with it" in one.because[1]


def test_rule_12_is_quiet_while_a_manager_has_it_in_time(ana: Account, finn: Leader) -> None:
    late = raised(days_ago=20)
    escalated(late, finn, ana)
    assert found(ana, "RULE-12") == []
    assert len(found(ana, "RULE-12", MAY + timedelta(days=8))) == 1


def escalated(about: Pushback, to: Leader, by: Account) -> Escalation:
    return actions.escalate(
        about,
        to=to.person,
        level=3,
        facts="The form asks twice for the budget.",
        effect="Forty hours a month.",
        tried="A shorter guide.",
        options=["Drop the second question", "Leave it as it is"],
        recommendation="Drop it",
        by=MAY + timedelta(days=7),
        on=MAY,
        raised_by=by,
    )


def test_rule_13_three_who_say_the_same_are_one_fault(ana: Account) -> None:
    for unit in ("Retail", "Finance"):
        raised(unit=unit)
    assert found(ana, "RULE-13") == []

    raised(unit="Logistics")
    (one,) = found(ana, "RULE-13")
    assert one.title == "3 people in 3 units say the same about “Intake form”."
    assert one.confidentiality == Confidentiality.PMO


def test_rule_13_one_cause_behind_different_subjects(ana: Account) -> None:
    for about in ("Intake form", "Status report", "Stage check"):
        raised(about, cause="lack_of_time")
    assert [each.subject for each in found(ana, "RULE-13")] == ["cause-lack_of_time"]


def test_rule_13_forgets_after_sixty_days_and_is_quiet_when_it_is_mended(ana: Account) -> None:
    three = [raised(days_ago=days) for days in (61, 1, 2)]
    assert found(ana, "RULE-13") == []
    three.append(raised())
    assert len(found(ana, "RULE-13")) == 1
    assert found(ana, "RULE-13", MAY + timedelta(days=59)) == []
    assert len(found(ana, "RULE-13", MAY + timedelta(days=58))) == 1

    for each in three:
        answered(each, ana)
    assert found(ana, "RULE-13") == []
    actions.say_of_the_answer(three[1], "not_resolved", words="", now=NOON)
    assert len(found(ana, "RULE-13")) == 1


def test_nobody_else_is_advised_and_every_threshold_says_why(
    ana: Account, eve: Account, sue: Account
) -> None:
    raised(days_ago=30)
    assert [*advice(Office({}), eve, MAY), *advice(Office({}), sue, MAY)] == []
    assert all(each.why.endswith(".") for each in THRESHOLDS)
    assert len({each.key for each in THRESHOLDS}) == len(THRESHOLDS)


def test_s12_c_only_managers_on_the_list_can_be_asked_and_the_engaged_come_first(
    ana: Account, finn: Leader
) -> None:
    olga = leader_called("Olga", owner=ana)
    record_act(olga, what="spoke up", on=MAY - timedelta(days=3))

    assert [(each.name, each.is_engaged) for each in engaged.managers(ana, today=MAY)] == [
        ("Olga", True),
        ("Finn", False),
    ]


def test_s12_c_an_escalation_has_options_a_day_and_an_outcome(ana: Account, finn: Leader) -> None:
    about = raised()
    browser = browser_of(ana)
    day = (timezone.localdate() + timedelta(days=9)).isoformat()
    given = {
        "to": finn.person_id,
        "level": 3,
        "facts": "It asks twice.",
        "effect": "Forty hours.",
        "options": "Drop it",
        "recommendation": "Drop it",
        "by": day,
    }
    answer = browser.post(f"/pushback/{about.pk}/escalation/", given)
    assert answer.status_code == 422
    assert "two or three options" in answer.content.decode()

    browser.post(f"/pushback/{about.pk}/escalation/", given | {"options": "Drop it\nLeave it"})
    made = Escalation.objects.get()
    assert browser.get(f"/pushback/escalations/{made.pk}/").status_code == 200
    browser.post(f"/pushback/escalations/{made.pk}/outcome/", {"outcome": "Drop it by June."})
    made.refresh_from_db()
    assert made.outcome == "Drop it by June."
    assert made.decided_on == timezone.localdate()


def test_d10_is_one_page_with_the_raisers_words_and_the_recommendation(
    ana: Account, finn: Leader
) -> None:
    import io

    import pikepdf

    from boardpaper.render import html, pdf

    said = Said(text="We type the budget three times.", request="Intake form", known_as="Pam Ito")
    one, _ = actions.raise_pushback(said, now=NOON)
    made = escalated(one, finn, ana)
    document = escalation_note(made, now=NOON)
    with pikepdf.open(io.BytesIO(pdf.render(document))) as paper:
        assert len(paper.pages) == 1
    page = html.render(document).decode()
    for words in (
        "three times",
        "Drop the second question",
        "Forty hours",
    ):
        assert words in page
    assert "Pam Ito" not in page


def test_the_database_refuses_a_name_on_what_is_in_confidence(ana: Account) -> None:
    one = raised()
    one.in_confidence, one.known_as = True, "Pam"
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save()


def test_a_member_answers_and_others_may_not(ana: Account, ben: Account, eve: Account) -> None:
    one = raised()
    given = {"kind": "partly", "text": "Half of it.", "what_changes": "Asked once."}
    assert browser_of(eve).post(f"/pushback/{one.pk}/answer/", given).status_code == 404
    assert browser_of(ben).post(f"/pushback/{one.pk}/answer/", given).status_code == 302
    assert [each.changed for each in public.objections(ben)] == ["Asked once."]
    without = browser_of(ben).post(f"/pushback/{one.pk}/answer/", given | {"what_changes": ""})
    assert without.status_code == 422


def test_what_was_dealt_with_by_a_change_can_become_a_win(ana: Account) -> None:
    mended, declined = raised(), raised("Status report")
    answered(mended, ana)
    answered(declined, ana, "decline")
    for each in (mended, declined):
        actions.say_of_the_answer(each, "resolved", words="", now=NOON)

    assert [each.pk for each in public.dealt_with(ana)] == [mended.pk]
    told = public.tally(ana, first=MAY, last=MAY)
    assert (told.received, told.answered, told.changed, told.waiting) == (2, 2, 1, 0)


def test_3_12_what_they_raised_is_shown_to_them_and_stays_without_them_when_they_are_erased(
    ana: Account,
) -> None:
    pam = Person.objects.create(full_name="Pam Ito")
    said = Said(text="Ask Pam Ito, it takes hours.", request="Status report", raised_by=pam)
    actions.raise_pushback(said, now=NOON)
    raised_section, _ = privacy.export_of(pam, ana, NOON)
    assert raised_section.entries[0].says[1] == ("your words", "Ask Pam Ito, it takes hours.")

    assert privacy.erase(pam, Names.of(pam)) == {"objections": 1}
    one = Pushback.objects.get()
    assert (one.raised_by, one.text) == (None, "Ask Someone who left, it takes hours.")
    assert not Pushback.history.filter(text__contains="Pam").exists()
