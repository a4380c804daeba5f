"""RULE-27: a cause with much behind it that nobody is against, and work that is against none and for no goal."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils.http import urlencode

from backing.people.access import Confidentiality
from backing.people.advising import Advice, Office, Order, Threshold
from backing.scope.public import MATERIAL, CauseMatrix
from boardpaper.wording import word

MUCH = Threshold(
    rule="RULE-27",
    name="share of the money lost",
    default=MATERIAL,
    unit="of all",
    why="Who hears of a cause that a seventh of the money went to asks what is done about it.",
    least=0.01,
    most=1.0,
)
THRESHOLDS = (MUCH,)


def causes_left_open(office: Office, matrix: CauseMatrix) -> Iterator[Advice]:
    """Aimed at by nothing that we will do, and nobody has said why we leave it."""
    for row in matrix.open_causes:
        share = row.behind.share
        if share is None or not row.reaches(office[MUCH]):
            continue
        yield Advice(
            rule="RULE-27",
            subject=f"cause-{row.cause}"[:120],
            title=f"Nothing the PMO does is aimed at “{row.cause}”.",
            because=(f"{word(share)} of the money lost lies behind it.",),
            do="Aim an activity at it, or say why you won’t.",
            order=Order.EVIDENCE,
            confidentiality=Confidentiality.MGMT,
            href=f"{reverse('matrix-cause')}?{urlencode({'cause': row.cause})}",
            weight=float(share.value or 0) * 10,
        )


def aimed_at_nothing(matrix: CauseMatrix, for_nothing: Collection[int]) -> Iterator[Advice]:
    """Quiet while no cause is coded, for then there is nothing to aim at.

    for_nothing: the keys of the activities from which no line leads to a goal.
    """
    if not matrix.rows:
        return
    for each in matrix.idle:
        if each.pk in for_nothing:
            yield Advice(
                rule="RULE-27",
                subject=f"activity-{each.pk}",
                title=f"“{each.name}” is aimed at no cause and leads to no goal.",
                because=("Whoever asks what it is for gets no answer.",),
                do="Aim it at a cause, link it to a goal, or stop it.",
                order=Order.HOUSEKEEPING,
                confidentiality=Confidentiality.MGMT,
                href=reverse("matrix"),
            )
