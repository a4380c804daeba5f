"""Looking at the evidence for one claim and logging the verdict.  For the worker: it needs the engine."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from statistics import median
from typing import Any, Final

import trackrecord as tr
from backing.evidence.editions.truth import store
from backing.evidence.models import Edition, MeasureReading, MirroredProject
from backing.rhythm import series
from backing.rhythm.claims import IN_DAYS, as_registered, compared_as, latest
from backing.rhythm.models import Improvement, LoggedVerdict
from trackrecord.compare.verdict import as_json
from trackrecord.errors import EvidenceError

_TIMES: Final = ("schedule_overrun", "duration_days")


def judge(improvement: Improvement, *, now: datetime) -> LoggedVerdict | None:
    """Log what can be said today; None where nothing has changed since the last look, or where no
    register has been taken in yet."""
    if compared_as(improvement.measure):
        edition = Edition.objects.current()
        if edition is None:
            return None
        content = _of_projects(improvement, edition)
    else:
        content = _of_readings(improvement)
    last = latest(improvement)
    if last is not None and (last.basis, last.content) == (content["edition"], content):
        return None
    as_at, claimable = content["as_at"], content["claimable_on"]
    return LoggedVerdict.objects.create(
        improvement=improvement,
        word=content["verdict"],
        attributed=content["attributed"],
        content=content,
        per_project=_per_project(content),
        basis=content["edition"],
        as_at=date.fromisoformat(as_at) if as_at else None,
        claimable_on=date.fromisoformat(claimable) if claimable else None,
        judged_at=now,
    )


def _of_projects(improvement: Improvement, edition: Edition) -> dict[str, Any]:
    claim = as_registered(improvement.registration)
    try:
        return as_json(tr.verdict(store().load(edition.name), registration=claim))
    except EvidenceError as reason:
        return _nothing(improvement, edition, str(reason))


def _of_readings(improvement: Improvement) -> dict[str, Any]:
    measure, start = improvement.measure, improvement.start
    assert start is not None  # readings are registered with one start
    readings = MeasureReading.objects.standing().filter(measure=measure).order_by("at")
    found = series.Series(
        readings=[(at, float(value)) for at, value in readings.values_list("at", "value")],
        start=start,
        higher_is_good=improvement.direction == Improvement.Direction.HIGHER,
        least=float(improvement.least_effect),
        baseline=_baseline(improvement, start),
    )
    content = series.verdict(found, measure=measure.name, unit=measure.unit)
    return content | _registered(improvement)


def _baseline(improvement: Improvement, start: date) -> bool | None:
    """Whether one was fixed before the start; None where there is none."""
    baselines = list(improvement.measure.baselines.all())
    return any(each.holds_before(start) for each in baselines) if baselines else None


def _registered(improvement: Improvement) -> dict[str, Any]:
    return {"registered": True, "registration": improvement.hash, "young": 0, "under_way": 0}


def _nothing(improvement: Improvement, edition: Edition, reason: str) -> dict[str, Any]:
    """That nothing could be compared at all."""
    return {
        "verdict": "Cannot tell",
        "attributed": False,
        "measure": compared_as(improvement.measure),
        "unit": "days" if compared_as(improvement.measure) in IN_DAYS else "ratio",
        "direction": improvement.direction,
        **dict.fromkeys(("value", "low", "high", "detectable_effect", "claimable_on")),
        "level": 0.95,
        "n_before": 0,
        "n_after": 0,
        "path": "",
        "reasons": [f"not_comparable: {reason}"],
        "guards": [],
        "agreed_effect": float(improvement.least_effect),
        "as_at": edition.as_at.isoformat() if edition.as_at else None,
        "edition": edition.name,
        "appendix": {},
        **_registered(improvement),
    }


def _per_project(content: dict[str, Any]) -> dict[str, Any]:
    """What a ratio means for a middling finished project: its cost in money, or its time in days."""
    finished = MirroredProject.objects.filter(state="finished")
    if content["unit"] != "ratio":
        return {}
    if content["measure"] == "cost_overrun":
        spent = [
            (each["currency"], cost)
            for each in finished.values("currency", "facts")
            if (cost := each["facts"].get("cost_actual"))
        ]
        currencies = Counter(currency for currency, _ in spent)
        if not currencies:
            return {}
        currency = min(currencies, key=lambda each: (-currencies[each], each))
        costs = [float(cost) for each, cost in spent if each == currency]
        return {"middle": median(costs), "n": len(costs), "unit": currency}
    if content["measure"] in _TIMES:
        days = [
            (date.fromisoformat(ended) - date.fromisoformat(begun)).days
            for facts in finished.values_list("facts", flat=True)
            if (begun := facts.get("started")) and (ended := facts.get("finished"))
        ]
        return {"middle": float(median(days)), "n": len(days), "unit": "days"} if days else {}
    return {}
