"""What each rule looks out for, in words: nobody outside the code knows a rule by its number."""

from __future__ import annotations

from typing import Final

WATCHED: Final = {
    "RULE-01": "who to talk to next",
    "RULE-02": "a relationship gone quiet",
    "RULE-03": "a stance that is stale or rests on little",
    "RULE-04": "support that drifts away",
    "RULE-05": "a decision without a talk before it",
    "RULE-06": "a goal that no work of the office leads to",
    "RULE-07": "work that leads to no goal",
    "RULE-08": "a broken or weak line from work to benefit",
    "RULE-09": "work that another department does too",
    "RULE-10": "a hand-over with a gap",
    "RULE-11": "whether an improvement happened",
    "RULE-12": "pushback without an answer",
    "RULE-13": "the same pushback again and again",
    "RULE-14": "a sponsor who sets the process aside",
    "RULE-15": "a benefit that finance has not spoken on",
    "RULE-16": "who holds the purse strings",
    "RULE-17": "a wish that the charter does not hold",
    "RULE-18": "a leader with no benefit they care about",
    "RULE-19": "how far the sponsor reaches",
    "RULE-20": "a claim without evidence",
    "RULE-21": "a figure that is out of date or seen from one side",
    "RULE-22": "a sponsor without a win",
    "RULE-23": "a mandate that rests on one person",
    "RULE-24": "an office that only ticks along",
    "RULE-25": "care for people’s data",
    "RULE-26": "when benefits are first felt",
    "RULE-27": "a cause that nobody works on",
    "RULE-28": "what the office asks of project managers",
    "RULE-29": "a promise past its day",
    "RULE-30": "reports that only bring good news",
    "RULE-31": "a leader not briefed on the charter",
    "RULE-32": "a block without a plan",
}
