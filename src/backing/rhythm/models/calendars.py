"""The secret address under which somebody's own calendar program fetches what is due."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar, Final, Self

from django.db import models, transaction
from django.db.models import Q

from backing.people.access import Confidentiality, GatedQuerySet
from backing.people.models import Account, BearerLink

LASTS: Final = timedelta(days=366)


class CalendarLinkQuerySet(GatedQuerySet["CalendarLink"]):
    def of(self, account: Account) -> Self:
        """An account's own.  Nobody else's business, the head's neither."""
        return self.visible_to(account).filter(made_by=account)

    def own_to(self, viewer: Account) -> Self:
        return self.filter(made_by=viewer)

    def opening(self, *, now: datetime) -> Self:
        return self.filter(withdrawn_at=None, expires_at__gt=now)


class CalendarLink(BearerLink):
    """Shows whoever bears it the dates of the account that made it.  Of each account at most one opens."""

    PURPOSE: ClassVar = "rhythm.calendar"
    confidentiality: ClassVar = Confidentiality.MGMT

    last_read_at = models.DateTimeField(null=True)

    objects = CalendarLinkQuerySet.as_manager()

    class Meta(BearerLink.Meta):
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            *BearerLink.Meta.constraints,
            models.UniqueConstraint(
                fields=["made_by"],
                condition=Q(withdrawn_at=None),
                name="one_calendar_of_an_account_opens",
            ),
        ]

    def __str__(self) -> str:
        return f"Calendar {self.pk}"

    @classmethod
    @transaction.atomic
    def subscribe(cls, account: Account, *, now: datetime) -> str:
        """A new address: what it must carry.  The one before opens no more."""
        cls.objects.filter(made_by=account, withdrawn_at=None).update(withdrawn_at=now)
        _, token = cls.make(by=account, now=now, lasts=LASTS)
        return token

    def was_read(self, *, now: datetime) -> None:
        """Remember it by the hour: a calendar program that asks each minute makes no row each minute."""
        if self.last_read_at is None or now - self.last_read_at >= timedelta(hours=1):
            type(self).objects.filter(pk=self.pk).update(last_read_at=now)
