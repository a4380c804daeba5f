"""What the worker does for the outbox: it brings letters to their server."""

from __future__ import annotations

from backing.outbox.actions import send_what_waited
from backing.outbox.chatting import chat
from backing.outbox.composing import composed, digest
from backing.outbox.mailing import mail
from backing.outbox.models import Sending
from backing.outbox.models.sendings import MAY_HAVE_GONE
from backing.outbox.ways import by_mail
from backing.site.steps import Pulse, WorkError, register


def bring(work: Sending, _pulse: Pulse) -> None:
    """Bring one letter, exactly as somebody looked at it.  Taken up after a kill, it never brings it twice."""
    if work.taken_at is not None:
        return
    if work.let_go_at is not None:
        raise WorkError(MAY_HAVE_GONE)
    letter = work.letter
    words = letter.words
    if words is None:
        raise WorkError("unreadable")
    message = composed(letter, words)
    if digest(message) != letter.digest:
        raise WorkError("changed")
    if letter.channel:
        chat(work, letter, words)
    elif by_mail():
        mail(work, letter, message)
    else:
        raise WorkError("no_way")


register(Sending, bring, unasked=send_what_waited)
