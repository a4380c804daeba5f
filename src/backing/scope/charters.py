"""The charter as it goes: written, put before the leaders, decided, and answered by each of them (S20-a, S31).

A version that was put before leaders keeps its issue, frozen.  It rests on a decision of management or says
on every page that it is proposed.  Each leader is asked for their word on it by a link of their own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from backing.documents import actions as documents
from backing.documents.drafting import Drafted
from backing.documents.models import Draft
from backing.mandate.models import MandateDecision
from backing.people.models import Account, OrgUnit, Person
from backing.scope.models import Acknowledgement, Charter, CharterLink, ScopeItem

Status, Response = Charter.Status, Acknowledgement.Response

# What a person writes of the charter, by name: the rest is composed from the records.
WRITTEN: Final[Mapping[str, str]] = {
    "purpose": "What the office is for",
    "decision_rights": "What the office decides, what it proposes, and where a dispute goes",
    "engagement": "How we work with you",
    "people": "Who works in the office",
    "success": "How success is judged",
    "stop_if": "Stop us if …",
    "risks": "What may go wrong",
    "assumptions": "What we take for granted",
}


class NotPut(Exception):
    """The charter cannot be put before leaders now; the sentence says why and what to do."""


def being_written() -> Charter | None:
    """The version that is being written; None where nobody has begun one."""
    return Charter.objects.filter(status=Status.DRAFT).first()


def a_year_after(day: date) -> date:
    """The same day a year on; of 29 February the first of March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


@transaction.atomic
def begin(*, on: date) -> Charter:
    """The next version, with what was written in the last one; the one being written where there is one."""
    found = being_written()
    if found is not None:
        return found
    last = Charter.objects.order_by("-version").first()
    charter = Charter.objects.create(
        version=last.version + 1 if last else 1,
        written_on=on,
        review_due=a_year_after(on),
        sections=last.sections if last else {},
    )
    if last is not None:
        charter.units.set(last.units.all())
    return charter


@transaction.atomic
def write(
    charter: Charter,
    *,
    sections: Mapping[str, str],
    review_due: date,
    effective: date | None,
    units: Iterable[OrgUnit],
    change_note: str,
) -> None:
    """What a person writes of it; blank sections are left out."""
    charter.sections = {name: text for name, text in sections.items() if text}
    charter.review_due, charter.effective = review_due, effective
    charter.change_note = change_note
    charter.save()
    charter.units.set(units)


def lacking(charter: Charter) -> tuple[str, ...]:
    """What stands in the way of putting it before leaders, a sentence each."""
    found = []
    if not ScopeItem.objects.wont().exists():
        found.append("It says nothing that the office won’t do. Add at least one “won’t”.")
    if not ScopeItem.objects.will().exists():
        found.append("It says nothing that the office will do. Add at least one “will”.")
    start = charter.effective or charter.written_on
    if charter.review_due > a_year_after(start):
        found.append("It is to be reviewed within a year. Choose an earlier day.")
    return tuple(found)


@transaction.atomic
def put(charter: Charter, drafted: Drafted, draft: Draft, *, by: Account, now: datetime) -> None:
    """Put the version before leaders as a proposal, frozen as an issue of D2.

    Raises NotPut while something is lacking, and documents.NotIssued where the claim gate stands in the way.
    """
    held = Charter.objects.select_for_update().get(pk=charter.pk)
    if held.status != Status.DRAFT:
        raise NotPut("This version was put before leaders already. Begin the next one.")
    if missing := lacking(held):
        raise NotPut(" ".join(missing))
    for other in Charter.objects.filter(status=Status.PROPOSED):
        other.status = Status.SUPERSEDED
        other.save()
    held.status, held.proposed_on = Status.PROPOSED, timezone.localdate(now)
    held.issue = documents.issue(drafted, draft, by=by, now=now)
    held.save()


@transaction.atomic
def rest_on(charter: Charter, decision: MandateDecision, *, on: date) -> None:
    """Management has decided: the version is agreed and names the decision; what was in force is history.

    Raises NotPut where the decision is open, or the version was never put before anyone.
    """
    held = Charter.objects.select_for_update().get(pk=charter.pk)
    if decision.decided_on is None:
        raise NotPut("This is not decided yet. Write down what was decided first.")
    if held.status != Status.PROPOSED:
        raise NotPut("Only a version that is proposed can be agreed.")
    for other in Charter.objects.filter(status=Status.AGREED):
        other.status = Status.SUPERSEDED
        other.save()
    held.basis, held.status = decision, Status.AGREED
    held.effective = held.effective or on
    held.save()


def issue_again(
    charter: Charter, drafted: Drafted, draft: Draft, *, by: Account, now: datetime
) -> None:
    """Freeze the version anew, now that its basis is in it; leaders are given this one from here on."""
    charter.issue = documents.issue(drafted, draft, by=by, now=now)
    charter.save()


# What leaders are asked, and what they answer.


@transaction.atomic
def ask(
    charter: Charter, people: Collection[Person], *, by: Account, now: datetime
) -> dict[int, str]:
    """A link for each, by person: what it must carry.  One sent before for this version opens no more."""
    if charter.status not in (Status.PROPOSED, Status.AGREED):
        raise NotPut("Put this version before leaders first.")
    for person in people:
        Acknowledgement.objects.get_or_create(
            charter=charter, person=person, defaults={"asked_on": timezone.localdate(now)}
        )
    return {
        person.pk: CharterLink.ask(person, by=by, now=now, charter=charter) for person in people
    }


@transaction.atomic
def answer(link: CharterLink, *, response: str, note: str, now: datetime) -> Acknowledgement:
    """What a leader answers by their link; the answer of before stays in the history."""
    given = Acknowledgement.objects.select_for_update().get(
        charter=link.charter, person=link.person
    )
    given.response, given.note = response, note
    given.answered_on = timezone.localdate(now)
    given.save()
    link.answered_at = now
    link.save(update_fields=["answered_at"])
    return given
