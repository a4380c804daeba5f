"""D9b, the notice to those whom the office writes about (3.12).

The words are a template of ours with the office's own purpose in it.  They ask the head of the office to
say who they are and how to object; they are checked by whoever knows the law of the country.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from backing.people.models import LegitimateInterests, Organisation, Person
from boardpaper.blocks import Column, Document, Section, Statement, Table
from boardpaper.claim import Claim, Name

if TYPE_CHECKING:
    from backing.people.models import Account


_ASKS: Final = (
    "see everything that is kept about you, within one month, whichever way you ask",
    "have what is wrong put right, and have your own words stand beside an entry that you dispute",
    "object: what is kept is locked that day, until your objection is settled",
    "have it erased when it is no longer needed",
    "complain to the data-protection officer, or to the supervisory authority",
)


def document(
    grounds: LegitimateInterests, *, head: Account, organisation: Organisation, at: datetime
) -> Document:
    """The notice, for paper or page.  It names nobody but who answers for it."""
    contact = f"{head.person.full_name}{f', {head.person.email}' if head.person.email else ''}"
    return Document(
        code="D9b",
        title="What we keep about you, and why",
        organisation=organisation.name,
        sections=(
            _what_and_why(grounds),
            _on_what_ground(grounds),
            _who_reads_it(grounds),
            _your_part(contact),
        ),
        issued_at=at,
        edition="",
        as_at=None,
        audience="Leaders",
        invented=organisation.invented,
    )


def _what_and_why(grounds: LegitimateInterests) -> Section:
    return Section(
        kicker="What and why",
        lead=Claim("The project office keeps notes of its conversations with you."),
        blocks=(
            _said(
                "They hold what was said or done and when, what was promised on either side, how much "
                "a change touches your area, and how far the office believes you support it."
            ),
            _said("{purpose}", purpose=grounds.purpose),
        ),
    )


def _on_what_ground(grounds: LegitimateInterests) -> Section:
    return Section(
        kicker="On what ground",
        lead=Claim("It rests on the legitimate interests of the organisation."),
        blocks=(
            _said("{words}", words=grounds.necessity),
            _said("{words}", words=grounds.balance),
        ),
    )


def _who_reads_it(grounds: LegitimateInterests) -> Section:
    return Section(
        kicker="Who reads it, and for how long",
        lead=Claim("Two people, and nobody else, read what is noted about you."),
        blocks=(
            _said("{words}", words=grounds.safeguards),
            _said(
                "It comes from you, from meetings, and from the registers of projects. It is kept on the "
                "organisation’s own machine and goes to nobody else. No decision about you is made from it by a machine."
            ),
        ),
    )


def _your_part(contact: str) -> Section:
    return Section(
        kicker="Your part",
        lead=Claim("You may ask for it at any time."),
        blocks=(
            Table(columns=(Column(name="You may"),), rows=tuple((may,) for may in _ASKS)),
            _said("Write to {contact}.", contact=contact),
        ),
    )


def mark_told(person: Person, *, on: date) -> None:
    """They have been given the notice."""
    person.privacy_notice_sent_at = on
    person.save()


def _said(text: str, /, **words: str) -> Statement:
    slots: dict[str, Any] = {name: Name(said) for name, said in words.items()}
    return Statement(claims=(Claim(text, **slots),))
