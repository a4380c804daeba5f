"""The ways out that this office has: a mail server, and chats; from settings, where nobody put any none."""

from __future__ import annotations

from django.conf import settings
from django.core.mail.utils import DNS_NAME


def by_mail() -> bool:
    """Whether the office knows a mail server."""
    return bool(settings.EMAIL_HOST)


def sender() -> str:
    """The address that letters come from; answers go to the person who sent them."""
    address: str = settings.DEFAULT_FROM_EMAIL
    return address.rpartition("<")[2].rstrip("> ")


def chats() -> tuple[str, ...]:
    """The names of the chats that a letter may go to."""
    return tuple(settings.BACKING_CHATS)


def place() -> str:
    """What names of messages end in."""
    domain = sender().rpartition("@")[2]
    return domain if "." in domain else str(DNS_NAME)
