"""What the office has recorded, as the case takes it in: asked of each app for a viewer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.utils import timezone

from backing.benefits import public as benefits
from backing.documents.papers.recorded import (
    Checkpoint,
    Covered,
    Item,
    Kind,
    Line,
    Matrix,
    Origin,
    Recorded,
    Target,
    ToDecide,
)
from backing.mandate import public as mandate
from backing.people.models import Account
from backing.rhythm import public as rhythm
from backing.scope import public as scope
from backing.worth import public as worth
from trackrecord.figure import Figure

_KINDS: Final[dict[str, Kind]] = {"will": "will", "wont": "wont", "not_yet": "not_yet"}
_ACTIVITY: Final = benefits.Layer.ACTIVITY.value
_FIRST, _SECOND = timedelta(days=90), timedelta(days=182)


def recorded(viewer: Account) -> Recorded:
    """All that there is; what is not recorded stays empty, and its part of the case says so."""
    today = timezone.localdate()
    origin = mandate.origin(viewer)
    matrix = scope.cause_matrix(viewer)
    charter = scope.charter(viewer)
    cost = worth.cost_a_year(viewer, today=today) or _budget(origin)
    sight = benefits.line_of_sight(viewer)
    return Recorded(
        origin=_origin(origin),
        decision=_decision(viewer, today),
        items=_items(viewer),
        matrix=_matrix(matrix, sight),
        targets=tuple(
            Target(
                measure=each.measure,
                baseline=each.baseline,
                now=each.now,
                target=each.target,
                by=each.by,
                owner=each.owner,
            )
            for each in rhythm.targets(viewer)
        ),
        lines=tuple(_lines(sight)),
        cost=cost,
        addressable=matrix.a_year,
        break_even=scope.break_even(cost, matrix.a_year),
        checkpoints=tuple(_checkpoints(charter, today)),
        stop_if=charter.stop_if if charter is not None else (),
    )


def _origin(told: mandate.Origin | None) -> Origin | None:
    if told is None:
        return None
    return Origin(
        words=told.in_their_words.strip("“”"),
        said_by=", ".join(told.commissioned_by) or "Whoever commissioned the office",
        on=told.on,
        problem=told.problem,
    )


def _decision(viewer: Account, today: date) -> ToDecide | None:
    """The next open decision on the mandate, else on the charter or the budget."""
    waiting = mandate.open_decisions(viewer)
    for kind in ("mandate", "charter", "budget"):
        for each in waiting:
            if each.kind == kind:
                late = each.needed_by < today
                return ToDecide(
                    question=each.question,
                    recommendation=each.recommendation,
                    otherwise=each.otherwise,
                    by=None if late else each.needed_by,
                    overdue=each.needed_by if late else None,
                    of=tuple(name for _, name in each.deciders),
                )
    return None


def _items(viewer: Account) -> tuple[Item, ...]:
    return tuple(
        Item(
            kind=_KINDS[each.kind],
            statement=each.statement,
            reason=each.reason,
            instead=each.instead,
            since=each.from_on,
        )
        for each in scope.scope_items(viewer)
    )


def _matrix(found: scope.CauseMatrix, sight: benefits.LineOfSight) -> Matrix:
    names = {each.pk: each.name for each in found.activities}
    return Matrix(
        causes=tuple(
            Covered(
                cause=row.cause,
                share=row.behind.share,
                activities=tuple(names[pk] for pk in row.how),
                wont=row.left,
            )
            for row in found.rows
        ),
        addressed=found.addressed,
        idle=tuple(
            each.name for each in found.idle if not benefits.serves(sight, f"{_ACTIVITY}-{each.pk}")
        ),
    )


def _lines(sight: benefits.LineOfSight) -> Iterator[Line]:
    """For each goal that is reached, the firmest way to it: from what we do, through whose change."""
    for goal in sight.of(benefits.Layer.GOAL):
        reached = benefits.reaches(sight, goal.key)
        if not reached or not goal.counts:
            continue
        activity = min(reached, key=lambda key: (-reached[key], key))
        changes = (
            change
            for change in sight.of(benefits.Layer.CHANGE)
            if goal.key in benefits.serves(sight, change.key)
            and activity in benefits.reaches(sight, change.key)
        )
        through = next(changes, None)
        yield Line(
            activity=sight.by_key[activity].name,
            change=through.name if through else "",
            owner=through.note if through else "",
            goal=goal.name,
        )


def _budget(origin: mandate.Origin | None) -> Figure | None:
    """What the office was given for a year: it stands for its cost until that is counted in full."""
    if origin is None or origin.budget_minor is None or not origin.currency:
        return None
    return scope.cost_a_year(origin.budget_minor, origin.currency)


def _checkpoints(charter: scope.CharterInForce | None, today: date) -> Iterator[Checkpoint]:
    """Ninety days, six months and the review, counted from the day the charter is in force; gone by or not."""
    start: date | None = (charter.effective or charter.proposed_on) if charter else None
    if charter is None or start is None:
        return
    looks = (
        (start + _FIRST, "What is felt in the projects by now"),
        (start + _SECOND, "Whether the targets move, and what does not"),
        (charter.review_due, "Continue, change, shrink or stop"),
    )
    for on, what in looks:
        yield Checkpoint(on=on, what=what if on >= today else f"{what} (this day has passed)")
