"""The records of the app, one subject a module."""

from backing.rhythm.models.calendars import CalendarLink
from backing.rhythm.models.communication import CommunicationPlanItem
from backing.rhythm.models.digests import WeeklyDigest
from backing.rhythm.models.improvements import Improvement, LoggedVerdict, Look
from backing.rhythm.models.pulses import Pulse, PulseGroup, PulseTicket
from backing.rhythm.models.reports import Report
from backing.rhythm.models.targets import ImprovementTarget
from backing.rhythm.models.week import PutOff, SetThreshold

__all__ = [
    "CalendarLink",
    "CommunicationPlanItem",
    "Improvement",
    "ImprovementTarget",
    "LoggedVerdict",
    "Look",
    "Pulse",
    "PulseGroup",
    "PulseTicket",
    "PutOff",
    "Report",
    "SetThreshold",
    "WeeklyDigest",
]
