"""The leaders of the Aldmoor Group: who they are, what they care about, and where they have stood.

Every name, word and date is invented.  Days are told backwards from the day on which the demo is opened,
so that it is always two years old.  What is written of each is what was said or done, as anyone's entries
should be: the person may read it.
"""

from dataclasses import dataclass
from typing import Final

STAGE: Final = "Stage check before commitment"
INTAKE: Final = "One intake for new projects"
BASELINES: Final = "First and current baseline side by side"


@dataclass(frozen=True, slots=True)
class Stood:
    """Where somebody stood: days ago, level, basis, evidence."""

    ago: int
    level: str
    basis: str
    evidence: str


@dataclass(frozen=True, slots=True)
class OnChange:
    """Where somebody stands on a change.  aloud: in their words, for the record."""

    change: str
    ago: int
    value: str
    evidence: str
    condition: str = ""
    aloud: bool = False


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise; days ago, below zero to come.  kept: None while it is open."""

    by_us: bool
    what: str
    made: int
    due: int
    kept: int | None = None
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Met:
    """How often they have been met: from, every, and last, in days.  declined: invitations since."""

    since: int
    every: int
    last: int
    declined: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader:
    """One leader.  influence, interest: 1 to 5; 0 for not assessed.  listens: to whom, how much, basis."""

    name: str
    post: str
    unit: str
    met: Met | None = None
    influence: int = 0
    interest: int = 0
    budget: str = "none"
    can_help: str = ""
    can_block: str = ""
    wanted: str = "supportive"
    cadence: int | None = None
    focus: bool = True
    cares: tuple[str, ...] = ()
    expects: str = ""
    in_charter: str = "yes"
    said: tuple[str, ...] = ()
    stood: tuple[Stood, ...] = ()
    changes: tuple[OnChange, ...] = ()
    promises: tuple[Promised, ...] = ()
    acts: tuple[tuple[int, str], ...] = ()
    listens: tuple[tuple[str, str, str], ...] = ()
    in_post_for: int = 1_500
    told: int | None = 600  # days since the privacy notice; None: not sent yet


CHIEF: Final = "Margaret Hallam"
MONEY: Final = "Helena Ravensworth"
OPERATIONS: Final = "Conrad Vale"

LEADERS: Final = (
    Leader(
        name=CHIEF,
        post="Chief Executive",
        unit="Aldmoor Group",
        met=Met(since=730, every=45, last=24),
        influence=5,
        interest=4,
        budget="holds",
        can_help="Speaks for the office at the board",
        wanted="leading",
        cares=("“No surprises in March about what was promised for December.”",),
        expects="One page a month that says what slipped and why",
        said=(
            "Asked which three projects worry us most, and why.",
            "“Tell me early, even when you are not sure.”",
            "Wants the board to see the first date beside the latest.",
        ),
        stood=(
            Stood(
                720,
                "supportive",
                "said_to_me",
                "Commissioned the office, and said so to the board.",
            ),
            Stood(320, "leading", "observed_act", "Opened the board with the office’s page."),
            Stood(
                40, "leading", "observed_act", "Sent back two papers that had no first baseline."
            ),
        ),
        changes=(
            OnChange(STAGE, 40, "champions", "Named it in the board’s minutes.", aloud=True),
            OnChange(BASELINES, 130, "champions", "Asked for it in every board paper."),
        ),
        promises=(
            *(
                Promised(True, f"The board’s page for {month}", due + 28, due, due + late)
                for month, due, late in (
                    ("the first quarter", 330, 1),
                    ("the second quarter", 240, 0),
                    ("the third quarter", 150, -4),
                    ("the half-year", 120, 2),
                    ("the last quarter", 64, 1),
                    ("the budget", 41, 0),
                )
            ),
            Promised(True, "What the first stage checks found", 60, 30, 30),
        ),
        acts=(
            (320, "Opened the board with the office’s page"),
            (40, "Sent back two papers that had no first baseline"),
        ),
        listens=((MONEY, "strong", "seen"), ("Yvonne Tarn", "some", "told_us")),
        told=640,
    ),
    Leader(
        name=MONEY,
        post="Chief Financial Officer",
        unit="Finance",
        met=Met(since=700, every=34, last=45),
        influence=5,
        interest=5,
        budget="holds",
        can_block="Funding of any case above the threshold",
        cadence=30,
        wanted="leading",
        cares=(
            "“Month-end closes on working day five. I will not lose a day of it to project reporting.”",
            "“A saving is a saving when it leaves the forecast.”",
        ),
        expects="The first number beside the latest, always",
        said=(
            "“Show me the first number, not the latest one.”",
            "Asked what the office costs, with the time it asks of others.",
            "“Not in close week.”",
        ),
        stood=(
            Stood(660, "resistant", "said_to_me", "“Another layer between me and the numbers.”"),
            Stood(420, "neutral", "said_to_me", "“I will look at what you find.”"),
            Stood(
                75, "supportive", "observed_act", "Held back the funding of two unchecked cases."
            ),
        ),
        changes=(
            OnChange(STAGE, 75, "backs", "Held back the funding of two unchecked cases."),
            OnChange(BASELINES, 45, "champions", "Asked for it in the budget meeting, unprompted."),
            OnChange(INTAKE, 45, "concerned", "“Not in close week.”", "that close week is spared"),
        ),
        promises=(
            Promised(True, "The intake numbers by unit", 45, 3),
            Promised(True, "What the office costs, with the burden on others", 200, 170, 168),
            Promised(True, "Overruns by first approval", 430, 400, 401),
            Promised(False, "Someone from Finance for the row check", 120, 90, 92),
        ),
        acts=(
            (92, "Lent an analyst for the row check"),
            (75, "Held back the funding of two unchecked cases"),
        ),
        listens=(("Beatrix Noon", "strong", "told_us"),),
    ),
    Leader(
        name=OPERATIONS,
        post="Chief Operating Officer",
        unit="Aldmoor Group",
        met=Met(since=690, every=28, last=12),
        influence=5,
        interest=5,
        budget="advises",
        can_help="Gives us a place in the monthly operations review",
        cadence=14,
        wanted="leading",
        cares=("“I need to know which site is free when.”",),
        expects="Fewer projects at one site at the same time",
        said=(
            "Took the list of clashes into the operations review.",
            "“Ask the site managers, not their deputies.”",
        ),
        stood=(
            Stood(600, "neutral", "said_to_me", "“Useful, if it does not slow us down.”"),
            Stood(
                300, "supportive", "observed_act", "Gave us ten minutes in each operations review."
            ),
            Stood(30, "leading", "observed_act", "Moved two starts after our list of clashes."),
        ),
        changes=(
            OnChange(STAGE, 30, "backs", "Moved two starts after our list of clashes."),
            OnChange(INTAKE, 60, "backs", "“One door is better than five.”", aloud=True),
        ),
        promises=(Promised(True, "The list of clashes each month", 300, 270, 270),),
        acts=((300, "Gave us ten minutes in each operations review"), (30, "Moved two starts")),
        listens=((CHIEF, "strong", "reports_to"), ("Priya Sandhurst", "strong", "seen")),
    ),
    Leader(
        name="Marian Oakshott",
        post="Director of Retail",
        unit="Retail",
        met=Met(since=640, every=40, last=52, declined=(31, 14)),
        influence=4,
        interest=5,
        can_block="The peak-season freeze: nothing starts in her stores from October",
        cadence=30,
        cares=("“Nothing that touches the tills in the ten weeks before Christmas.”",),
        expects="Fewer requests to store managers",
        in_charter="partly",
        said=("“My store managers filled in forty fields last month.”",),
        stood=(
            Stood(500, "supportive", "said_to_me", "“Retail will go first.”"),
            Stood(130, "supportive", "observed_act", "Ran the first stage check in a refit."),
            Stood(58, "neutral", "said_to_me", "“I want to see what it saves us first.”"),
        ),
        changes=(
            OnChange(STAGE, 130, "backs", "Ran the first one in a refit."),
            OnChange(
                INTAKE, 58, "concerned", "“Another form.”", "that it replaces the two there are"
            ),
        ),
        promises=(Promised(True, "Status page cut from forty fields to twelve", 50, -4),),
        acts=((130, "Ran the first stage check in a refit"),),
        listens=((OPERATIONS, "some", "seen"),),
    ),
    Leader(
        name="Priya Sandhurst",
        post="Director of Logistics",
        unit="Logistics",
        met=Met(since=560, every=26, last=8),
        influence=4,
        interest=5,
        can_help="Lends people who know the depots",
        cadence=14,
        wanted="leading",
        cares=("“A depot cannot take two projects in one quarter.”",),
        expects="Warning when two projects meet in one depot",
        said=("“The row check showed us two we had forgotten.”",),
        stood=(
            Stood(540, "unaware", "said_to_me", "Had not heard of the office when we first met."),
            Stood(380, "neutral", "said_to_me", "“Send me what you have on the depots.”"),
            Stood(20, "supportive", "observed_act", "Lent two analysts to the row check, unasked."),
        ),
        changes=(
            OnChange(INTAKE, 20, "champions", "Offered to try it first.", aloud=True),
            OnChange(STAGE, 70, "backs", "“Yes, if it takes an hour and not a day.”"),
        ),
        promises=(Promised(True, "Depot clashes for the coming half-year", 80, 50, 51),),
        acts=((20, "Lent two analysts to the row check, unasked"), (110, "Confirmed nine rows")),
        in_post_for=960,
    ),
    Leader(
        name="Ines Calloway",
        post="Director of Digital",
        unit="Digital",
        met=Met(since=520, every=38, last=19),
        influence=4,
        interest=4,
        cadence=30,
        cares=("“We ship every two weeks. A gate a quarter is a wall.”",),
        expects="A check that fits work without a fixed end",
        in_charter="no",
        said=("Showed us how her teams plan.", "“Tell me what you would do with our data.”"),
        stood=(
            Stood(500, "resistant", "said_to_me", "“Stage checks are for buildings.”"),
            Stood(
                200, "resistant", "observed_act", "Started two pieces of work outside the register."
            ),
            Stood(25, "neutral", "said_to_me", "“Show me one check that took an hour.”"),
        ),
        changes=(
            OnChange(
                STAGE,
                25,
                "opposes",
                "“Stage checks are for buildings.”",
                "a check that takes an hour",
            ),
            OnChange(INTAKE, 25, "neutral", "“If it is one page.”"),
        ),
        promises=(
            Promised(True, "A stage check for work without a fixed end", 25, -9),
            Promised(False, "Two finished pieces confirmed row by row", 40, -5),
        ),
        listens=((CHIEF, "some", "told_us"), ("Anton Weir", "strong", "worked_together")),
        in_post_for=1_170,
    ),
    Leader(
        name="Godfrey Thorne",
        post="Head of Property",
        unit="Property",
        met=Met(since=610, every=55, last=61),
        influence=4,
        interest=4,
        budget="advises",
        can_block="Access to the sites",
        cadence=30,
        cares=("“Contractors are booked a year ahead.”",),
        expects="Decisions before the contractors are booked",
        said=("“You asked for the same dates as Finance did.”",),
        stood=(
            Stood(580, "neutral", "said_to_me", "“We have our own checks.”"),
            Stood(150, "supportive", "said_to_me", "“The stage check found the lease in time.”"),
        ),
        changes=(OnChange(STAGE, 150, "backs", "“It found the lease in time.”"),),
        promises=(Promised(True, "One request for dates instead of two", 61, 20, 26),),
        acts=((150, "Told the executive committee what the check had found"),),
    ),
    Leader(
        name="Anton Weir",
        post="Chief Information Officer",
        unit="Group IT",
        met=Met(since=480, every=24, last=16),
        influence=4,
        interest=5,
        can_help="Has the resource plan that we lack",
        can_block="Holds the change calendar",
        cadence=14,
        wanted="leading",
        cares=("“I am asked for the same people three times.”",),
        expects="One list of what is wanted from his teams, in order",
        said=("“The list stopped two arguments this month.”",),
        stood=(
            Stood(470, "supportive", "said_to_me", "“I have waited for somebody to do this.”"),
            Stood(50, "supportive", "observed_act", "Opened the resource plan to us."),
        ),
        changes=(
            OnChange(INTAKE, 50, "champions", "Opened the resource plan to us for it.", aloud=True),
            OnChange(STAGE, 90, "backs", "Runs it for every piece above the threshold."),
            OnChange(BASELINES, 90, "backs", "“It will look bad before it looks good.”"),
        ),
        promises=(
            Promised(True, "One list of requests, in order", 150, 120, 119),
            Promised(False, "Five finished projects confirmed", 60, 10, 12),
        ),
        acts=((50, "Opened the resource plan to us"), (12, "Confirmed five finished projects")),
        listens=((OPERATIONS, "strong", "seen"), (MONEY, "some", "seen")),
        in_post_for=620,
    ),
    Leader(
        name="Sunita Marsh",
        post="Director of People",
        unit="Finance",
        met=Met(since=400, every=70, last=85),
        influence=3,
        interest=3,
        cadence=45,
        cares=("“The same thirty people are on every project.”",),
        expects="To see who is on how many projects",
        in_charter="unknown",
        said=("“Tell me when somebody is on four.”",),
        stood=(
            Stood(80, "supportive", "said_to_me", "“This is the first list of its kind here.”"),
        ),
        promises=(Promised(True, "Who is on four projects or more", 85, 60, 74, broken=True),),
    ),
    Leader(
        name="Piers Lockhart",
        post="Head of Procurement",
        unit="Finance",
        met=Met(since=300, every=60, last=33),
        influence=3,
        interest=4,
        can_block="Signs no contract without his own check",
        cadence=45,
        cares=("“I hear of a project when the contract is on my desk.”",),
        expects="To hear of a project before its contract",
        said=("“Supplier reports come twice now, from you and from us.”",),
        stood=(Stood(33, "neutral", "said_to_me", "“Supplier reports come twice now.”"),),
        changes=(OnChange(INTAKE, 33, "backs", "“I would hear of it before the contract.”"),),
        acts=((33, "Gave us his list of running contracts"),),
    ),
    Leader(
        name="Beatrix Noon",
        post="Head of Internal Audit",
        unit="Aldmoor Group",
        met=Met(since=250, every=80, last=66),
        influence=3,
        interest=3,
        cadence=45,
        cares=("“Can you show me the row?”",),
        said=("Followed three figures down to file and row.",),
        stood=(
            Stood(66, "supportive", "observed_act", "Cited our figures in her half-year report."),
        ),
        changes=(OnChange(BASELINES, 66, "backs", "Cited them in her half-year report."),),
        acts=((66, "Cited our figures in her half-year report"),),
        listens=((MONEY, "some", "reports_to"),),
    ),
    Leader(
        name="Callum Strand",
        post="Head of Risk",
        unit="Aldmoor Group",
        met=Met(since=150, every=90, last=140),
        influence=3,
        interest=2,
        cadence=90,
        focus=False,
        stood=(
            Stood(140, "neutral", "reported_by_other", "Anton Weir: “He keeps a list of his own.”"),
        ),
    ),
    Leader(
        name="Yvonne Tarn",
        post="Company Secretary",
        unit="Aldmoor Group",
        influence=4,
        can_help="Sets the board’s agenda",
        told=None,
    ),
    Leader(
        name="Rafe Dunmore",
        post="Director of Wholesale",
        unit="Wholesale",
        in_post_for=40,
        told=None,
    ),
)

# Who led Wholesale before; what was promised to him stands open to his successor.
BEFORE: Final = Leader(
    name="Edmund Pryce",
    post="Director of Wholesale",
    unit="Wholesale",
    met=Met(since=500, every=60, last=75),
    cares=("“Wholesale customers order in October for spring.”",),
    said=("“Leave October alone.”",),
    stood=(Stood(400, "supportive", "said_to_me", "“Wholesale is small; we will follow.”"),),
    promises=(Promised(True, "An order calendar in the register", 75, -20),),
    in_post_for=2_000,
)
