"""The page of a project manager: who has one, what stands on it, its link, and what is said from it (4.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from backing.evidence import owners
from backing.evidence.models import Ownership
from backing.evidence.public import Lessons, OwnRow, lessons, own_rows, owners_of_projects
from backing.people.access import Role
from backing.people.models import Account, Person
from backing.pushback import actions
from backing.pushback.models import PageLink, Pushback
from backing.scope.public import (
    AskedFor,
    BurdenOverTime,
    ForManagers,
    Offer,
    asks,
    burden_over_time,
    for_a_manager,
    offers_against,
)

LASTS: Final = timedelta(days=60)
RETIRED_SHOWN: Final = 5
RAISED_SHOWN: Final = 5


class Word(models.TextChoices):
    """What is said of something that the office asks."""

    NOT_GIVEN = "not_given", "I do not give this any more"
    NO_USE = "no_use", "This is of no use"
    STILL_ASKED = "still_asked", "This was retired, and I am still asked for it"
    OTHER = "other", "Something else is wrong"


# Where the word itself says what lies behind it; the office may code it otherwise.
_CAUSES: Final = {Word.NO_USE: Pushback.Cause.NO_BENEFIT_FOR_ME}
ALL_OF_IT: Final = "What the project office asks and does"


@dataclass(frozen=True, slots=True, kw_only=True)
class Advised:
    """What like projects ran into, and by cause what the office has to offer against it."""

    lessons: Lessons
    offers: dict[str, tuple[Offer, ...]]

    @property
    def rows(self) -> tuple[tuple[str, int, tuple[Offer, ...]], ...]:
        """Cause, how many projects name it, what there is against it."""
        return tuple(
            (each.cause, each.projects, self.offers.get(each.cause, ()))
            for each in self.lessons.causes
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerPage:
    """What stands on one person's page.  raised: their own objections, none that came in confidence."""

    person: Person
    scope: ForManagers
    over_time: BurdenOverTime
    rows: tuple[OwnRow, ...]
    advised: tuple[Advised, ...]
    raised: tuple[Pushback, ...]

    @property
    def minutes(self) -> int:
        return self.over_time.now.minutes

    @property
    def waiting(self) -> tuple[OwnRow, ...]:
        return tuple(each for each in self.rows if not each.is_answered)

    @property
    def answered(self) -> int:
        return len(self.rows) - len(self.waiting)

    @property
    def retired(self) -> tuple[AskedFor, ...]:
        return self.scope.retired[:RETIRED_SHOWN]


def page_of(person: Person, *, now: datetime) -> ManagerPage:
    """Their page as it stands.  Whoever asks for it has shown that it is theirs, or is of the office."""
    today = timezone.localdate(now)
    found = lessons(person.pk)
    offers = offers_against({each.cause for one in found for each in one.causes})
    raised = Pushback.objects.filter(raised_by=person).select_related("change")
    return ManagerPage(
        person=person,
        scope=for_a_manager(person.pk, today=today),
        over_time=burden_over_time(person.pk, today=today),
        rows=own_rows(person.pk, now=now),
        advised=tuple(Advised(lessons=each, offers=offers) for each in found),
        raised=tuple(raised.prefetch_related("responses")[:RAISED_SHOWN]),
    )


# Who has a page.


@dataclass(frozen=True, slots=True, kw_only=True)
class Manager:
    """A project manager whom we know.  until: when the link that is open opens no more."""

    person: Person
    projects: int
    until: date | None


def managers(viewer: Account, *, now: datetime) -> list[Manager]:
    """Owners of projects, accounts of project managers, and who is asked by name; by name."""
    owned = owners_of_projects(viewer)
    accounts = Account.objects.filter(role=Role.PROJECT_MANAGER, is_active=True)
    named = {each.person for each in asks(viewer, on=timezone.localdate(now)) if each.person}
    people = Person.objects.visible_to(viewer).filter(
        pk__in={*owned, *named, *accounts.values_list("person", flat=True)}, erased_at=None
    )
    until = dict(
        _open(PageLink.objects.visible_to(viewer), now=now).values_list("person", "expires_at")
    )
    return [
        Manager(
            person=each,
            projects=owned.get(each.pk, 0),
            until=timezone.localdate(until[each.pk]) if each.pk in until else None,
        )
        for each in people.order_by("full_name", "pk")
    ]


# The link.


@transaction.atomic
def link_to_page(person: Person, *, by: Account, now: datetime) -> str:
    """A new link: what it must carry.  One sent before opens no more."""
    withdraw(person, now=now)
    return PageLink.make(by=by, now=now, lasts=LASTS, person=person)[1]


@transaction.atomic
def withdraw(person: Person, *, now: datetime) -> int:
    """Close the links to a page, and the links to rows that were opened from it; gives the former's number."""
    found = list(_open(PageLink.objects.filter(person=person), now=now))
    for link in found:
        link.rows.filter(withdrawn_at=None).update(withdrawn_at=now)
        link.withdraw(now=now)
    return len(found)


def open_row(link: PageLink, token: str, ownership: Ownership, *, now: datetime) -> str:
    """A link to one row, for who bears the link to the page: what it must carry.

    The same page leads to the same link, however often it is pressed.
    """
    secret = salted_hmac("pushback.page.row", f"{token} {ownership.pk}", algorithm="sha256")
    row, carried = owners.open_beside(
        ownership, by=link.made_by, now=now, until=link.expires_at, secret=secret.hexdigest()
    )
    link.rows.add(row)
    return carried


def open_own_row(account: Account, ownership: Ownership, *, now: datetime) -> str:
    """The same for who is signed in."""
    return owners.open_beside(ownership, by=account, now=now, until=now + owners.LASTS)[1]


def _open(found: models.QuerySet[PageLink], *, now: datetime) -> models.QuerySet[PageLink]:
    return found.filter(withdrawn_at=None, expires_at__gt=now)


# What is said from it.


@transaction.atomic
def say_of_an_ask(
    word: Word,
    *,
    about: str,
    words: str,
    by: Person,
    in_confidence: bool,
    now: datetime,
    once: str,
) -> str:
    """An objection to something that is asked; gives what the link to follow it carries.

    about: the ask, in its own words, or nothing for all of it.  In confidence neither the person nor
    their unit is kept.  Raises TooMany.
    """
    subject = about or ALL_OF_IT
    actions.refuse_a_flood({"request": subject}, now=now)
    pushback, follow = actions.raise_pushback(
        actions.Said(
            text=words if word is Word.OTHER else f"{word.label}. {words}".strip(),
            request=subject,
            unit=None if in_confidence else by.org_unit,
            raised_by=by,
            in_confidence=in_confidence,
        ),
        now=now,
        once=once,
    )
    cause = _CAUSES.get(word, "")
    if cause and not pushback.cause:
        _code(pushback, cause)
    return follow


def _code(pushback: Pushback, cause: str) -> None:
    if pushback.in_confidence:  # else the history would say who was signed in
        pushback._history_user = None  # type: ignore[attr-defined]  # noqa: SLF001  # its documented way
    actions.code(pushback, cause)
