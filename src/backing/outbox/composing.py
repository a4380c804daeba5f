"""What a letter is on the wire.  The same letter gives the same bytes, so what was looked at is what leaves."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from backing.outbox.models import Letter
from backing.outbox.sealing import Words

# Seven bits: no server on the way may have a reason to write it anew.
_POLICY = SMTP.clone(cte_type="7bit")


def composed(letter: Letter, words: Words) -> bytes:
    """The message as it leaves: by mail, its bytes; to a chat, the title, a blank line and the text."""
    if letter.channel:
        return f"{words.subject}\n\n{words.text}".encode()
    message = EmailMessage(policy=_POLICY)
    for name, value in headers(letter, words).items():
        message[name] = value
    message.set_content(words.text)
    return message.as_bytes()


def headers(letter: Letter, words: Words) -> Mapping[str, str]:
    """What stands above the text, in the order in which it leaves; as a person reads it."""
    found = {
        "Date": format_datetime(letter.worded_at),
        "From": str(Address(letter.sender_name, addr_spec=letter.sender)),
        "To": ascii_address(letter.address),
        "Subject": words.subject,
        "Message-ID": letter.message_id,
    }
    if letter.answers_to:
        found["Reply-To"] = ascii_address(letter.answers_to)
    return found


def draft(letter: Letter, words: Words) -> bytes:
    """The same words for the user's own mail program: it puts its own sender and day to them."""
    message = EmailMessage(policy=_POLICY)
    message["Subject"] = words.subject
    if letter.address:
        message["To"] = ascii_address(letter.address)
    message["X-Unsent"] = "1"
    message.set_content(words.text)
    return message.as_bytes()


def digest(message: bytes) -> str:
    return hashlib.sha256(message).hexdigest()


def ascii_address(address: str) -> str:
    """An address with its domain as mail servers write it: münchen.example is xn--mnchen-3ya.example."""
    name, _, domain = address.rpartition("@")
    return f"{name}@{domain.encode('idna').decode()}" if name else address
