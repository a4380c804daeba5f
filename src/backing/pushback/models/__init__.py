"""The records of the app, one subject a module."""

from backing.pushback.models.escalations import Escalation
from backing.pushback.models.links import FollowLink, PageLink, SayLink
from backing.pushback.models.objections import Pushback, PushbackResponse

__all__ = ["Escalation", "FollowLink", "PageLink", "Pushback", "PushbackResponse", "SayLink"]
