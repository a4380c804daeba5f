"""Groups of projects beside one another, by number of projects and against chance; never a ranking."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from backing.documents.papers.chance import RARE, USUAL, limits
from backing.documents.papers.grounds import FEWEST, Grounds
from backing.documents.papers.plans import cost_words, finish_words
from boardpaper.chart import Axis, Chart, Mark, Series
from boardpaper.claim import Claim, Name
from boardpaper.wording import word
from trackrecord.figure import Baseline, Figure


@dataclass(frozen=True, slots=True)
class Question:
    """What groups are compared by: a share, and the median that goes with it.

    known: what the column of counts is called.  happened: what the share counts, as a column's head,
    where nothing is known of how the registers call their plans.
    """

    name: str
    title: str
    rate: tuple[str, Baseline | None]
    median: tuple[str, Baseline | None]
    known: str
    happened: str


QUESTIONS: Final = (
    Question(
        "cost",
        "Cost",
        ("over_budget_rate", "original"),
        ("cost_overrun_median", "original"),
        "Projects with a cost",
        "Above the first plan",
    ),
    Question(
        "time",
        "Time",
        ("late_rate", "original"),
        ("schedule_slip_days_median", "original"),
        "Projects with a date",
        "After the first date",
    ),
    Question(
        "forecast",
        "Forecasts",
        ("forecast_behind_rate", None),
        ("forecast_slip_days_median", None),
        "Projects with two dates",
        "Later than first stated",
    ),
)


_CROWDED: Final = 0.2  # of the line, which the words of the overall share take


@dataclass(frozen=True, slots=True)
class Group:
    """One group: its share, where chance alone would put it, and its median."""

    name: str
    rate: Figure
    median: Figure | None
    low: float
    high: float
    stands_out: bool

    @property
    def share(self) -> float:
        return float(self.rate.value or 0)

    @property
    def is_outside(self) -> bool:
        return not self.low <= self.share <= self.high


@dataclass(frozen=True, slots=True)
class Comparison:
    """The groups of a column by one question, the one with the most projects first.

    few: groups of fewer than five projects, which are named and counted, and nothing more.
    """

    by: str
    question: Question
    overall: Figure
    groups: tuple[Group, ...]
    few: tuple[tuple[str, int], ...]

    @property
    def low_end_is_free(self) -> bool:
        """Whether "none" can stand at the left end of the line, clear of the overall share."""
        return float(self.overall.value or 0) > _CROWDED

    @property
    def high_end_is_free(self) -> bool:
        """Whether "all" can stand at its right end."""
        return float(self.overall.value or 0) < 1 - _CROWDED

    @property
    def finding(self) -> Claim:
        """Whether any group differs by more than chance gives."""
        what = _NOUNS.get(self.by, "group")
        title = self.question.title
        outside = [group for group in self.groups if group.stands_out]
        if len(outside) == 1:
            return Claim(
                f"{title}: {{name}} stands out, {{share:of}} against {{all}} overall",
                name=Name(outside[0].name),
                share=outside[0].rate,
                all=self.overall,
            )
        if outside:
            return Claim(
                f"{title}: some stand out from {{all}} overall, by more than chance gives",
                all=self.overall,
            )
        if any(group.is_outside for group in self.groups):
            return Claim(
                f"{title}: no {what} stands out from {{all}} overall; where a dot lies outside its "
                "box, chance is still an answer",
                all=self.overall,
            )
        return Claim(
            f"{title}: no {what} stands out from {{all}} overall; every dot lies within what chance "
            "alone would give",
            all=self.overall,
        )

    def chart(self) -> Chart:
        """The funnel as a picture, for a paper or to take away."""
        marks = tuple(
            Mark(
                x=group.share,
                low=group.low,
                high=group.high,
                label=group.name,
                n=group.rate.n,
                note=word(group.rate, "of"),
            )
            for group in self.groups
        )
        return Chart(
            kind="funnel",
            finding=self.finding,
            series=(Series(name="", marks=marks),),
            axis=Axis(
                scale="share",
                low=0.0,
                high=1.0,
                ticks=tuple((step / 4, f"{step * 25}%") for step in range(5)),
                reference=float(self.overall.value or 0),
            ),
            caption=BOX,
            alternative="; ".join(f"{mark.label}: {mark.note}" for mark in marks),
        )


BOX: Final = (
    "Box: where ninety-five per cent of groups of this size would fall if all were alike; it widens "
    "as projects get fewer. Listed by number of projects."
)
_NOUNS: Final = {
    "org_unit": "unit",
    "kind": "kind of project",
    "size": "size",
    "finished_year": "year",
}


def compare(grounds: Grounds, question: Question, *, by: str) -> Comparison | None:
    """The groups of a column by a question; None where fewer than two are large enough."""
    overall = grounds.known(*question.rate)
    if overall is None:
        return None
    share = float(overall.value or 0)
    medians = {figure.group: figure for figure in grounds.groups(*question.median, by=by)}
    groups, few = [], []
    for rate in grounds.groups(*question.rate, by=by):
        name = str(rate.group)
        if rate.value is None or rate.n < FEWEST:
            few.append((name, rate.n))
            continue
        low, high = limits(share, rate.n, USUAL)
        least, most = limits(share, rate.n, RARE)
        groups.append(
            Group(
                name=name,
                rate=rate,
                median=medians.get(rate.group),
                low=low,
                high=high,
                stands_out=not least <= float(rate.value) <= most,
            )
        )
    if not groups:
        return None
    return Comparison(
        by=by,
        question=_worded(question, grounds),
        overall=overall,
        groups=tuple(sorted(groups, key=lambda group: (-group.rate.n, group.name))),
        few=tuple(sorted(few, key=lambda pair: (-pair[1], pair[0]))),
    )


def _worded(question: Question, grounds: Grounds) -> Question:
    """The question in the words that these grounds allow."""
    happened = {
        "cost": f"Above {cost_words(grounds).plan}",
        "time": f"After {finish_words(grounds).day}",
    }
    return replace(question, happened=happened.get(question.name, question.happened))
