"""What the project office of the Aldmoor Group watches, aims at and claims.  Every number is invented.

Months are told backwards from the month before the day on which the demo is opened, days from that day.
Readings move about as such readings do; what is claimed of them is left to the worker to judge.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from backing.demo.leaders import INTAKE, MONEY, OPERATIONS, STAGE
from backing.demo.mandate import COMMISSIONED


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A measure.  levels: by months ago from which on it holds, where the readings lie; wiggle: how far
    they stray.  baseline: the months ago of its first and last reading, and the days ago on which it was
    fixed; None for no baseline yet.  figure: of the Record, where it is computed.  given: readings by days
    ago, where there are but few."""

    name: str
    unit: str
    direction: str
    definition: str
    source: str
    owner: str
    feeds: str
    levels: Mapping[int, float] = field(default_factory=dict)
    wiggle: float = 0.0
    places: int = 0
    n: int | None = None
    baseline: tuple[int, int, int] | None = None
    because: str = ""
    figure: str = ""
    plan: str = ""
    given: tuple[tuple[int, float, int], ...] = ()
    given_baseline: tuple[int, int, int] | None = None  # days ago: first, last, fixed
    refresh_days: int = 31

    def readings(self, seed: int) -> tuple[tuple[int, float], ...]:
        """Months ago and value, the oldest first."""
        if not self.levels:
            return ()
        draw = random.Random(f"{seed} {self.name}")
        found = []
        for ago in range(max(self.levels), 0, -1):
            level = self.levels[min(month for month in self.levels if month >= ago)]
            found.append((ago, round(level + draw.uniform(-1, 1) * self.wiggle, self.places)))
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """A target.  begins, due: days ago; below zero to come."""

    measure: str
    target: float
    begins: int
    due: int
    owner: str
    labelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A claim.  registered, begins: days ago; begins_by: unit by unit."""

    measure: str
    what: str
    registered: int
    begins: int | None = None
    begins_by: Mapping[str, int] = field(default_factory=dict)
    least: float
    rivals: tuple[str, ...]
    how: str
    change: str = ""
    chosen: str = ""
    day_worth: int | None = None
    day_worth_said_by: str = ""
    agreed: str = ""


DECISION_DAYS: Final = "Days from request to decision"
IN_TIME: Final = "Status reports in time"
ASKED: Final = "Minutes that audit requests take a manager"
OVERRUN: Final = "Cost over first approval"
SLIP: Final = "Days late against the first date"
EASIER: Final = "Project managers who find their work easier"

WATCHED: Final = (
    Watched(
        name=DECISION_DAYS,
        unit="days",
        direction="down_good",
        definition="Calendar days from the day a change request is handed in to the day it is answered, "
        "the middle one of the month.",
        source="Minutes of the change board",
        owner=OPERATIONS,
        feeds="How often the change board meets.",
        levels={36: 41, 16: 26},
        wiggle=6,
        baseline=(36, 17, 495),
        because="All twenty months before the board began to meet every week.",
    ),
    Watched(
        name=IN_TIME,
        unit="share",
        direction="up_good",
        definition="Status reports that arrived by the eighth, of all that were due in the month.",
        source="The office’s inbox",
        owner="Anton Weir",
        feeds="Whether the report is asked for every month or every quarter.",
        levels={30: 0.71},
        wiggle=0.09,
        places=2,
        n=24,
        baseline=(30, 11, 290),
        because="The time before managers were reminded two days ahead.",
    ),
    Watched(
        name=ASKED,
        unit="minutes",
        direction="down_good",
        definition="What the requests of the audit that the office passes on take one project manager in a "
        "month, the middle one of ten. What the office itself asks is counted under Scope.",
        source="Ten project managers, asked each month",
        owner="Priya Sandhurst",
        feeds="Which request is dropped next.",
        levels={20: 58, 5: 80},
        wiggle=5,
        baseline=(20, 13, 380),
        because="The first eight months in which they were asked.",
    ),
    Watched(
        name=OVERRUN,
        unit="share",
        direction="down_good",
        definition="Final cost over the first approved cost, less one; the middle finished project.",
        source="Project registers",
        owner=MONEY,
        feeds="How much is set aside when a project is approved.",
        figure="cost_overrun_median",
        plan="original",
        given=((1060, 0.26, 22), (695, 0.24, 33)),
        given_baseline=(1080, 690, 680),
        because="The two registers that there were when the office began.",
        refresh_days=366,
    ),
    Watched(
        name=SLIP,
        unit="days",
        direction="down_good",
        definition="Days from the first approved finish to the actual one; the middle finished project.",
        source="Project registers",
        owner=OPERATIONS,
        feeds="Whether a stage check is asked for before money is committed.",
        figure="schedule_slip_days_median",
        plan="original",
        given=((1060, 62, 22), (695, 58, 33)),
        given_baseline=(1080, 690, 680),
        because="The two registers that there were when the office began.",
        refresh_days=366,
    ),
    Watched(
        name=EASIER,
        unit="share",
        direction="up_good",
        definition="Project managers who answer four or five to “the office makes my projects easier”.",
        source="The question asked each quarter",
        owner="Sunita Marsh",
        feeds="Which service the office builds next.",
        given=((100, 0.55, 20), (10, 0.5, 22)),
        refresh_days=92,
    ),
)

AIMS: Final = (
    Aim(measure=DECISION_DAYS, target=20, begins=490, due=-130, owner=OPERATIONS),
    Aim(measure=OVERRUN, target=0.15, begins=670, due=-400, owner=MONEY),
    Aim(measure=ASKED, target=45, begins=370, due=-60, owner="Priya Sandhurst"),
    Aim(measure=EASIER, target=0.7, begins=5, due=-200, owner="Sunita Marsh", labelled=True),
)

CLAIMS: Final = (
    Claimed(
        measure=DECISION_DAYS,
        what="The change board meets every week",
        registered=500,
        begins=492,
        least=5,
        rivals=("Fewer requests since the spring of last year", "A new chair of the board"),
        how="A request waits days for the next meeting, not weeks.",
        day_worth=2_400,
        day_worth_said_by=MONEY,
        agreed=OPERATIONS,
    ),
    Claimed(
        measure=IN_TIME,
        what="Managers are reminded two days ahead",
        registered=286,
        begins=280,
        least=0.1,
        rivals=("A shorter form since the summer",),
        how="Most late reports were forgotten, not unfinished.",
    ),
    Claimed(
        measure=OVERRUN,
        what="A stage check before money is committed",
        registered=COMMISSIONED - 420,
        begins_by={"Group IT": 300, "Property": 300},
        least=0.1,
        rivals=("Prices fell after 2024", "Two large suppliers were changed"),
        how="Scope, estimate and supplier are looked at while nothing is signed yet.",
        change=STAGE,
        chosen="past results",
    ),
)

# What the office writes into the report of the last month.
WHY: Final = {
    ASKED: "Two requests were added for the audit; they end in the spring.",
    IN_TIME: "The reminder is new; the months so far tell nothing.",
}
STOPPED: Final = "The weekly colour; nobody had decided anything by it since January."
NEXT: Final = f"“{INTAKE}” opens next month; what it is to change is registered before it does."
ASK: Final = "Say which of the two audit requests may end first."

# By group, what each who was asked gave: two marks, one thing to stop, one to start.  None: no answer.
PULSE: Final[dict[str, tuple[tuple[int, int, str, str] | None, ...]]] = {
    "leaders": (
        (4, 4, "", ""),
        (5, 3, "", "Tell us first when a date moves."),
        (3, 3, "", ""),
        None,
        None,
        None,
    ),
    "project_managers": (
        (4, 4, "", "Share what the last warehouse move taught you."),
        (5, 4, "The weekly status call.", ""),
        (3, 2, "Asking twice for the same forecast.", ""),
        (4, 3, "", ""),
        (4, 2, "Asking for the forecast in two files.", "One form for change requests."),
        (2, 3, "", ""),
        (5, 5, "", ""),
        (4, 3, "", ""),
        None,
        None,
    ),
}
