"""The second step of signing in: a code from an app on the person's own phone (RFC 6238).

What the app and the office share is sealed with the office's key.  Recovery codes lie here as digests
only: each has 75 random bits, too many to be guessed from one, and opens even while the key is missing.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import models, transaction

from backing.people import key
from backing.people.models.sealed import Hidden, HiddenField, opened

if TYPE_CHECKING:
    from backing.people.models.accounts import Account

# What every authenticator app understands: SHA-1, six digits, half a minute.
DIGITS, PERIOD_SECONDS, SECRET_BYTES = 6, 30, 20
DRIFT = (0, -1, 1)  # periods by which a phone's clock may be wrong
RECOVERY_CODES, LETTERS, GROUP = 10, 15, 5


class AuthenticatorQuerySet(models.QuerySet["Authenticator"]):
    def in_use(self) -> AuthenticatorQuerySet:
        """Those that are asked for a code; not those whose first code never came."""
        return self.filter(in_use_since__isnull=False)

    @transaction.atomic
    def begin(self, account: Account, *, now: datetime) -> Authenticator:
        """A new one for this account, in the place of one that was never taken into use.

        Raises backing.people.key.NoKey, and django.db.IntegrityError where one is in use.
        """
        self.filter(account=account, in_use_since=None).delete()
        secret = Hidden.sealing({"secret": os.urandom(SECRET_BYTES).hex()})
        return self.create(account=account, secret=secret, made_at=now)


class Authenticator(models.Model):
    """An app that shows codes for one account.

    last_period: the half minute since 1970 whose code was taken last; none of it or before it is taken again.
    """

    account = models.OneToOneField(
        "people.Account", on_delete=models.CASCADE, related_name="authenticator"
    )
    secret = HiddenField()
    made_at = models.DateTimeField()
    in_use_since = models.DateTimeField(null=True)
    last_period = models.BigIntegerField(default=0)

    objects = AuthenticatorQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Authenticator of {self.account}"

    def letters(self) -> str:
        """What a person types into an app that cannot read the picture.  Raises NoKey."""
        return self.address("Backing").partition("secret=")[2].partition("&")[0]

    def address(self, issuer: str) -> str:
        """What the picture says to the app; issuer: under which name it lists the account.  Raises NoKey."""
        name = self.account.email or str(self.account)
        return self._codes().get_provisioning_uri(name, issuer.replace(":", " "))

    @transaction.atomic
    def take_into_use(self, code: str, *, now: datetime) -> list[str] | None:
        """Ask for codes from now on; gives the recovery codes, or None for a wrong code.  Raises NoKey."""
        if self.in_use_since is not None or not self.takes_app_code(code, now=now):
            return None
        self.in_use_since = now
        self.save(update_fields=["in_use_since"])
        return self.renew_recovery_codes()

    def takes_app_code(self, code: str, *, now: datetime) -> bool:
        """Whether the app shows this code about now and it was not taken yet; then it is.  Raises NoKey."""
        codes, today = self._codes(), int(now.timestamp()) // PERIOD_SECONDS
        for period in (today + drift for drift in DRIFT):
            try:
                codes.verify(code.encode(), period * PERIOD_SECONDS)
            except InvalidToken:
                continue
            unspent = Authenticator.objects.filter(pk=self.pk, last_period__lt=period)
            return unspent.update(last_period=period) == 1
        return False

    def takes_recovery_code(self, code: str, *, now: datetime) -> bool:
        """Whether this is a recovery code that was not used yet; then it is."""
        unused = self.recovery_codes.filter(digest=_digest(code), used_at=None)
        return unused.update(used_at=now) == 1

    @transaction.atomic
    def renew_recovery_codes(self) -> list[str]:
        """Ten new ones, to be shown once; the earlier ones no longer open."""
        self.recovery_codes.all().delete()
        codes = [_random_code() for _ in range(RECOVERY_CODES)]
        RecoveryCode.objects.bulk_create(
            RecoveryCode(authenticator=self, digest=_digest(code)) for code in codes
        )
        return codes

    @property
    def recovery_codes_left(self) -> int:
        return self.recovery_codes.filter(used_at=None).count()

    def _codes(self) -> TOTP:
        secret = bytes.fromhex(opened(self.secret)["secret"])
        return TOTP(secret, DIGITS, SHA1(), PERIOD_SECONDS)  # noqa: S303  # no app knows another


class RecoveryCode(models.Model):
    """Opens once, in the place of a code from the app."""

    authenticator = models.ForeignKey(
        Authenticator, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authenticator", "digest"], name="a_recovery_code_is_there_once"
            ),
        ]

    def __str__(self) -> str:
        return f"A recovery code of {self.authenticator.account}"


def _random_code() -> str:
    letters = "".join(secrets.choice(key.ALPHABET) for _ in range(LETTERS))
    return "-".join(letters[at : at + GROUP] for at in range(0, LETTERS, GROUP))


def _digest(code: str) -> str:
    """Of the code as it is meant: small letters, spaces and an O for a nought do not matter."""
    written = "".join(code.upper().split()).replace("-", "").translate(key.MISREAD)
    return hashlib.sha256(written.encode()).hexdigest()
