"""The rules about the sponsor: overrides (RULE-14), reach (RULE-19), time without a win (RULE-22)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from backing.people.access import Confidentiality, Role
from backing.people.advising import Advice, Office, Order, Rules, Threshold
from backing.people.models import Account
from backing.people.one_look import once_a_look
from backing.sponsor import found, reach
from backing.sponsor.models import Override, SponsorAgreement, SponsorAssignment, Win, WinShare
from boardpaper.wording import en

OVERRIDES = Threshold(
    rule="RULE-14",
    name="overrides",
    default=2,
    unit="requests",
    why="Once is a mistake; the second time project managers have learnt the route.",
    least=1,
    most=20,
)
WITHIN = Threshold(
    rule="RULE-14",
    name="within",
    default=90,
    unit="days",
    why="A quarter is as long as people remember how somebody got round a request.",
    least=14,
    most=365,
)
WITHOUT = Threshold(
    rule="RULE-22",
    name="days without a win",
    default=30,
    unit="days",
    why="A sponsor who has had nothing to tell for a month has stopped telling.",
    least=7,
    most=180,
)
TOO_LONG = Threshold(
    rule="RULE-22",
    name="days without a win, urgent",
    default=60,
    unit="days",
    why="After two months the office is out of the sponsor’s talk altogether.",
    least=14,
    most=365,
)
LYING = Threshold(
    rule="RULE-22",
    name="days a win lies untold",
    default=7,
    unit="days",
    why="A win is news for a week.",
    least=1,
    most=90,
)
THRESHOLDS = (OVERRIDES, WITHIN, WITHOUT, TOO_LONG, LYING)


@once_a_look
def _current(viewer: Account, on: date) -> tuple[SponsorAssignment, ...]:
    return tuple(SponsorAssignment.objects.visible_to(viewer).current(on=on))


def overridden(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """RULE-14.  What to do about it depends on whether a rule for it is agreed."""
    if viewer.role != Role.PMO_HEAD:
        return  # how the sponsor behaves is between the two
    since = today - timedelta(days=office[WITHIN])
    waived = list(Override.objects.visible_to(viewer).filter(on__gt=since, on__lte=today))
    if len(waived) < office[OVERRIDES]:
        return
    agreements = SponsorAgreement.objects.visible_to(viewer)
    agreed = agreements.filter(assignment__in=_current(viewer, today)).first()
    yield Advice(
        rule="RULE-14",
        subject="overrides",
        title=f"{len(waived)} requests of ours were waived over our heads.",
        because=(
            *(f"{en.day(each.on)}: {each.request}." for each in waived[:3]),
            "Project managers will learn the route.",
        ),
        do=f"You agreed on {en.day(agreed.agreed_on)}: “{agreed.override_rule}” Bring them to your next talk."
        if agreed
        else "Agree the override rule with your sponsor: before one is waived, the two of you talk.",
        order=Order.PEOPLE,
        confidentiality=Confidentiality.RELATIONSHIP,
        href=reverse("sponsor"),
        weight=20.0,
    )


def out_of_reach(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """RULE-19; quiet where there is no sponsor, or no charter that names its units."""
    del office
    current = _current(viewer, today)
    units = [unit.name for unit in reach.outside(current)] if current else []
    if units:
        yield Advice(
            rule="RULE-19",
            subject="reach",
            title=f"Your scope includes {_listed(units)}, outside your sponsor’s area.",
            because=("Whoever is affected there does not answer to your sponsor.",),
            do="Narrow the scope, or find a second sponsor.",
            order=Order.DECISION,
            confidentiality=Confidentiality.PMO,
            href=reverse("sponsor"),
            weight=10.0,
        )


def without_a_deputy(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """RULE-23, of the sponsor's side: one who stands in keeps the mandate through leave and change."""
    del office
    current = _current(viewer, today)
    if current and all(each.deputy_id is None for each in current):
        yield Advice(
            rule="RULE-23",
            subject="deputy",
            title="Nobody stands in for your sponsor.",
            because=("When they are away or leave, nobody speaks for the office.",),
            do="Ask them who would, and put it down.",
            order=Order.HOUSEKEEPING,
            confidentiality=Confidentiality.PMO,
            href=reverse("sponsor"),
            weight=2.0,
        )


def without_a_win(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """RULE-22: nothing to tell for weeks, or a confirmed win that lies there."""
    current = _current(viewer, today)
    if not current:
        return
    shares = WinShare.objects.visible_to(viewer).filter(at__lte=today)
    last = shares.order_by("-at").values_list("at", flat=True).first()
    days = (today - (last or min(each.since for each in current))).days
    lying = Win.objects.visible_to(viewer).filter(
        status=Win.Status.CONFIRMED, confirmed_on__lt=today - timedelta(days=office[LYING])
    )
    if lying.exists():
        title = f"A win has lain untold for over a week: {lying[0].headline}"
        because = ("It has passed the gate; your sponsor does not know it.",)
        do = "Send it to your sponsor."
    elif days > office[WITHOUT]:
        open_ones = Win.objects.visible_to(viewer).filter(status=Win.Status.CANDIDATE).count()
        lie = len(found.candidates(viewer, today=today))
        title = f"{days} days since your sponsor had something to share."
        because = (f"Waiting at the gate: {open_ones}. In the records and not looked at: {lie}.",)
        do = "Finish one. If there is none, send bad news early instead; make nothing up."
    else:
        return
    yield Advice(
        rule="RULE-22",
        subject="wins",
        title=title,
        because=because,
        do=do,
        order=Order.PROMISE if days > office[TOO_LONG] else Order.EVIDENCE,
        confidentiality=Confidentiality.PMO,
        href=reverse("wins"),
        weight=float(days),
    )


def _listed(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


advice = Rules(
    {
        Order.PROMISE: (without_a_win,),
        Order.DECISION: (out_of_reach,),
        Order.PEOPLE: (overridden,),
        Order.HOUSEKEEPING: (without_a_deputy,),
    }
)
