"""Changes across records: the first account, invitations, erasure."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from backing.people.access import Role
from backing.people.models import Account, EntryLink, Person

FIRST_LINK_LASTS = timedelta(hours=1)
INVITATION_LASTS = timedelta(days=7)


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
    account = Account(person=person, email=email, role=role)
    account.set_unusable_password()
    account.save()
    return account, new_link(account, now=now)


def new_link(account: Account, *, now: datetime) -> str:
    """Another link for someone who lost the first, or forgot the password."""
    return account.link(purpose=EntryLink.Purpose.INVITATION, now=now, lasts=INVITATION_LASTS)


@transaction.atomic
def erase(person: Person, *, on: datetime, erasure_list: Path) -> None:
    """Forget who someone was; what rests on them stands, said of a "former" holder of the post.

    The erasure list lies outside the workspace, so that restoring an older backup forgets again.
    """
    _forget(person)
    erasure_list.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with erasure_list.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps({"person": str(person.opaque_id), "on": on.isoformat()}) + "\n")


@transaction.atomic
def replay_erasures(erasure_list: Path) -> int:
    """Erase again whoever was erased before; returns how many were found."""
    if not erasure_list.exists():
        return 0
    lines = erasure_list.read_text("utf-8").splitlines()
    erased = {json.loads(line)["person"] for line in lines if line.strip()}
    people = [
        person
        for person in Person.objects.filter(opaque_id__in=erased)
        if not _is_forgotten(person)
    ]
    for person in people:
        _forget(person)
    return len(people)


def _forget(person: Person) -> None:
    Account.objects.filter(person=person).update(email=None, is_active=False, password="!")
    person.full_name = _former(person)
    person.email, person.phone = None, ""
    person.save()
    person.history.all().delete()


def _former(person: Person) -> str:
    return f"Former {person.job_title}" if person.job_title else "Someone who left"


def _is_forgotten(person: Person) -> bool:
    return person.email is None and person.full_name == _former(person)
