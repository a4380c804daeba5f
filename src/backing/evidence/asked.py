"""Where the asking stands: who was asked about which project, who answered, who did not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from backing.evidence.models import Decision, MirroredProject, Ownership, RowLink
from backing.people.models import Person

if TYPE_CHECKING:
    from django_stubs_ext.annotations import WithAnnotations

    from backing.people.access import Viewer


class Standing(TypedDict):
    """What is known beside an ownership."""

    answer: str
    name: str
    asked_at: datetime | None
    answered_at: datetime | None
    expires_at: datetime | None
    is_open: bool


if TYPE_CHECKING:
    Asked = WithAnnotations[Ownership, Standing]


class Answer(models.TextChoices):
    """In the order in which the office can do something about it."""

    NOT_ASKED = "not-asked", "not asked"
    EXPIRED = "expired", "not answered in time"
    WAITING = "waiting", "waiting for an answer"
    CORRECTED = "corrected", "corrected"
    CONFIRMED = "confirmed", "confirmed as it is"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Someone with projects that still want an answer."""

    person: Person
    projects: int
    asked_before: bool


def ownerships(viewer: Viewer, *, now: datetime) -> QuerySet[Asked]:
    """Who owns the projects of the current edition, each with its `answer`, `name`, `asked_at`,
    `answered_at`, `expires_at` and `is_open` (a link of it can still be used)."""
    return _standing(Ownership.objects.visible_to(viewer), now=now)


def own(person: int, *, now: datetime) -> QuerySet[Asked]:
    """The same of one owner, for that owner."""
    return _standing(Ownership.objects.filter(person=person), now=now)


def _standing(found: QuerySet[Ownership], *, now: datetime) -> QuerySet[Asked]:
    here = {"register": OuterRef("register"), "key": OuterRef("key")}
    links = RowLink.objects.filter(ownership=OuterRef("pk"))
    last = links.order_by("-made_at", "-pk")
    answers = links.exclude(answered_at=None).order_by("-answered_at")
    opening = links.filter(withdrawn_at=None, expires_at__gt=now)
    corrections = Decision.objects.standing().filter(kind=Decision.Kind.CORRECTION, **here)
    mirrored = MirroredProject.objects.filter(**here)
    return (
        found.select_related("person")
        .filter(Exists(mirrored))
        .annotate(
            name=Subquery(mirrored.values("name")[:1]),
            asked_at=Subquery(last.values("made_at")[:1]),
            withdrawn_at=Subquery(last.values("withdrawn_at")[:1]),
            expires_at=Subquery(last.values("expires_at")[:1]),
            answered_at=Subquery(answers.values("answered_at")[:1]),
            is_open=Exists(opening),
            is_corrected=Exists(corrections.filter(by=OuterRef("person"))),
        )
        .annotate(
            answer=Case(
                When(~Q(answered_at=None) & Q(is_corrected=True), then=Value(Answer.CORRECTED)),
                When(~Q(answered_at=None), then=Value(Answer.CONFIRMED)),
                When(is_open=True, then=Value(Answer.WAITING)),
                When(withdrawn_at=None, expires_at__lte=now, then=Value(Answer.EXPIRED)),
                default=Value(Answer.NOT_ASKED),
                output_field=models.CharField(),
            )
        )
        .order_by("person__full_name", "person", "register", "key")
    )


def counts(found: QuerySet[Asked]) -> dict[str, int]:
    """How many projects have each answer, those without any included."""
    counted = dict(found.order_by().values_list("answer").annotate(Count("pk")))
    return {answer: counted.get(answer, 0) for answer in Answer.values}


def to_ask(found: QuerySet[Asked]) -> list[Owner]:
    """Owners of projects that want an answer, those never asked first."""
    rows = (
        unanswered(found)
        .order_by()
        .values(of=F("person"))
        .annotate(projects=Count("pk"), asked=Count("pk", filter=~Q(answer=Answer.NOT_ASKED)))
    )
    people: dict[int, Person] = Person.objects.in_bulk([row["of"] for row in rows])
    owners = [
        Owner(
            person=people[row["of"]],
            projects=row["projects"],
            asked_before=row["asked"] == row["projects"],
        )
        for row in rows
    ]
    return sorted(
        owners, key=lambda each: (each.asked_before, each.person.full_name, each.person.pk)
    )


def of_person(found: QuerySet[Asked], person: Person) -> Iterable[Asked]:
    """The projects of one owner that want an answer."""
    return unanswered(found).filter(person=person)


def unanswered(found: QuerySet[Asked]) -> QuerySet[Asked]:
    """Those that nobody has answered for yet."""
    return found.exclude(answer=Answer.CONFIRMED).exclude(answer=Answer.CORRECTED)
