"""What is asked of the database for all leaders at once is what the records say one by one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from backing.leaders.advice.relationships import drift_since
from backing.leaders.advice.seen import REFUSED, leaders_seen
from backing.leaders.listed import last_met, leaders_last_met
from backing.leaders.models import (
    Assessment,
    Heard,
    InfluenceLink,
    Leader,
    Position,
    StanceAssessment,
    Touchpoint,
)
from backing.leaders.privacy import is_due, not_told
from backing.leaders.tests.conftest import leader_called
from backing.mandate.models import ChangeProposal
from backing.people.advising import Office
from backing.people.legitimate_interests import record_as_offered
from backing.people.models import AccessLog, Account, Person
from backing.people.models.sealed import Hidden
from backing.rhythm.standing import Standing

pytestmark = pytest.mark.django_db
OFFICE = Office({})
QUARTER = timedelta(days=90)


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture(params=[1, 2, 3])
def chance(request: pytest.FixtureRequest) -> random.Random:
    return random.Random(request.param)


@pytest.fixture
def leaders(ana: Account, today: date, chance: random.Random) -> list[Leader]:
    """Twelve leaders and four others, met at random for three years; of some something is sealed."""
    record_as_offered(by=ana, on=today)
    found = [leader_called(f"L{number:02}", owner=ana) for number in range(12)]
    for each in found[::2]:
        each.focus = True
        each.save()
    for each in found[::3]:
        each.person.privacy_notice_sent_at = today
        each.person.save()
    others = [Person.objects.create(full_name=f"P{number}") for number in range(4)]
    met = [*(each.person for each in found[:10]), *others]
    midnight = timezone.make_aware(datetime.combine(today, time()))
    for _ in range(80):
        ago = timedelta(days=chance.choice((10, 100, 200, 1000)) * chance.random())
        contact = Touchpoint.objects.create(
            at=midnight - ago,
            kind=chance.choice(Touchpoint.Kind.values),
            two_way=chance.random() < 0.6,
            by=ana,
        )
        contact.people.set(chance.sample(met, chance.choice((1, 1, 2, 3))))
        if chance.random() < 0.3:
            Heard.objects.create(
                touchpoint=contact, by=ana, noted_on=contact.at.date(), content=sealed()
            )
    change = ChangeProposal.objects.create(title="One intake", what_changes="x", why="y")
    for leader in chance.sample(found, 8):
        day = today - timedelta(days=chance.randrange(400))
        said = {"level": "neutral", "basis": "said_to_me", "evidence": ""}
        StanceAssessment.objects.create(
            leader=leader, assessed_on=day, assessed_by=ana, content=Hidden.sealing(said)
        )
        if chance.random() < 0.5:
            Assessment.objects.create(leader=leader, made_on=day, made_by=ana, content=sealed())
            InfluenceLink.objects.create(
                leader=leader, to=others[0], noted_on=day, noted_by=ana, content=sealed()
            )
            Position.objects.create(
                leader=leader,
                change=change,
                noted_on=day - timedelta(days=3),
                noted_by=ana,
                content=sealed(),
            )
    return found


def sealed() -> Hidden:
    return Hidden.sealing({"words": "They asked for the numbers."})


def talks_of(person: Person) -> list[Touchpoint]:
    return list(Touchpoint.objects.filter(people=person, two_way=True).order_by("at"))


def test_when_each_was_met_refused_and_briefed(
    ana: Account, today: date, leaders: list[Leader]
) -> None:
    seen = {
        each.leader: each for each in leaders_seen(ana, today, since=drift_since(OFFICE, today))
    }

    assert len(seen) == len(leaders)
    for leader in Leader.objects.all():
        talks, one = talks_of(leader.person), seen[leader.pk]
        last = talks[-1].at if talks else datetime.min.replace(tzinfo=UTC)
        contacts = Touchpoint.objects.filter(people=leader.person)
        since = max(last, timezone.now() - timedelta(days=365))
        assert one.met == (timezone.localdate(last) if talks else None)
        assert one.refused == contacts.filter(kind__in=REFUSED, at__gt=since).count()
        briefed = contacts.filter(kind=Touchpoint.Kind.BRIEFING).exists()
        assert one.briefed == (leader.focus and briefed)


@pytest.mark.parametrize("ago", [3, 70, 400])
def test_a_talk_that_has_yet_to_come_is_none(ana: Account, today: date, ago: int) -> None:
    finn = leader_called("Finn", owner=ana).person
    midnight = timezone.make_aware(datetime.combine(today, time()))
    last, to_come = (
        Touchpoint.objects.create(at=at, kind=Touchpoint.Kind.MEETING, by=ana)
        for at in (midnight - timedelta(days=ago), midnight + timedelta(days=1))
    )
    to_come.people.add(finn)
    assert last_met([finn.pk], today) == {}
    last.people.add(finn)

    assert last_met([finn.pk], today) == {finn.pk: last.at}
    assert leaders_last_met(ana, [finn.pk], today) == {finn.pk: last.at}
    assert Standing.of(ana, today=today, now=timezone.now()).now.spoken == (ago < QUARTER.days)


def test_with_how_many_both_sides_spoke_in_each_quarter(
    ana: Account, today: date, leaders: list[Leader]
) -> None:
    standing = Standing.of(ana, today=today, now=timezone.now())
    days = [{timezone.localdate(each.at) for each in talks_of(one.person)} for one in leaders]

    now = sum(any(today - QUARTER <= day <= today for day in each) for each in days)
    before = sum(any(today - 2 * QUARTER <= day < today - QUARTER for day in each) for each in days)
    assert (standing.now.spoken, standing.before.spoken) == (now, before)


def test_who_was_not_told_and_since_when(today: date, leaders: list[Leader]) -> None:
    def first_days(leader: Leader) -> Iterator[date]:
        yield from leader.stances.values_list("assessed_on", flat=True)
        yield from Assessment.objects.filter(leader=leader).values_list("made_on", flat=True)
        for model in (Position, InfluenceLink):
            yield from model.objects.filter(leader=leader).values_list("noted_on", flat=True)
        heard = Heard.objects.filter(touchpoint__people=leader.person)
        yield from heard.values_list("noted_on", flat=True)

    expected = {
        leader.person_id: min(days)
        for leader in Leader.objects.filter(person__privacy_notice_sent_at=None)
        if (days := list(first_days(leader)))
    }
    assert expected
    assert {each.person_id: each.since for each in not_told(OFFICE, today)} == expected


def test_notes_of_two_years_ago_are_due_and_without_them_nothing_is(
    today: date, leaders: list[Leader], chance: random.Random
) -> None:
    assert leaders
    limit = timezone.make_aware(datetime.combine(today - timedelta(days=729), time()))
    old = [each.pk for each in Heard.objects.filter(touchpoint__at__lt=limit)]

    assert is_due(OFFICE, today) == bool(old)
    Heard.objects.filter(pk__in=old).delete()
    assert not is_due(OFFICE, today)


def test_the_log_names_whom_the_opened_records_are_about(
    ana: Account, leaders: list[Leader]
) -> None:
    """Of each record its person; of a link both, and of what was heard all who were there."""
    assert leaders
    models: tuple[Any, ...] = (StanceAssessment, Assessment, Position, InfluenceLink, Heard)
    for model in models:
        records = model.objects.all()
        named = (records.order_by().values_list(way, flat=True) for way in model.whose)
        about = {person for people in named for person in people if person is not None}
        opened = records.open_sealed(viewer=ana, purpose="test", now=timezone.now())
        logged = AccessLog.objects.latest("pk")

        assert (logged.what, logged.count) == (model.__name__, len(opened))
        assert logged.about == sorted(about)
        assert opened
