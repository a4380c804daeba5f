"""What the office asks of somebody: a draft of its own, then as it was sent (S32-a)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from backing.leaders.models import Ask, AskSent, Leader, SupportAct


def send(ask: Ask, *, on: date) -> AskSent:
    """They see it from now on; the words are those of this day."""
    return AskSent.objects.create(
        ask=ask, of=ask.of, what=ask.what, why=ask.why, by=ask.by, sent_on=on
    )


@transaction.atomic
def answer(sent: AskSent, status: str, *, on: date) -> None:
    """What came of it; what a leader has done is an act of support."""
    sent.status, sent.answered_on = status, on
    sent.save()
    leader = Leader.objects.on_the_list().filter(person=sent.of).first()
    if status == AskSent.Status.DONE and leader is not None:
        SupportAct.objects.create(leader=leader, what=sent.what, on=on, change=sent.ask.change)
