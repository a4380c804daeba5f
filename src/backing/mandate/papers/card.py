"""D12, "Why it was needed": a card for a town hall, read aloud in sixty seconds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from backing.documents.printing import to_print
from backing.mandate import public
from backing.mandate.models import MandateDecision
from backing.people.models import Account
from boardpaper.blocks import Block, Document, Quotation, Section, Statement
from boardpaper.claim import Claim, Name
from boardpaper.wording import ended

SPOKEN: Final = 150  # words in sixty seconds


def why_it_was_needed(viewer: Account, *, now: datetime) -> Document:
    """The card; without an origin it says that none is recorded."""
    return to_print(
        code="D12",
        title="Why it was needed",
        now=now,
        sections=(
            Section(
                lead=Claim("Why there is a project office"),
                blocks=tuple(_blocks(viewer)),
            ),
        ),
    )


def _blocks(viewer: Account) -> Iterator[Block]:
    origin = public.origin(viewer)
    if origin is None:
        yield Statement(claims=(Claim("Reason for commissioning: not recorded."),))
        return
    yield Statement(claims=(Claim("{problem}", problem=Name(ended(origin.problem))),))
    yield Quotation(
        words=origin.in_their_words.strip("“”"),
        said_by=", ".join(origin.commissioned_by) or "Whoever commissioned the office",
        on=origin.on,
    )
    yield Statement(claims=tuple(_since(origin, viewer)))


def _since(origin: public.Origin, viewer: Account) -> Iterator[Claim]:
    if origin.expected_results:
        yield Claim("What is expected: {what}", what=Name(ended(origin.expected_results)))
    given = MandateDecision.objects.visible_to(viewer).filter(kind=MandateDecision.Kind.MANDATE)
    decided = given.exclude(decided_on=None).order_by("-decided_on", "-pk").first()
    if decided is not None and decided.decided_on is not None:
        yield Claim(
            "Decided on {day}: {words}", day=decided.decided_on, words=Name(ended(decided.outcome))
        )
    if origin.review_due:
        yield Claim(
            "On {day} management asks again whether it is needed; no is an answer.",
            day=origin.review_due,
        )
