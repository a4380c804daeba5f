"""Who is on the list, who is in focus, and who looks after whom."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from backing.leaders.levels import FOCUS_AT_MOST
from backing.leaders.models import Leader
from backing.people.models import Account, Person


class FocusIsFull(Exception):
    """There are as many in focus as one office can work with."""


@transaction.atomic
def put_on_the_list(person: Person, *, owner: Account, on: date) -> Leader:
    """The leader; one who had left comes back, out of focus."""
    leader = Leader.objects.filter(person=person).first()
    if leader is None:
        return Leader.objects.create(person=person, owner=owner, listed_on=on)
    if leader.left_on is not None:
        leader.left_on, leader.listed_on, leader.owner = None, on, owner
        leader.save()
    return leader


@transaction.atomic
def bring_into_focus(leader: Leader, *, instead_of: Leader | None = None) -> None:
    """Work with them first.  Raises FocusIsFull where there is no room and nobody gives way."""
    if instead_of is not None:
        leave_focus(instead_of)
    others = Leader.objects.on_the_list().filter(focus=True).exclude(pk=leader.pk)
    if others.count() >= FOCUS_AT_MOST:
        raise FocusIsFull
    leader.focus = True
    leader.save()


def leave_focus(leader: Leader) -> None:
    leader.focus = False
    leader.save()


def take_off_the_list(leader: Leader, *, on: date) -> None:
    """They are no leader to us any more; what was written down about them is due for erasure."""
    leader.left_on, leader.focus = on, False
    leader.save()


def hand_to(leader: Leader, owner: Account) -> None:
    """Someone else looks after them from now on, and reads what is thought of them."""
    leader.owner = owner
    leader.save()
