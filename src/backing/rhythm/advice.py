"""RULE-24: the office is ticking along, and is being forgotten (S28); and the rules about what improved.

Here: documents for leaders, and the reason the office exists being shown.  Reports and readings, and
RULE-11 and RULE-30, are in `improvement_advice`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.urls import reverse

from backing.documents.public import FOR_LEADERS, WITH_THE_ORIGIN, last_given
from backing.leaders.public import last_briefing
from backing.mandate.public import origin
from backing.people.access import Confidentiality
from backing.people.advising import Advice, Office, Order, Rules, Threshold
from backing.people.models import Account
from backing.rhythm import improvement_advice
from backing.scope.public import charter
from backing.sponsor.public import last_told
from boardpaper.wording import en

RULE: Final = "RULE-24"
DOCUMENT_WITHIN = Threshold(
    rule=RULE,
    name="something for leaders within",
    default=30,
    unit="days",
    why="What nobody hears of for a month is taken for finished, or for not needed.",
    least=7,
    most=180,
)
ORIGIN_WITHIN = Threshold(
    rule=RULE,
    name="the reason shown within",
    default=90,
    unit="days",
    why="Leaders change posts, and the reason for the office leaves with them.",
    least=30,
    most=365,
)
THRESHOLDS = (DOCUMENT_WITHIN, ORIGIN_WITHIN, *improvement_advice.THRESHOLDS)


def ticking_along(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """Counted from the day on which the office was commissioned, until there is something later."""
    told = origin(viewer)
    if told is None:
        return
    given = max(told.on, last_given(viewer, FOR_LEADERS) or told.on)
    if (today - given).days > office[DOCUMENT_WITHIN]:  # updates and wins are told without an issue
        given = max(given, last_told(viewer) or given)
    shown = max(
        *(told.on, last_given(viewer, WITH_THE_ORIGIN) or told.on),
        last_briefing(viewer) or told.on,
    )
    quiet, unsaid = (today - given).days, (today - shown).days
    if quiet > office[DOCUMENT_WITHIN]:
        yield _advice(
            "document",
            title=f"The office has been ticking along for {quiet} days.",
            because="No leader has been given anything to read since.",
            do="Fifteen minutes now: issue the case anew, or print the card for the next meeting.",
            href=reverse("documents"),
        )
    if unsaid > office[ORIGIN_WITHIN]:
        yield _advice(
            "origin",
            title=f"No leader has been told for {unsaid} days why the office exists.",
            because="The reason leaves with those who knew it.",
            do="Take the card along to the next conversation.",
            href=reverse("why"),
        )


def charter_past_its_review(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """RULE-24, of the day on which the charter was to be looked at again."""
    del office
    current = charter(viewer)
    if current is not None and current.review_due < today:
        yield _advice(
            "charter",
            title=f"Charter {current.version} was to be reviewed by {en.day(current.review_due)}.",
            because="A charter that nobody looks at again is taken for one that nobody needs.",
            do="Write the next version, or ask whether the office goes on; no is an answer.",
            href=reverse("charter"),
        )


def _advice(subject: str, *, title: str, because: str, do: str, href: str) -> Advice:
    return Advice(
        rule=RULE,
        subject=subject,
        title=title,
        because=(because,),
        do=do,
        order=Order.HOUSEKEEPING,
        confidentiality=Confidentiality.PMO,
        href=href,
    )


advice = Rules(
    {
        Order.EVIDENCE: (improvement_advice.advice,),
        Order.HOUSEKEEPING: (ticking_along, charter_past_its_review),
    }
)
