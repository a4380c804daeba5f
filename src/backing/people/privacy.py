"""What this app itself holds about a person: who they are, their account, what they asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import models
from django.utils import timezone

from backing.people.advising import Office
from backing.people.held import Counts, Due, Entry, Section, Value
from backing.people.models import (
    AccessLog,
    AccessRequest,
    Account,
    Authenticator,
    OwnStatement,
    Person,
    Roster,
    Workbook,
)
from backing.people.names import Names
from backing.people.retention import LOGS

APP: Final = "people"


def export_of(person: Person, viewer: Account, now: datetime) -> Iterator[Section]:
    """The master data, the account, the requests."""
    del viewer, now
    yield Section(
        title="Who you are",
        why="To know whom to speak with.",
        seen_by="The project office, and management.",
        kept="As long as you work with the office; then a stub with your former post.",
        entries=(_person(person), *_account(person)),
    )
    yield Section(
        title="What you asked for",
        why="To answer within the time that the law gives.",
        seen_by="The project office.",
        kept="Until you are erased.",
        entries=tuple(map(_request, AccessRequest.objects.filter(person=person))),
    )


def erase(person: Person, names: Names) -> Counts:
    """Statements, requests, and lists and workbooks whose cells still wait."""
    del names
    requests = AccessRequest.objects.filter(person=person)
    statements = OwnStatement.objects.filter(person=person)
    found = {"requests": requests.count(), "statements": statements.count()}
    AccessRequest.history.filter(person=person).delete()
    requests.delete()
    statements.delete()
    for roster in Roster.objects.exclude(made={}):
        roster.made = _without(roster.made, person.pk)
        roster.save(update_fields=["made"])
    Roster.objects.waiting().delete()
    Workbook.objects.waiting().delete()
    return found


def is_due(office: Office, today: date) -> bool:
    """Whether a line of the log is old."""
    return _old_lines(office, today).exists()


def due(office: Office, today: date) -> Iterator[Due]:
    """Lines of the access log whose time is over."""
    old = _old_lines(office, today)
    first = old.last()
    if first is not None:
        yield Due(
            app=APP,
            code="logs",
            person_id=None,
            what="Lines of the access log",
            count=old.count(),
            since=first.at.date(),
        )


def forget(due: Due, office: Office, today: date) -> int:
    """Take the old lines out of the log."""
    del due
    return _old_lines(office, today).delete()[0]


def _old_lines(office: Office, today: date) -> models.QuerySet[AccessLog]:
    limit = datetime.combine(today - timedelta(days=office[LOGS]), time.min)
    return AccessLog.objects.filter(at__lt=timezone.make_aware(limit))


def _person(person: Person) -> Entry:
    said: tuple[tuple[str, Value], ...] = (
        ("name", person.full_name),
        ("job title", person.job_title),
        ("unit", str(person.org_unit or "")),
        ("e-mail", person.email),
        ("telephone", person.phone),
        ("in post from", person.in_post_from),
        ("in post to", person.in_post_to),
        ("told of this on", person.privacy_notice_sent_at),
        ("objected on", person.objection_at),
    )
    return Entry(
        name=f"Person {person.pk}", on=None, says=said, source="An organisation chart, or typed in."
    )


def _account(person: Person) -> Iterator[Entry]:
    for account in Account.objects.filter(person=person):
        app = Authenticator.objects.in_use().filter(account=account).first()
        last = account.last_login.date() if account.last_login else None
        yield Entry(
            name=f"Account {account.pk}",
            on=last,
            says=(
                ("comes in as", account.get_role_display()),
                ("last came in", last),
                *_codes(app),
            ),
            source="Your own use of Backing.",
        )


def _codes(app: Authenticator | None) -> Iterator[tuple[str, Value]]:
    if app is not None and app.in_use_since is not None:
        yield "signs in with a code, too, since", app.in_use_since.date()


def _request(request: AccessRequest) -> Entry:
    return Entry(
        name=f"AccessRequest {request.pk}",
        on=request.received_on,
        says=(("due", request.due_on), ("answered", request.answered_on)),
        source="You asked.",
    )


def _without(made: dict[str, object], person: int) -> dict[str, object]:
    """What an import made, without what it knew of one person."""
    changed = made.get("changed")
    if isinstance(changed, list):
        made = {**made, "changed": [each for each in changed if each.get("person") != person]}
    return made
