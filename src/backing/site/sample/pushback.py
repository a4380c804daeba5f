"""What the invented company's project managers objected to: through the actions that users go through."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from backing.demo import SEED, managers
from backing.demo import pushback as told
from backing.evidence.models import Ownership
from backing.mandate.models import ChangeProposal
from backing.people import actions as people
from backing.people.models import Account, Organisation, OrgUnit, Person
from backing.people.named import person_named
from backing.pushback import actions
from backing.pushback.models import Pushback


@transaction.atomic
def fill(*, now: datetime) -> None:
    """Fill in objections, answers and one escalation, once, when there are changes to object to."""
    if (
        not Organisation.ours().invented
        or Pushback.objects.exists()
        or not ChangeProposal.objects.exists()
    ):
        return
    _own_projects()
    said = _Said(today=timezone.localdate(now), head=people.head())
    for objection in told.RAISED:
        said.raised(objection)


def _own_projects() -> None:
    """Two project managers own what the registers say they manage; nobody has asked them for their word yet."""
    for manager, key in managers.owned(SEED):
        place = {"register": managers.REGISTER, "key": key}
        if not Ownership.objects.filter(**place).exists():
            Ownership.objects.create(person=person_named(manager), **place)


class _Said:
    """Most of a year of objections; only the days lie back."""

    def __init__(self, *, today: date, head: Account) -> None:
        self.today, self.head = today, head
        self.units = {unit.name: unit for unit in OrgUnit.objects.all()}
        self.known = {each.full_name: each for each in Person.objects.all()}
        self.changes = {change.title: change for change in ChangeProposal.objects.all()}

    def day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def moment(self, ago: int) -> datetime:
        return timezone.make_aware(datetime.combine(self.day(ago), time(11)))

    def raised(self, objection: told.Objection) -> None:
        pushback, _ = actions.raise_pushback(
            actions.Said(
                text=objection.text,
                instead=objection.instead,
                change=self.changes.get(objection.change),
                request=objection.request,
                unit=self.units[objection.unit],
                raised_by=self.known.get(objection.who),
                known_as="" if objection.who in self.known else objection.who,
                in_confidence=not objection.who,
            ),
            now=self.moment(objection.ago),
        )
        actions.code(pushback, objection.cause)
        if objection.answer is not None:
            self.answered(pushback, objection.answer)
        if objection.brought is not None:
            self.brought(pushback, objection.brought)

    def answered(self, pushback: Pushback, answer: told.Answer) -> None:
        actions.answer(
            pushback,
            kind=answer.kind,
            text=answer.text,
            what_changes=answer.changes,
            removed=answer.removed,
            by=self.head,
            now=self.moment(answer.ago),
        )
        if answer.says:
            actions.say_of_the_answer(
                pushback, answer.says, words=answer.words, now=self.moment(answer.viewed)
            )

    def brought(self, pushback: Pushback, to: told.Brought) -> None:
        actions.escalate(
            pushback,
            to=person_named(to.to),
            level=to.level,
            facts=to.facts,
            effect=to.effect,
            tried=to.tried,
            options=to.options,
            recommendation=to.recommendation,
            by=self.day(to.needed),
            on=self.day(to.ago),
            raised_by=self.head,
        )
