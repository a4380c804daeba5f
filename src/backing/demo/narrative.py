"""What the project office wrote down afterwards: a sentence or two for each cause, and how it ended."""

import random
from collections.abc import Sequence
from typing import Final

TOLD: Final[dict[str, tuple[str, ...]]] = {
    "late or missing sponsor decision": (
        "The steering group met twice without a quorum and the choice between two options waited {weeks} weeks.",
        "Nobody with authority signed off the design; the team carried on at risk and redid part of it.",
        "The sponsor changed half way and the new one asked for time before approving the next stage.",
        "Approval to go live was asked for three times before an answer came.",
    ),
    "uncontrolled scope change": (
        "{extra} was added half way without going through change control.",
        "Stores and head office each added requests; nobody added up what they cost.",
        "Scope grew by about a third after approval, mostly in small steps agreed by e-mail.",
        "A second site was taken into scope because the team happened to be there.",
    ),
    "optimistic estimate": (
        "The first estimate left out training and the move from old to new.",
        "The plan assumed every test cycle would pass first time.",
        "The budget was set from the supplier's opening price, before the survey.",
        "The finish date was chosen to fit the year end and the work was planned backwards from it.",
    ),
    "supplier performance": (
        "The supplier missed {weeks} weeks of milestones and changed its delivery lead twice.",
        "The first delivery failed acceptance and had to be done again.",
        "The supplier went into administration and the work was let again.",
    ),
    "resource shortage": (
        "Two analysts were lent to another project and not replaced for {weeks} weeks.",
        "The business could not release people for testing during peak trading.",
        "The project manager ran three projects at once.",
    ),
    "dependency or interface": (
        "The work waited {weeks} weeks for another project, which was late itself.",
        "What another team had to hand over was never in their plan.",
        "Access to the sites depended on a consent that nobody had asked for.",
    ),
    "requirement instability": (
        "The requirements were rewritten twice after the workshops.",
        "Users saw the first version and asked for a different process.",
        "Two departments wanted opposite things and the specification went back and forth.",
    ),
    "technology or integration complexity": (
        "What was there could not be renewed in place, so each site needed a second visit.",
        "Making the new parts work with the old took {weeks} weeks longer than the pilot suggested.",
        "Records from four old sources did not agree and had to be reconciled by hand.",
    ),
    "poor risk and issue handling": (
        "The delay had been in the risk log since spring with no owner and no action.",
        "Status stayed green until {weeks} weeks before the due date.",
        "A problem known from the survey was left until the supplier came upon it.",
    ),
    "weak business case or scope": (
        "The business case did not say which process would change, so the benefit had no owner.",
        "The reason for the project was argued again at every gate.",
    ),
    "skills": (
        "Nobody in the team had done this kind of work before and the training came late.",
        "Contract administration was new to the team and variations were paid without challenge.",
    ),
    "external or legislation": (
        "New rules came into force after the design was fixed.",
        "A permit took {weeks} weeks longer than the authority's own target.",
    ),
}

EXTRAS: Final = ("A management report", "A second site", "An approval step", "Another team's wish")

WENT_WELL: Final = (
    "Delivered as planned. One decision-maker, one page of scope.",
    "Went live on the agreed weekend; small snags closed within a fortnight.",
    "Scope was cut early to protect the date and the sponsor backed it.",
    "Same team and supplier as last time, and the estimate was taken from that job.",
    "Quiet project. Users tested every second Friday.",
)

STOPPED: Final = (
    "Stopped by the investment committee; the spend to date was written off.",
    "Stopped when the case no longer stood. Nothing could be reused.",
    "Cancelled after the second stage review and written off.",
)

UNDER_WAY: Final = (
    "Build is under way.",
    "In test; the go-live date is under discussion.",
    "Design approved, suppliers on site.",
)


def tell(
    draw: random.Random, *, causes: Sequence[str], state: str, days_late: int, extra_percent: int
) -> str:
    """A narrative of two to four sentences.

    state: "finished", "cancelled" or "open".  days_late and extra_percent are against the original
    approval; an open project's sentences do not give them, for nobody knows them yet.
    """
    weeks = draw.randint(3, 16)
    said = [
        draw.choice(TOLD[cause]).format(weeks=weeks, extra=draw.choice(EXTRAS)) for cause in causes
    ]
    if state == "cancelled":
        said.append(draw.choice(STOPPED))
    elif state == "open":
        said.insert(0, draw.choice(UNDER_WAY) if causes else "On plan so far.")
    elif not said:
        said.append(draw.choice(WENT_WELL))
    else:
        said.append(_outcome(days_late, extra_percent))
    return " ".join(said)


def _outcome(days_late: int, extra_percent: int) -> str:
    late = f"{days_late} days late" if days_late > 0 else "on the day first agreed"
    if extra_percent > 0:
        return f"Finished {late} and {extra_percent}% over the first budget."
    return f"Finished {late} and within the first budget."
