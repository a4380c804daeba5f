"""What the invented company watches, aims at and claims: through the actions that a user goes through.

Only the days lie back.  The verdicts are the worker's own.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from backing.demo import SEED, measures
from backing.demo.measures import Aim, Claimed, Watched
from backing.evidence.measuring import Said, fix_baseline, keep_reading, read_the_record
from backing.evidence.models import Edition, Measure, MeasureReading
from backing.mandate.models import ChangeProposal
from backing.people import actions as people
from backing.people.models import Account, Organisation
from backing.people.named import person_named
from backing.rhythm import claims
from backing.rhythm.models import ImprovementTarget, PulseTicket, Report
from backing.rhythm.periods import last_month
from backing.rhythm.pulses import answer, open_pulse


@transaction.atomic
def fill(*, now: datetime) -> None:
    """Fill in measures, targets and claims, once; nothing in an office that is not invented."""
    if not Organisation.ours().invented or Measure.objects.exists():
        return
    _Kept(today=timezone.localdate(now), head=people.head()).fill(now)


class _Kept:
    """Three years of readings being written down by the head of the office."""

    def __init__(self, *, today: date, head: Account) -> None:
        self.today, self.head = today, head
        self.measures: dict[str, Measure] = {}

    def fill(self, now: datetime) -> None:
        for watched in measures.WATCHED:
            self.watch(watched)
        edition = Edition.objects.current()
        if edition is not None:
            read_the_record(edition, now=now)
        for aim in measures.AIMS:
            self.aim(aim)
        for claimed in measures.CLAIMS:
            self.claim(claimed)
        self.report()
        self.pulse()

    def day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def moment(self, ago: int) -> datetime:
        return timezone.make_aware(datetime.combine(self.day(ago), time(10)))

    def end_of_month(self, ago: int) -> date:
        """The last day of the month so many months ago."""
        months = self.today.year * 12 + self.today.month - ago  # counted from January of year 0
        return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)

    def watch(self, watched: Watched) -> None:
        measure = Measure.objects.create(
            name=watched.name,
            unit=watched.unit,
            direction=watched.direction,
            definition=watched.definition,
            source=watched.source,
            owner=person_named(watched.owner),
            decision_it_feeds=watched.feeds,
            refresh_days=watched.refresh_days,
            figure=watched.figure,
            plan=watched.plan,
        )
        self.measures[watched.name] = measure
        for months, value in watched.readings(SEED):
            self.reading(measure, self.end_of_month(months), value, watched.n)
        for ago, value, n in watched.given:
            self.reading(measure, self.day(ago), value, n)
        if watched.baseline is not None:
            first, last, fixed = watched.baseline
            period = (self.end_of_month(first), self.end_of_month(last), fixed)
            self.baseline(measure, *period, watched.because)
        elif watched.given_baseline is not None:
            first, last, fixed = watched.given_baseline
            self.baseline(measure, self.day(first), self.day(last), fixed, watched.because)

    def reading(self, measure: Measure, at: date, value: float, n: int | None) -> None:
        said = Said(at=at, value=Decimal(str(value)), n=n, source=measure.source)
        keep_reading(
            measure,
            said,
            origin=MeasureReading.Origin.ENTERED,
            by=self.head,
            now=timezone.make_aware(datetime.combine(at, time(17))),
        )

    def baseline(self, measure: Measure, first: date, last: date, fixed: int, because: str) -> None:
        fix_baseline(
            measure,
            first_day=first,
            last_day=min(last, self.day(fixed)),
            because=because,
            by=self.head,
            now=self.moment(fixed),
        )

    def aim(self, aim: Aim) -> None:
        measure = self.measures[aim.measure]
        target = ImprovementTarget(
            measure=measure,
            baseline=None if aim.labelled else measure.baseline,
            no_baseline_yet=aim.labelled,
            target=Decimal(str(aim.target)),
            start=self.day(aim.begins),
            due=self.day(aim.due),
            owner=person_named(aim.owner),
            set_on=self.day(aim.begins + 3),
        )
        target.full_clean()
        target.save()

    def claim(self, claimed: Claimed) -> None:
        made = claims.register(
            claims.Claim(
                measure=self.measures[claimed.measure],
                what_was_done=claimed.what,
                start=None if claimed.begins is None else self.day(claimed.begins),
                starts_by={unit: self.day(ago) for unit, ago in claimed.begins_by.items()},
                selection=claimed.chosen,
                least_effect=Decimal(str(claimed.least)),
                rival_causes=claimed.rivals,
                contribution=claimed.how,
                change=ChangeProposal.objects.filter(title=claimed.change).first(),
                day_worth_minor=claimed.day_worth and claimed.day_worth * 100,
                currency="GBP" if claimed.day_worth else "",
                day_worth_said_by=claimed.day_worth_said_by,
            ),
            by=self.head,
            now=self.moment(claimed.registered),
        )
        if claimed.agreed:
            claims.agree(made, owner=person_named(claimed.agreed), on=self.day(10))

    def report(self) -> None:
        first, last = last_month(self.today)
        Report.objects.create(
            first_day=first,
            last_day=last,
            explanations={str(self.measures[name].pk): why for name, why in measures.WHY.items()},
            stopped_asking=measures.STOPPED,
            next_steps=measures.NEXT,
            ask=measures.ASK,
        )

    def pulse(self) -> None:
        """Closed in the month that the report is about; of the leaders too few answered to be shown."""
        first, last = last_month(self.today)
        now = timezone.make_aware(datetime.combine(first + timedelta(days=10), time(10)))
        asked = {who: len(said) for who, said in measures.PULSE.items()}
        _, tickets = open_pulse(asked, closes=last - timedelta(days=5), by=self.head, now=now)
        for who, said in measures.PULSE.items():
            for token, given in zip(tickets[who], said, strict=True):
                ticket = PulseTicket.opened_by(token, now=now)
                if given is not None and ticket is not None:
                    knows, easier, to_stop, to_start = given
                    marks = {"knows": knows, "easier": easier}
                    answer(ticket, marks, to_stop=to_stop, to_start=to_start)
