"""A verdict told to somebody who knows no statistics: the word, the effect, why, and what would change it.

No p-value stands here, and nothing is ever said to have been brought about beyond doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from backing.rhythm.claims import IN_WORDS
from backing.rhythm.models import Improvement, LoggedVerdict
from boardpaper.wording import en

MEANS: Final[Mapping[str, str]] = {
    "Improved": "Better by more than chance, better than where nothing was changed, and no test stood "
    "against it.",
    "Consistent with improvement": "Better by more than chance. One thing is missing before it may be "
    "called improved.",
    "No evidence yet": "What has been seen so far could be chance. That is not a bad result: it is too "
    "early, or too little, to say.",
    "No worthwhile effect": "Whatever has changed is smaller than what was agreed to be worth having.",
    "Worse": "Worse by more than chance. Bad news is held to the same test as good news, and no softer.",
    "Cannot tell": "What there is cannot be compared, so nothing is said either way.",
}
MAY_SAY: Final[Mapping[str, str]] = {
    "Improved": "You may say that it improved, and by how much, with the range. Name what else may have "
    "moved it.",
    "Consistent with improvement": "You may say that it moved the right way, and must name what is missing.",
    "No evidence yet": "You may say that it is too early to say, and by when there could be something.",
    "No worthwhile effect": "You may say that no effect worth having shows.",
    "Worse": "You must say that it got worse. You may say why you think so.",
    "Cannot tell": "You may say that it cannot be told, and why.",
}
# What each test asks, in plain words.
TESTS: Final[Mapping[str, str]] = {
    "placebo_dates": "Does as much show at earlier dates, when nothing happened?",
    "placebo_units": "Does as much show when the change is given to other units?",
    "negative_controls": "Did units that it cannot have reached move too?",
    "leave_one_project_out": "Does it hang on a single project?",
    "leave_one_unit_out": "Does it hang on a single unit?",
    "leave_one_month_out": "Does it hang on a single month?",
    "pre_trend": "Were the units drifting apart already?",
    "mix": "Is it only that the work became of another kind?",
    "regression_to_the_mean": "Would the worst have come back by themselves?",
    "interrupted_series": "Do months that lean on each other shift as far by chance?",
    "seasons": "Is it still there with the seasons taken out?",
    "synthetic_control": "Is it there beside the mixture of others that ran as it did before?",
    "equal_age": "Are old and young projects compared at the same age?",
    "rebaselining": "Do the first and the current plan tell the same story?",
    "definition": "Is as much missing before as after?",
    "placebo_measure": "Did a measure that it cannot affect move too?",
}
# What a statistician reads in the appendix, in this order.
NUMBERS: Final[Mapping[str, str]] = {
    "d": "Effect on the scale that is compared (d)",
    "se": "Its standard error (SE)",
    "s": "Spread of what is compared (s)",
    "t": "Effective size (t)",
    "nu": "Degrees of freedom (nu)",
    "e": "Evidence (e-value)",
    "per_side": "Needed on each side, were it looked at once",
    "p_placebo_dates": "p, other dates",
    "p_placebo_units": "p, other units",
    "p_interrupted_series": "p, the shift of the series",
}


_WHOLE_FROM: Final = 3.0  # days and the like; of fewer a decimal tells something


@dataclass(frozen=True, slots=True)
class Test:
    """One stress test: what it asks, how it went, and what was seen."""

    asks: str
    result: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A verdict in words.

    effect: with its range.  worth: what that is in days and in money.  numbers: for the appendix alone.
    """

    word: str
    means: str
    may_say: str
    effect: str
    worth: tuple[str, ...]
    why: tuple[str, ...]
    would_change: tuple[str, ...]
    tests: tuple[Test, ...]
    numbers: tuple[tuple[str, str], ...]
    n: str
    claimable: date | None

    @property
    def passed(self) -> int:
        return sum(test.result == "passed" for test in self.tests)

    @property
    def failed(self) -> tuple[Test, ...]:
        return tuple(test for test in self.tests if test.result == "failed")


def told(improvement: Improvement, verdict: LoggedVerdict) -> Told:
    """The verdict in words."""
    said = verdict.content
    return Told(
        word=verdict.word,
        means=MEANS[verdict.word],
        may_say=MAY_SAY[verdict.word],
        effect=_effect(improvement, said),
        worth=tuple(_worth(improvement, verdict)),
        why=tuple(_why(verdict.word, said["reasons"])),
        would_change=tuple(_would_change(improvement, verdict)),
        tests=tuple(
            Test(TESTS.get(each["name"], each["name"]), each["result"], each["note"])
            for each in said["guards"]
        ),
        numbers=tuple(
            (words, f"{said['appendix'][name]:,.4g}")
            for name, words in NUMBERS.items()
            if name in said["appendix"]
        ),
        n=_n(said),
        claimable=verdict.claimable_on,
    )


def amount(value: float, unit: str) -> str:
    """A size of change, without its way: "12%", "12 percentage points", "12 days", "£4,000"."""
    size = abs(value)
    if unit == "ratio":
        return en.share(size)
    if unit == "share":
        points = en.number(size * 100, 0 if size >= 0.1 else 1)
        return f"{points} percentage points"
    if en.is_currency(unit):
        return en.money(size, unit)
    places = 0 if size >= _WHOLE_FROM or float(size).is_integer() else 1
    return f"{en.number(size, places)} {unit}"


def moved(value: float, unit: str, ways: tuple[str, str] = ("lower", "higher")) -> str:
    """A change with its way: "12% lower"."""
    if amount(value, unit) == amount(0.0, unit):
        return "no different"
    return f"{amount(value, unit)} {ways[value > 0]}"


def span(low: float, high: float, unit: str, ways: tuple[str, str] = ("lower", "higher")) -> str:
    """A range of change: "between 25% lower and 3% higher"."""
    return f"between {moved(low, unit, ways)} and {moved(high, unit, ways)}"


def subject(improvement: Improvement, said: Mapping[str, Any]) -> str:
    """What was compared."""
    words = IN_WORDS.get(said["measure"], improvement.measure.name)
    return f"{words[:1].upper()}{words[1:]}"


def agreed(improvement: Improvement) -> str:
    """The least effect that was agreed to be worth having."""
    unit = improvement.measure.unit
    if "measure" in improvement.registration:
        in_days = improvement.registration["measure"] == "schedule_slip_days"
        unit = "days" if in_days else "share" if _is_rating(improvement) else "ratio"
    return amount(float(improvement.least_effect), unit)


def _is_rating(improvement: Improvement) -> bool:
    return bool(improvement.registration["measure"] == "rag")


def _why(word: str, reasons: Sequence[str]) -> Iterator[str]:
    """The reasons as sentences; where others to compare with are all that is missing, they are called so."""
    for reason in reasons:
        all_but = word == "Consistent with improvement" and reason.startswith("no_comparison_group")
        yield _ALL_BUT_A_GROUP if all_but else _sentence(reason)


_ALL_BUT_A_GROUP: Final = "What is missing is somebody to compare with: without others, whatever else changed may be the reason."


def _effect(improvement: Improvement, said: Mapping[str, Any]) -> str:
    value, low, high, unit = (said[name] for name in ("value", "low", "high", "unit"))
    what = subject(improvement, said)
    if value is None:
        return f"{what}: no effect can be worked out."
    if low is None or high is None:
        return f"{what}: {moved(value, unit)} since the start."
    return f"{what}: {moved(value, unit)} since the start; {span(low, high, unit)}."


def _worth(improvement: Improvement, verdict: LoggedVerdict) -> Iterator[str]:
    """The same for one middling project, in days or money; days in money where somebody said so."""
    said, per = verdict.content, verdict.per_project
    ends = [said[name] for name in ("value", "low", "high")]
    if any(end is None for end in ends):
        return
    value, low, high = ends
    ways = ("less", "more")
    if per:
        unit, middle = per["unit"], float(per["middle"])
        took = "took" if unit == "days" else "cost"
        yield (
            f"For a project in the middle, which {took} {amount(middle, unit)}: "
            f"{moved(_rough(value * middle, unit), unit, ways)}; "
            f"{span(_rough(low * middle, unit), _rough(high * middle, unit), unit, ways)}."
        )
        if unit == "days":
            value, low, high = (end * middle for end in ends)
    in_days = said["unit"] == "days" or per.get("unit") == "days"
    if in_days and improvement.day_worth_minor:
        each = improvement.day_worth_minor / 100
        unit = improvement.currency
        worth = [_rough(end * each, unit) for end in (value, low, high)]
        yield (
            f"At {amount(each, unit)} a day, as {improvement.day_worth_said_by or 'was agreed'} said, each time: "
            f"{moved(worth[0], unit, ways)}; {span(worth[1], worth[2], unit, ways)}."
        )
    elif in_days:
        yield "In money: not known. Nobody has said yet what a day is worth."
    elif said["unit"] == "ratio" and not per:
        yield "In days and money: not known from these registers."
    elif not per and not en.is_currency(said["unit"]):
        yield "In days and money: not known. The measure counts neither."


def _rough(value: float, unit: str) -> float:
    """Money that was worked out from a range: two digits, for more would claim more than is known."""
    return float(f"{value:.1e}") if en.is_currency(unit) else value


def _n(said: Mapping[str, Any]) -> str:
    what = "months" if said["path"] == "b" and said["measure"] not in IN_WORDS else "projects"
    words = f"{said['n_before']:,} {what} before, {said['n_after']:,} after"
    if said.get("under_way"):
        words += f"; {said['under_way']:,} under way at the start, in neither"
    if said.get("young"):
        words += f"; {said['young']:,} too young to be compared"
    has_range = said["low"] is not None
    return f"{words}. The range holds however often it is looked at" if has_range else words


_HELPS: Final[Mapping[str, str]] = {
    "no_comparison_group": "Somebody to compare with: units that the change has not reached.",
    "no_baseline": "A baseline, fixed in writing before the next start.",
    "baseline_late": "A claim whose baseline is fixed before its start.",
    "too_few": "More of them: each side that is compared needs five.",
    "too_few_units": "Units that start later, or not at all, to compare with.",
    "too_little_after": "Time: there is too little after the start.",
    "baseline_missing": "Plans: too many projects state none to be compared with.",
    "scale_changed": "Ratings on one scale, before and after.",
    "rebaselined": "Outcomes against the first plan, for every project.",
    "finished_only": "Start and planned finish of projects that are still open.",
}


def _would_change(improvement: Improvement, verdict: LoggedVerdict) -> Iterator[str]:
    word, said = verdict.word, verdict.content
    if word == "Improved":
        yield "New evidence: with every edition it is looked at again, and can be taken back."
        return
    if word == "Worse":
        yield "A cause that is found and put right. Until then it stands in every report."
    stale = _registers_end_before_it_began(improvement, verdict)
    if stale is not None:
        yield f"Newer registers: those taken in end on {en.day(stale)}, before anything began."
    dated = word == "No evidence yet" and verdict.claimable_on is not None
    for reason in said["reasons"]:
        code = str(reason).partition(":")[0]
        if code in _HELPS and not (dated and code == "too_little_after") and not stale:
            yield _HELPS[code]
    if word in ("No evidence yet", "Cannot tell") and said["value"] is not None:
        worth = agreed(improvement)
        if verdict.claimable_on is not None:
            yield (
                f"Time: if the effect is {worth}, as agreed, it could be claimed by about "
                f"{en.day(verdict.claimable_on)}."
            )
        else:
            yield f"Not time alone: an effect of {worth} needs more projects or units to compare."


def _registers_end_before_it_began(improvement: Improvement, verdict: LoggedVerdict) -> date | None:
    """The last day the evidence speaks of, where that is before the first start."""
    first = improvement.first_start
    if first is None or verdict.as_at is None or verdict.as_at >= first:
        return None
    return verdict.as_at


def _sentence(reason: str) -> str:
    words = reason.partition(": ")[2].rstrip(".")
    return f"{words[:1].upper()}{words[1:]}."
