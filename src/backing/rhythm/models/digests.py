"""Who asked to be told once a week, by mail to their own address, what is to do."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from backing.people.access import Confidentiality, GatedQuerySet
from backing.people.models import Account


class WeeklyDigestQuerySet(GatedQuerySet["WeeklyDigest"]):
    def of(self, account: Account) -> Self:
        return self.visible_to(account).filter(account=account)

    def due(self, on: date) -> Self:
        """Of this weekday, and not made today yet."""
        of_today = self.filter(weekday=on.weekday(), account__is_active=True)
        return of_today.exclude(made_on=on)


class WeeklyDigest(models.Model):
    """One account's wish.  made_on: the day of the last one."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, "Monday"
        TUESDAY = 1, "Tuesday"
        WEDNESDAY = 2, "Wednesday"
        THURSDAY = 3, "Thursday"
        FRIDAY = 4, "Friday"

    confidentiality: ClassVar = Confidentiality.PMO

    account = models.OneToOneField(
        "people.Account", on_delete=models.CASCADE, related_name="weekly_digest"
    )
    weekday = models.PositiveSmallIntegerField("on", choices=Weekday, default=Weekday.MONDAY)
    asked_on = models.DateField()
    made_on = models.DateField(null=True)

    objects = WeeklyDigestQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(weekday__lte=4), name="a_digest_comes_on_a_working_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}, on {self.get_weekday_display()}s"

    def take_the_day(self, on: date) -> bool:
        """The one turn there is today; False where it was taken."""
        mine = type(self).objects.filter(pk=self.pk).exclude(made_on=on)
        return mine.update(made_on=on) == 1
