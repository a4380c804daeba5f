"""How every tracked measure stands to its baseline, and what the verdict on it is (S29-c).

Only a verdict makes a measure *better*.  It is *worse* when a verdict says so, and also when its last
readings lie on the bad side of its baseline: whoever reads of it may judge, but it is not kept from them.
Everything else did not move, as far as anybody can tell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Final, Literal

from backing.evidence.models import Measure, MeasureBaseline, MeasureReading
from backing.people.models import Account
from backing.rhythm.in_figures import figure, worded
from backing.rhythm.models import Improvement, LoggedVerdict
from boardpaper.wording import en
from trackrecord.figure import Figure

Standing = Literal["better", "worse", "unmoved"]

UPHELD: Final = ("Improved", "Consistent with improvement")
WORSE: Final = "Worse"
NOT_CLAIMED: Final = "Not claimed"
_LAST: Final = 3  # readings that "now" is the middle of


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One measure.  now: the middle of its last three readings since the baseline's period; None
    without any.  verdict: the latest said on a claim about it; the gravest where there are several.
    """

    measure: Measure
    baseline: MeasureBaseline | None
    readings: tuple[MeasureReading, ...]
    now: Decimal | None
    now_on: date | None
    now_n: int
    verdict: LoggedVerdict | None
    standing: Standing
    because: str

    @property
    def word(self) -> str:
        return self.verdict.word if self.verdict else NOT_CLAIMED

    @property
    def now_figure(self) -> Figure | None:
        """Where it stands, with how many readings that is the middle of."""
        if self.now is None or self.now_on is None:
            return None
        return figure(
            "reading",
            self.measure,
            self.now,
            n=self.now_n,
            at=self.now_on,
            basis="readings as kept",
        )

    @property
    def stood_at(self) -> str:
        return worded(self.measure, self.baseline.value) if self.baseline else ""

    @property
    def stands_at(self) -> str:
        return "" if self.now is None else worded(self.measure, self.now)


def progress(
    viewer: Account, *, since: date | None = None, until: date | None = None
) -> tuple[Progress, ...]:
    """All tracked measures that the viewer may see, by name.

    until: with the readings up to that day; verdicts are those said today.
    since: nothing that was done from that day on takes a measure out of sight: one that was retired is named
    still, and one whose baseline was fixed anew is held against the one before as well.
    """
    measures = _kept(viewer, since)
    readings = _by_measure(
        MeasureReading.objects.standing().filter(
            measure__in=measures, **({"at__lte": until} if until else {})
        )
    )
    baselines: dict[int, MeasureBaseline] = {}
    before: dict[int, MeasureBaseline] = {}
    fixed = MeasureBaseline.objects.filter(measure__in=measures).order_by("fixed_on", "pk")
    for each in fixed.select_related("measure__owner"):
        baselines[each.measure_id] = each
        if since is not None and each.fixed_on < since:
            before[each.measure_id] = each
    verdicts = _verdicts(measures)
    return tuple(
        _graver(
            _of(each, baselines.get(each.pk), readings.get(each.pk, ()), verdicts.get(each.pk)),
            _of(each, before.get(each.pk), readings.get(each.pk, ()), verdicts.get(each.pk)),
        )
        for each in measures
    )


def _kept(viewer: Account, since: date | None) -> tuple[Measure, ...]:
    if since is None:
        return Measure.watched_by(viewer)
    return tuple(Measure.objects.visible_to(viewer).tracked_since(since).select_related("owner"))


def _graver(found: Progress, before: Progress) -> Progress:
    """As it stands, or against the baseline before where only that shows it worse."""
    if before.standing != "worse" or found.standing == "worse" or found.baseline is None:
        return found
    anew = f"Its baseline was fixed anew on {en.day(found.baseline.fixed_on)}"
    return replace(before, because=f"{anew}; against the one before it reads as worse.")


def is_bad(measure: Measure, value: Decimal, against: Decimal) -> bool:
    """Whether a value lies on the bad side of another."""
    match measure.direction:
        case Measure.Direction.LOWER:
            return value > against
        case Measure.Direction.HIGHER:
            return value < against
    assert measure.range_low is not None
    assert measure.range_high is not None
    return not measure.range_low <= value <= measure.range_high


def _of(
    measure: Measure,
    baseline: MeasureBaseline | None,
    readings: tuple[MeasureReading, ...],
    verdict: LoggedVerdict | None,
) -> Progress:
    since = [each for each in readings if baseline is None or each.at > baseline.last_day]
    last = since[-_LAST:]
    now = Decimal(median(each.value for each in last)) if last else None
    standing, because = _standing(measure, baseline, now, verdict)
    if measure.retired_on is not None:
        because = f"{because} It is kept no longer since {en.day(measure.retired_on)}.".strip()
    return Progress(
        measure=measure,
        baseline=baseline,
        readings=readings,
        now=now,
        now_on=last[-1].at if last else None,
        now_n=len(last),
        verdict=verdict,
        standing=standing,
        because=because,
    )


def _standing(
    measure: Measure,
    baseline: MeasureBaseline | None,
    now: Decimal | None,
    verdict: LoggedVerdict | None,
) -> tuple[Standing, str]:
    word = verdict.word if verdict else NOT_CLAIMED
    if word == WORSE:
        return "worse", "It got worse by more than chance."
    if baseline is None:
        return "unmoved", "No baseline yet, so nothing can be called better."
    if now is None:
        return "unmoved", "No reading since its baseline was fixed."
    if is_bad(measure, now, baseline.value):
        return (
            "worse",
            f"Its last readings are worse than its baseline; {_UNSURE.get(word, _NOT_YET)}.",
        )
    if word in UPHELD:
        return "better", ""
    return "unmoved", _UNMOVED[word]


_NOT_YET: Final = "whether by more than chance cannot be said yet"
_UNSURE: Final = {
    NOT_CLAIMED: "nobody registered a claim, so whether by more than chance was not asked",
    "No worthwhile effect": "over all readings the change is smaller than what was agreed to matter",
    "Cannot tell": "before and after cannot be compared, so whether by more than chance stays open",
}
_UNMOVED: Final = {
    NOT_CLAIMED: "No claim about it is registered, so no verdict was asked for.",
    "No evidence yet": "Nothing that is more than chance shows yet.",
    "No worthwhile effect": "Whatever changed is smaller than what was agreed to be worth having.",
    "Cannot tell": "Before and after cannot be compared, so nothing is claimed.",
}
_GRAVEST: Final = (
    *(WORSE, "Cannot tell", "No evidence yet", "No worthwhile effect"),
    *("Consistent with improvement", "Improved"),
)


def _by_measure(readings: Iterable[MeasureReading]) -> dict[int, tuple[MeasureReading, ...]]:
    found: dict[int, list[MeasureReading]] = {}
    for each in sorted(readings, key=lambda one: (one.at, one.pk)):
        found.setdefault(each.measure_id, []).append(each)
    return {measure: tuple(those) for measure, those in found.items()}


def _verdicts(measures: Collection[Measure]) -> dict[int, LoggedVerdict]:
    """By measure the gravest of the latest verdicts on claims that stand."""
    logged = LoggedVerdict.objects.standing().filter(
        improvement__in=Improvement.objects.standing().filter(measure__in=measures)
    )
    latest: dict[int, LoggedVerdict] = {}
    for each in logged.order_by("judged_at", "pk").select_related("improvement"):
        latest[each.improvement_id] = each
    found: dict[int, LoggedVerdict] = {}
    for each in sorted(latest.values(), key=lambda one: -_GRAVEST.index(one.word)):
        found[each.improvement.measure_id] = each
    return found
