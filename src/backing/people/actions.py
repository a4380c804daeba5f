"""Changes across records: the first account, invitations, a lost app, a post handed over.  Erasing is `erasing`."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from backing.people.access import Role
from backing.people.models import AccessLog, Account, Authenticator, EntryLink, Person

FIRST_LINK_LASTS = timedelta(hours=1)
INVITATION_LASTS = timedelta(days=7)
LOST_AND_TOLD_THE_HEAD = "Taken out of use by the head: lost"
LOST_AND_AT_THE_MACHINE = "Taken out of use at the machine of the office: lost"


@transaction.atomic
def first_link(*, now: datetime) -> str | None:
    """What the link of first run carries; None once somebody can sign in with a password."""
    if Account.objects.with_password().exists():
        return None
    return head().link(purpose=EntryLink.Purpose.FIRST_RUN, now=now, lasts=FIRST_LINK_LASTS)


@transaction.atomic
def head() -> Account:
    """The account of the head of the PMO, made where there is none."""
    found = Account.objects.filter(role=Role.PMO_HEAD).order_by("-is_active", "pk").first()
    if found is not None:
        return found
    person = Person.objects.create(full_name=str(Role.PMO_HEAD.label))
    return Account.objects.create(person=person, role=Role.PMO_HEAD)


@transaction.atomic
def invite(*, full_name: str, email: str, role: str, now: datetime) -> tuple[Account, str]:
    """Give someone an account; returns it and what their link must carry."""
    person = Person.objects.filter(email=email).first()
    if person is None:
        person = Person.objects.create(full_name=full_name, email=email)
    # Whoever came with a workbook has an account already, which lets nobody in.
    account = Account.objects.filter(person=person, email=None).first() or Account(person=person)
    account.email, account.role, account.is_active = email, role, True
    account.set_unusable_password()
    account.save()
    return account, new_link(account, now=now)


def new_link(account: Account, *, now: datetime) -> str:
    """Another link for someone who lost the first, or forgot the password."""
    return account.link(purpose=EntryLink.Purpose.INVITATION, now=now, lasts=INVITATION_LASTS)


@transaction.atomic
def remove_authenticator(account: Account, *, by: Account, why: str, now: datetime) -> bool:
    """Ask this account for no code until it sets up another app; False where none was set up."""
    count, _ = Authenticator.objects.filter(account=account).delete()
    if count:
        AccessLog.objects.create(
            who=by, what="Authenticator", count=1, about=[account.person_id], purpose=why, at=now
        )
    return bool(count)


@transaction.atomic
def hand_over(person: Person, *, to: Person, on: date) -> None:
    """Somebody follows in a post, on the day the one before leaves it.

    What was noted about the one who leaves is not handed on: of the successor nothing is known yet.
    """
    person.in_post_to, person.successor = on, to
    person.save()
    to.in_post_from = on
    to.job_title = to.job_title or person.job_title
    to.org_unit = to.org_unit or person.org_unit
    to.save()
