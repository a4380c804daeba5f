"""The scope of the invented company: through the actions that a user goes through; only the days lie back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from backing.demo import scope as told
from backing.people import actions as people
from backing.people.models import Account, Organisation, OrgUnit, Person
from backing.people.named import person_named
from backing.scope import actions, matrix
from backing.scope.models import (
    Activity,
    DataRequest,
    HandOver,
    OverlapTalk,
    RaciAssignment,
    ScopeItem,
    Service,
    Side,
)


@transaction.atomic
def fill(*, now: datetime) -> None:
    """Fill in the scope, once; nothing in an office that is not invented."""
    if not Organisation.ours().invented or Activity.objects.exists():
        return
    _Scope(today=timezone.localdate(now), head=people.head()).fill()


class _Scope:
    """What the office does being written down by its head."""

    def __init__(self, *, today: date, head: Account) -> None:
        self.today, self.head = today, head
        self.units = {unit.name: unit for unit in OrgUnit.objects.all()}
        self.activities: dict[str, Activity] = {}

    def fill(self) -> None:
        self.neighbours()
        for doing in told.DOES:
            self.does(doing)
        self.aims()
        for place, sentence in enumerate(told.SAYS):
            self.says(sentence, place)
        for offer in told.OFFERS:
            self.offers(offer)
        for part in told.PARTS:
            self.part(part)
        for going in told.HAND_OVERS:
            self.hand_over(going)
        for wanted in told.ASKS:
            self.asks(wanted)
        self.spoken()

    def day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def maybe_day(self, ago: int | None) -> date | None:
        return None if ago is None else self.day(ago)

    def neighbours(self) -> None:
        office = OrgUnit.objects.create(
            name=told.OFFICE, kind=OrgUnit.Kind.TEAM, head=self.head.person
        )
        actions.say_which_unit_we_are(office)
        self.units[office.name] = office
        for name, above, head in told.NEIGHBOURS:
            self.units[name] = OrgUnit.objects.create(
                name=name, parent=self.units.get(above), head=person_named(head)
            )

    def does(self, doing: told.Doing) -> None:
        self.activities[doing.name] = Activity.objects.create(
            name=doing.name,
            org_unit=self.units[doing.unit],
            code=doing.code,
            purpose=doing.purpose,
            required_by=doing.required_by,
            hours_per_month=doing.hours,
            status=doing.status,
            begins=self.maybe_day(doing.begins),
            noted_on=self.day(doing.noted),
        )

    def aims(self) -> None:
        """Each cause with all activities that are aimed at it."""
        how: dict[str, dict[Activity, str]] = {}
        for doing in told.DOES:
            for cause, words in doing.causes:
                how.setdefault(cause, {})[self.activities[doing.name]] = words
        for cause, activities in how.items():
            matrix.aim(cause, activities, on=self.day(60))

    def says(self, sentence: told.Sentence, place: int) -> None:
        item = ScopeItem.objects.create(
            kind=sentence.kind,
            statement=sentence.statement,
            reason=sentence.reason,
            instead=self.units.get(sentence.instead),
            nobody_instead=sentence.kind == ScopeItem.Kind.WONT and not sentence.instead,
            from_on=self.maybe_day(sentence.begins),
            position=place,
        )
        item.activities.set(self.activities[name] for name in sentence.activities)

    def offers(self, offer: told.Offer) -> None:
        Service.objects.create(
            activity=self.activities[offer.activity],
            name=offer.name,
            for_whom=offer.for_whom,
            pain_addressed=offer.spares,
            benefit=offer.gain,
            how_to_request=offer.how,
            inputs_needed=offer.needs,
            service_level=offer.level,
        )

    def part(self, part: told.Part) -> None:
        unit = self.units.get(part.party)
        actions.give_part(
            RaciAssignment(
                activity=self.activities[part.activity],
                unit=unit,
                person=None if unit else Person.objects.get(full_name=part.party),
                role=part.role,
                begins=self.day(part.begins),
                until=self.maybe_day(part.until),
            )
        )

    def hand_over(self, going: told.Going) -> None:
        giver, receiver = self.units[going.giver], self.units[going.receiver]
        made = actions.begin_hand_over(
            HandOver(
                activity=self.activities[going.activity],
                giver=giver,
                receiver=receiver,
                giving_ends=self.day(going.giving_ends),
                taking_starts=self.day(going.taking_starts),
                parallel_until=self.maybe_day(going.parallel_until),
                giver_accepted_on=self.maybe_day(going.giver_accepted),
                giver_accepted_by=giver.head if going.giver_accepted is not None else None,
                receiver_accepted_on=self.maybe_day(going.receiver_accepted),
                receiver_accepted_by=receiver.head if going.receiver_accepted is not None else None,
            )
        )
        on = self.day(going.giver_accepted or 0)
        for side, names in ((Side.GIVER, going.done), (Side.RECEIVER, going.accepted)):
            actions.tick(made, side=side, items=made.items.filter(item__in=names), on=on)

    def asks(self, wanted: told.Wanted) -> None:
        DataRequest.objects.create(
            what=wanted.what,
            to_role=wanted.of,
            minutes_each=wanted.minutes,
            frequency=wanted.frequency,
            decision_it_feeds=wanted.feeds,
            used_by=wanted.used_by,
            gives_back=wanted.gives_back,
            begins=self.day(wanted.since),
            last_used_on=self.maybe_day(wanted.used),
            retire_on=self.maybe_day(wanted.retired),
        )

    def spoken(self) -> None:
        for ours, theirs, ago, outcome, agreed in told.SPOKEN:
            other = self.activities[theirs]
            actions.note_talk(
                one=self.activities[ours],
                other=other,
                unit=None,
                by=self.head,
                spoken_on=self.day(ago),
                spoken_with=other.org_unit.head,
                outcome=OverlapTalk.Outcome(outcome),
                agreed=agreed,
            )
