"""Accounts, and the links that let a person in once.

On first run nobody has a password: `backing serve` prints a link that opens the office once, on this
machine.  Whoever is invited later gets such a link too, and sets a password with it.  The database holds
a digest of what the link carries, never the link.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core import signing
from django.db import models, transaction
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q

from backing.people.access import OFFICE, Role
from backing.people.models.authenticators import Authenticator
from backing.people.models.organisation import Organisation

LINKS = signing.Signer(salt="people.entry")


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email=(username or "").strip().lower())

    def with_password(self) -> models.QuerySet[Account]:
        """Accounts that could sign in by themselves."""
        return self.filter(is_active=True).exclude(Q(password="") | Q(password__startswith="!"))

    def at_the_door(self) -> models.QuerySet[Account]:
        """Accounts, each with whether it owes the second step that the office asks of everyone."""
        is_asked = Exists(Organisation.objects.filter(second_step_required=True))
        has = Exists(Authenticator.objects.in_use().filter(account=OuterRef("pk")))
        owes = ExpressionWrapper(Q(is_asked, ~Q(has)), output_field=models.BooleanField())
        return self.annotate(lacks_a_code=owes)


class Account(AbstractBaseUser):
    """Someone who may come in, and as what."""

    person = models.OneToOneField("people.Person", on_delete=models.PROTECT, related_name="account")
    role = models.CharField(max_length=16, choices=Role)
    email = models.EmailField("e-mail", null=True, blank=True, unique=True)
    is_active = models.BooleanField(default=True)

    objects = AccountManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["role"]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def is_office(self) -> bool:
        return self.role in OFFICE

    @property
    def reads_own_area(self) -> bool:
        """Whether they read what concerns their own area alone: what they do not see may still be there."""
        return self.role == Role.LEADER

    @property
    def owes_second_step(self) -> bool:
        """Known of an account that was asked for `at_the_door`."""
        return bool(getattr(self, "lacks_a_code", False))

    @property
    def has_password(self) -> bool:
        return bool(self.password) and self.has_usable_password()

    @transaction.atomic
    def introduce(self, *, full_name: str, email: str, password: str) -> None:
        """Go by this name and sign in with these from now on; links made before no longer open."""
        self.person.full_name, self.person.email = full_name, email
        self.person.save()
        self.email = email
        self.set_password(password)
        self.save()
        self.links.filter(used_at=None).delete()

    def close(self) -> None:
        """Let this account in no more; sessions it has end with its password."""
        self.is_active = False
        self.set_unusable_password()
        self.save()

    def link(self, *, purpose: EntryLink.Purpose, now: datetime, lasts: timedelta) -> str:
        """Make a link for this account and give what it must carry; earlier ones stop working."""
        self.links.filter(used_at=None).delete()
        secret = secrets.token_urlsafe(24)
        made = self.links.create(
            purpose=purpose, digest=_digest(secret), made_at=now, expires_at=now + lasts
        )
        return LINKS.sign(f"{made.pk}.{secret}")


class EntryLinkQuerySet(models.QuerySet["EntryLink"]):
    def carrying(self, token: str, *, now: datetime) -> EntryLink | None:
        """The link that carries this token and still opens, if there is one."""
        try:
            key, secret = LINKS.unsign(token).split(".", 1)
        except (signing.BadSignature, ValueError):
            return None
        return (
            self.select_related("account")
            .filter(pk=key, digest=_digest(secret), used_at=None, expires_at__gt=now)
            .filter(account__is_active=True)
            .first()
        )


class EntryLink(models.Model):
    """Opens once, for one account, until a given time."""

    class Purpose(models.TextChoices):
        FIRST_RUN = "first_run", "First run, on this machine"
        INVITATION = "invitation", "Invitation to set a password"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=12, choices=Purpose)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = EntryLinkQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="a_link_opens_before_it_expires"
            ),
        ]

    def __str__(self) -> str:
        return f"Link {self.pk} for {self.account}"

    @staticmethod
    def is_signed(token: str) -> bool:
        """Whether it bears our signature at all: a guess does not."""
        try:
            LINKS.unsign(token)
        except signing.BadSignature:
            return False
        return True

    def use(self, *, now: datetime) -> bool:
        """Spend the link; False when someone else was quicker."""
        spent = type(self).objects.filter(pk=self.pk, used_at=None).update(used_at=now)
        return spent == 1


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
