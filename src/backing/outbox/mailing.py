"""One message to the mail server, at most once.

A mail server has a message from the moment in which it reads the last of its bytes, and we know so only from
the answer that follows.  Whoever is killed in between, or loses the line, cannot know; sending again would
send it twice.  So the turn is taken (`Sending.let_go`) before the first byte leaves, and there is one.
"""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from datetime import UTC, datetime

from django.conf import settings

from backing.outbox.composing import ascii_address
from backing.outbox.models import Letter, Sending
from backing.outbox.models.sendings import MAY_HAVE_GONE
from backing.site.steps import Stop, WorkError

SECONDS = 30  # that a server may take for an answer


def mail(sending: Sending, letter: Letter, message: bytes) -> None:
    """Bring it to the server.  Raises WorkError with a word for why not, and Stop."""
    server = _connected()
    try:
        _address(server, letter)
        _hand_over(server, sending, message)
        with contextlib.suppress(OSError, smtplib.SMTPException):
            server.quit()
    finally:
        server.close()


def _connected() -> smtplib.SMTP:
    """Greeted, encrypted where that is set, and signed in where there is a name.  Raises WorkError."""
    try:
        server = _reached()
        try:
            _let_in(server)
        except BaseException:
            server.close()
            raise
    except ssl.SSLCertVerificationError as error:
        raise WorkError("not_trusted") from error
    except smtplib.SMTPNotSupportedError as error:  # before the password or the letter is told
        raise WorkError("not_offered") from error
    except (smtplib.SMTPAuthenticationError, UnicodeEncodeError) as error:
        raise WorkError("not_let_in") from error
    except (OSError, smtplib.SMTPException) as error:
        raise WorkError("no_server") from error
    return server


def _reached() -> smtplib.SMTP:
    host, port = settings.EMAIL_HOST, settings.EMAIL_PORT
    if settings.EMAIL_USE_SSL:
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=context)
    return smtplib.SMTP(host, port, timeout=SECONDS)


def _let_in(server: smtplib.SMTP) -> None:
    if settings.EMAIL_USE_TLS and not settings.EMAIL_USE_SSL:  # one lock is enough
        server.starttls(context=ssl.create_default_context())
    if settings.EMAIL_HOST_USER:
        server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    server.ehlo_or_helo_if_needed()


def _address(server: smtplib.SMTP, letter: Letter) -> None:
    try:
        code, _ = server.mail(letter.sender)
        if code != 250:
            raise WorkError("sender_refused")
        code, _ = server.rcpt(ascii_address(letter.address))
    except (OSError, smtplib.SMTPException) as error:
        raise WorkError("no_server") from error
    if code not in (250, 251):
        raise WorkError("address_refused")


def _hand_over(server: smtplib.SMTP, sending: Sending, message: bytes) -> None:
    if not sending.let_go(now=datetime.now(UTC)):
        raise Stop
    try:
        code, said = server.data(message)
    except smtplib.SMTPDataError as error:  # it said no before the first byte
        sending.not_taken()
        raise WorkError("message_refused") from error
    except (OSError, smtplib.SMTPException) as error:
        raise WorkError(MAY_HAVE_GONE) from error
    if code != 250:
        sending.not_taken()
        raise WorkError("message_refused")
    sending.taken(said=f"{code} {said.decode('ascii', 'replace')}", now=datetime.now(UTC))
