"""Changes across the records of the scope."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction

from backing.people.models import Account, OrgUnit, Person
from backing.scope.models import (
    Activity,
    DataRequest,
    HandOver,
    HandOverItem,
    HandOverLink,
    OurUnit,
    OverlapTalk,
    RaciAssignment,
    Side,
)
from backing.scope.models.handovers import CHECKLIST
from backing.scope.models.raci import ONE_ACCOUNTABLE
from boardpaper.wording import en


class OtherDays(Exception):
    """The days of a hand-over were changed while somebody was answering."""


class TwoAccountable(Exception):
    """Somebody else is accountable on one of those days; the text says who and when."""


def say_which_unit_we_are(unit: OrgUnit) -> OurUnit:
    """The office is this unit of the organisation, from now on."""
    ours = OurUnit.objects.filter(pk=1).first() or OurUnit(pk=1)
    ours.unit = unit
    ours.save()
    return ours


def note_activities(names: Iterable[str], *, unit: OrgUnit, on: date) -> list[Activity]:
    """Activities by name only, the rest later; gives those that are new."""
    known = {each.name.casefold() for each in Activity.objects.filter(org_unit=unit)}
    new = []
    for name in names:
        if name.casefold() not in known:
            known.add(name.casefold())
            new.append(Activity.objects.create(name=name, org_unit=unit, noted_on=on))
    return new


def give_part(part: RaciAssignment) -> RaciAssignment:
    """Keep a part in an activity.  Raises TwoAccountable, and then keeps nothing."""
    try:
        with transaction.atomic():
            part.save()
    except IntegrityError as refused:
        if ONE_ACCOUNTABLE not in str(refused):
            raise
        raise TwoAccountable(_who_is(part)) from None
    return part


def end_part(part: RaciAssignment, *, last: date) -> None:
    """It ends on that day; a part that would end before it begins goes."""
    if last < part.begins:
        part.delete()
        return
    part.until = last
    part.save()


@transaction.atomic
def begin_hand_over(hand_over: HandOver) -> HandOver:
    """A new hand-over, with the checklist that every one begins with."""
    hand_over.save()
    for position, item in enumerate(CHECKLIST):
        HandOverItem.objects.create(hand_over=hand_over, item=item, position=position)
    return hand_over


@transaction.atomic
def change_dates(
    hand_over: HandOver, *, giving_ends: date, taking_starts: date, parallel_until: date | None
) -> None:
    """Other days: what both sides said was about the old ones, and is asked anew."""
    hand_over = HandOver.objects.select_for_update().get(pk=hand_over.pk)
    if hand_over.days == (giving_ends, taking_starts, parallel_until):
        return
    hand_over.giving_ends, hand_over.taking_starts = giving_ends, taking_starts
    hand_over.parallel_until = parallel_until
    hand_over.giver_accepted_on = hand_over.receiver_accepted_on = None
    hand_over.giver_accepted_by = hand_over.receiver_accepted_by = None
    hand_over.giver_said = hand_over.receiver_said = ""
    hand_over.save()


@transaction.atomic
def answer(link: HandOverLink, *, to: str, yes: bool, words: str, now: datetime, on: date) -> None:
    """What one side says to a hand-over; the last answer stands.

    to: its days as they read them (`HandOver.days_in_a_word`).  Raises OtherDays where they are others now:
    nobody says yes to days they did not read.
    """
    hand_over = HandOver.objects.select_for_update().get(pk=link.hand_over_id)
    if hand_over.days_in_a_word != to:
        raise OtherDays
    side = Side(link.side).value
    setattr(hand_over, f"{side}_accepted_on", on if yes else None)
    setattr(hand_over, f"{side}_accepted_by", link.person if yes else None)
    setattr(hand_over, f"{side}_said", words)
    hand_over.save()
    HandOverLink.objects.filter(pk=link.pk).update(answered_at=now)


@transaction.atomic
def tick(hand_over: HandOver, *, side: Side, items: Iterable[HandOverItem], on: date) -> None:
    """These lines, and no others, are done; said by the receiver, they are accepted too."""
    ticked = {item.pk for item in items}
    field = "done_on" if side == Side.GIVER else "accepted_on"
    for item in hand_over.items.all():
        day = (getattr(item, field) or on) if item.pk in ticked else None
        if getattr(item, field) != day:
            setattr(item, field, day)
            item.save()


def retire(request: DataRequest, *, on: date) -> None:
    """It is asked no more from that day on."""
    request.retire_on = max(on, request.begins)
    request.save()


@transaction.atomic
def note_talk(
    *,
    one: Activity,
    other: Activity | None,
    unit: OrgUnit | None,
    by: Account,
    marked_on: date | None = None,
    spoken_on: date | None = None,
    spoken_with: Person | None = None,
    outcome: OverlapTalk.Outcome = OverlapTalk.Outcome.OPEN,
    agreed: str = "",
) -> OverlapTalk:
    """What is known of two who may do the same: somebody marked them, or spoke with the other unit."""
    if other is not None and other.pk < one.pk:
        one, other = other, one
    pair = {"one": one, "other": other, "unit": unit}
    talk = OverlapTalk.objects.filter(**pair).first() or OverlapTalk(**pair)
    talk.noted_by = by
    talk.marked_on = talk.marked_on or marked_on
    if spoken_on is not None:
        talk.spoken_on, talk.spoken_with = spoken_on, spoken_with
        talk.outcome, talk.agreed = outcome, agreed
    talk.save()
    return talk


def _who_is(part: RaciAssignment) -> str:
    """Who is accountable on the days that were asked for."""
    others = RaciAssignment.objects.accountable().filter(activity=part.activity_id)
    other = others.exclude(pk=part.pk).within(part.begins, part.until).first()
    if other is None:
        return "Somebody else became accountable on those days just now. Look again."
    until = f" to {en.day(other.until)}" if other.until else ""
    return (
        f"{other.party} is accountable from {en.day(other.begins)}{until}. "
        "One only on any day: end theirs first, or choose other days."
    )
