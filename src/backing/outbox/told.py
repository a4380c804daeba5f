"""Where a letter is, in words."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils import timezone

from backing.outbox.models import Letter, Sending
from backing.outbox.models.sendings import MAY_HAVE_GONE
from boardpaper.wording import en

_NOTHING: Final = "Nothing has gone."
_SETTINGS: Final = "Look at EMAIL_HOST and what goes with it, or take it to your own mail program."
TROUBLE: Final = {
    MAY_HAVE_GONE: "The line broke while the server was taking it, so it may or may not have gone. Ask "
    "whoever gets it before you send it again: they might have it twice.",
    "stopped": f"It was stopped before it left. {_NOTHING} Take it back, or try again.",
    "no_server": f"The mail server did not answer. {_NOTHING} {_SETTINGS}",
    "not_trusted": "This machine does not trust the mail server’s certificate: it is of another name, too old, or "
    f"signed by nobody known here. {_NOTHING} Ask whoever runs the server; SSL_CERT_FILE names an authority of your own.",
    "not_offered": "The mail server offers no encryption, or takes no name and password, though the settings ask for "
    f"it. {_NOTHING} Look at EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_PORT and EMAIL_HOST_USER.",
    "not_let_in": f"The mail server did not take the name and password. {_NOTHING} {_SETTINGS}",
    "sender_refused": f"The mail server does not send for this sender. {_NOTHING} Look at EMAIL_FROM.",
    "address_refused": f"The mail server knows no such address. {_NOTHING} Take it back and look at the address.",
    "message_refused": f"The mail server would not have it. {_NOTHING} Try again, or take it to your own mail program.",
    "changed": f"It was changed after somebody had looked at it. {_NOTHING} Take it back, look, and send.",
    "unreadable": f"Its words cannot be read any more. {_NOTHING} Drop it, and make the message again.",
    "no_way": f"No mail server is set any more. {_NOTHING} Take it to your own mail program.",
    "no_such_chat": f"This chat is not set any more. {_NOTHING} Look at BACKING_CHATS.",
    "no_chat_library": f"The library that speaks with chats is missing. {_NOTHING} Install backing[chat].",
}
_FAULT: Final = f"Something of ours failed. {_NOTHING} The log says where."


def sending_of(letter: Letter) -> Sending | None:
    return Sending.objects.filter(letter=letter).first()


def trouble(sending: Sending | None) -> str:
    """What went wrong and what to do; "" where nothing did."""
    if sending is None or sending.state not in (Sending.State.FAILED, Sending.State.STOPPED):
        return ""
    if sending.let_go_at is not None and sending.taken_at is None:
        return TROUBLE[MAY_HAVE_GONE]  # whatever else failed
    return TROUBLE.get(sending.error or sending.state, _FAULT)


def standing(letter: Letter, sending: Sending | None) -> str:
    """In a few words, for lists and headings."""
    if letter.handed_at is not None:
        return f"{letter.get_handed_as_display()} on {_at(letter.handed_at)}"
    if sending is None:
        held = letter.send_after
        return f"leaves on {_at(held)}" if held is not None else "not sent"
    if sending.is_unfinished:
        return "on its way"
    if sending.taken_at is not None:
        return f"left on {_at(sending.taken_at)}"
    return "may or may not have gone" if sending.let_go_at is not None else "has not gone"


def _at(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{en.day(local)} at {local:%H:%M}"
