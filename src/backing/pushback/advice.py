"""The rules about pushback: it waits for an answer (RULE-12), several say the same (RULE-13)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from backing.mandate.public import corrections_waiting
from backing.people.access import Confidentiality
from backing.people.advising import Advice, Office, Order, Rules, Threshold
from backing.people.models import Account
from backing.pushback import alike, working_days
from backing.pushback.models import Escalation, Pushback
from boardpaper.wording import en

WAITED = Threshold(
    rule="RULE-12",
    name="working days without an answer",
    default=5,
    unit="working days",
    why="Whoever objects was promised an answer within a working week.",
    least=1,
    most=30,
)
TOO_LONG = Threshold(
    rule="RULE-12",
    name="working days until it is brought to a manager",
    default=10,
    unit="working days",
    why="After two weeks it is no longer late but left: somebody else has to settle it.",
    least=2,
    most=60,
)
ALIKE = Threshold(
    rule="RULE-13",
    name="who say the same",
    default=alike.ENOUGH,
    unit="people",
    why="One may be unlucky and two may have talked; three have found a fault.",
    least=2,
    most=20,
)
WITHIN = Threshold(
    rule="RULE-13",
    name="within",
    default=alike.WITHIN,
    unit="days",
    why="Two months are long enough for a monthly request to come round twice.",
    least=14,
    most=365,
)
THRESHOLDS = (WAITED, TOO_LONG, ALIKE, WITHIN)


def about_pushback(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    found = Pushback.objects.visible_to(viewer).select_related("change", "unit")
    everything = list(found.prefetch_related("responses"))
    yield from unanswered(everything, office, viewer, today)
    yield from same_again(everything, office, today)
    yield from uncorrected(office, viewer, today)


def unanswered(
    found: list[Pushback], office: Office, viewer: Account, today: date
) -> Iterator[Advice]:
    """RULE-12; quiet while a manager has the question and is not late with it."""
    if not found:
        return
    with_a_manager = set(
        Escalation.objects.visible_to(viewer)
        .filter(decided_on=None, by__gte=today)
        .values_list("pushback", flat=True)
    )
    for each in found:
        since = each.waits_since
        waited = working_days.between(since, today) if since is not None else 0
        if waited <= office[WAITED] or each.pk in with_a_manager:
            continue
        late = waited > office[TOO_LONG]
        yield Advice(
            rule="RULE-12",
            subject=f"pushback-{each.pk}",
            title=f"Pushback about “{each.subject}” has waited {waited} working days.",
            because=(
                f"“{_short(each.text)}”",
                "They say the last answer did not deal with it."
                if each.status == Pushback.Status.DISPUTED
                else f"An answer was promised by {en.day(each.answer_due)}.",
            ),
            do="Bring it to a manager who can settle it: the note is drafted."
            if late
            else "Answer: change it, change part of it, or say why not.",
            order=Order.PROMISE,
            confidentiality=Confidentiality.PMO,
            href=reverse("create-escalation" if late else "pushback", args=[each.pk]),
            due=each.answer_due,
            weight=float(waited),
        )


def uncorrected(office: Office, viewer: Account, today: date) -> Iterator[Advice]:
    """RULE-12, of the head of a unit who says that a change means something else there."""
    for each in corrections_waiting(viewer):
        waited = working_days.between(each.said_on, today)
        if waited <= office[WAITED]:
            continue
        yield Advice(
            rule="RULE-12",
            subject=f"correction-{each.pk}",
            title=f"{each.unit} corrected what “{each.title}” means there; that has waited {waited} working "
            "days.",
            because=(
                f"“{_short(each.words)}”",
                f"An answer was promised by {en.day(each.answer_due)}.",
            ),
            do="Take it, or say why not.",
            order=Order.PROMISE,
            confidentiality=Confidentiality.PMO,
            href=reverse("change", args=[each.change]),
            due=each.answer_due,
            weight=float(waited),
        )


def same_again(found: list[Pushback], office: Office, today: date) -> Iterator[Advice]:
    """RULE-13; quiet once all of them were told what changes."""
    for fault in alike.faults(
        found, today=today, enough=int(office[ALIKE]), within=int(office[WITHIN])
    ):
        if fault.is_mended:
            continue
        count = len(fault.said)
        where = f" in {len(fault.units)} units" if len(fault.units) > 1 else ""
        yield Advice(
            rule="RULE-13",
            subject=fault.key,
            title=f"{count} people{where} give the same reason: {fault.about.lower()}."
            if fault.by_cause
            else f"{count} people{where} say the same about “{fault.about}”.",
            because=tuple(f"“{_short(each.text)}”" for each in fault.said[:3]),
            do="Treat it as one fault of ours and mend that, not as so many complaints.",
            order=Order.DECISION,
            confidentiality=Confidentiality.PMO,
            href=reverse("pushbacks"),
            weight=50.0 + count,
        )


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:117].rsplit(' ', 1)[0]}…"


advice = Rules({Order.PROMISE: (about_pushback,)})
