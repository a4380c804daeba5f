"""Why the Aldmoor Group has a project office, what it proposes to change, and who decides.  Invented.

Days are told backwards from the day on which the demo is opened; below zero they are to come.
"""

from dataclasses import dataclass
from typing import Final

from backing.demo.leaders import BASELINES, CHIEF, INTAKE, MONEY, OPERATIONS, STAGE

COMMISSIONED: Final = 735
REVIEW: Final = -120
WORDS: Final = (
    "I want to stop finding out in March that something promised for December will arrive in July."
)
PROBLEM: Final = "Dates and costs move, and the board hears of it last."
EXPECTED: Final = (
    "Two years on: fewer surprises, and the first number beside the latest in every paper."
)
BUDGET: Final = 420_000  # pounds a year
SOURCE: Final = "Minutes of the board, item 7"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit that a change touches, and what it means there; hours: to begin with, and a month.

    begins: days ago, where on another day than elsewhere.  promised: to its head, due so many days ago.
    """

    name: str
    degree: str
    stops: str = ""
    hours: tuple[int, int] | None = None
    begins: int | None = None
    promised: str = ""
    due: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change.  units: those it touches.  begins: days ago."""

    title: str
    what: str
    why: str
    causes: tuple[str, ...]
    units: tuple[Unit, ...]
    begins: int
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A question.  outcome: none while it waits; then decided so many days ago.  heard: who has been
    spoken with about it, one to one, and how many days ago."""

    kind: str
    question: str
    options: tuple[str, ...]
    recommendation: str
    otherwise: str
    deciders: tuple[str, ...]
    needed: int
    change: str = ""
    outcome: str = ""
    decided: int | None = None
    conditions: str = ""
    heard: tuple[tuple[str, int], ...] = ()


CHANGES: Final = (
    Change(
        title=STAGE,
        what="No money is committed before a one-hour check of sponsor, scope, estimate and supplier.",
        why="Late decisions and growing scope stand behind most of what was lost.",
        causes=("late or missing sponsor decision", "uncontrolled scope change"),
        units=(
            Unit(
                name="Group IT",
                degree="high",
                hours=(12, 6),
                stops="Three gate papers of their own",
            ),
            Unit(name="Property", degree="high", hours=(8, 3)),
            Unit(name="Retail", degree="medium", hours=(6, 2)),
            Unit(name="Digital", degree="high"),
        ),
        begins=300,
        status="live",
    ),
    Change(
        title=INTAKE,
        what="Every new project enters by one page, read within five working days.",
        why="Five doors, and nobody knows what is coming.",
        causes=("resource shortage",),
        units=(
            Unit(name="Retail", degree="medium", hours=(10, 4)),
            Unit(name="Logistics", degree="medium", hours=(6, 2)),
            Unit(
                name="Finance",
                degree="high",
                stops="The budget request of two pages, and the list of starts kept by hand",
                hours=(8, 3),
                begins=-33,
                promised="No new form in the week of month-end.",
                due=-20,
            ),
            Unit(name="Digital", degree="medium"),
            Unit(name="Wholesale", degree="low", hours=(3, 1)),
        ),
        begins=-24,
        status="proposed",
    ),
    Change(
        title=BASELINES,
        what="Papers show the first approved date and cost beside the latest.",
        why="Against plans that were moved, nearly everything looks fine.",
        causes=("optimistic estimate",),
        units=(
            Unit(name="Finance", degree="medium", hours=(4, 1)),
            Unit(name="Group IT", degree="medium", hours=(6, 1)),
        ),
        begins=130,
        status="agreed",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What the head of a unit said is otherwise.  answer: none while it waits; taken, or left as it was."""

    change: str
    unit: str
    ago: int
    words: str
    hours: tuple[int, int] | None = None
    answer: str = ""
    answered: int = 0
    taken: bool = False


CORRECTIONS: Final = (
    Correction(
        change=STAGE,
        unit="Property",
        ago=280,
        words="Twelve hours at first: each lease has its own file.",
        hours=(12, 3),
        answer="Yes. We had counted the offices and not the leases.",
        answered=276,
        taken=True,
    ),
    Correction(
        change=INTAKE,
        unit="Retail",
        ago=2,
        words="It is nearer nine hours a month as long as the store request stays.",
        hours=(10, 9),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Something expected at the start.  judged: how many days ago somebody looked; none while nobody has."""

    statement: str
    said_by: str
    outcome: str
    shows: str = ""
    judged: int | None = None


EXPECTATIONS: Final = (
    Expected(
        statement="Fewer surprises: a date that moves is told before it moves.",
        said_by=CHIEF,
        outcome="partly",
        shows="Dates are told earlier in Group IT and Property; Retail still tells them after.",
        judged=20,
    ),
    Expected(
        statement="The first number beside the latest in every paper to the board.",
        said_by=CHIEF,
        outcome="met",
        shows="All papers of the last two quarters; the secretary of the board keeps the list.",
        judged=20,
    ),
    Expected(
        statement="One list of projects that finance and Group IT agree on.",
        said_by=MONEY,
        outcome="met",
        shows="The three registers are read together since spring, and both signed the first list.",
        judged=34,
    ),
    Expected(
        statement="No project starts without a named sponsor.",
        said_by=OPERATIONS,
        outcome="not_met",
        shows="Digital has started work twice this year without one.",
        judged=34,
    ),
    Expected(
        statement="One tool for all projects within the first year.",
        said_by="Godfrey Thorne",
        outcome="dropped",
        shows="Dropped after half a year: three units would have had to give up what works for them.",
        judged=400,
    ),
    Expected(
        statement="A third less time spent on status reports.",
        said_by="Marian Oakshott",
        outcome="open",
    ),
)

_BOARD: Final = (CHIEF, MONEY, OPERATIONS, "Marian Oakshott", "Godfrey Thorne")

DECISIONS: Final = (
    Decision(
        kind="mandate",
        question="Shall there be a project office, and what may it ask of others?",
        options=("Yes, for two years", "Yes, in Group IT alone", "No"),
        recommendation="Yes, for two years, then look again.",
        otherwise="Each unit goes on by itself.",
        deciders=(CHIEF, MONEY, OPERATIONS),
        needed=705,
        outcome="Yes, for two years, with an hour a month of each project manager’s time.",
        decided=704,
    ),
    Decision(
        kind="change",
        question="Try the stage check in Group IT and Property?",
        options=("Both", "Group IT alone", "Neither"),
        recommendation="Both, for half a year.",
        otherwise="Money goes on being committed before the lease is read.",
        deciders=(CHIEF, MONEY, "Godfrey Thorne"),
        needed=310,
        change=STAGE,
        outcome="Both, for half a year.",
        decided=308,
        conditions="An hour, not a day.",
    ),
    Decision(
        kind="budget",
        question="What may the office spend this year?",
        options=("As last year", "A post more", "A post less"),
        recommendation="As last year.",
        otherwise="The row check ends in June.",
        deciders=(MONEY, CHIEF),
        needed=60,
        outcome="As last year.",
        decided=62,
    ),
    Decision(
        kind="charter",
        question="Adopt the charter, version two?",
        options=("Adopt it", "Adopt it with conditions", "Send it back"),
        recommendation="Adopt it, with reports due on the eighth.",
        otherwise="The office goes on with version one, which promises what it does not do.",
        deciders=_BOARD,
        needed=-9,
        heard=((CHIEF, 24), (OPERATIONS, 12), ("Marian Oakshott", 52)),
    ),
    Decision(
        kind="change",
        question="Extend the stage check to Retail and Digital?",
        options=("Both", "Retail alone", "Neither"),
        recommendation="Retail now, Digital when there is a check that takes an hour.",
        otherwise="Half of the money stays unchecked.",
        deciders=(CHIEF, MONEY, OPERATIONS),
        needed=-23,
        change=STAGE,
    ),
    Decision(
        kind="renewal",
        question="Does the office go on after its two years?",
        options=("As it is", "With another scope", "Smaller", "It ends"),
        recommendation="To be told once the evidence is in.",
        otherwise="The mandate lapses.",
        deciders=_BOARD,
        needed=-120,
    ),
)
