"""D6, a win to share, and D11, the request to somebody who might be the sponsor."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from backing.documents.printing import to_print
from backing.people.access import OFFICE
from backing.people.models import Account
from backing.sponsor.models import SponsorRequest, Win
from boardpaper.blocks import (
    Ask,
    Block,
    Column,
    Document,
    Quotation,
    Section,
    Statement,
    Table,
)
from boardpaper.claim import Claim, Name
from boardpaper.wording import ended
from trackrecord.figure import Confidentiality


def win_to_share(win: Win, *, now: datetime) -> Document:
    """The page."""
    return _told(win, tuple(_win(win)), now=now)


def win_slide(win: Win, *, now: datetime) -> Document:
    """The slide: everything in one table, so that nothing of it goes into the notes."""
    return _told(win, (_slide(win),), now=now)


def _told(win: Win, blocks: tuple[Block, ...], *, now: datetime) -> Document:
    lead = Claim("{headline}", headline=Name(win.headline))
    section = Section(lead=lead, kicker=_for_whom(win), blocks=blocks)
    return to_print(code="D6", title="A win to share", sections=(section,), now=now)


def sponsor_request(request: SponsorRequest, *, now: datetime) -> Document:
    """For the candidate; nothing of how they compare is in it."""
    does = tuple((str(n), _said(each)) for n, each in enumerate(request.behaviours, start=1))
    return to_print(
        code="D11",
        title="A request to you",
        sections=(
            Section(
                lead=Claim("We ask you to sponsor the project office"),
                blocks=(Statement(claims=(_said(request.why_you, klass="MGMT"),)),),
            ),
            Section(
                lead=Claim(
                    "What it takes: {hours}, and three things",
                    hours=Name(f"{request.hours_a_month} hours a month"),
                ),
                blocks=(Table(columns=(Column(name=""), Column(name="We ask you to")), rows=does),),
            ),
            Section(
                lead=Claim("What you get"),
                blocks=(Statement(claims=(_said(request.what_you_get),)),),
            ),
            Section(
                lead=Claim("What we promise"),
                blocks=(
                    Statement(claims=(_said(request.we_promise),)),
                    Ask(request=Claim("Will you be our sponsor?"), of=str(request.to)),
                ),
            ),
        ),
        now=now,
        audience=str(request.to),
    )


def _win(win: Win) -> Iterator[Block]:
    yield Statement(claims=(_said(win.what_changed),))
    if win.before and win.after:
        yield Table(
            columns=(Column(name="Before"), Column(name="After")), rows=((win.before, win.after),)
        )
    if credit := credited(win):
        yield Statement(claims=(Claim("The credit is due to {who}.", who=Name(credit)),))
    if win.quote and win.quote_consent_on:
        yield Quotation(words=win.quote.strip("“”"), said_by=win.quote_by)
    yield _labelled(("What stands behind it", win.evidence), *_to_be_fair(win))


def _slide(win: Win) -> Table:
    said = f"{_quoted(win)} ({win.quote_by})" if win.quote and win.quote_consent_on else ""
    return _labelled(
        ("What changed", win.what_changed),
        ("Before", win.before),
        ("After", win.after),
        ("Credit to", credited(win)),
        ("In their words", said),
        *_to_be_fair(win),
    )


def _to_be_fair(win: Win) -> tuple[tuple[str, str], ...]:
    return ("To be fair", win.caveat), ("Next", win.what_next)


def _labelled(*told: tuple[str, str]) -> Table:
    """What there is to say, each after its name."""
    return Table(
        columns=(Column(name=""), Column(name="")),
        rows=tuple((name, words) for name, words in told if words),
    )


def _for_whom(win: Win) -> str:
    return f"For {win.for_whom}" if win.for_whom else ""


def _quoted(win: Win) -> str:
    return f"“{win.quote.strip('“”')}”"


def credited(win: Win) -> str:
    """Whose credit it is: outside the office first."""
    ours = set(Account.objects.filter(role__in=OFFICE).values_list("person", flat=True))
    people = sorted(win.credit_people.all(), key=lambda each: (each.pk in ours, each.full_name))
    names = [*(str(unit) for unit in win.credit_units.all()), *map(str, people)]
    *first, last = names or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _said(words: str, *, klass: Confidentiality = "OPEN") -> Claim:
    return Claim("{words}", words=Name(ended(words)), klass=klass)
