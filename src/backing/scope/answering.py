"""Signed links by which somebody answers on a phone, without an account.

A link carries `<row>.<secret>` and a signature; the database holds the secret's digest.  Looking at it
changes nothing, for mail programs look too.  Until it expires it may be answered again; the last stands.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from django.core import signing
from django.db import transaction
from django.utils.crypto import constant_time_compare

from backing.people.models import Account, Person
from backing.scope.models.links import AnswerLink

LASTS: Final = timedelta(days=30)
L = TypeVar("L", bound=AnswerLink)


@transaction.atomic
def ask(model: type[L], *, of: Person, by: Account, now: datetime, **about: Any) -> str:
    """A new link for a person: what it must carry.  One sent before about the same opens no more.

    about: what the kind of link asks about, as its fields have it.
    """
    links = model._default_manager
    links.filter(person=of, withdrawn_at=None, **about).update(withdrawn_at=now)
    secret = secrets.token_urlsafe(24)
    link = links.create(
        person=of,
        digest=_digest(secret),
        made_by=by,
        made_at=now,
        expires_at=now + LASTS,
        **about,
    )
    return _signer(model).sign(f"{link.pk}.{secret}")


def is_signed(model: type[AnswerLink], token: str) -> bool:
    """Whether the office once made it, whatever has become of it since."""
    try:
        _signer(model).unsign(token)
    except signing.BadSignature:
        return False
    return True


def carrying(model: type[L], token: str, *, now: datetime) -> L | None:
    """The link that carries this token and still opens, if there is one."""
    try:
        pk, secret = _signer(model).unsign(token).split(".", 1)
        found = model._default_manager.select_related("person").filter(pk=int(pk)).first()
    except (signing.BadSignature, ValueError):
        return None
    if found is None or not constant_time_compare(found.digest, _digest(secret)):
        return None
    return found if found.withdrawn_at is None and found.expires_at > now else None


def _signer(model: type[AnswerLink]) -> signing.Signer:
    return signing.Signer(salt=f"scope.{model._meta.model_name}")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
