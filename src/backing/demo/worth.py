"""What the project office of the Aldmoor Group costs, and what was said of its worth.  Invented.

Of three benefits in money finance has validated one, rejected one, and not looked at the third: an office on
which finance agrees to everything teaches nobody anything.
"""

from dataclasses import dataclass
from typing import Final

from backing.demo.benefits import MONTH_END, OVERRUNS, SOONER

FINANCE: Final = "Rosalind Thackray"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """A cost for a fiscal year, in pounds."""

    what: str
    kind: str
    pounds: int
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """What an hour costs of a role, in pounds, and how many of them are asked."""

    of: str
    people: int
    pounds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InMoney:
    """A benefit in a quarter, in pounds.  quarter: how many before the last that is over.

    word: what finance said of it, "" while it has not; heard: days ago.
    """

    benefit: str
    kind: str
    quarter: int
    pounds: tuple[int, int, int]
    share: str
    because: str
    basis: str
    noted: int
    error: str = "0"
    word: str = ""
    reason: str = ""
    heard: int = 0


LEDGER: Final = "Ledger, cost centre 4711"
SPENT: Final = (
    Spent(what="Four posts", kind="staff", pounds=318_000, basis=f"{LEDGER}, with on-costs"),
    Spent(what="Licences", kind="tools", pounds=21_600, basis=LEDGER),
    Spent(what="Help with estimates", kind="external", pounds=24_500, basis="Two invoices"),
    Spent(
        what="Rooms and services",
        kind="overhead",
        pounds=37_900,
        basis="A tenth of a floor, as Finance charges it",
    ),
)
HOURS: Final = (
    Hour(of="project_manager", people=18, pounds=58),
    Hour(of="sponsor", people=6, pounds=140),
    Hour(of="leader", people=7, pounds=140),
)
SAID_BY: Final = "Financial Planning, full cost of an hour"

IN_MONEY: Final = (
    InMoney(
        benefit=OVERRUNS,
        kind="hard",
        quarter=1,
        pounds=(90_000, 150_000, 220_000),
        share="0.5",
        because="Group IT changed its supplier in the same months; both moved it",
        basis="Contingency given back by five projects, against their first approved cost",
        noted=75,
        word="validated",
        heard=38,
    ),
    InMoney(
        benefit=MONTH_END,
        kind="hard",
        quarter=1,
        pounds=(40_000, 60_000, 75_000),
        share="0.6",
        because="The rest is Procurement’s new form",
        basis="Four days a month of five people, at their full cost",
        noted=75,
        word="rejected",
        reason="No budget was cut: the hours went into other work.",
        heard=38,
    ),
    InMoney(
        benefit=SOONER,
        kind="avoidance",
        quarter=1,
        pounds=(110_000, 210_000, 300_000),
        share="0.3",
        because="Sponsors decide; we keep the calendar",
        basis="Days of waiting saved, at what a day of an idle team costs",
        noted=41,
        error="0.1",
    ),
)
