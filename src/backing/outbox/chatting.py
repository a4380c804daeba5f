"""One message to a chat, through a library that speaks with many; only where one is set."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings

from backing.outbox.models import Letter, Sending
from backing.outbox.models.sendings import MAY_HAVE_GONE
from backing.outbox.sealing import Words
from backing.site.steps import Stop, WorkError


def can_chat() -> bool:
    """Whether the library is there (`backing[chat]`)."""
    from importlib.util import find_spec

    return find_spec("apprise") is not None


def chat(sending: Sending, letter: Letter, words: Words) -> None:
    """Post it.  The library says yes or no, and a no may come after the yes of the other side."""
    if not can_chat():
        raise WorkError("no_chat_library")
    import apprise

    speaker = apprise.Apprise()
    if letter.channel not in settings.BACKING_CHATS or not speaker.add(
        settings.BACKING_CHATS[letter.channel]
    ):
        raise WorkError("no_such_chat")
    if not sending.let_go(now=datetime.now(UTC)):
        raise Stop
    if not speaker.notify(title=words.subject, body=words.text, body_format="text"):
        raise WorkError(MAY_HAVE_GONE)
    sending.taken(said="the chat took it", now=datetime.now(UTC))
