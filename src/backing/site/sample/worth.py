"""What the invented company's office costs and returns: through the actions that a user goes through."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from backing.benefits.models import BenefitProfile
from backing.demo import mandate
from backing.demo import worth as told
from backing.people import actions as people
from backing.people.access import Role
from backing.people.models import Account, Organisation
from backing.people.named import person_named
from backing.worth import actions
from backing.worth.models import BenefitValuation, CostItem, HourlyRate
from backing.worth.quarters import closed, year_begun


@transaction.atomic
def fill(*, now: datetime) -> None:
    """Fill in costs and valuations, once, when there are benefits to put into money."""
    if (
        not Organisation.ours().invented
        or CostItem.objects.exists()
        or not BenefitProfile.objects.exists()
    ):
        return
    _Worth(today=timezone.localdate(now), head=people.head()).fill()


class _Worth:
    """Costs since the office began, to the end of this fiscal year; only the days lie back."""

    def __init__(self, *, today: date, head: Account) -> None:
        self.today, self.head = today, head
        ours = Organisation.ours()
        self.starts, self.currency = ours.fiscal_year_starts, ours.currency

    def fill(self) -> None:
        began = year_begun(self.day(mandate.COMMISSIONED), starts=self.starts)
        while began <= self.today:
            following = began.replace(year=began.year + 1)
            self.spent(max(began, self.day(mandate.COMMISSIONED)), following - timedelta(days=1))
            began = following
        for hour in told.HOURS:
            self.hour(hour)
        finance = self.finance()
        for each in told.IN_MONEY:
            self.in_money(each, finance)

    def day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def finance(self) -> Account:
        """Somebody of finance with an account, to which nobody signs in."""
        person = person_named(told.FINANCE)
        found = Account.objects.filter(person=person).first()
        if found is None:
            found = Account(person=person, role=Role.FINANCE)
            found.set_unusable_password()
            found.save()
        return found

    def spent(self, first: date, last: date) -> None:
        """Of a year that was begun in the middle, the days that were left."""
        days = (last - first).days + 1
        for each in told.SPENT:
            CostItem.objects.create(
                what=each.what,
                kind=each.kind,
                first_day=first,
                last_day=last,
                amount_minor=each.pounds * 100 * min(days, 365) // 365,
                currency=self.currency,
                basis=each.basis,
                noted_on=min(last, self.today),
            )

    def hour(self, hour: told.Hour) -> None:
        HourlyRate.objects.create(
            role=hour.of,
            people=hour.people,
            rate_minor=hour.pounds * 100,
            currency=self.currency,
            source=told.SAID_BY,
            noted_on=self.day(200),
        )

    def in_money(self, each: told.InMoney, finance: Account) -> None:
        quarter = closed(self.today, starts=self.starts, back=each.quarter + 1)[each.quarter]
        low, likely, high = (pounds * 100 for pounds in each.pounds)
        valuation = BenefitValuation.objects.create(
            benefit=BenefitProfile.objects.get(title=each.benefit),
            kind=each.kind,
            first_day=quarter.first,
            last_day=quarter.last,
            low_minor=low,
            likely_minor=likely,
            high_minor=high,
            currency=self.currency,
            attribution_share=Decimal(each.share),
            attribution_reason=each.because,
            error_adjust=Decimal(each.error),
            basis=each.basis,
            noted_on=self.day(each.noted),
            noted_by=self.head,
        )
        if each.word:
            heard = timezone.make_aware(datetime.combine(self.day(each.heard), time(10)))
            actions.say(
                valuation,
                each.word,
                reason=each.reason,
                by=finance,
                now=heard,
                today=self.today,
            )
