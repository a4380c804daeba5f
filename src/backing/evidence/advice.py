"""The rules about figures that should not be shown as they are (RULE-21)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.db.models import Max
from django.urls import reverse

from backing.evidence.figures import Figures
from backing.evidence.models import Edition, Measure, MeasureReading
from backing.people.access import Confidentiality
from backing.people.advising import Advice, Office, Order, Rules, Threshold
from backing.people.models import Account

RULE: Final = "RULE-21"
STALE = Threshold(
    rule=RULE,
    name="out of date after",
    default=2,
    unit="times the days between readings",
    why="One reading may be late; two that are missing mean that nobody reads it.",
    least=1,
    most=10,
)
THRESHOLDS = (STALE,)
_OVERRUNS: Final = ("cost_overrun", "schedule_overrun", "schedule_slip", "over_budget", "late_rate")
_MOVING: Final = "green_yet_moving_rate"


def stale(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """A measure whose last reading is older than twice the days between readings."""
    readings = MeasureReading.objects.visible_to(viewer).standing().order_by()
    last = dict(readings.values_list("measure").annotate(Max("at")))
    for each in Measure.watched_by(viewer):
        if each.pk not in last:
            continue
        days = (today - last[each.pk]).days
        if days > office[STALE] * each.refresh_days:
            yield Advice(
                rule=RULE,
                subject=f"stale-{each.pk}",
                title=f"{each.name} was last read {days} days ago.",
                because=(
                    f"It is to be read every {each.refresh_days} days.",
                    f"It feeds this decision: {each.decision_it_feeds}",
                ),
                do=f"Ask {each.owner} for it, or no longer keep it.",
                order=Order.EVIDENCE,
                confidentiality=Confidentiality.PMO,
                href=reverse("measure", args=[each.pk]),
                weight=min(days / each.refresh_days, 10.0),
            )


def against_the_latest_plan_only(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """An overrun that is kept against the latest plan, and not against the first."""
    del office, today
    tracked = Measure.watched_by(viewer)
    both = {(each.figure, each.plan, each.org_unit_id) for each in tracked}
    for each in tracked:
        if (
            each.plan == "current"
            and each.figure.startswith(_OVERRUNS)
            and (each.figure, "original", each.org_unit_id) not in both
        ):
            yield Advice(
                rule=RULE,
                subject=f"single-{each.pk}",
                title=f"{each.name} is read against the latest plan only.",
                because=("Against plans that were moved nearly everything looks fine: show both.",),
                do="Watch the same against the first plan, beside it.",
                order=Order.EVIDENCE,
                confidentiality=Confidentiality.PMO,
                href=reverse("create-measure"),
                weight=4.0,
            )


def green_yet_moving(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """Projects reported green whose finish or plan was moving: status and dates disagree."""
    del office, today
    edition = Edition.current_to(viewer)
    figure = Figures.of(edition, measures=[_MOVING]).either(_MOVING)
    if figure is None or not figure.value:
        return
    count = round(float(figure.value) * figure.n)
    if not count:
        return
    yield Advice(
        rule=RULE,
        subject=f"moving-{edition.name[:12] if edition else ''}",
        title="Status and dates disagree.",
        because=(
            f"{count} of {figure.n} projects were reported green while their finish or their plan moved.",
        ),
        do="Ask each project manager first, before anybody else hears of it.",
        order=Order.EVIDENCE,
        confidentiality=Confidentiality.PMO,
        href=reverse("reports"),
        weight=3.0,
    )


advice = Rules({Order.EVIDENCE: (stale, against_the_latest_plan_only, green_yet_moving)})
