"""What other parts of the office may know of the mandate: values, for a viewer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from backing.evidence.public import projects_by_unit
from backing.mandate.models import (
    ChangeProposal,
    Expected,
    Impact,
    ImpactCorrection,
    MandateDecision,
    MandateOrigin,
)
from backing.people.models import Account
from backing.people.one_look import once_a_look

OVER = (ChangeProposal.Status.DROPPED,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who asked for the office, when and in what words."""

    in_their_words: str
    on: date
    commissioned_by: tuple[str, ...]
    problem: str
    expected_results: str
    budget_minor: int | None
    currency: str
    review_due: date | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change that is not dropped.  required: people whose agreement it needs."""

    pk: int
    title: str
    what_changes: str
    status: str
    start: date | None
    required: frozenset[int]
    units: tuple[str, ...]
    projects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDecision:
    """A question that waits for its deciders.  otherwise: what follows from no decision."""

    pk: int
    question: str
    kind: str
    needed_by: date
    deciders: tuple[tuple[int, str], ...]  # person and name, by name
    recommendation: str
    otherwise: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was decided, in the words of those who did.  change: the change it is about, if any."""

    pk: int
    question: str
    kind: str
    outcome: str
    conditions: str
    decided_on: date
    review_on: date | None
    deciders: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Became:
    """What was expected at the start, and what became of it: open, met, partly, not_met or dropped.

    outcome: the same in words.  shows: what shows it, "" while nobody has looked.
    """

    statement: str
    said_by: str
    on: date
    state: str
    outcome: str
    shows: str


def expected(viewer: Account) -> tuple[Became, ...]:
    """The first said first."""
    rows = Expected.objects.visible_to(viewer).select_related("said_by")
    return tuple(
        Became(
            statement=each.statement,
            said_by=str(each.said_by or ""),
            on=each.on,
            state=each.outcome,
            outcome=each.get_outcome_display(),
            shows=each.shows,
        )
        for each in rows
    )


@once_a_look
def origin(viewer: Account) -> Origin | None:
    """None where it has not been told, or the viewer may not see it."""
    found = MandateOrigin.objects.visible_to(viewer).ours()
    if found is None:
        return None
    return Origin(
        in_their_words=found.in_their_words,
        on=found.on,
        commissioned_by=tuple(str(each) for each in found.commissioned_by.all()),
        problem=found.problem,
        expected_results=found.expected_results,
        budget_minor=found.budget_minor,
        currency=found.currency,
        review_due=found.review_due,
        source=found.source,
    )


def changes(viewer: Account) -> tuple[Change, ...]:
    """By title."""
    counted = projects_by_unit(viewer)
    proposals = (
        ChangeProposal.objects.visible_to(viewer)
        .exclude(status__in=OVER)
        .prefetch_related("required", "impacts__org_unit")
    )
    found = []
    for each in proposals:
        units = sorted(impact.org_unit.name for impact in each.impacts.all())
        found.append(
            Change(
                pk=each.pk,
                title=each.title,
                what_changes=each.what_changes,
                status=each.status,
                start=each.start,
                required=frozenset(person.pk for person in each.required.all()),
                units=tuple(units),
                projects=sum(counted.get(unit.casefold(), 0) for unit in units),
            )
        )
    return tuple(found)


@once_a_look
def open_decisions(viewer: Account) -> tuple[OpenDecision, ...]:
    """Those not decided yet, the most urgent first."""
    waiting = MandateDecision.objects.visible_to(viewer).filter(decided_on=None)
    return tuple(
        OpenDecision(
            pk=each.pk,
            question=each.question,
            kind=each.kind,
            needed_by=each.needed_by,
            deciders=tuple((person.pk, str(person)) for person in each.deciders.all()),
            recommendation=each.recommendation,
            otherwise=each.if_not_decided,
        )
        for each in waiting.prefetch_related("deciders")
    )


def decided(viewer: Account, *kinds: str) -> tuple[Decided, ...]:
    """Decisions of these kinds that were taken, the latest first; of every kind where none is named."""
    taken = MandateDecision.objects.visible_to(viewer).exclude(decided_on=None)
    if kinds:
        taken = taken.filter(kind__in=kinds)
    return tuple(
        Decided(
            pk=each.pk,
            question=each.question,
            kind=each.kind,
            outcome=each.outcome,
            conditions=each.conditions,
            decided_on=each.decided_on,
            review_on=each.review_on,
            deciders=tuple((person.pk, str(person)) for person in each.deciders.all()),
        )
        for each in taken.order_by("-decided_on", "-pk").prefetch_related("deciders")
        if each.decided_on is not None
    )


def decided_since(viewer: Account, since: date) -> int:
    """How many decisions were taken from a day on."""
    return MandateDecision.objects.visible_to(viewer).filter(decided_on__gte=since).count()


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """What the head of a unit says is otherwise, and nobody has answered yet."""

    pk: int
    change: int
    title: str
    unit: str
    words: str
    said_on: date
    answer_due: date


def corrections_waiting(viewer: Account) -> tuple[Corrected, ...]:
    """The first due first."""
    waiting = ImpactCorrection.objects.visible_to(viewer).waiting()
    rows = waiting.order_by("answer_due", "pk").values_list(
        *("pk", "impact__change", "impact__change__title", "impact__org_unit__name"),
        *("words", "said_at", "answer_due"),
    )
    return tuple(
        Corrected(
            pk=pk,
            change=change,
            title=title,
            unit=unit,
            words=words,
            said_on=timezone.localdate(said_at),
            answer_due=answer_due,
        )
        for pk, change, title, unit, words, said_at, answer_due in rows
    )


def heads_of_affected_units(viewer: Account) -> Mapping[int, tuple[str, ...]]:
    """The titles of the changes that touch their unit, by head."""
    impacts = (
        Impact.objects.visible_to(viewer)
        .exclude(change__status__in=OVER)
        .exclude(org_unit__head=None)
        .values_list("org_unit__head", "change__title")
        .order_by("change__title", "org_unit__head")
    )
    found: dict[int, list[str]] = defaultdict(list)
    for head, title in impacts:
        if head is not None:
            found[head].append(title)
    return {head: tuple(titles) for head, titles in found.items()}
