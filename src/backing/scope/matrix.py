"""The cause x activity matrix: what went wrong against what the office will do about it (S22-a, RULE-27).

Causes come with what lies behind them from the evidence; activities are the office's own that it will do.
A cause that nobody addresses and an activity that addresses nothing are findings, not gaps in a table.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from django.db import transaction

from backing.evidence.public import Figures, current_evidence, years_of_endings
from backing.people.models import Account
from backing.people.one_look import once_a_look
from backing.scope.addressable import addressable_a_year, addressed_share
from backing.scope.models import Activity, CauseCoverage, CauseLeft, ScopeItem
from trackrecord.figure import Figure

# From this share of the loss on, a cause that nobody addresses is a finding of RULE-27.
MATERIAL: Final = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """What lies behind one cause: its share of the money, divided among causes, between the two bounds.

    money: that share of all that was lost.  projects: how common it is.  None where nothing says so.
    """

    share: Figure | None = None
    least: Figure | None = None
    most: Figure | None = None
    money: Figure | None = None
    projects: Figure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """An activity of the office that it will do.  serves: what it is for, where that is no cause."""

    pk: int
    name: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseRow:
    """One cause.  how: by activity, what it does about it.  left: why nobody is to, "" where not said."""

    cause: str
    behind: Behind
    how: Mapping[int, str]
    left: str = ""

    @property
    def is_open(self) -> bool:
        return not self.how and not self.left

    @property
    def is_material(self) -> bool:
        return self.reaches(MATERIAL)

    def reaches(self, least: float) -> bool:
        """Whether so much of the money that was lost lies behind it."""
        share = self.behind.share
        return share is not None and float(share.value or 0) >= least


@dataclass(frozen=True, kw_only=True)
class CauseMatrix:
    """The whole, causes with the most behind them first.

    addressed: the share of the loss that the activities are aimed at; a_year: the same in money, each year
    (RULE-15).  None where there is no money to divide.
    """

    rows: tuple[CauseRow, ...]
    activities: tuple[Doing, ...]
    addressed: Figure | None
    a_year: Figure | None

    @cached_property
    def is_grounded(self) -> bool:
        """Whether the registers say of any cause what lies behind it; else only what we aim at is known."""
        return any(row.behind != Behind() for row in self.rows)

    @cached_property
    def open_causes(self) -> tuple[CauseRow, ...]:
        """Those that nobody addresses and nobody has said why not."""
        return tuple(row for row in self.rows if row.is_open)

    @cached_property
    def idle(self) -> tuple[Doing, ...]:
        """Activities that are aimed at no cause, and are neither required nor the ground of others.

        Whether one of them serves a goal is for benefits to say.
        """
        aimed = {activity for row in self.rows for activity in row.how}
        return tuple(
            each
            for each in self.activities
            if each.pk not in aimed and each.purpose == Activity.Purpose.GOAL
        )


@once_a_look
def cause_matrix(viewer: Account) -> CauseMatrix:
    """The matrix as the viewer may see it."""
    doing = tuple(
        Doing(pk=each.pk, name=each.name, purpose=each.purpose) for each in will_do(viewer)
    )
    covered = _covered(viewer, {each.pk for each in doing})
    left = dict(CauseLeft.objects.visible_to(viewer).values_list("cause", "reason"))
    evidence = current_evidence(viewer)
    figures = evidence.figures if evidence is not None else Figures(())
    behind = _behind(figures)
    unseen = sorted((covered.keys() | left.keys()) - behind.keys())
    share = addressed_share(figures, covered.keys()) if covered else None
    return CauseMatrix(
        rows=tuple(
            CauseRow(
                cause=cause,
                behind=behind.get(cause, Behind()),
                how=covered.get(cause, {}),
                left=left.get(cause, ""),
            )
            for cause in (*behind, *unseen)
        ),
        activities=doing,
        addressed=share,
        a_year=addressable_a_year(figures, share, years_of_endings(viewer)),
    )


def will_do(viewer: Account) -> tuple[Activity, ...]:
    """The office's own activities that no sentence of the scope leaves for later or to others."""
    ours = Activity.objects.visible_to(viewer).live().ours()
    items = ScopeItem.objects.visible_to(viewer).order_by()
    placed = set(items.values_list("activities", "kind"))
    will = {activity for activity, kind in placed if kind == ScopeItem.Kind.WILL}
    others = {activity for activity, kind in placed if kind != ScopeItem.Kind.WILL}
    return tuple(each for each in ours if each.pk in will or each.pk not in others)


@transaction.atomic
def aim(cause: str, how: Mapping[Activity, str], *, on: date) -> None:
    """These activities, and no others, are aimed at a cause; how: what each does about it, or "".

    A cause that is addressed is not left alone any more.
    """
    standing = {each.activity_id: each for each in CauseCoverage.objects.filter(cause=cause)}
    wanted = {activity.pk for activity in how}
    for pk, coverage in standing.items():
        if pk not in wanted:
            coverage.delete()
    for activity, words in how.items():
        found = standing.get(activity.pk)
        if found is not None and found.how == words:
            continue
        aimed = found or CauseCoverage(cause=cause, activity=activity, noted_on=on)
        aimed.how = words
        aimed.save()
    if how:
        _take_back(cause)


@transaction.atomic
def leave(cause: str, reason: str, *, on: date) -> None:
    """Nobody of the office is to address a cause, and why; without a reason that is taken back."""
    if not reason:
        _take_back(cause)
        return
    for coverage in CauseCoverage.objects.filter(cause=cause):
        coverage.delete()
    left = CauseLeft.objects.filter(cause=cause).first() or CauseLeft(cause=cause, noted_on=on)
    left.reason = reason
    left.save()


def _take_back(cause: str) -> None:
    for left in CauseLeft.objects.filter(cause=cause):
        left.delete()


def _covered(viewer: Account, doing: Collection[int]) -> dict[str, dict[int, str]]:
    """By cause, what each of these activities does about it."""
    found: dict[str, dict[int, str]] = {}
    cells = CauseCoverage.objects.visible_to(viewer).filter(activity__in=doing)
    for cause, activity, how in cells.values_list("cause", "activity", "how"):
        found.setdefault(cause, {})[activity] = how
    return found


def _behind(figures: Figures) -> dict[str, Behind]:
    """What lies behind each cause, the most first; by money where it has one currency, else by projects."""
    rates = {
        str(each.group): each
        for each in figures.groups("cause_count_rate", by="cause")
        if each.value
    }
    if not figures.causes or any(" / " in str(each.group) for each in figures.causes):
        ordered = sorted(rates, key=lambda cause: (-float(rates[cause].value or 0), cause))
        return {cause: Behind(projects=rates[cause]) for cause in ordered}
    lost = figures.known("cost_of_failure_gross", "original")
    return {
        str(share.group): Behind(
            share=share,
            least=_bound(figures, "exclusive", share),
            most=_bound(figures, "touched", share),
            money=_money(share, lost),
            projects=rates.get(str(share.group)),
        )
        for share in figures.causes
    }


def _bound(figures: Figures, bound: str, share: Figure) -> Figure | None:
    return figures.known(f"cause_share_{bound}", "original", by="cause", group=share.group)


def _money(share: Figure, lost: Figure | None) -> Figure | None:
    if lost is None:
        return None
    return Figure(
        measure="cause_money",
        version=1,
        definition="Money over plan or written off, each project’s divided among its causes: the part of this "
        "cause.",
        unit=lost.unit,
        value=round(float(lost.value or 0) * float(share.value or 0), 2),
        n=share.n,
        missing=share.missing,
        baseline=share.baseline,
        by=share.by,
        group=share.group,
        as_at=share.as_at,
        basis=share.basis,
    )
