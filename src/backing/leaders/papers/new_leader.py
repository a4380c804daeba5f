"""D9, the pack for a new leader: why the office exists, what was decided, what it means for their area.

What was thought of whoever came before is not inherited, and is not in it: it is read by the new leader.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from backing.documents.printing import to_print
from backing.leaders.models import Commitment
from backing.leaders.papers.area import area, for_whom, why
from backing.mandate.models import MandateDecision
from backing.people.models import Account, Person
from boardpaper.blocks import Ask, Block, Column, Document, Section, Statement, Table
from boardpaper.claim import Claim

MOST: Final = 6


def new_leader_pack(person: Person, viewer: Account, *, now: datetime) -> Document:
    """For the new leader, two pages at most.  They need not be on the list yet."""
    return to_print(
        code="D9",
        title="Welcome from the project office",
        now=now,
        audience=str(person),
        sections=tuple(_Pack(person, viewer).sections()),
    )


@dataclass(frozen=True, slots=True)
class _Pack:
    person: Person
    viewer: Account

    def sections(self) -> Iterator[Section]:
        yield Section(lead=Claim("Why there is a project office"), blocks=tuple(why(self.viewer)))
        yield Section(lead=Claim("What management has decided"), blocks=(self.decided(),))
        yield Section(lead=for_whom(self.person), blocks=tuple(area(self.person, self.viewer)))
        yield Section(lead=Claim("What was promised to your area"), blocks=(self.promised(),))
        yield Section(
            lead=Claim("One question to you"),
            blocks=(
                Ask(
                    request=Claim(
                        "“If this office works, what is different for you in twelve months?”"
                    ),
                    of=str(self.person),
                ),
            ),
        )

    def decided(self) -> Block:
        decided = MandateDecision.objects.visible_to(self.viewer).exclude(decided_on=None)
        rows = tuple(
            (each.decided_on, each.question, f"{each.outcome} {each.conditions}".strip())
            for each in decided.order_by("-decided_on", "-pk")[:MOST]
        )
        if not rows:
            return Statement(claims=(Claim("No decision is recorded."),))
        columns = (Column(name="When"), Column(name="Question"), Column(name="Decided"))
        return Table(columns=columns, rows=rows)

    def promised(self) -> Block:
        """What the office owes whoever held the post before, and them already."""
        people = [self.person, *self.person.predecessors.all()]
        found = (
            Commitment.objects.visible_to(self.viewer)
            .filter(promised_to__in=people, status=Commitment.Status.OPEN)
            .select_related("promised_to")[:MOST]
        )
        rows = tuple((each.what, str(each.promised_to), each.due) for each in found)
        if not rows:
            return Statement(claims=(Claim("No promise of the office to your area is open."),))
        columns = (Column(name="We promised"), Column(name="To"), Column(name="By"))
        return Table(
            columns=columns, rows=rows, note="We keep these to you. Tell us what no longer matters."
        )
