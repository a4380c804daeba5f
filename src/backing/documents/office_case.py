"""What the office has recorded, as the case takes it in: asked of each app for a viewer."""

from __future__ import annotations

from backing.documents.papers.recorded import Origin, Recorded, Target, ToDecide
from backing.mandate import public as mandate
from backing.people.models import Account
from backing.rhythm import public as rhythm


def recorded(viewer: Account) -> Recorded:
    """All that there is; what is not recorded stays empty, and its part of the case says so."""
    return Recorded(
        origin=_origin(viewer),
        decision=_decision(viewer),
        targets=tuple(
            Target(
                measure=each.measure,
                baseline=each.baseline,
                target=each.target,
                by=each.by,
                owner=each.owner,
            )
            for each in rhythm.targets(viewer)
        ),
    )


def _origin(viewer: Account) -> Origin | None:
    told = mandate.origin(viewer)
    if told is None:
        return None
    return Origin(
        words=told.in_their_words.strip("“”"),
        said_by=", ".join(told.commissioned_by) or "Whoever commissioned the office",
        on=told.on,
        problem=told.problem,
    )


def _decision(viewer: Account) -> ToDecide | None:
    """The next open decision on the mandate, else on the charter or the budget."""
    waiting = mandate.open_decisions(viewer)
    for kind in ("mandate", "charter", "budget"):
        for each in waiting:
            if each.kind == kind:
                return ToDecide(
                    question=each.question,
                    recommendation=each.recommendation,
                    otherwise=each.otherwise,
                    by=each.needed_by,
                    of=tuple(name for _, name in each.deciders),
                )
    return None
