"""What project managers of the Aldmoor Group objected to, and what became of it.  Every word is invented.

Three say the same of one change, and the office has not mended it yet: a demo in which all is well teaches
nobody what to do when it is not.  Days are told backwards from the day on which the demo is opened.
"""

from dataclasses import dataclass
from typing import Final

from backing.demo.leaders import INTAKE, OPERATIONS, STAGE

NARRATIVE: Final = "Monthly narrative of two pages"
FORECAST: Final = "Forecast of date and cost"
LOOK_BACK: Final = "Look-back of one page"
REPORT: Final = "Status report to the board"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer.  says: what whoever raised it says of it, so many days ago; "" for nothing yet."""

    ago: int
    kind: str
    text: str
    changes: str = ""
    removed: str = ""
    says: str = ""
    viewed: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What was brought to a manager.  needed: days ago; below zero to come."""

    ago: int
    to: str
    level: int
    facts: str
    effect: str
    tried: str
    options: tuple[str, ...]
    recommendation: str
    needed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """An objection about a change or a request.  who: the name given with it; "" for in confidence."""

    ago: int
    unit: str
    text: str
    who: str = ""
    change: str = ""
    request: str = ""
    instead: str = ""
    cause: str
    answer: Answer | None = None
    brought: Brought | None = None


RAISED: Final = (
    Objection(
        ago=236,
        unit="Finance",
        who="Carys Lowden",
        request=NARRATIVE,
        text="Two pages a month on what the ledger shows already. In two years nobody has asked me one "
        "question about them.",
        instead="Read the ledger.",
        cause="no_benefit_for_me",
        answer=Answer(
            ago=231,
            kind="accept_change",
            text="You are right: we could not name one decision that it had fed.",
            changes="The narrative is asked for no more, from next month on.",
            says="resolved",
            viewed=229,
        ),
    ),
    Objection(
        ago=104,
        unit="Finance",
        who="Hugh Pascoe",
        request=FORECAST,
        text="The forecast is due on working day five, and that is the day on which we close the month.",
        instead="After the close.",
        cause="lack_of_time",
        answer=Answer(
            ago=99,
            kind="accept_change",
            text="Month-end comes first. We had never laid the two calendars side by side.",
            changes="In Finance the forecast is due on the eighth.",
            removed="Your own status form, from the next month on.",
            says="resolved",
            viewed=96,
        ),
    ),
    Objection(
        ago=88,
        unit="Group IT",
        who="Farid Holme",
        request=REPORT,
        text="Audit asked me the same questions in the same week.",
        instead="Ask one another first.",
        cause="overload",
        answer=Answer(
            ago=82,
            kind="partly",
            text="Audit looks at one project in ten by a plan of its own, and that stays.",
            changes="Audit reads the report that you have sent already, and asks only what is not in it.",
            says="resolved",
            viewed=80,
        ),
    ),
    Objection(
        ago=74,
        unit="Property",
        who="Nadia Selwyn",
        change=STAGE,
        text="Contractors are booked a year ahead. A check in between can only lose us the slot.",
        cause="status_quo",
        answer=Answer(
            ago=69,
            kind="decline",
            text="We keep it. The check takes an hour and comes before the booking; in your own area it "
            "found the lease in time.",
        ),
    ),
    Objection(
        ago=52,
        unit="Logistics",
        who="Greta Winslade",
        request=LOOK_BACK,
        text="Half of the page asks for dates and sums that stand in the register.",
        instead="Fill them in before you send it.",
        cause="lack_of_time",
        answer=Answer(
            ago=47,
            kind="accept_change",
            text="They are in the register, so we have no reason to ask you.",
            changes="Dates and sums come filled in; you write only what you would do otherwise.",
            says="resolved",
            viewed=44,
        ),
    ),
    Objection(
        ago=41,
        unit="Digital",
        who="Owen Fairhall",
        change=STAGE,
        text="The check asks for an end date. We ship every two weeks and have none.",
        cause="disagrees_on_merits",
        answer=Answer(
            ago=36,
            kind="partly",
            text="Money is committed until some day, and that day is what the check asks for.",
            changes="The end date may be the date of the next funding round.",
            says="not_resolved",
            viewed=4,
            words="It has a date now, and takes as long as before. What I asked for was an hour.",
        ),
    ),
    Objection(
        ago=22,
        unit="Retail",
        who="Kemi Rowntree",
        change=INTAKE,
        text="We fill in the store request and the capital form already. This page is the third for the "
        "same project.",
        instead="One page instead of both.",
        cause="duplicate_of_existing",
        brought=Brought(
            ago=7,
            to=OPERATIONS,
            level=4,
            facts="Retail has a store request and a capital form; Logistics has a depot change form. All "
            "three ask most of what the intake page asks.",
            effect="From its first day a project would be asked for twice in Logistics and three times "
            "in Retail.",
            tried="The page was cut from four to one. The other forms are not ours to drop.",
            options=(
                "The intake page replaces the three; the units read it instead",
                "The units keep their forms, and we copy from them",
                "All stay for half a year; then we look again",
            ),
            recommendation="The page replaces the three, from the day it opens.",
            needed=-5,
        ),
    ),
    Objection(
        ago=12,
        unit="Digital",
        change=INTAKE,
        text="It was announced as one page. For us it is one page more: our product board asks for the "
        "same five answers, and goes on asking.",
        cause="duplicate_of_existing",
    ),
    Objection(
        ago=3,
        unit="Logistics",
        who="Liam Oxborrow",
        change=INTAKE,
        text="The depot change form asks all of this, and that is the one the depot managers sign. Which "
        "of the two holds?",
        cause="duplicate_of_existing",
    ),
)
