"""A mail server that asks for encryption and a name: what leaves, and what is said where it does not (S24)."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from backing.outbox.composing import digest
from backing.outbox.models import QuietHours
from backing.outbox.tests.conftest import Postbox
from backing.outbox.tests.test_letters import (
    letter_to,
    page_of,
    seen_on,
    sent_from_its_page,
    worked,
)
from backing.people.models import Account, Person

pytestmark = pytest.mark.django_db
NAME, WORD = "office@aldmoor.example", "a stage check: before = the money"

Start = Callable[..., Postbox]


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this machine that it signed for itself, with its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("paper") / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def trusted(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine trusts it, as an administrator would let it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(paper))


@pytest.fixture
def starts(paper: Path, settings: Any) -> Iterator[Start]:
    """Start a server: by STARTTLS, by TLS from the first byte, or in the open; with or without a name."""
    started: list[Controller] = []

    def start(how: str, *, asks_for_a_name: bool = True) -> Postbox:
        box = Postbox()
        lock = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        lock.load_cert_chain(paper)
        ways: dict[str, dict[str, Any]] = {
            "starttls": {"tls_context": lock, "require_starttls": True},
            "tls": {"ssl_context": lock},
            "open": {},
        }
        names: dict[str, Any] = {
            "authenticator": _known,
            "auth_required": True,
            "auth_require_tls": how == "starttls",
        }
        server = Controller(
            box,
            hostname="127.0.0.1",
            port=box.port,
            **ways[how],
            **(names if asks_for_a_name else {}),
        )
        server.start()
        started.append(server)
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = how == "starttls", how == "tls"
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = NAME, WORD
        settings.DEFAULT_FROM_EMAIL = NAME
        return box

    QuietHours.objects.create(pk=1, begins=time(3), ends=time(3), weekends=False)
    yield start
    for each in started:
        each.stop(no_assert=True)


def _known(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
    del server, session, envelope, mechanism
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (
        NAME.encode(),
        WORD.encode(),
    )
    return AuthResult(success=right, handled=False)


@pytest.fixture
def jose() -> Person:
    return Person.objects.create(full_name="José Ñandú", email="jose@aldmoor.example")


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("how", ["starttls", "tls"])
def test_encrypted_and_signed_in_it_receives_exactly_what_was_previewed(
    ana: Account, jose: Person, starts: Start, how: str
) -> None:
    box = starts(how)
    letter = letter_to(jose, ana)
    seen = seen_on(page_of(letter, ana))
    sent_from_its_page(letter, ana)

    assert worked(letter).state == "done"
    (received,) = box.received
    assert digest(received) == seen
    assert box.sent_to == [(NAME, ["jose@aldmoor.example"])]


@pytest.mark.parametrize("how", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_gets_neither_the_password_nor_the_letter(
    ana: Account, jose: Person, starts: Start, how: str
) -> None:
    box = starts(how)
    letter = letter_to(jose, ana)
    sent_from_its_page(letter, ana)

    assert worked(letter).error == "not_trusted"
    assert box.received == []
    page = page_of(letter, ana)
    assert "certificate" in page
    assert "Nothing has gone" in page


@pytest.mark.usefixtures("trusted")
def test_a_wrong_password_is_said_and_nothing_goes(
    ana: Account, jose: Person, starts: Start, settings: Any
) -> None:
    box = starts("starttls")
    settings.EMAIL_HOST_PASSWORD = "another"
    letter = letter_to(jose, ana)
    sent_from_its_page(letter, ana)

    assert worked(letter).error == "not_let_in"
    assert box.received == []
    assert "another" not in page_of(letter, ana)


@pytest.mark.usefixtures("trusted")
def test_a_password_with_letters_that_mail_servers_do_not_take_is_said_too(
    ana: Account, jose: Person, starts: Start, settings: Any
) -> None:
    starts("starttls")
    settings.EMAIL_HOST_PASSWORD = "mañana"
    letter = letter_to(jose, ana)
    sent_from_its_page(letter, ana)

    assert worked(letter).error == "not_let_in"


def test_a_server_without_encryption_where_it_is_set_gets_nothing(
    ana: Account, jose: Person, starts: Start, settings: Any
) -> None:
    box = starts("open", asks_for_a_name=False)
    settings.EMAIL_USE_TLS = True
    letter = letter_to(jose, ana)
    sent_from_its_page(letter, ana)

    assert worked(letter).error == "not_offered"
    assert box.received == []
    assert "EMAIL_USE_TLS" in page_of(letter, ana)


def test_a_server_that_takes_no_names_gets_no_password(
    ana: Account, jose: Person, starts: Start
) -> None:
    box = starts("open", asks_for_a_name=False)
    letter = letter_to(jose, ana)
    sent_from_its_page(letter, ana)

    assert worked(letter).error == "not_offered"
    assert box.received == []
