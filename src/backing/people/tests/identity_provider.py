"""A real provider on this machine: discovery, authorization, token and keys, with signatures that hold."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "the-office", "between the two of us"


class Provider(ThreadingHTTPServer):
    """Signs everyone in who comes, as `who`; the tests bend what it says of them."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.issuer = f"http://127.0.0.1:{self.server_address[1]}"
        self.key = RSAKey.generate_key(2048, {"kid": "one"})
        self.signs_with: RSAKey | OctKey = self.key
        self.alg = "RS256"
        self.who: dict[str, Any] = {"email": "ben@aldmoor.example", "email_verified": True}
        self.bent: dict[str, Any] = {}  # claims said otherwise than asked; None: left out
        self.says_it_is = self.issuer
        self.asked: list[str] = []  # paths, in order
        self.codes: dict[str, dict[str, str]] = {}

    def id_token(self, nonce: str) -> str:
        now = int(time.time())
        claims = {"iss": self.issuer, "sub": "7", "aud": CLIENT, "iat": now, "exp": now + 300}
        said = claims | {"nonce": nonce} | self.who | self.bent
        kept = {name: value for name, value in said.items() if value is not None}
        return jwt.encode(
            {"alg": self.alg, "kid": "one"}, kept, self.signs_with, algorithms=[self.alg]
        )


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        at = urlsplit(self.path)
        self.server.asked.append(at.path)
        asked = {name: values[0] for name, values in parse_qs(at.query).items()}
        match at.path:
            case "/.well-known/openid-configuration":
                self._say(self._known())
            case "/keys":
                self._say({"keys": [self.server.key.as_dict(private=False)]})
            case "/authorize":
                self._send_back(asked)
            case _:
                self._say({}, 404)

    def do_POST(self) -> None:
        self.server.asked.append(self.path)
        length = int(self.headers["Content-Length"])
        sent = {
            name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()
        }
        kept = self.server.codes.pop(sent.get("code", ""), None)  # a code is good once
        if kept is None or not self._is_ours() or not self._is_proved(sent, kept):
            self._say({"error": "invalid_grant"}, 400)
            return
        token = self.server.id_token(kept["nonce"])
        self._say({"access_token": "a", "token_type": "Bearer", "id_token": token})

    def _known(self) -> dict[str, str]:
        issuer = self.server.issuer
        return {
            "issuer": self.server.says_it_is,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/keys",
        }

    def _send_back(self, asked: dict[str, str]) -> None:
        good = asked["client_id"] == CLIENT and asked["response_type"] == "code"
        if not good or asked["code_challenge_method"] != "S256":
            self._say({}, 400)
            return
        code = f"code-{len(self.server.codes)}-{time.monotonic_ns()}"
        self.server.codes[code] = asked
        self.send_response(302)
        back = urlencode({"code": code, "state": asked["state"]})
        self.send_header("Location", f"{asked['redirect_uri']}?{back}")
        self.end_headers()

    def _is_ours(self) -> bool:
        given = self.headers.get("Authorization", "").removeprefix("Basic ")
        return base64.b64decode(given).decode() == f"{CLIENT}:{SECRET}"

    def _is_proved(self, sent: dict[str, str], kept: dict[str, str]) -> bool:
        digest = hashlib.sha256(sent["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        return challenge == kept["code_challenge"] and sent["redirect_uri"] == kept["redirect_uri"]

    def _say(self, what: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def running() -> Iterator[Provider]:
    with Provider() as provider:
        thread = threading.Thread(target=provider.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield provider
        finally:
            provider.shutdown()
            thread.join()
