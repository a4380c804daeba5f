"""The records of the app, one subject a module."""

from backing.pushback.models.escalations import Escalation
from backing.pushback.models.links import AreaLink, FollowLink, PageLink, SayLink
from backing.pushback.models.objections import Pushback, PushbackResponse

__all__ = [
    "AreaLink",
    "Escalation",
    "FollowLink",
    "PageLink",
    "Pushback",
    "PushbackResponse",
    "SayLink",
]
