"""The records of the app, one subject a module."""

from backing.sponsor.models.sponsors import (
    Override,
    SponsorAgreement,
    SponsorAssignment,
    SponsorCandidate,
    SponsorRequest,
)
from backing.sponsor.models.updates import SponsorUpdate, UpdateAsk, UpdateLink
from backing.sponsor.models.wins import SharedWin, Win, WinShare

__all__ = [
    "Override",
    "SharedWin",
    "SponsorAgreement",
    "SponsorAssignment",
    "SponsorCandidate",
    "SponsorRequest",
    "SponsorUpdate",
    "UpdateAsk",
    "UpdateLink",
    "Win",
    "WinShare",
]
