"""The sponsor of Aldmoor's project office in two years: what was agreed, told, won and waived.  Invented.

Days are told backwards from the day on which the demo is opened; below zero they are to come.
"""

from dataclasses import dataclass
from typing import Final

from backing.demo.leaders import CHIEF, MONEY, OPERATIONS
from backing.demo.measures import DECISION_DAYS
from backing.demo.pushback import NARRATIVE

SPONSOR: Final = OPERATIONS
SINCE: Final = 700
SPAN: Final = ("Logistics", "Property", "Retail", "Group IT")
DEPUTY: Final = "Priya Sandhurst"
SUCCESS: Final = "Every site has one project at a time, and the board knows whose doing that is."


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What the two agreed."""

    ago: int
    every: int
    where: str
    sponsor_will: tuple[str, ...]
    we_will: tuple[str, ...]
    no_surprises: str
    overrides: str


_BE_SEEN: Final = "Open the operations review with our page"
_BRING: Final = "Bring one colleague along each quarter"
AGREEMENTS: Final = (
    Agreed(
        ago=690,
        every=28,
        where="After the operations review, ten minutes",
        sponsor_will=(_BE_SEEN,),
        we_will=("One page before each review",),
        no_surprises="Bad news comes from us, on the day we know it.",
        overrides="Not spoken of yet.",
    ),
    Agreed(
        ago=395,
        every=14,
        where="In person, twenty minutes",
        sponsor_will=(_BE_SEEN, _BRING, "Say himself why the office is needed"),
        we_will=("An update of one page, never more than three asks", "Wins, with others’ names"),
        no_surprises="Bad news comes from us, on the day we know it.",
        overrides="If someone asks you to waive a request of ours, we talk first.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A win passed on, and what came back."""

    ago: int
    by: str
    to: str
    how: str
    back: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Won:
    """A win.  source: of what it was found in, the kind and its words.  measure: before and after are
    taken from it.  approved, confirmed: days ago; None: not yet."""

    headline: str
    what: str
    for_whom: str
    evidence: str
    ago: int
    owner: str
    credit_units: tuple[str, ...] = ()
    credit_people: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    measure: str = ""
    quote: str = ""
    quote_by: str = ""
    consent: int | None = None
    caveat: str = ""
    next: str = ""
    message: str = ""
    approved: int | None = None
    confirmed: int | None = None
    passed: tuple[Passed, ...] = ()
    source: tuple[str, str] | None = None


WINS: Final = (
    Won(
        headline="Project managers write two pages a month less",
        what="The monthly narrative is asked for no more: nobody could name a decision that it had fed.",
        for_whom="every project manager",
        before="an hour a month each",
        after="nothing",
        evidence="The list of what the office asks, with the day on which it ended, and the objection "
        "that ended it.",
        ago=210,
        owner=MONEY,
        credit_units=("Finance",),
        quote="In two years nobody has asked me one question about them.",
        quote_by="Carys Lowden, Finance",
        consent=206,
        caveat="Two requests were added for the audit since.",
        next="The next request to go is chosen with the project managers.",
        message="A project manager in Finance told our project office that a paper of theirs was read by "
        "nobody. They looked, found no decision that it had ever fed, and stopped asking for it: an hour "
        "a month back for each of our project managers. If something that we ask of you is read by "
        "nobody, say so. This one took five days.",
        approved=205,
        confirmed=204,
        passed=(
            Passed(
                ago=200,
                by=SPONSOR,
                to="the operations review",
                how="spoken",
                back="Marian Oakshott: “Can we do that with ours?”",
            ),
        ),
        source=("request", NARRATIVE),
    ),
    Won(
        headline="A lease that would have run out was found before the money was committed",
        what="An hour’s check before the commitment asked for the lease. It ended before the work would "
        "have; Property renewed it first.",
        for_whom="Property, and whoever pays for the roof",
        evidence="The paper of that stage check, and the minutes of the executive committee.",
        ago=150,
        owner="Godfrey Thorne",
        credit_people=("Godfrey Thorne",),
        credit_units=("Property",),
        quote="It found the lease in time.",
        quote_by="Godfrey Thorne, Head of Property",
        consent=148,
        caveat="It is one case, and what it would have cost is not known.",
        message="Godfrey’s team let somebody look at a project for an hour before we signed. The lease "
        "was due to end before the work was. They renewed it first, and nobody had to explain anything "
        "to anyone in March. That hour is there for every project over £250,000.",
        approved=148,
        confirmed=147,
        passed=(
            Passed(
                ago=146,
                by="Godfrey Thorne",
                to="the executive committee",
                how="spoken",
                back="Two others asked for the check.",
            ),
            Passed(ago=139, by=SPONSOR, to=CHIEF, how="in person", back="“Put it in the page.”"),
        ),
    ),
    Won(
        headline="Finance closes its month without a forecast in between",
        what="The forecast of date and cost was due on the day of the close. In Finance it is due on the "
        "eighth, and their own status form fell away.",
        for_whom="those who close the books",
        before="due on working day five",
        after="due on the eighth",
        evidence="Whoever raised it says that it was dealt with; the calendar of the close.",
        ago=96,
        owner=MONEY,
        credit_units=("Finance",),
        credit_people=(MONEY,),
        quote="My people close the month, and then they report.",
        quote_by="Helena Ravensworth, Chief Financial Officer",
        consent=90,
        message="Helena’s people told our project office that its forecast fell on the day they close "
        "the month. It took a week to move it to the eighth, and one of the two status forms is gone. "
        "Nobody else loses anything by it. If a date of ours falls on yours, tell them.",
        approved=90,
        confirmed=88,
        passed=(
            Passed(
                ago=87,
                by=MONEY,
                to="her heads of finance",
                how="mail",
                back="Two asked for the same day.",
            ),
            Passed(ago=82, by=SPONSOR, to=CHIEF, how="in person", back="“So it can be done.”"),
        ),
        source=("pushback", "Hugh Pascoe"),
    ),
    Won(
        headline="Two projects no longer meet in one depot",
        what="The list of clashes showed two starts in one depot in one quarter. Both were moved before "
        "anybody was booked.",
        for_whom="the depots of Logistics",
        before="two clashes in the quarter",
        after="none",
        evidence="The lists of clashes of both months, and the minutes of the operations review.",
        ago=30,
        owner="Priya Sandhurst",
        credit_units=("Logistics",),
        credit_people=("Priya Sandhurst",),
        caveat="The coming quarter shows another one.",
        next="The same list for the stores of Retail.",
        message="Priya’s people saw on one page that two projects were to start in the same depot in the "
        "same quarter. Both moved, before a single person was booked. If you have a site with more than "
        "one project coming, ask for that page before you sign anything.",
        approved=27,
        confirmed=26,
        passed=(
            Passed(
                ago=18,
                by=SPONSOR,
                to="the heads of the depots",
                how="operations review",
                back="“Who decides when it is three?”",
            ),
        ),
    ),
    Won(
        headline="A change request is answered sooner than before",
        what="The change board meets every week, and the middle request waits less for its answer.",
        for_whom="whoever waits for a decision",
        measure=DECISION_DAYS,
        evidence="The minutes of the change board; the measure “Days from request to decision”, month "
        "by month.",
        ago=12,
        owner=OPERATIONS,
        credit_units=("Group IT",),
        caveat="There are fewer requests than there were, which may have helped.",
        message="Anton’s change board has met every week for more than a year. A request that used to wait "
        "{before} for its answer waits {after}. There are fewer of them too, so not all of it is the "
        "board; but a project that waits for a yes is what I hear least about these days.",
        approved=8,
        confirmed=3,
    ),
    Won(
        headline="Group IT put five finished projects right, row by row",
        what="What five finished projects cost and when they ended is beyond doubt now.",
        for_whom="whoever estimates the next one",
        evidence="The promise, and the five confirmed rows.",
        ago=12,
        owner="Anton Weir",
        credit_people=("Anton Weir",),
        credit_units=("Group IT",),
        source=("promise", "Five finished projects confirmed"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One ask.  by: days ago; answer: "" while there is none."""

    question: str
    suggested: str
    by: int
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One update.  answered: days ago.  win: its headline.  number: "" for that of the measure."""

    ago: int
    headline: str
    bad: str
    number: str = ""
    win: str = ""
    next: str = ""
    asks: tuple[Asked, ...] = ()
    answered: int | None = None


UPDATES: Final = (
    Update(
        ago=83,
        headline="Finance moved, and Retail waits for one word from us",
        number="Answered within five working days: 2 of 2 objections of the last month.",
        win="Finance closes its month without a forecast in between",
        bad="The status page for Retail is late by a fortnight; it is ours, and we know why.",
        asks=(
            Asked(
                question="May Logistics try the intake page first?",
                suggested="Yes: Priya Sandhurst has offered.",
                by=70,
                answer="yes",
            ),
        ),
        answered=82,
    ),
    Update(
        ago=55,
        headline="The stage check holds in Group IT; Digital wants another one",
        number="Checks done: 11 in Group IT and Property, each within an hour and a half.",
        bad="Digital started two pieces of work outside the register. We told them before you.",
        next="A check for work without a fixed end, tried with Digital.",
        asks=(
            Asked(
                question="A check of its own for Digital?",
                suggested="Yes, for half a year.",
                by=41,
                answer="talk",
            ),
            Asked(
                question="The list of clashes in each operations review?",
                suggested="Yes, as the first page.",
                by=41,
                answer="yes",
            ),
        ),
        answered=54,
    ),
    Update(
        ago=20,
        headline="No two projects meet in one depot this quarter",
        number="Clashes on the list: 2 last month, none now.",
        win="Two projects no longer meet in one depot",
        bad="What the audit asks of a project manager has grown by two requests, and we pass them on.",
        asks=(
            Asked(
                question="Which of the two audit requests may end first?",
                suggested="The second: Audit has its own copy.",
                by=6,
                answer="no",
            ),
        ),
        answered=18,
    ),
    Update(
        ago=2,
        headline="Three project managers say the same of the intake page, and they are right",
        win="A change request is answered sooner than before",
        bad="The intake page would be the third form for a project in Retail. We announced one page and "
        "did not see the others. You have the question since last week; nothing opens before it is "
        "settled.",
        next="The intake page opens next month, if it replaces something.",
        asks=(
            Asked(
                question="Shall the intake page replace the forms of Retail and Logistics?",
                suggested="Yes, from the day it opens.",
                by=-5,
            ),
            Asked(
                question="Twenty minutes on the two requests that were waived?",
                suggested="At our next talk.",
                by=-10,
            ),
        ),
    ),
)

# What the sponsor waived, and why, as he said.
WAIVED: Final = (
    ("Stage check for the chargers at the depots", 48, "The supplier’s price ended that Friday."),
    ("Look-back of one page, for the two depots", 15, "The team was on the next site already."),
)
