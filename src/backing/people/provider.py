"""Sign-in by the organisation's own provider: OpenID Connect, authorization code with PKCE.

Nothing is asked of any other machine unless BACKING_OIDC_ISSUER names one.  The provider says who somebody
is; whether they may come in is decided here, by the accounts that were invited.
"""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache

from backing.people.models import Account

WAITS = timedelta(minutes=10)
PATIENCE_SECONDS = 10
SIGNED_BY: Final = ["RS256", "PS256", "ES256"]  # never "none", nor a secret both sides share
_CLOCKS_DIFFER_SECONDS = 60
_KNOWN_FOR_SECONDS = 3600
_DISCOVERY = "/.well-known/openid-configuration"


class NotLetIn(Exception):
    """Why not, in words for the person; the code goes to the log, and neither names anybody."""

    def __init__(self, code: str, says: str) -> None:
        super().__init__(says)
        self.code = code


@dataclass(frozen=True, slots=True)
class Asked:
    """What this session asked the provider for; answered once, within ten minutes."""

    state: str
    nonce: str
    verifier: str
    until: float
    onward: str

    def kept(self) -> dict[str, Any]:
        return asdict(self)


def is_configured() -> bool:
    return bool(settings.BACKING_OIDC_ISSUER)


def ask(*, answer_at: str, onward: str, now: datetime) -> tuple[str, Asked]:
    """Where the browser goes, and what to keep for the answer.  Raises NotLetIn."""
    asked = Asked(
        state=secrets.token_urlsafe(24),
        nonce=secrets.token_urlsafe(24),
        verifier=secrets.token_urlsafe(48),
        until=(now + WAITS).timestamp(),
        onward=onward,
    )
    address, _ = _session(answer_at).create_authorization_url(
        _known()["authorization_endpoint"],
        state=asked.state,
        nonce=asked.nonce,
        code_verifier=asked.verifier,
    )
    return str(address), asked


def answered(
    asked: Asked | None, said: dict[str, str], *, answer_at: str, now: datetime
) -> Account:
    """Whose account it is that the provider answers with.  Raises NotLetIn."""
    state = said.get("state", "")
    if asked is None or now.timestamp() > asked.until:
        raise NotLetIn(
            "late", "This sign-in was used already, or took longer than ten minutes. Start again."
        )
    if not secrets.compare_digest(state.encode(), asked.state.encode()):
        raise NotLetIn(
            "state", "This answer belongs to another sign-in. Start again, in this window."
        )
    if "error" in said or not said.get("code"):
        raise NotLetIn(
            "refused", "The provider did not let you in, or you stopped it. Start again."
        )
    return _account_of(_claims(said["code"], asked, answer_at=answer_at, now=now))


def _claims(code: str, asked: Asked, *, answer_at: str, now: datetime) -> dict[str, Any]:
    """What the provider says of who signs in, once every part of it is proved to be meant for us."""
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    known = _known()
    token = _exchanged(code, asked, known["token_endpoint"], answer_at)
    ours = str(settings.BACKING_OIDC_CLIENT_ID)
    rules = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=_CLOCKS_DIFFER_SECONDS,
        iss={"essential": True, "value": known["issuer"]},
        aud={"essential": True, "value": ours},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": asked.nonce},
    )
    keys = _fetched(known["jwks_uri"])
    try:
        claims = jwt.decode(token, KeySet.import_key_set(keys), algorithms=SIGNED_BY).claims  # type: ignore[arg-type]  # its shape is what is tried here
        rules.validate(claims)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise NotLetIn(f"token, {type(error).__name__}", _NOT_TRUSTED) from error
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != ours:
        raise NotLetIn("token, azp", _NOT_TRUSTED)
    return claims


_NOT_TRUSTED = (
    "What the provider answered cannot be trusted: it is not signed by it, not meant for this office or "
    "this sign-in, or out of date. Start again; if it stays so, show this page to whoever looks after Backing."
)
_NOT_REACHED = (
    "The provider cannot be reached, or answers what Backing does not understand. Try again in a few minutes, "
    "or sign in with your password."
)


def _account_of(claims: dict[str, Any]) -> Account:
    """The account that was invited under this address: never a new one."""
    email = str(claims.get("email") or "").strip().lower()
    if not email or claims.get("email_verified") is not True:
        raise NotLetIn(
            "address",
            "The provider does not vouch for your e-mail address. Ask whoever looks after it to confirm the "
            "address, and to send it with sign-ins to Backing.",
        )
    account = Account.objects.filter(email=email, is_active=True).first()
    if account is None:
        raise NotLetIn(
            "nobody",
            "Nobody is invited here under the address that the provider gives. Ask the head of the office for "
            "an invitation.",
        )
    return account


def _exchanged(code: str, asked: Asked, endpoint: str, answer_at: str) -> str:
    import requests
    from authlib.common.errors import AuthlibBaseError

    try:
        token = _session(answer_at).fetch_token(
            endpoint, code=code, code_verifier=asked.verifier, timeout=PATIENCE_SECONDS
        )
        return str(token["id_token"])
    except (AuthlibBaseError, requests.RequestException, ValueError, KeyError) as error:
        raise NotLetIn(f"exchange, {type(error).__name__}", _NOT_REACHED) from error


def _session(answer_at: str) -> Any:
    try:
        from authlib.integrations.requests_client import OAuth2Session
    except ImportError as error:
        raise NotLetIn(
            "not installed",
            "Sign-in by the provider is asked for in the settings, but the part of Backing that does it is not "
            "installed: pip install backing[oidc].",
        ) from error
    return OAuth2Session(
        settings.BACKING_OIDC_CLIENT_ID,
        settings.BACKING_OIDC_CLIENT_SECRET or None,
        token_endpoint_auth_method=None if settings.BACKING_OIDC_CLIENT_SECRET else "none",
        scope="openid email",
        redirect_uri=answer_at,
        code_challenge_method="S256",
    )


def _known() -> dict[str, Any]:
    """What the provider tells of itself, kept for an hour."""
    issuer = str(settings.BACKING_OIDC_ISSUER).rstrip("/")
    kept: dict[str, Any] | None = cache.get(f"oidc-{issuer}")
    if kept is not None:
        return kept
    known = _fetched(issuer + _DISCOVERY)
    named = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
    if any(not isinstance(known.get(name), str) for name in named):
        raise NotLetIn("discovery", _NOT_REACHED)
    if known["issuer"].rstrip("/") != issuer or not all(_is_safe(known[name]) for name in named):
        raise NotLetIn("discovery, issuer", _NOT_TRUSTED)
    cache.set(f"oidc-{issuer}", known, _KNOWN_FOR_SECONDS)
    return known


def _fetched(address: str) -> dict[str, Any]:
    import requests

    if not _is_safe(address):
        raise NotLetIn("not https", _NOT_TRUSTED)
    try:
        answer = requests.get(address, timeout=PATIENCE_SECONDS, allow_redirects=False)
        answer.raise_for_status()
        found = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise NotLetIn(f"fetch, {type(error).__name__}", _NOT_REACHED) from error
    if not isinstance(found, dict):
        raise NotLetIn("fetch, shape", _NOT_REACHED)
    return found


def _is_safe(address: str) -> bool:
    """Sealed on its way; on this machine alone it need not be."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
    )
