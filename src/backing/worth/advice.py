"""The rules about cost and return: what a return waits for (RULE-15), and the next budget (RULE-16)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.urls import reverse

from backing.documents.public import issued_with
from backing.people.access import Confidentiality
from backing.people.advising import Advice, Office, Order, Rules, Threshold
from backing.people.models import Account, Organisation
from backing.worth.models import BenefitValuation
from backing.worth.quarters import year_begun
from backing.worth.standing import Standing, standing
from boardpaper.wording import en

WAITS = Threshold(
    rule="RULE-15",
    name="days for the word of finance",
    default=30,
    unit="days",
    why="A saving that waits longer than a month is one that finance has not been shown.",
    least=7,
    most=180,
)
BUDGET_AHEAD = Threshold(
    rule="RULE-16",
    name="days before the budget year",
    default=90,
    unit="days",
    why="Budgets are made in the quarter before; who comes later finds the money given away.",
    least=30,
    most=240,
)
THRESHOLDS = (WAITS, BUDGET_AHEAD)
_COST: Final = "office_cost_a_year"


def about_worth(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    found = standing(viewer, today=today)
    yield from waiting_for_finance(office, found, viewer, today)
    yield from counted_twice(found)
    yield from not_full(found)


def waiting_for_finance(
    office: Office, found: Standing, viewer: Account, today: date
) -> Iterator[Advice]:
    """RULE-15: a valuation of a quarter that is over waits for finance."""
    noted = dict(BenefitValuation.objects.visible_to(viewer).values_list("pk", "noted_on"))
    for each in found.of("waiting"):
        days = (today - max(noted[each.pk], each.last)).days
        if days > office[WAITS]:
            yield Advice(
                rule="RULE-15",
                subject=f"valuation-{each.pk}",
                title=f"“{each.benefit}” has waited {days} days for finance.",
                because=(
                    f"{each.likely} is claimed and counts nowhere until they have said their word.",
                ),
                do="Sit down with finance and go through its figures.",
                order=Order.EVIDENCE,
                confidentiality=Confidentiality.PMO,
                href=reverse("worth-valuation", args=[each.pk]),
                weight=float(days),
            )


def counted_twice(found: Standing) -> Iterator[Advice]:
    """RULE-15: two validated valuations may count the same money."""
    for each in found.doubled:
        if not each.why_apart:
            yield Advice(
                rule="RULE-15",
                subject=f"twice-{each.one.pk}-{each.other.pk}",
                title=f"“{each.one.benefit}” and “{each.other.benefit}” may count the same money.",
                because=(f"For the same days, {each.because}.", "Until then no return is told."),
                do="Say why they do not, or withdraw one.",
                order=Order.EVIDENCE,
                confidentiality=Confidentiality.PMO,
                href=reverse("worth"),
                weight=10.0,
            )


def not_full(found: Standing) -> Iterator[Advice]:
    """RULE-15: costs are recorded, and not all of them."""
    if found.year is not None and found.year.missing:
        yield Advice(
            rule="RULE-15",
            subject="full-cost",
            title="The cost of the office is not full: whoever finds the rest stops believing it.",
            because=found.year.missing[:3],
            do="Add what is missing.",
            order=Order.HOUSEKEEPING,
            confidentiality=Confidentiality.PMO,
            href=reverse("worth-costs"),
        )


def before_the_budget(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """RULE-16: the next budget year is near, and this one's case has no page on what the office costs."""
    begun = year_begun(today, starts=Organisation.ours().fiscal_year_starts)
    following = begun.replace(year=begun.year + 1)
    days = (following - today).days
    if days > office[BUDGET_AHEAD] or issued_with(viewer, "D1", _COST, since=begun):
        return
    yield Advice(
        rule="RULE-16",
        subject=f"budget-{following.year}",
        title=f"The next budget year begins in {days} days, and the case says nothing of your cost yet.",
        because=(
            f"Since {en.day(begun)} no case was issued that says what the office costs.",
            "Whoever holds the money decides in these weeks.",
        ),
        do="Issue the case with its page on cost, and bring it to them.",
        order=Order.DECISION,
        confidentiality=Confidentiality.PMO,
        href=reverse("studio", args=["D1"]),
        due=following - timedelta(days=1),
        weight=float(100 - days),
    )


advice = Rules({Order.DECISION: (before_the_budget,), Order.EVIDENCE: (about_worth,)})
