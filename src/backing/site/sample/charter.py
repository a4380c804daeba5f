"""The charter of the invented company: through the actions that a user goes through; only the days lie back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from backing.demo import charter as told
from backing.documents.desk import desk
from backing.mandate.models import MandateDecision
from backing.people import actions as people
from backing.people.models import Account, Organisation, OrgUnit, Person
from backing.scope import charters
from backing.scope.models import Charter, CharterLink, ScopeItem


@transaction.atomic
def fill(*, now: datetime) -> None:
    """Fill in two versions, once, when there is a scope for them to speak of; the worker writes the files."""
    if (
        not Organisation.ours().invented
        or Charter.objects.exists()
        or not ScopeItem.objects.wont().exists()
    ):
        return
    _Charter(now=now, head=people.head()).fill()


class _Charter:
    """A version that management has decided on, and the next, which waits for its decision."""

    def __init__(self, *, now: datetime, head: Account) -> None:
        self.now, self.head = now, head
        self.today = timezone.localdate(now)

    def fill(self) -> None:
        self.agreed(self.written(told.FIRST))
        self.proposed(self.written(told.SECOND))

    def day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def written(self, version: told.Version) -> Charter:
        on = self.day(version.written)
        made = charters.begin(on=on)
        charters.write(
            made,
            sections=version.sections,
            review_due=charters.a_year_after(on),
            effective=None,
            units=OrgUnit.objects.filter(name__in=version.units),
            change_note=version.note,
        )
        return made

    def agreed(self, version: Charter) -> None:
        version.status, version.proposed_on = Charter.Status.PROPOSED, version.written_on
        version.save()
        basis = MandateDecision.objects.get(question=told.FIRST.rests_on)
        charters.rest_on(version, basis, on=version.written_on)

    def proposed(self, version: Charter) -> None:
        at = desk(self.head, "D2")
        if at is None:
            raise LookupError("D2 has nothing to be composed from.")
        asked = self.now - timedelta(days=told.ASKED)
        charters.put(version, at.drafted, at.draft, by=self.head, now=asked)
        version.refresh_from_db()
        leaders = [Person.objects.get(full_name=word.name) for word in told.ANSWERS]
        charters.ask(version, leaders, by=self.head, now=asked)
        for word, leader in zip(told.ANSWERS, leaders, strict=True):
            if word.ago is not None:
                self.answered(CharterLink.objects.get(charter=version, person=leader), word)

    def answered(self, link: CharterLink, word: told.Word) -> None:
        response = charters.Response.OBJECTS if word.objects else charters.Response.ACKNOWLEDGED
        charters.answer(
            link,
            response=response,
            note=word.note,
            now=self.now - timedelta(days=word.ago or 0),
        )
