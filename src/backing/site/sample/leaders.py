"""The leaders of the invented company, with two years of what passed between them and the office.

What can be done by a user is done here as by a user, through the same actions; only the days lie back.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils import timezone

from backing.demo import SEED, mandate
from backing.demo.contacts import contacts
from backing.demo.leaders import BEFORE, CHIEF, LEADERS, STAGE, Promised
from backing.demo.leaders import Leader as Story
from backing.leaders.actions import asks, listing, opinions, promises
from backing.leaders.actions.conversations import capture, record_act
from backing.leaders.models import Ask, Expectation, Interest, Leader, Touchpoint
from backing.mandate.actions import (
    answer_correction,
    correct_impact,
    decide,
    heads_to_ask,
    tell_origin,
    touch,
)
from backing.mandate.models import ChangeProposal, Expected, Impact, MandateDecision
from backing.people import actions as people
from backing.people import legitimate_interests
from backing.people.models import Account, Organisation, OrgUnit, Person

Kind = Touchpoint.Kind
_ASSESSED: Final = 90  # days ago, of whoever was met before


@transaction.atomic
def fill(*, now: datetime) -> None:
    """Fill in leaders and mandate, once; nothing in an office that is not invented."""
    if not Organisation.ours().invented or Leader.objects.exists():
        return
    _Years(today=timezone.localdate(now), head=people.head()).fill()


class _Years:
    """Two years being written down by the head of the office."""

    def __init__(self, *, today: date, head: Account) -> None:
        self.today, self.head = today, head
        self.people: dict[str, Person] = {}
        self.changes: dict[str, ChangeProposal] = {}
        self.units = {unit.name: unit for unit in OrgUnit.objects.all()}

    def fill(self) -> None:
        legitimate_interests.record_as_offered(by=self.head, on=self.day(mandate.COMMISSIONED))
        stories = (*LEADERS, BEFORE)
        listed = {story.name: self.listed(story) for story in stories}
        self.origin()
        for expected in mandate.EXPECTATIONS:
            self.expected(expected)
        for change in mandate.CHANGES:
            self.change(change)
        for correction in mandate.CORRECTIONS:
            self.corrected(correction)
        for decision in mandate.DECISIONS:
            self.decision(decision)
        for story in stories:
            self.years_of(story, listed[story.name])
        self.ask()
        listing.take_off_the_list(listed[BEFORE.name], on=self.day(40))

    def day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def moment(self, ago: int, hour: int = 10) -> datetime:
        return timezone.make_aware(datetime.combine(self.day(ago), time(hour)))

    def listed(self, story: Story) -> Leader:
        """Put them on the list, as head of their unit where they are."""
        gone = story is BEFORE
        person = Person.objects.create(
            full_name=story.name,
            job_title=story.post,
            org_unit=self.units[story.unit],
            in_post_from=self.day(story.in_post_for),
            in_post_to=self.day(40) if gone else None,
            successor=self.people["Rafe Dunmore"] if gone else None,
            privacy_notice_sent_at=self.day(story.told) if story.told is not None else None,
        )
        self.people[story.name] = person
        unit = self.units[story.unit]
        if unit.head is None and not gone:  # whoever is told of first
            unit.head = person
            unit.save()
        since = story.met.since if story.met else 30
        leader = listing.put_on_the_list(person, owner=self.head, on=self.day(since))
        if story.focus and not gone and story.met is not None:
            listing.bring_into_focus(leader)
        return leader

    def origin(self) -> None:
        tell_origin(
            commissioned_by=[self.people[CHIEF]],
            on=self.day(mandate.COMMISSIONED),
            in_their_words=mandate.WORDS,
            problem=mandate.PROBLEM,
            expected_results=mandate.EXPECTED,
            budget_minor=mandate.BUDGET * 100,
            currency=Organisation.ours().currency,
            review_due=self.day(mandate.REVIEW),
            source=mandate.SOURCE,
        )

    def expected(self, told: mandate.Expected) -> None:
        Expected.objects.create(
            statement=told.statement,
            said_by=self.people[told.said_by],
            on=self.day(mandate.COMMISSIONED),
            outcome=told.outcome,
            shows=told.shows,
            judged_on=None if told.judged is None else self.day(told.judged),
        )

    def change(self, told: mandate.Change) -> None:
        change = ChangeProposal.objects.create(
            title=told.title,
            what_changes=told.what,
            why=told.why,
            causes=list(told.causes),
            start=self.day(told.begins),
            status=told.status,
        )
        self.changes[told.title] = change
        for unit in told.units:
            self.touched(change, unit)
        change.required.set(heads_to_ask(change))

    def touched(self, change: ChangeProposal, told: mandate.Unit) -> None:
        unit = self.units[told.name]
        once, monthly = told.hours or (None, None)
        touch(
            change,
            unit,
            degree=told.degree,
            stops=told.stops,
            hours_once=None if once is None else Decimal(once),
            hours_a_month=None if monthly is None else Decimal(monthly),
            begins=None if told.begins is None else self.day(told.begins),
        )
        if told.promised and unit.head is not None:
            promises.promise(
                by=self.head.person,
                to=unit.head,
                what=told.promised,
                due=self.day(told.due),
                change=change,
            )

    def corrected(self, told: mandate.Correction) -> None:
        impact = Impact.objects.get(
            change=self.changes[told.change], org_unit=self.units[told.unit]
        )
        assert impact.org_unit.head is not None
        once, monthly = told.hours or (None, None)
        correction = correct_impact(
            impact,
            said_by=impact.org_unit.head,
            words=told.words,
            now=self.moment(told.ago),
            answer_due=self.day(told.ago - 7),
            once=f"demo {told.change} {told.unit}",
            hours_once=None if once is None else Decimal(once),
            hours_a_month=None if monthly is None else Decimal(monthly),
        )
        if told.answer:
            answer_correction(
                correction,
                taken=told.taken,
                answer=told.answer,
                by=self.head,
                now=self.moment(told.answered),
            )

    def decision(self, told: mandate.Decision) -> None:
        decision = MandateDecision.objects.create(
            kind=told.kind,
            question=told.question,
            options=list(told.options),
            recommendation=told.recommendation,
            if_not_decided=told.otherwise,
            change=self.changes.get(told.change),
            needed_by=self.day(told.needed),
        )
        decision.deciders.set(self.people[name] for name in told.deciders)
        if told.decided is not None:
            decide(
                decision,
                outcome=told.outcome,
                on=self.day(told.decided),
                conditions=told.conditions,
                review_on=None,
            )
        for name, ago in told.heard:
            capture(
                [self.people[name]],
                kind=Kind.ONE_TO_ONE,
                at=self.moment(ago, 15),
                by=self.head,
                decision=decision,
            )

    def years_of(self, story: Story, leader: Leader) -> None:
        """Everything that passed between one leader and the office."""
        for contact in contacts(story, SEED):
            capture(
                [leader.person],
                kind=Kind(contact.kind),
                at=self.moment(contact.ago),
                by=self.head,
                words=contact.heard,
                answered=contact.kind == Kind.BRIEFING,
            )
        self.what_they_want(story, leader)
        self.what_we_make_of_them(story, leader)
        for ago, what in story.acts:
            record_act(leader, what=what, on=self.day(ago))
        for promised in story.promises:
            self.promise(promised, leader)

    def what_they_want(self, story: Story, leader: Leader) -> None:
        since = self.day(story.met.last if story.met else 0)
        for statement in story.cares:
            Interest.objects.create(
                leader=leader,
                statement=statement.strip("“”"),
                source=Interest.Source.TOLD_US,
                noted_on=since,
            )
        if story.expects:
            Expectation.objects.create(
                leader=leader, benefit_expected=story.expects, in_charter=story.in_charter
            )

    def what_we_make_of_them(self, story: Story, leader: Leader) -> None:
        if story.influence:
            opinions.assess(
                leader,
                on=self.day(min(_ASSESSED, story.met.since) if story.met else 20),
                by=self.head,
                influence=story.influence,
                interest=story.interest or None,
                budget_authority=story.budget,
                can_help=story.can_help,
                can_block=story.can_block,
                desired_level=story.wanted,
                cadence_days=story.cadence,
                channel="in_person",
            )
        for stood in story.stood:
            opinions.assess_stance(
                leader,
                level=stood.level,
                basis=stood.basis,
                evidence=stood.evidence,
                on=self.day(stood.ago),
                by=self.head,
            )
        for stand in story.changes:
            change, on = self.changes[stand.change], self.day(stand.ago)
            opinions.note_position(
                leader,
                change,
                value=stand.value,
                basis="said_to_me" if "“" in stand.evidence else "observed_act",
                evidence=stand.evidence,
                condition=stand.condition,
                on=on,
                by=self.head,
            )
            if stand.aloud:
                opinions.state_position(
                    leader,
                    change,
                    value=stand.value,
                    words=stand.evidence.strip("“”"),
                    condition=stand.condition,
                    on=on,
                )
        for name, strength, basis in story.listens:
            opinions.note_listening(
                leader,
                self.people[name],
                strength=strength,
                basis=basis,
                on=self.day(_ASSESSED),
                by=self.head,
            )

    def promise(self, told: Promised, leader: Leader) -> None:
        us, them = self.head.person, leader.person
        made = promises.promise(
            by=us if told.by_us else them,
            to=them if told.by_us else us,
            what=told.what,
            due=self.day(told.due),
        )
        if told.broken:
            promises.break_off(made)
        elif told.kept is not None:
            promises.keep(made, on=self.day(told.kept))

    def ask(self) -> None:
        """One ask that waits for its answer, and one that is a draft."""
        sent = Ask.objects.create(
            of=self.people["Ines Calloway"],
            what="Confirm two finished pieces of work, row by row",
            why="So that what past work cost is beyond doubt; you get the list for your own teams",
            by=self.day(-5),
            effort_minutes=30,
        )
        asks.send(sent, on=self.day(40))
        Ask.objects.create(
            of=self.people["Godfrey Thorne"],
            what="Say in the executive committee what the stage check found",
            why="For the decision on Retail and Digital",
            by=self.day(-20),
            effort_minutes=5,
            change=self.changes[STAGE],
        )
