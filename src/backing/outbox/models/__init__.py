"""The records of the app, one subject a module."""

from backing.outbox.models.hours import QuietHours
from backing.outbox.models.letters import Letter
from backing.outbox.models.sendings import Sending

__all__ = ["Letter", "QuietHours", "Sending"]
