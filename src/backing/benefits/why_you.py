"""Why this office, and why you: one page that any leader reads in two minutes (S06).

It is D12 for one reader: the origin, the problem, what it means for their area, and one ask.  It holds what
they said themselves and what management may read; nothing of what is thought of anybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from backing.benefits.told import Benefit
from backing.benefits.wanted import Wanting, wanting
from backing.documents.printing import to_print
from backing.leaders.models import AskSent, Leader
from backing.leaders.papers.area import area, for_whom, why
from backing.people.models import Account
from boardpaper.blocks import Ask, Block, Column, Document, Section, Statement, Table
from boardpaper.claim import Claim, Name
from boardpaper.limits import page_count
from boardpaper.wording import ended

_MOST = 3  # changes, and things they want


def why_you(leader: Leader, viewer: Account, *, now: datetime) -> Document:
    """The page for a leader, with as many rows a list as stand on one side."""
    for most in range(_MOST, 1, -1):
        document = _with(leader, viewer, now=now, most=most)
        if page_count(document) <= 1:
            return document
    return _with(leader, viewer, now=now, most=1)


def _with(leader: Leader, viewer: Account, *, now: datetime, most: int) -> Document:
    return to_print(
        code="D12",
        title="Why this office, and why you",
        now=now,
        audience=str(leader),
        sections=(
            Section(lead=Claim("Why there is a project office"), blocks=tuple(why(viewer))),
            Section(
                lead=for_whom(leader.person),
                blocks=tuple(area(leader.person, viewer, most=most)),
            ),
            Section(lead=Claim("Why you"), blocks=tuple(_offered(leader, viewer, most))),
            Section(lead=Claim("What we ask of you"), blocks=(_ask(leader, viewer),)),
        ),
    )


def _offered(leader: Leader, viewer: Account, most: int) -> Iterator[Block]:
    """What they said matters to them, and what is to improve for it."""
    found = next((each for each in wanting(viewer) if each.leader == leader.pk), None)
    rows = tuple(_rows(found))[:most] if found else ()
    if rows:
        columns = (Column(name="You said"), Column(name="What is to improve"))
        yield Table(
            columns=columns, rows=rows, note="Tell us what is missing, and what no longer matters."
        )
        return
    yield Statement(
        claims=(
            Claim("We have not heard from you what should be different. That is where we begin."),
        )
    )


def _rows(found: Wanting) -> Iterator[tuple[str, str]]:
    for want in found.wants:
        if want.care is not None:
            offers = "; ".join(map(_in_words, want.offers))
            yield want.words, offers or "Nothing yet. Tell us what would help."


def _in_words(offer: Benefit) -> str:
    felt = f"felt from {offer.first_visible:%B %Y}" if offer.first_visible else ""
    return ", ".join(part for part in (offer.title, offer.by, felt) if part)


def _ask(leader: Leader, viewer: Account) -> Ask:
    """The first that is open; where none is, the question every leader is asked."""
    waiting = (AskSent.Status.SENT, AskSent.Status.ACCEPTED)
    sent = AskSent.objects.visible_to(viewer).filter(of=leader.person, status__in=waiting)
    first = sent.order_by("by", "pk").first()
    if first is None:
        return Ask(
            request=Claim("“If this office works, what is different for you in twelve months?”"),
            of=str(leader.person),
        )
    return Ask(
        request=Claim("{what} {why}", what=Name(ended(first.what)), why=Name(ended(first.why))),
        by=first.by,
        of=str(leader.person),
    )
