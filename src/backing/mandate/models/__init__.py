"""The records of the app, one subject a module."""

from backing.mandate.models.changes import BlockPlan, ChangeProposal, Impact, ImpactCorrection
from backing.mandate.models.decisions import MandateDecision
from backing.mandate.models.expected import Expected
from backing.mandate.models.origin import MandateOrigin

__all__ = [
    "BlockPlan",
    "ChangeProposal",
    "Expected",
    "Impact",
    "ImpactCorrection",
    "MandateDecision",
    "MandateOrigin",
]
