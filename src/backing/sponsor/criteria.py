"""The six criteria by which candidates for a sponsor are compared, and what 0 to 3 mean (S23-b)."""

from __future__ import annotations

from typing import Final

CRITERIA: Final = {
    "reach": "Reach: how much of our scope lies in their area",
    "authority": "Authority: can they fund, decide, overrule",
    "peer_credibility": "Credibility: do their peers listen",
    "capacity": "Capacity: have they an hour a month",
    "stake": "Stake: what do they win if we succeed",
    "staying": "Staying: will they be here in two years",
}
SCORES: Final = {0: "0, none", 1: "1, a little", 2: "2, enough", 3: "3, fully"}
