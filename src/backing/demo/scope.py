"""What the project office of the Aldmoor Group does and won't do, and what its neighbours do.  Invented.

Days are told backwards from the day on which the demo is opened; below zero they are to come.
"""

from dataclasses import dataclass
from typing import Final

from backing.demo.leaders import MONEY

OFFICE: Final = "Project office"
PROCUREMENT, AUDIT, PLANNING = "Procurement", "Internal Audit", "Financial Planning"
# Each neighbour, the unit it is part of, and who heads it.
NEIGHBOURS: Final = (
    (PROCUREMENT, "Finance", "Piers Lockhart"),
    (AUDIT, "Aldmoor Group", "Beatrix Noon"),
    (PLANNING, "Finance", "Rosalind Thackray"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """An activity.  causes: of the evidence, those it is aimed at, with what it does about each."""

    name: str
    code: str
    hours: int
    unit: str = OFFICE
    purpose: str = "goal"
    required_by: str = ""
    status: str = "running"
    begins: int | None = None
    noted: int = 200
    causes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of the scope.  instead: the unit that does it; "" with a won't: nobody."""

    kind: str
    statement: str
    reason: str
    instead: str = ""
    begins: int | None = None
    activities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A service."""

    activity: str
    name: str
    for_whom: str
    spares: str
    gain: str
    how: str
    needs: str
    level: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part in an activity, of a unit or a person, from so many days ago to so many."""

    activity: str
    party: str
    role: str
    begins: int
    until: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """A hand-over.  done: lines of the checklist handed over; accepted: those of them accepted."""

    activity: str
    giver: str
    receiver: str
    giving_ends: int
    taking_starts: int
    parallel_until: int | None = None
    giver_accepted: int | None = None
    receiver_accepted: int | None = None
    done: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of others.  of: a role.  used: days since it fed a decision, None for never."""

    what: str
    of: str
    minutes: int
    frequency: str
    feeds: str
    gives_back: str
    since: int
    used_by: str = ""
    used: int | None = None
    retired: int | None = None


STATUS, GATES, INTAKE = "Status report to the board", "Stage check", "Intake of new projects"
SUPPLIERS, BENEFITS = "Supplier status reporting", "Benefits tracking"
RESOURCES, REVIEWS = "Who is on which project", "Look-back after a project ends"
ESTIMATES, TRAINING = "Second look at estimates", "Course for new project managers"
SPONSORS, CHANGES = "Decision calendar for sponsors", "Control of changes to approved plans"

DOES: Final = (
    Doing(
        name=STATUS,
        code="monitoring.status",
        hours=46,
        purpose="mandatory",
        required_by="Board minute 7",
    ),
    Doing(name="One page of all projects", code="monitoring.scoreboard", hours=18),
    Doing(name="Register of projects", code="monitoring.system", hours=30, purpose="enabling"),
    Doing(name="Risks that several projects share", code="monitoring.risks", hours=16),
    Doing(
        name=SUPPLIERS,
        code="monitoring.suppliers",
        hours=14,
        begins=-20,
        status="planned",
        causes=(("supplier performance", "Says a month early which supplier will be late."),),
    ),
    Doing(
        name="First date beside the latest",
        code="monitoring.control",
        hours=22,
        causes=(
            ("optimistic estimate", "Shows what was first approved, not only what holds now."),
        ),
    ),
    Doing(
        name="Templates that fit one page", code="competence.method", hours=12, purpose="enabling"
    ),
    Doing(name=TRAINING, code="competence.training", hours=24),
    Doing(name="Coaching in the first three months", code="competence.mentoring", hours=28),
    Doing(
        name=ESTIMATES,
        code="competence.estimating",
        hours=34,
        causes=(
            (
                "optimistic estimate",
                "Compares with what like projects took before money is asked for.",
            ),
        ),
    ),
    Doing(
        name=INTAKE,
        code="multi_project.intake",
        hours=32,
        causes=(("resource shortage", "Says no while nobody is free."),),
    ),
    Doing(
        name=GATES,
        code="multi_project.gates",
        hours=52,
        causes=(
            ("late or missing sponsor decision", "No money before the sponsor has decided."),
            ("uncontrolled scope change", "What is in and out is written before the money is."),
        ),
    ),
    Doing(
        name=CHANGES,
        code="multi_project.changes",
        hours=26,
        causes=(("uncontrolled scope change", "A change is priced before it is agreed."),),
    ),
    Doing(name="Projects that wait for one another", code="multi_project.coordination", hours=20),
    Doing(
        name=RESOURCES,
        code="multi_project.resources",
        hours=24,
        causes=(("resource shortage", "Shows a clash a quarter ahead."),),
    ),
    Doing(
        name=SPONSORS,
        code="strategic.advice",
        hours=16,
        causes=(
            ("late or missing sponsor decision", "Each decision has its day, four weeks ahead."),
        ),
    ),
    Doing(name="Papers for the investment committee", code="strategic.planning", hours=22),
    Doing(name=BENEFITS, code="strategic.benefits", hours=18, begins=-35, status="planned"),
    Doing(name=REVIEWS, code="learning.reviews", hours=20),
    Doing(name="Lessons told before a project begins", code="learning.lessons", hours=10),
    Doing(name="Records of closed projects", code="learning.archive", hours=8, purpose="enabling"),
    Doing(name="Weekly resource audit", code="", hours=14, noted=120),
    Doing(name="Vendor scorecards", code="monitoring.suppliers", hours=40, unit=PROCUREMENT),
    Doing(name="Contract register", code="", hours=25, unit=PROCUREMENT),
    Doing(name="Payment terms and penalties", code="", hours=18, unit=PROCUREMENT),
    Doing(name="Audit of how projects are run", code="learning.audit", hours=30, unit=AUDIT),
    Doing(name="Reviews after a project ends", code="", hours=12, unit=AUDIT),
    Doing(name="Whistle-blowing line", code="", hours=6, unit=AUDIT),
    Doing(name="Value realisation reviews", code="strategic.benefits", hours=16, unit=PLANNING),
    Doing(name="Investment appraisal", code="", hours=44, unit=PLANNING),
    Doing(name="Budget and forecast", code="", hours=120, unit=PLANNING),
)

SAYS: Final = (
    Sentence(
        kind="will",
        statement="Check every project over £250,000 before its money is committed, in one hour",
        reason="Late decisions and growing scope cost most.",
        activities=(GATES, CHANGES),
    ),
    Sentence(
        kind="will",
        statement="Show the first approved date and cost beside the latest, always",
        reason="Against plans that were moved, nearly everything looks fine.",
        activities=("First date beside the latest", STATUS),
    ),
    Sentence(
        kind="will",
        statement="Read every request for a project within five working days",
        reason="Five doors, and nobody knew what was coming.",
        activities=(INTAKE,),
    ),
    Sentence(
        kind="will",
        statement="Compare each estimate with what like projects took",
        reason="Estimates made alone were low by a third.",
        activities=(ESTIMATES,),
    ),
    Sentence(
        kind="will",
        statement="Give each sponsor the decisions of the next four weeks, on one page",
        reason="A decision that nobody expected is late.",
        activities=(SPONSORS,),
    ),
    Sentence(
        kind="wont",
        statement="Run projects, or stand in for a project manager",
        reason="Who runs it answers for it.",
        instead="Group IT",
    ),
    Sentence(
        kind="wont", statement="Approve money", reason="That is the committee’s.", instead="Finance"
    ),
    Sentence(
        kind="wont",
        statement="Choose or judge suppliers",
        reason="One voice towards a supplier.",
        instead=PROCUREMENT,
    ),
    Sentence(
        kind="wont",
        statement="Level resources across units",
        reason="Line managers know who can do what. Nobody sees all of it.",
    ),
    Sentence(
        kind="not_yet",
        statement="Follow benefits after a project ends",
        reason="Financial Planning does until it is handed over.",
        begins=-35,
        activities=(BENEFITS,),
    ),
    Sentence(
        kind="not_yet",
        statement="Coordinate programmes in Wholesale",
        reason="Its director is new, and has not asked.",
        begins=-120,
    ),
)

OFFERS: Final = (
    Offer(
        activity=GATES,
        name="Stage check in an hour",
        for_whom="sponsors, before they commit money",
        spares="Finding out in March.",
        gain="You know what is missing while it can still be had.",
        how="A line to the office, a week ahead.",
        needs="Plan, estimate, name of the sponsor.",
        level="Answer the same day",
    ),
    Offer(
        activity=ESTIMATES,
        name="Second look at an estimate",
        for_whom="project managers",
        spares="Defending a number alone.",
        gain="The range of what twenty like projects took.",
        how="Send the estimate.",
        needs="What it is, how big, by when.",
        level="Two working days",
    ),
    Offer(
        activity="Coaching in the first three months",
        name="A coach for new project managers",
        for_whom="whoever leads a project for the first time",
        spares="Learning it by failing.",
        gain="An hour a week with someone who has done it.",
        how="Ask at intake.",
        needs="An hour a week.",
    ),
    Offer(
        activity=SPONSORS,
        name="Decision calendar",
        for_whom="sponsors and deputies",
        spares="Surprises on the day.",
        gain="What you are to decide in the next four weeks.",
        how="You get it, without asking.",
        needs="Your deputy’s name.",
        level="Every other Monday",
    ),
    Offer(
        activity=RESOURCES,
        name="Clash list",
        for_whom="heads of units",
        spares="Hearing from the second project that the first has your people.",
        gain="A quarter’s warning.",
        how="On request, or with the quarter.",
        needs="Names of who is on what.",
        level="Each quarter",
    ),
)

PARTS: Final = (
    *(
        Part(activity=each.name, party=OFFICE, role="A", begins=400)
        for each in DOES
        if each.unit == OFFICE
        and each.name not in (BENEFITS, SUPPLIERS, STATUS, "Weekly resource audit")
    ),
    Part(activity=STATUS, party="Finance", role="A", begins=700, until=401),
    Part(activity=STATUS, party=OFFICE, role="A", begins=400),
    Part(activity=STATUS, party="Group IT", role="R", begins=400),
    Part(activity=GATES, party=OFFICE, role="R", begins=300),
    Part(activity=GATES, party=MONEY, role="C", begins=300),
    Part(activity=INTAKE, party="Retail", role="C", begins=200),
    Part(activity=INTAKE, party="Logistics", role="C", begins=200),
    Part(activity=SUPPLIERS, party=OFFICE, role="A", begins=-20),
    Part(activity=SUPPLIERS, party=PROCUREMENT, role="C", begins=-20),
    Part(activity=BENEFITS, party=PLANNING, role="A", begins=700, until=-20),
    Part(activity=BENEFITS, party=PLANNING, role="R", begins=700, until=-20),
    Part(activity=BENEFITS, party=OFFICE, role="A", begins=-35),
    Part(activity=BENEFITS, party=OFFICE, role="R", begins=-35),
    Part(activity="Vendor scorecards", party=PROCUREMENT, role="A", begins=900),
    Part(activity="Value realisation reviews", party=PLANNING, role="A", begins=900),
)

HAND_OVERS: Final = (
    # Fourteen days between the last day of the one and the first of the other.
    Going(
        activity=BENEFITS,
        giver=PLANNING,
        receiver=OFFICE,
        giving_ends=-20,
        taking_starts=-35,
        giver_accepted=6,
        done=("Data", "Templates"),
        accepted=("Data",),
    ),
    Going(
        activity=STATUS,
        giver="Finance",
        receiver=OFFICE,
        giving_ends=401,
        taking_starts=400,
        giver_accepted=410,
        receiver_accepted=412,
        done=("Data", "Access", "Templates", "Open items", "Contacts", "Knowledge", "Capacity"),
        accepted=("Data", "Access", "Templates", "Open items", "Contacts", "Knowledge", "Capacity"),
    ),
)

ASKS: Final = (
    Wanted(
        what="Weekly rating, red, amber or green",
        of="project_manager",
        minutes=10,
        frequency="weekly",
        feeds="",
        gives_back="",
        since=640,
    ),
    Wanted(
        what="Forecast of date and cost",
        of="project_manager",
        minutes=20,
        frequency="monthly",
        feeds="Which projects the board looks at",
        used_by="the investment committee, each month",
        gives_back="Your row, before anyone else sees it",
        since=640,
        used=12,
    ),
    Wanted(
        what="Risks that another project should know",
        of="project_manager",
        minutes=10,
        frequency="monthly",
        feeds="Who is warned of a clash",
        used_by="heads of units, when two projects meet",
        gives_back="The clash list",
        since=400,
        used=35,
    ),
    Wanted(
        what="Look-back of one page",
        of="project_manager",
        minutes=90,
        frequency="yearly",
        feeds="What the next estimate is compared with",
        used_by="whoever estimates a like project",
        gives_back="Estimates of like projects",
        since=300,
        used=41,
    ),
    Wanted(
        what="Decisions you expect to take",
        of="sponsor",
        minutes=10,
        frequency="monthly",
        feeds="The decision calendar",
        used_by="sponsors and their deputies",
        gives_back="The calendar, four weeks ahead",
        since=300,
        used=10,
    ),
    Wanted(
        what="Head count by project",
        of="leader",
        minutes=30,
        frequency="quarterly",
        feeds="Which project starts next",
        used_by="the investment committee, each quarter",
        gives_back="A quarter’s warning of a clash",
        since=260,
        used=150,
    ),
    Wanted(
        what="Monthly narrative of two pages",
        of="project_manager",
        minutes=60,
        frequency="monthly",
        feeds="None that anybody remembers",
        gives_back="",
        since=700,
        used=420,
        retired=210,
    ),
)

# Spoken with so many days ago, about these two, and what came of it.
SPOKEN: Final = (
    (
        REVIEWS,
        "Reviews after a project ends",
        25,
        "both",
        "Audit looks at one in ten, on purpose, and by its own plan.",
    ),
)
