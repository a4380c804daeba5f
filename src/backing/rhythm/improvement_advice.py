"""The rules about what improved: claims that cannot be upheld, bad news to be told, reports too good to
be believed (RULE-11, RULE-30); and reports and readings that stay away (RULE-24)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from backing.documents.models import Issue
from backing.documents.models.codes import Code
from backing.evidence.models import Measure, MeasureReading
from backing.people.access import Confidentiality
from backing.people.advising import Advice, Office, Order, Threshold
from backing.people.models import Account
from backing.rhythm.in_figures import worded
from backing.rhythm.models import Improvement
from backing.rhythm.papers.report import not_better_in
from backing.rhythm.progress import Progress, is_bad, progress
from backing.rhythm.public import Claimed, claimed
from boardpaper.composed import document_from
from boardpaper.wording import en

IN_A_ROW = Threshold(
    rule="RULE-30",
    name="reports with good news only",
    default=3,
    unit="reports",
    why="After three of them readers stop believing any.",
    least=1,
    most=12,
)
REPORT_WITHIN = Threshold(
    rule="RULE-24",
    name="an improvement report within",
    default=35,
    unit="days",
    why="It is monthly; five days later it has been forgotten.",
    least=7,
    most=120,
)
READING_WITHIN = Threshold(
    rule="RULE-24",
    name="a reading within",
    default=45,
    unit="days",
    why="What nobody has read for six weeks nobody is looking at.",
    least=7,
    most=365,
)
THRESHOLDS = (IN_A_ROW, REPORT_WITHIN, READING_WITHIN)
_PAGE: Final = "keep-it"


def advice(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    if not viewer.is_office:
        return
    measures = progress(viewer)
    if not measures:
        return
    claims = claimed(viewer)
    yield from claims_without_a_baseline(claims, measures)
    yield from spikes(claims, measures)
    yield from worse_to_be_told(claims)
    yield from due_to_be_claimed(claims, today)
    yield from too_good(office, viewer, measures)
    yield from no_report(office, viewer, today)
    yield from no_reading(office, viewer, today)


def claims_without_a_baseline(
    claims: tuple[Claimed, ...], measures: tuple[Progress, ...]
) -> Iterator[Advice]:
    """RULE-11: without a baseline fixed before the start nothing can be called better."""
    by_pk = {each.measure.pk: each for each in measures}
    for claim in claims:
        at = by_pk.get(claim.measure_pk)
        if at is None or claim.start is None:
            continue
        if at.baseline is None:
            yield _about(
                "RULE-11",
                f"claim-{claim.pk}",
                title=f"Cannot say improved: {claim.measure} has no baseline.",
                because=(_can_say(at),),
                do="Fix a baseline in writing before the next start.",
                href=reverse("create-baseline", args=[claim.measure_pk]),
                weight=6.0,
            )
        elif not any(each.holds_before(claim.start) for each in at.measure.baselines.all()):
            yield _about(
                "RULE-11",
                f"claim-{claim.pk}",
                title=f"The baseline of {claim.measure} was fixed after the start.",
                because=(
                    f"“{claim.what_was_done}” began on {en.day(claim.start)}.",
                    f"Fixed on {en.day(at.baseline.fixed_on)}, it supports no claim of improvement.",
                ),
                do="Say so where you show it; for the next claim fix the baseline first.",
                href=reverse("improvement", args=[claim.pk]),
                weight=5.0,
            )


def spikes(claims: tuple[Claimed, ...], measures: tuple[Progress, ...]) -> Iterator[Advice]:
    """RULE-11: what begins at the worst moment gets better by itself."""
    by_pk = {each.measure.pk: each for each in measures}
    for claim in claims:
        at = by_pk.get(claim.measure_pk)
        if at is None or claim.start is None or at.measure.direction == Measure.Direction.RANGE:
            continue
        before = [each for each in at.readings if each.at < claim.start]
        last = before[-1:]
        others = before[:-1]
        if len(others) >= 2 and all(
            is_bad(at.measure, last[0].value, each.value) for each in others
        ):
            yield _about(
                "RULE-11",
                f"spike-{claim.pk}",
                title=f"“{claim.what_was_done}” began right after the worst reading.",
                because=(
                    f"{claim.measure} stood at {worded(at.measure, last[0].value)}, worse than before.",
                    "What is at its worst comes back by itself.",
                ),
                do="Say so beside the verdict, and compare with somebody whom it did not reach.",
                href=reverse("improvement", args=[claim.pk]),
                weight=3.0,
            )


def worse_to_be_told(claims: tuple[Claimed, ...]) -> Iterator[Advice]:
    """RULE-11: bad news is told first by whoever has it."""
    for claim in claims:
        if claim.word == "Worse":
            yield _about(
                "RULE-11",
                f"worse-{claim.pk}",
                title=f"{claim.measure} got worse by more than chance.",
                because=(f"Looked at: “{claim.what_was_done}”. It will stand in the next report.",),
                do="Tell its owner before the report does, and write down why as far as you know.",
                href=reverse("improvement", args=[claim.pk]),
                weight=8.0,
            )


def due_to_be_claimed(claims: tuple[Claimed, ...], today: date) -> Iterator[Advice]:
    """RULE-11: the day named for an answer has come, and no newer evidence was looked at."""
    for claim in claims:
        due = claim.claimable_on
        if claim.word == "No evidence yet" and due is not None and due <= today:
            yield _about(
                "RULE-11",
                f"due-{claim.pk}",
                title=f"By now there could be an answer: {claim.measure}.",
                because=(f"On the last look it was said: by about {en.day(due)}.",),
                do="Take in what is new, or look again.",
                href=reverse("improvement", args=[claim.pk]),
                weight=2.0,
            )


def too_good(office: Office, viewer: Account, measures: tuple[Progress, ...]) -> Iterator[Advice]:
    """RULE-30: an issued report that names nothing bad while there is some, or only good news in a row."""
    most = int(office[IN_A_ROW])
    issued = Issue.objects.visible_to(viewer).of(Code.REPORT).issued()[:most]
    named = [not_better_in(document_from(each.composition.encode())) for each in issued]
    if not named:
        return
    bad = [each.measure.name for each in measures if each.standing != "better"]
    if not named[0] and bad:
        yield _too_good(f"The last report names nothing that did not move; there is {bad[0]}.")
    elif len(named) >= most and not any(named):
        yield _too_good(f"{len(named)} reports in a row have good news only.")


def _too_good(because: str) -> Advice:
    return _about(
        "RULE-30",
        "report",
        title="Readers stop believing a report with good news only.",
        because=(because,),
        do="Add what did not move.",
        href=reverse("report"),
        weight=4.0,
    )


def no_report(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """RULE-24: the monthly report stays away."""
    last = Issue.objects.visible_to(viewer).of(Code.REPORT).issued().first()
    begun = Improvement.objects.visible_to(viewer).order_by("registered_at").first()
    since = timezone.localdate(last.issued_at) if last else None
    since = since or (timezone.localdate(begun.registered_at) if begun else None)
    if since is not None and (today - since).days > office[REPORT_WITHIN]:
        days = (today - since).days
        said = (
            "since the last improvement report" if last else "since the first claim, and no report"
        )
        yield _about(
            "RULE-24",
            "report",
            title=f"{days} days {said}.",
            because=("It is put together by itself; what is left are a few sentences.",),
            do="Fifteen minutes now: say why what did not move did not, and issue it.",
            href=reverse("report"),
            order=Order.HOUSEKEEPING,
        )


def no_reading(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """RULE-24: nobody has read any measure for weeks."""
    newest = MeasureReading.objects.visible_to(viewer).standing().aggregate(at=Max("at"))["at"]
    if newest is not None and today - newest > timedelta(days=office[READING_WITHIN]):
        yield _about(
            "RULE-24",
            "reading",
            title=f"No measure has been read for {(today - newest).days} days.",
            because=(f"The last reading is of {en.day(newest)}.",),
            do="Enter the month’s readings, or take in the latest registers.",
            href=reverse(_PAGE),
            order=Order.HOUSEKEEPING,
        )


def _can_say(at: Progress) -> str:
    if at.now is None:
        return "There is no reading either."
    n = len(at.readings)
    return f"You can say: it is {at.stands_at} now, of {n} reading{'' if n == 1 else 's'}."


def _about(
    rule: str,
    subject: str,
    *,
    title: str,
    because: tuple[str, ...],
    do: str,
    href: str,
    weight: float = 0.0,
    order: Order = Order.EVIDENCE,
) -> Advice:
    return Advice(
        rule=rule,
        subject=subject,
        title=title,
        because=because,
        do=do,
        order=order,
        confidentiality=Confidentiality.PMO,
        href=href,
        weight=weight,
    )
