"""D10, the escalation note: one page for a manager, without blame.

It holds the words of whoever raised it, and their area, never their name: they told the office.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from backing.documents.printing import to_print
from backing.pushback.models import Escalation
from boardpaper.blocks import Ask, Block, Column, Document, Quotation, Section, Statement, Table
from boardpaper.claim import Claim, Name
from boardpaper.wording import ended


def escalation_note(escalation: Escalation, *, now: datetime) -> Document:
    lead = Claim("We ask you to settle one question: {what}", what=Name(ended(escalation.subject)))
    return to_print(
        code="D10",
        title="A question to settle",
        now=now,
        audience=str(escalation.to),
        sections=(
            Section(lead=lead, blocks=tuple(_what_it_is(escalation))),
            Section(lead=Claim("What can be done"), blocks=tuple(_options(escalation))),
        ),
    )


def _what_it_is(escalation: Escalation) -> Iterator[Block]:
    pushback = escalation.pushback
    if pushback is not None:
        yield Quotation(
            words=pushback.text.strip("“”"),
            said_by=f"Somebody in {pushback.unit}" if pushback.unit else "Somebody it affects",
            on=pushback.received,
        )
    yield Statement(claims=(_said("Facts: {words}", escalation.facts),))
    yield Statement(claims=(_said("What follows from it: {words}", escalation.effect),))
    if escalation.tried:
        yield Statement(claims=(_said("What was tried: {words}", escalation.tried),))


def _options(escalation: Escalation) -> Iterator[Block]:
    yield Table(
        columns=(Column(name="Option"), Column(name="What it means")),
        rows=tuple(("ABC"[number], option) for number, option in enumerate(escalation.options[:3])),
    )
    yield Ask(
        request=_said("Please decide: {words}", escalation.subject),
        recommendation=_said("{words}", escalation.recommendation),
        by=escalation.by,
        of=str(escalation.to),
    )


def _said(text: str, words: str) -> Claim:
    return Claim(text, words=Name(ended(words)), klass="MGMT")
