"""The charter of the Aldmoor Group's project office: agreed once, and proposed anew with less in it.  Invented.

Days are told backwards from the day on which the demo is opened.
"""

from dataclasses import dataclass
from typing import Final

from backing.demo.leaders import CHIEF, MONEY, OPERATIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version of the charter.  rests_on: the question that management has decided, "" for a proposal."""

    written: int
    sections: dict[str, str]
    units: tuple[str, ...]
    rests_on: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What a leader answered, so many days ago; None while they have not."""

    name: str
    ago: int | None = None
    objects: bool = False
    note: str = ""


# Agreed on paper, before what it says was kept here: it has no files.
FIRST: Final = Version(
    written=352,
    rests_on="Shall there be a project office, and what may it ask of others?",
    units=("Group IT", "Property", "Finance"),
    sections={
        "purpose": "To tell the board early when a date or a budget will not hold.",
        "people": "A head and a team lent by Group IT.",
        "success": "The board hears of a late project before its date has passed.",
        "stop_if": "nobody uses what the office reports.",
    },
)
SECOND: Final = Version(
    written=27,
    units=("Group IT", "Property", "Finance", "Retail", "Logistics", "Digital", "Wholesale"),
    note="Says what the office won’t do, and who does that instead.",
    sections={
        "purpose": "To tell the board early when a date or a budget will not hold, and to take away what "
        "makes it so.",
        "decision_rights": "The office decides how a project reports and when it is checked. What is funded, "
        "begun or ended is decided by its sponsor, on what the office lays before them.",
        "engagement": "Ask the head of the office. You get an answer within a week, also when it is no.",
        "people": "A head and a team of the office’s own; for gate checks somebody of the unit sits in.",
        "success": "What was first approved and what came of it are told side by side, and they draw nearer.",
        "stop_if": "a year passes in which no decision rested on what the office laid out.",
        "risks": "Checks that take long are gone round. Sponsors change, and with them what was promised.",
        "assumptions": "Each project has one sponsor who decides. Registers are kept by those who know.",
    },
)

ASKED: Final = 20  # days ago
ANSWERS: Final = (
    Word(name=CHIEF, ago=17),
    Word(name=OPERATIONS, ago=12),
    Word(name="Marian Oakshott", ago=9),
    Word(
        name="Godfrey Thorne",
        ago=15,
        objects=True,
        note="Nothing in it says that the check ends where the lease is signed.",
    ),
    Word(name=MONEY),
)
