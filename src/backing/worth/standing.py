"""What the office costs, what is at stake, and what finance has agreed to: all of it, as a viewer may see it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

from backing.people.models import Account, Organisation
from backing.scope import public as scope
from backing.worth.amounts import Amount, total
from backing.worth.costing import FullCost, costs, full_cost
from backing.worth.gate import FORMULA, Doubled, NotYet, Return, Valued, judged, pairs
from backing.worth.models import BenefitValuation, FinanceWord, KeptApart
from backing.worth.quarters import year_before, year_begun
from boardpaper.wording import en
from trackrecord.figure import Figure
from trackrecord.values.currencies import minor_units


@dataclass(frozen=True, kw_only=True)
class Standing:
    """year: the latest twelve months for which costs are recorded; None without any.

    at_stake: what is lost each year to the causes that the office is aimed at; addressed: which share of
    all that was lost that is.  outcome: the return, or what it waits for.
    """

    currency: str
    year: FullCost | None
    so_far: FullCost | None
    at_stake: Figure | None
    addressed: Figure | None
    valued: tuple[Valued, ...]
    doubled: tuple[Doubled, ...]
    outcome: Return | NotYet

    @property
    def earned(self) -> Return | None:
        return self.outcome if isinstance(self.outcome, Return) else None

    @property
    def missing(self) -> tuple[str, ...]:
        return self.outcome.missing if isinstance(self.outcome, NotYet) else ()

    @cached_property
    def cost(self) -> Figure | None:
        """What the office costs a year, as far as it is recorded."""
        return None if self.year is None or not self.year.lines else cost_figure(self.year)

    @cached_property
    def break_even(self) -> Figure | None:
        """The share of the yearly loss that the office must prevent to pay for itself; at least that much
        while its cost is not full."""
        return scope.break_even(self.cost, self.at_stake)

    @property
    def is_full(self) -> bool:
        return self.year is not None and self.year.is_full

    def of(self, state: str, *, hard: bool | None = None) -> tuple[Valued, ...]:
        """The valuations that stand so; of one kind of money only, where that is asked."""
        return tuple(
            each
            for each in self.valued
            if each.state == state and (hard is None or each.hard == hard)
        )

    @property
    def spent(self) -> Figure | None:
        """What the office has cost so far, as far as it is recorded."""
        if self.so_far is None or not self.so_far.lines:
            return None
        return Figure(
            measure="office_cost_so_far",
            version=1,
            definition=f"What the office cost from {en.day(self.so_far.first)} to "
            f"{en.day(self.so_far.last)}: its own cost, and the time that it asks of others.",
            unit=self.currency,
            direction="down_good",
            value=float(self.so_far.total.major),
            n=len(self.so_far.lines),
            basis="the office as kept",
        )

    @cached_property
    def return_on_cost(self) -> Figure | None:
        """The return with its range; None before the gate is passed."""
        earned = self.earned
        if earned is None:
            return None
        low, likely, high = (float(each) for each in earned.shares)
        return Figure(
            measure="return_on_cost",
            version=1,
            definition=f"{FORMULA}, from {en.day(earned.first)} to {en.day(earned.last)}; hard money that "
            "finance has validated alone, never multiplied up to a year.",
            unit="share",
            direction="up_good",
            value=likely,
            low=low,
            high=high,
            n=len(earned.lines),
            as_at=earned.last,
            basis="the office as kept",
        )

    def validated(self, *, hard: bool) -> Figure:
        """The sum of what finance has validated, of one kind of money."""
        kind = "left a budget" if hard else "was not spent"
        return Figure(
            measure="validated_hard" if hard else "validated_avoidance",
            version=1,
            definition=f"What finance has validated of money that {kind}: the office’s share of it, most likely.",
            unit=self.currency,
            direction="up_good",
            value=float(self.agreed(hard=hard).major),
            n=len(self.of("validated", hard=hard)),
            basis="the office as kept",
        )

    def agreed(self, *, hard: bool) -> Amount:
        """The sum of what is validated, likely; hard money and money not spent are never added."""
        rows = self.of("validated", hard=hard)
        same = (each.likely for each in rows if each.likely.currency == self.currency)
        return total(same, self.currency)


def cost_figure(year: FullCost) -> Figure:
    """What the office costs a year, in major units."""
    return Figure(
        measure="office_cost_a_year",
        version=2,
        definition=f"What the office cost or will cost from {en.day(year.first)} to "
        f"{en.day(year.last)}: its own cost, and the time that it asks of others.",
        unit=year.currency,
        direction="down_good",
        value=year.total.minor / minor_units(year.currency),
        n=len(year.lines),
        basis="the office as kept",
    )


def standing(viewer: Account, *, today: date) -> Standing:
    ours = Organisation.ours()
    valued = valuations(viewer)
    apart = KeptApart.objects.visible_to(viewer).values_list("one", "other", "why")
    doubled = pairs(valued, {(one, other): why for one, other, why in apart})
    matrix = scope.cause_matrix(viewer)
    return Standing(
        currency=ours.currency,
        year=cost_of_a_year(viewer, today=today),
        so_far=_so_far(viewer, today),
        at_stake=matrix.a_year,
        addressed=matrix.addressed,
        valued=valued,
        doubled=doubled,
        outcome=judged(
            valued,
            doubled,
            lambda first, last: full_cost(viewer, first=first, last=last),
            currency=ours.currency,
            today=today,
            starts=ours.fiscal_year_starts,
        ),
    )


def valuations(viewer: Account) -> tuple[Valued, ...]:
    """The latest period first."""
    rows = BenefitValuation.objects.visible_to(viewer).select_related("benefit__measure")
    words: dict[int, list[FinanceWord]] = defaultdict(list)
    for word in FinanceWord.objects.visible_to(viewer).select_related("by__person"):
        words[word.valuation_id].append(word)
    return tuple(_valued(each, words[each.pk]) for each in rows)


def _valued(each: BenefitValuation, words: list[FinanceWord]) -> Valued:
    measure = each.benefit.measure
    touches = {f"the benefit “{each.benefit}”"}
    if measure is not None:
        touches.add(f"the measure “{measure}”")
    state = each.validation(words)
    return Valued(
        pk=each.pk,
        benefit=each.benefit.title,
        measure=str(measure or each.benefit.measured_by),
        first=each.first_day,
        last=each.last_day,
        hard=each.kind == BenefitValuation.Kind.HARD,
        state=state.value,
        worth=Amount(each.likely_minor, each.currency),
        low=each.claimed(each.low_minor),
        likely=each.claimed(each.likely_minor),
        high=each.claimed(each.high_minor),
        share=Fraction(each.attribution_share),
        share_reason=each.attribution_reason,
        error=Fraction(each.error_adjust),
        basis=each.basis,
        said=_said(each, words),
        touches=frozenset(touches),
    )


def _said(each: BenefitValuation, words: list[FinanceWord]) -> str:
    settled = [word for word in words if word.settles]
    if not settled:
        return "finance has not said anything yet"
    last = settled[-1]
    said = f"{last.get_word_display().lower()} by {last.by.person} on {en.day(last.at.date())}"
    if last.reason:
        said += f": {last.reason}"
    return said if last.digest == each.digest else f"{said}; changed since, so it waits again"


def cost_of_a_year(viewer: Account, *, today: date) -> FullCost | None:
    """The twelve months up to the last day with a cost, at most to the end of this fiscal year."""
    ends = [each.last_day for each in costs(viewer)]
    if not ends:
        return None
    begun = year_begun(today, starts=Organisation.ours().fiscal_year_starts)
    this_year = begun.replace(year=begun.year + 1) - timedelta(days=1)
    last = min(max(ends), this_year)
    return full_cost(viewer, first=year_before(last), last=last)


def _so_far(viewer: Account, today: date) -> FullCost | None:
    """All that was spent from the first day on which a cost is recorded until yesterday."""
    first = min((each.first_day for each in costs(viewer)), default=today)
    yesterday = today - timedelta(days=1)
    return full_cost(viewer, first=first, last=yesterday) if first <= yesterday else None
