"""The records of the app, one subject a module."""

from backing.leaders.models.contact import (
    Ask,
    AskSent,
    Commitment,
    Heard,
    SupportAct,
    Touchpoint,
)
from backing.leaders.models.leader import (
    Assessment,
    Expectation,
    InfluenceLink,
    Interest,
    Leader,
    LeaderCandidate,
    Position,
    StanceAssessment,
    StatedPosition,
)

__all__ = [
    "Ask",
    "AskSent",
    "Assessment",
    "Commitment",
    "Expectation",
    "Heard",
    "InfluenceLink",
    "Interest",
    "Leader",
    "LeaderCandidate",
    "Position",
    "StanceAssessment",
    "StatedPosition",
    "SupportAct",
    "Touchpoint",
]
