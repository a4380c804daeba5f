"""From the password to a session: at once, or by way of a code where an app is in use.

Between the two nobody is signed in: the session holds who gave the password and nothing opens by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from backing.people.doors import BY_PROVIDER
from backing.people.models import Account, Authenticator

BACKEND: Final = "backing.people.backend.Backend"
WAITS = timedelta(minutes=10)
_WAITING: Final = "waiting_for_code"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who gave their password and owes the code."""

    authenticator: Authenticator
    onward: str

    @property
    def account(self) -> Account:
        return self.authenticator.account


def after_password(
    request: HttpRequest, account: Account, *, onward: str = "", now: datetime
) -> HttpResponse:
    """Let in who gave their password, or ask for the code; onward: where they wanted to go."""
    if not Authenticator.objects.in_use().filter(account=account).exists():
        return let_in(request, account, onward=onward)
    request.session.flush()
    request.session[_WAITING] = {
        "account": account.pk,
        "hash": account.get_session_auth_hash(),
        "until": (now + WAITS).timestamp(),
        "onward": onward,
    }
    return redirect("second-step")


def waiting_for_code(request: HttpRequest, *, now: datetime) -> Waiting | None:
    """Whom this session waits for; None after ten minutes, or where the password changed meanwhile."""
    noted = request.session.get(_WAITING)
    if noted is None or now.timestamp() > noted["until"]:
        return None
    found = (
        Authenticator.objects.in_use()
        .select_related("account__person")
        .filter(account=noted["account"], account__is_active=True)
        .first()
    )
    if found is None:
        return None
    is_same = constant_time_compare(found.account.get_session_auth_hash(), noted["hash"])
    return Waiting(found, noted["onward"]) if is_same else None


def let_in(request: HttpRequest, account: Account, *, onward: str = "") -> HttpResponse:
    """Begin the session; onward leads to pages of this office only."""
    for noted in (_WAITING, BY_PROVIDER):
        request.session.pop(noted, None)
    login(request, account, BACKEND)
    allowed = url_has_allowed_host_and_scheme(
        onward, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(onward if allowed else "home")
