"""What truly happened at the Aldmoor Group, before anyone wrote it into a register.

Sixty projects, twelve approved in each year from 2021 to 2025.  Within a year the overruns and the
slips are spread evenly over the whole of their distribution (stratified draws), so that every seed
tells much the same story: about as many projects late and dear, few of them extreme, and no unit
that truly differs from the others, since neither draw looks at the unit.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from backing.demo.company import CAUSES, MANAGERS, UNDERTAKINGS, Kind, Undertaking

FIRST_YEAR: Final = 2021
A_YEAR: Final = 12  # projects approved in each year

# (rank, share): where a project of that rank, from best to worst, ends up.
OVERRUN: Final = (  # final cost over first approved cost, less one
    (0.0, -0.14),
    (0.15, -0.03),
    (0.30, 0.05),
    (0.50, 0.23),
    (0.70, 0.34),
    (0.85, 0.48),
    (0.93, 0.66),
    (1.0, 1.25),
)
SLIP: Final = (  # days late over planned days
    (0.0, -0.08),
    (0.18, 0.0),
    (0.34, 0.0),
    (0.50, 0.20),
    (0.70, 0.32),
    (0.90, 0.60),
    (1.0, 1.10),
)

# Median first budget in pounds, its spread as the sigma of its logarithm, and planned days.
SIZE: Final[dict[Kind, tuple[int, float, tuple[int, int]]]] = {
    "IT": (640_000, 0.75, (180, 480)),
    "Process": (190_000, 0.5, (110, 270)),
    "Construction": (1_500_000, 0.7, (240, 560)),
    "Regulatory": (380_000, 0.55, (150, 380)),
}

REASONS: Final = (
    "Scope added by sponsor",
    "Estimate revised after design",
    "Supplier re-let",
    "Re-phased after steering group",
    "Delay accepted",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """What management approved, and when.  cost in pounds; the first has no reason."""

    approved_on: date
    cost: int
    finish: date
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """One project as only we can know it, its end included where that lies ahead of a register.

    seed: of the world it is part of; what is written about it is drawn from the same.
    ended: the day it finished or was stopped.  cost: pounds spent by then.  benefit_planned and
    benefit_actual: pounds a year, None where nobody stated any.
    """

    seed: int
    id: str
    what: Undertaking
    manager: str
    started: date
    baselines: tuple[Baseline, ...]
    ended: date
    cancelled: bool
    cost: int
    benefit_planned: int | None
    benefit_actual: int | None
    causes: tuple[str, ...]

    @property
    def original(self) -> Baseline:
        return self.baselines[0]

    @property
    def overrun(self) -> float:
        """Cost over the first approval, as a share of it."""
        return self.cost / self.original.cost - 1

    @property
    def days_late(self) -> int:
        """Days after the finish first approved; negative when early."""
        return (self.ended - self.original.finish).days


def projects(seed: int) -> tuple[Project, ...]:
    """The sixty projects of one seed, in the order of their approval."""
    made: list[Project] = []
    for lot in range(len(UNDERTAKINGS) // A_YEAR):
        draw = random.Random(f"{seed} year {lot}")
        dear = _ranks(draw)
        # Dear projects tend to be late ones too, but not always.
        mixed = [0.65 * rank + 0.35 * draw.random() for rank in dear]
        by_lateness = sorted(range(A_YEAR), key=mixed.__getitem__)
        late = dict(zip(by_lateness, sorted(_ranks(draw)), strict=True))
        stopped = sorted(range(A_YEAR), key=dear.__getitem__)[-3]  # not the worst: those go on
        for place in range(A_YEAR):
            number = lot * A_YEAR + place
            made.append(
                _project(
                    seed, number, dear=dear[place], late=late[place], cancelled=place == stopped
                )
            )
    return tuple(made)


def _ranks(draw: random.Random) -> list[float]:
    """One rank between 0 and 1 for each project of a year, spread evenly, in random order."""
    ranks = [(place + draw.random()) / A_YEAR for place in range(A_YEAR)]
    draw.shuffle(ranks)
    return ranks


def _project(seed: int, number: int, *, dear: float, late: float, cancelled: bool) -> Project:
    draw = random.Random(f"{seed} project {number}")
    what = UNDERTAKINGS[number]
    median, spread, days = SIZE[what.kind]
    year, place = divmod(number, A_YEAR)
    approved = _weekday(
        date(FIRST_YEAR + year, 1, 18) + timedelta(days=27 * place + draw.randint(0, 20))
    )
    started = _weekday(approved + timedelta(days=draw.randint(5, 40)))
    planned_days = draw.randint(*days)
    original = Baseline(
        approved_on=approved,
        cost=_budget(median * draw.lognormvariate(0, spread)),
        finish=_weekday(started + timedelta(days=planned_days)),
    )
    overrun, slip = _at(OVERRUN, dear), _at(SLIP, late)
    finished = _weekday(original.finish + timedelta(days=round(slip * planned_days)))
    cost = _spent(original.cost * (1 + overrun))
    troubled = overrun > 0.10 or slip > 0.10 or cancelled
    baselines = _rebaselined(draw, original, started, finished, cost)
    ended = finished
    if cancelled:
        done = draw.uniform(0.4, 0.8)
        ended = _weekday(started + (finished - started) * done)
        cost = _spent(cost * done)
        baselines = tuple(one for one in baselines if one.approved_on < ended)
    planned, actual = _benefit(draw, original.cost, cancelled=cancelled)
    return Project(
        seed=seed,
        id=f"ALD-{number + 1:03}",
        what=what,
        manager=draw.choice(MANAGERS),
        started=started,
        baselines=baselines,
        ended=ended,
        cancelled=cancelled,
        cost=cost,
        benefit_planned=planned,
        benefit_actual=actual,
        causes=_causes(draw) if troubled else (),
    )


def _rebaselined(
    draw: random.Random, original: Baseline, started: date, finished: date, cost: int
) -> tuple[Baseline, ...]:
    """The approvals of one project: those who run far over mostly ask again, up to three times.

    Each new approval admits more of what is to come; the last falls just short of it, which is
    why a register that keeps only the current baseline looks so good.
    """
    overrun = cost / original.cost - 1
    slip = (finished - original.finish).days
    asks_again = overrun > 0.19 or slip > 110
    if not asks_again or draw.random() < 0.1:
        return (original,)
    times = 1 + (overrun > 0.35) + (overrun > 0.55 and slip > 60)
    last_cost = cost / (1 + draw.gauss(0.045, 0.03))
    last_slip = slip - draw.randint(-3, 24)
    made = [original]
    for turn in range(1, times + 1):
        seen = turn / times
        when = _weekday(started + (finished - started) * (0.25 + 0.6 * seen * draw.uniform(0.8, 1)))
        made.append(
            Baseline(
                approved_on=when,
                cost=_budget(original.cost + (last_cost - original.cost) * seen),
                finish=_weekday(original.finish + timedelta(days=round(max(last_slip, 0) * seen))),
                reason=draw.choice(REASONS),
            )
        )
    return tuple(made)


def _benefit(draw: random.Random, budget: int, *, cancelled: bool) -> tuple[int | None, int | None]:
    """Pounds a year planned and reached: half the projects state a plan, half of those a result."""
    if draw.random() < 0.45:
        return None, None
    planned = _budget(budget * draw.uniform(0.15, 0.5))
    if cancelled or draw.random() < 0.5:
        return planned, None
    return planned, _spent(planned * draw.triangular(0.3, 1.15, 0.85))


def _causes(draw: random.Random) -> tuple[str, ...]:
    """One to three causes, the usual ones most often, in the order of their weight."""
    wanted = draw.choices((1, 2, 3), weights=(9, 8, 3))[0]
    found: set[str] = set()
    while len(found) < wanted:
        found.update(draw.choices(tuple(CAUSES), weights=tuple(CAUSES.values())))
    return tuple(cause for cause in CAUSES if cause in found)


def _at(points: Sequence[tuple[float, float]], rank: float) -> float:
    """The value at a rank, on the straight lines between the points."""
    for (left, low), (right, high) in pairwise(points):
        if rank <= right:
            return low + (high - low) * (rank - left) / (right - left)
    return points[-1][1]


def _weekday(day: date) -> date:
    """The day itself, or the Monday after a week-end."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _budget(pounds: float) -> int:
    """Rounded as committees approve: to 5,000, from a million on to 10,000."""
    step = 10_000 if pounds >= 1_000_000 else 5_000
    return max(step, round(pounds / step) * step)


def _spent(pounds: float) -> int:
    """Rounded as registers print spending: to 1,000, from a million on to 10,000."""
    step = 10_000 if pounds >= 1_000_000 else 1_000
    return round(pounds / step) * step
