"""What other parts of the office may know of the rhythm: its thresholds, targets, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backing.people.access import Confidentiality
from backing.people.advising import Advice, Office
from backing.people.models import Account
from backing.rhythm import in_figures
from backing.rhythm.claimed import Claimed, effect_of
from backing.rhythm.models import Improvement, ImprovementTarget, LoggedVerdict, SetThreshold
from backing.rhythm.progress import UPHELD, Progress, progress
from backing.rhythm.pulse_told import told as pulses_told
from backing.rhythm.pulses import Answered, GroupSaid, PulseSaid, said_in_pulses
from backing.rhythm.week import found_for
from trackrecord.figure import Figure

__all__ = [
    "UPHELD",
    "Answered",
    "Claimed",
    "GroupSaid",
    "Progress",
    "PulseSaid",
    "Target",
    "claimed",
    "effect_of",
    "found_by_rules",
    "progress",
    "pulses_told",
    "said_in_pulses",
    "targets",
    "thresholds_as_set",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One improvement target.

    baseline: None where it is labelled "no baseline yet".  now: where its measure stands, as the report
    says it; None without a reading since the baseline.
    """

    pk: int
    measure_pk: int
    measure: str
    baseline: Figure | None
    now: Figure | None
    target: Figure
    start: date
    by: date
    owner: str


def thresholds_as_set() -> Office:
    """The thresholds that somebody has set; of the others the defaults hold."""
    return Office(dict(SetThreshold.objects.values_list("key", "value")))


def targets(viewer: Account) -> tuple[Target, ...]:
    """Those that stand, the first due first."""
    found = ImprovementTarget.objects.visible_to(viewer).standing()
    stands = {each.measure.pk: each.now_figure for each in progress(viewer)}
    return tuple(
        Target(
            pk=each.pk,
            measure_pk=each.measure_id,
            measure=each.measure.name,
            baseline=in_figures.baseline(each.baseline) if each.baseline else None,
            now=stands.get(each.measure_id),
            target=in_figures.target(each),
            start=each.start,
            by=each.due,
            owner=str(each.owner),
        )
        for each in found.select_related("measure__owner", "baseline__measure__owner", "owner")
    )


def claimed(viewer: Account) -> tuple[Claimed, ...]:
    """The improvements that are not given up, in the order in which they were registered."""
    found = Improvement.objects.visible_to(viewer).standing().select_related("measure")
    logged = LoggedVerdict.objects.standing().filter(improvement__in=found)
    latest = {each.improvement_id: each for each in logged.order_by("judged_at", "pk")}
    return tuple(
        Claimed(
            pk=each.pk,
            measure_pk=each.measure_id,
            measure=each.measure.name,
            what_was_done=each.what_was_done,
            start=each.first_start,
            registered_on=each.registered_at.date(),
            rival_causes=tuple(each.rival_causes),
            contribution=each.contribution,
            word=latest[each.pk].word if each.pk in latest else "",
            claimable_on=latest[each.pk].claimable_on if each.pk in latest else None,
            verdict=latest.get(each.pk),
        )
        for each in found
    )


def found_by_rules(viewer: Account, today: date) -> tuple[Advice, ...]:
    """All that the rules find and is not about a person, the gravest first; put off or not."""
    found = (
        each
        for each in found_for(viewer, today)
        if each.confidentiality is not Confidentiality.RELATIONSHIP
    )
    return tuple(
        sorted(found, key=lambda each: (each.order, -each.weight, each.rule, each.subject))
    )
