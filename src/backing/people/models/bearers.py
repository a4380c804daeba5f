"""Links that let whoever bears them do one thing, without an account.

What a link carries is `<row>.<secret>` and a signature under the name of its kind, so a link of one kind
opens nothing of another.  The database holds the secret's digest, never the link.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.core import signing
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import constant_time_compare

from backing.people.models.accounts import Account


class BearerLink(models.Model):
    """Opens until a day, or until it is withdrawn.  PURPOSE: its app, and the one thing it is for."""

    PURPOSE: ClassVar[str]

    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")),
                name="%(app_label)s_%(class)s_opens_before_it_expires",
            ),
        ]

    @classmethod
    def make(
        cls, *, by: Account | None, now: datetime, lasts: timedelta, secret: str = "", **about: Any
    ) -> tuple[Self, str]:
        """A new link, and what it must carry, which is to be had only now.

        secret: given where the same request must make the same link again.
        """
        secret = secret or secrets.token_urlsafe(24)
        made = cls._default_manager.create(
            digest=_digest(secret), made_by=by, made_at=now, expires_at=now + lasts, **about
        )
        return made, made.carrying(secret)

    @classmethod
    def bearing(cls, secret: str) -> Self | None:
        """The link that was made with this secret, open or not, if there is one."""
        return cls._default_manager.filter(digest=_digest(secret)).first()

    def carrying(self, secret: str) -> str:
        return self._signer().sign(f"{self.pk}.{secret}")

    @classmethod
    def is_signed(cls, token: str) -> bool:
        """Whether it bears our signature at all: a guess does not, and needs no look at the database."""
        try:
            cls._signer().unsign(token)
        except signing.BadSignature:
            return False
        return True

    @classmethod
    def opened_by(cls, token: str, *, now: datetime) -> Self | None:
        """The link that carries this and still opens, if there is one."""
        try:
            pk, secret = cls._signer().unsign(token).split(".", 1)
            found = cls._default_manager.filter(pk=int(pk)).first()
        except (signing.BadSignature, ValueError):
            return None
        if found is None or not constant_time_compare(found.digest, _digest(secret)):
            return None
        return found if found.withdrawn_at is None and found.expires_at > now else None

    def withdraw(self, *, now: datetime) -> None:
        if self.withdrawn_at is None:
            self.withdrawn_at = now
            self.save(update_fields=["withdrawn_at"])

    @classmethod
    def _signer(cls) -> signing.Signer:
        return signing.Signer(salt=cls.PURPOSE)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
