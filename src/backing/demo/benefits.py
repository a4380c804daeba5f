"""The goals of the Aldmoor Group, and the lines from what its project office does to them.  Invented.

One line breaks where nobody in Finance owns a step, one goal is said not to be ours, and some work leads
nowhere: a map on which everything holds teaches nobody anything.
"""

from dataclasses import dataclass
from typing import Final

from backing.demo.leaders import CHIEF, MONEY, OPERATIONS
from backing.demo.measures import DECISION_DAYS, OVERRUN, SLIP
from backing.demo.scope import (
    BENEFITS,
    CHANGES,
    ESTIMATES,
    GATES,
    INTAKE,
    RESOURCES,
    REVIEWS,
    SPONSORS,
    SUPPLIERS,
    TRAINING,
)

STRATEGY: Final = "Aldmoor 2028, page 4, adopted by the board in March"
PROMISES: Final = "Keep our promises to customers"
PEOPLE: Final = "Free forty people for growth"
COST: Final = "Cut the cost of change by a tenth"
MARKETS: Final = "Enter two new markets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Aimed:
    """A goal.  not_ours: why nothing of ours reaches it."""

    name: str
    owner: str
    wanted: str
    not_ours: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """A benefit.  first: days from now until it is felt.  tests: how many of the four it passes.

    answers: leaders who said they care about what it improves.
    """

    title: str
    owner: str
    measure: str = ""
    measured_by: str = ""
    target: str = ""
    first: int = 60
    tests: int = 4
    described: str = ""
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A line.  agreed: its owner has said yes.  shows: what shows it, where it is evidenced."""

    activity: str
    output: str
    change: str = ""
    owner: str = ""
    outcome: str = ""
    benefit: str = ""
    goal: str = ""
    why: str = ""
    firm: str = "plausible"
    shows: str = ""
    agreed: bool = True


GOALS: Final = (
    Aimed(name=PROMISES, owner=OPERATIONS, wanted="9 in 10 by 2028"),
    Aimed(name=PEOPLE, owner="Sunita Marsh", wanted="by March 2028"),
    Aimed(name=COST, owner=MONEY, wanted="by March 2027"),
    Aimed(
        name=MARKETS,
        owner=CHIEF,
        wanted="by 2028",
        not_ours="Acquisitions run their own projects; agreed with the Chief Executive.",
    ),
)

SLIPS, OVERRUNS, SOONER = (
    "Fewer days late on new projects",
    "Smaller overruns",
    "Faster decisions by sponsors",
)
WRONG, DATES, MONTH_END = "Less wrong work begun", "More promised dates kept", "Fewer days to close"
GAINS: Final = (
    Gain(
        title=SLIPS,
        owner=OPERATIONS,
        measure=SLIP,
        target="30",
        first=150,
        answers=(OPERATIONS,),
        described="Projects that start after the check finish nearer to the day first promised.",
    ),
    Gain(title=OVERRUNS, owner=MONEY, measure=OVERRUN, target="0.15", first=270, answers=(MONEY,)),
    Gain(
        title=SOONER,
        owner=OPERATIONS,
        measure=DECISION_DAYS,
        target="20",
        first=40,
        answers=(OPERATIONS, "Piers Lockhart"),
    ),
    Gain(
        title=WRONG,
        owner="Priya Sandhurst",
        measured_by="Months until a project is stopped",
        first=80,
        tests=3,
        answers=("Sunita Marsh", "Anton Weir"),
    ),
    Gain(
        title=DATES,
        owner="Rafe Dunmore",
        measured_by="Dates kept, of dates promised",
        first=200,
        tests=3,
        answers=(CHIEF,),
    ),
    Gain(title=MONTH_END, owner="Rosalind Thackray", first=120, tests=1),
)

FUNDED, SIDE = "Only checked cases are funded", "Units stop starting work on the side"
RANGE, CALENDAR = "Contingency is set from the range", "Sponsors decide on fixed days"
LINES: Final = (
    Run(
        activity=GATES,
        output="Checked business cases",
        change=FUNDED,
        owner=OPERATIONS,
        outcome="Wrong work stops early",
        benefit=SLIPS,
        goal=PROMISES,
        why="The board funds only what has passed the check.",
        firm="evidenced",
        shows="14 of the 19 cases checked since October passed; 5 were sent back.",
    ),
    Run(
        activity=INTAKE,
        output="One list of projects",
        change=SIDE,
        owner="Priya Sandhurst",
        outcome="People work on what was chosen",
        benefit=WRONG,
        goal=PEOPLE,
        why="What is not on the list gets nobody’s time.",
    ),
    Run(
        activity=RESOURCES,
        output="One list of projects",
        change=SIDE,
        owner="Priya Sandhurst",
        why="Who is on which project is told from the same list.",
    ),
    Run(
        activity=ESTIMATES,
        output="Estimates with a range",
        change=RANGE,
        owner="Anton Weir",
        outcome="Budgets hold what is known",
        benefit=OVERRUNS,
        goal=COST,
        why="Sixty past projects say how far estimates stray.",
        firm="evidenced",
        shows="Six estimates since January were compared with like projects.",
    ),
    Run(
        activity=REVIEWS,
        output="Estimates with a range",
        why="Each look-back adds a project to compare with.",
    ),
    Run(
        activity="First date beside the latest",
        output="Dates with a range",
        change="Customers are given dates with a range",
        owner="Rafe Dunmore",
        outcome="Promises leave room",
        benefit=DATES,
        goal=PROMISES,
        why="A date with a range is kept more often than a date alone.",
        firm="assumed",
        agreed=False,
    ),
    Run(
        activity=SPONSORS,
        output="A calendar of decisions",
        change=CALENDAR,
        owner=OPERATIONS,
        outcome="Nothing waits for a signature",
        benefit=SOONER,
        goal=PROMISES,
        why="Late sponsor decisions are the first cause of lost days.",
    ),
    Run(
        activity=CHANGES,
        output="Priced changes",
        change=FUNDED,
        why="A change is a small business case, and is checked as one.",
    ),
    Run(
        activity=CHANGES,
        output="Priced changes",
        outcome="Budgets hold what is known",
        why="What a change costs is known before it is agreed.",
        firm="assumed",
    ),
    Run(
        activity=SUPPLIERS,
        output="Early word of late suppliers",
        change="Orders are closed in five days",
        outcome="Invoices meet their orders",
        benefit=MONTH_END,
        goal=COST,
        why="Open orders are what month-end waits for.",
        firm="assumed",
    ),
    Run(
        activity=TRAINING,
        output="Estimates with a range",
        why="The course teaches the range.",
        firm="assumed",
    ),
    Run(activity=BENEFITS, output="Gains looked at after a year", benefit=OVERRUNS, firm="assumed"),
)
