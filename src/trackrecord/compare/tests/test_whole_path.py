"""The whole path, from outcomes at equal age to the word, on companies built to tempt it (5.7, W6, W9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from trackrecord.compare.ability import claimable_on, detectable
from trackrecord.compare.design import NEVER, Design, Rows
from trackrecord.compare.material import of_outcomes
from trackrecord.compare.registration import Registration
from trackrecord.compare.tests.companies import COMPLICATIONS, EPOCH, SINCE, Company, World, company
from trackrecord.compare.verdict import Verdict, judged

CLAIM = Registration(measure="schedule_overrun", since_column=SINCE)


def verdict_at(of: Company, look: int, claim: Registration = CLAIM) -> Verdict:
    named = {column: column for column in claim.columns}
    return judged(of_outcomes(of.outcomes(look), claim, named=named, edition="a1"), claim)


def words(of: Company, looks: Iterable[int]) -> set[str]:
    return {verdict_at(of, look).verdict for look in looks}


TEMPTING = World(easier=0.8, replanned=0.3, cancelled=0.05)


@pytest.mark.parametrize("seed", range(4))
def test_the_worst_units_first_easier_work_and_open_projects_are_no_improvement(seed: int) -> None:
    """Nothing changes but who is looked at, and when."""
    assert words(company(TEMPTING, seed), range(6, 37, 6)) <= {"No evidence yet", "Cannot tell"}


@pytest.mark.parametrize("complication", COMPLICATIONS)
@pytest.mark.parametrize("seed", range(3))
def test_no_complication_of_a_register_makes_an_improvement_by_itself(
    complication: str, seed: int
) -> None:
    """Issue 6: open projects, moved plans, stopped projects, the worst first, easier work, and all of them."""
    found = words(company(COMPLICATIONS[complication], seed), range(4, 37, 4))

    assert not found & {"Improved", "Consistent with improvement", "Worse"}


def test_help_that_costs_time_is_called_worse() -> None:
    """RULE-11: the same bar for bad news."""
    found = verdict_at(company(World(cut=-0.8, units=24, worst_first=False), 1), 30)

    assert (found.verdict, found.attributed) == ("Worse", True)
    assert "cut_off: lateness beyond 1.25 times the planned time is not counted" in str(
        found.reasons
    )
    assert found.low is not None
    assert found.low > 0
    assert found.appendix["p_placebo_units"] <= 0.01
    told = " ".join((*found.reasons, *(guard.note for guard in found.guards)))
    assert "Among 999 other choices of units few show as much." in told


def test_lateness_beyond_the_horizon_is_cut_off_so_a_worsening_shows_smaller_than_it_is() -> None:
    """Why *Worse* is said later than its mirror: by the same rule, of an outcome that stops at an age."""
    of = company(World(cut=-0.25, units=24), 1)
    early, late = (verdict_at(of, 36, replace(CLAIM, horizon=horizon)) for horizon in (1.25, 3.0))

    assert early.value is not None
    assert late.value is not None
    assert 0.05 < early.value < 0.6 * late.value


def test_a_look_before_anything_is_due_cannot_tell() -> None:
    found = verdict_at(company(World(), 1), 2)

    assert found.verdict == "Cannot tell"
    assert found.reasons[0].startswith("too_few: ")
    assert found.young > 0


def test_where_there_is_no_evidence_yet_it_says_what_could_be_seen_and_by_when() -> None:
    """methods.md 5.3, rule 6."""
    found = verdict_at(company(World(units=24), 3), 14)

    assert found.verdict == "No evidence yet"
    assert found.detectable_effect is not None
    assert found.detectable_effect > 0
    assert found.claimable_on is None or found.claimable_on > (found.as_at or EPOCH)


def test_plans_moved_to_the_forecast_hide_an_effect_and_are_found_out() -> None:
    """A16, methods.md 1.2: against the current plan nothing slips, so which plan decides."""
    of = company(World(cut=0.45, units=24, worst_first=False), 1)
    outcomes = of.outcomes(30)
    took = np.where(np.isnan(outcomes.value["original"]), 400.0, outcomes.value["original"])
    moved = replace(outcomes, base={**outcomes.base, "current": took})

    found = judged(of_outcomes(moved, CLAIM, named={SINCE: SINCE}, edition="a1"), CLAIM)

    assert found.verdict == "Cannot tell"
    assert any(reason.startswith("rebaselined: ") for reason in found.reasons)


def test_without_plans_most_projects_have_no_baseline() -> None:
    """5.3, rule 1: more than three in ten lack what they are measured against."""
    outcomes = company(World(units=24), 1).outcomes(30)
    lost = np.arange(len(outcomes.project)) % 5 < 2
    for name in ("original_finish", "current_finish"):
        outcomes.days[name][lost] = -(2**31)
    bases = {plan: np.where(lost, np.nan, base) for plan, base in outcomes.base.items()}
    stripped = replace(outcomes, base=bases)

    found = judged(of_outcomes(stripped, CLAIM, named={SINCE: SINCE}, edition="a1"), CLAIM)

    assert found.verdict == "Cannot tell"
    assert any(reason.startswith("baseline_missing: ") for reason in found.reasons)


def test_the_date_by_which_a_cut_of_a_fifth_could_be_claimed() -> None:
    """methods.md 5.10: sd .4, a hundred before: 94 after are needed, and come at the pace so far."""
    today = (date(2025, 1, 1) - EPOCH).days
    start = today - 365
    spread = np.linspace(-1, 1, 100)
    before = 0.4 * spread / spread.std(ddof=1)
    after = before[::5]
    rows = Rows(
        y=np.r_[before, after],
        y_current=np.r_[before, after],
        cohort=np.r_[np.full(100, start - 500), np.full(20, start + 10)],
        due=np.r_[np.full(100, start - 100), np.full(20, today)],
        unit=np.zeros(120, np.int64),
        kind=np.zeros(120, np.int64),
        inside=np.ones(120, np.bool_),
        project=np.arange(120),
    )
    design = Design(rows=rows, starts=np.array([float(start)]), path="a", now=float(today))
    estimate = design.estimate()
    assert estimate is not None
    estimate = replace(estimate, contrast=replace(estimate.contrast, s=0.4))

    found = claimable_on(design, estimate, -np.log(0.8))

    months = (94 - 20) / (20 / (365 / 30.4375))
    assert found == date(2025, 1, 1) + timedelta(days=int(np.ceil(months * 30.4375)))
    assert claimable_on(design, estimate, -np.log(0.95)) is None
    assert detectable(estimate) == pytest.approx((3.1201 + 0.8416) * 0.4 / 16.667**0.5, abs=2e-3)


def test_a_unit_that_never_started_is_compared_and_never_credited() -> None:
    design_starts = of_outcomes(
        company(World(), 1).outcomes(20), CLAIM, named={SINCE: SINCE}, edition=""
    ).design.starts

    assert int(np.isfinite(design_starts).sum()) == 6
    assert int((design_starts == NEVER).sum()) == 6
