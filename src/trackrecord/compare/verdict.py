"""Has it improved, and can we say so?  One of six words, with its reasons (methods.md 5.3).

The rules are tried in their order and the first that fits is the word.  *Worse* is held to what
*Improved* is held to, and no softer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from math import exp, isfinite
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from trackrecord.compare import ability, guards, horizon, rules
from trackrecord.compare.guards import Guard, Subject
from trackrecord.compare.material import Material, gather
from trackrecord.compare.registration import Registration, RegistrationError, day_of
from trackrecord.figure import settled
from trackrecord.measures import basis_of

if TYPE_CHECKING:
    from trackrecord.measures import Source

Word = Literal[
    "Improved",
    "Consistent with improvement",
    "No evidence yet",
    "No worthwhile effect",
    "Worse",
    "Cannot tell",
]
WORDS: Final[tuple[Word, ...]] = (
    "Improved",
    "Consistent with improvement",
    "No evidence yet",
    "No worthwhile effect",
    "Worse",
    "Cannot tell",
)

LEVEL: Final = 0.95
FEWEST: Final = 5
BASELINES_MISSING: Final = 0.3
_UNITS: Final[Mapping[str, str]] = {"schedule_slip_days": "days", "rag": "share"}
_GOOD: Final[Mapping[str, Literal["lower", "higher"]]] = {"benefit_shortfall": "higher"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A word and what stands behind it.

    value, low, high: the change in `unit` (ratio: 0.1 is a tenth more; days; share), None where nothing
    can be worked out; the range holds however often it is looked at.  direction: which way is good.
    n_before, n_after: projects of those with the change.  under_way, young: those left out because they
    were running at the start, or have not reached the age at which they are compared.
    reasons: "code: sentence".  detectable_effect: what could be seen today, in `unit`.  claimable_on: by
    when the agreed effect could be claimed; None where waiting does not help.
    registration: its hash, None where nothing was registered.  appendix: for the statistician.
    """

    verdict: Word
    attributed: bool
    registered: bool
    measure: str
    unit: str
    direction: Literal["lower", "higher"]
    value: float | None = None
    low: float | None = None
    high: float | None = None
    level: float = LEVEL
    n_before: int = 0
    n_after: int = 0
    under_way: int = 0
    young: int = 0
    reasons: tuple[str, ...] = ()
    guards: tuple[Guard, ...] = ()
    detectable_effect: float | None = None
    claimable_on: date | None = None
    agreed_effect: float = 0.0
    path: str = ""
    as_at: date | None = None
    edition: str = ""
    registration: str | None = None
    appendix: Mapping[str, float] = field(default_factory=dict)


def verdict(
    record: Source,
    *,
    measure: str | None = None,
    since: date | str | None = None,
    since_by: Mapping[str, date] | None = None,
    since_column: str | None = None,
    unit: str | None = None,
    registration: Registration | None = None,
) -> Verdict:
    """Whether a measure has improved since a start.

    record: a Record, its tables or an engine, read with the columns the claim names (`claim=`).
    since: one start for all.  since_by: a start for each unit; units without one serve as comparison.
    since_column: the column that holds it.  unit: the column of units; org_unit unless told.
    registration: the claim as it was written down; then nothing else need be given, and what is must agree.

    Raises RegistrationError for a claim that cannot be meant, UnknownName for a column or unit that is
    not there, EvidenceError where no project has the outcome.
    """
    claim = claimed(
        registration,
        measure=measure,
        since=since,
        since_by=since_by,
        since_column=since_column,
        unit=unit,
    )
    source, unmoved = basis_of(record), None
    if claim.placebo_measure:
        unmoved = gather(
            source, replace(claim, measure=claim.placebo_measure, placebo_measure=None)
        )
    return judged(gather(source, claim), claim, unmoved=unmoved)


def claimed(registration: Registration | None, **said: Any) -> Registration:
    """The claim: as registered, else as said now.  Raises RegistrationError where the two differ."""
    given = {name: value for name, value in said.items() if value is not None}
    if "since" in given:
        given["since"] = day_of(given["since"], "since")
    if registration is None:
        if "measure" not in given:
            raise RegistrationError("Name the measure the claim is about.")
        return Registration(**given)
    for name, value in given.items():
        if getattr(registration, name) != value:
            raise RegistrationError(
                f"The registration says {name} is {getattr(registration, name)!r}, not {value!r}. What was "
                "registered holds: leave the option away, or register another claim."
            )
    return registration


def judged(material: Material, claim: Registration, *, unmoved: Material | None = None) -> Verdict:
    """The verdict on rows that were gathered for a claim.

    unmoved: the same for a measure that the change cannot affect.
    """
    direction = claim.direction or _GOOD.get(claim.measure, "lower")
    case = _Case(material, claim, 1 if direction == "lower" else -1, unmoved)
    made = Verdict(
        verdict="Cannot tell",
        attributed=False,
        registered=claim.registered_on is not None,
        measure=claim.measure,
        unit=_UNITS.get(claim.measure, "ratio"),
        direction=direction,
        path=material.design.path,
        as_at=material.as_at,
        edition=material.edition,
        registration=claim.hash if claim.registered_on else None,
        agreed_effect=abs(_in_unit(-case.least, claim.measure) or 0.0),
        young=material.young,
        n_before=case.n_before,
        n_after=case.n_after,
        under_way=case.design.under_way(),
    )
    found = replace(made, **case.numbers(), **case.decided())
    return replace(found, appendix={**found.appendix, **guards.chances(found.guards)})


class _Case:
    """One claim and its evidence, while it is judged.

    sign: 1 where lower is good, so that a good effect is always negative.
    """

    def __init__(
        self, material: Material, claim: Registration, sign: int, unmoved: Material | None
    ) -> None:
        self.material, self.claim, self.sign, self.unmoved = material, claim, sign, unmoved
        self.design = material.design
        self.least = claim.worthwhile(material.planned_days)
        comparable = len(material.scales) < 2
        self.estimate = self.design.estimate() if comparable and len(self.design.rows.y) else None

    @property
    def usable(self) -> bool:
        return self.estimate is not None and bool(self.estimate.contrast.usable)

    @property
    def n_before(self) -> int:
        """Projects of those with the change whose outcome was known before it."""
        return self.estimate.n_before if self.estimate else self._on_side(0)

    @property
    def n_after(self) -> int:
        """And those that began after it."""
        return self.estimate.n_after if self.estimate else self._on_side(1)

    def _on_side(self, side: int) -> int:
        rows = self.design.rows
        return len(np.unique(rows.project[self.design.sides()[side] & rows.inside]))

    def numbers(self) -> dict[str, Any]:
        """The effect, its range, what could be seen and by when."""
        if not self.usable:
            return {}
        assert self.estimate is not None
        of, measure = self.estimate.contrast, self.claim.measure
        seen = ability.detectable(self.estimate)
        return {
            "value": _in_unit(float(of.d), measure),
            "low": _in_unit(float(of.low), measure),
            "high": _in_unit(float(of.high), measure),
            "detectable_effect": None if seen is None else _in_unit(seen, measure),
            "claimable_on": ability.claimable_on(self.design, self.estimate, self.least),
            "appendix": {
                name: settled(float(value))
                for name, value in (
                    *((name, getattr(of, name)) for name in ("d", "s", "t", "nu", "se", "e")),
                    ("per_side", ability.per_side(self.least, float(of.s))),
                )
                if isfinite(value)
            },
        }

    def decided(self) -> dict[str, Any]:
        """The word, its reasons and its guards: the first rule that fits."""
        own = self._own_guards()
        notes = self._notes()
        blocked = self._cannot_tell()
        if blocked:
            return self._with("Cannot tell", [*blocked, *notes], own)
        assert self.estimate is not None
        claims = self._side() != 0 and self._enough()
        tests = [*guards.all_guards(self._subject(claims=claims)), *own]
        of = self.estimate.contrast
        if -self.least < of.low and of.high < self.least:
            reason = "no_worthwhile_effect: whatever changed is smaller than the agreed effect"
            return self._with("No worthwhile effect", [reason, *notes], tests)
        if not claims or not self._confirmed(tests):
            return self._with("No evidence yet", [*self._lacking(tests), *notes], tests)
        failed = [test for test in tests if test.result == "failed" and test.stress]
        absent = [] if self.design.grouped else [_NO_GROUP]
        against = [*absent, *(f"{test.name}: {test.note}" for test in failed)]
        if self._side() > 0:
            reasons = ["worse: the whole range lies on the bad side of no change", *against]
            reasons += self._cut_off()
            return self._with("Worse", [*reasons, *notes], tests, attributed=not against)
        good = "improved: the whole range lies on the good side of no change"
        if not against:
            return self._with("Improved", [good, *notes], tests, attributed=True)
        if len(against) == 1:
            return self._with("Consistent with improvement", [good, *against, *notes], tests)
        return self._with("No evidence yet", [*against, *notes], tests)

    def _with(
        self,
        word: Word,
        reasons: Sequence[str],
        tests: Sequence[Guard],
        *,
        attributed: bool = False,
    ) -> dict[str, Any]:
        return {
            "verdict": word,
            "attributed": attributed,
            "reasons": tuple(reasons),
            "guards": tuple(tests),
        }

    def _subject(self, *, claims: bool) -> Subject:
        assert self.estimate is not None
        names, chosen = self.material.unit_names, self.claim.negative_controls
        return Subject(
            design=self.design,
            estimate=self.estimate,
            claims=claims,
            seed=int(self.material.edition[:12] or "0", 16),
            kinds=len(self.material.kind_names),
            controls=[code for code, name in enumerate(names) if name in chosen],
            chosen_by_past=self.claim.selection != "not past results",
        )

    # What the rules ask.

    def _side(self) -> int:
        """1 where the whole range is bad, -1 where it is good, 0 where it holds no change."""
        if not self.usable:
            return 0
        assert self.estimate is not None
        return int(rules.side(self.estimate.contrast)) * self.sign

    def _enough(self) -> bool:
        """The n and e-value conditions."""
        assert self.estimate is not None
        return bool(rules.enough(self.estimate.contrast, *self._points()))

    def _points(self) -> tuple[int, int]:
        """What there is after the start, and how much of it is needed: months of a series, else projects."""
        assert self.estimate is not None
        months, before = self.estimate.months_after, self.estimate.months_before
        if months is None or before is None:
            return self.estimate.n_after, rules.FEWEST_AFTER
        return min(months, before) if before < rules.FEWEST_MONTHS else months, rules.FEWEST_MONTHS

    def _confirmed(self, tests: Sequence[Guard]) -> bool:
        """What a claim of either kind needs beside its range."""
        by_name = {test.name: test for test in tests}
        if by_name["interrupted_series"].result == "failed":
            return False
        returned = by_name["regression_to_the_mean"]
        measured = self.estimate is not None and self.estimate.treated is not None
        if not (measured and returned.result == "failed"):
            return True
        assert self.estimate is not None
        assert self.estimate.treated is not None
        assert self.estimate.others is not None
        units = len(self.estimate.treated.unit) + len(self.estimate.others.unit)
        return units < guards.UNITS_FOR_REGRESSION

    def _cannot_tell(self) -> list[str]:
        """Why nothing at all can be said."""
        material = self.material
        if len(material.scales) > 1:
            scales = " and ".join(
                f"{each}-point" if each else "unstated" for each in material.scales
            )
            return [f"scale_changed: ratings are on {scales} scales, which are never pooled"]
        reasons = []
        cells = self.estimate.cells if self.estimate else [self.n_before, self.n_after]
        if self.n_before == 0:
            reasons.append(
                "no_baseline: no project's outcome was known before the start; nothing can be called better"
            )
        elif min(cells) < FEWEST:
            reasons.append(
                f"too_few: {self.n_before} projects before and {self.n_after} after; each compared "
                f"group needs {FEWEST}"
            )
        elif self.estimate is None:
            reasons.append(
                "too_few_units: no two units without the change are left to compare with"
            )
        elif not self.usable:
            reasons.append("no_spread: the values do not differ, so nothing says how sure they are")
        if material.asked and material.no_baseline / material.asked > BASELINES_MISSING:
            reasons.append(
                f"baseline_missing: {material.no_baseline} of {material.asked} projects state no plan to "
                "compare with"
            )
        if self._masked():
            reasons.append(
                "rebaselined: against the current plan the effect is another than against the first"
            )
        return reasons

    def _masked(self) -> bool:
        """Whether changed plans make, or hide, more than half of the effect."""
        first, current = self._both_effects
        return bool(rules.masked(first, current, self.least))

    @cached_property
    def _both_effects(self) -> tuple[float, float]:
        """The effect against the first plan and against the current one; twice 0 where they cannot differ."""
        rows = self.design.rows
        same = rows.y_current == rows.y
        known = np.isfinite(rows.y_current)
        if not self.usable or same.all() or not known.any():
            return 0.0, 0.0
        kept = rows.only(known)
        first = self.design.of(kept).estimate()
        current = self.design.of(replace(kept, y=kept.y_current)).estimate()
        if first is None or current is None:
            return 0.0, 0.0
        return float(first.contrast.d), float(current.contrast.d)

    def _own_guards(self) -> list[Guard]:
        """Tests of the material rather than of the comparison."""
        return [
            self._equal_age(),
            self._rebaselining(),
            self._definition(),
            self._placebo_measure(),
        ]

    def _equal_age(self) -> Guard:
        name = "equal_age"
        if self.claim.measure == "rag":
            return Guard(name, "not run", "A rating is of its day; there is no age to wait for.")
        if self.material.by_age:
            note = f"Projects are compared at {self.claim.horizon:g} times their planned time."
            return Guard(name, "passed", note)
        return Guard(
            name, "not run", "Too few projects state a plan to age against: finished ones only."
        )

    def _rebaselining(self) -> Guard:
        name = "rebaselining"
        first, current = self._both_effects
        if first == current:
            return Guard(name, "not run", "No plan was changed that would show.", stress=False)
        if self._masked():
            note = "More than half of the effect hangs on which plan it is measured against."
            return Guard(name, "failed", note, stress=False)
        note = "The effect is much the same against the first and the current plan."
        return Guard(name, "passed", note, stress=False)

    def _definition(self) -> Guard:
        name = "definition"
        (gone0, all0), (gone1, all1) = self.material.missing
        if min(all0, all1) < FEWEST:
            return Guard(
                name, "not run", "There is too little on one side to compare what is missing."
            )
        shift = abs(gone1 / all1 - gone0 / all0)
        pooled = (gone0 + gone1) / (all0 + all1)
        noise = (pooled * (1 - pooled) * (1 / all0 + 1 / all1)) ** 0.5
        if shift > guards.MISSING_SHIFT and shift > 3 * noise:
            note = f"Outcomes are missing for {gone0} of {all0} before and {gone1} of {all1} after."
            return Guard(name, "failed", note)
        return Guard(name, "passed", "About as many outcomes are missing before as after.")

    def _placebo_measure(self) -> Guard:
        name, asked = "placebo_measure", self.claim.placebo_measure
        if self.unmoved is None:
            return Guard(name, "not run", "No measure was registered that cannot be affected.")
        estimate = self.unmoved.design.estimate()
        if estimate is None or min(estimate.cells) < FEWEST or not estimate.contrast.usable:
            return Guard(name, "not run", f"There is too little of {asked} to compare.")
        if rules.side(estimate.contrast):
            return Guard(name, "failed", f"{asked}, which cannot be affected, moved too.")
        return Guard(name, "passed", f"{asked}, which cannot be affected, did not move for sure.")

    # What is said beside the word.

    def _notes(self) -> list[str]:
        notes = []
        if self.claim.registered_on is None:
            notes.append("exploratory: start and measure were not written down beforehand")
        elif self.claim.since and self.claim.registered_on > self.claim.since:
            notes.append("registered_late: it was written down after the start")
        if not self.material.by_age and self.claim.measure != "rag":
            notes.append(
                "finished_only: later projects may still be open; the slow ones are not in yet"
            )
        return notes

    def _cut_off(self) -> list[str]:
        """A worsening that is measured up to an age only is larger than it shows."""
        if not self.material.by_age or self.claim.measure not in horizon.TIMED:
            return []
        age = f"{self.claim.horizon:g} times the planned time"
        return [f"cut_off: lateness beyond {age} is not counted, so it may be worse than shown"]

    def _lacking(self, tests: Sequence[Guard]) -> list[str]:
        """Why there is no evidence yet."""
        assert self.estimate is not None
        points, needed = self._points()
        what = "projects after" if self.estimate.months_after is None else "months"
        reasons = []
        if points < needed:
            reasons.append(f"too_little_after: {points} {what}; a claim needs {needed}")
        if self._side() == 0:
            reasons.append("range_holds_no_change: the range reaches from better to worse")
        elif points >= needed and not self._enough():
            reasons.append(
                "evidence_too_thin: with so little after the start chance is not ruled out"
            )
        else:
            reasons += [
                f"{test.name}: {test.note}"
                for test in tests
                if test.result == "failed"
                and test.name in ("interrupted_series", "regression_to_the_mean")
            ]
        return reasons


_NO_GROUP: Final = (
    "no_comparison_group: without others to compare with, whatever else changed may be the reason"
)


def _in_unit(effect: float, measure: str) -> float | None:
    """An effect on the outcome's scale, as people read it: a ratio, days or a share."""
    if measure in _UNITS:
        return settled(effect)
    return settled(exp(effect) - 1) if effect < 700 else None


def as_json(of: Verdict) -> dict[str, Any]:
    """The contract of `backing verdict --json`; docs/verdicts.md explains every key."""
    return {
        "verdict": of.verdict,
        "attributed": of.attributed,
        "registered": of.registered,
        "registration": of.registration,
        "measure": of.measure,
        "unit": of.unit,
        "direction": of.direction,
        "value": of.value,
        "low": of.low,
        "high": of.high,
        "level": of.level,
        "n_before": of.n_before,
        "n_after": of.n_after,
        "under_way": of.under_way,
        "young": of.young,
        "path": of.path,
        "reasons": list(of.reasons),
        "guards": [
            {"name": guard.name, "result": guard.result, "note": guard.note} for guard in of.guards
        ],
        "agreed_effect": of.agreed_effect,
        "detectable_effect": of.detectable_effect,
        "claimable_on": of.claimable_on.isoformat() if of.claimable_on else None,
        "as_at": of.as_at.isoformat() if of.as_at else None,
        "edition": of.edition,
        "appendix": dict(of.appendix),
    }
