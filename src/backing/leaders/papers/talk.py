"""How to open a conversation, and what to ask in it, from where somebody stands.

With someone who is against, the relationship is affirmed before the matter; whoever sits on the fence is
asked what it would take (Block, The Empowered Manager).  With someone new, one listens (Huckin).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from backing.leaders.levels import Level
from backing.leaders.papers.told import Between, Thought
from boardpaper.claim import Claim, Name

LISTENING: Final = (
    "What is broken?",
    "What did the last attempt get wrong?",
    "If this works, what is different in twelve months?",
)
_OPENINGS: Final = {
    Level.LEADING: "Thank them first. Ask what worries them, and where they would go next.",
    Level.SUPPORTIVE: "Thank them first. Then ask what would help them to act for us in front of others.",
    Level.NEUTRAL: "Ask what it would take for them to say yes, and write down the answer.",
    Level.RESISTANT: (
        "Begin with what you value in working with them. Say their concern in their own words before "
        "yours, and leave room for a no."
    ),
    Level.UNAWARE: "Say in two sentences why the office exists, in the words of whoever asked for it.",
    Level.UNKNOWN: "Listen. Propose nothing; write down their words.",
}


def opening(between: Between, thought: Thought) -> Iterator[Claim]:
    """How to begin, and what to begin with."""
    level = thought.stance.level if thought.stance else Level.UNKNOWN
    yield Claim(_OPENINGS[level], klass="RELATIONSHIP")
    if between.act is not None and level in (Level.LEADING, Level.SUPPORTIVE):
        yield Claim("They did this for us: {what}.", what=Name(between.act.what), klass="PMO")


def question(between: Between, thought: Thought | None) -> Claim:
    """The one to ask, where they have been spoken with before."""
    stands = thought.stands if thought else {}
    condition = next((each.condition for each in stands.values() if each.condition), "")
    if condition:
        return Claim(
            "“Is this settled for you: {condition}?”",
            condition=Name(condition),
            klass="RELATIONSHIP",
        )
    for change in between.changes:
        if change.pk not in stands and change.pk not in between.stated:
            return Claim("“What would {change} mean for you?”", change=Name(change.title))
    return Claim("“What should we stop, and what should we begin?”")
