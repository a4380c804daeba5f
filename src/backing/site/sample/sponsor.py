"""The invented company's sponsor in two years: through the actions that a user goes through."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from backing.demo import sponsor as told
from backing.leaders.models import Commitment
from backing.people import actions as people
from backing.people.models import Account, Organisation, OrgUnit
from backing.people.named import people_named, person_named
from backing.pushback.models import Pushback
from backing.rhythm.public import progress
from backing.scope.models import DataRequest
from backing.sponsor import actions, known
from backing.sponsor.models import (
    Override,
    SponsorAgreement,
    SponsorAssignment,
    SponsorUpdate,
    Win,
)


@transaction.atomic
def fill(*, now: datetime) -> None:
    """Fill in sponsor, wins and updates, once, when there is pushback that wins were found in."""
    if (
        not Organisation.ours().invented
        or SponsorAssignment.objects.exists()
        or not Pushback.objects.exists()
    ):
        return
    _Sponsored(today=timezone.localdate(now), head=people.head()).fill()


class _Sponsored:
    """Two years with one sponsor; only the days lie back."""

    def __init__(self, *, today: date, head: Account) -> None:
        self.today, self.head = today, head
        self.units = {unit.name: unit for unit in OrgUnit.objects.all()}
        self.measured = {each.measure.name: each for each in progress(head)}
        self.wins: dict[str, Win] = {}

    def fill(self) -> None:
        assignment = actions.assign(
            person_named(told.SPONSOR),
            origin=SponsorAssignment.Origin.ASSIGNED,
            since=self.day(told.SINCE),
            span=[self.units[name] for name in told.SPAN],
            deputy=person_named(told.DEPUTY),
            personal_success=told.SUCCESS,
        )
        for agreed in told.AGREEMENTS:
            self.agreed(assignment, agreed)
        for won in told.WINS:
            self.won(won)
        for update in told.UPDATES:
            self.told(assignment, update)
        for request, ago, reason in told.WAIVED:
            Override.objects.create(
                request=request, waived_by=assignment.person, on=self.day(ago), reason=reason
            )

    def day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def maybe_day(self, ago: int | None) -> date | None:
        return None if ago is None else self.day(ago)

    def moment(self, ago: int, hour: int) -> datetime:
        return timezone.make_aware(datetime.combine(self.day(ago), time(hour)))

    def agreed(self, assignment: SponsorAssignment, agreed: told.Agreed) -> None:
        SponsorAgreement.objects.create(
            assignment=assignment,
            cadence_days=agreed.every,
            channel=agreed.where,
            sponsor_will=list(agreed.sponsor_will),
            pmo_will=list(agreed.we_will),
            no_surprises=agreed.no_surprises,
            override_rule=agreed.overrides,
            agreed_on=self.day(agreed.ago),
        )

    def won(self, won: told.Won) -> None:
        before, after = won.before, won.after
        if won.measure and won.measure in self.measured:
            stood = self.measured[won.measure]
            before, after = stood.stood_at, stood.stands_at
        win = Win.objects.create(
            headline=won.headline,
            what_changed=won.what,
            before=before,
            after=after,
            for_whom=won.for_whom,
            evidence=won.evidence,
            happened_on=self.day(won.ago),
            quote=won.quote,
            quote_by=won.quote_by,
            quote_consent_on=self.maybe_day(won.consent),
            caveat=won.caveat,
            what_next=won.next,
            owner=person_named(won.owner),
            approved_by_owner_on=self.maybe_day(won.approved),
            message=won.message.format(before=before, after=after),
            source=self.source(*won.source) if won.source else "",
        )
        win.credit_units.set(self.units[name] for name in won.credit_units)
        win.credit_people.set(people_named(won.credit_people))
        self.wins[won.headline] = win
        if won.confirmed is not None:
            actions.confirm(win, on=self.day(won.confirmed))
        for passed in won.passed:
            made = actions.share(
                win,
                by=person_named(passed.by),
                to=passed.to,
                channel=passed.how,
                on=self.day(passed.ago),
            )
            made.reaction = passed.back
            made.save()

    def source(self, kind: str, words: str) -> str:
        """The record a win was found in, as it is named when it is taken up."""
        found = {
            "request": DataRequest.objects.filter(what=words),
            "pushback": Pushback.objects.filter(known_as=words),
            "promise": Commitment.objects.filter(what=words),
        }[kind].first()
        return f"{kind}-{found.pk}" if found else ""

    def told(self, assignment: SponsorAssignment, update: told.Update) -> None:
        asks = [
            actions.Asked(question=ask.question, suggested=ask.suggested, by=self.day(ask.by))
            for ask in update.asks
        ]
        kept = actions.write_update(
            SponsorUpdate(
                assignment=assignment,
                headline=update.headline,
                number=update.number or known.number(self.measured.values()),
                win=self.wins.get(update.win),
                bad=update.bad,
                next=update.next,
                made_on=self.day(update.ago),
            ),
            asks,
        )
        actions.send_update(kept, by=self.head, now=self.moment(update.ago, 9))
        if update.answered is not None:
            given = zip(kept.asks.all(), update.asks, strict=True)
            answers = {ask.pk: said.answer for ask, said in given}
            actions.answer_asks(kept, answers, now=self.moment(update.answered, 18))
