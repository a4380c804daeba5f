"""Where we stand, in counts from which nobody's own position can be read (S01, S04, 3.11)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from backing.leaders.levels import Level
from backing.leaders.models import Commitment, Leader, SupportAct, Touchpoint
from backing.people.models import Account
from backing.people.models.sealed import AccessLog
from backing.rhythm.standing import FIVE_OR_MORE, Standing, few_in_words, told
from backing.rhythm.tests.conftest import leader, stands

pytestmark = pytest.mark.django_db


def standing(viewer: Account, today: date) -> Standing:
    return Standing.of(viewer, today=today, now=timezone.now())


@pytest.mark.parametrize(
    ("count", "words"), [(0, "none"), (1, "a few"), (4, "a few"), (5, "five"), (21, "21")]
)
def test_a_count_of_leaders_under_five_is_a_few(count: int, words: str) -> None:
    assert few_in_words(count) == words


def test_levels_under_five_are_not_counted() -> None:
    counts = {Level.SUPPORTIVE: 7, Level.NEUTRAL: 4, Level.RESISTANT: 2}
    assert told(counts) == ((Level.SUPPORTIVE, "seven"),)


def test_what_would_give_a_small_group_away_is_withheld_too() -> None:
    counts = {Level.SUPPORTIVE: 9, Level.NEUTRAL: 6, Level.RESISTANT: 1}
    assert told(counts) == ((Level.NEUTRAL, FIVE_OR_MORE), (Level.SUPPORTIVE, "nine"))


def test_that_all_stand_at_one_level_is_not_told() -> None:
    assert told({Level.RESISTANT: 9}) == ((Level.RESISTANT, FIVE_OR_MORE),)


def test_s01_unknown_is_counted_as_unknown_and_never_as_neutral(ana: Account, today: date) -> None:
    leaders = [leader(number, ana, today) for number in range(9)]
    stands(leaders[0], "neutral", today)
    stands(leaders[1], "unknown", today)

    found = standing(ana, today)
    assert (found.leaders, found.unknown, found.levels) == (9, 8, ())


def test_s04_evidence_older_than_ninety_days_counts_as_unknown(ana: Account, today: date) -> None:
    for number, days in enumerate((90, 90, 90, 90, 90, 91)):
        stands(leader(number, ana, today), "supportive", today - timedelta(days=days))

    found = standing(ana, today)
    assert found.unknown == 1
    assert found.levels == ((Level.SUPPORTIVE, FIVE_OR_MORE),)


def test_the_latest_assessment_of_a_leader_holds(ana: Account, today: date) -> None:
    for number in range(6):
        one = leader(number, ana, today)
        stands(one, "supportive", today - timedelta(days=30))
        stands(one, "neutral", today)

    assert [level for level, _ in standing(ana, today).levels] == [Level.NEUTRAL]


def test_each_quarter_counts_what_happened_in_it_and_each_leader_once(
    ana: Account, today: date
) -> None:
    acted, spoken = leader(1, ana, today), leader(2, ana, today)
    for days in (1, 2, 90, 91, 180, 181):
        SupportAct.objects.create(
            leader=acted, what="Lent two people", on=today - timedelta(days=days)
        )
    for days in (3, 4, 100):
        talk(spoken, ana, today - timedelta(days=days))
    talk(spoken, ana, today - timedelta(days=5), two_way=False)

    found = standing(ana, today)
    assert (found.now.acted, found.before.acted) == (1, 1)
    assert (found.now.spoken, found.before.spoken) == (1, 1)


def test_s27_promises_are_counted_once_they_are_due_and_as_kept_only_on_the_day(
    ana: Account, today: date
) -> None:
    to = leader(1, ana, today).person
    day = today - timedelta(days=10)
    for kept_on in (day, day - timedelta(days=1), day + timedelta(days=1), None):
        Commitment.objects.create(
            promised_by=ana.person,
            promised_to=to,
            what="The numbers",
            due=day,
            kept_on=kept_on,
            status="kept" if kept_on else "open",
        )
    Commitment.objects.create(promised_by=ana.person, promised_to=to, what="Later", due=today)

    found = standing(ana, today)
    assert (found.now.kept, found.now.due) == (2, 4)


def test_a_member_is_told_the_levels_of_those_they_look_after_alone(
    ana: Account, ben: Account, today: date
) -> None:
    for number in range(6):
        stands(leader(number, ana, today), "resistant", today)

    found = standing(ben, today)
    assert (found.leaders, found.levels, found.only_own) == (6, (), True)


def test_each_look_is_logged_with_how_many_were_opened(ana: Account, today: date) -> None:
    stands(leader(1, ana, today), "resistant", today)
    standing(ana, today)

    (log,) = AccessLog.objects.all()
    assert (log.who, log.what, log.count, log.purpose) == (ana, "StanceAssessment", 1, "home")


def test_without_the_key_the_rest_is_told(ana: Account, today: date) -> None:
    one = leader(1, ana, today)
    stands(one, "resistant", today)
    settings.BACKING_KEY_FILE.unlink()

    found = standing(ana, today)
    assert (found.leaders, found.levels) == (1, ())
    assert "recovery phrase" in found.closed


def talk(leader: Leader, by: Account, day: date, *, two_way: bool = True) -> None:
    at = timezone.make_aware(datetime.combine(day, time(9)))
    made = Touchpoint.objects.create(at=at, kind="meeting", two_way=two_way, by=by)
    made.people.add(leader.person)
