"""The words for how much somebody matters and where they stand, and what follows from them.

Each choice says in words what it means; nobody is given a bare number.  Unaware means that they do not
know of the office; unknown means that the office does not know where they stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from django.db.models import TextChoices

FOCUS_AT_MOST: Final = 12  # talking with 12 to 15 people is a month's work
HIGH: Final = 4
SPONSOR_EVERY: Final = 7  # days
EVERY_UNLESS_KNOWN: Final = 30  # days, while influence and interest are not known
STALE: Final = timedelta(days=90)
STALE_UNHEARD: Final = timedelta(days=30)  # where it was assumed, or reported by someone else


class Level(TextChoices):
    UNKNOWN = "unknown", "Unknown"
    UNAWARE = "unaware", "Unaware"
    RESISTANT = "resistant", "Resistant"
    NEUTRAL = "neutral", "Neutral"
    SUPPORTIVE = "supportive", "Supportive"
    LEADING = "leading", "Leading"


class Basis(TextChoices):
    SAID_TO_ME = "said_to_me", "They said so to us"
    OBSERVED_ACT = "observed_act", "Something they did"
    REPORTED = "reported_by_other", "Somebody else told us"
    ASSUMED = "assumed", "We assume it"


class Authority(TextChoices):
    NONE = "none", "No say over money"
    ADVISES = "advises", "Advises on a budget"
    HOLDS = "holds", "Holds a budget we depend on"


class Channel(TextChoices):
    IN_PERSON = "in_person", "In person"
    CALL = "call", "A call"
    MAIL = "mail", "Mail"
    MESSAGE = "message", "A short message"
    DELEGATE = "delegate", "Through their office"


class Quadrant(TextChoices):
    MANAGE_CLOSELY = "manage_closely", "Manage closely"
    KEEP_SATISFIED = "keep_satisfied", "Keep satisfied"
    KEEP_INFORMED = "keep_informed", "Keep informed"
    MONITOR = "monitor", "Monitor"


class Listening(TextChoices):
    SOME = "some", "Somewhat"
    STRONG = "strong", "Strongly"
    WITHDRAWN = "", "Not, or no longer"


class LinkBasis(TextChoices):
    """How we know who listens to whom.  Nothing of anyone's private life is a basis."""

    TOLD_US = "told_us", "One of them told us"
    SEEN = "seen", "Seen in a meeting"
    REPORTS_TO = "reports_to", "One reports to the other"
    WORKED_TOGETHER = "worked_together", "They have worked together"


LEVELS_MEAN: Final[Mapping[str, str]] = {
    Level.UNKNOWN: "we have no evidence",
    Level.UNAWARE: "does not know of the office, or what it means for them",
    Level.RESISTANT: "knows of it, and has concerns about what it may bring",
    Level.NEUTRAL: "knows of it, neither for nor against",
    Level.SUPPORTIVE: "knows of it, and supports the work and what comes of it",
    Level.LEADING: "actively engaged in making it succeed",
}
INFLUENCE_MEANS: Final[Mapping[int, str]] = {
    5: "Can fund or close the office",
    4: "Can stop it in their area, or holds a gate",
    3: "Shapes the view of those who can",
    2: "Matters locally",
    1: "Little",
}
INTEREST_MEANS: Final[Mapping[int, str]] = {
    5: "Most of their goals depend on projects we touch",
    4: "Several of their goals do",
    3: "One of their goals does",
    2: "Now and then a project of theirs is touched",
    1: "Barely touched",
}
CADENCE: Final[Mapping[Quadrant, int]] = {
    Quadrant.MANAGE_CLOSELY: 14,
    Quadrant.KEEP_SATISFIED: 30,
    Quadrant.KEEP_INFORMED: 45,
    Quadrant.MONITOR: 90,
}
# The order in which support goes down; unaware and unknown have no place in it.
STEPS: Final[Mapping[str, int]] = {
    Level.RESISTANT: -1,
    Level.NEUTRAL: 0,
    Level.SUPPORTIVE: 1,
    Level.LEADING: 2,
}
IN_FAVOUR: Final = (Level.SUPPORTIVE, Level.LEADING)
NEEDS_NO_EVIDENCE: Final = (Basis.ASSUMED,)

_MAINTAIN: Final = 0.5
_UNKNOWN: Final = 2.0
# What a move takes.  Unaware needs informing, not persuading: it is no step below resistant.
_MOVES: Final[Mapping[tuple[str, str], float]] = {
    (Level.UNAWARE, Level.NEUTRAL): 1,
    (Level.UNAWARE, Level.SUPPORTIVE): 2,
    (Level.UNAWARE, Level.LEADING): 3,
    (Level.RESISTANT, Level.NEUTRAL): 2,
    (Level.RESISTANT, Level.SUPPORTIVE): 3,
    (Level.RESISTANT, Level.LEADING): 4,
    (Level.NEUTRAL, Level.SUPPORTIVE): 1,
    (Level.NEUTRAL, Level.LEADING): 2,
    (Level.SUPPORTIVE, Level.LEADING): 1,
}


def need(level: str, wanted: str) -> float:
    """How much the move from one level to the one wanted takes; little where it only has to last."""
    return _UNKNOWN if level == Level.UNKNOWN else _MOVES.get((level, wanted), _MAINTAIN)


def quadrant(influence: int | None, interest: int | None) -> Quadrant | None:
    """None while one of the two is not known."""
    if influence is None or interest is None:
        return None
    if influence >= HIGH:
        return Quadrant.MANAGE_CLOSELY if interest >= HIGH else Quadrant.KEEP_SATISFIED
    return Quadrant.KEEP_INFORMED if interest >= HIGH else Quadrant.MONITOR


def usual_cadence(influence: int | None, interest: int | None) -> int:
    """Days from one two-way contact to the next, unless somebody sets another rhythm."""
    found = quadrant(influence, interest)
    return CADENCE[found] if found else EVERY_UNLESS_KNOWN
